//! From the text of a schema to its fields, with every fault collected.

use super::audit::read_audit;
use super::field::read_field;
use super::sets::read_sets;
use super::tree::{self, Damage, Node, Shape};
use super::{DeclaredVariable, FieldsMatch, FileSchema};
use crate::decimal::Decimal;
use crate::diagnostic::{FilePosition, Finding, Findings, Severity, SourceLocation, nearest};
use crate::error::Error;
use crate::schema::audit::Audit;
use crate::schema::{Reason, Role};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Collects faults and notes while a schema is read.
pub(super) struct Reading<'t> {
    text: &'t str,
    file: Arc<str>,
    /// The field that is being read.
    pub field: Option<String>,
    faults: Findings,
    pub notes: Vec<Finding>,
}

pub(super) fn read(text: &str, file: &str) -> Result<FileSchema, Error> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let mut reading = Reading { text, file: name.into(), field: None, faults: Findings::default(), notes: Vec::new() };
    let root = tree::parse(text).map_err(|damage| reading.damaged(damage))?;
    let schema = read_schema(&root, name, &mut reading);
    match schema {
        Some(schema) if reading.faults.is_empty() => Ok(FileSchema { notes: reading.notes, ..schema }),
        _ => Err(reading.faults.into()),
    }
}

fn read_schema(root: &Node, file: &str, reading: &mut Reading) -> Option<FileSchema> {
    let members = reading.object(root)?;
    let get = |key: &str| members.iter().find(|(k, _)| k == key).map(|(_, node)| node);
    let Some(fields) = get("fields") else {
        let package = get("resources").is_some();
        let remedy = match package {
            true => "this is a Data Package: save the \"schema\" object of its resource as a file of its own",
            false => "add \"fields\": [{\"name\": \"...\"}], or print a schema with: calc-series schema FILE",
        };
        reading.fault(root, "a Table Schema has a list \"fields\", and this object has none", remedy);
        return None;
    };
    let missing = get("missingValues").and_then(|node| reading.missing_values(node));
    let fields_match = get("fieldsMatch").and_then(|node| read_fields_match(node, reading)).unwrap_or_default();
    let mut variables = read_fields(fields, missing.as_ref(), reading)?;
    let primary_key = get("primaryKey").map(|node| read_primary_key(node, &mut variables, reading)).unwrap_or_default();
    for key in ["uniqueKeys", "foreignKeys"] {
        if let Some(node) = get(key) {
            reading.ignored(node, key);
        }
    }
    let audit = get("calcSeries").map_or_else(Audit::default, |node| read_audit(node, reading));
    let series_at = Some(audit.series_at.clone()).filter(|location| location.file.is_some());
    let audit = Audit { series_at: series_at.unwrap_or_else(|| reading.location(root)), ..audit };
    let sets = get("calcSeries").map(|node| read_sets(node, &variables, missing.as_ref(), reading)).unwrap_or_default();
    let notes = Vec::new();
    Some(FileSchema { file: file.to_owned(), variables, sets, missing, fields_match, primary_key, audit, notes })
}

fn read_fields(
    node: &Node,
    missing: Option<&BTreeMap<String, Reason>>,
    reading: &mut Reading,
) -> Option<Vec<DeclaredVariable>> {
    let mut variables: Vec<DeclaredVariable> = Vec::new();
    for field in reading.list(node)? {
        reading.field = None;
        let Some(mut variable) = read_field(field, reading) else { continue };
        if variables.iter().any(|known| known.header == variable.header) {
            reading.fault(field, format!("two fields are called '{}'", variable.header), "keep one of the two");
        }
        // A list of a field replaces that of the schema.
        variable.missing = variable.missing.or_else(|| missing.cloned());
        variables.push(variable);
    }
    reading.field = None;
    Some(variables)
}

fn read_fields_match(node: &Node, reading: &mut Reading) -> Option<FieldsMatch> {
    // The first published profile of version 2 asked for a list of one word.
    let node = match &node.shape {
        Shape::List(items) if items.len() == 1 => items.first()?,
        _ => node,
    };
    let word = reading.text(node)?;
    let known = FieldsMatch::ALL.into_iter().find(|f| f.word() == word);
    if known.is_none() {
        reading.unknown(node, &word, &FieldsMatch::ALL.map(FieldsMatch::word), "fieldsMatch");
    }
    known
}

/// The one field of a primary key names the case, unless the field itself says something else.
fn read_primary_key(node: &Node, variables: &mut [DeclaredVariable], reading: &mut Reading) -> Vec<String> {
    let names = match &node.shape {
        Shape::Text(name) => vec![name.clone()],
        _ => reading.texts(node).unwrap_or_default(),
    };
    for name in names.iter().filter(|name| !variables.iter().any(|v| v.header == **name)) {
        let remedy = "name a field of this schema";
        reading.fault(node, format!("the primary key names '{name}', which is no field"), remedy);
    }
    match names.as_slice() {
        [name] => {
            if let Some(variable) = variables.iter_mut().find(|v| v.header == *name) {
                variable.role = variable.role.or(Some(Role::CaseId));
            }
        }
        [] => {}
        _ => reading.ignored(node, "a primary key of several fields"),
    }
    names
}

impl Reading<'_> {
    /// Records a fault at a value.
    pub fn fault(&mut self, node: &Node, message: impl Into<String>, remedy: impl Into<String>) {
        let finding = Finding::new("schema-invalid", Severity::Error, message).at(self.location(node)).remedy(remedy);
        self.faults.add(finding);
    }

    /// Records a fault where a word is none of those that are known.
    pub fn unknown(&mut self, node: &Node, word: &str, known: &[&str], what: &str) {
        let remedy = match nearest(word, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("one of {}", known.join(", ")),
        };
        self.fault(node, format!("\"{word}\" is no {what}"), remedy);
    }

    /// Notes that the schema asks for something this program does not do.
    pub fn ignored(&mut self, node: &Node, what: &str) {
        let message = format!("the schema asks for {what}, which calc-series does not use");
        let finding = Finding::new("schema-constraint-ignored", Severity::Note, message).at(self.location(node));
        self.notes.push(finding);
    }

    /// Warns of a key that is not read, which may be one that is read misspelt.
    pub fn unknown_key(&mut self, node: &Node, key: &str, known: &[&str], of: &str) {
        let remedy = match nearest(key, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("remove it, or use one of {}", known.join(", ")),
        };
        let message = format!("\"{key}\" in \"{of}\" is not read");
        let finding = Finding::new("schema-key-unknown", Severity::Warning, message).at(self.location(node));
        self.notes.push(finding.remedy(remedy));
    }

    /// File, line and pointer of a value.
    pub fn location(&self, node: &Node) -> SourceLocation {
        let position = FilePosition::json(tree::line_at(self.text, node.at), node.pointer.clone());
        SourceLocation { column: self.field.clone(), ..SourceLocation::file(self.file.clone()).at(position) }
    }

    fn damaged(&mut self, damage: Damage) -> Error {
        let location = SourceLocation::file(self.file.clone()).at(FilePosition::json(damage.line, damage.pointer));
        let finding = Finding::new(damage.id, Severity::Error, damage.message).at(location).remedy(damage.remedy);
        self.faults.add(finding);
        std::mem::take(&mut self.faults).into()
    }

    fn expected(&mut self, node: &Node, what: &str) {
        self.fault(node, format!("{} stands where {what} is expected", node.described()), format!("write {what} here"));
    }

    pub fn object<'n, 't>(&mut self, node: &'n Node<'t>) -> Option<&'n [(String, Node<'t>)]> {
        match &node.shape {
            Shape::Object(members) => Some(members),
            _ => {
                self.expected(node, "an object");
                None
            }
        }
    }

    pub fn list<'n, 't>(&mut self, node: &'n Node<'t>) -> Option<&'n [Node<'t>]> {
        match &node.shape {
            Shape::List(items) => Some(items),
            _ => {
                self.expected(node, "a list");
                None
            }
        }
    }

    pub fn text(&mut self, node: &Node) -> Option<String> {
        match &node.shape {
            Shape::Text(text) => Some(text.clone()),
            _ => {
                self.expected(node, "a text");
                None
            }
        }
    }

    pub fn texts(&mut self, node: &Node) -> Option<Vec<String>> {
        self.list(node)?.iter().map(|item| self.text(item)).collect()
    }

    pub fn truth(&mut self, node: &Node) -> Option<bool> {
        match &node.shape {
            Shape::Bool(truth) => Some(*truth),
            _ => {
                self.expected(node, "true or false");
                None
            }
        }
    }

    /// A number with its literal; the standard also allows it as a text.
    pub fn decimal(&mut self, node: &Node) -> Option<Decimal> {
        let literal = match &node.shape {
            Shape::Number(literal) => literal,
            Shape::Text(text) => text.as_str(),
            _ => "",
        };
        let value = Decimal::parse(literal).ok();
        if value.is_none() {
            self.expected(node, "a number of at most 18 digits");
        }
        value
    }

    /// `missingValues`: the tokens, each with its reason. The label, else the token itself, tells the reason.
    pub fn missing_values(&mut self, node: &Node) -> Option<BTreeMap<String, Reason>> {
        let mut tokens = BTreeMap::new();
        for (token, label) in self.labelled(node)? {
            let reason = reason_of(label.as_deref().unwrap_or(&token));
            tokens.insert(token, reason);
        }
        Some(tokens)
    }

    /// A list of values, or of `{value, label}`.
    pub fn labelled(&mut self, node: &Node) -> Option<Vec<(String, Option<String>)>> {
        let mut pairs: Vec<(String, Option<String>)> = Vec::new();
        for item in self.list(node)? {
            let pair = match &item.shape {
                Shape::Object(members) => self.value_and_label(item, members)?,
                _ => (self.value(item)?, None),
            };
            if pairs.iter().any(|(known, _)| *known == pair.0) {
                self.fault(item, format!("\"{}\" stands twice in this list", pair.0), "keep one of the two");
            }
            pairs.push(pair);
        }
        Some(pairs)
    }

    fn value_and_label(&mut self, item: &Node, members: &[(String, Node)]) -> Option<(String, Option<String>)> {
        let get = |key: &str| members.iter().find(|(k, _)| k == key).map(|(_, node)| node);
        let Some(value) = get("value") else {
            self.expected(item, "an object with a \"value\"");
            return None;
        };
        let label = match get("label") {
            Some(label) => Some(self.text(label)?),
            None => None,
        };
        Some((self.value(value)?, label))
    }

    /// A text, or a number as it is written.
    fn value(&mut self, node: &Node) -> Option<String> {
        match &node.shape {
            Shape::Number(literal) => Some((*literal).to_owned()),
            _ => self.text(node),
        }
    }
}

/// The reason that a label or a token of `missingValues` gives.
pub(super) fn reason_of(text: &str) -> Reason {
    let words = crate::schema::header::normalise(text);
    Reason::ALL.into_iter().find(|reason| reason.word() == words).unwrap_or(Reason::NotReported)
}
