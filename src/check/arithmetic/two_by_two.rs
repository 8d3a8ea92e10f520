//! The p of a two by two table by every test that is in use for it.

use super::rounding::RoundingInterval;
use super::{Consistency, Judgement};
use crate::check::printed::Figure;
use crate::decimal::{Exact, Rounding};
use crate::schema::lexical::Comparator;
use crate::stats::contingency::{chi_squared, chi_squared_corrected, fisher_exact};

/// Cases of a table up to which its p is computed.
const MOST_CASES: u64 = 1_000_000;

/// A test of a two by two table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TwoByTwoTest {
    /// Pearson, without correction.
    ChiSquared,
    /// The same with the correction of Yates.
    ChiSquaredCorrected,
    /// Fisher, two-sided.
    Fisher,
}

impl TwoByTwoTest {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            TwoByTwoTest::ChiSquared => "Pearson's chi-squared test",
            TwoByTwoTest::ChiSquaredCorrected => "the same with Yates' correction",
            TwoByTwoTest::Fisher => "Fisher's exact test",
        }
    }
}

/// The two-sided p of `first` of `all` against `other` of `rest`, by each test that has one.
///
/// Formula, errors and source: [`chi_squared`], [`chi_squared_corrected`], [`fisher_exact`]. Empty where a margin is 0.
pub fn two_by_two(first: (u64, u64), other: (u64, u64)) -> Vec<(TwoByTwoTest, f64)> {
    let row = |(n, of): (u64, u64)| vec![n, of.saturating_sub(n)];
    let table = [row(first), row(other)];
    let tests = [
        (TwoByTwoTest::ChiSquared, chi_squared(&table)),
        (TwoByTwoTest::ChiSquaredCorrected, chi_squared_corrected(&table)),
        (TwoByTwoTest::Fisher, fisher_exact(&table)),
    ];
    tests.into_iter().filter_map(|(test, result)| Some((test, result.ok()?.p))).collect()
}

/// Two fractions with the p that is printed for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintedTwoByTwo {
    /// The first fraction, n of N.
    pub first: (u64, u64),
    /// The other one.
    pub other: (u64, u64),
    /// The sign before the p; none for an equals sign.
    pub comparator: Option<Comparator>,
    /// The p.
    pub p: Figure,
}

impl PrintedTwoByTwo {
    /// Whether one of the tests in use gives the p. None where a part is larger than its whole, a margin is 0, or the
    /// table is too large.
    pub fn judge(&self) -> Option<Judgement> {
        let ((a, m), (b, n)) = (self.first, self.other);
        if a > m || b > n || m.saturating_add(n) > MOST_CASES {
            return None;
        }
        let given = two_by_two(self.first, self.other);
        if given.is_empty() {
            return None;
        }
        let is_given = |(_, value): &&(TwoByTwoTest, f64)| self.is_printed(*value);
        let fitting: Vec<&str> = given.iter().filter(is_given).map(|(test, _)| test.name()).collect();
        if !fitting.is_empty() {
            let sentence = format!("{a} of {m} and {b} of {n} give it by {}", fitting.join(" and "));
            return Some(Judgement::new(Consistency::Consistent, sentence));
        }
        let values: Vec<String> = given.iter().map(|(test, p)| format!("{}: {}", test.name(), shown(*p))).collect();
        let values = values.join(", ");
        Some(Judgement::inconsistent(format!("p of {a} of {m} and {b} of {n} is not {} ({values})", self.p)))
    }

    /// True where a p can be printed like this.
    fn is_printed(&self, value: f64) -> bool {
        let Some(value) = Exact::from_f64(value) else { return false };
        let printed = self.p.exact().to_f64();
        match self.comparator {
            None => RoundingInterval::nearest(self.p).contains(&value),
            Some(Comparator::Below | Comparator::AtMost) => value.to_f64() <= printed,
            Some(Comparator::Above | Comparator::AtLeast) => value.to_f64() >= printed,
        }
    }
}

fn shown(p: f64) -> String {
    Exact::from_f64(p).map_or_else(String::new, |p| p.rounded_to_significant(2, Rounding::HalfUp))
}
