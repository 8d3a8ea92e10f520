//! The formulas against other programs, certified values, hand values and laws.

mod adjust;
mod attainable;
mod change;
mod contingency;
mod decimal;
mod means;
mod median_interval;
mod moments;
mod proportion;
mod quantile;
mod rank;
mod rounding;
mod smd;
mod survival;

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::test_runner::Config;

/// How laws are tried: a failure is printed, and no file is left beside the sources.
fn laws() -> Config {
    Config { failure_persistence: None, ..Config::default() }
}

/// The rows of an oracle file, split at commas. Its first line names the program that made
/// it, its second the columns; a file with another number of rows is a failure.
fn oracle(text: &'static str, rows: usize) -> Vec<Vec<&'static str>> {
    let (provenance, table) = text.split_once('\n').expect("a first line");
    assert!(provenance.starts_with("# "), "the first line says what made the file");
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let found: Vec<_> = lines.inspect(|row| assert_eq!(row.len(), header.len(), "{row:?}")).collect();
    assert_eq!(found.len(), rows, "rows of the oracle file");
    found
}

/// Fails unless `found` is within a relative `tolerance` of `expected`; 0 is only 0.
fn assert_close(found: f64, expected: f64, tolerance: f64, what: &str) {
    let error = (found - expected).abs();
    assert!(error <= tolerance * expected.abs(), "{what}: {found:e}, expected {expected:e}");
}

fn number<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

fn ratio(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

/// Values with a count of 1 each, sorted, as numerators over 1000.
fn thousandths(values: &str) -> Vec<(i128, u64)> {
    let numerator = |text| calc_series::decimal::Decimal::parse(text).unwrap().numerator_over(3).unwrap();
    let mut points: Vec<_> = values.split(' ').map(|text| (numerator(text), 1)).collect();
    points.sort_unstable();
    points
}
