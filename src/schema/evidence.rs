//! What the cells of a column look like, counted like any tally.
//!
//! Meaning is decided from this, so it does not depend on the order of the rows, on how many there are, or on how many
//! different values they hold.

mod class;
mod met;

pub use class::Class;
pub use met::{Met, Numbers};

use super::lexical::duration::TimeUnit;
use super::lexical::{Lexeme, Measurement, NumberFormat, classify};
use super::units;
use crate::decimal::Decimal;
use crate::diagnostic::SourceLocation;
use std::collections::BTreeMap;

/// Most distinct words of a column that are kept; a column of more is no column of signs, sexes or responses.
const MOST_WORDS: usize = 64;
/// Most characters of a word that is kept.
const LONGEST_WORD: usize = 40;
/// Most digits of a code, such as 999 for not known.
const LONGEST_CODE: usize = 3;

/// The lexical classes of all cells of one column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// In the order of the classes; most columns have one or two.
    classes: Vec<(Class, Met)>,
    /// Numbers with a unit, by the unit as it is written; empty where there are too many for a column with units.
    units: BTreeMap<String, Numbers>,
    has_more_units: bool,
    /// Numbers with anything behind them that may be a unit.
    with_unit: u64,
    /// Ages and durations that are given in years.
    in_years: u64,
    /// Durations in a unit such as days.
    durations: u64,
    /// Numbers without a unit.
    bare: Numbers,
    delimiters: BTreeMap<char, u64>,
    /// The distinct short texts; empty where there are too many of them, or a number that is no code.
    words: BTreeMap<String, Met>,
    has_more_words: bool,
}

impl Evidence {
    /// Records a cell of a class as its first, if it is, and counts nothing.
    pub fn meet(&mut self, class: Class, location: SourceLocation, text: &str) {
        self.change(class, |met| met.keep_first(Some((location, text.to_owned()))));
    }

    /// Counts cells of one text, and tells its class.
    pub fn count_text(&mut self, text: &str, format: NumberFormat, cells: u64) -> Class {
        let lexeme = classify(text, format);
        self.count(&lexeme, cells);
        Class::of(&lexeme)
    }

    /// Counts cells of one lexeme.
    pub fn count(&mut self, lexeme: &Lexeme<'_>, cells: u64) {
        self.count_class(Class::of(lexeme), cells);
        match lexeme {
            Lexeme::Measurement(number) => self.count_measurement(number, cells),
            Lexeme::Age(age) if age.years.is_some() => self.in_years = self.in_years.saturating_add(cells),
            Lexeme::List { delimiter } | Lexeme::Lines { delimiter: Some(delimiter), .. } => {
                add(&mut self.delimiters, *delimiter, cells);
            }
            _ => {}
        }
    }

    fn count_measurement(&mut self, number: &Measurement<'_>, cells: u64) {
        let Some(unit) = number.unit else { return self.bare.add(number.value, cells) };
        self.with_unit = self.with_unit.saturating_add(cells);
        let is_time = TimeUnit::of_word(unit).is_some();
        if is_time {
            self.durations = self.durations.saturating_add(cells);
        }
        if (is_time || units::unit(unit).is_some()) && !self.has_more_units {
            self.units.entry(unit.to_owned()).or_default().add(number.value, cells);
            self.limit_units();
        }
    }

    fn limit_units(&mut self) {
        self.has_more_units |= self.units.len() > MOST_WORDS;
        if self.has_more_units {
            self.units.clear();
        }
    }

    /// Counts cells with one bare number.
    pub fn count_number(&mut self, number: Decimal, cells: u64) {
        self.bare.add(number, cells);
        self.count_class(Class::of_number(number), cells);
    }

    /// Counts cells with many bare numbers, of which the least and the greatest are these.
    pub fn count_numbers(&mut self, least: Decimal, greatest: Decimal, cells: u64) {
        self.bare.add(least, 0);
        self.bare.add(greatest, cells);
        self.count_class(Class::Number, cells);
    }

    /// Counts cells of one text by the text itself; `place` gives the first of them.
    pub fn count_word(&mut self, text: &str, cells: u64, place: impl FnOnce() -> Option<SourceLocation>) {
        if text.is_empty() || self.has_more_words {
            return;
        }
        if text.chars().nth(LONGEST_WORD).is_some()
            || is_measured(text)
            || (!self.words.contains_key(text) && self.words.len() >= MOST_WORDS)
        {
            return self.forget_words();
        }
        let first = place().map(|location| (location, text.to_owned()));
        self.add_word(text.to_owned(), Met { cells, first });
    }

    /// True as long as all distinct words are kept.
    pub fn keeps_words(&self) -> bool {
        !self.has_more_words
    }

    /// Notes that the column has more distinct words than are kept.
    pub fn forget_words(&mut self) {
        self.has_more_words = true;
        self.words.clear();
    }

    fn add_word(&mut self, word: String, theirs: Met) {
        if self.has_more_words {
            return;
        }
        let met = self.words.entry(word).or_default();
        met.cells = met.cells.saturating_add(theirs.cells);
        met.keep_first(theirs.first);
        if self.words.len() > MOST_WORDS {
            self.forget_words();
        }
    }

    /// The distinct short texts with their cells, where all of them are kept; codes are among them, but a column
    /// with any other number keeps none.
    pub fn words(&self) -> impl Iterator<Item = (&str, &Met)> {
        self.words.iter().map(|(word, met)| (word.as_str(), met))
    }

    /// Counts cells of a known class.
    pub fn count_class(&mut self, class: Class, cells: u64) {
        self.change(class, |met| met.cells = met.cells.saturating_add(cells));
    }

    /// Changes what is known of a class.
    fn change(&mut self, class: Class, change: impl FnOnce(&mut Met)) {
        if let Some((_, met)) = self.classes.iter_mut().find(|(other, _)| *other == class) {
            return change(met);
        }
        let mut met = Met::default();
        change(&mut met);
        let place = self.classes.partition_point(|(other, _)| *other < class);
        self.classes.reserve_exact(1);
        self.classes.insert(place, (class, met));
    }

    /// Adds the evidence of another part of the column.
    pub fn merge(&mut self, other: Evidence) {
        for (class, theirs) in other.classes {
            self.count_class(class, theirs.cells);
            if let Some((location, text)) = theirs.first {
                self.meet(class, location, &text);
            }
        }
        if other.has_more_words || self.has_more_words {
            self.forget_words();
        } else {
            other.words.into_iter().for_each(|(word, met)| self.add_word(word, met));
        }
        self.bare.merge(other.bare);
        self.with_unit = self.with_unit.saturating_add(other.with_unit);
        self.in_years = self.in_years.saturating_add(other.in_years);
        self.durations = self.durations.saturating_add(other.durations);
        self.has_more_units |= other.has_more_units;
        other.units.into_iter().for_each(|(unit, numbers)| self.units.entry(unit).or_default().merge(numbers));
        self.limit_units();
        other.delimiters.into_iter().for_each(|(delimiter, cells)| add(&mut self.delimiters, delimiter, cells));
    }

    /// Cells with their own unit.
    pub fn with_unit(&self) -> u64 {
        self.with_unit
    }

    /// Ages and durations with their unit; those of them that are given in years.
    pub(in crate::schema) fn timed(&self) -> (u64, u64) {
        (self.cells(Class::Age).saturating_add(self.durations), self.in_years)
    }

    /// The units of the vocabulary and of time behind the numbers, as they are written, each with its numbers.
    pub(in crate::schema) fn units(&self) -> impl Iterator<Item = (&str, &Numbers)> {
        self.units.iter().map(|(unit, numbers)| (unit.as_str(), numbers))
    }

    /// The numbers without a unit.
    pub(in crate::schema) fn bare(&self) -> &Numbers {
        &self.bare
    }

    /// Cells of a class.
    pub fn cells(&self, class: Class) -> u64 {
        self.of(class).map_or(0, |met| met.cells)
    }

    /// The first cell of a class.
    pub fn first(&self, class: Class) -> Option<&(SourceLocation, String)> {
        self.of(class).and_then(|met| met.first.as_ref())
    }

    fn of(&self, class: Class) -> Option<&Met> {
        self.classes.iter().find(|(other, _)| *other == class).map(|(_, met)| met)
    }

    pub(in crate::schema) fn sum(&self, classes: &[Class]) -> u64 {
        classes.iter().fold(0, |sum, class| sum.saturating_add(self.cells(*class)))
    }

    pub(in crate::schema) fn numbers(&self) -> u64 {
        self.sum(&[Class::ZeroOne, Class::Number, Class::Censored, Class::Age, Class::Unreadable])
    }

    pub(in crate::schema) fn texts(&self) -> u64 {
        self.sum(&[Class::Word, Class::YesNo, Class::Date, Class::List, Class::Lines, Class::Long])
    }

    pub(in crate::schema) fn anything(&self) -> bool {
        self.classes.iter().any(|(class, met)| *class != Class::Missing && met.cells > 0)
    }

    pub(in crate::schema) fn delimiter(&self) -> Option<char> {
        let most = self.delimiters.values().max()?;
        self.delimiters.iter().find(|(_, cells)| *cells == most).map(|(delimiter, _)| *delimiter)
    }
}

/// True for a number with a decimal mark or more digits than a code has.
fn is_measured(text: &str) -> bool {
    let is_number = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b','));
    is_number
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && (text.len() > LONGEST_CODE || text.contains(['.', ',']))
}

fn add<K: Ord>(counts: &mut BTreeMap<K, u64>, key: K, cells: u64) {
    let count = counts.entry(key).or_default();
    *count = count.saturating_add(cells);
}

#[cfg(test)]
mod tests {
    use super::Evidence;

    fn words(cells: &[&str]) -> Vec<String> {
        let mut evidence = Evidence::default();
        cells.iter().for_each(|cell| evidence.count_word(cell, 1, || None));
        evidence.words().map(|(word, _)| word.to_owned()).collect()
    }

    #[test]
    fn codes_are_words_and_a_column_with_another_number_keeps_none() {
        assert_eq!(words(&["F", "M", "1", "999", "---"]), ["---", "1", "999", "F", "M"]);
        for measured in ["12.5", "1,5", "1000"] {
            assert!(words(&["F", measured, "M"]).is_empty(), "{measured}");
        }
    }
}
