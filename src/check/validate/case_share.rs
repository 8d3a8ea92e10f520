//! How many cases have a property, and which.

use super::case_view::CaseView;
use crate::diagnostic::first_names;

/// Most cases named in one sentence.
const NAMED: usize = 20;

/// The first cases with a property, by number, with their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirstCases(Vec<(u64, String)>);

impl FirstCases {
    /// Adds a case, unless there are as many as wanted; a thread meets the cases in order.
    pub fn add(&mut self, case: &CaseView<'_>, most: usize) {
        if self.0.len() < most {
            self.0.push((case.case.number(), case.case.id()));
        }
    }

    /// Adds those of another thread.
    pub fn absorb(&mut self, other: FirstCases, most: usize) {
        self.0.extend(other.0);
        self.0.sort();
        self.0.truncate(most);
    }

    /// Their number.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Their ids in order.
    pub fn ids(&self) -> Vec<&str> {
        self.0.iter().map(|(_, id)| id.as_str()).collect()
    }
}

/// How many of the examined cases have a property, with the ids of the first cases with and without it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseShare {
    /// Cases with the property.
    pub with: u64,
    /// Cases examined.
    pub of: u64,
    with_ids: FirstCases,
    without_ids: FirstCases,
}

impl CaseShare {
    /// Counts one case.
    pub fn add(&mut self, has_it: bool, case: &CaseView<'_>) {
        self.of = self.of.saturating_add(1);
        self.with = self.with.saturating_add(u64::from(has_it));
        let ids = if has_it { &mut self.with_ids } else { &mut self.without_ids };
        ids.add(case, NAMED);
    }

    /// Adds the cases that another thread has counted.
    pub fn absorb(&mut self, other: CaseShare) {
        self.with = self.with.saturating_add(other.with);
        self.of = self.of.saturating_add(other.of);
        self.with_ids.absorb(other.with_ids, NAMED);
        self.without_ids.absorb(other.without_ids, NAMED);
    }

    /// True where every case has the property.
    pub fn is_full(&self) -> bool {
        self.with == self.of
    }

    /// `3/5 (not P1, P4)` or `1/5 (P3)`: the smaller of the two groups is named.
    pub fn words(&self) -> String {
        let without = self.of.saturating_sub(self.with);
        let share = format!("{}/{}", self.with, self.of);
        match (self.with, without) {
            (0, _) | (_, 0) => share,
            _ if self.with < without => format!("{share} ({})", first_names(&self.with_ids.ids(), self.with)),
            _ => format!("{share} (not {})", first_names(&self.without_ids.ids(), without)),
        }
    }
}
