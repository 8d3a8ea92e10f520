//! The ages and durations of a column, by the units in which they are stated.

use super::MetNumbers;
use crate::decimal::Decimal;
use crate::schema::lexical::duration::{Duration, TimeUnit, YearLetters};
use std::collections::BTreeMap;

/// Ages and durations, as far as the unit of their column depends on them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timed {
    /// Those with one unit.
    units: BTreeMap<TimeUnit, MetNumbers>,
    /// Those with several, such as `2y6m`.
    compound: u64,
    /// Those with a number of years.
    in_years: u64,
    /// Those with days or more.
    in_days: u64,
    /// Those with hours or minutes.
    in_hours: u64,
    /// Those with years or months, and those with weeks, days, hours or minutes.
    long_and_short: (u64, u64),
    /// Numbers with an `m`, which are months or minutes beside other durations.
    letter_m: MetNumbers,
    /// Numbers with a `J`, which are years in a German or Dutch column.
    letter_j: MetNumbers,
    /// Numbers with an `a`, which are years in a column of ages.
    letter_a: MetNumbers,
}

impl Timed {
    pub(super) fn count(&mut self, duration: &Duration, cells: u64) {
        let has = |is: fn(TimeUnit) -> bool| if duration.parts().any(|(unit, _)| is(unit)) { cells } else { 0 };
        let (long, short) = &mut self.long_and_short;
        *long = long.saturating_add(has(|unit| unit <= TimeUnit::Months));
        *short = short.saturating_add(has(|unit| unit > TimeUnit::Months));
        self.in_years = self.in_years.saturating_add(has(|unit| unit == TimeUnit::Years));
        self.in_days = self.in_days.saturating_add(has(|unit| unit <= TimeUnit::Days));
        self.in_hours = self.in_hours.saturating_add(has(|unit| unit > TimeUnit::Days));
        match duration.only_unit().and_then(|unit| Some((unit, duration.part(unit)?))) {
            Some((unit, value)) => self.units.entry(unit).or_default().add(value, cells),
            None => self.compound = self.compound.saturating_add(cells),
        }
    }

    /// Counts a part of a year, `15/12`: a number without a unit beside it is one of years.
    pub(super) fn count_part_of_year(&mut self, part: &Duration, cells: u64) {
        self.count(part, cells);
        self.in_years = self.in_years.saturating_add(cells);
    }

    pub(super) fn count_m(&mut self, value: Decimal, cells: u64) {
        self.letter_m.add(value, cells);
    }

    pub(super) fn count_j(&mut self, value: Decimal, cells: u64) {
        self.letter_j.add(value, cells);
    }

    pub(super) fn count_a(&mut self, value: Decimal, cells: u64) {
        self.letter_a.add(value, cells);
    }

    /// With the numbers that have one of these letters as years.
    pub fn with_years(&self, letters: YearLetters) -> Timed {
        let mut timed = self.clone();
        let mut years = if letters.j { std::mem::take(&mut timed.letter_j) } else { MetNumbers::default() };
        if letters.a {
            years.merge(std::mem::take(&mut timed.letter_a));
        }
        if years.cells > 0 {
            timed.in_years = timed.in_years.saturating_add(years.cells);
            timed.in_days = timed.in_days.saturating_add(years.cells);
            timed.long_and_short.0 = timed.long_and_short.0.saturating_add(years.cells);
            timed.units.entry(TimeUnit::Years).or_default().merge(years);
        }
        timed
    }

    /// Cells with one of these letters.
    pub fn cells_with(&self, letters: YearLetters) -> u64 {
        let cells = |is_year: bool, numbers: &MetNumbers| if is_year { numbers.cells } else { 0 };
        cells(letters.j, &self.letter_j).saturating_add(cells(letters.a, &self.letter_a))
    }

    pub(super) fn merge(&mut self, other: Timed) {
        other.units.into_iter().for_each(|(unit, numbers)| self.units.entry(unit).or_default().merge(numbers));
        self.compound = self.compound.saturating_add(other.compound);
        self.in_years = self.in_years.saturating_add(other.in_years);
        self.in_days = self.in_days.saturating_add(other.in_days);
        self.in_hours = self.in_hours.saturating_add(other.in_hours);
        let (long, short) = other.long_and_short;
        self.long_and_short = (self.long_and_short.0.saturating_add(long), self.long_and_short.1.saturating_add(short));
        self.letter_m.merge(other.letter_m);
        self.letter_j.merge(other.letter_j);
        self.letter_a.merge(other.letter_a);
    }

    /// Cells with a unit of time.
    pub fn cells(&self) -> u64 {
        self.units.values().fold(self.compound, |sum, numbers| sum.saturating_add(numbers.cells))
    }

    /// Cells with a number of years.
    pub fn in_years(&self) -> u64 {
        self.in_years
    }

    /// Cells with a number of days, weeks, months or years.
    pub fn in_days(&self) -> u64 {
        self.in_days
    }

    /// Cells with a number of hours or minutes.
    pub fn in_hours(&self) -> u64 {
        self.in_hours
    }

    /// Cells with an `m`.
    pub fn letter_m(&self) -> &MetNumbers {
        &self.letter_m
    }

    /// The numbers with one unit, by their unit, the longest first.
    pub fn units(&self) -> impl Iterator<Item = (TimeUnit, &MetNumbers)> {
        self.units.iter().map(|(unit, numbers)| (*unit, numbers))
    }

    /// The unit of all cells; `None` where they have several. An `m` counts as the unit that it stands for.
    pub fn common_unit(&self, letter_m: Option<TimeUnit>) -> Option<TimeUnit> {
        let letter = letter_m.filter(|_| self.letter_m.cells > 0);
        let mut units = self.units.keys().copied().chain(letter);
        let first = units.next()?;
        (self.compound == 0 && units.all(|unit| unit == first)).then_some(first)
    }

    /// True where all are given in hours or minutes.
    pub fn is_below_a_day(&self, letter_m: Option<TimeUnit>) -> bool {
        self.in_days == 0 && (self.letter_m.cells == 0 || letter_m == Some(TimeUnit::Minutes))
    }

    /// True where some of them, in this unit, depend on the length of a year in days.
    pub fn counts_days_a_year(&self, unit: TimeUnit) -> bool {
        let (long, short) = self.long_and_short;
        if unit <= TimeUnit::Months { short > 0 } else { long > 0 }
    }
}
