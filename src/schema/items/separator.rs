//! What may stand between the items of a cell, and a set of it.

use super::is_no_item;
use crate::schema::header::is_unit;
use crate::schema::lexical::duration::TimeUnit;
use crate::vocabulary::Words;
use crate::words::words;
use rustc_hash::FxHashSet;
use std::fmt;
use std::sync::LazyLock;

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
        /// `+`, `plus`
        Plus = "+",
        /// `and`, `und`, `u.`, `et`, `y`, `e`, with a space on each side.
        And = "and",
        /// `with`, `mit`, `avec`, `con`, `com`, `met`.
        With = "with",
        /// The Dutch `and`, which other languages have as `in`.
        En = "en",
        /// `then`, `followed by`, `switched to`, `->`, and the same in other languages.
        Then = "then",
        /// `1. ... 2. ...`
        Numbers = "numbers",
        /// The end of a line.
        LineEnd = "line-end",
    }
}

/// The words of `joining_words.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/joining_words.rs"));
}

/// The first word of each of them, for a quick look.
static FIRST_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    use vocabulary::{AND, EN, PLUS, THEN, WITH};
    let all = [AND, PLUS, WITH, EN, THEN];
    all.iter().flat_map(Words::iter).filter_map(|words| words.split(' ').next()).collect()
});

impl Separator {
    /// The bytes of a separator at the start of a text that goes on behind `before`; 0 where there is none.
    pub(super) fn length(self, before: &str, rest: &str) -> usize {
        match self {
            Separator::Comma => mark(rest, ','),
            Separator::Semicolon => mark(rest, ';'),
            Separator::Bar => mark(rest, '|'),
            Separator::Ampersand => mark(rest, '&'),
            Separator::Plus if !rest.starts_with('+') => word(before, rest, &vocabulary::PLUS),
            Separator::Plus if is_sign(before, rest) => 0,
            Separator::Plus => mark(rest, '+'),
            Separator::Slash if joins_units(before, rest) => 0,
            Separator::Slash => mark(rest, '/'),
            Separator::And => word(before, rest, &vocabulary::AND),
            Separator::With => word(before, rest, &vocabulary::WITH),
            Separator::En => word(before, rest, &vocabulary::EN),
            Separator::Then if rest.starts_with("->") || rest.starts_with("=>") => 2,
            Separator::Then if rest.starts_with('→') => '→'.len_utf8(),
            // `steroids > RTX`; not `pain > 3 months`.
            Separator::Then if rest.starts_with('>') => usize::from(is_between_names(before, rest)),
            Separator::Then => word(before, rest, &vocabulary::THEN),
            Separator::Numbers => 0,
            Separator::LineEnd => rest.bytes().take_while(|b| matches!(b, b'\n' | b'\r')).count(),
        }
    }
}

/// False for most texts of one item: nothing in them could separate two.
pub(super) fn may_hold_several(text: &str) -> bool {
    let is_mark = |c: char| matches!(c, ',' | ';' | '|' | '/' | '&' | '+' | '→' | '>' | '\n' | '\r' | '1'..='9');
    text.contains(is_mark) || text.contains(' ') && text.split_whitespace().any(may_join)
}

/// True for a word with which words between two items begin.
fn may_join(word: &str) -> bool {
    let mut lower = [0; LONGEST_FIRST_WORD];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|lower| FIRST_WORDS.contains(lower))
}

/// The text without the words before it that only tell that it follows another one: `then propranolol`.
pub fn without_then(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let is_first = rest.starts_with(['-', '=', '→']) || rest.split_whitespace().next().is_some_and(may_join);
        let length = if is_first { Separator::Then.length(" ", rest) } else { 0 };
        match rest.get(length..) {
            Some(behind) if length > 0 => rest = behind.trim_start(),
            _ => return rest,
        }
    }
}

/// Most bytes of a first word of `joining_words.toml`.
const LONGEST_FIRST_WORD: usize = 16;

fn mark(rest: &str, mark: char) -> usize {
    if rest.starts_with(mark) { mark.len_utf8() } else { 0 }
}

/// True for the sign of `CD4+` and `++`; a plus that joins has a space before it, or a letter on each side.
fn is_sign(before: &str, rest: &str) -> bool {
    let is_between_letters =
        before.ends_with(char::is_alphabetic) && rest.chars().nth(1).is_some_and(char::is_alphabetic);
    !before.ends_with([' ', ')', ']']) && !is_between_letters
}

/// True between two words of letters, with a space on each side.
fn is_between_names(before: &str, rest: &str) -> bool {
    let is_name = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let last = before.strip_suffix(' ').and_then(|before| before.chars().next_back());
    is_name(last) && is_name(rest.strip_prefix("> ").and_then(|behind| behind.chars().next()))
}

/// The length of the longest of some words that stands here between two spaces.
fn word(before: &str, rest: &str, words: &Words) -> usize {
    if !before.ends_with(char::is_whitespace) {
        return 0;
    }
    let is_here = |word: &&str| {
        let (start, behind) = rest.split_at_checked(word.len()).unwrap_or_default();
        // A capital is a name: `vitamin E`.
        let is_same = if word.len() > 1 { start.eq_ignore_ascii_case(word) } else { start == *word };
        is_same && behind.starts_with(char::is_whitespace)
    };
    // Longer words come later.
    words.iter().filter(is_here).last().map_or(0, str::len)
}

/// True where `en` stands between two single words, each at an end of the text or beside a mark: `hand en voet`.
pub(super) fn has_en_between_two(text: &str) -> bool {
    let is_mark = |c: char| matches!(c, ',' | ';' | '|' | '/' | '&' | '+' | '\n');
    text.split(is_mark).any(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        matches!(words.as_slice(), [_, en, _] if vocabulary::EN.contains(en))
    })
}

/// What a dose may be for, beside units of time and of the vocabulary: `mg/dose`.
const DOSED_PER: [&str; 24] = [
    "administration",
    "application",
    "body",
    "bolus",
    "capsule",
    "course",
    "cycle",
    "dag",
    "day",
    "dia",
    "die",
    "dose",
    "dosis",
    "giorno",
    "infusion",
    "injection",
    "jour",
    "kg",
    "session",
    "shot",
    "tab",
    "tablet",
    "tag",
    "week",
];

/// True for the slash between an amount and another agent: `prednisone 20 mg/azathioprine 100 mg`.
fn parts_a_dose(before: &str, last: &str, first: &str) -> bool {
    let unit = last.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let amount = before.strip_suffix(unit).unwrap_or_default().trim_end();
    let is_dose = is_unit(unit) && amount.ends_with(|c: char| c.is_ascii_digit());
    let first = first.to_lowercase();
    let is_name = first.chars().count() > 2 && first.chars().all(char::is_alphabetic);
    let is_measure = || is_unit(&first) || is_no_item(&first) || TimeUnit::of_word(&first).is_some();
    is_dose && is_name && !DOSED_PER.contains(&first.as_str()) && !is_measure()
}

/// True for the slash of `mg/day`, `and/or`, `R/L`, `1/2`.
fn joins_units(before: &str, rest: &str) -> bool {
    let ends_word = |c: char| !c.is_alphanumeric() && c != '.' && c != '%';
    let last = before.rsplit(ends_word).next().unwrap_or_default();
    let behind = rest.strip_prefix('/').unwrap_or(rest);
    let first = behind.split(ends_word).next().unwrap_or_default();
    if last.is_empty() || first.is_empty() || parts_a_dose(before, last, first) {
        return false;
    }
    // Units stand behind a number; `HTN/DM` are two diseases.
    let are_capitals = |word: &str| word.len() > 1 && word.chars().all(char::is_uppercase);
    if are_capitals(last) && are_capitals(first) && !before.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_letter = |word: &str| word.chars().count() == 1;
    let is_part = |word: &str| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        unit.is_empty() || is_unit(unit) || DOSED_PER.contains(&unit)
    };
    let is_and_or = last.eq_ignore_ascii_case("and") && first.eq_ignore_ascii_case("or");
    is_part(last) || is_part(first) || (is_letter(last) && is_letter(first)) || is_and_or
}

/// Some of the separators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Separators(u16);

impl Separators {
    /// None: each cell holds one item.
    pub const NONE: Separators = Separators(0);
    /// These always make a list.
    pub const LISTS: Separators = Separators::of(&[Separator::Semicolon, Separator::Bar]);
    /// Those that may stand in a cell unnoticed.
    pub const UNNOTICED: Separators = Separators::of(&Separator::ALL).without(Separators::LISTS);

    /// These ones.
    pub const fn of(separators: &[Separator]) -> Separators {
        let (mut all, mut rest) = (0, separators);
        while let [first, others @ ..] = rest {
            all |= bit(*first);
            rest = others;
        }
        Separators(all)
    }

    /// All of these and those.
    pub const fn with(self, others: Separators) -> Separators {
        Separators(self.0 | others.0)
    }

    /// These without those.
    pub const fn without(self, others: Separators) -> Separators {
        Separators(self.0 & !others.0)
    }

    /// Those that are in both.
    pub const fn both(self, others: Separators) -> Separators {
        Separators(self.0 & others.0)
    }

    /// True without any.
    pub fn is_empty(self) -> bool {
        self == Separators::NONE
    }

    /// True where this one is among them.
    pub fn has(self, separator: Separator) -> bool {
        !self.both(Separators::of(&[separator])).is_empty()
    }

    /// False where none of them begins with this character.
    pub(super) fn may_begin_with(self, c: char) -> bool {
        let has = |some: &[Separator]| !self.both(Separators::of(some)).is_empty();
        match c {
            ',' => has(&[Separator::Comma]),
            ';' => has(&[Separator::Semicolon]),
            '|' => has(&[Separator::Bar]),
            '/' => has(&[Separator::Slash]),
            '&' => has(&[Separator::Ampersand]),
            '+' => has(&[Separator::Plus]),
            '-' | '=' | '>' | '→' => has(&[Separator::Then]),
            '\n' | '\r' => has(&[Separator::LineEnd]),
            word => {
                word.is_alphabetic()
                    && has(&[Separator::And, Separator::Plus, Separator::With, Separator::En, Separator::Then])
            }
        }
    }

    /// Each of them, in the order of their declaration.
    pub fn each(self) -> impl Iterator<Item = Separator> {
        Separator::ALL.into_iter().filter(move |separator| self.has(*separator))
    }

    /// Reads `, / and`; marks may stand side by side.
    ///
    /// Errors: what is no separator.
    pub fn parse(text: &str) -> Result<Separators, String> {
        let mut all = Separators::NONE;
        for word in text.split_whitespace() {
            let mut rest = word;
            while !rest.is_empty() {
                let (found, behind) = first(rest).ok_or_else(|| rest.to_owned())?;
                all = all.with(Separators::of(&[found]));
                rest = behind;
            }
        }
        Ok(all)
    }
}

const fn bit(separator: Separator) -> u16 {
    match 1_u16.checked_shl(separator as u32) {
        Some(bit) => bit,
        None => 0,
    }
}

/// The separator at the start of a word, and what follows it.
fn first(word: &str) -> Option<(Separator, &str)> {
    if let Ok(whole) = word.parse() {
        return Some((whole, ""));
    }
    let arrow = ["->", "=>", "→"].into_iter().find_map(|arrow| word.strip_prefix(arrow));
    let marks = Separator::ALL.into_iter().filter(|separator| !separator.word().contains(char::is_alphabetic));
    let mark = || marks.into_iter().find_map(|separator| Some((separator, word.strip_prefix(separator.word())?)));
    arrow.map(|behind| (Separator::Then, behind)).or_else(mark)
}

impl fmt::Display for Separators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.each().map(|separator| separator.word()).collect();
        f.write_str(&words.join(" "))
    }
}
