//! The unit of the numbers of a column: that of the header, the schema or the command line, else that of its cells.
//!
//! The unit of bare numbers is never taken from other cells without a warning, and never against their range:
//! `weight` 70, `3500 g`, 72 is no weight of 70 g. Only an age has a unit of its own: years.

use super::time_unit::{age_unit, duration_unit, is_duration};
use super::two_scales::is_on_two_scales;
use crate::schema::evidence::{Evidence, MetNumbers};
use crate::schema::header::HeaderQuantity;
use crate::schema::header::quantity::names_pack_years;
use crate::schema::units::{Unit, unit};
use crate::schema::{BareReading, Role, Variable};

/// The unit of a column that counts packs a day times years.
const PACK_YEARS: &str = "pack-years";

/// The unit of the numbers of a column without a stated one, and how its bare numbers are read.
///
/// | cells | unit | bare numbers | cells with a unit |
/// |---|---|---|---|
/// | all without a unit | none; of an age years | values | |
/// | all with one, of one dimension | the largest of them | | converted |
/// | both, one unit, ranges overlap | that unit | values, with a warning | values |
/// | both, most with a unit | the largest of them | unreadable | converted |
/// | both, else | none | values | unreadable |
/// | of pack-years, some with that unit | that unit | values | the others unreadable |
/// | of durations, only `m` and `g` | none | values | unreadable |
/// | on two scales | none | unreadable | unreadable |
/// | titres under a header of titres | none | values | unreadable |
///
/// Ages and durations have rules of their own.
pub fn number_unit(
    variable: &Variable,
    quantity: Option<HeaderQuantity>,
    cells: &Evidence,
) -> (Option<String>, BareReading) {
    if variable.role == Role::Age {
        return age_unit(cells);
    }
    if is_duration(variable.role, quantity, cells) {
        return duration_unit(variable.role, cells);
    }
    if quantity == Some(HeaderQuantity::Titre) && cells.titres() > 0 {
        return (None, BareReading::Values);
    }
    if quantity == Some(HeaderQuantity::Duration) && carries_only_letters(cells) {
        return (None, BareReading::Values);
    }
    if names_pack_years(&variable.header) && carried(cells).any(|(text, _)| is_same(text, PACK_YEARS)) {
        return (Some(PACK_YEARS.to_owned()), BareReading::Values);
    }
    if is_on_two_scales(variable, cells) {
        return (None, BareReading::TwoScales);
    }
    let (bare, carried) = (cells.bare(), carried(cells).fold(0_u64, |sum, (_, n)| sum.saturating_add(n.cells)));
    let Some(largest) = common_unit(cells) else { return (None, BareReading::Values) };
    let is_pooled = bare.cells == 0 || is_plainly_one_unit(cells);
    match (is_pooled, carried > bare.cells) {
        (true, _) => (Some(largest), BareReading::Values),
        (false, true) => (Some(largest), BareReading::Unreadable),
        (false, false) => (None, BareReading::Values),
    }
}

/// True where the cells of durations have no other unit than a letter that is none of a time: months and `giorni` are no
/// metres and grams, and which they are nobody knows.
fn carries_only_letters(cells: &Evidence) -> bool {
    cells.units().next().is_some() && cells.units().all(|(unit, _)| matches!(unit, "m" | "g"))
}

/// The units that cells carry, with their numbers.
fn carried(cells: &Evidence) -> impl Iterator<Item = (&str, &MetNumbers)> {
    let timed = cells.timed().units().map(|(unit, numbers)| (unit.word(), numbers));
    cells.units().chain(timed)
}

/// True where all numbers with a unit have the same one, and some of them are in the range of those without.
fn is_plainly_one_unit(cells: &Evidence) -> bool {
    let mut units = carried(cells);
    let Some((first, _)) = units.next() else { return false };
    units.all(|(other, _)| is_same(first, other)) && carried(cells).any(|(_, numbers)| numbers.overlap(cells.bare()))
}

/// True for two spellings of one unit.
fn is_same(one: &str, other: &str) -> bool {
    one == other || unit(one).is_some_and(|one| unit(other).is_some_and(|other| one.unit == other.unit))
}

/// The largest of the units, as all cells write it or by its name; `None` unless each converts to it.
fn common_unit(cells: &Evidence) -> Option<String> {
    let mut written = carried(cells).map(|(text, _)| text);
    let (first, is_only) = (written.next()?, written.next().is_none());
    if is_only {
        return Some(first.to_owned());
    }
    if cells.units().next().is_none() {
        return cells.timed().common_unit(None).map(|unit| unit.word().to_owned());
    }
    let mut largest: Option<Unit> = None;
    for (text, _) in carried(cells) {
        let unit = unit(text)?.unit;
        largest = match largest {
            Some(other) if unit.conversion_to(other)?.factor > 1.into() => Some(unit),
            known => known.or(Some(unit)),
        };
    }
    Some(largest?.name().to_owned())
}
