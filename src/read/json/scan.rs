//! Where a JSON value ends: exact about strings, escapes and brackets, without recursion.
//!
//! Nothing is interpreted here. The content of the brackets is checked later, by
//! serde_json, outside the lock.

use crate::read::block::line_ends;

/// Nesting deeper than this is refused; a document of cases needs about eight levels.
pub(super) const MAX_DEPTH: u32 = 32;

/// What is wrong with the shape of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SyntaxFlaw {
    /// More than [`MAX_DEPTH`] brackets are nested.
    Depth,
    /// `]` closes `{`, or `}` closes `[`.
    Bracket,
    /// A string is not closed on its line.
    OpenString,
    /// A value is expected.
    NoValue,
    /// A member name in double quotes is expected.
    NoName,
    /// `:` is expected after a member name.
    NoColon,
    /// `,` or the closing bracket is expected.
    NoComma,
    /// A comma before the closing bracket.
    TrailingComma,
    /// The document ends before all brackets are closed.
    Ended,
    /// Text after the end of the document.
    After,
    /// Text after a case on the same line.
    SameLine,
    /// Something other than a case between cases.
    NoCase,
    /// One case exceeds the longest length.
    TooLong,
    /// The document is neither an array nor an object.
    NoDocument,
    /// The document is not text.
    NotText,
    /// The member `cases` of the document is not an array.
    CasesNoArray,
}

/// Why no token could be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Halt {
    /// The bytes end before the token does.
    More,
    /// The token is wrong, at this position.
    Wrong(SyntaxFlaw, usize),
}

/// The bytes read so far, the next one to look at, and its physical line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    /// All bytes at hand.
    pub bytes: &'a [u8],
    /// Position of the next byte.
    pub at: usize,
    /// Physical line of the next byte, from 1.
    pub line: u64,
    /// True when no byte will follow `bytes`.
    pub last: bool,
}

impl<'a> Cursor<'a> {
    /// The next byte that is not white space, which stays; `None` where the bytes end.
    pub fn peek(&mut self) -> Option<u8> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let spaces = rest.iter().take_while(|byte| is_space(byte)).count();
        let mut to = self.at.saturating_add(spaces);
        // A carriage return at the end of the bytes may be the first half of a line end.
        if !self.last && to == self.bytes.len() && rest.last() == Some(&b'\r') {
            to = to.saturating_sub(1);
        }
        self.advance(to);
        self.bytes.get(self.at).copied().filter(|byte| *byte != b'\r')
    }

    /// The next byte that is not white space, which stays.
    pub fn need(&mut self) -> Result<u8, Halt> {
        self.peek().ok_or(Halt::More)
    }

    /// Moves to a position further on.
    pub fn advance(&mut self, to: usize) {
        self.line = self.line_at(to);
        self.at = to;
    }

    /// Takes the byte that [`Cursor::peek`] found.
    pub fn take(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// Takes one expected byte.
    pub fn expect(&mut self, byte: u8, flaw: SyntaxFlaw) -> Result<(), Halt> {
        if self.need()? != byte {
            return Err(Halt::Wrong(flaw, self.at));
        }
        self.take();
        Ok(())
    }

    /// Physical line of a position not before the cursor.
    pub fn line_at(&self, to: usize) -> u64 {
        self.line.saturating_add(line_ends(self.bytes.get(self.at..to).unwrap_or_default()))
    }

    /// Takes one value and returns its bytes.
    pub fn value(&mut self) -> Result<&'a [u8], Halt> {
        let first = self.need()?;
        let end = match first {
            b'"' => string_end(self.bytes, self.at)?,
            b'{' | b'[' => container_end(self.bytes, self.at)?,
            b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => self.word_end()?,
            _ => return Err(Halt::Wrong(SyntaxFlaw::NoValue, self.at)),
        };
        let value = self.bytes.get(self.at..end).unwrap_or_default();
        self.advance(end);
        Ok(value)
    }

    /// The end of a number, `true`, `false` or `null`, or of what is meant to be one.
    fn word_end(&self) -> Result<usize, Halt> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.')).count();
        if length == rest.len() && !self.last {
            return Err(Halt::More);
        }
        Ok(self.at.saturating_add(length))
    }
}

/// True for what JSON calls white space.
pub(super) fn is_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Position one past the string that begins at `start`.
pub(super) fn string_end(bytes: &[u8], start: usize) -> Result<usize, Halt> {
    let mut at = start.saturating_add(1);
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let found = memchr::memchr3(b'"', b'\\', b'\n', rest).ok_or(Halt::More)?;
        at = at.saturating_add(found);
        match bytes.get(at) {
            Some(b'"') => return Ok(at.saturating_add(1)),
            Some(b'\\') => at = at.saturating_add(2),
            _ => return Err(Halt::Wrong(SyntaxFlaw::OpenString, start)),
        }
    }
}

/// Position one past the object or array that begins at `start`.
pub(super) fn container_end(bytes: &[u8], start: usize) -> Result<usize, Halt> {
    let mut at = start;
    let mut depth = 0u32;
    // One bit for each open bracket: 1 is `{`, 0 is `[`.
    let mut kinds = 0u64;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = string_end(bytes, at)?;
                continue;
            }
            b'{' | b'[' => {
                depth = depth.saturating_add(1);
                if depth > MAX_DEPTH {
                    return Err(Halt::Wrong(SyntaxFlaw::Depth, at));
                }
                kinds = (kinds << 1) | u64::from(byte == b'{');
            }
            b'}' | b']' => {
                if (kinds & 1 == 1) != (byte == b'}') {
                    return Err(Halt::Wrong(SyntaxFlaw::Bracket, at));
                }
                kinds >>= 1;
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Ok(at.saturating_add(1));
                }
            }
            _ => {}
        }
        at = at.saturating_add(1);
    }
    Err(Halt::More)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_quotes_inside_strings_do_not_count() {
        let text = br#"{"a":"}\"]\\","b":[{}]} ,"#;
        assert_eq!(container_end(text, 0), Ok(text.len() - 2));
        assert_eq!(container_end(br#"{"a":[}"#, 0), Err(Halt::Wrong(SyntaxFlaw::Bracket, 6)));
        assert_eq!(container_end(b"{\"a\n\":1}", 0), Err(Halt::Wrong(SyntaxFlaw::OpenString, 1)));
    }

    #[test]
    fn depth_is_limited_without_recursion() {
        let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
        assert_eq!(container_end(nested(32).as_bytes(), 0), Ok(64));
        assert_eq!(container_end(nested(33).as_bytes(), 0), Err(Halt::Wrong(SyntaxFlaw::Depth, 32)));
        assert_eq!(container_end("[".repeat(1 << 20).as_bytes(), 0), Err(Halt::Wrong(SyntaxFlaw::Depth, 32)));
    }

    #[test]
    fn a_line_end_cut_in_two_counts_once() {
        let mut cursor = Cursor { bytes: b" \n\r", at: 0, line: 1, last: false };
        assert_eq!((cursor.peek(), cursor.at, cursor.line), (None, 2, 2));
        cursor = Cursor { bytes: b"\r\n{", at: 0, line: 2, last: true };
        assert_eq!((cursor.peek(), cursor.line), (Some(b'{'), 3));
    }
}
