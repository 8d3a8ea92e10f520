//! Cells of a column of several items.

use super::level::canonical;
use super::rules::{CellRules, missing};
use super::state::{Items, SetState};
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
    let mut set = Items { mixed_delimiters: is_mixed(text, delimiter), ..Items::default() };
    for part in parts(text, delimiter) {
        if missing(part, rules).is_some() {
            set.missing_item = true;
            continue;
        }
        let item = canonical(part, rules.variable);
        if set.items.iter().any(|known| known == item) {
            set.repeated = true;
        } else {
            set.items.push(item.to_owned());
        }
    }
    set.comma_list = matches!(set.items.as_slice(), [only] if delimiter != Some(ITEM) && only.contains(", "));
    set_or_missing(set)
}

fn set_or_missing(set: Items) -> SetState {
    if set.items.is_empty() { SetState::Missing(MissingReason::NotReported) } else { SetState::Items(set) }
}

/// The trimmed parts of a text that are not empty.
fn parts(text: &str, delimiter: Option<char>) -> impl Iterator<Item = &str> {
    text.split(move |c| Some(c) == delimiter).map(str::trim).filter(|part| !part.is_empty())
}

fn is_mixed(text: &str, delimiter: Option<char>) -> bool {
    match delimiter {
        Some(';') => text.contains('|'),
        Some('|') => text.contains(';'),
        _ => false,
    }
}
