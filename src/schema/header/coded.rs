//! The codes that a header declares: `fever (1=yes, 2=no)`, `Rauchen (1=ja 2=nein)`.

use crate::schema::missing_words::certainly_missing;
use crate::schema::{Level, MissingReason};
use std::collections::BTreeMap;

/// Most digits of a code.
const MOST_DIGITS: usize = 3;

/// The codes that a header declares, with their labels; none where it does not declare two, each once.
///
/// A code for a missing value (`9=unknown`) is none of the levels; see [`stated_missing_codes`].
pub fn stated_codes(header: &str) -> Vec<Level> {
    let known = declared(header).into_iter().filter(|(_, label)| certainly_missing(label).is_none());
    known.map(|(code, label)| Level { value: code.to_owned(), label: Some(label.to_owned()) }).collect()
}

/// The codes that a header declares for missing values, with their reasons: 9 of `fever (1=yes, 2=no, 9=unknown)`.
pub fn stated_missing_codes(header: &str) -> BTreeMap<String, MissingReason> {
    let reasons = declared(header).into_iter().filter_map(|(code, label)| Some((code, certainly_missing(label)?)));
    reasons.map(|(code, reason)| (code.to_owned(), reason)).collect()
}

/// Two codes at least with their labels, each once; else none. Each label may as well stand before its code: `M=1/F=2`.
fn declared(header: &str) -> Vec<(&str, &str)> {
    let pairs = Some(turned(header)).filter(|pairs| !pairs.is_empty()).unwrap_or_else(|| pairs(header));
    let is_twice = |at: usize, code: &str| pairs.iter().skip(at.saturating_add(1)).any(|(other, _)| *other == code);
    let is_said = |label: &str| label.contains(char::is_alphabetic);
    let is_fault = |(at, (code, label)): (usize, &(&str, &str))| is_twice(at, code) || !is_said(label);
    if pairs.len() < 2 || pairs.iter().enumerate().any(is_fault) { Vec::new() } else { pairs }
}

/// Each code with the text behind it, up to the next one.
fn pairs(header: &str) -> Vec<(&str, &str)> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let mut rest = header;
    while let Some((before, behind)) = rest.split_once('=') {
        let before = before.trim_end();
        let start = before.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| {
            at.saturating_add(before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8))
        });
        let (label, code) = before.split_at_checked(start).unwrap_or((before, ""));
        if code.is_empty() || code.len() > MOST_DIGITS {
            return Vec::new();
        }
        if let Some(last) = pairs.last_mut() {
            last.1 = plain(label);
        }
        pairs.push((code, ""));
        rest = behind;
    }
    if let Some(last) = pairs.last_mut() {
        last.1 = plain(rest.split([')', ']', '}']).next().unwrap_or(rest));
    }
    pairs
}

/// The pairs of `M=1/F=2` and `sex (male = 1, female = 2)`; none where a piece has no number behind its sign.
fn turned(header: &str) -> Vec<(&str, &str)> {
    let inner = header.split_once(['(', '[']).map_or(header, |(_, inner)| inner).trim_end_matches([')', ']']);
    let is_code =
        |code: &str| (1..=MOST_DIGITS).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
    let pair = |piece| -> Option<(&str, &str)> {
        let (label, code) = str::split_once(piece, '=')?;
        let (label, code) = (label.trim(), code.trim());
        (is_code(code) && label.contains(char::is_alphabetic)).then_some((code, label))
    };
    let at_marks = || inner.split([',', ';', '/', '|']).map(pair).collect::<Option<Vec<_>>>();
    let at_spaces = || inner.split_whitespace().map(pair).collect::<Option<Vec<_>>>();
    at_marks().or_else(at_spaces).unwrap_or_default()
}

fn plain(label: &str) -> &str {
    label.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '|' | '.' | ':' | '"' | '\''))
}

#[cfg(test)]
mod tests {
    use super::{stated_codes, stated_missing_codes};

    #[test]
    fn a_header_declares_its_codes_for_missing_values() {
        let codes = |header: &str| stated_missing_codes(header).into_keys().collect::<Vec<_>>();
        assert_eq!(codes("fever (1=yes, 2=no, 9=unknown)"), ["9"]);
        assert_eq!(codes("Rauchen (0 = nein, 1 = ja, 8 = nicht erhoben, 99 = unbekannt)"), ["8", "99"]);
        assert!(codes("fever (1=yes, 2=no)").is_empty() && codes("fever (9=unknown)").is_empty());
    }

    #[test]
    fn a_header_declares_its_codes() {
        for (header, expected) in [
            ("fever (1=yes, 2=no)", &[("1", "yes"), ("2", "no")][..]),
            ("Rauchen (1=ja 2=nein)", &[("1", "ja"), ("2", "nein")]),
            ("ANA [0 = neg; 1 = pos; 2 = weakly pos]", &[("0", "neg"), ("1", "pos"), ("2", "weakly pos")]),
            ("race 1=white/2=black", &[("1", "white"), ("2", "black")]),
            ("fever (1=yes, 2=no, 9=unknown)", &[("1", "yes"), ("2", "no")]),
            ("fièvre (1=oui, 2=non)", &[("1", "oui"), ("2", "non")]),
            ("M=1/F=2", &[("1", "M"), ("2", "F")]),
            ("Sex (male = 1, female = 2)", &[("1", "male"), ("2", "female")]),
            ("m=1 f=2", &[("1", "m"), ("2", "f")]),
            ("score (mild=1)", &[]),
            ("fever", &[]),
            ("score (1=mild)", &[]),
            ("grade (1=1, 2=2)", &[]),
            ("a=b, c=d", &[]),
            ("fever (1=yes, 1=no)", &[]),
        ] {
            let levels = stated_codes(header);
            let read: Vec<(&str, &str)> =
                levels.iter().map(|level| (level.value.as_str(), level.label.as_deref().unwrap_or(""))).collect();
            assert_eq!(read, expected, "{header}");
        }
    }
}
