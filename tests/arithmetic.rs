//! Printed numbers, and whether they are possible together.

mod any_figures;
mod debit;
mod grim;
mod grimmer;
mod p_value;
mod printed;
mod proportion;
mod ratio;
mod rounding;
mod sample;
mod spread;

use calc_series::check::arithmetic::granularity::Granularity;
use calc_series::check::arithmetic::{Figure, Printed};
use calc_series::decimal::{Decimal, Exact, Rounding};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::test_runner::Config;

/// How laws are tried: a failure is printed, and no file is left beside the sources.
fn laws() -> Config {
    Config { failure_persistence: None, ..Config::default() }
}

fn figure(text: &str) -> Figure {
    Figure::new(Decimal::parse(text).expect("a number"))
}

fn printed(text: &str) -> Printed {
    Printed::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

fn ratio(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

fn steps(per_unit: u32) -> Granularity {
    Granularity::new(per_unit).expect("not 0")
}

/// The rows of an oracle file behind its two lines of provenance and columns.
fn oracle(text: &'static str, rows: usize) -> Vec<Vec<&'static str>> {
    assert!(text.starts_with("# "), "the first line says what made the file");
    let found: Vec<_> = text.lines().skip(2).map(|line| line.split(',').collect::<Vec<_>>()).collect();
    assert_eq!(found.len(), rows, "rows of the oracle file");
    found
}

/// The mean and the squared SD of values in steps.
fn mean_and_variance(values: &[i64], per_unit: u32) -> (BigRational, BigRational) {
    let n = i64::try_from(values.len()).expect("few");
    let (sum, squares) = (values.iter().sum::<i64>(), values.iter().map(|value| value * value).sum::<i64>());
    let step = i64::from(per_unit);
    (ratio(sum, n * step), ratio(n * squares - sum * sum, n * (n - 1).max(1) * step * step))
}

/// A value as it is printed, by one of the two roundings of which the nearest interval is made.
fn as_printed(value: &Exact, decimals: u32, is_even: bool) -> Figure {
    figure(&value.rounded_by(decimals, if is_even { Rounding::HalfEven } else { Rounding::HalfUp }))
}
