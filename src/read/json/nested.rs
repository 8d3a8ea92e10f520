//! The parts of a value that serde_json found to be JSON: its items, its members, its text.

use super::members::{MemberName, read_members};
use super::scan::{MAX_DEPTH, is_space, string_end};
use crate::diagnostic::{FindingId, pointer_step};
use crate::read::block::ITEM;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Names of members that are read and not tabulated.
pub(super) type DetailNames<'a> = Vec<Cow<'a, str>>;

/// Why a value cannot become a cell.
#[derive(Debug)]
pub(super) struct Mismatch {
    /// Id of the finding.
    pub id: FindingId,
    /// JSON pointer relative to the member.
    pub inside: String,
    /// The value as written.
    pub value: String,
    /// What was expected.
    pub message: String,
    /// What to write instead.
    pub remedy: &'static str,
}

impl Mismatch {
    /// A value of a wrong type.
    pub fn new(value: &str, message: impl Into<String>, remedy: &'static str) -> Mismatch {
        Mismatch {
            id: FindingId::JsonType,
            inside: String::new(),
            value: value.to_owned(),
            message: message.into(),
            remedy,
        }
    }

    /// The same inside a member or an item of that name or number.
    pub fn within(mut self, step: impl fmt::Display) -> Mismatch {
        self.inside = pointer_step(&step.to_string()) + &self.inside;
        self
    }
}

/// A value, one level deep.
#[derive(Debug)]
pub(super) enum JsonValue<'a> {
    Null,
    /// A string without its escapes; a number, `true` or `false` as written.
    Text(Cow<'a, str>),
    Array(Vec<&'a RawValue>),
    Object(NestedMembers<'a>),
}

impl<'a> JsonValue<'a> {
    /// Looks one level into a value.
    pub fn of(raw: &'a RawValue) -> Result<JsonValue<'a>, Mismatch> {
        let text = raw.get();
        Ok(match text.as_bytes().first() {
            Some(b'n') => JsonValue::Null,
            Some(b'"') => JsonValue::Text(string(text)?),
            Some(b'[') => JsonValue::Array(serde_json::from_str(text).map_err(|_| unreadable(text))?),
            Some(b'{') => JsonValue::Object(members(text)?),
            _ => JsonValue::Text(Cow::Borrowed(text)),
        })
    }
}

fn members(text: &str) -> Result<NestedMembers<'_>, Mismatch> {
    let mut members = Vec::new();
    read_members(text, |name, value| members.push((name, value))).map_err(|_| unreadable(text))?;
    Ok(NestedMembers(members))
}

/// The text of a JSON string.
fn string(text: &str) -> Result<Cow<'_, str>, Mismatch> {
    let MemberName(text) = serde_json::from_str(text).map_err(|_| unreadable(text))?;
    if text.contains(ITEM) {
        let message = "the control character U+001F is not allowed in a cell";
        return Err(Mismatch::new(&text, message, "remove the character"));
    }
    Ok(text)
}

fn unreadable(text: &str) -> Mismatch {
    let remedy = "write \\u escapes of one character as a pair, or the character itself";
    Mismatch { id: FindingId::JsonSyntax, ..Mismatch::new(text, "a \\u escape is not a valid character", remedy) }
}

/// The members of an object in their order; their names differ, see [`vet`].
#[derive(Debug)]
pub(super) struct NestedMembers<'a>(pub Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> NestedMembers<'a> {
    /// The member of a name.
    pub fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| *value)
    }

    /// The text of a member; `None` where it is absent, null or blank.
    pub fn text(&self, name: &str) -> Result<Option<Cow<'a, str>>, Mismatch> {
        self.get(name).map_or(Ok(None), |raw| text(raw).map_err(|mismatch| mismatch.within(name)))
    }
}

/// The text of a string, number or truth value; `None` where it is null or blank.
pub(super) fn text(raw: &RawValue) -> Result<Option<Cow<'_, str>>, Mismatch> {
    match JsonValue::of(raw)? {
        JsonValue::Null => Ok(None),
        JsonValue::Text(text) if text.trim().is_empty() => Ok(None),
        JsonValue::Text(text) => Ok(Some(text)),
        _ => Err(Mismatch::new(raw.get(), "expected a string or a number", "write the value itself, without brackets")),
    }
}

/// What is not allowed anywhere inside a nested value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NestedFault {
    /// Too many open brackets.
    Depth,
    /// Two members of one name; the JSON pointer of the second, relative to the value, and the name.
    DuplicateKey(String, String),
}

/// One open bracket.
struct OpenBracket {
    /// Where the names of its members begin; `None` for an array.
    names_from: Option<usize>,
    /// Commas so far: the number of the item.
    item: usize,
}

/// Looks for depth and duplicate names anywhere inside a valid value, detail included, without recursion.
pub(super) fn vet(text: &str) -> Result<(), NestedFault> {
    let bytes = text.as_bytes();
    let mut frames: Vec<OpenBracket> = Vec::new();
    let mut names: Vec<Cow<str>> = Vec::new();
    let mut at = 0usize;
    while let Some(&byte) = bytes.get(at) {
        let mut end = at.saturating_add(1);
        match byte {
            b'"' => {
                end = string_end(bytes, at).unwrap_or(bytes.len());
                if is_name(bytes, end)
                    && let Some(Ok(MemberName(name))) = text.get(at..end).map(serde_json::from_str)
                {
                    names.push(name);
                }
            }
            b'{' | b'[' => {
                frames.push(OpenBracket { names_from: (byte == b'{').then_some(names.len()), item: 0 });
                // The case itself is the first open bracket.
                if frames.len() >= MAX_DEPTH as usize {
                    return Err(NestedFault::Depth);
                }
            }
            b',' => {
                if let Some(frame) = frames.last_mut() {
                    frame.item = frame.item.saturating_add(1);
                }
            }
            b'}' | b']' => {
                if let Some(from) = frames.pop().and_then(|frame| frame.names_from) {
                    ensure_unique_names(&names, from, &frames)?;
                    names.truncate(from);
                }
            }
            _ => {}
        }
        at = end;
    }
    Ok(())
}

/// True where a string that ends here is a member name.
fn is_name(bytes: &[u8], end: usize) -> bool {
    bytes.get(end..).unwrap_or_default().iter().find(|byte| !is_space(byte)) == Some(&b':')
}

fn ensure_unique_names(names: &[Cow<str>], from: usize, around: &[OpenBracket]) -> Result<(), NestedFault> {
    let mut own: Vec<&str> = names.iter().skip(from).map(|name| &**name).collect();
    own.sort_unstable();
    let twice = own.iter().zip(own.iter().skip(1)).find(|(a, b)| a == b);
    let Some((name, _)) = twice else { return Ok(()) };
    let mut pointer = String::new();
    for (depth, frame) in around.iter().enumerate() {
        // The last name of an open object is the member that is open.
        let end = around.iter().skip(depth.saturating_add(1)).find_map(|inner| inner.names_from).unwrap_or(from);
        match frame.names_from.and_then(|_| names.get(end.checked_sub(1)?)) {
            Some(name) => pointer += &pointer_step(name),
            None => pointer += &format!("/{}", frame.item),
        }
    }
    pointer += &pointer_step(name);
    Err(NestedFault::DuplicateKey(pointer, (*name).to_owned()))
}
