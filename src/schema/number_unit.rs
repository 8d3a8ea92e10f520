//! The unit of the numbers of a column: that of the header, the schema or the command line, else that of its cells.
//!
//! The unit of bare numbers is never taken from other cells without a warning, and never against their range:
//! `weight` 70, `3500 g`, 72 is no weight of 70 g. Only an age has a unit of its own: years.

use super::cell_reading::BareReading;
use super::evidence::{Evidence, Numbers};
use super::units::{Unit, unit};
use super::{Role, Variable};

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
    let is_pooled = bare.cells == 0 || the_only(cells).is_some_and(|numbers| numbers.overlap(bare));
    match (is_pooled, carried > bare.cells) {
        (true, _) => (Some(largest), BareReading::Values),
        (false, true) => (Some(largest), BareReading::Unreadable),
        (false, false) => (None, BareReading::Values),
    }
}

/// The numbers of the only unit; `None` of several.
fn the_only(cells: &Evidence) -> Option<&Numbers> {
    let mut units = cells.units().filter_map(|(text, numbers)| Some((unit(text)?.unit, numbers)));
    let (first, numbers) = units.next()?;
    units.all(|(other, _)| other == first).then_some(numbers)
}

/// The largest of the units, as all cells write it or by its name; `None` unless each converts to it.
fn common_unit(cells: &Evidence) -> Option<String> {
    let mut largest: Option<Unit> = None;
    for (text, _) in cells.units() {
        let unit = unit(text)?.unit;
        largest = match largest {
            Some(other) if unit.conversion_to(other)?.factor > 1.into() => Some(unit),
            known => known.or(Some(unit)),
        };
    }
    let mut written = cells.units().map(|(text, _)| text);
    let (first, is_only) = (written.next()?, written.next().is_none());
    Some(if is_only { first.to_owned() } else { largest?.name().to_owned() })
}
