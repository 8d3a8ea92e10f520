//! A whole schema file.

use super::audit::{ACCEPTED, SERIES, read_accepted, read_severities};
use super::declared::{DeclaredDerived, DeclaredVariable, FieldsMatch, FileSchema};
use super::derived::{read_derived, written as written_derived};
use super::field::{FIELD, read_field};
use super::json::Json;
use super::key::{Key, Unknown, key, read_keys, write_keys};
use super::reader::SchemaReader;
use super::sets::{SET, read_sets, refuse_other_names};
use super::tree::{self, Damage, Node, Shape};
use super::written::labelled_reasons;
use crate::diagnostic::{nearest, sanitize};
use crate::error::Error;
use crate::schema::audit::SeriesFacts;
use crate::schema::{Formula, Kind, MissingReason, Role, Schema, Variable};
use std::borrow::Cow;
use std::collections::BTreeMap;

const PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// The keys of a schema.
const FILE: [Key<FileSchema>; 8] = [
    key("$schema", |_, _, _| {}, |_| PROFILE.into()),
    key("fields", read_fields, |file| {
        Json::List(file.variables.iter().map(|field| write_keys(&FIELD, field)).collect())
    }),
    key(
        "fieldsMatch",
        |node, file, reader| file.fields_match = read_fields_match(node, reader).unwrap_or_default(),
        |file| Some(file.fields_match).filter(|word| *word != FieldsMatch::default()).map(FieldsMatch::word).into(),
    ),
    key("missingValues", read_missing, |file| labelled_reasons(file.missing.as_ref())),
    key("primaryKey", read_primary_key, |file| Json::list(&file.primary_key)),
    key("uniqueKeys", |node, _, reader| reader.ignored(node, "\"uniqueKeys\""), |_| Json::Absent),
    key("foreignKeys", |node, _, reader| reader.ignored(node, "\"foreignKeys\""), |_| Json::Absent),
    key("calcSeries", read_calc_series, |file| write_keys(&CALC_SERIES, file).unless_empty()),
];

/// The version of the keys that are this program's own; it changes when one of them changes its meaning.
const VERSION: u64 = 1;

/// The keys of the `calcSeries` object of a schema.
const CALC_SERIES: [Key<FileSchema>; 6] = [
    key("version", |node, _, reader| ensure_version(node, reader), |_| VERSION.into()),
    key(
        "series",
        |node, file, reader| {
            file.audit.series_at = reader.location(node);
            file.audit.series = SeriesFacts::default();
            read_keys(node, &SERIES, &mut file.audit.series, reader, ("series", Unknown::Warned));
        },
        |file| write_keys(&SERIES, &file.audit.series).unless_empty(),
    ),
    key(
        "severities",
        |node, file, reader| file.audit.severities = read_severities(node, reader),
        |file| {
            let severities = file.audit.severities.iter();
            Json::object(severities.map(|(id, severity)| (id.word().to_owned(), severity.word().into()))).unless_empty()
        },
    ),
    key(
        "accepted",
        |node, file, reader| file.audit.accepted = read_accepted(node, reader),
        |file| Json::list(file.audit.accepted.iter().map(|one| write_keys(&ACCEPTED, one))),
    ),
    key("derived", read_derived, written_derived),
    key("sets", read_sets, |file| Json::list(file.sets.iter().map(|set| write_keys(&SET, set)))),
];

/// A later version may say what this program would understand otherwise.
fn ensure_version(node: &Node, reader: &mut SchemaReader) {
    let Some(version) = reader.whole_number(node).filter(|version| *version != VERSION) else { return };
    let message = format!("the schema is of version {version}, this program reads version {VERSION}");
    reader.fault(node, message, "use the calc-series that wrote it, or write the schema anew");
}

/// Reads a Table Schema; `file` is the name shown in findings.
///
/// Errors: [`Error::Refused`] with every fault, each with its line and JSON pointer.
pub fn read(text: &str, file: &str) -> Result<FileSchema, Error> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let mut reader = SchemaReader::new(text, name);
    if text.trim().is_empty() {
        return Err(reader.damaged(Damage::empty()));
    }
    let root = match tree::parse(text) {
        Ok(root) => root,
        Err(damage) => return Err(reader.damaged(damage)),
    };
    let mut schema = FileSchema { file: name.to_owned(), ..FileSchema::default() };
    schema.audit.series_at = reader.location(&root);
    if has_fields(&root, &mut reader) {
        read_keys(&root, &FILE, &mut schema, &mut reader, ("schema", Unknown::Ignored));
    }
    schema.notes = reader.finish()?;
    Ok(schema)
}

/// Writes a schema: indented by two spaces, one final line end, the same bytes for the same schema.
///
/// `plain_numbers` tells whether all cells of a number column are plain numbers; a column that also
/// contains `<5` or `normal` has the type `string`, and its kind is in `calcSeries`. Reading the text
/// gives the same variables, except `why`, which is written for people.
pub fn write(schema: &Schema, plain_numbers: impl Fn(&Variable) -> bool) -> String {
    let missing = shared_missing(schema).cloned();
    let field = |variable: &Variable| {
        let field_type = match variable.kind {
            Kind::Number if plain_numbers(variable) => "number",
            Kind::Set => "list",
            Kind::Date if variable.reading.dates.format.is_some() => "date",
            _ => "string",
        };
        let own = variable.missing.clone().filter(|_| missing.is_none());
        DeclaredVariable { field_type: Some(field_type.to_owned()), missing: own, ..DeclaredVariable::of(variable) }
    };
    let mut fields: Vec<DeclaredVariable> = Vec::new();
    let formula = |variable: &Variable| schema.derived.iter().find(|formula| formula.name == variable.header);
    let of_file = columns(schema).filter(|variable| formula(variable).is_none());
    of_file.for_each(|variable| add_field(&mut fields, variable, field(variable)));
    let declared = |formula: &Formula| {
        let variable = schema.variables.iter().find(|variable| variable.header == formula.name)?;
        Some(DeclaredDerived { formula: formula.clone(), field: field(variable) })
    };
    let sets: Vec<_> = schema.variables.iter().filter(|v| is_set_of_columns(v)).map(DeclaredVariable::of).collect();
    let file = FileSchema {
        variables: fields,
        // The columns of a set need not be side by side in the data.
        fields_match: if sets.is_empty() { FieldsMatch::Exact } else { FieldsMatch::Equal },
        sets,
        derived: schema.derived.iter().filter_map(declared).collect(),
        missing,
        primary_key: primary_key(schema).into_iter().collect(),
        audit: schema.audit.clone(),
        ..FileSchema::default()
    };
    escape(&serde_json::to_string_pretty(&write_keys(&FILE, &file)).unwrap_or_default()) + "\n"
}

/// The header of the column that names the case.
fn primary_key(schema: &Schema) -> Option<String> {
    let found = || schema.by_role(Role::CaseId).map(|variable| variable.header.clone());
    schema.id.clone().or_else(found)
}

/// Adds the field of a variable; parts of one column are under its field.
fn add_field(fields: &mut Vec<DeclaredVariable>, variable: &Variable, field: DeclaredVariable) {
    let Some(of) = &variable.part else { return fields.push(field) };
    match fields.iter_mut().find(|whole| whole.header == of.header) {
        Some(whole) => whole.parts.get_or_insert_default().push(field),
        None => fields.push(DeclaredVariable {
            header: of.header.clone(),
            name: of.header.clone(),
            field_type: Some("string".to_owned()),
            parts: Some(vec![field]),
            ..DeclaredVariable::default()
        }),
    }
}

fn has_fields(root: &Node, reader: &mut SchemaReader) -> bool {
    let Some(members) = reader.object(root) else { return false };
    let has = |key: &str| members.iter().any(|(name, _)| name == key);
    if !has("fields") {
        let remedy = match has("resources") {
            true => "this is a Data Package: save the \"schema\" object of its resource as a separate file",
            false => "add \"fields\": [{\"name\": \"...\"}], or print a schema with: calc-series schema FILE",
        };
        reader.fault(root, "this object has no list \"fields\", as a Table Schema must", remedy);
    }
    has("fields")
}

fn read_fields(node: &Node, file: &mut FileSchema, reader: &mut SchemaReader) {
    for node in reader.list(node).unwrap_or_default() {
        reader.field = None;
        let Some(field) = read_field(node, reader) else { continue };
        if file.variables.iter().any(|known| known.header == field.header) {
            reader.fault(node, format!("duplicate field '{}'", field.header), "keep one of the two");
        }
        file.variables.push(field);
    }
    reader.field = None;
}

/// The tokens of the schema are those of each field without a list of its own.
fn read_missing(node: &Node, file: &mut FileSchema, reader: &mut SchemaReader) {
    file.missing = reader.missing_values(node);
    let parts = |field: &mut DeclaredVariable| {
        field.parts.iter_mut().flatten().for_each(|part| {
            part.missing = part.missing.take().or_else(|| file.missing.clone());
        })
    };
    file.variables.iter_mut().for_each(parts);
    for field in &mut file.variables {
        field.missing = field.missing.take().or_else(|| file.missing.clone());
    }
}

fn read_fields_match(node: &Node, reader: &mut SchemaReader) -> Option<FieldsMatch> {
    // The first published profile of version 2 required a list of one word.
    match &node.shape {
        Shape::List(items) if items.len() == 1 => reader.word(items.first()?),
        _ => reader.word(node),
    }
}

/// The one field of a primary key names the case, unless the field itself declares another role.
fn read_primary_key(node: &Node, file: &mut FileSchema, reader: &mut SchemaReader) {
    file.primary_key = match &node.shape {
        Shape::Text(name) => vec![name.clone()],
        _ => reader.texts(node).unwrap_or_default(),
    };
    for name in file.primary_key.iter().filter(|name| !file.variables.iter().any(|v| v.header == **name)) {
        reader.fault(node, format!("unknown field '{name}' in the primary key"), "use a field of this schema");
    }
    match file.primary_key.as_slice() {
        [] => {}
        [name] => {
            if let Some(variable) = file.variables.iter_mut().find(|v| v.header == *name) {
                variable.role = variable.role.or(Some(Role::CaseId));
            }
        }
        _ => reader.ignored(node, "the primary key of several fields"),
    }
}

fn read_calc_series(node: &Node, file: &mut FileSchema, reader: &mut SchemaReader) {
    let Some(members) = read_keys(node, &CALC_SERIES, file, reader, ("calcSeries", Unknown::Ignored)) else { return };
    refuse_other_names(members, reader);
    let known = CALC_SERIES.map(|key| key.name);
    // Other programs may use other keys, unless they are misspelt keys of this program.
    for (name, value) in members.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        if nearest(name, &known).is_some() {
            reader.unknown_key(value, name, &known, "calcSeries");
        }
    }
}

fn is_set_of_columns(variable: &Variable) -> bool {
    !variable.members.is_empty()
}

/// The columns of the file; a set is replaced by its columns.
fn columns(schema: &Schema) -> impl Iterator<Item = &Variable> {
    schema.variables.iter().flat_map(|variable| {
        let own = (!is_set_of_columns(variable)).then_some(variable);
        own.into_iter().chain(variable.members.iter().map(|member| &member.variable))
    })
}

/// The missing tokens if they are the same for every variable.
fn shared_missing(schema: &Schema) -> Option<&BTreeMap<String, MissingReason>> {
    let first = columns(schema).next()?.missing.as_ref();
    first.filter(|_| columns(schema).all(|variable| variable.missing.as_ref() == first))
}

/// Escapes what could control a terminal; in JSON such characters are in strings only.
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
