//! Which means, quantiles and extremes are hidden.
//!
//! A mean and an SD are exact: of few values, or of few different ones, they tell how many cases have each. They are
//! shown where every value of 1 to K - 1 cases could be that of another number of cases, all else that is shown being
//! the same; and so must it be for what groups have together that are not shown.

use super::counts::{CountKey, PrintedCounts};
use super::decide::{Decisions, VariableMasking};
use super::values::{ValueSource, VariableValues};
use super::view::{ColumnVisibility, SumColumn};
use crate::analyze::results::{ResultRow, ResultTable, Value};
use crate::analyze::statistic::{Discloses, Statistic};
use crate::stats::median_interval::median_interval;
use std::collections::{BTreeMap, BTreeSet};

/// Where the mean and the other moments of each variable are hidden.
#[derive(Debug, Default)]
pub(super) struct HiddenMoments<'r> {
    hidden: BTreeMap<ResultTable<&'r str>, Vec<bool>>,
    /// The variables of which some value is that of few cases.
    of_few: BTreeSet<ResultTable<&'r str>>,
}

/// A mean and an SD of two values tell both.
fn least(k: u64) -> u64 {
    k.max(3)
}

impl<'r> HiddenMoments<'r> {
    /// Hides the moments of few values, and others so that no difference of sums is of few values either.
    pub fn new(
        printed: &PrintedCounts<'r>,
        decisions: &Decisions<'r>,
        source: &ValueSource<'_>,
        k: u64,
    ) -> HiddenMoments<'r> {
        let mut moments = HiddenMoments::default();
        for table in printed.tables.iter().copied() {
            if let Some(id) = printed.id(CountKey::new(table, Statistic::N)) {
                let values = if let ResultTable::Own(variable) = table { source.of(variable, k) } else { None };
                moments.of_few.extend(values.as_ref().filter(|values| values.any_of_few()).map(|_| table));
                moments.hidden.insert(table, hidden(printed, decisions, id, (least(k), values)));
            }
        }
        moments
    }

    /// True where the moments of a variable are hidden in a column.
    pub fn hides_sum(&self, table: ResultTable<&str>, column: usize) -> bool {
        self.hidden.get(&table).is_some_and(|hidden| hidden[column])
    }

    /// True where some value of a variable is that of few cases.
    pub fn has_values_of_few(&self, table: ResultTable<&str>) -> bool {
        self.of_few.contains(&table)
    }

    /// True where a moment of a variable is hidden somewhere.
    pub fn hides_any(&self, table: ResultTable<&str>) -> bool {
        self.hidden.get(&table).is_some_and(|hidden| hidden.contains(&true))
    }

    /// True where a statistic of the values of a variable is hidden in a column.
    pub fn hides(
        &self,
        row: &ResultRow,
        column: usize,
        printed: &PrintedCounts<'_>,
        masking: VariableMasking,
        k: u64,
    ) -> bool {
        let Some(id) = CountKey::at(row, Statistic::N).and_then(|key| printed.id(key)) else {
            return masking.is_masked;
        };
        let n = printed.values(id)[column];
        if printed.is_hidden(id, column) {
            return true;
        }
        let says_censored = matches!(row.value, Value::NotEstimable(_))
            && CountKey::at(row, Statistic::Censored)
                .and_then(|key| printed.id(key))
                .is_some_and(|id| printed.is_hidden(id, column));
        let table = row.table.borrowed();
        let are_moments_hidden = || self.hidden.get(&table).is_none_or(|at| at[column]);
        // What the groups have that are hidden is a difference: its quantiles would tell more of it.
        let is_of_hidden_group = || column > 0 && are_moments_hidden();
        let is_few = match row.statistic.discloses() {
            _ if n == 0 => false,
            Discloses::OneValue => true,
            Discloses::AllValues => are_moments_hidden(),
            Discloses::Shape => are_moments_hidden() || self.has_values_of_few(table),
            Discloses::Quantile(hundredths) => {
                u128::from(n) * u128::from(hundredths) < u128::from(k) * 100 || is_of_hidden_group()
            }
            Discloses::Rank => {
                let found = median_interval(n, row.conf_level.unwrap_or_default());
                found.is_some_and(|interval| interval.low_rank < k) || is_of_hidden_group()
            }
            Discloses::Count
            | Discloses::SumOfCounts
            | Discloses::Share
            | Discloses::Comparison
            | Discloses::OfTest
            | Discloses::Probability
            | Discloses::JointProbability => masking.is_masked,
        };
        // The items or lines a case has are counted by what is masked.
        let counts = |statistic| CountKey::at(row, statistic).and_then(|key| printed.id(key)).is_some();
        let is_sum = masking.is_masked && (counts(Statistic::Items) || counts(Statistic::Lines));
        says_censored || is_few || is_sum
    }
}

/// Where the moments of one variable are hidden; `id` is its number of values.
fn hidden(
    printed: &PrintedCounts<'_>,
    decisions: &Decisions<'_>,
    id: usize,
    (least, values): (u64, Option<VariableValues>),
) -> Vec<bool> {
    let counts = printed.values(id);
    let is_few = |n: u64| n > 0 && n < least;
    let is_told = |(column, n): (usize, &u64)| {
        let is_open = || values.as_ref().is_none_or(|values| values.is_open(column));
        is_few(*n) || printed.is_hidden(id, column) || *n > 0 && !is_open()
    };
    let mut hidden: Vec<bool> = counts.iter().enumerate().map(is_told).collect();
    for view in &decisions.views {
        let n = view.values(counts);
        let mut shown: Vec<(u64, usize, &SumColumn)> = Vec::new();
        let (mut unknown, mut pool) = (0, Vec::new());
        for (column, n) in view.columns.iter().zip(&n).skip(1).filter(|(_, n)| **n > 0) {
            match column.visibility {
                ColumnVisibility::Printed(number) if !hidden[number] => shown.push((*n, number, column)),
                _ => {
                    unknown += n;
                    pool.push(column);
                }
            }
        }
        shown.sort_unstable_by_key(|(n, number, _)| (*n, *number));
        let mut shown = shown.into_iter();
        let is_told = |unknown: u64, pool: &[&SumColumn]| {
            let is_open = || values.as_ref().is_none_or(|values| values.is_pool_open(pool));
            is_few(unknown) || unknown > 0 && !is_open()
        };
        while !hidden[0] && is_told(unknown, &pool) {
            let Some((n, number, column)) = shown.next() else {
                hidden[0] = true;
                break;
            };
            hidden[number] = true;
            unknown += n;
            pool.push(column);
        }
    }
    hidden
}
