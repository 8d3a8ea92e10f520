//! Cells of a column of dates.

use super::rules::{CellRules, missing};
use super::state::DateState;
use crate::cohort::Unreadable;
use crate::schema::lexical::Date;

/// Reads a cell of a date column: a valid date written as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub fn date(text: &str, rules: &CellRules) -> DateState {
    let text = text.trim();
    if let Some(reason) = missing(text, rules) {
        return DateState::Missing(reason);
    }
    match Date::parse(text) {
        None => DateState::Unreadable(Unreadable::NotADate),
        Some(date) if rules.variable.is_deidentified => DateState::Date(Date { month: None, day: None, ..date }),
        Some(date) => DateState::Date(date),
    }
}
