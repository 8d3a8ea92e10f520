//! The p of a two by two table by every test that is in use for it.

use crate::stats::contingency::{chi_squared, chi_squared_corrected, fisher_exact};

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
