//! One field of a schema: the properties of the standard, and ours under `calcSeries`.

use super::DeclaredVariable;
use super::reading::Reading;
use super::sets::EXAMPLE;
use super::tree::{Node, Shape};
use crate::decimal::Decimal;
use crate::schema::header::read_header;
use crate::schema::{Kind, Level, Plausible, ReferenceRange, Role, Status};
use std::collections::BTreeMap;

/// The types of Table Schema v2.
const TYPES: [&str; 16] = [
    "any",
    "array",
    "boolean",
    "date",
    "datetime",
    "duration",
    "geojson",
    "geopoint",
    "integer",
    "list",
    "number",
    "object",
    "string",
    "time",
    "year",
    "yearmonth",
];

/// The keys of `calcSeries`, in the order in which they are written.
const KEYS: [&str; 16] = [
    "domains",
    "role",
    "kind",
    "unit",
    "decimals",
    "levels",
    "synonyms",
    "delimiter",
    "referenceRanges",
    "plausible",
    "stated",
    "classes",
    "targetDomain",
    "multiline",
    "show",
    "why",
];

/// Properties of the standard that change how cells are read, with the value at which they change nothing.
const READING_RULES: [(&str, &str); 7] = [
    ("decimalChar", "."),
    ("groupChar", ""),
    ("bareNumber", "true"),
    ("trueValues", ""),
    ("falseValues", ""),
    ("format", "default"),
    ("itemType", "string"),
];

/// Reads one field; `None` where it has no name or is no object.
pub(super) fn read_field(node: &Node, reading: &mut Reading) -> Option<DeclaredVariable> {
    let members = reading.object(node)?;
    let Some((_, name)) = members.iter().find(|(key, _)| key == "name") else {
        reading.fault(node, "this field has no \"name\"", "add \"name\" with the header of the column");
        return None;
    };
    let header = reading.text(name)?.trim().to_owned();
    if header.is_empty() {
        reading.fault(name, "the name of this field is empty", "write the header of the column");
    }
    reading.field = Some(header.clone());
    let mut field = DeclaredVariable { name: read_header(&header).name, header, ..DeclaredVariable::default() };
    for (key, value) in members {
        read_property(key, value, &mut field, reading);
    }
    list_delimiter(members, &mut field, reading);
    field.kind = field.kind.or_else(|| kind_of_type(&field));
    Some(field)
}

fn read_property(key: &str, value: &Node, field: &mut DeclaredVariable, reading: &mut Reading) {
    match key {
        "type" => field.field_type = read_type(value, reading),
        "title" => field.label = reading.text(value),
        "description" => field.description = reading.text(value),
        "categories" => set_levels(value, field, reading),
        "categoriesOrdered" => field.categories_ordered = reading.truth(value),
        "missingValues" => field.missing = reading.missing_values(value),
        "constraints" => note_constraints(value, reading),
        "calcSeries" => read_series(value, field, reading),
        _ if key.replace(['_', '-'], "").eq_ignore_ascii_case("calcSeries") => {
            reading.fault(value, format!("\"{key}\" is not read"), "write \"calcSeries\"");
        }
        _ => note_reading_rule(key, value, reading),
    }
}

fn read_type(node: &Node, reading: &mut Reading) -> Option<String> {
    let word = reading.text(node)?;
    if !TYPES.contains(&word.as_str()) {
        reading.unknown(node, &word, &TYPES, "type of a field");
        return None;
    }
    Some(word)
}

fn kind_of_type(field: &DeclaredVariable) -> Option<Kind> {
    match field.field_type.as_deref() {
        Some("boolean") => Some(Kind::Binary),
        Some("list") => Some(Kind::Set),
        Some("date" | "year" | "yearmonth") => Some(Kind::Date),
        _ if field.levels.is_some() => Some(Kind::Category),
        Some("number" | "integer") => Some(Kind::Number),
        _ => None,
    }
}

/// The delimiter of a list is a comma where nothing else is said: so says the standard.
fn list_delimiter(members: &[(String, Node)], field: &mut DeclaredVariable, reading: &mut Reading) {
    if field.field_type.as_deref() != Some("list") || field.delimiter.is_some() {
        return;
    }
    field.delimiter = match members.iter().find(|(key, _)| key == "delimiter") {
        Some((_, node)) => read_character(node, reading),
        None => Some(','),
    };
}

fn read_character(node: &Node, reading: &mut Reading) -> Option<char> {
    let text = reading.text(node)?;
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => Some(only),
        _ => {
            reading.fault(node, format!("the delimiter \"{text}\" is not one character"), "write \";\" or \"|\"");
            None
        }
    }
}

fn note_constraints(node: &Node, reading: &mut Reading) {
    for (name, value) in reading.object(node).unwrap_or_default() {
        // `false` asks for nothing.
        if !matches!(value.shape, Shape::Bool(false)) {
            reading.ignored(value, &format!("the constraint \"{name}\""));
        }
    }
}

fn note_reading_rule(key: &str, value: &Node, reading: &mut Reading) {
    let Some((_, harmless)) = READING_RULES.iter().find(|(rule, _)| *rule == key) else { return };
    let written = match &value.shape {
        Shape::Text(text) => text.clone(),
        _ => value.described(),
    };
    if written != *harmless {
        reading.ignored(value, &format!("\"{key}\""));
    }
}

fn set_levels(node: &Node, field: &mut DeclaredVariable, reading: &mut Reading) {
    if field.levels.is_some() {
        reading.fault(node, "the levels are given twice", "keep \"categories\" or \"calcSeries.levels\"");
    }
    let Some(pairs) = reading.labelled(node) else { return };
    let labels: Vec<&String> = pairs.iter().filter_map(|(_, label)| label.as_ref()).collect();
    if let Some(label) = labels.iter().enumerate().find(|(i, l)| labels.iter().take(*i).any(|m| m == *l)) {
        reading.fault(node, format!("two levels have the label \"{}\"", label.1), "give each level a label of its own");
    }
    field.levels = Some(pairs.into_iter().map(|(value, label)| Level { value, label }).collect());
}

fn read_series(node: &Node, field: &mut DeclaredVariable, reading: &mut Reading) {
    for (key, value) in reading.object(node).unwrap_or_default() {
        match key.as_str() {
            "role" => field.role = read_word(value, reading, &Role::ALL, Role::word, "role"),
            "kind" => field.kind = read_word(value, reading, &Kind::ALL, Kind::word, "kind"),
            "unit" => field.unit = reading.text(value),
            "decimals" => field.decimals = read_decimals(value, reading),
            "levels" => set_levels(value, field, reading),
            "synonyms" => field.synonyms = read_map(value, reading, |node, reading| reading.text(node)),
            "delimiter" => field.delimiter = read_character(value, reading),
            "referenceRanges" => field.ranges = read_ranges(value, reading),
            "plausible" => field.plausible = read_plausible(value, reading),
            "stated" => {
                let status = |node: &Node, r: &mut Reading| read_word(node, r, &Status::ALL, Status::word, "status");
                field.stated = read_map(value, reading, status);
            }
            "classes" => field.classes = read_classes(value, reading),
            "targetDomain" => field.target_domain = reading.text(value),
            "domains" => field.domains = reading.texts(value),
            "multiline" => field.multiline = reading.truth(value),
            "show" => field.shown = reading.truth(value),
            "why" => {}
            "oneHot" => {
                let message = "a set of several columns is no field of one column";
                reading.fault(value, message, format!("declare it beside the fields: {EXAMPLE}"));
            }
            _ => reading.unknown(value, key, &KEYS, "key of calcSeries"),
        }
    }
}

pub(super) fn read_word<T: Copy>(
    node: &Node,
    reading: &mut Reading,
    all: &[T],
    word: fn(T) -> &'static str,
    what: &str,
) -> Option<T> {
    let text = reading.text(node)?;
    let known = all.iter().copied().find(|one| word(*one) == text);
    if known.is_none() {
        let words: Vec<&str> = all.iter().map(|one| word(*one)).collect();
        reading.unknown(node, &text, &words, what);
    }
    known
}

fn read_decimals(node: &Node, reading: &mut Reading) -> Option<u8> {
    let decimals = match &node.shape {
        Shape::Number(literal) => literal.parse().ok().filter(|d| *d <= 18),
        _ => None,
    };
    if decimals.is_none() {
        let message = format!("{} is no number of decimals", node.described());
        reading.fault(node, message, "write a whole number from 0 to 18");
    }
    decimals
}

fn read_map<T>(
    node: &Node,
    reading: &mut Reading,
    mut read: impl FnMut(&Node, &mut Reading) -> Option<T>,
) -> Option<BTreeMap<String, T>> {
    let members = reading.object(node)?;
    Some(members.iter().filter_map(|(key, value)| Some((key.clone(), read(value, reading)?))).collect())
}

/// `{class: [agents]}` as the class of each agent; an agent has one class.
fn read_classes(node: &Node, reading: &mut Reading) -> Option<BTreeMap<String, String>> {
    let mut classes: BTreeMap<String, String> = BTreeMap::new();
    for (class, agents) in reading.object(node)? {
        for agent in reading.texts(agents).unwrap_or_default() {
            match classes.get(&agent) {
                Some(other) if other != class => {
                    let message = format!("the agent '{agent}' stands in two classes, '{other}' and '{class}'");
                    reading.fault(agents, message, "keep it in one of the two");
                }
                _ => {
                    classes.insert(agent, class.clone());
                }
            }
        }
    }
    Some(classes)
}

fn read_plausible(node: &Node, reading: &mut Reading) -> Option<Plausible> {
    let mut plausible = Plausible::default();
    for (key, value) in reading.object(node)? {
        match key.as_str() {
            "low" => plausible.low = reading.decimal(value),
            "high" => plausible.high = reading.decimal(value),
            "note" => plausible.note = reading.text(value),
            _ => reading.unknown(value, key, &["low", "high", "note"], "key of a plausible range"),
        }
    }
    ensure_bounds(node, plausible.low, plausible.high, reading);
    Some(plausible)
}

fn ensure_bounds(node: &Node, low: Option<Decimal>, high: Option<Decimal>, reading: &mut Reading) {
    match (low, high) {
        (None, None) => reading.fault(node, "this range has neither \"low\" nor \"high\"", "add one of them"),
        (Some(low), Some(high)) if low > high => {
            reading.fault(node, format!("the low end {low} is above the high end {high}"), "exchange the two");
        }
        _ => {}
    }
}

fn read_ranges(node: &Node, reading: &mut Reading) -> Option<Vec<ReferenceRange>> {
    let mut ranges: Vec<ReferenceRange> = Vec::new();
    for item in reading.list(node)? {
        let Some(range) = read_range(item, reading) else { continue };
        if ranges.iter().any(|known| overlap(known, &range)) {
            let message = "this reference range overlaps with one above: a patient would have two";
            reading.fault(item, message, "ages are half-open, [from, to): let one range end where the next begins");
        }
        ranges.push(range);
    }
    Some(ranges)
}

fn read_range(node: &Node, reading: &mut Reading) -> Option<ReferenceRange> {
    let mut range = ReferenceRange { sex: None, age: None, low: None, high: None, source: String::new() };
    for (key, value) in reading.object(node)? {
        match key.as_str() {
            "sex" => range.sex = reading.text(value),
            "age" => range.age = read_ages(value, reading),
            "low" => range.low = reading.decimal(value),
            "high" => range.high = reading.decimal(value),
            "source" => range.source = reading.text(value).unwrap_or_default(),
            _ => reading.unknown(value, key, &["sex", "age", "low", "high", "source"], "key of a reference range"),
        }
    }
    if range.source.trim().is_empty() {
        reading.fault(node, "this reference range has no source", "add \"source\": who says so");
    }
    ensure_bounds(node, range.low, range.high, reading);
    Some(range)
}

fn read_ages(node: &Node, reading: &mut Reading) -> Option<(Decimal, Decimal)> {
    let ages: Vec<Option<Decimal>> = reading.list(node)?.iter().map(|item| reading.decimal(item)).collect();
    match ages.as_slice() {
        [Some(from), Some(to)] if from < to => Some((*from, *to)),
        _ => {
            let message = "an interval of ages is [from, to) in years, with from below to";
            reading.fault(node, message, "write two numbers, as in [0, 18]");
            None
        }
    }
}

/// True where one patient can fall into both ranges; a range without a sex holds for every sex.
fn overlap(a: &ReferenceRange, b: &ReferenceRange) -> bool {
    let sexes = match (&a.sex, &b.sex) {
        (Some(a), Some(b)) => a.to_lowercase() == b.to_lowercase(),
        _ => true,
    };
    let ages = match (a.age, b.age) {
        (Some(a), Some(b)) => a.0 < b.1 && b.0 < a.1,
        _ => true,
    };
    sexes && ages
}
