//! The members of one object, through serde_json, without a tree and without copies.

use crate::read::block::line_ends;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Gives each member of an object to `take`, in order; the number of members.
#[inline]
pub(super) fn read_members<'a>(
    text: &'a str,
    take: impl FnMut(Cow<'a, str>, &'a RawValue),
) -> serde_json::Result<usize> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let members = Taker(take).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(members)
}

/// The position of an error in a text: its byte, and the number of line ends of any kind before it.
pub(super) fn position(error: &serde_json::Error, text: &str) -> (usize, u64) {
    // serde_json counts from line 1, column 1, and knows only line feeds.
    let mut newlines = memchr::memchr_iter(b'\n', text.as_bytes());
    let before = error.line().checked_sub(2).and_then(|lines| newlines.nth(lines));
    let line_start = before.map_or(0, |at| at.saturating_add(1));
    let at = line_start.saturating_add(error.column().saturating_sub(1)).min(text.len());
    (at, line_ends(text.as_bytes().get(..at).unwrap_or_default()))
}

/// The name of the member whose value ends a text, where it can be told: `"age": ` names `age`.
pub(super) fn name_before(text: &str) -> Option<String> {
    let signs = ['-', '+'];
    let (before, name) =
        text.trim_end_matches(signs).trim_end().strip_suffix(':')?.trim_end().strip_suffix('"')?.rsplit_once('"')?;
    (!before.ends_with('\\')).then(|| name.to_owned())
}

struct Taker<F>(F);

impl<'a, F: FnMut(Cow<'a, str>, &'a RawValue)> DeserializeSeed<'a> for Taker<F> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a, F: FnMut(Cow<'a, str>, &'a RawValue)> Visitor<'a> for Taker<F> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    #[inline]
    fn visit_map<A: MapAccess<'a>>(mut self, mut map: A) -> Result<usize, A::Error> {
        let mut members = 0usize;
        while let Some(MemberName(name)) = map.next_key()? {
            let value: &'a RawValue = map.next_value()?;
            self.0(name, value);
            members = members.saturating_add(1);
        }
        Ok(members)
    }
}

/// A member name, borrowed unless it contains escapes.
pub(super) struct MemberName<'a>(pub Cow<'a, str>);

impl<'de> Deserialize<'de> for MemberName<'de> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<MemberName<'de>, D::Error> {
        deserializer.deserialize_str(MemberNameVisitor)
    }
}

struct MemberNameVisitor;

impl<'de> Visitor<'de> for MemberNameVisitor {
    type Value = MemberName<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<MemberName<'de>, E> {
        Ok(MemberName(Cow::Borrowed(name)))
    }

    fn visit_str<E>(self, name: &str) -> Result<MemberName<'de>, E> {
        Ok(MemberName(Cow::Owned(name.to_owned())))
    }
}
