//! The unit in which the ages and durations of a column are shown, and whether its bare numbers have it.

use crate::schema::evidence::{Evidence, MetNumbers};
use crate::schema::header::HeaderQuantity;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{BareReading, Role};

/// True for a column of durations: its header says so, or each of its numbers is one.
pub fn is_duration(role: Role, quantity: Option<HeaderQuantity>, cells: &Evidence) -> bool {
    let is_named = role == Role::FollowUp || quantity == Some(HeaderQuantity::Duration);
    let is_only = cells.bare_times().cells == 0 && cells.titres() == 0 && cells.units().all(|(unit, _)| unit == "m");
    cells.timed().cells() > 0 && (is_named || is_only) || role == Role::FollowUp
}

/// The unit that an `m` behind a number stands for below a header with this unit; no answer where nobody knows.
///
/// Beside hours and minutes it is a minute, beside other durations a month, and nobody was followed for metres. Beside
/// both, and of an age beside hours, it may be either.
pub fn letter_m(role: Role, unit: Option<TimeUnit>, cells: &Evidence) -> Option<TimeUnit> {
    let timed = cells.timed();
    let is_short = timed.in_hours() > 0 || unit.is_some_and(|unit| unit > TimeUnit::Days);
    let is_long = timed.in_days() > 0 || unit.is_some_and(|unit| unit <= TimeUnit::Days) || role == Role::Age;
    let may_be_months = unit == Some(TimeUnit::Months) || timed.cells() > 0 || role == Role::FollowUp;
    match (is_short, is_long) {
        (true, true) => None,
        (true, false) => Some(TimeUnit::Minutes),
        (false, _) => may_be_months.then_some(TimeUnit::Months),
    }
}

/// The unit of ages without a stated one.
///
/// Bare ages are years if no cell carries a unit, if some cell carries years, or if they outnumber the cells with a
/// unit; else nobody knows. Where all ages have one unit, it is that; else they are shown in years.
pub fn age_unit(cells: &Evidence) -> (Option<String>, BareReading) {
    let timed = cells.timed();
    let letter = letter_m(Role::Age, None, cells);
    let (bare, carried) = (cells.bare_times().cells, with_m(cells, letter));
    let is_years = carried == 0 || timed.in_years() > 0 || bare > carried;
    let shown = match timed.common_unit(letter) {
        Some(unit) if bare == 0 || !is_years => unit,
        _ => TimeUnit::Years,
    };
    let reading = if bare == 0 || is_years { BareReading::Values } else { BareReading::Unreadable };
    (Some(shown.word().to_owned()), reading)
}

/// The unit of durations without a stated one: that of all cells, else months; of hours and minutes hours.
///
/// Numbers without a unit have it only where all others agree and the ranges overlap.
pub fn duration_unit(role: Role, cells: &Evidence) -> (Option<String>, BareReading) {
    let letter = letter_m(role, None, cells);
    if with_m(cells, letter) == 0 {
        return (None, BareReading::Values);
    }
    let common = cells.timed().common_unit(letter);
    let is_pooled = cells.bare_times().cells == 0 || common.is_some() && overlaps(cells, letter);
    // Hours and minutes are no stay in months.
    let timed = cells.timed();
    let unit = common.unwrap_or(if timed.is_below_a_day(letter) { TimeUnit::Hours } else { TimeUnit::Months });
    (Some(unit.word().to_owned()), if is_pooled { BareReading::Values } else { BareReading::Unreadable })
}

/// Cells with a unit of time.
pub fn with_m(cells: &Evidence, letter_m: Option<TimeUnit>) -> u64 {
    let letter = letter_m.map_or(0, |_| cells.timed().letter_m().cells);
    cells.timed().cells().saturating_add(letter)
}

/// True where some durations are in the range of the numbers without a unit.
fn overlaps(cells: &Evidence, letter_m: Option<TimeUnit>) -> bool {
    let letter = letter_m.map(|_| cells.timed().letter_m());
    let mut all = cells.timed().units().map(|(_, numbers)| numbers).chain(letter);
    let bare = cells.bare_times();
    all.any(|numbers: &MetNumbers| numbers.overlap(&bare))
}
