//! The tally of a set column: patients with each item, items a patient, combinations.

use super::level::MOST_LEVELS;
use crate::cohort::cell::{CellRules, Items, SetState, items};
use crate::schema::Reason;
use std::collections::BTreeMap;

/// Counts of the cells of a set column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetCounts {
    /// Patients with each item.
    pub items: BTreeMap<String, u64>,
    /// Patients with each number of items.
    pub sizes: BTreeMap<i128, u64>,
    /// Patients with each combination, its items in the order of the alphabet.
    pub combinations: BTreeMap<Vec<String>, u64>,
    /// Cells without a set, by reason.
    pub missing: BTreeMap<Reason, u64>,
    /// Cells of combinations beyond the limit.
    pub combinations_beyond: u64,
    /// Mentions of items beyond the limit.
    pub beyond: u64,
}

impl SetCounts {
    /// Counts `cells` cells of one text, and gives what was read.
    pub fn add(&mut self, text: &str, cells: u64, rules: &CellRules<'_>) -> Option<Items> {
        let mut set = match items(text, rules) {
            SetState::Missing(reason) => {
                *self.missing.entry(reason).or_default() += cells;
                return None;
            }
            SetState::Items(set) => set,
        };
        for item in &set.items {
            if !super::add_within(&mut self.items, item, cells, MOST_LEVELS) {
                self.beyond += cells;
            }
        }
        *self.sizes.entry(set.items.len() as i128).or_default() += cells;
        set.items.sort_unstable();
        if !super::add_within(&mut self.combinations, &set.items, cells, MOST_LEVELS) {
            self.combinations_beyond += cells;
        }
        Some(set)
    }

    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: SetCounts) {
        super::add_all(&mut self.items, other.items);
        super::add_all(&mut self.sizes, other.sizes);
        super::add_all(&mut self.combinations, other.combinations);
        super::add_all(&mut self.missing, other.missing);
        self.combinations_beyond += other.combinations_beyond;
        self.beyond += other.beyond;
        self.beyond += super::cut_to(&mut self.items, MOST_LEVELS);
        self.combinations_beyond += super::cut_to(&mut self.combinations, MOST_LEVELS);
    }

    /// Patients with a set, an empty one included.
    pub fn known(&self) -> u64 {
        self.sizes.values().sum()
    }
}
