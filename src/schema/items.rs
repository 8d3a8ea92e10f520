//! Several things in one cell: sites, symptoms, agents joined by a comma, `/`, `and`, numbers or line ends.

#![cfg_attr(not(test), expect(dead_code, reason = "used by the decision of a column"))]

mod protection;

use super::header::is_unit;
use crate::words::words;
use protection::{is_inside_a_number, protected};

words! {
    /// What stands between the items of a cell.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Separator: "separator" {
        /// `,`
        Comma = ",",
        /// `;`
        Semicolon = ";",
        /// `|`
        Bar = "|",
        /// `/`
        Slash = "/",
        /// `&`
        Ampersand = "&",
        /// `+`
        Plus = "+",
        /// `and`, `und`, `et`, `y`, `e`, with a space on each side.
        And = "and",
        /// `then`, `followed by`, `->`, and the same in other languages.
        Then = "then",
        /// `1. ... 2. ...`
        Numbers = "numbers",
        /// The end of a line.
        LineEnd = "line-end",
    }
}

/// The words of `and` and of `then`, in lower case.
const AND: [&str; 6] = ["and", "und", "et", "y", "e", "ed"];
const THEN: [&str; 8] = ["then", "followed by", "puis", "dann", "danach", "luego", "poi", "depois"];

/// Phrases with `and` or a comma that name one thing.
const ONE_THING: [&str; 4] = ["head and neck", "ear, nose and throat", "hand, foot and mouth", "pins and needles"];

/// Words that are no items: they say how, how often or on which side.
const NO_ITEMS: &str = "right left bilateral both upper lower rt lt r l daily weekly monthly yearly once twice oral orally iv im \
     sc po topical tapered tapering mild moderate severe active other as needed required prn proximal distal anterior posterior medial lateral";

impl Separator {
    /// The bytes of a separator at the start of a text that goes on behind `before`; 0 where there is none.
    fn length(self, before: &str, rest: &str) -> usize {
        match self {
            Separator::Comma => mark(rest, ','),
            Separator::Semicolon => mark(rest, ';'),
            Separator::Bar => mark(rest, '|'),
            Separator::Ampersand => mark(rest, '&'),
            Separator::Plus if is_sign(before, rest) => 0,
            Separator::Plus => mark(rest, '+'),
            Separator::Slash if joins_units(before, rest) => 0,
            Separator::Slash => mark(rest, '/'),
            Separator::And => word(before, rest, &AND),
            Separator::Then if rest.starts_with("->") => 2,
            Separator::Then if rest.starts_with('→') => '→'.len_utf8(),
            Separator::Then => word(before, rest, &THEN),
            Separator::Numbers => 0,
            Separator::LineEnd => rest.bytes().take_while(|b| matches!(b, b'\n' | b'\r')).count(),
        }
    }
}

fn mark(rest: &str, mark: char) -> usize {
    if rest.starts_with(mark) { mark.len_utf8() } else { 0 }
}

/// True for the sign of `CD4+` and `++`; a plus that joins has a space before it, or a letter on each side.
fn is_sign(before: &str, rest: &str) -> bool {
    let is_between_letters =
        before.ends_with(char::is_alphabetic) && rest.chars().nth(1).is_some_and(char::is_alphabetic);
    !before.ends_with([' ', ')', ']']) && !is_between_letters
}

/// The length of a word of some, between two spaces.
fn word(before: &str, rest: &str, words: &[&str]) -> usize {
    if !before.ends_with(char::is_whitespace) {
        return 0;
    }
    let is_here = |word: &&&str| {
        let (start, behind) = rest.split_at_checked(word.len()).unwrap_or_default();
        start.eq_ignore_ascii_case(word) && behind.starts_with(char::is_whitespace)
    };
    words.iter().find(is_here).map_or(0, |word| word.len())
}

/// True for the slash of `mg/day`, `and/or`, `R/L`, `1/2`.
fn joins_units(before: &str, rest: &str) -> bool {
    let ends_word = |c: char| !c.is_alphanumeric() && c != '.' && c != '%';
    let last = before.rsplit(ends_word).next().unwrap_or_default();
    let behind = rest.strip_prefix('/').unwrap_or(rest);
    let first = behind.split(ends_word).next().unwrap_or_default();
    if last.is_empty() || first.is_empty() {
        return false;
    }
    let is_letter = |word: &str| word.chars().count() == 1;
    let is_part = |word: &str| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        unit.is_empty() || is_unit(unit) || ["kg", "day", "week", "dose"].contains(&unit)
    };
    let is_and_or = last.eq_ignore_ascii_case("and") && first.eq_ignore_ascii_case("or");
    is_part(last) || is_part(first) || (is_letter(last) && is_letter(first)) || is_and_or
}

/// The items of a cell, trimmed, none of them empty, cut at any of the separators.
///
/// Never inside brackets or quotes, and never inside a number. An `and` behind a comma goes with it.
pub fn items<'a>(text: &'a str, separators: &[Separator]) -> Vec<&'a str> {
    let numbered = separators.contains(&Separator::Numbers).then(|| numbered(text)).flatten();
    let parts = numbered.unwrap_or_else(|| vec![text]);
    let items = parts.into_iter().flat_map(|part| cut(part, separators));
    items.map(without_and).map(str::trim).filter(|item| !item.is_empty()).collect()
}

fn cut<'a>(text: &'a str, separators: &[Separator]) -> Vec<&'a str> {
    let protected = protected(text, &ONE_THING);
    let (mut items, mut start, mut skip) = (Vec::new(), 0, 0);
    for (at, _) in text.char_indices() {
        if at < skip || protected.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let Some((before, rest)) = text.split_at_checked(at) else { continue };
        let longest = separators.iter().map(|separator| separator.length(before, rest)).max().unwrap_or_default();
        if longest == 0 || is_inside_a_number(before, rest) {
            continue;
        }
        items.extend(text.get(start..at));
        skip = at.saturating_add(longest);
        start = skip;
    }
    items.extend(text.get(start..));
    items
}

/// The item without the `and` of `knee, hip, and elbow`.
fn without_and(item: &str) -> &str {
    let item = item.trim();
    match item.split_once(' ') {
        Some((first, rest)) if first.eq_ignore_ascii_case("and") || first == "&" => rest,
        _ => item,
    }
}

/// The parts of `1. prednisone 2. methotrexate`, without their numbers, if they count from 1.
fn numbered(text: &str) -> Option<Vec<&str>> {
    let (mut parts, mut rest, mut number) = (Vec::new(), behind_number(text.trim_start(), 1)?, 2_u32);
    while let Some((part, behind)) = next_number(rest, number) {
        parts.push(part);
        rest = behind;
        number = number.saturating_add(1);
    }
    parts.push(rest);
    (parts.len() > 1).then_some(parts)
}

/// The text before the next number and the text behind it.
fn next_number(text: &str, number: u32) -> Option<(&str, &str)> {
    let starts = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at.saturating_add(c.len_utf8()));
    let mut found = starts.filter_map(|at| {
        let (part, rest) = text.split_at_checked(at)?;
        Some((part, behind_number(rest, number)?))
    });
    found.next()
}

/// The text behind `2.`, `2)` or `(2)`; `2.5` is a number.
fn behind_number(text: &str, number: u32) -> Option<&str> {
    let text = text.strip_prefix('(').unwrap_or(text);
    let rest = text.strip_prefix(&number.to_string())?.strip_prefix(['.', ')'])?;
    rest.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic()).then_some(rest)
}

/// Separators that may stand in a cell unnoticed; `;` and `|` make a list by themselves.
const UNNOTICED: [Separator; 8] = [
    Separator::Comma,
    Separator::Slash,
    Separator::Ampersand,
    Separator::Plus,
    Separator::And,
    Separator::Then,
    Separator::Numbers,
    Separator::LineEnd,
];

/// True where a text looks like several items that nothing has split yet: `Warfarin, colchicine`.
///
/// A dose, a side or a frequency is no item: `methotrexate 15 mg/week, oral`, `right and left knee`.
pub fn looks_unsplit(text: &str) -> bool {
    let items = items(text, &UNNOTICED);
    items.len() > 1 && items.into_iter().filter(|item| is_item(item)).count() > 1 && !is_one_side_and_another(text)
}

/// True for a text with a word that is more than a side, a frequency or a unit, and no number at its start.
fn is_item(text: &str) -> bool {
    let starts_with_number = text.starts_with(|c: char| c.is_ascii_digit());
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.contains(char::is_alphabetic));
    !starts_with_number
        && words.any(|word| !NO_ITEMS.split(' ').any(|known| known.eq_ignore_ascii_case(word)) && !is_unit(word))
}

/// True for `right and left knee`: the first item is a side only.
fn is_one_side_and_another(text: &str) -> bool {
    let items = items(text, &UNNOTICED);
    matches!(items.as_slice(), [first, second] if !is_item(first) || !is_item(second))
}

#[cfg(test)]
mod tests;
