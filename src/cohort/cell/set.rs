//! Cells of a column of several items.

use super::level::canonical;
use super::rules::{CellRules, is_no, missing};
use super::split::item_texts;
use super::state::{Items, SetState};
use crate::cohort::deidentify::word as shown;
use crate::read::block::ITEM;
use crate::schema::MissingReason;
use crate::schema::lexical::outside_brackets;
use crate::schema::no_items::{SaidOfItem, denies, said_of_item, says_none};

/// Reads a cell of a set column: items are trimmed, each is kept once; `none` or `keine` alone is an empty
/// set, and so is a blank cell where it means no. An item that a patient does not have is left out: `no cough`,
/// `cough (-)`; `cough (+)` is the item, and `cough?` stays as it is written.
pub fn items(text: &str, rules: &CellRules) -> SetState {
    let text = text.trim();
    if let Some(reason) = missing(text, rules) {
        return SetState::Missing(reason);
    }
    let variable = rules.variable;
    if is_no(text, variable) {
        return SetState::Items(Items::default());
    }
    // A list that came as one is no word.
    let is_word = !text.contains(ITEM) && !variable.declares(text);
    if text.eq_ignore_ascii_case("none") || is_word && says_none(text, variable.reading.asked) {
        return SetState::Items(Items::default());
    }
    let delimiter = if text.contains(ITEM) { Some(ITEM) } else { rules.variable.delimiter };
    let is_mixed = rules.variable.reading.split.is_none() && is_mixed(text, delimiter);
    let mut set = Items { mixed_delimiters: is_mixed, ..Items::default() };
    for part in item_texts(text, rules) {
        if missing(part, rules).is_some() {
            set.missing_item = true;
            continue;
        }
        // The items of several columns are their headers.
        let is_written = variable.members.is_empty() && !variable.declares(part);
        if is_written && (denies(part) || says_none(part, variable.reading.asked)) {
            set.denied_item = true;
            continue;
        }
        let said = if is_written { said_of_item(part) } else { SaidOfItem::Nothing };
        let name = match said {
            SaidOfItem::Absent => {
                set.denied_item = true;
                continue;
            }
            SaidOfItem::Present(name) => name,
            SaidOfItem::Nothing | SaidOfItem::InDoubt => part,
        };
        set.doubted_item |= said == SaidOfItem::InDoubt;
        let item = shown(canonical(name, rules.variable), rules.variable);
        if set.items.iter().any(|known| *known == item) {
            set.repeated = true;
        } else {
            set.items.push(item.into_owned());
        }
    }
    set_or_missing(set)
}

fn set_or_missing(set: Items) -> SetState {
    if set.items.is_empty() && !set.denied_item {
        SetState::Missing(MissingReason::NotReported)
    } else {
        SetState::Items(set)
    }
}

fn is_mixed(text: &str, delimiter: Option<char>) -> bool {
    match delimiter {
        Some(';') => outside_brackets(text, '|').next().is_some(),
        Some('|') => outside_brackets(text, ';').next().is_some(),
        _ => false,
    }
}
