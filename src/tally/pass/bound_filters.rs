//! The filter and the conditions of a pass, with the levels that occurred.

use super::plan::Plan;
use crate::cohort::filter::{BoundFilter, FilterFault, Panel};

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

    /// A level that the filter names but no case has.
    pub fn no_such_level(&self) -> Option<FilterFault> {
        self.keep.as_ref().and_then(|keep| keep.check_levels().err())
    }

    /// The same for a condition, with its number.
    pub fn no_such_level_of(&self, plan: &Plan<'_>) -> Option<(usize, FilterFault)> {
        let (index, fault) = self.panel.as_ref()?.check_levels().err()?;
        let number = plan.conditions.as_ref().and_then(|put| put.groups.get(index)).map(|(number, _)| *number);
        Some((number.unwrap_or(index), fault))
    }
}
