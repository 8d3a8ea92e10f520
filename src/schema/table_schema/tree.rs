//! A JSON document as a tree that keeps what serde's own values lose.
//!
//! Kept are the literal of each number (`11.50`), the order and the repetitions of the keys,
//! and the location of each value. Schemas are small; each level is scanned once per depth.

use crate::diagnostic::{FindingId, pointer_step};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;
use std::fmt;

/// Greatest depth of nested lists and objects.
const MAX_DEPTH: usize = 32;

/// One value with its location.
#[derive(Debug)]
pub(super) struct Node<'t> {
    /// Byte at which the value begins.
    pub at: usize,
    /// JSON pointer of the value (RFC 6901).
    pub pointer: String,
    pub shape: Shape<'t>,
}

#[derive(Debug)]
pub(super) enum Shape<'t> {
    Null,
    Bool(bool),
    /// The number as written.
    Number(&'t str),
    Text(String),
    List(Vec<Node<'t>>),
    Object(Vec<(String, Node<'t>)>),
}

/// Why a document cannot be parsed.
#[derive(Debug)]
pub(super) struct Damage {
    /// Finding id.
    pub id: FindingId,
    /// Physical line, from 1.
    pub line: u64,
    pub pointer: String,
    pub message: String,
    pub remedy: &'static str,
}

impl Damage {
    /// A file without a document, as a shell makes it for a command that fails.
    pub fn empty() -> Damage {
        Damage {
            id: FindingId::JsonSyntax,
            line: 1,
            pointer: String::new(),
            message: "the schema file is empty".to_owned(),
            remedy: "delete it, or ignore it with --no-schema",
        }
    }
}

impl Node<'_> {
    /// The value in words, for messages.
    pub fn described(&self) -> String {
        match &self.shape {
            Shape::Null => "null".to_owned(),
            Shape::Bool(truth) => truth.to_string(),
            Shape::Number(literal) => format!("the number {literal}"),
            Shape::Text(text) => format!("\"{text}\""),
            Shape::List(_) => "a list".to_owned(),
            Shape::Object(_) => "an object".to_owned(),
        }
    }
}

/// Parses a document, up to its first fault.
pub(super) fn parse(text: &str) -> Result<Node<'_>, Damage> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|e| Damage {
        id: FindingId::JsonSyntax,
        line: u64::try_from(e.line()).unwrap_or(u64::MAX),
        pointer: String::new(),
        message: format!("this is not JSON: {e}"),
        remedy: "correct the text at this place",
    })?;
    TreeParser { text }.node(raw, String::new(), 0)
}

/// Physical line of a byte, from 1.
pub(super) fn line_at(text: &str, at: usize) -> u64 {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let ends = memchr::memchr_iter(b'\n', before).count();
    u64::try_from(ends).unwrap_or(u64::MAX).saturating_add(1)
}

struct TreeParser<'t> {
    text: &'t str,
}

impl<'t> TreeParser<'t> {
    fn node(&self, raw: &'t RawValue, pointer: String, depth: usize) -> Result<Node<'t>, Damage> {
        let at = self.position(raw);
        if depth > MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} nested lists and objects");
            return Err(self.damage(FindingId::JsonDepth, at, pointer, message, "nest fewer lists and objects"));
        }
        let literal = raw.get();
        let shape = match literal.as_bytes().first() {
            Some(b'{') => self.object(raw, at, &pointer, depth)?,
            Some(b'[') => self.list(raw, at, &pointer, depth)?,
            Some(b'"') => Shape::Text(self.decoded(raw, at, &pointer)?),
            Some(b't') => Shape::Bool(true),
            Some(b'f') => Shape::Bool(false),
            Some(b'n') => Shape::Null,
            _ => Shape::Number(literal),
        };
        Ok(Node { at, pointer, shape })
    }

    fn object(&self, raw: &'t RawValue, at: usize, pointer: &str, depth: usize) -> Result<Shape<'t>, Damage> {
        let AllMembers(members) = self.decoded(raw, at, pointer)?;
        let mut nodes: Vec<(String, Node)> = Vec::with_capacity(members.len());
        for (key, value) in members {
            let inner = format!("{pointer}{}", pointer_step(&key));
            if nodes.iter().any(|(known, _)| *known == key) {
                let message = format!("duplicate key '{key}'");
                let at = self.position(value);
                return Err(self.damage(FindingId::JsonDuplicateKey, at, inner, message, "keep one of the two"));
            }
            let node = self.node(value, inner, depth.saturating_add(1))?;
            nodes.push((key, node));
        }
        Ok(Shape::Object(nodes))
    }

    fn list(&self, raw: &'t RawValue, at: usize, pointer: &str, depth: usize) -> Result<Shape<'t>, Damage> {
        let items: Vec<&RawValue> = self.decoded(raw, at, pointer)?;
        let nodes = items.into_iter().enumerate();
        let nodes = nodes.map(|(i, item)| self.node(item, format!("{pointer}/{i}"), depth.saturating_add(1)));
        Ok(Shape::List(nodes.collect::<Result<_, _>>()?))
    }

    /// One value decoded by serde, which also finds a lone surrogate in a string.
    fn decoded<T: Deserialize<'t>>(&self, raw: &'t RawValue, at: usize, pointer: &str) -> Result<T, Damage> {
        serde_json::from_str(raw.get()).map_err(|e| {
            let message = format!("this is not JSON: {e} of this value");
            self.damage(FindingId::JsonSyntax, at, pointer.to_owned(), message, "correct the text at this place")
        })
    }

    fn position(&self, raw: &RawValue) -> usize {
        (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn damage(&self, id: FindingId, at: usize, pointer: String, message: String, remedy: &'static str) -> Damage {
        Damage { id, line: line_at(self.text, at), pointer, message, remedy }
    }
}

/// The members of an object in their order, including duplicate keys.
struct AllMembers<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for AllMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = AllMembers<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AllMembers<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry().map_err(de::Error::custom)? {
                    members.push(member);
                }
                Ok(AllMembers(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_places_and_order_are_kept() {
        let node = parse("{\n \"b/c\": [11.50, -0],\n \"a\": \"é\\n\"}").unwrap();
        let Shape::Object(members) = &node.shape else { panic!() };
        assert_eq!(members[0].0, "b/c");
        let Shape::List(items) = &members[0].1.shape else { panic!() };
        assert!(matches!(items[0].shape, Shape::Number("11.50")));
        assert_eq!(items[1].pointer, "/b~1c/1");
        assert!(matches!(&members[1].1.shape, Shape::Text(t) if t == "é\n"));
    }

    #[test]
    fn damage_is_located() {
        let of = |text: &str| parse(text).map(|_| ()).unwrap_err();
        assert_eq!((of("{\n\"a\": }").id, of("{\n\"a\": }").line), (FindingId::JsonSyntax, 2));
        let twice = of("{\n\"a\": 1,\n\n\"\\u0061\": 2}");
        assert_eq!((twice.id, twice.line, twice.pointer.as_str()), (FindingId::JsonDuplicateKey, 4, "/a"));
        assert_eq!(of(&format!("{}{}", "[".repeat(40), "]".repeat(40))).id, FindingId::JsonDepth);
        assert_eq!(of("[NaN]").id, FindingId::JsonSyntax);
        assert_eq!(of("\n[\"\\ud800\"]").id, FindingId::JsonSyntax);
        assert_eq!(of("").id, FindingId::JsonSyntax);
        assert_eq!(of(&"[".repeat(100_000)).id, FindingId::JsonSyntax);
    }
}
