//! The line of a text in question, with carets below the part that is wrong.

use super::sanitize;
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Most characters shown before the part, of the part, and behind it.
const AROUND: usize = 60;

/// Two lines: the one in which the part begins, and carets below the part; safe to print.
///
/// ```text
/// age < 10 and etiology = 'idiopatic'
///                         ^^^^^^^^^^^
/// ```
/// A tab is shown as one space; of a long line only what stands around the part, cut ends as `...`.
pub fn excerpt(text: &str, part: Range<usize>) -> String {
    let start = boundary(text, part.start);
    let end = boundary(text, part.end.max(start));
    let (before, rest) = text.split_at(start);
    let before = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let (part, behind) = rest.split_at(end - start);
    let (part, goes_on) = part.find(['\n', '\r']).map_or((part, false), |at| (&part[..at], true));
    let behind = if goes_on { "" } else { behind.split(['\n', '\r']).next().unwrap_or_default() };
    let (before, part, behind) = (last(before), first(part), first(behind));
    let carets = "^".repeat(width(&part).max(1));
    format!("{before}{part}{behind}\n{}{carets}", " ".repeat(width(&before)))
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

/// Places on a terminal; a letter of East Asia that takes two counts as one.
fn width(text: &str) -> usize {
    text.chars().filter(|c| !is_combining_mark(*c)).count()
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
