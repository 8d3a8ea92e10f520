//! Reads single values of a schema, and collects the faults.

use super::tree::{self, Damage, Node, Shape};
use crate::decimal::Decimal;
use crate::diagnostic::{FilePosition, Finding, FindingId, Findings, SourceLocation, nearest};
use crate::error::Error;
use crate::schema::MissingReason;
use crate::schema::lexical::yes_no;
use crate::schema::missing_words::certainly_missing;
use crate::words::{UnknownWord, Word};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Collects faults and notes while a schema is read.
///
/// A method that reads a value returns `None` where the value is not valid, which is a fault.
pub(super) struct SchemaReader<'t> {
    text: &'t str,
    file: Arc<str>,
    /// The field that is being read.
    pub field: Option<String>,
    faults: Findings,
    pub notes: Vec<Finding>,
}

impl<'t> SchemaReader<'t> {
    /// A reader of a text without faults; `file` is the name shown in findings.
    pub fn new(text: &'t str, file: &str) -> SchemaReader<'t> {
        SchemaReader { text, file: file.into(), field: None, faults: Findings::default(), notes: Vec::new() }
    }

    /// The notes.
    ///
    /// Errors: [`Error::Refused`] with the faults, if there are any.
    pub fn finish(self) -> Result<Vec<Finding>, Error> {
        if self.faults.is_empty() { Ok(self.notes) } else { Err(self.faults.into()) }
    }
}

impl SchemaReader<'_> {
    /// Records a fault at a value.
    pub fn fault(&mut self, node: &Node, message: impl Into<String>, remedy: impl Into<String>) {
        let finding = Finding::new(FindingId::SchemaInvalid, message).at(self.location(node)).remedy(remedy);
        self.faults.add(finding);
    }

    /// Records a fault where a word is not one of those that are known.
    pub fn unknown(&mut self, node: &Node, word: &str, known: Vec<&'static str>, what: &'static str) {
        self.unknown_word(node, &UnknownWord::new(what, word, known));
    }

    fn unknown_word(&mut self, node: &Node, unknown: &UnknownWord) {
        self.fault(node, unknown.to_string(), unknown.remedy());
    }

    /// Notes a part of the schema that has no effect.
    pub fn ignored(&mut self, node: &Node, what: &str) {
        let message = format!("{what} of the schema has no effect");
        let finding = Finding::new(FindingId::SchemaConstraintIgnored, message).at(self.location(node));
        self.notes.push(finding);
    }

    /// Warns of an unknown key, which may be a misspelt one.
    pub fn unknown_key(&mut self, node: &Node, key: &str, known: &[&str], of: &str) {
        let remedy = match nearest(key, known) {
            Some(near) => format!("did you mean '{near}'?"),
            None => format!("remove it, or use one of {}", known.join(", ")),
        };
        let message = format!("unknown key '{key}' in {of}");
        let finding = Finding::new(FindingId::SchemaKeyUnknown, message).at(self.location(node));
        self.notes.push(finding.remedy(remedy));
    }

    /// File, line and pointer of a value.
    pub fn location(&self, node: &Node) -> SourceLocation {
        let position = FilePosition::json(tree::line_at(self.text, node.at), node.pointer.clone());
        SourceLocation { column: self.field.clone(), ..SourceLocation::file(self.file.clone()).at(position) }
    }

    /// The error for a text that is not JSON.
    pub fn damaged(mut self, damage: Damage) -> Error {
        let location = SourceLocation::file(self.file.clone()).at(FilePosition::json(damage.line, damage.pointer));
        let finding = Finding::new(damage.id, damage.message).at(location).remedy(damage.remedy);
        self.faults.add(finding);
        self.faults.into()
    }

    fn expected(&mut self, node: &Node, what: &str) {
        self.fault(node, format!("expected {what}, found {}", node.described()), format!("write {what} here"));
    }

    /// The members of an object.
    pub fn object<'n, 't>(&mut self, node: &'n Node<'t>) -> Option<&'n [(String, Node<'t>)]> {
        match &node.shape {
            Shape::Object(members) => Some(members),
            _ => {
                self.expected(node, "an object");
                None
            }
        }
    }

    /// The items of a list.
    pub fn list<'n, 't>(&mut self, node: &'n Node<'t>) -> Option<&'n [Node<'t>]> {
        match &node.shape {
            Shape::List(items) => Some(items),
            _ => {
                self.expected(node, "a list");
                None
            }
        }
    }

    /// A text.
    pub fn text(&mut self, node: &Node) -> Option<String> {
        match &node.shape {
            Shape::Text(text) => Some(text.clone()),
            _ => {
                self.expected(node, "a text");
                None
            }
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, node: &Node) -> Option<Vec<String>> {
        self.list(node)?.iter().map(|item| self.text(item)).collect()
    }

    /// A word of a closed set.
    pub fn word<T: Word>(&mut self, node: &Node) -> Option<T> {
        let text = self.text(node)?;
        T::exact(&text).map_err(|unknown| self.unknown_word(node, &unknown)).ok()
    }

    /// `true` or `false`.
    pub fn truth(&mut self, node: &Node) -> Option<bool> {
        match &node.shape {
            Shape::Bool(truth) => Some(*truth),
            _ => {
                self.expected(node, "true or false");
                None
            }
        }
    }

    /// A number, which may also be written as a text.
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

    /// `missingValues`: the tokens with their reasons, given by the label, else by the token itself.
    pub fn missing_values(&mut self, node: &Node) -> Option<BTreeMap<String, MissingReason>> {
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
                _ => (self.text_or_number(item)?, None),
            };
            if pairs.iter().any(|(known, _)| *known == pair.0) {
                self.fault(item, format!("duplicate value '{}' in this list", pair.0), "keep one of the two");
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
        Some((self.text_or_number(value)?, label))
    }

    /// A text, or a number as it is written.
    pub fn text_or_number(&mut self, node: &Node) -> Option<String> {
        match &node.shape {
            Shape::Number(literal) => Some((*literal).to_owned()),
            _ => self.text(node),
        }
    }

    /// A text; `None`, without a fault, for a missing token such as `not reported`.
    pub fn stated(&mut self, node: &Node) -> Option<String> {
        self.text(node).map(|text| text.trim().to_owned()).filter(|text| certainly_missing(text).is_none())
    }

    /// A whole number.
    pub fn whole_number(&mut self, node: &Node) -> Option<u64> {
        let literal = match &node.shape {
            Shape::Number(literal) => literal,
            _ => "",
        };
        let number = literal.parse().ok();
        if number.is_none() {
            self.fault(node, format!("{} is not a whole number", node.described()), "write a number such as 1");
        }
        number
    }

    /// True or false, also as a word; `None`, without a fault, for a missing token.
    pub fn yes_or_no(&mut self, node: &Node) -> Option<bool> {
        match &node.shape {
            Shape::Text(text) if yes_no(text.trim()).is_some() => yes_no(text.trim()),
            Shape::Text(text) if certainly_missing(text).is_some() => None,
            _ => self.truth(node),
        }
    }

    /// A text or a list of texts.
    pub fn one_or_several(&mut self, node: &Node) -> Vec<String> {
        match &node.shape {
            Shape::Text(_) => self.stated(node).into_iter().collect(),
            _ => self.texts(node).unwrap_or_default(),
        }
    }
}

/// The reason that a label or a token of `missingValues` gives.
pub(super) fn reason_of(text: &str) -> MissingReason {
    let words = crate::schema::header::normalise(text);
    MissingReason::ALL.into_iter().find(|reason| reason.word() == words).unwrap_or(MissingReason::NotReported)
}
