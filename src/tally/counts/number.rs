//! The counts of a number column: values, bounds, words in place of a value, and missing cells.

use super::maps::add_all;
use super::runs::Run;
use crate::cohort::Unreadable;
use crate::cohort::bare_number::BareNumber;
use crate::cohort::cell::{CellRules, CellState, Stated, number};
use crate::cohort::quantity::Quantity;
use crate::schema::lexical::Comparator;
use crate::schema::{MissingReason, Status};
use crate::stats::quantile::End;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A bound as a sortable key: comparator, numerator, twelfths, scale.
type CensoredKey = (Comparator, i128, bool, u8);

/// Counts of the cells of one number column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberCounts {
    /// Decimals by scale.
    runs: BTreeMap<u8, Run>,
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
        self.runs.entry(value.scale).or_default().add_many(value.digits, cells);
    }

    /// Counts all values of a run of this scale.
    pub fn add_run(&mut self, scale: u8, run: Run) {
        if !run.is_empty() {
            self.runs.entry(scale).or_default().merge(run);
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
                match value.value.decimal() {
                    Some(decimal) => self.add_value(decimal.into(), cells),
                    None => *self.others.entry(value.value).or_default() += cells,
                }
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

    fn add_stated(&mut self, stated: Option<&Stated>, cells: u64) {
        if let Some(status) = stated.and_then(|stated| stated.status) {
            *self.stated.entry(status).or_default() += cells;
        }
    }

    /// The largest number of decimals of a value or bound, fractions of twelve excluded.
    pub fn decimals(&self) -> u8 {
        let runs = self.runs.keys().copied();
        let others = self.others.keys().filter(|value| !value.twelfths).map(|value| value.scale);
        let bounds = self.censored.keys().filter(|(_, _, twelfths, _)| !twelfths).map(|(_, _, _, scale)| *scale);
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
        let mut all: Vec<(Quantity, u64)> = self.others.iter().map(|(value, cells)| (*value, *cells)).collect();
        for (scale, run) in &self.runs {
            all.extend(run.iter().map(|(digits, cells)| (BareNumber { scale: *scale, digits }.quantity(), cells)));
        }
        let bounds = self.censored.keys().map(|(_, _, twelfths, scale)| (*twelfths, *scale));
        let parts = || all.iter().map(|(value, _)| (value.twelfths, value.scale)).chain(bounds.clone());
        let twelfths = parts().any(|(twelfths, _)| twelfths);
        let scale = parts().map(|(_, scale)| scale).max().unwrap_or(0);
        let decimals = parts().filter(|(twelfths, _)| !twelfths).map(|(_, scale)| scale).max().unwrap_or(0);
        let mut points: BTreeMap<i128, u64> = BTreeMap::new();
        let mut too_large = 0;
        for (value, cells) in all {
            match value.over(twelfths, scale) {
                Some(numerator) => *points.entry(numerator).or_default() += cells,
                None => too_large += cells,
            }
        }
        let mut censored = Vec::new();
        for ((comparator, numerator, its_twelfths, its_scale), cells) in &self.censored {
            let value = Quantity { numerator: *numerator, twelfths: *its_twelfths, scale: *its_scale };
            match value.over(twelfths, scale) {
                Some(numerator) => censored.push((*comparator, numerator, *cells)),
                None => too_large += cells,
            }
        }
        let denominator = 10_i128.pow(u32::from(scale)) * if twelfths { 12 } else { 1 };
        Distribution { points: points.into_iter().collect(), censored, denominator, decimals, too_large }
    }
}

/// Ends of intervals with their counts, in ascending order.
pub type Ends = Vec<(End, u64)>;

/// The values of a number column as integers over a common denominator, in ascending order, with their counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Distribution {
    /// Numerator and number of cells.
    pub points: Vec<(i128, u64)>,
    /// Comparator, numerator and number of cells of censored values.
    pub censored: Vec<(Comparator, i128, u64)>,
    /// The common denominator.
    pub denominator: i128,
    /// The largest number of decimals written.
    pub decimals: u8,
    /// Cells whose value is too large for the common denominator.
    pub too_large: u64,
}

impl Distribution {
    /// Number of known values.
    pub fn n(&self) -> u64 {
        self.points.iter().map(|(_, cells)| cells).sum()
    }

    /// Number of censored values.
    pub fn n_censored(&self) -> u64 {
        self.censored.iter().map(|(_, _, cells)| cells).sum()
    }

    /// The low and the high ends of all values, each sorted: `>1280` is (1280, ∞).
    pub fn ends(&self) -> (Ends, Ends) {
        let known = || self.points.iter().map(|(value, cells)| (End::At(*value), *cells));
        let is_upper = |comparator: &Comparator| matches!(comparator, Comparator::Above | Comparator::AtLeast);
        let censored = |low_end: bool| {
            self.censored.iter().map(move |(comparator, bound, cells)| match (is_upper(comparator), low_end) {
                (true, true) | (false, false) => (End::At(*bound), *cells),
                (true, false) => (End::Beyond, *cells),
                (false, true) => (End::Below, *cells),
            })
        };
        let mut lows: Ends = known().chain(censored(true)).collect();
        let mut highs: Ends = known().chain(censored(false)).collect();
        lows.sort_unstable();
        highs.sort_unstable();
        (lows, highs)
    }
}
