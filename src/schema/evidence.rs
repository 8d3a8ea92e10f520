//! What the cells of a column look like, counted like any tally.
//!
//! Meaning is decided from this, so it does not depend on the order of the rows, on how many there are, or on how many
//! different values they hold.

mod class;
mod codes;
mod dates;
mod in_context;
mod magnitudes;
mod marks;
mod met;
mod naming;
mod notations;
mod points;
mod several;
mod timed;
mod unsplit;
mod words;

pub use class::Class;
pub use codes::{Codes, is_code, is_measured_too};
pub use dates::DateEvidence;
pub use magnitudes::Magnitudes;
pub use marks::NumberMarksSeen;
pub use met::{Met, MetNumbers, MetWord};
pub use naming::Naming;
pub use notations::Notations;
pub use points::NumberPoints;
pub use timed::Timed;
pub use words::outnumber_words;

use super::lexical::duration::{Duration, TimeUnit, YearLetters, is_letter_a, is_letter_j};
use super::lexical::{Lexeme, Measurement, NumberFormat, classify, is_plus_grade};
use super::parts::Pair;
use super::units;
use crate::decimal::Decimal;
use crate::diagnostic::SourceLocation;
use crate::read::block::joined;
use std::collections::BTreeMap;
use unsplit::Unsplit;

/// Most distinct words of a column that are kept; a column of more is no column of signs, sexes or responses.
const MOST_WORDS: usize = 64;

/// The letter of litres, which is also the flag of a low result.
const LITRE: &str = "L";

/// The lexical classes of all cells of one column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// In the order of the classes; most columns have one or two.
    classes: Vec<(Class, Met)>,
    /// Numbers with a unit, by the unit as it is written; empty where there are too many for a column with units.
    units: BTreeMap<String, MetNumbers>,
    has_more_units: bool,
    /// Numbers with anything behind them that may be a unit.
    with_unit: u64,
    /// Ages and durations.
    timed: Timed,
    /// Numbers such as `1:80`.
    titres: u64,
    /// Numbers without a unit.
    bare: MetNumbers,
    /// Numbers with nothing but an `L` behind them, which is a litre or a flag.
    letter_l: MetNumbers,
    /// Numbers with a plus, which are bounds of ages and durations.
    at_least: MetNumbers,
    /// How large those are.
    magnitudes: Magnitudes,
    /// What stands behind their points.
    points: NumberPoints,
    /// Words that are two numbers with a slash between them.
    slashed: u64,
    /// Numbers such as `+1`, which are grades beside a negative result.
    plus_grades: u64,
    /// Cells such as `34M` in a column of ages and sexes, which may be a man or months.
    men: u64,
    /// The ages of those cells.
    ages_of_men: MetNumbers,
    /// Cells that are titres, ages or durations below some headers only.
    notations: Notations,
    delimiters: BTreeMap<char, u64>,
    dates: DateEvidence,
    /// Points and commas in the numbers.
    marks: NumberMarksSeen,
    /// Numbers that may be codes for a missing value.
    codes: Codes,
    /// Whether the cells name or number the rows; unknown for a column whose header says neither, and before it was read.
    pub naming: Option<Naming>,
    /// The distinct short texts; empty where there are too many of them, or a number that is no code.
    words: BTreeMap<Box<str>, MetWord>,
    has_more_words: bool,
    /// Cells without anything in them.
    blanks: u64,
    /// Cells that are plainly two things, by what they are.
    pairs: BTreeMap<Pair, Met>,
    /// Cells that hold several items unsplit.
    unsplit: Option<Box<Unsplit>>,
}

impl Evidence {
    /// Records a cell of a class as its first, if it is, and counts nothing.
    pub fn meet(&mut self, class: Class, location: SourceLocation, text: &str) {
        self.change(class, |met| met.keep_first(Some((location, joined(text).into_owned()))));
    }

    /// Counts cells of one text, and tells its class.
    pub fn count_text(&mut self, text: &str, format: NumberFormat, cells: u64) -> Class {
        let lexeme = classify(text, format);
        self.marks.add_text(text);
        self.count(&lexeme, cells);
        let class = Class::of(&lexeme);
        self.dates.count_text(text, class, cells);
        self.notations.count(text, class, cells);
        if is_plus_grade(text) {
            self.plus_grades = self.plus_grades.saturating_add(cells);
        }
        if class == Class::Word && is_slashed(text) {
            self.slashed = self.slashed.saturating_add(cells);
        }
        class
    }

    /// Counts cells of one lexeme.
    pub fn count(&mut self, lexeme: &Lexeme<'_>, cells: u64) {
        self.count_class(Class::of(lexeme), cells);
        match lexeme {
            Lexeme::Measurement(number) => self.count_measurement(number, cells),
            Lexeme::Duration(duration) => self.timed.count(duration, cells),
            Lexeme::AtLeast(number) => self.at_least.add(*number, cells),
            Lexeme::List { delimiter } | Lexeme::Lines { delimiter: Some(delimiter), .. } => {
                add(&mut self.delimiters, *delimiter, cells);
            }
            _ => {}
        }
    }

    fn count_measurement(&mut self, number: &Measurement<'_>, cells: u64) {
        if number.titre {
            self.titres = self.titres.saturating_add(cells);
            return;
        }
        let Some(unit) = number.unit else {
            if number.tail == LITRE && !number.is_code {
                self.letter_l.add(number.value, cells);
            } else if !number.is_code {
                self.count_bare(number.value, cells);
            }
            return;
        };
        self.with_unit = self.with_unit.saturating_add(cells);
        if let Some(time) = TimeUnit::of_written(unit).filter(|_| !number.is_code) {
            return self.timed.count(&Duration::of(time, number.value), cells);
        }
        if unit == "m" {
            self.timed.count_m(number.value, cells);
        } else if is_letter_j(unit) {
            self.timed.count_j(number.value, cells);
        } else if is_letter_a(unit) {
            self.timed.count_a(number.value, cells);
        }
        if !number.is_code && units::unit(unit).is_some() && !self.has_more_units {
            self.units.entry(unit.to_owned()).or_default().add(number.value, cells);
            self.limit_units();
        }
    }

    fn count_bare(&mut self, number: Decimal, cells: u64) {
        self.bare.add(number, cells);
        self.codes.count(number, cells);
        self.dates.count_number(number, cells);
        self.magnitudes.note(number);
        self.points.note(number);
    }

    fn limit_units(&mut self) {
        self.has_more_units |= self.units.len() > MOST_WORDS;
        if self.has_more_units {
            self.units.clear();
        }
    }

    /// Counts cells with one bare number.
    pub fn count_number(&mut self, number: Decimal, cells: u64) {
        self.count_bare(number, cells);
        self.count_class(Class::of_number(number), cells);
    }

    /// Counts cells with many bare numbers, of which the least and the greatest are these, with the magnitudes and the
    /// points of all.
    pub fn count_numbers(
        &mut self,
        (least, greatest): (Decimal, Decimal),
        all: (Magnitudes, NumberPoints),
        cells: u64,
    ) {
        self.bare.add(least, 0);
        self.bare.add(greatest, cells);
        self.codes.widen((least, greatest), greatest.scale() > 0);
        self.dates.count_number(greatest, cells);
        self.magnitudes.merge(all.0);
        self.points.merge(all.1);
        self.count_class(Class::Number, cells);
    }

    /// Counts cells without anything in them.
    pub fn count_blanks(&mut self, cells: u64) {
        self.blanks = self.blanks.saturating_add(cells);
        self.count_class(Class::Missing, cells);
    }

    /// Notes the mark of bare numbers with so many decimals, the least and the greatest of which have these digits.
    pub fn note_mark(&mut self, mark: u8, decimals: u8, extent: (i64, i64)) {
        self.marks.add_numbers(mark, decimals, extent);
    }

    /// True where a comma can only be the decimal mark of the numbers.
    pub fn has_decimal_commas(&self) -> bool {
        self.marks.have_decimal_commas()
    }

    /// Points and commas in the numbers, as they are written.
    pub(in crate::schema) fn marks(&self) -> NumberMarksSeen {
        self.marks
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
        self.blanks = self.blanks.saturating_add(other.blanks);
        self.titres = self.titres.saturating_add(other.titres);
        self.slashed = self.slashed.saturating_add(other.slashed);
        self.notations.merge(other.notations);
        self.plus_grades = self.plus_grades.saturating_add(other.plus_grades);
        self.men = self.men.saturating_add(other.men);
        self.ages_of_men.merge(other.ages_of_men);
        for (pair, theirs) in other.pairs {
            let met = self.pairs.entry(pair).or_default();
            met.cells = met.cells.saturating_add(theirs.cells);
            met.keep_first(theirs.first);
        }
        other.unsplit.into_iter().for_each(|theirs| self.add_unsplit(*theirs));
        self.bare.merge(other.bare);
        self.letter_l.merge(other.letter_l);
        self.dates.merge(other.dates);
        self.marks.merge(other.marks);
        self.codes.merge(other.codes);
        self.at_least.merge(other.at_least);
        self.with_unit = self.with_unit.saturating_add(other.with_unit);
        self.timed.merge(other.timed);
        self.magnitudes.merge(other.magnitudes);
        self.points.merge(other.points);
        self.has_more_units |= other.has_more_units;
        other.units.into_iter().for_each(|(unit, numbers)| self.units.entry(unit).or_default().merge(numbers));
        self.limit_units();
        other.delimiters.into_iter().for_each(|(delimiter, cells)| add(&mut self.delimiters, delimiter, cells));
    }

    /// Cells with their own unit.
    pub fn with_unit(&self) -> u64 {
        self.with_unit
    }

    /// Ages and durations with their unit.
    pub fn timed(&self) -> &Timed {
        &self.timed
    }

    /// The same evidence with the letter of German years as years.
    pub(in crate::schema) fn with_years(&self, letters: YearLetters) -> Evidence {
        Evidence { timed: self.timed.with_years(letters), ..self.clone() }
    }

    /// True where no number is measured: none has decimals, a unit, a bound or a range.
    pub(in crate::schema) fn is_whole_or_code(&self) -> bool {
        let others = self.sum(&[Class::Censored, Class::Unreadable, Class::Band]);
        // A letter that may be a unit is none among codes: `6m` beside `1a`, `30 J`.
        let is_letter = |text: &str| text == "m" || units::unit(text).is_some_and(|written| written.needs_context);
        let is_measured = |(text, numbers): (&String, &MetNumbers)| numbers.has_decimals || !is_letter(text);
        let is_with_unit = self.has_more_units || self.units.iter().any(is_measured);
        let decimals = self.bare.has_decimals || self.timed.letter_m().has_decimals;
        !decimals && !is_with_unit && self.timed.cells() == 0 && self.titres == 0 && others == 0
    }

    /// The units of the vocabulary behind the numbers, as they are written, each with its numbers.
    pub(in crate::schema) fn units(&self) -> impl Iterator<Item = (&str, &MetNumbers)> {
        self.units.iter().map(|(unit, numbers)| (unit.as_str(), numbers))
    }

    /// The dates, and what may be one.
    pub(in crate::schema) fn dates(&self) -> &DateEvidence {
        &self.dates
    }

    /// True where some cells are numbers without a unit.
    pub fn has_bare_numbers(&self) -> bool {
        self.bare.cells > 0
    }

    /// The numbers without a unit.
    pub(in crate::schema) fn bare(&self) -> &MetNumbers {
        &self.bare
    }

    /// Cells without anything in them.
    pub fn blanks(&self) -> u64 {
        self.blanks
    }

    /// The ages or durations without a unit: `12+` is one.
    pub(in crate::schema) fn bare_times(&self) -> MetNumbers {
        let mut all = self.bare.clone();
        all.merge(self.at_least.clone());
        all
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
        let plain = [Class::ZeroOne, Class::Number, Class::Censored, Class::Unreadable];
        self.sum(&plain).saturating_add(self.sum(&[Class::Duration, Class::Code, Class::Band]))
    }

    pub(in crate::schema) fn texts(&self) -> u64 {
        self.sum(&[Class::Word, Class::Sign, Class::YesNo, Class::Date, Class::List, Class::Lines, Class::Long])
    }

    pub(in crate::schema) fn anything(&self) -> bool {
        self.classes.iter().any(|(class, met)| !matches!(class, Class::Missing | Class::Minus) && met.cells > 0)
    }

    pub(in crate::schema) fn delimiter(&self) -> Option<char> {
        let most = self.delimiters.values().max()?;
        self.delimiters.iter().find(|(_, cells)| *cells == most).map(|(delimiter, _)| *delimiter)
    }
}

/// True for two numbers with a slash between them, with or without a unit: `44/90`, `44/90 mm`.
fn is_slashed(text: &str) -> bool {
    let starts_with_digit = |side: &str| side.trim().starts_with(|c: char| c.is_ascii_digit());
    text.split_once('/').is_some_and(|(one, other)| starts_with_digit(one) && starts_with_digit(other))
}

fn add<K: Ord>(counts: &mut BTreeMap<K, u64>, key: K, cells: u64) {
    let count = counts.entry(key).or_default();
    *count = count.saturating_add(cells);
}
