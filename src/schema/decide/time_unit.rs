//! The unit in which the ages and durations of a column are shown, and whether its bare numbers have it.

use crate::schema::evidence::{Evidence, Numbers};
use crate::schema::header::HeaderQuantity;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{BareReading, Role};

/// True for a column of durations: its header says so, or each of its numbers is one.
pub fn is_duration(role: Role, quantity: Option<HeaderQuantity>, cells: &Evidence) -> bool {
    let is_named = role == Role::FollowUp || quantity == Some(HeaderQuantity::Duration);
    let is_only = cells.bare_times().cells == 0 && cells.titres() == 0 && cells.units().all(|(unit, _)| unit == "m");
    cells.timed().cells() > 0 && (is_named || is_only) || role == Role::FollowUp
}

/// True where an `m` behind a number is a month: other cells are durations, or nobody was followed for metres.
pub fn m_is_months(role: Role, unit: Option<TimeUnit>, cells: &Evidence) -> bool {
    unit == Some(TimeUnit::Months) || cells.timed().cells() > 0 || role == Role::FollowUp
}

/// The unit of ages without a stated one.
///
/// Bare ages are years if no cell carries a unit, if some cell carries years, or if they outnumber the cells with a
/// unit; else nobody knows. Where all ages have one unit, it is that; else they are shown in years.
pub fn age_unit(cells: &Evidence) -> (Option<String>, BareReading) {
    let timed = cells.timed();
    let is_m = m_is_months(Role::Age, None, cells);
    let (bare, carried) = (cells.bare_times().cells, with_m(cells, is_m));
    let is_years = carried == 0 || timed.in_years() > 0 || bare > carried;
    let shown = match timed.common_unit(is_m) {
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
    let is_m = m_is_months(role, None, cells);
    if with_m(cells, is_m) == 0 {
        return (None, BareReading::Values);
    }
    let common = cells.timed().common_unit(is_m);
    let is_pooled = cells.bare_times().cells == 0 || common.is_some() && overlaps(cells, is_m);
    // Hours and minutes are no stay in months.
    let is_short = cells.timed().is_below_a_day();
    let unit = common.unwrap_or(if is_short { TimeUnit::Hours } else { TimeUnit::Months });
    (Some(unit.word().to_owned()), if is_pooled { BareReading::Values } else { BareReading::Unreadable })
}

/// Cells with a unit of time.
pub fn with_m(cells: &Evidence, m_is_months: bool) -> u64 {
    let letter = if m_is_months { cells.timed().letter_m().cells } else { 0 };
    cells.timed().cells().saturating_add(letter)
}

/// True where some durations are in the range of the numbers without a unit.
fn overlaps(cells: &Evidence, m_is_months: bool) -> bool {
    let letter = Some(cells.timed().letter_m()).filter(|_| m_is_months);
    let mut all = cells.timed().units().map(|(_, numbers)| numbers).chain(letter);
    let bare = cells.bare_times();
    all.any(|numbers: &Numbers| numbers.overlap(&bare))
}
