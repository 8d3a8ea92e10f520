//! A schema as a Table Schema v2, for people to edit and for other tools to read.

use super::FieldsMatch;
use crate::decimal::Decimal;
use crate::diagnostic::sanitize;
use crate::schema::audit::{Acceptance, Audit, SeriesFacts};
use crate::schema::{Kind, Level, Member, Plausible, Reason, ReferenceRange, Role, Schema, Status, Variable};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

const PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// Written where a list came as a list, or with one item in each cell, and thus without a delimiter.
const LIST_DELIMITER: char = ';';

/// Writes a schema: indented by two spaces, one final line end, the same bytes for the same schema.
///
/// `plain_numbers` tells of a number column whether all its cells are plain numbers; a column that
/// also holds `<5` or `normal` has the type `string`, and its kind stands in `calcSeries`.
/// Reading the text back gives the same variables, except `why`, which is written for people.
pub fn write(schema: &Schema, plain_numbers: impl Fn(&Variable) -> bool) -> String {
    let shared = shared_missing(schema);
    let field = |variable| Field::new(variable, plain_numbers(variable), shared.is_some());
    let sets: Vec<Set> = schema.variables.iter().filter(|variable| is_set_of_columns(variable)).map(Set::new).collect();
    let descriptor = Descriptor {
        profile: PROFILE,
        fields: columns(schema).map(field).collect(),
        // The columns of a set need not stand side by side in the data.
        fields_match: (!sets.is_empty()).then(|| FieldsMatch::Equal.word()),
        missing_values: shared.map(missing_values),
        primary_key: schema.by_role(Role::CaseId).map(|variable| [variable.header.as_str()]),
        calc_series: OfSeries::new(&schema.audit, sets),
    };
    let mut text = escape(&serde_json::to_string_pretty(&descriptor).unwrap_or_default());
    text.push('\n');
    text
}

fn is_set_of_columns(variable: &Variable) -> bool {
    !variable.members.is_empty()
}

/// The columns of the file: those of a set in its place.
fn columns(schema: &Schema) -> impl Iterator<Item = &Variable> {
    schema.variables.iter().flat_map(|variable| {
        let own = (!is_set_of_columns(variable)).then_some(variable);
        own.into_iter().chain(variable.members.iter().map(|member| &member.variable))
    })
}

/// The missing tokens where every variable has the same.
fn shared_missing(schema: &Schema) -> Option<&BTreeMap<String, Reason>> {
    let first = columns(schema).next()?.missing.as_ref();
    first.filter(|_| columns(schema).all(|variable| variable.missing.as_ref() == first))
}

/// Escapes what could steer a terminal; in JSON such characters stand in strings only.
fn escape(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        let harmless = c.is_ascii() && c != '\u{7f}';
        match sanitize(c.encode_utf8(&mut [0; 4])) {
            Cow::Owned(_) if !harmless => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => text.push(c),
        }
    }
    text
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    #[serde(rename = "$schema")]
    profile: &'static str,
    fields: Vec<Field<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields_match: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing_values: Option<Vec<Labelled<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    primary_key: Option<[&'a str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    calc_series: Option<OfSeries<'a>>,
}

/// The object `calcSeries` of the schema.
#[derive(Serialize)]
struct OfSeries<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<&'a SeriesFacts>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    severities: BTreeMap<&'a str, &'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    accepted: &'a [Acceptance],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sets: Vec<Set<'a>>,
}

impl<'a> OfSeries<'a> {
    /// `None` where there is nothing to write.
    fn new(audit: &'a Audit, sets: Vec<Set<'a>>) -> Option<OfSeries<'a>> {
        let series = Some(&audit.series).filter(|series| **series != SeriesFacts::default());
        let severities: BTreeMap<&str, &str> =
            audit.severities.iter().map(|(id, severity)| (id.as_str(), severity.word())).collect();
        let is_empty = series.is_none() && severities.is_empty() && audit.accepted.is_empty() && sets.is_empty();
        (!is_empty).then_some(OfSeries { series, severities, accepted: &audit.accepted, sets })
    }
}

/// A set of several columns.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Set<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    role: Role,
    #[serde(serialize_with = "items_of_columns")]
    one_hot: &'a [Member],
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'a str,
}

/// `{column: item}`, in the order of the items.
fn items_of_columns<S: Serializer>(members: &&[Member], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(members.iter().map(|member| (&member.variable.header, &member.item)))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Field<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    field_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    categories: Option<Vec<Labelled<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delimiter: Option<char>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing_values: Option<Vec<Labelled<'a>>>,
    calc_series: Series<'a>,
}

/// The object `calcSeries` of a field.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Series<'a> {
    role: Role,
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decimals: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    levels: Option<Vec<Labelled<'a>>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    synonyms: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delimiter: Option<char>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reference_ranges: Vec<Range<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plausible: Option<PlausibleRange<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    stated: &'a BTreeMap<String, Status>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    classes: BTreeMap<&'a str, Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_domain: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    domains: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    multiline: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    show: Option<bool>,
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'a str,
}

/// A value, with its label where it has one.
#[derive(Serialize)]
#[serde(untagged)]
enum Labelled<'a> {
    Value(&'a str),
    Both { value: &'a str, label: &'a str },
    Object { value: &'a str },
}

/// A number with the literal it was read with.
#[derive(Serialize)]
#[serde(untagged)]
enum Number {
    Literal(Box<RawValue>),
    /// A literal that JSON does not know, such as `.5`.
    Text(String),
}

#[derive(Serialize)]
struct Range<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    sex: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age: Option<[Number; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<Number>,
    source: &'a str,
}

#[derive(Serialize)]
struct PlausibleRange<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

impl<'a> Field<'a> {
    fn new(variable: &'a Variable, plain_numbers: bool, missing_is_shared: bool) -> Field<'a> {
        let field_type = match variable.kind {
            Kind::Number if plain_numbers => "number",
            Kind::Set => "list",
            _ => "string",
        };
        // The standard has no categories for lists and numbers.
        let as_categories = matches!(variable.kind, Kind::Category | Kind::Binary);
        let levels = (!variable.levels.is_empty()).then(|| levels(&variable.levels));
        let (categories, levels) = if as_categories { (levels, None) } else { (None, levels) };
        let is_list = variable.kind == Kind::Set;
        let missing = variable.missing.as_ref().filter(|_| !missing_is_shared);
        Field {
            name: &variable.header,
            field_type,
            title: variable.label.as_deref(),
            description: variable.description.as_deref(),
            categories,
            delimiter: is_list.then(|| list_delimiter(variable.delimiter)),
            missing_values: missing.map(missing_values),
            calc_series: Series::new(variable, levels, variable.delimiter.filter(|_| !is_list)),
        }
    }
}

impl<'a> Set<'a> {
    fn new(variable: &'a Variable) -> Set<'a> {
        Set {
            name: &variable.header,
            title: variable.label.as_deref(),
            description: variable.description.as_deref(),
            role: variable.role,
            one_hot: &variable.members,
            why: &variable.why,
        }
    }
}

impl<'a> Series<'a> {
    fn new(variable: &'a Variable, levels: Option<Vec<Labelled<'a>>>, delimiter: Option<char>) -> Series<'a> {
        Series {
            role: variable.role,
            kind: variable.kind,
            unit: variable.unit.as_deref(),
            decimals: variable.decimals,
            levels,
            synonyms: &variable.synonyms,
            delimiter,
            reference_ranges: variable.ranges.iter().map(Range::new).collect(),
            plausible: variable.plausible.as_ref().and_then(PlausibleRange::new),
            stated: &variable.stated,
            classes: agents_of_classes(&variable.classes),
            target_domain: variable.target_domain.as_deref(),
            domains: &variable.domains,
            multiline: variable.multiline.then_some(true),
            show: variable.shown.then_some(true),
            why: &variable.why,
        }
    }
}

impl<'a> Range<'a> {
    fn new(range: &'a ReferenceRange) -> Range<'a> {
        Range {
            sex: range.sex.as_deref(),
            age: range.age.map(|(from, to)| [number(from), number(to)]),
            low: range.low.map(number),
            high: range.high.map(number),
            source: &range.source,
        }
    }
}

impl<'a> PlausibleRange<'a> {
    /// `None` without an end: such a range says nothing.
    fn new(range: &'a Plausible) -> Option<PlausibleRange<'a>> {
        range.low.or(range.high)?;
        Some(PlausibleRange { low: range.low.map(number), high: range.high.map(number), note: range.note.as_deref() })
    }
}

/// The delimiter of a list; the separator that JSON lists carry inside the program is not one of text.
fn list_delimiter(delimiter: Option<char>) -> char {
    delimiter.filter(|c| *c == '\t' || !c.is_control()).unwrap_or(LIST_DELIMITER)
}

fn number(value: Decimal) -> Number {
    let text = value.to_string();
    RawValue::from_string(text.clone()).map_or(Number::Text(text), Number::Literal)
}

fn levels(levels: &[Level]) -> Vec<Labelled<'_>> {
    labelled(levels.iter().map(|level| (level.value.as_str(), level.label.as_deref())).collect())
}

/// The tokens; with a label each as soon as one of them has a reason of its own.
fn missing_values(tokens: &BTreeMap<String, Reason>) -> Vec<Labelled<'_>> {
    let label = |(token, reason): (&String, &Reason)| {
        super::reading::reason_of(token) != *reason || *reason != Reason::NotReported
    };
    let with_labels = tokens.iter().any(label);
    labelled(tokens.iter().map(|(token, reason)| (token.as_str(), with_labels.then(|| reason.word()))).collect())
}

/// Plain values where none has a label, else objects: the standard allows no mixture.
fn labelled<'a>(pairs: Vec<(&'a str, Option<&'a str>)>) -> Vec<Labelled<'a>> {
    let plain = pairs.iter().all(|(_, label)| label.is_none());
    let one = |(value, label)| match label {
        Some(label) => Labelled::Both { value, label },
        None if plain => Labelled::Value(value),
        None => Labelled::Object { value },
    };
    pairs.into_iter().map(one).collect()
}

fn agents_of_classes(classes: &BTreeMap<String, String>) -> BTreeMap<&str, Vec<&str>> {
    let mut agents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (agent, class) in classes {
        agents.entry(class).or_default().push(agent);
    }
    agents
}
