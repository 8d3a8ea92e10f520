//! Which means, quantiles and extremes are hidden.

use super::counts::{CountKey, PrintedCounts};
use super::decide::{Decisions, VariableMasking};
use super::view::ColumnVisibility;
use crate::analyze::results::{ResultRow, Value};
use crate::analyze::statistic::{Discloses, Statistic};
use crate::stats::median_interval::median_interval;
use std::collections::BTreeMap;

/// Where the mean and the other moments of each variable are hidden.
#[derive(Debug, Default)]
pub(super) struct HiddenMoments<'r> {
    hidden: BTreeMap<&'r str, Vec<bool>>,
}

/// A mean and an SD of two values tell both.
fn least(k: u64) -> u64 {
    k.max(3)
}

impl<'r> HiddenMoments<'r> {
    /// Hides the moments of few values, and others so that no difference of sums is of few values either.
    pub fn new(printed: &PrintedCounts<'r>, decisions: &Decisions<'r>, k: u64) -> HiddenMoments<'r> {
        let mut moments = HiddenMoments::default();
        for variable in printed.variables.iter().copied() {
            if let Some(id) = printed.id(CountKey::new(variable, Statistic::N)) {
                moments.hidden.insert(variable, hidden(printed, decisions, id, least(k)));
            }
        }
        moments
    }

    /// True where a moment of a variable is hidden somewhere.
    pub fn hides_any(&self, variable: &str) -> bool {
        self.hidden.get(variable).is_some_and(|hidden| hidden.contains(&true))
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
        let is_few = match row.statistic.discloses() {
            _ if n == 0 => false,
            Discloses::OneValue => true,
            Discloses::AllValues => {
                self.hidden.get(row.variable.as_deref().unwrap_or_default()).is_none_or(|at| at[column])
            }
            Discloses::Quantile(hundredths) => u128::from(n) * u128::from(hundredths) < u128::from(k) * 100,
            Discloses::Rank => {
                let found = median_interval(n, row.conf_level.unwrap_or_default());
                found.is_some_and(|interval| interval.low_rank < k)
            }
            Discloses::Count | Discloses::Share | Discloses::Comparison => masking.is_masked,
        };
        // The items or lines a case has are counted by what is masked.
        let counts = |statistic| CountKey::at(row, statistic).and_then(|key| printed.id(key)).is_some();
        let is_sum = masking.is_masked && (counts(Statistic::Items) || counts(Statistic::Lines));
        says_censored || is_few || is_sum
    }
}

/// Where the moments of one variable are hidden; `id` is its number of values.
fn hidden(printed: &PrintedCounts<'_>, decisions: &Decisions<'_>, id: usize, least: u64) -> Vec<bool> {
    let values = printed.values(id);
    let is_few = |n: u64| n > 0 && n < least;
    let mut hidden: Vec<bool> =
        values.iter().enumerate().map(|(column, n)| is_few(*n) || printed.is_hidden(id, column)).collect();
    for view in &decisions.views {
        let n = view.values(values);
        let mut shown: Vec<(u64, usize)> = Vec::new();
        let mut unknown = 0;
        for (column, n) in view.columns.iter().zip(&n).skip(1) {
            match column.visibility {
                ColumnVisibility::Printed(number) if !hidden[number] => shown.push((*n, number)),
                _ => unknown += n,
            }
        }
        shown.sort_unstable();
        let mut shown = shown.into_iter().filter(|(n, _)| *n > 0);
        while is_few(unknown) && !hidden[0] {
            let (n, number) = shown.next().unwrap_or((least, 0));
            hidden[number] = true;
            unknown += n;
        }
    }
    hidden
}
