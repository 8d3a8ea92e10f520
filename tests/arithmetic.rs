//! What a report prints, and whether its numbers can stand together.

mod printed;
mod rounding;

use calc_series::check::printed::{Figure, Printed};
use calc_series::decimal::Decimal;
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
