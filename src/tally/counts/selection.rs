//! How many cases a filter or a condition selects, and which.

use super::maps::add_all;
use crate::cohort::filter::Truth;
use crate::cohort::row::CaseRow;
use std::collections::BTreeMap;

/// Most cases that are kept by name for each answer: the first ones of the file.
pub const MOST_NAMED: usize = 20;

/// The cases a filter keeps, excludes and cannot decide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterCounts {
    /// Cases for which it is true.
    pub kept: u64,
    /// Cases for which it is false.
    pub excluded: u64,
    /// Cases for which it is unknown, by the variables that leave it open.
    pub unknown: BTreeMap<Vec<String>, u64>,
}

impl FilterCounts {
    /// Adds the counts of another part of the cases.
    pub fn merge(&mut self, other: FilterCounts) {
        self.kept += other.kept;
        self.excluded += other.excluded;
        add_all(&mut self.unknown, other.unknown);
    }
}

/// How many cases satisfy a condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConditionCounts {
    /// Cases for which it is true.
    pub holds: NamedCases,
    /// Cases for which it is false.
    pub fails: u64,
    /// Cases for which it is unknown.
    pub unknown: NamedCases,
}

/// A number of cases, with the names of the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedCases {
    /// How many.
    pub cases: u64,
    /// Number and id of the first [`MOST_NAMED`] of them, in the order of the file.
    pub first: Vec<(u64, String)>,
}

impl NamedCases {
    pub(in crate::tally) fn add(&mut self, here: CaseRow<'_>) {
        self.cases += 1;
        if self.first.len() < MOST_NAMED {
            self.first.push((here.block.row_number(here.row), here.case_name().as_str().to_owned()));
        }
    }

    /// Adds the cases of another part of the file.
    pub fn merge(&mut self, other: &NamedCases) {
        self.cases += other.cases;
        self.first.extend(other.first.iter().cloned());
        self.first.sort_unstable();
        self.first.truncate(MOST_NAMED);
    }

    /// True where all of them are known by name.
    pub fn is_complete(&self) -> bool {
        self.cases == self.first.len() as u64
    }

    /// The ids of the first cases.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.first.iter().map(|(_, id)| id.as_str())
    }
}

impl ConditionCounts {
    pub(in crate::tally) fn add(&mut self, answer: Truth, here: CaseRow<'_>) {
        match answer {
            Truth::True => self.holds.add(here),
            Truth::False => self.fails += 1,
            Truth::Unknown => self.unknown.add(here),
        }
    }

    pub(in crate::tally) fn add_all(&mut self, answer: Truth, met: &NamedCases) {
        match answer {
            Truth::True => self.holds.merge(met),
            Truth::False => self.fails += met.cases,
            Truth::Unknown => self.unknown.merge(met),
        }
    }

    /// Adds the cases of another part of the file.
    pub fn merge(&mut self, other: &ConditionCounts) {
        self.holds.merge(&other.holds);
        self.fails += other.fails;
        self.unknown.merge(&other.unknown);
    }
}
