//! The counts of a number column: values, bounds, words in place of a value, and missing cells.

use super::dense::Dense;
use super::distribution::Distribution;
use super::maps::add_all;
use super::runs::Run;
use crate::cohort::Unreadable;
use crate::cohort::cell::{CellRules, CellState, Stated, number};
use crate::cohort::quantity::Quantity;
use crate::cohort::top_code;
use crate::schema::lexical::Comparator;
use crate::schema::{MissingReason, Status, Variable};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A bound as a sortable key: comparator, numerator, twelfths, scale.
type CensoredKey = (Comparator, i128, bool, u8);

/// Counts of the cells of one number column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberCounts {
    /// Short plain decimals.
    pub dense: Dense,
    /// All other decimals, by their number of decimals.
    runs: BTreeMap<u8, Run>,
    /// Twelfths, and what has too many digits for a run.
    others: FxHashMap<Quantity, u64>,
    /// Number of plain decimals too wide for the arrays; they are counted in `runs`.
    pub wide: u64,
    censored: BTreeMap<CensoredKey, u64>,
    /// Cells with a word in place of a value, by word.
    pub stated_only: BTreeMap<String, u64>,
    /// Cells by the status they state, beside a value or in place of one.
    pub stated: BTreeMap<Status, u64>,
    /// Cells without a value, by reason.
    pub missing: BTreeMap<MissingReason, u64>,
    /// Cells that are not a number of this column.
    pub unreadable: u64,
}

impl NumberCounts {
    /// Counts one plain number `digits / 10^scale` that is too wide for the arrays.
    #[cold]
    pub fn add_wide(&mut self, digits: u32, scale: usize) {
        self.runs.entry(scale as u8).or_default().add(i64::from(digits));
        self.wide += 1;
    }

    /// Counts `cells` cells with this text; returns the reason if it cannot be read.
    pub fn add(&mut self, text: &str, cells: u64, rules: &CellRules<'_>) -> Option<Unreadable> {
        match number(text, rules) {
            CellState::Value(value) => {
                self.add_value(value.value, cells);
                self.add_stated(value.stated.as_ref(), cells);
            }
            CellState::Censored { comparator, value, stated } => {
                let bound = (comparator, value.numerator, value.twelfths, value.scale);
                *self.censored.entry(bound).or_default() += cells;
                self.add_stated(stated.as_ref(), cells);
            }
            CellState::StatedOnly(stated) => {
                *self.stated_only.entry(stated.word.to_lowercase()).or_default() += cells;
                self.add_stated(Some(&stated), cells);
            }
            CellState::Missing(reason) => *self.missing.entry(reason).or_default() += cells,
            CellState::Unreadable(why) => {
                self.unreadable += cells;
                return Some(why);
            }
        }
        None
    }

    fn add_value(&mut self, value: Quantity, cells: u64) {
        match value.decimal() {
            Some(decimal) => self.runs.entry(value.scale).or_default().add_many(decimal.mantissa(), cells),
            None => *self.others.entry(value).or_default() += cells,
        }
    }

    fn add_stated(&mut self, stated: Option<&Stated>, cells: u64) {
        if let Some(status) = stated.and_then(|stated| stated.status) {
            *self.stated.entry(status).or_default() += cells;
        }
    }

    /// Sorts the wide values, so that no later look at them does it again. Clones of settled counts share them.
    pub fn settle(&mut self) {
        self.runs.values_mut().for_each(Run::settle);
    }

    /// Counts ages that may not be shown as lying above the last one that may; see [`top_code`].
    ///
    /// Cells that were read one by one were so counted at once; this is for plain decimals. It is called once the part
    /// is complete.
    pub fn top_code(&mut self, variable: &Variable) {
        self.settle();
        let bound_of = |value| top_code::bound(variable, None, value);
        let greatest = self.runs.iter().filter_map(|(scale, run)| Some(plain(run.extent()?.1, *scale)));
        let values = greatest.chain(self.listed().map(|(value, _)| value));
        let Some(bound) = values.filter_map(bound_of).next() else { return };
        let mut cells = self.dense.take(|digits, scale| bound_of(plain(digits.into(), scale)).is_some());
        for (scale, run) in &mut self.runs {
            let last = bound.over(false, *scale).and_then(|last| i64::try_from(last).ok()).unwrap_or(i64::MAX);
            cells += run.take_outside(i64::MIN, last).map(|(_, cells)| cells).sum::<u64>();
        }
        self.runs.retain(|_, run| !run.is_empty());
        self.others.retain(|value, count| {
            let is_over = bound_of(*value).is_some();
            cells += if is_over { *count } else { 0 };
            !is_over
        });
        let key = (Comparator::Above, bound.numerator, bound.twelfths, bound.scale);
        *self.censored.entry(key).or_default() += cells;
    }

    /// The largest number of decimals of a value or bound, fractions of twelve excluded.
    pub fn decimals(&self) -> u8 {
        let dense = self.dense.iter().map(|(_, scale, _)| scale);
        let others = self.others.keys().filter(|value| !value.twelfths).map(|value| value.scale);
        let bounds = self.censored.keys().filter(|(_, _, twelfths, _)| !twelfths).map(|(_, _, _, scale)| *scale);
        dense.chain(others).chain(bounds).chain(self.runs.keys().copied()).max().unwrap_or(0)
    }

    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: NumberCounts) {
        self.dense.merge(&other.dense);
        self.wide += other.wide;
        for (scale, run) in other.runs {
            self.runs.entry(scale).or_default().merge(run);
        }
        // The order of a hash map does not change a sum.
        #[allow(clippy::iter_over_hash_type)]
        for (value, cells) in other.others {
            *self.others.entry(value).or_default() += cells;
        }
        add_all(&mut self.censored, other.censored);
        add_all(&mut self.stated_only, other.stated_only);
        add_all(&mut self.stated, other.stated);
        add_all(&mut self.missing, other.missing);
        self.unreadable += other.unreadable;
    }

    /// The values as integers over a common denominator.
    pub fn distribution(&self) -> Distribution {
        let bounds = self.censored.keys().map(|(_, _, twelfths, scale)| (*twelfths, *scale));
        let runs = self.runs.keys().map(|scale| (false, *scale));
        let listed = || self.listed().map(|(value, _)| (value.twelfths, value.scale));
        let parts = || listed().chain(runs.clone()).chain(bounds.clone());
        let twelfths = parts().any(|(twelfths, _)| twelfths);
        let scale = parts().map(|(_, scale)| scale).max().unwrap_or(0);
        let denominator = 10_i128.pow(u32::from(scale)) * if twelfths { 12 } else { 1 };
        let mut distribution = Distribution::over(denominator, self.decimals());
        let mut numerators = Vec::new();
        for (value, cells) in self.listed() {
            match value.over(twelfths, scale) {
                Some(numerator) => numerators.push((numerator, cells)),
                None => distribution.too_large += cells,
            }
        }
        distribution.list(numerators);
        for (its_scale, run) in &self.runs {
            distribution.add_run(run, plain(1, *its_scale).over(twelfths, scale));
        }
        for ((comparator, numerator, its_twelfths, its_scale), cells) in &self.censored {
            let value = Quantity { numerator: *numerator, twelfths: *its_twelfths, scale: *its_scale };
            match value.over(twelfths, scale) {
                Some(numerator) => distribution.censored.push((*comparator, numerator, *cells)),
                None => distribution.too_large += cells,
            }
        }
        distribution
    }

    /// The values that are not in a run, with their counts, in any order.
    fn listed(&self) -> impl Iterator<Item = (Quantity, u64)> {
        let others = self.others.iter().map(|(value, cells)| (*value, *cells));
        others.chain(self.dense.iter().map(|(digits, scale, cells)| (plain(digits.into(), scale), cells)))
    }
}

fn plain(digits: i64, scale: u8) -> Quantity {
    Quantity { numerator: i128::from(digits), twelfths: false, scale }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Role;

    #[test]
    fn long_decimals_are_top_coded_at_each_scale() {
        let mut variable = Variable::new("age");
        (variable.role, variable.is_deidentified) = (Role::Age, true);
        let mut counts = NumberCounts::default();
        for (digits, scale) in [(8_900_001, 5), (8_900_000, 5), (90_123_456, 6)] {
            counts.add_wide(digits, scale);
        }
        counts.top_code(&variable);
        let distribution = counts.distribution();
        assert_eq!((counts.decimals(), distribution.denominator), (5, 100_000));
        assert_eq!(distribution.points().collect::<Vec<_>>(), [(8_900_000, 1)]);
        assert_eq!(distribution.censored, [(Comparator::Above, 8_900_000, 2)]);
    }

    #[test]
    fn twelfths_decimals_and_whole_numbers_are_walked_in_order() {
        let mut counts = NumberCounts::default();
        counts.add_value(Quantity { numerator: 30, twelfths: true, scale: 0 }, 2);
        counts.add_value(plain(25, 1), 1);
        counts.add_value(plain(2, 0), 1);
        counts.add_value(Quantity { numerator: i128::from(i64::MAX) + 1, twelfths: false, scale: 0 }, 1);
        let mut twice = counts.clone();
        twice.merge(counts.clone());
        assert_eq!(counts.distribution().points().collect::<Vec<_>>()[..2], [(240, 1), (300, 3)]);
        assert_eq!((twice.distribution().n(), twice.distribution().denominator), (10, 120));
        assert_ne!(twice, counts);
    }
}
