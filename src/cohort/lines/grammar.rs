//! Cuts a text at separators outside quotes, brackets and parentheses.

use super::LineFault;
use crate::schema::items::without_then;

/// What protects the current byte.
#[derive(Debug, Clone, Copy, Default)]
struct Protection {
    quoted: bool,
    brackets: u32,
    parentheses: u32,
}

impl Protection {
    /// Takes one byte; true if a separator at this byte would count.
    fn take(&mut self, byte: u8) -> bool {
        if byte == b'"' {
            self.quoted = !self.quoted;
            return false;
        }
        if self.quoted {
            return false;
        }
        match byte {
            b'[' => self.brackets = self.brackets.saturating_add(1),
            b']' => self.brackets = self.brackets.saturating_sub(1),
            b'(' => self.parentheses = self.parentheses.saturating_add(1),
            b')' => self.parentheses = self.parentheses.saturating_sub(1),
            _ => return self.brackets == 0 && self.parentheses == 0,
        }
        false
    }
}

/// The position of the first separator outside all protection.
fn separator_at(text: &str, separator: char) -> Option<usize> {
    // Most texts have none, and nothing before the first that protects it.
    let plain = text.find(separator)?;
    if memchr::memchr3(b'"', b'[', b'(', text.as_bytes().get(..plain)?).is_none() {
        return Some(plain);
    }
    let mut utf8 = [0; 4];
    let wanted = separator.encode_utf8(&mut utf8).as_bytes();
    let first = wanted.first().copied()?;
    let mut protection = Protection::default();
    let found = text.bytes().enumerate().find(|(at, byte)| {
        protection.take(*byte)
            && *byte == first
            && text.as_bytes().get(*at..).is_some_and(|rest| rest.starts_with(wanted))
    });
    found.map(|(at, _)| at)
}

/// The lines of a cell; see [`segments`].
#[derive(Debug, Clone)]
pub struct Segments<'a> {
    rest: Option<&'a str>,
    delimiter: char,
}

impl<'a> Iterator for Segments<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.take().filter(|rest| !rest.trim().is_empty())?;
        let Some(at) = separator_at(rest, self.delimiter) else { return Some(without_then(rest)) };
        let (segment, behind) = rest.split_at_checked(at)?;
        self.rest = behind.strip_prefix(self.delimiter);
        Some(without_then(segment))
    }
}

/// Cuts a cell into its lines, trimmed, in one pass; a delimiter at the very end adds none.
///
/// An empty segment before another line is returned too, because leaving it out would shift the line numbers.
pub fn segments(text: &str, delimiter: char) -> Segments<'_> {
    Segments { rest: Some(text), delimiter }
}

/// Cuts a text at unprotected separators into at most `most` fields, which are neither trimmed nor dropped.
pub(super) fn fields(text: &str, separator: char, most: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    let mut left = most;
    std::iter::from_fn(move || {
        let text = rest.take()?;
        left = left.saturating_sub(1);
        let cut = if left == 0 { None } else { separator_at(text, separator) };
        let Some((field, behind)) = cut.and_then(|at| text.split_at_checked(at)) else { return Some(text) };
        rest = behind.strip_prefix(separator);
        Some(field)
    })
}

/// Checks that the quotes, brackets and parentheses of a line are balanced.
pub(super) fn check_balance(text: &str) -> Result<(), LineFault> {
    let mut open = Vec::new();
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' | '(' => open.push(c),
            ']' if open.pop() != Some('[') => return Err(LineFault::Unbalanced(c)),
            ')' if open.pop() != Some('(') => return Err(LineFault::Unbalanced(c)),
            _ => {}
        }
    }
    match open.pop() {
        _ if quoted => Err(LineFault::UnclosedQuote),
        Some(mark) => Err(LineFault::Unbalanced(mark)),
        None => Ok(()),
    }
}

/// Cuts `pamidronate [30 mg/day IV]` into its name and its detail.
pub(super) fn without_brackets(text: &str) -> Result<(&str, Option<&str>), LineFault> {
    let mut quoted = false;
    let open = text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'[' && !quoted
    });
    let Some((name, behind)) = open.and_then(|at| text.split_at_checked(at)) else { return Ok((text, None)) };
    let (detail, after) = inside(behind).unwrap_or((behind, ""));
    if after.trim().is_empty() {
        Ok((name.trim(), Some(detail)))
    } else {
        Err(LineFault::TextAfterAgent(after.trim().to_owned()))
    }
}

/// The text inside the leading bracket of a balanced text, and what follows the bracket.
fn inside(text: &str) -> Option<(&str, &str)> {
    let mut protection = Protection::default();
    let close = text.bytes().position(|byte| {
        protection.take(byte);
        protection.brackets == 0 && protection.parentheses == 0 && !protection.quoted
    })?;
    let (detail, after) = text.split_at_checked(close)?;
    Some((detail.strip_prefix('[')?, after.strip_prefix(']')?))
}

/// Cuts `partial (unconfirmed)` into the word and the text in parentheses.
pub(super) fn without_parentheses(text: &str) -> (&str, &str) {
    let cut = text.strip_suffix(')').and_then(|text| text.split_once('('));
    cut.map_or((text, ""), |(word, remarks)| (word.trim(), remarks))
}

/// The name of an agent, trimmed, without its quotes; doubled quotes inside become single.
///
/// Quotes inside a name that does not start with one are part of the name.
pub(super) fn unquoted(text: &str) -> Result<String, LineFault> {
    let Some(rest) = text.strip_prefix('"') else { return Ok(text.to_owned()) };
    let mut name = String::with_capacity(rest.len());
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        if c != '"' {
            name.push(c);
        } else if chars.as_str().starts_with('"') {
            chars.next();
            name.push('"');
        } else {
            break;
        }
    }
    match chars.as_str().trim() {
        "" => Ok(name.trim().to_owned()),
        after => Err(LineFault::TextAfterAgent(after.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Protection, separator_at};
    use proptest::prelude::*;

    proptest! {
        /// Its twin looks at each character.
        #[test]
        fn the_first_separator_is_the_first_that_nothing_protects(text in "[a;\u{1f}\"\\[\\]() é]{0,12}", separator in "[;\u{1f}é]") {
            let separator = separator.chars().next().unwrap();
            let mut protection = Protection::default();
            let mut unprotected = |(_, c): (usize, char)| {
                let is_open = c.encode_utf8(&mut [0; 4]).bytes().fold(false, |_, byte| protection.take(byte));
                is_open && c == separator
            };
            let slow = text.char_indices().find(|found| unprotected(*found)).map(|(at, _)| at);
            prop_assert_eq!(separator_at(&text, separator), slow);
        }
    }
}
