//! The part of the cases whose statistics are appended: all cases, one group, or those of a condition.

use super::Options;
use super::results::{Group, ResultRow, Results};
use crate::cohort::filter::level_condition;
use crate::schema::Variable;
use std::sync::Arc;

/// The counts of one variable in a part of the cases, and in all of them.
///
/// The counts of all cases decide which levels are shown, in which order and with how many decimals, so that every
/// part of a table has the same rows.
#[derive(Debug)]
pub struct PartCounts<'c, T> {
    /// Of the part.
    pub counts: &'c T,
    /// Of all cases.
    pub all: &'c T,
}

impl<T> Clone for PartCounts<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for PartCounts<'_, T> {}

/// Appends the statistics of a part of the cases to the results.
pub struct PartStatistics<'a> {
    results: &'a mut Results,
    /// The conventions of the run.
    pub options: &'a Options,
}

impl<'a> PartStatistics<'a> {
    /// All cases.
    pub fn all(results: &'a mut Results, options: &'a Options) -> PartStatistics<'a> {
        results.begin(None, "");
        PartStatistics { results, options }
    }

    /// The cases of a group, made by these variables.
    pub fn group(
        results: &'a mut Results,
        options: &'a Options,
        by: &[&Variable],
        group: Arc<Group>,
    ) -> PartStatistics<'a> {
        let condition = format!(" | {}", condition(by, &group));
        results.begin(Some(group), &condition);
        PartStatistics { results, options }
    }

    /// The cases that satisfy a condition.
    pub fn condition(results: &'a mut Results, options: &'a Options, condition: &str) -> PartStatistics<'a> {
        results.begin(None, &format!(" | {condition}"));
        PartStatistics { results, options }
    }

    /// The comparisons of the groups.
    pub fn comparison(results: &'a mut Results, options: &'a Options) -> PartStatistics<'a> {
        results.begin_comparison();
        PartStatistics { results, options }
    }

    /// The same with other conventions.
    pub fn with<'s>(&'s mut self, options: &'s Options) -> PartStatistics<'s> {
        PartStatistics { results: self.results, options }
    }

    /// All statistics so far.
    pub fn results(&mut self) -> &mut Results {
        self.results
    }

    /// Appends a statistic.
    pub fn push(&mut self, statistic: ResultRow) {
        self.results.push(statistic);
    }
}

/// The filter that selects the cases of a group: `etiology = 'idiopathic' AND sex IS NULL`.
fn condition(by: &[&Variable], group: &Group) -> String {
    let all = by.iter().zip(&group.levels).map(|(variable, (_, level))| level_condition(variable, level.as_deref()));
    all.collect::<Vec<_>>().join(" AND ")
}
