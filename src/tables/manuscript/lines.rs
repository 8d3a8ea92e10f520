//! The position of a byte in a text, as an editor shows it.

use crate::diagnostic::excerpt;
use std::fmt;
use std::ops::Range;

/// Most bytes of a line that an excerpt examines before and after its part.
const AROUND: usize = 400;
/// The byte order mark at the start of a file; editors do not count it.
const MARK: char = '\u{feff}';

/// A line and a character in it, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Position {
    /// The line; lines end with a line feed.
    pub line: u64,
    /// The character in the line.
    pub character: u64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.character)
    }
}

/// The starts of the lines of a text.
#[derive(Debug, Clone)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// Finds the lines of a text.
    pub fn new(text: &'t str) -> LineIndex<'t> {
        let mark = if text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        LineIndex { text, starts: std::iter::once(mark).chain(ends).collect() }
    }

    /// The position of a byte.
    pub fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..at).unwrap_or_default();
        Position { line: line as u64, character: before.chars().count() as u64 + 1 }
    }

    /// The line of a part, with carets below the part; safe to print.
    pub fn excerpt(&self, part: Range<usize>) -> String {
        let line = self.starts.partition_point(|start| *start <= part.start).max(1);
        let line_start = self.starts.get(line - 1).copied().unwrap_or(0);
        // Of a very long line only the surroundings are examined.
        let start = boundary(self.text, part.start.saturating_sub(AROUND)).max(line_start);
        let end = boundary(self.text, part.end.max(part.start).saturating_add(AROUND));
        let around = self.text.get(start..end).unwrap_or_default();
        excerpt(around, part.start.saturating_sub(start)..part.end.saturating_sub(start))
    }
}

/// The last character boundary at or before a byte.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

    #[test]
    fn positions_are_those_of_an_editor() {
        let text = "\u{feff}é {{x}}\r\n\n 日 {{y}}";
        let lines = LineIndex::new(text);
        for (word, position) in [("é", "1:1"), ("{{x", "1:3"), ("日", "3:2"), ("{{y", "3:4")] {
            assert_eq!(lines.position(text.find(word).unwrap()).to_string(), position, "{word}");
        }
        let y = text.find('y').unwrap();
        assert_eq!(lines.excerpt(y..y + 1), " 日 {{y}}\n      ^");
        assert_eq!(LineIndex::new("").position(0).to_string(), "1:1");
        assert_eq!(lines.excerpt(5_000..6_000).lines().count(), 2);
    }
}
