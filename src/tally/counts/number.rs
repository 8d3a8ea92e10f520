//! The counts of a number column: values, bounds, words in place of a value, and missing cells.

use super::distribution::Distribution;
use super::maps::add_all;
use super::runs::Run;
use crate::cohort::Unreadable;
use crate::cohort::bare_number::BareNumber;
use crate::cohort::cell::{CellRules, CellState, Stated, number};
use crate::cohort::quantity::{Quantity, common_parts};
use crate::schema::lexical::Comparator;
use crate::schema::{MissingReason, Status};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A bound as a sortable key: comparator, numerator, parts, scale.
type CensoredKey = (Comparator, i128, u64, u8);

/// Counts of the cells of one number column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberCounts {
    /// Decimals, by their number of decimals, ascending: a map of one entry would take a kilobyte of a wide file's every
    /// column.
    runs: Vec<(u8, Run)>,
    /// Parts such as twelfths, and what has too many digits for a run.
    others: FxHashMap<Quantity, u64>,
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
    /// Counts `cells` cells with this value.
    pub fn add_value(&mut self, value: BareNumber, cells: u64) {
        self.run(value.scale).add_many(value.digits, cells);
    }

    fn run(&mut self, scale: u8) -> &mut Run {
        let at = self.runs.partition_point(|(before, _)| *before < scale);
        if self.runs.get(at).is_none_or(|(found, _)| *found != scale) {
            self.runs.reserve_exact(1);
            self.runs.insert(at, (scale, Run::default()));
        }
        &mut self.runs[at].1
    }

    /// Counts many values, those of one scale ascending one after the other.
    pub fn add_values(&mut self, values: impl Iterator<Item = (BareNumber, u64)>) {
        let mut values = values.peekable();
        while let Some(scale) = values.peek().map(|(value, _)| value.scale) {
            let of_scale = std::iter::from_fn(|| values.next_if(|(value, _)| value.scale == scale));
            self.add_run(scale, Run::of_sorted(of_scale.map(|(value, cells)| (value.digits, cells))));
        }
    }

    /// Counts all values of a run of this scale.
    pub fn add_run(&mut self, scale: u8, run: Run) {
        if !run.is_empty() {
            self.run(scale).merge(run);
        }
    }

    /// Counts `cells` cells with this text; returns the reason if it cannot be read.
    pub fn add(&mut self, text: &str, cells: u64, rules: &CellRules<'_>) -> Option<Unreadable> {
        self.add_state(number(text, rules), cells)
    }

    /// Counts `cells` cells of this content; returns the reason if they cannot be read.
    pub fn add_state(&mut self, state: CellState, cells: u64) -> Option<Unreadable> {
        match state {
            CellState::Value(value) => {
                self.add_quantity(value.value, cells);
                self.add_stated(value.stated.as_ref(), cells);
            }
            CellState::Censored { comparator, value, stated } => {
                let bound = (comparator, value.numerator, value.parts, value.scale);
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

    fn add_quantity(&mut self, value: Quantity, cells: u64) {
        match value.decimal() {
            Some(decimal) => self.add_value(decimal.into(), cells),
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
        self.runs.iter_mut().for_each(|(_, run)| run.settle());
    }

    /// The largest number of decimals of a value or bound, other parts than tenths excluded.
    pub fn decimals(&self) -> u8 {
        let runs = self.runs.iter().map(|(scale, _)| *scale);
        let others = self.others.keys().filter(|value| value.parts == 1).map(|value| value.scale);
        let bounds = self.censored.keys().filter(|(_, _, parts, _)| *parts == 1).map(|(_, _, _, scale)| *scale);
        runs.chain(others).chain(bounds).max().unwrap_or(0)
    }

    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: NumberCounts) {
        other.runs.into_iter().for_each(|(scale, run)| self.add_run(scale, run));
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
        let bounds = self.censored.keys().map(|(_, _, parts, scale)| (*parts, *scale));
        let runs = self.runs.iter().map(|(scale, _)| (1_u64, *scale));
        let listed = || self.others.keys().map(|value| (value.parts, value.scale));
        let denominators = || listed().chain(runs.clone()).chain(bounds.clone());
        let parts = denominators().fold(1, |common, (parts, _)| common_parts(common, parts).unwrap_or(common));
        let scale = denominators().map(|(_, scale)| scale).max().unwrap_or(0);
        let denominator = 10_i128.pow(u32::from(scale)) * i128::from(parts);
        let mut distribution = Distribution::over(denominator, self.decimals());
        let mut numerators = Vec::new();
        // The numerators are sorted afterwards.
        #[allow(clippy::iter_over_hash_type)]
        for (value, cells) in &self.others {
            match value.over(parts, scale) {
                Some(numerator) => numerators.push((numerator, *cells)),
                None => distribution.too_large += cells,
            }
        }
        distribution.list(numerators);
        for (its_scale, run) in &self.runs {
            distribution.add_run(run, plain(1, *its_scale).over(parts, scale));
        }
        for ((comparator, numerator, its_parts, its_scale), cells) in &self.censored {
            let value = Quantity { numerator: *numerator, parts: *its_parts, scale: *its_scale };
            match value.over(parts, scale) {
                Some(numerator) => distribution.censored.push((*comparator, numerator, *cells)),
                None => distribution.too_large += cells,
            }
        }
        distribution
    }
}

fn plain(digits: i64, scale: u8) -> Quantity {
    Quantity { numerator: i128::from(digits), parts: 1, scale }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelfths_decimals_and_whole_numbers_are_walked_in_order() {
        let mut counts = NumberCounts::default();
        counts.add_quantity(Quantity { numerator: 30, parts: 12, scale: 0 }, 2);
        counts.add_quantity(plain(25, 1), 1);
        counts.add_quantity(plain(2, 0), 1);
        counts.add_quantity(Quantity { numerator: i128::from(i64::MAX) + 1, parts: 1, scale: 0 }, 1);
        let mut twice = counts.clone();
        twice.merge(counts.clone());
        assert_eq!(counts.distribution().points().collect::<Vec<_>>()[..2], [(240, 1), (300, 3)]);
        assert_eq!((twice.distribution().n(), twice.distribution().denominator), (10, 120));
        assert_ne!(twice, counts);
    }
}
