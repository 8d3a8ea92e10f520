//! Cells of a column of several items.

use super::level::canonical;
use super::rules::{CellRules, missing};
use super::split::{item_texts, separators};
use super::state::{Items, SetState};
use crate::cohort::deidentify::word as shown;
use crate::read::block::ITEM;
use crate::schema::MissingReason;

/// Reads a cell of a set column: items are trimmed, each is kept once; `none` alone is an empty set.
pub fn items(text: &str, rules: &CellRules) -> SetState {
    let text = text.trim();
    if let Some(reason) = missing(text, rules) {
        return SetState::Missing(reason);
    }
    if text.eq_ignore_ascii_case("none") {
        return SetState::Items(Items::default());
    }
    let delimiter = if text.contains(ITEM) { Some(ITEM) } else { rules.variable.delimiter };
    let is_mixed = separators(rules).is_none() && is_mixed(text, delimiter);
    let mut set = Items { mixed_delimiters: is_mixed, ..Items::default() };
    for part in item_texts(text, rules) {
        if missing(part, rules).is_some() {
            set.missing_item = true;
            continue;
        }
        let item = shown(canonical(part, rules.variable), rules.variable);
        if set.items.iter().any(|known| *known == item) {
            set.repeated = true;
        } else {
            set.items.push(item.into_owned());
        }
    }
    set_or_missing(set)
}

fn set_or_missing(set: Items) -> SetState {
    if set.items.is_empty() { SetState::Missing(MissingReason::NotReported) } else { SetState::Items(set) }
}

fn is_mixed(text: &str, delimiter: Option<char>) -> bool {
    match delimiter {
        Some(';') => text.contains('|'),
        Some('|') => text.contains(';'),
        _ => false,
    }
}
