//! The items of the checklist of completeness (C01 to C26), and whether they are satisfied.
//!
//! What an item asks for, its number and the items of CARE, PROCESS, JBI and IHE it covers are in
//! `diagnostic/catalogue.toml`, with the checks that are not on the checklist.

use super::fields::ColumnFields;
use crate::diagnostic::{ChecklistItem, FindingId};

/// Whether an item of the checklist is satisfied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    /// Everything it asks for is there.
    Satisfied,
    /// Something is missing.
    NotSatisfied,
    /// The series has nothing it applies to.
    NotApplicable,
    /// It needs the report, which `validate` does not read.
    NotCheckedHere,
}

impl ItemState {
    /// The words used in reports.
    pub fn words(self) -> &'static str {
        match self {
            ItemState::Satisfied => "satisfied",
            ItemState::NotSatisfied => "not satisfied",
            ItemState::NotApplicable => "not applicable",
            ItemState::NotCheckedHere => "not checked here",
        }
    }
}

/// The result of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemResult {
    /// The id of its findings.
    pub id: FindingId,
    /// The item.
    pub item: &'static ChecklistItem,
    /// Whether it is satisfied.
    pub state: ItemState,
    /// What was found, in words.
    pub found: String,
}

/// What the rules conclude after the last case.
#[derive(Debug, Default)]
pub struct Conclusions {
    /// The results of the items, in any order.
    pub results: Vec<ItemResult>,
    /// How complete each column is.
    pub fields: ColumnFields,
}

impl Conclusions {
    /// Adds the result of an item; a check that is not on the checklist adds nothing.
    pub fn add(&mut self, check: FindingId, state: ItemState, found: impl Into<String>) {
        if let Some(item) = check.item() {
            self.results.push(ItemResult { id: check, item, state, found: found.into() });
        }
    }

    /// Adds the result of an item that applies.
    pub fn judge(&mut self, check: FindingId, is_satisfied: bool, found: impl Into<String>) {
        let state = if is_satisfied { ItemState::Satisfied } else { ItemState::NotSatisfied };
        self.add(check, state, found);
    }
}

/// The items by number, completed by those that need the report.
pub fn in_order(mut conclusions: Conclusions) -> Vec<ItemResult> {
    for check in [FindingId::DenominatorsNotChecked, FindingId::ResponsesNotCompared] {
        conclusions.add(check, ItemState::NotCheckedHere, "compares the report with its records: calc-series check");
    }
    conclusions.results.sort_by_key(|result| result.item.number);
    conclusions.results
}
