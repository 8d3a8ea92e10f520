//! One field of a schema: the properties of the standard, and those of this program under `calcSeries`.

use super::declared::DeclaredVariable;
use super::json::Json;
use super::key::{Key, Unknown, key, read_keys, write_keys};
use super::maps::{read_map, read_scores};
use super::range::{PLAUSIBLE, REFERENCE, read_plausible, read_ranges};
use super::reader::SchemaReader;
use super::split::{read_parts, read_split, split_words};
use super::tree::{Node, Shape};
use super::written::{agents_of_classes, has_categories, is_list, labelled_reasons, levels, list_delimiter, map};
use crate::schema::header::read_header;
use crate::schema::lexical::calendar::DateFormat;
use crate::schema::{Kind, Level};
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

/// Properties of the standard that change how cells are read, with the value at which they change nothing.
const READING_RULES: [(&str, &str); 3] = [("groupChar", ""), ("bareNumber", "true"), ("itemType", "string")];

/// A declaration of a set of columns that can be pasted and filled in.
pub(super) const SET_EXAMPLE: &str =
    r#""calcSeries": {"sets": [{"name": "sites", "role": "site", "oneHot": {"site_knee": "knee"}}]}"#;

/// The properties of a field.
pub(super) const FIELD: [Key<DeclaredVariable>; 15] = [
    // Read before all others: messages on the other keys name the field.
    key("name", |_, _, _| {}, |field| (&field.header).into()),
    key(
        "type",
        |node, field, reader| field.field_type = read_type(node, reader),
        |field| field.field_type.as_ref().into(),
    ),
    key("format", read_format, |field| field.date_format.as_ref().map(|format| Json::Text(format.to_string())).into()),
    key("title", |node, field, reader| field.label = reader.text(node), |field| field.label.as_ref().into()),
    key(
        "description",
        |node, field, reader| field.description = reader.text(node),
        |field| field.description.as_ref().into(),
    ),
    key(
        "decimalChar",
        |node, field, reader| field.mark = reader.word(node),
        |field| field.mark.map(|mark| mark.word()).into(),
    ),
    key("categories", set_levels, |field| if has_categories(field) { levels(field) } else { Json::Absent }),
    key(
        "categoriesOrdered",
        |node, field, reader| field.categories_ordered = reader.truth(node),
        |field| field.categories_ordered.into(),
    ),
    key("delimiter", read_list_delimiter, |field| if is_list(field) { list_delimiter(field) } else { Json::Absent }),
    key(
        "missingValues",
        |node, field, reader| field.missing = reader.missing_values(node),
        |field| labelled_reasons(field.missing.as_ref()),
    ),
    // That of `calcSeries` comes first, and is the one that is written.
    key("unit", |node, field, reader| field.unit = field.unit.take().or_else(|| reader.text(node)), |_| Json::Absent),
    key("constraints", |node, _, reader| note_constraints(node, reader), |_| Json::Absent),
    key("calcSeries", read_calc_series, |field| write_keys(&CALC_SERIES, field)),
    // They are synonyms of yes and no, and are written as such.
    key("trueValues", |node, field, reader| add_answers(node, "yes", field, reader), |_| Json::Absent),
    key("falseValues", |node, field, reader| add_answers(node, "no", field, reader), |_| Json::Absent),
];

/// The keys of the `calcSeries` object of a field.
const CALC_SERIES: [Key<DeclaredVariable>; 30] = [
    key(
        "role",
        |node, field, reader| field.role = reader.word(node),
        |field| field.role.map(|role| role.word()).into(),
    ),
    key(
        "kind",
        |node, field, reader| field.kind = reader.word(node),
        |field| field.kind.map(|kind| kind.word()).into(),
    ),
    key("unit", |node, field, reader| field.unit = reader.text(node), |field| field.unit.as_ref().into()),
    key(
        "bareNumbers",
        |node, field, reader| field.bare = reader.word(node),
        |field| field.bare.map(|bare| bare.word()).into(),
    ),
    key(
        "dateOrder",
        |node, field, reader| field.date_order = reader.word(node),
        |field| field.date_order.map(|order| order.word()).into(),
    ),
    key(
        "titres",
        |node, field, reader| field.titres = reader.word(node),
        |field| field.titres.map(|titres| titres.word()).into(),
    ),
    key(
        "sexWords",
        |node, field, reader| field.sex = reader.word(node),
        |field| field.sex.map(|sex| sex.word()).into(),
    ),
    key(
        "minus",
        |node, field, reader| field.minus = reader.word(node),
        |field| field.minus.map(|minus| minus.word()).into(),
    ),
    key(
        "resultWords",
        |node, field, reader| field.results = reader.word(node),
        |field| field.results.map(|results| results.word()).into(),
    ),
    key(
        "blank",
        |node, field, reader| field.blank = reader.word(node),
        |field| field.blank.map(|blank| blank.word()).into(),
    ),
    key(
        "groupedNumbers",
        |node, field, reader| field.grouped = reader.word(node),
        |field| field.grouped.map(|grouped| grouped.word()).into(),
    ),
    key(
        "decimals",
        |node, field, reader| field.decimals = read_decimals(node, reader),
        |field| field.decimals.map(u64::from).into(),
    ),
    key("levels", set_levels, |field| if has_categories(field) { Json::Absent } else { levels(field) }),
    key(
        "scores",
        |node, field, reader| field.scores = read_scores(node, reader),
        |field| map(field.scores.as_ref(), |score| (*score).into()),
    ),
    key(
        "synonyms",
        |node, field, reader| field.synonyms = read_map(node, reader, |node, reader| reader.text(node)),
        |field| map(field.synonyms.as_ref(), |level| level.into()),
    ),
    key(
        "delimiter",
        |node, field, reader| field.delimiter = read_character(node, reader),
        |field| field.delimiter.filter(|_| !is_list(field)).map(|c| Json::Text(c.to_string())).into(),
    ),
    key("split", |node, field, reader| field.split = read_split(node, reader), |field| split_words(field.split)),
    key(
        "parts",
        |node, field, reader| field.parts = read_parts(node, reader, read_field),
        |field| Json::list(field.parts.iter().flatten().map(|part| write_keys(&FIELD, part))),
    ),
    key(
        "part",
        |node, field, reader| field.part = reader.word(node),
        |field| field.part.map(|part| part.word()).into(),
    ),
    key(
        "referenceRanges",
        |node, field, reader| field.ranges = read_ranges(node, reader),
        |field| Json::list(field.ranges.iter().flatten().map(|range| write_keys(&REFERENCE, range))),
    ),
    key(
        "plausible",
        |node, field, reader| field.plausible = read_plausible(node, reader),
        |field| {
            // A range without an end says nothing.
            let range = field.plausible.as_ref().filter(|range| range.low.or(range.high).is_some());
            range.map(|range| write_keys(&PLAUSIBLE, range)).into()
        },
    ),
    key(
        "stated",
        |node, field, reader| field.stated = read_map(node, reader, |node, reader| reader.word(node)),
        |field| map(field.stated.as_ref(), |status| status.word().into()),
    ),
    key(
        "classes",
        |node, field, reader| field.classes = read_classes(node, reader),
        |field| agents_of_classes(field.classes.as_ref()),
    ),
    key(
        "targetDomain",
        |node, field, reader| field.target_domain = reader.text(node),
        |field| field.target_domain.as_ref().into(),
    ),
    key(
        "domains",
        |node, field, reader| field.domains = reader.texts(node),
        |field| Json::list(field.domains.iter().flatten()),
    ),
    key("multiline", |node, field, reader| field.multiline = reader.truth(node), |field| field.multiline.into()),
    key("perCase", |node, field, reader| field.per_case = reader.truth(node), |field| field.per_case.into()),
    key(
        "madeOf",
        |node, field, reader| field.made_of = reader.texts(node),
        |field| Json::list(field.made_of.iter().flatten()),
    ),
    key("show", |node, field, reader| field.shown = reader.truth(node), |field| field.shown.into()),
    key("why", |_, _, _| {}, |field| Json::from(&field.why).unless_empty()),
];

/// Reads one field; `None` where it is not an object or has no name, which are faults.
pub(super) fn read_field(node: &Node, reader: &mut SchemaReader) -> Option<DeclaredVariable> {
    let members = reader.object(node)?;
    let Some((_, name)) = members.iter().find(|(key, _)| key == "name") else {
        reader.fault(node, "this field has no \"name\"", "add \"name\" with the header of the column");
        return None;
    };
    let header = reader.text(name)?.trim().to_owned();
    if header.is_empty() {
        reader.fault(name, "the name of this field is empty", "write the header of the column");
    }
    reader.field = Some(header.clone());
    let mut field = DeclaredVariable { name: read_header(&header).name, header, ..DeclaredVariable::default() };
    members.iter().for_each(|(key, value)| check_other_key(key, value, reader));
    read_keys(node, &FIELD, &mut field, reader, ("field", Unknown::Ignored));
    // By the standard, the delimiter of a list is a comma unless stated.
    let is_list = field.field_type.as_deref() == Some("list");
    field.delimiter = field.delimiter.or_else(|| is_list.then_some(','));
    field.kind = field.kind.or_else(|| kind_of_type(&field));
    Some(field)
}

fn read_calc_series(node: &Node, field: &mut DeclaredVariable, reader: &mut SchemaReader) {
    let members = read_keys(node, &CALC_SERIES, field, reader, ("key of calcSeries", Unknown::Ignored));
    let known = CALC_SERIES.map(|key| key.name);
    for (name, value) in members.into_iter().flatten().filter(|(name, _)| !known.contains(&name.as_str())) {
        if name == "oneHot" {
            let remedy = format!("declare the set next to the fields: {SET_EXAMPLE}");
            reader.fault(value, "a set of several columns cannot be a field", remedy);
        } else {
            reader.unknown(value, name, known.to_vec(), "key of calcSeries");
        }
    }
}

/// Other keys have no effect, which matters if they are misspelt or change how cells are read.
fn check_other_key(key: &str, value: &Node, reader: &mut SchemaReader) {
    if key != "calcSeries" && key.replace(['_', '-'], "").eq_ignore_ascii_case("calcSeries") {
        reader.fault(value, format!("unknown key '{key}'"), "did you mean 'calcSeries'?");
    }
    let Some((_, harmless)) = READING_RULES.iter().find(|(rule, _)| *rule == key) else { return };
    let written = match &value.shape {
        Shape::Text(text) => text.clone(),
        _ => value.described(),
    };
    if written != *harmless {
        reader.ignored(value, &format!("\"{key}\""));
    }
}

fn add_answers(node: &Node, answer: &str, field: &mut DeclaredVariable, reader: &mut SchemaReader) {
    let words = reader.texts(node).unwrap_or_default().into_iter();
    field.synonyms.get_or_insert_default().extend(words.map(|word| (word, answer.to_owned())));
}

fn read_type(node: &Node, reader: &mut SchemaReader) -> Option<String> {
    let word = reader.text(node)?;
    if !TYPES.contains(&word.as_str()) {
        reader.unknown(node, &word, TYPES.to_vec(), "type of a field");
        return None;
    }
    Some(word)
}

/// The format of a date; that of other types has no effect.
fn read_format(node: &Node, field: &mut DeclaredVariable, reader: &mut SchemaReader) {
    let Some(text) = reader.text(node) else { return };
    if !matches!(field.field_type.as_deref(), Some("date" | "datetime")) {
        if text != "default" {
            reader.ignored(node, "\"format\"");
        }
        return;
    }
    match DateFormat::parse(&text) {
        Ok(format) => field.date_format = Some(format),
        Err(fault) => {
            let remedy = "write a pattern such as \"%d/%m/%Y\", or \"any\" or \"default\"";
            reader.fault(node, format!("\"{text}\" is not a format of dates: {fault}"), remedy);
        }
    }
}

fn kind_of_type(field: &DeclaredVariable) -> Option<Kind> {
    match field.field_type.as_deref() {
        Some("boolean") => Some(Kind::Binary),
        Some("list") => Some(Kind::Set),
        Some("date" | "datetime" | "year" | "yearmonth") => Some(Kind::Date),
        _ if field.levels.is_some() => Some(Kind::Category),
        Some("number" | "integer") => Some(Kind::Number),
        _ => None,
    }
}

/// The delimiter of a list; it has no effect on other types, and `calcSeries.delimiter` overrides it.
fn read_list_delimiter(node: &Node, field: &mut DeclaredVariable, reader: &mut SchemaReader) {
    if field.field_type.as_deref() == Some("list") {
        field.delimiter = read_character(node, reader);
    }
}

fn read_character(node: &Node, reader: &mut SchemaReader) -> Option<char> {
    let text = reader.text(node)?;
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => Some(only),
        _ => {
            reader.fault(node, format!("the delimiter \"{text}\" is not one character"), "write \";\" or \"|\"");
            None
        }
    }
}

fn note_constraints(node: &Node, reader: &mut SchemaReader) {
    for (name, value) in reader.object(node).unwrap_or_default() {
        // `false` asks for nothing.
        if !matches!(value.shape, Shape::Bool(false)) {
            reader.ignored(value, &format!("the constraint \"{name}\""));
        }
    }
}

fn set_levels(node: &Node, field: &mut DeclaredVariable, reader: &mut SchemaReader) {
    if field.levels.is_some() {
        reader.fault(node, "the levels are given twice", "keep \"categories\" or \"calcSeries.levels\"");
    }
    let Some(pairs) = reader.labelled(node) else { return };
    let labels: Vec<&String> = pairs.iter().filter_map(|(_, label)| label.as_ref()).collect();
    if let Some(label) = labels.iter().enumerate().find(|(i, l)| labels.iter().take(*i).any(|m| m == *l)) {
        reader.fault(node, format!("two levels have the label \"{}\"", label.1), "give each level a label of its own");
    }
    field.levels = Some(pairs.into_iter().map(|(value, label)| Level { value, label }).collect());
}

fn read_decimals(node: &Node, reader: &mut SchemaReader) -> Option<u8> {
    let decimals = match &node.shape {
        Shape::Number(literal) => literal.parse().ok().filter(|d| *d <= 18),
        _ => None,
    };
    if decimals.is_none() {
        let message = format!("{} is not a valid number of decimals", node.described());
        reader.fault(node, message, "write a whole number from 0 to 18");
    }
    decimals
}

/// `{class: [agents]}` as the class of each agent; an agent has one class.
fn read_classes(node: &Node, reader: &mut SchemaReader) -> Option<BTreeMap<String, String>> {
    let mut classes: BTreeMap<String, String> = BTreeMap::new();
    for (class, agents) in reader.object(node)? {
        for agent in reader.texts(agents).unwrap_or_default() {
            match classes.get(&agent) {
                Some(other) if other != class => {
                    let message = format!("the agent '{agent}' is in two classes, '{other}' and '{class}'");
                    reader.fault(agents, message, "keep it in one of the two");
                }
                _ => {
                    classes.insert(agent, class.clone());
                }
            }
        }
    }
    Some(classes)
}
