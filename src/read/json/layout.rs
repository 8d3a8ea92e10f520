//! Whether the first object of a document is a case or contains the cases, and the cases of JSON lines.

use super::raw::RawCase;
use super::scan::{Cursor, Halt, SyntaxFlaw, is_space};
use crate::read::block::line_ends;

/// The role of the first object of a document.
pub(super) enum FirstObject<'a> {
    /// A case, which is not taken yet; further objects may follow, one per line.
    Case {
        /// True where it spans no line end.
        on_one_line: bool,
    },
    /// The object around `cases`, taken as far as the array, with its members up to `cases`.
    Around(Vec<OuterMember<'a>>),
}

/// A member of the object around `cases`.
pub(super) struct OuterMember<'a> {
    /// Physical line of its name.
    pub line: u64,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: &'a [u8],
}

/// Looks through the first object for a member `cases`.
pub(super) fn first_object<'a>(cursor: &mut Cursor<'a>) -> Result<FirstObject<'a>, Halt> {
    let mut ahead = *cursor;
    let mut members = Vec::new();
    ahead.take();
    if ahead.need()? == b'}' {
        return Ok(FirstObject::Case { on_one_line: false });
    }
    loop {
        ahead.need()?;
        let line = ahead.line;
        let name = member_name(&mut ahead)?;
        if name == "cases" {
            ahead.expect(b'[', SyntaxFlaw::CasesNoArray)?;
            members.push(OuterMember { line, name, value: b"[]" });
            *cursor = ahead;
            return Ok(FirstObject::Around(members));
        }
        let value = ahead.value()?;
        members.push(OuterMember { line, name, value });
        match ahead.need()? {
            b',' => ahead.take(),
            b'}' => return Ok(FirstObject::Case { on_one_line: ahead.line == cursor.line }),
            _ => return Err(Halt::Wrong(SyntaxFlaw::NoComma, ahead.at)),
        }
    }
}

/// Takes `"name" : value`.
pub(super) fn member<'a>(cursor: &mut Cursor<'a>) -> Result<OuterMember<'a>, Halt> {
    cursor.need()?;
    let line = cursor.line;
    let name = member_name(cursor)?;
    Ok(OuterMember { line, name, value: cursor.value()? })
}

/// Takes `"name" :` and returns the name without its escapes.
fn member_name(cursor: &mut Cursor) -> Result<String, Halt> {
    match cursor.need()? {
        b'"' => {}
        b'}' => return Err(Halt::Wrong(SyntaxFlaw::TrailingComma, cursor.at)),
        _ => return Err(Halt::Wrong(SyntaxFlaw::NoName, cursor.at)),
    }
    let at = cursor.at;
    let name = serde_json::from_slice(cursor.value()?).map_err(|_| Halt::Wrong(SyntaxFlaw::NoName, at))?;
    cursor.expect(b':', SyntaxFlaw::NoColon)?;
    Ok(name)
}

/// How far [`whole_lines`] came.
pub(super) enum LinesTaken {
    /// To the end of the document.
    All,
    /// To a line whose end is not read yet.
    CutOff {
        /// False where that is the first line.
        some_taken: bool,
    },
    /// To a line that does not look like one case.
    NotACase,
}

/// Takes whole lines that are blank or contain one case, `{...}`; `number` is that of the next case.
///
/// Whether a line is exactly one object is checked when it is parsed.
pub(super) fn whole_lines(cursor: &mut Cursor, mut number: u64, cases: &mut Vec<RawCase>) -> LinesTaken {
    let begin = cursor.at;
    let ahead = cursor.bytes.get(begin..).unwrap_or_default();
    let has_carriage_returns = memchr::memchr(b'\r', ahead).is_some();
    loop {
        let rest = cursor.bytes.get(cursor.at..).unwrap_or_default();
        let length = match memchr::memchr(b'\n', rest) {
            Some(before) => before.saturating_add(1),
            None if cursor.last => rest.len(),
            None => return LinesTaken::CutOff { some_taken: cursor.at > begin },
        };
        let whole = rest.get(..length).unwrap_or_default();
        let indent = whole.iter().take_while(|byte| is_space(byte)).count();
        let after = whole.iter().rev().take_while(|byte| is_space(byte)).count();
        let text = whole.get(indent..length.saturating_sub(after)).unwrap_or_default();
        match (text.first(), text.last()) {
            (Some(b'{'), Some(b'}')) => {
                let start = cursor.at.saturating_add(indent);
                let line = if has_carriage_returns { cursor.line_at(start) } else { cursor.line };
                cases.push(RawCase { start, end: start.saturating_add(text.len()), line, number });
                number = number.saturating_add(1);
            }
            (None, _) => {}
            _ => return LinesTaken::NotACase,
        }
        let ends = if has_carriage_returns { line_ends(whole) } else { 1 };
        cursor.line = cursor.line.saturating_add(ends);
        cursor.at = cursor.at.saturating_add(length);
        if rest.len() == length && cursor.last {
            return LinesTaken::All;
        }
    }
}
