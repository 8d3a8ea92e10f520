//! Cells of a column of levels.

use super::rules::{CellRules, missing};
use super::state::LevelState;
use crate::cohort::Unreadable;
use crate::schema::Variable;
use crate::schema::lexical::yes_no;

/// The level of a text, after the synonyms of a column.
pub(super) fn canonical<'a>(text: &'a str, variable: &'a Variable) -> &'a str {
    variable.synonyms.get(text).map_or(text, String::as_str)
}

/// Reads a cell of a category column.
pub fn level(text: &str, rules: &CellRules) -> LevelState {
    let text = text.trim();
    match missing(text, rules) {
        Some(reason) => LevelState::Missing(reason),
        None => LevelState::Level(canonical(text, rules.variable).to_owned()),
    }
}

/// Reads a cell of a binary column: `yes` and `no` for any of their words; `0` and `1` stay as they are.
///
/// Levels that the schema declares are accepted as well.
pub fn binary(text: &str, rules: &CellRules) -> LevelState {
    let text = text.trim();
    if let Some(reason) = missing(text, rules) {
        return LevelState::Missing(reason);
    }
    let text = canonical(text, rules.variable);
    let declared = rules.variable.levels.iter().any(|level| level.value == text);
    if declared || matches!(text, "0" | "1") {
        return LevelState::Level(text.to_owned());
    }
    match yes_no(text) {
        Some(answer) => LevelState::Level(if answer { "yes" } else { "no" }.to_owned()),
        None => LevelState::Unreadable(Unreadable::NotBinary),
    }
}
