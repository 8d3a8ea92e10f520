//! The fast twin of `members`: objects of plain members only, as nearly every line of a registry is.
//!
//! A plain member has a name without escapes, and a text without escapes, a number without an exponent, `true`, `false`
//! or `null`. Whatever else there is, an error too, is left to serde_json, which reads the object from its beginning.

/// Collects the members of an object, the name without its quotes and the value as written; false, and `members` of
/// no use, where serde_json must read it.
pub(super) fn plain_members<'a>(text: &'a str, members: &mut Vec<(&'a str, &'a str)>) -> bool {
    members.clear();
    collect(text, members).is_some()
}

fn collect<'a>(text: &'a str, members: &mut Vec<(&'a str, &'a str)>) -> Option<()> {
    let bytes = text.as_bytes();
    let mut at = expected(bytes, 0, b'{')?;
    loop {
        let name = expected(bytes, at, b'"')?;
        let end = text_end(bytes, name)?;
        let value = space_end(bytes, expected(bytes, end.wrapping_add(1), b':')?);
        let value_end = value_end(bytes, value)?;
        members.push((text.get(name..end)?, text.get(value..value_end)?));
        let behind = space_end(bytes, value_end);
        at = behind.wrapping_add(1);
        match bytes.get(behind)? {
            b',' => {}
            b'}' => return (space_end(bytes, at) == bytes.len()).then_some(()),
            _ => return None,
        }
    }
}

/// What follows this byte, with or without spaces before it.
#[inline(always)]
fn expected(bytes: &[u8], at: usize, byte: u8) -> Option<usize> {
    let at = space_end(bytes, at);
    (*bytes.get(at)? == byte).then_some(at.wrapping_add(1))
}

#[inline(always)]
fn space_end(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
        at = at.wrapping_add(1);
    }
    at
}

#[inline(always)]
fn value_end(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'"' => text_end(bytes, at.wrapping_add(1)).map(|end| end.wrapping_add(1)),
        b'-' | b'0'..=b'9' => number_end(bytes, at),
        _ => {
            let rest = bytes.get(at..)?;
            let word = [&b"null"[..], b"true", b"false"].into_iter().find(|word| rest.starts_with(word))?;
            Some(at.wrapping_add(word.len()))
        }
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x80 * ONES;
/// The least byte that may stand in a text as it is.
const SPACE: u64 = 0x20 * ONES;

/// Where the text that begins here has its closing quote, eight bytes at a time: most texts are short. None where it has
/// an escape or a control character.
#[inline(always)]
fn text_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let found = ends(u64::from_le_bytes(*word));
        if found != 0 {
            at = at.wrapping_add((found.trailing_zeros() / 8) as usize);
            return (*bytes.get(at)? == b'"').then_some(at);
        }
        at = at.wrapping_add(8);
    }
    let rest = bytes.get(at..)?;
    let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20))?;
    (*rest.get(end)? == b'"').then_some(at.wrapping_add(end))
}

/// The lowest top bit that is set belongs to the first quote, backslash or control character; higher ones may be wrong.
#[inline(always)]
fn ends(word: u64) -> u64 {
    let equal = |byte: u8| {
        let differs = word ^ u64::from(byte).wrapping_mul(ONES);
        differs.wrapping_sub(ONES) & !differs
    };
    (equal(b'"') | equal(b'\\') | (word.wrapping_sub(SPACE) & !word)) & HIGHS
}

/// The end of a number; of one with an exponent, the end of what stands before it, behind which nothing is expected.
#[inline(always)]
fn number_end(bytes: &[u8], at: usize) -> Option<usize> {
    let first = at.wrapping_add(usize::from(bytes.get(at) == Some(&b'-')));
    let whole = digits_end(bytes, first);
    let is_plain = whole > first && (whole == first.wrapping_add(1) || bytes.get(first) != Some(&b'0'));
    if !is_plain {
        return None;
    }
    if bytes.get(whole) != Some(&b'.') {
        return Some(whole);
    }
    let decimals = whole.wrapping_add(1);
    Some(digits_end(bytes, decimals)).filter(|end| *end > decimals)
}

#[inline(always)]
fn digits_end(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at = at.wrapping_add(1);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::super::members::read_members;
    use super::*;
    use proptest::prelude::*;

    /// The members as serde_json reads them; none where it refuses the text.
    fn by_serde(text: &str) -> Option<Vec<(String, String)>> {
        let mut members = Vec::new();
        read_members(text, |name, value| members.push((name.into_owned(), value.get().to_owned()))).ok()?;
        Some(members)
    }

    fn by_twin(text: &str) -> Option<Vec<(String, String)>> {
        let mut members = Vec::new();
        let is_read = plain_members(text, &mut members);
        let owned = members.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        is_read.then_some(owned)
    }

    const PIECE: &str = "[{},:\\[\\] \t\n]|\"[a-zé]{0,12}\"|\"[a\\\\\"u0\u{1}\u{7f}]{0,9}\"|-?[0-9]{1,3}([.][0-9]{0,2})?(e5)?|null|true|false|nul";
    const MEMBER: &str = " ?\"[a-zé ]{0,20}\" ?:\n?(\"[^\\\\\"\u{0}-\u{1f}]{0,30}\"|-?(0|[1-9][0-9]{0,8})([.][0-9]{1,9})?|null|true|false) ?";

    proptest! {
        #[test]
        fn what_is_read_is_what_serde_json_reads(pieces in prop::collection::vec(PIECE, 0..9), wrap in any::<bool>()) {
            let inner = pieces.concat();
            let text = if wrap { format!("{{{inner}}}") } else { inner };
            if let Some(members) = by_twin(&text) {
                prop_assert_eq!(Some(members), by_serde(&text), "{}", text);
            }
        }

        #[test]
        fn plain_objects_are_read(members in prop::collection::vec(MEMBER, 1..6), cut in any::<prop::sample::Index>()) {
            let text = format!("{{{}}}\r\n", members.join(","));
            prop_assert!(by_twin(&text).is_some(), "{}", text);
            prop_assert_eq!(by_twin(&text), by_serde(&text));
            // One character less is read as serde_json reads it, or not at all.
            let mut cut_out: Vec<char> = text.chars().collect();
            cut_out.remove(cut.index(cut_out.len()));
            let text: String = cut_out.into_iter().collect();
            if let Some(members) = by_twin(&text) {
                prop_assert_eq!(Some(members), by_serde(&text), "{}", text);
            }
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_serde_json() {
        for text in [
            "",
            "{}",
            "{",
            r#"{"a":1,}"#,
            r#"{"a":01}"#,
            r#"{"a":1.}"#,
            r#"{"a":-}"#,
            r#"{"a":1e5}"#,
            r#"{"a":[1]}"#,
            r#"{"a":{"b":1}}"#,
            r#"{"a":"\n"}"#,
            "{\"a\":\"\n\"}",
            r#"{"a\u0041":1}"#,
            r#"{"a":nullx}"#,
            r#"{"a":1} x"#,
            r#"{"a" 1}"#,
            r#"{"a":"b"#,
            r#"[{"a":1}]"#,
        ] {
            assert_eq!(by_twin(text), None, "{text}");
        }
    }
}
