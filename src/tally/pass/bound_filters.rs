//! The filter and the conditions of a pass, with the levels that occurred.

use super::plan::Plan;
use crate::cohort::filter::{BoundFilter, FilterFault, Panel};
use std::collections::{BTreeMap, BTreeSet};

/// Words of the cells of each column, by its header.
pub type Spellings = BTreeMap<String, BTreeSet<String>>;

/// The filter and the conditions, with the levels that occurred.
#[derive(Default)]
pub struct BoundFilters<'a> {
    pub keep: Option<BoundFilter<'a>>,
    pub panel: Option<Panel<'a>>,
}

impl BoundFilters<'_> {
    /// Adds the levels that another thread has met.
    pub fn absorb(&mut self, other: &BoundFilters<'_>) {
        if let (Some(ours), Some(theirs)) = (&mut self.keep, &other.keep) {
            ours.absorb(theirs);
        }
        if let (Some(ours), Some(theirs)) = (&mut self.panel, &other.panel) {
            ours.absorb(theirs);
        }
    }

    /// The words of the cells that the filter and the conditions name in other capitals, by the header of their column.
    pub fn spellings(&self) -> Spellings {
        let mut found = Spellings::new();
        let of_filter = self.keep.iter().flat_map(BoundFilter::spellings);
        for (header, word) in of_filter.chain(self.panel.iter().flat_map(Panel::spellings)) {
            found.entry(header.to_owned()).or_default().insert(word);
        }
        found
    }

    /// A level that the filter names but no case has.
    pub fn no_such_level(&self) -> Option<FilterFault> {
        self.keep.as_ref().and_then(|keep| keep.check_levels().err())
    }

    /// The same for the conditions, each with its number.
    pub fn no_such_level_of(&self, plan: &Plan<'_>) -> Vec<(usize, FilterFault)> {
        let faults = self.panel.as_ref().map(Panel::level_faults).unwrap_or_default();
        let number =
            |index: usize| plan.conditions.as_ref().and_then(|put| put.groups.get(index)).map(|(number, _)| *number);
        faults.into_iter().map(|(index, fault)| (number(index).unwrap_or(index), fault)).collect()
    }
}
