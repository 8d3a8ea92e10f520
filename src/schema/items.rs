//! Several things in one cell: sites, symptoms, agents joined by a comma, `/`, `and`, numbers or line ends.
//!
//! ```text
//! knee, right elbow and hip            three items
//! methotrexate 15 mg weekly, oral      one: a dose, a side or a frequency stays with its item
//! head and neck; (a, b); "a, b"; 1,5   one: known phrases, brackets, quotes and numbers are never cut
//! ```

mod dose;
pub mod dose_words;
mod protection;
mod separator;
#[cfg(test)]
mod tests;

pub use dose::{name_and_dose, name_and_number, name_and_phrase};
pub use separator::{Separator, Separators, without_then};

use separator::{has_en_between_two, may_hold_several};

use super::header::is_common_unit;
use super::lexical::duration::TimeUnit;
use dose_words::DoseWord;
use protection::{is_inside_a_number, protected};

/// Phrases with `and` or a comma that name one thing.
const ONE_THING: [&str; 4] = ["head and neck", "ear, nose and throat", "hand, foot and mouth", "pins and needles"];

/// What stands before the items of a list, or before the last of them.
const BULLETS: [&str; 5] = ["&", "-", "•", "*", "–"];

/// Words that say on which side of a site.
const SIDES: [&str; 14] = [
    "right",
    "left",
    "upper",
    "lower",
    "rt",
    "lt",
    "r",
    "l",
    "proximal",
    "distal",
    "anterior",
    "posterior",
    "medial",
    "lateral",
];

/// Words that are no items either: by which route, how badly, which kind.
const NO_ITEMS: [&str; 31] = [
    "bilateral",
    "unilateral",
    "both",
    "oral",
    "orally",
    "iv",
    "im",
    "sc",
    "po",
    "topical",
    "mild",
    "moderate",
    "severe",
    "active",
    "chronic",
    "acute",
    "recurrent",
    "persistent",
    "intermittent",
    "progressive",
    "diffuse",
    "generalised",
    "generalized",
    "localised",
    "localized",
    "unspecified",
    "nos",
    "other",
    "as",
    "needed",
    "required",
];

/// The items of a cell, trimmed, none of them empty, cut at any of the separators.
///
/// Never inside brackets or quotes, and never inside a number. An `and` behind a comma goes with it.
pub fn items(text: &str, separators: Separators) -> Vec<&str> {
    let numbered = separators.has(Separator::Numbers).then(|| numbered(text)).flatten();
    let parts = numbered.unwrap_or_else(|| vec![text]);
    let items = parts.into_iter().flat_map(|part| cut(part, separators));
    items.map(without_and).map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// A separator as it stands in a text: the `und` of `knee und hip`; no answer where it does not stand there.
pub fn written(separator: Separator, text: &str) -> Option<&str> {
    let here = |at: usize| {
        let (before, rest) = text.split_at_checked(at)?;
        Some(rest.get(..separator.length(before, rest))?.trim()).filter(|word| !word.is_empty())
    };
    text.char_indices().find_map(|(at, _)| here(at))
}

fn cut(text: &str, separators: Separators) -> Vec<&str> {
    let protected = protected(text, &ONE_THING);
    let (mut items, mut start, mut skip) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        if at < skip || !separators.may_begin_with(c) || protected.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let Some((before, rest)) = text.split_at_checked(at) else { continue };
        let longest = separators.each().map(|separator| separator.length(before, rest)).max().unwrap_or_default();
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

/// The item without the `and` of `knee, hip, and elbow`, and without the bullet of a list.
fn without_and(item: &str) -> &str {
    let item = item.trim();
    match item.split_once(' ') {
        Some((first, rest)) if first.eq_ignore_ascii_case("and") || BULLETS.contains(&first) => rest,
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

/// The items of a cell of a column that is split: what is no item by itself stays with the one before it; at the start,
/// and for the first of two sides (`right and left knee`), with the one behind it.
pub fn split(text: &str, separators: Separators) -> Vec<&str> {
    uncut(text, separators).map_or_else(|| split_anywhere(text, separators), |whole| vec![whole])
}

fn split_anywhere(text: &str, separators: Separators) -> Vec<&str> {
    if let Some(numbers) = small_numbers(text, separators) {
        return numbers;
    }
    let start_of = |piece: &str| (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let pieces = items(text, separators);
    let starts = pieces.iter().skip(1).map(|piece| Some(start_of(piece))).chain([None]);
    let (mut ranges, mut waiting): (Vec<(usize, usize)>, Option<usize>) = (Vec::new(), None);
    for (piece, next) in pieces.iter().zip(starts) {
        let start = start_of(piece);
        let end = start.saturating_add(piece.len());
        let joins = next.and_then(|next| text.get(end..next)).is_some_and(|gap| !gap.contains([',', ';', '|', '\n']));
        match ranges.last_mut() {
            _ if is_item(piece) => ranges.push((waiting.take().unwrap_or(start), end)),
            Some((_, last)) if waiting.is_none() && !(joins && is_side(piece)) => *last = end,
            _ => waiting = waiting.or(Some(start)),
        }
    }
    if let (Some((_, last)), Some(_)) = (ranges.last_mut(), waiting) {
        *last = text.trim_end().len();
    }
    if ranges.is_empty() {
        return Some(text.trim()).filter(|text| !text.is_empty()).into_iter().collect();
    }
    ranges.into_iter().filter_map(|(start, end)| text.get(start..end)).collect()
}

/// The text of a cell that is certainly not cut.
fn uncut(text: &str, separators: Separators) -> Option<&str> {
    let item = text.trim();
    let is_one = separators == Separators::LISTS && !item.is_empty() && !item.contains([';', '|']);
    // Without an `and` or a bullet before it.
    (is_one && without_and(item).len() == item.len()).then_some(item)
}

/// The numbers of `2,3` and `1, 2 & 5`, where nothing else is in the cell: toes, vertebrae, codes.
fn small_numbers(text: &str, separators: Separators) -> Option<Vec<&str>> {
    let marks: Vec<char> = separators.each().filter_map(|one| one.word().parse().ok()).collect();
    let numbers: Vec<&str> = text.split(marks.as_slice()).map(str::trim).filter(|number| !number.is_empty()).collect();
    let is_small = |number: &&str| matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = |number: &&str| is_small(number) && !number.starts_with('0');
    (numbers.len() > 1 && numbers.iter().all(is_number)).then_some(numbers)
}

/// True for `right`, `upper left`.
fn is_side(text: &str) -> bool {
    text.split_whitespace().all(|word| SIDES.iter().any(|side| side.eq_ignore_ascii_case(word)))
}

/// The separators at which a text of several items would be cut: those of `Warfarin, colchicine`; else none.
///
/// A dose, a side or a frequency is no item: `methotrexate 15 mg/week, oral`, `right and left knee`.
///
/// The Dutch `en` is no separator of a longer text in another language: `lesiones en la mano`.
pub fn unsplit(text: &str, separators: Separators) -> Separators {
    let en = Separators::of(&[Separator::En]);
    unsplit_in_dutch(text, if has_en_between_two(text) { separators } else { separators.without(en) })
}

/// The same of a text that is Dutch.
pub fn unsplit_in_dutch(text: &str, separators: Separators) -> Separators {
    if !may_hold_several(text) || split(text, separators).len() < 2 {
        return Separators::NONE;
    }
    let of = |cuts: &dyn Fn(Separators) -> bool| {
        let each = separators.each().map(|separator| Separators::of(&[separator]));
        each.filter(|one| cuts(*one)).fold(Separators::NONE, Separators::with)
    };
    let by_themselves = of(&|one| split(text, one).len() > 1);
    if by_themselves.is_empty() { of(&|one| items(text, one).len() > 1) } else { by_themselves }
}

/// True for a text with a word that is more than a side, a frequency or a unit, and no amount at its start.
fn is_item(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        return is_numbered_name(first);
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.contains(char::is_alphabetic));
    words.any(|word| !is_no_item(word) && !is_common_unit(word))
}

/// True for a word that says only how, how often or on which side.
pub fn is_no_item(word: &str) -> bool {
    let is_of_a_dose = || [DoseWord::Frequency, DoseWord::Taper].iter().any(|meaning| meaning.is(word));
    NO_ITEMS.iter().chain(&SIDES).any(|known| known.eq_ignore_ascii_case(word)) || is_of_a_dose()
}

/// True for `5-FU` and `6-mercaptopurine`, and not for `12-week`.
fn is_numbered_name(word: &str) -> bool {
    let behind = word.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('-');
    behind.is_some_and(|name| {
        name.starts_with(char::is_alphabetic) && !is_common_unit(name) && TimeUnit::of_word(name).is_none()
    })
}
