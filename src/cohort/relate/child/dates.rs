//! The days of a child table.

use super::fields::Field;
use super::table::KeyedTable;
use crate::cohort::cell::{CellRules, DateState, date};
use crate::cohort::relate::rows::RowIndex;
use crate::schema::lexical::calendar::day_number;

/// What a cell says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayState {
    /// A full date, as its number.
    Day(i64),
    /// Nothing.
    Missing,
    /// No full date: a month alone, or a text.
    Unclear,
}

impl DayState {
    /// The number of the day.
    pub fn day(self) -> Option<i64> {
        match self {
            DayState::Day(day) => Some(day),
            DayState::Missing | DayState::Unclear => None,
        }
    }
}

/// The day in a column of a table.
pub fn day(table: &KeyedTable<'_>, row: RowIndex, field: Field, extra_missing: &[String]) -> DayState {
    let Some(variable) = table.variable(field) else { return DayState::Missing };
    let rules = CellRules::new(variable, extra_missing);
    match date(&table.text(row, field), &rules) {
        DateState::Date(date) => day_number(date).map_or(DayState::Unclear, DayState::Day),
        DateState::Missing(_) => DayState::Missing,
        DateState::Unreadable(_) => DayState::Unclear,
    }
}
