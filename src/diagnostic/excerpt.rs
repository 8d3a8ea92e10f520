//! The line of a text in question, with carets below the part that is wrong.

use super::{display_width, sanitize};
use std::borrow::Cow;
use std::ops::Range;

/// Most characters shown before the part, of the part, and after it.
const AROUND: usize = 60;

/// Two lines: the one in which the part begins, and carets below the part; safe to print.
///
/// ```text
/// age < 10 and etiology = 'idiopatic'
///                         ^^^^^^^^^^^
/// ```
/// A tab is shown as one space. Of a long line, only the text around the part is shown, with `...` at the cuts.
pub fn excerpt(text: &str, part: Range<usize>) -> String {
    let start = boundary(text, part.start);
    let end = boundary(text, part.end.max(start));
    let (before, rest) = text.split_at(start);
    let before = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let (part, behind) = rest.split_at(end - start);
    let (part, goes_on) = part.find(['\n', '\r']).map_or((part, false), |at| (&part[..at], true));
    let behind = if goes_on { "" } else { behind.split(['\n', '\r']).next().unwrap_or_default() };
    let (before, part, behind) = (last(before), first(part), first(behind));
    let width = display_width(&part);
    // A part of combining marks alone is shown on the letter before it.
    let is_on_letter_before = width == 0 && !part.is_empty();
    let start = display_width(&before).saturating_sub(usize::from(is_on_letter_before));
    format!("{before}{part}{behind}\n{}{}", " ".repeat(start), "^".repeat(width.max(1)))
}

/// The end of a character at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn first(text: &str) -> String {
    match text.char_indices().nth(AROUND) {
        Some((at, _)) => format!("{}...", shown(&text[..at])),
        None => shown(text).into_owned(),
    }
}

fn last(text: &str) -> String {
    match text.char_indices().rev().nth(AROUND - 1) {
        Some((at, _)) if at > 0 => format!("...{}", shown(&text[at..])),
        _ => shown(text).into_owned(),
    }
}

fn shown(text: &str) -> Cow<'_, str> {
    match text.contains('\t') {
        true => sanitize(&text.replace('\t', " ")).into_owned().into(),
        false => sanitize(text),
    }
}

#[cfg(test)]
mod tests {
    use super::excerpt;
    use proptest::prelude::*;

    #[test]
    fn the_part_is_underlined() {
        assert_eq!(excerpt("age < 'x'", 6..9), "age < 'x'\n      ^^^");
        assert_eq!(excerpt("age <", 5..5), "age <\n     ^");
        assert_eq!(excerpt("", 0..0), "\n^");
        assert_eq!(excerpt("é\t= 'e\u{301}' or", 5..10), "é = 'e\u{301}' or\n    ^^^");
        assert_eq!(excerpt("部位 = '膝' or", 9..14), "部位 = '膝' or\n       ^^^^");
        assert_eq!(excerpt("cafe\u{301} = 1", 4..6), "cafe\u{301} = 1\n   ^");
        assert_eq!(excerpt("部位 == 1", 7..9), "部位 == 1\n     ^^");
        assert_eq!(excerpt("a = 1 and\n  b == 2\nor c", 14..16), "  b == 2\n    ^^");
        assert_eq!(excerpt("a = 'x\ny'", 4..9), "a = 'x\n    ^^");
        assert_eq!(excerpt("\u{1b}[2J = 1", 0..1), "\\u{1b}[2J = 1\n^^^^^^");
    }

    #[test]
    fn of_a_long_line_only_the_surroundings_are_shown() {
        let text = format!("{} x {}", "a".repeat(1000), "b".repeat(1000));
        let (line, carets) = (format!("...{} x {}...", "a".repeat(59), "b".repeat(59)), format!("{}^", " ".repeat(63)));
        assert_eq!(excerpt(&text, 1001..1002), format!("{line}\n{carets}"));
    }

    proptest! {
        #[test]
        fn any_part_of_any_text_has_an_excerpt(text in "\\PC{0,20}[\t\n\r]{0,2}\\PC{0,80}", from in 0..200_usize, length in 0..200_usize) {
            prop_assert_eq!(excerpt(&text, from..from + length).lines().count(), 2);
        }
    }
}
