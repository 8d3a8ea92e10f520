//! Which means, quantiles and extremes are hidden.

use super::decide::{Decisions, Verdict};
use super::printed::{Key, Printed};
use super::view::Sight;
use crate::analyze::results::{Statistic, Value};
use crate::analyze::statistic::percentile;
use crate::stats::median_interval::median_interval;
use std::collections::BTreeMap;

/// Where the mean and the other moments of each variable are hidden.
#[derive(Debug, Default)]
pub(super) struct Moments<'r> {
    hidden: BTreeMap<&'r str, Vec<bool>>,
}

/// A mean and an SD of two values tell both.
fn least(k: u64) -> u64 {
    k.max(3)
}

impl<'r> Moments<'r> {
    /// Hides the moments of few values, and others so that no difference of sums is of few values either.
    pub fn new(printed: &Printed<'r>, decisions: &Decisions<'r>, k: u64) -> Moments<'r> {
        let mut moments = Moments::default();
        for variable in printed.variables.iter().copied() {
            if let Some(id) = printed.id(Key::new(variable, "N")) {
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
    pub fn hides(&self, row: &Statistic, column: usize, printed: &Printed<'_>, verdict: Verdict, k: u64) -> bool {
        let Some(id) = Key::at(row, "N").and_then(|key| printed.id(key)) else { return verdict.is_masked };
        let n = printed.values(id)[column];
        if printed.is_hidden(id, column) {
            return true;
        }
        let says_censored = matches!(row.value, Value::NotEstimable(_))
            && Key::at(row, "N_censored")
                .and_then(|key| printed.id(key))
                .is_some_and(|id| printed.is_hidden(id, column));
        let is_few = match Sort::of(row.name) {
            _ if n == 0 => false,
            Sort::Extreme => true,
            Sort::Moment => self.hidden.get(row.variable.as_deref().unwrap_or_default()).is_none_or(|at| at[column]),
            Sort::Quantile(beyond) => (n as f64) * beyond < k as f64,
            Sort::Rank => {
                let found = median_interval(n, row.conf_level.unwrap_or_default());
                found.is_some_and(|interval| interval.low_rank < k)
            }
            Sort::Other => verdict.is_masked,
        };
        // The items or lines a case has are counted by what is masked.
        let counts = |name| Key::at(row, name).and_then(|key| printed.id(key)).is_some();
        let is_sum = verdict.is_masked && (counts("n_items") || counts("n_lines"));
        says_censored || is_few || is_sum
    }
}

/// Where the moments of one variable are hidden; `id` is its number of values.
fn hidden(printed: &Printed<'_>, decisions: &Decisions<'_>, id: usize, least: u64) -> Vec<bool> {
    let values = printed.values(id);
    let is_few = |n: u64| n > 0 && n < least;
    let mut hidden: Vec<bool> =
        values.iter().enumerate().map(|(column, n)| is_few(*n) || printed.is_hidden(id, column)).collect();
    for view in &decisions.views {
        let n = view.values(values);
        let mut shown: Vec<(u64, usize)> = Vec::new();
        let mut unknown = 0;
        for (column, n) in view.columns.iter().zip(&n).skip(1) {
            match column.sight {
                Sight::Printed(number) if !hidden[number] => shown.push((*n, number)),
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

/// What a statistic tells of single values.
enum Sort {
    /// It is one.
    Extreme,
    /// It is made of all.
    Moment,
    /// It may be one, with this part of all values on its nearer side.
    Quantile(f64),
    /// It is the value of a rank, an end of the interval of the median.
    Rank,
    /// Something else.
    Other,
}

impl Sort {
    fn of(name: &str) -> Sort {
        match name {
            "min" | "max" => Sort::Extreme,
            "mean" | "sd" | "var" | "se" | "cv" | "geometric_mean" | "mean.low" | "mean.high" => Sort::Moment,
            "median" | "mad" => Sort::Quantile(0.5),
            "iqr" => Sort::Quantile(0.25),
            "median.low" | "median.high" => Sort::Rank,
            _ => match percentile(name).and_then(|(name, _)| name.strip_prefix('p')?.parse::<f64>().ok()) {
                Some(percent) => Sort::Quantile((percent / 100.0).min(1.0 - percent / 100.0)),
                None => Sort::Other,
            },
        }
    }
}
