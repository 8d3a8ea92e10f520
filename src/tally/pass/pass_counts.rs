//! The counts of a pass: of all columns, for all cases and for each group.

use super::groups::GroupKey;
use super::ids::Ids;
use super::last_row::LastRow;
use super::last_totals::LastTotals;
use crate::diagnostic::Findings;
use crate::schema::Kind;
use crate::tally::counts::{ConditionCounts, Counts, FilterCounts, RangeCounts};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The counts of one group of cases, by the index of the variable.
#[derive(Default)]
pub struct GroupParts {
    pub cases: u64,
    pub columns: Vec<Option<Counts>>,
    pub ranges: Vec<Option<RangeCounts>>,
}

impl GroupParts {
    /// Takes the counts of one column; they are empty for a group without cases.
    pub fn take_counts(&mut self, index: usize, kind: Kind) -> Counts {
        self.columns.get_mut(index).and_then(Option::take).unwrap_or_else(|| Counts::none(kind))
    }

    fn merge(&mut self, other: GroupParts) {
        self.cases += other.cases;
        for (ours, theirs) in self.columns.iter_mut().zip(other.columns) {
            merge_met(ours, theirs, Counts::merge);
        }
        for (ours, theirs) in self.ranges.iter_mut().zip(other.ranges) {
            merge_met(ours, theirs, RangeCounts::merge);
        }
    }
}

/// Merges counts that one of two threads may not have.
fn merge_met<T>(ours: &mut Option<T>, theirs: Option<T>, merge: impl FnOnce(&mut T, T)) {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => merge(ours, theirs),
        (ours @ None, theirs) => *ours = theirs,
        (Some(_), None) => {}
    }
}

/// The merged counts of all threads.
#[derive(Default)]
pub struct PassCounts {
    pub columns: Vec<Option<Counts>>,
    pub ranges: Vec<Option<RangeCounts>>,
    pub groups: BTreeMap<GroupKey, GroupParts>,
    pub filtered: FilterCounts,
    /// The counts of each condition.
    pub judged: BTreeMap<usize, ConditionCounts>,
    /// There are more groups in one thread than there may be.
    pub too_many_groups: bool,
    pub ids: Vec<Ids>,
    pub findings: Findings,
    /// Rows that are totals if the input ends with them.
    pub totals: LastTotals,
    /// The row that is met last.
    pub last_row: Option<LastRow>,
}

impl PassCounts {
    pub fn merge(&mut self, other: PassCounts) {
        for (ours, theirs) in self.columns.iter_mut().zip(other.columns) {
            merge_met(ours, theirs, Counts::merge);
        }
        for (ours, theirs) in self.ranges.iter_mut().zip(other.ranges) {
            merge_met(ours, theirs, RangeCounts::merge);
        }
        for (key, theirs) in other.groups {
            match self.groups.entry(key) {
                Entry::Vacant(entry) => drop(entry.insert(theirs)),
                Entry::Occupied(mut entry) => entry.get_mut().merge(theirs),
            }
        }
        self.filtered.merge(other.filtered);
        self.judged.values_mut().zip(other.judged.values()).for_each(|(ours, theirs)| ours.merge(theirs));
        self.too_many_groups |= other.too_many_groups;
        self.ids.extend(other.ids);
        self.findings.merge(other.findings);
        self.totals.merge(other.totals);
        self.last_row = match (self.last_row.take(), other.last_row) {
            (Some(ours), Some(theirs)) => Some(ours.later(theirs)),
            (ours, theirs) => ours.or(theirs),
        };
    }
}
