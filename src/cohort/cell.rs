//! What the text of one cell means in its column: the only place where a cell is read.
//!
//! A stated word, a missing token and an unreadable text are never the same: `normal` is a statement
//! about the patient, `unknown` is not, and `12-15` is a mistake to be checked.

mod date;
mod level;
mod number;
mod rules;
mod set;
mod state;

pub use date::date;
pub use level::{binary, level};
pub use number::number;
pub use rules::{CellRules, missing};
pub use set::items;
#[cfg(test)]
pub use state::StatedNumber;
pub use state::{CellState, DateState, Items, LevelState, LinesState, SetState, Stated};

use super::lines::parse_lines;
use crate::read::block::ITEM;

/// Reads a cell of treatment lines; `none` alone is a patient without treatment.
pub fn lines(text: &str, rules: &CellRules) -> LinesState {
    if let Some(reason) = missing(text, rules) {
        return LinesState::Missing(reason);
    }
    let (list, delimiter) = line_list(text, rules);
    let lines = parse_lines(list, delimiter, rules.variable.target_domain.as_deref());
    lines.map_or_else(LinesState::Unreadable, LinesState::Lines)
}

/// The text of the treatment lines of a cell, and their separator.
pub fn line_list<'t>(text: &'t str, rules: &CellRules) -> (&'t str, char) {
    if !text.contains(ITEM) {
        return (text, rules.variable.delimiter.unwrap_or(';'));
    }
    // A list from JSON starts with the separator of its items.
    (text.strip_prefix(ITEM).unwrap_or(text), ITEM)
}

#[cfg(test)]
mod tests;
