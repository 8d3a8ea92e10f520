//! How many cases have a property, and which.

use super::case_view::CaseView;
use crate::diagnostic::first_names;

/// Most cases named in one sentence.
const NAMED: usize = 20;

/// How many of the examined cases have a property, with the ids of the first cases with and without it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseShare {
    /// Cases with the property.
    pub with: u64,
    /// Cases examined.
    pub of: u64,
    with_ids: Vec<String>,
    without_ids: Vec<String>,
}

impl CaseShare {
    /// Counts one case.
    pub fn add(&mut self, has_it: bool, case: &CaseView<'_>) {
        self.of = self.of.saturating_add(1);
        self.with = self.with.saturating_add(u64::from(has_it));
        let ids = if has_it { &mut self.with_ids } else { &mut self.without_ids };
        if ids.len() < NAMED {
            ids.push(case.case.id());
        }
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
            _ if self.with < without => format!("{share} ({})", first_names(&self.with_ids, self.with)),
            _ => format!("{share} (not {})", first_names(&self.without_ids, without)),
        }
    }
}
