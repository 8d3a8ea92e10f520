//! What stands between brackets or quotes, where nothing is cut: `t(9;22)`, `fever (high; nightly)`.

use std::ops::Range;

/// The bytes between brackets, with the opening one; between quotes as well, if asked. One without its partner holds
/// nothing together.
pub fn bracketed(text: &str, with_quotes: bool) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices() {
        let closes = open.last().is_some_and(|(_, partner)| *partner == c);
        let partner = match c {
            '(' => Some(')'),
            '[' => Some(']'),
            '{' => Some('}'),
            '"' if with_quotes => Some('"'),
            _ => None,
        };
        match partner {
            _ if closes => ranges.extend(open.pop().map(|(start, _)| start..at)),
            Some(partner) => open.push((at, partner)),
            None => {}
        }
    }
    ranges
}

/// The places of a mark outside brackets.
pub fn outside_brackets(text: &str, mark: char) -> impl Iterator<Item = usize> {
    let ranges = if text.contains(['(', '[', '{']) { bracketed(text, false) } else { Vec::new() };
    let is_outside = move |at: &usize| !ranges.iter().any(|range| range.contains(at));
    text.match_indices(mark).map(|(at, _)| at).filter(is_outside)
}

/// The pieces of a text that is cut at a mark outside brackets.
pub fn cut_outside_brackets(text: &str, mark: char) -> Vec<&str> {
    let mut start = 0;
    let mut pieces: Vec<&str> = Vec::new();
    for at in outside_brackets(text, mark) {
        pieces.extend(text.get(start..at));
        start = at.saturating_add(mark.len_utf8());
    }
    pieces.extend(text.get(start..));
    pieces
}

#[cfg(test)]
mod tests {
    use super::cut_outside_brackets;

    #[test]
    fn nothing_is_cut_between_brackets() {
        for (text, expected) in [
            ("t(9;22)", &["t(9;22)"][..]),
            ("46,XX,t(9;22)(q34;q11); del(5q)", &["46,XX,t(9;22)(q34;q11)", " del(5q)"]),
            ("rash [face; neck];fever", &["rash [face; neck]", "fever"]),
            ("fever (high; rash", &["fever (high", " rash"]),
            ("a) fever; b) rash", &["a) fever", " b) rash"]),
            ("{a;b};\"c;d\"", &["{a;b}", "\"c", "d\""]),
            ("", &[""]),
        ] {
            assert_eq!(cut_outside_brackets(text, ';'), expected, "{text}");
        }
    }
}
