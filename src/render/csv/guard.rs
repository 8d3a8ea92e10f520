//! What a spreadsheet would make of a cell: neither a formula nor a date that nobody wrote.

use crate::diagnostic::sanitize;
use std::borrow::Cow;

/// What a spreadsheet may take for the beginning of a formula; the last four are the wide forms.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
/// Behind a range, how many values it is of.
const COUNT: &str = "; n = ";
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A cell that no spreadsheet computes: a text that looks like a formula gets an apostrophe; numbers are kept.
pub fn safe(cell: &str) -> Cow<'_, str> {
    // A tab or line end at the beginning is an escape by now.
    let clean = sanitize(cell);
    if clean.starts_with(FORMULA) && !is_number(&clean) && !is_of_numbers(&clean) { quoted(&clean) } else { clean }
}

/// The same, and no spreadsheet makes a date or a time of it: `1/5` and `SEPT2` get an apostrophe, `2018-03-14` is one.
pub fn safe_text(cell: &str) -> Cow<'_, str> {
    if is_taken_for_a_date(cell) { quoted(cell) } else { safe(cell) }
}

fn quoted(text: &str) -> Cow<'static, str> {
    Cow::Owned(format!("'{text}"))
}

/// A share that stands alone, in words: `1/5` is `1 of 5`.
pub fn share_in_words(cell: &str) -> Cow<'_, str> {
    let is_count = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    match cell.split_once('/') {
        Some((n, of)) if is_count(n) && is_count(of) => Cow::Owned(format!("{n} of {of}")),
        _ => Cow::Borrowed(cell),
    }
}

/// `-1.5` or `+2e3`, and not `-inf`.
fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
        && text.parse::<f64>().is_ok()
}

/// Numbers that no sign joins to a calculation: `-2–130`, `-1.5 (0.3)`, `-4 to 3`.
fn is_of_numbers(text: &str) -> bool {
    let text = match text.rsplit_once(COUNT) {
        Some((before, count)) if count.bytes().all(|byte| byte.is_ascii_digit()) => before,
        _ => text,
    };
    let is_apart = |(at, _): (usize, char)| {
        let before = text.get(..at).unwrap_or_default();
        let is_in_number = before.ends_with(['e', 'E']);
        is_in_number
            || before.is_empty()
            || before.ends_with(['(', '[', '–'])
            || [", ", "; ", "to "].iter().any(|end| before.ends_with(end))
    };
    let mut parts = text.split([' ', '(', ')', '[', ']', ',', ';', '–', '%']).filter(|part| !part.is_empty());
    text.starts_with('-')
        && parts.all(|part| is_number(part) || part == "to")
        && text.contains(|c: char| c.is_ascii_digit())
        && text.char_indices().filter(|(_, c)| matches!(c, '-' | '+')).all(is_apart)
}

/// The longest text that is taken for a date or a time, with room for signs: `September 2021`.
const LONGEST_DATE: usize = 32;

/// Short numbers between strokes, hours and minutes, or a number beside the name of a month.
fn is_taken_for_a_date(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    if text.len() > LONGEST_DATE || !text.starts_with(is_digit) && !text.ends_with(is_digit) {
        return false;
    }
    is_of_few_numbers(text, '/') || is_of_few_numbers(text, '-') || is_time(text) || is_month_and_number(text)
}

/// `1/5`, `3-4-20`; a date that begins with its year is meant as one.
fn is_of_few_numbers(text: &str, stroke: char) -> bool {
    let parts = || text.split(stroke);
    let is_short = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = parts().next().is_some_and(|first| first.len() == 4) && stroke == '-';
    parts().all(is_short) && (2..=3).contains(&parts().count()) && !is_date
}

/// `1:80`, a titre.
fn is_time(text: &str) -> bool {
    let parts = || text.split(':');
    let is_short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts().all(is_short) && (2..=3).contains(&parts().count())
}

/// `SEPT2`, `5-Mar`, `May 2`.
fn is_month_and_number(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let word = text.trim_matches(is_digit);
    let digits = text.len().saturating_sub(word.len());
    let is_alone = text.starts_with(is_digit) != text.ends_with(is_digit);
    if !is_alone || !(1..=4).contains(&digits) {
        return false;
    }
    let name = word.trim_matches(['-', '/', ' ', '.']).to_lowercase();
    name.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&name))
}

#[cfg(test)]
mod tests {
    use super::{safe, safe_text, share_in_words};

    #[test]
    fn a_formula_is_text_and_numbers_stay_numbers() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+49 170", "'+49 170"),
            ("+49-170", "'+49-170"),
            ("-", "'-"),
            ("-a", "'-a"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1", "'＝1"),
            ("-inf", "'-inf"),
            ("-1.5", "-1.5"),
            ("+2e-3", "+2e-3"),
            ("-2–130", "-2–130"),
            ("-2.5–-1.0; n = 5", "-2.5–-1.0; n = 5"),
            ("-1.5 (0.3)", "-1.5 (0.3)"),
            ("-3 (-5, 1)", "-3 (-5, 1)"),
            ("-46.73 to -98.13", "-46.73 to -98.13"),
            ("-5, -3, 2", "-5, -3, 2"),
            ("-2+3", "'-2+3"),
            ("-2 -3", "'-2 -3"),
            ("-2 +cmd|' /C calc'!A0", "'-2 +cmd|' /C calc'!A0"),
            ("-1 (A1)", "'-1 (A1)"),
            ("- to", "'- to"),
            (" =1", " =1"),
            ("", ""),
            // Sanitized: neither a tab nor a line end can begin a cell.
            ("\t=1", "\\t=1"),
            ("\r=1", "\\r=1"),
        ] {
            assert_eq!(safe(cell), expected, "{cell}");
        }
    }

    #[test]
    fn no_text_becomes_a_date() {
        for text in [
            "1/5", "12/31", "3-4-20", "1-2", "1:80", "10:30:00", "SEPT2", "MARCH1", "Mar-5", "5-Mar", "1 May", "May 20",
        ] {
            assert_eq!(safe_text(text), format!("'{text}"));
        }
        for text in [
            "2018-03-14",
            "2018-03",
            "1/5 (20%)",
            "1/x",
            "/",
            "1:1280",
            "MA1",
            "May",
            "3",
            "5.9",
            "-1.5",
            "marker 1",
            "1–2",
        ] {
            assert_eq!(safe_text(text), text);
        }
        assert_eq!(safe_text("=1/5"), "'=1/5");
    }

    #[test]
    fn a_share_alone_is_in_words() {
        assert_eq!(share_in_words("1/5"), "1 of 5");
        assert_eq!(share_in_words("1,200/5,000"), "1,200 of 5,000");
        for cell in ["1/5 (20%)", "mg/dL", "1/", "/5", "1/2/3", ""] {
            assert_eq!(share_in_words(cell), cell);
        }
    }
}
