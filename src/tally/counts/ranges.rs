//! Counts of laboratory values against their reference ranges.

use super::maps::add_all;
use crate::schema::Status;
use std::collections::BTreeMap;

/// Counts of the values of one lab against its range.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RangeCounts {
    /// Patients whose value is below, within or above their range.
    pub by_range: BTreeMap<Status, u64>,
    /// Patients with a value but no range for their age and sex.
    pub without_range: u64,
    /// Patients with a censored value that may be on either side of a limit.
    pub undecided: u64,
}

impl RangeCounts {
    pub(in crate::tally) fn count(&mut self, judged: RangeOutcome) {
        match judged {
            RangeOutcome::As(status) => *self.by_range.entry(status).or_default() += 1,
            RangeOutcome::WithoutRange => self.without_range += 1,
            RangeOutcome::Undecided => self.undecided += 1,
        }
    }

    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: RangeCounts) {
        add_all(&mut self.by_range, other.by_range);
        self.without_range += other.without_range;
        self.undecided += other.undecided;
    }
}

/// One value against its range.
#[derive(Clone, Copy)]
pub enum RangeOutcome {
    As(Status),
    WithoutRange,
    Undecided,
}
