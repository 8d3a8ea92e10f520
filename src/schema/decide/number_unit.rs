//! The unit of the numbers of a column: that of the header, the schema or the command line, else that of its cells.
//!
//! The unit of bare numbers is never taken from other cells without a warning, and never against their range:
//! `weight` 70, `3500 g`, 72 is no weight of 70 g. Only an age has a unit of its own: years.

use crate::schema::evidence::Evidence;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::units::{Unit, unit};
use crate::schema::{BareReading, Role, Variable};

/// The unit of the numbers of a column without a stated one, and how its bare numbers are read.
///
/// | cells | unit | bare numbers | cells with a unit |
/// |---|---|---|---|
/// | all without a unit | none; of an age years | values | |
/// | all with one, of one dimension | the largest of them | | converted |
/// | both, one unit, ranges overlap | that unit | values, with a warning | values |
/// | both, most with a unit | the largest of them | unreadable | converted |
/// | both, else | none | values | unreadable |
pub fn number_unit(variable: &Variable, cells: &Evidence) -> (Option<String>, BareReading) {
    if variable.role == Role::Age {
        let (timed, in_years) = cells.timed();
        let is_years = timed == 0 || in_years > 0 || cells.bare().cells > timed;
        return (Some("years".to_owned()), if is_years { BareReading::Values } else { BareReading::Unreadable });
    }
    let (bare, carried) = (cells.bare(), cells.units().fold(0_u64, |sum, (_, n)| sum.saturating_add(n.cells)));
    let Some(largest) = common_unit(cells) else { return (None, BareReading::Values) };
    let is_pooled = bare.cells == 0 || is_plainly_one_unit(cells);
    match (is_pooled, carried > bare.cells) {
        (true, _) => (Some(largest), BareReading::Values),
        (false, true) => (Some(largest), BareReading::Unreadable),
        (false, false) => (None, BareReading::Values),
    }
}

/// True where all numbers with a unit have the same one, and some of them are in the range of those without.
fn is_plainly_one_unit(cells: &Evidence) -> bool {
    let mut units = cells.units();
    let Some((first, _)) = units.next() else { return false };
    units.all(|(other, _)| is_same(first, other)) && cells.units().any(|(_, numbers)| numbers.overlap(cells.bare()))
}

/// True for two spellings of one unit.
fn is_same(one: &str, other: &str) -> bool {
    match (TimeUnit::of_word(one), TimeUnit::of_word(other)) {
        (None, None) => unit(one).is_some_and(|one| unit(other).is_some_and(|other| one.unit == other.unit)),
        (one, other) => one == other,
    }
}

/// The largest of the units, as all cells write it or by its name; `None` unless each converts to it.
fn common_unit(cells: &Evidence) -> Option<String> {
    let mut written = cells.units().map(|(text, _)| text);
    let (first, is_only) = (written.next()?, written.next().is_none());
    if is_only {
        return Some(first.to_owned());
    }
    if let Some(time) = TimeUnit::of_word(first) {
        return cells.units().all(|(text, _)| is_same(first, text)).then(|| time.word().to_owned());
    }
    let mut largest: Option<Unit> = None;
    for (text, _) in cells.units() {
        let unit = unit(text)?.unit;
        largest = match largest {
            Some(other) if unit.conversion_to(other)?.factor > 1.into() => Some(unit),
            known => known.or(Some(unit)),
        };
    }
    Some(largest?.name().to_owned())
}
