//! GRIM: whether a printed mean is possible for n values of a granularity.
#![expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow, and divisors are not 0")]

use super::granularity::Granularity;
use super::rounding::RoundingInterval;
use super::{Consistency, Judgement, first_way};
use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// The first and the last sum, in steps, that gives a mean in an interval.
/// Formula: the whole numbers T with T/(n·k) in the interval, k steps to a unit. None where
/// there is none, and for n = 0.
pub fn sums(mean: &RoundingInterval, n: u64, granularity: Granularity) -> Option<(BigInt, BigInt)> {
    let steps = granularity.steps_of(n);
    if steps.is_zero() { None } else { mean.times(&BigRational::from_integer(steps)).integers() }
}

/// The chance that GRIM finds a mean of random digits impossible.
/// Formula: max(0, 1 − n·k/10^d). Units: in [0, 1].
pub fn power(n: u64, granularity: Granularity, decimals: u8) -> BigRational {
    let figures = num_traits::pow(BigInt::from(10), usize::from(decimals));
    let power = BigRational::one() - BigRational::new(granularity.steps_of(n), figures);
    if power.is_negative() { BigRational::zero() } else { power }
}

/// Whether n values of a granularity can have the mean. A percentage is judged as
/// [`Figure::of_percent`].
/// Reference: Brown & Heathers 2017, doi:10.1177/1948550616673876.
/// Checked: the published example sets and by exact fractions, tests/oracle/arithmetic_grim.csv
pub fn judge(mean: Figure, n: u64, granularity: Granularity) -> Judgement {
    if n == 0 {
        return Judgement::inconsistent("0 cases have no mean");
    }
    if power(n, granularity, mean.decimals()).is_zero() {
        return Judgement::new(
            Consistency::NotInformative,
            format!("{n} {granularity} can have any mean with {} decimals", mean.decimals()),
        );
    }
    Judgement::of(
        first_way(|read_as| sums(&read_as(mean), n, granularity)),
        |range| format!("{n} {granularity} with a sum of {} have a mean of {mean}", granularity.range_in_units(&range)),
        || impossible(mean, n, granularity),
    )
}

/// The sentence on an impossible mean, with the possible means next to it.
fn impossible(mean: Figure, n: u64, granularity: Granularity) -> String {
    let steps = granularity.steps_of(n);
    let below = (mean.value() * &steps).floor().to_integer();
    let gives = |sum: &BigInt| {
        let nearest = Exact::Ratio(BigRational::new(sum.clone(), steps.clone())).rounded(u32::from(mean.decimals()));
        format!("a sum of {} gives {nearest}", granularity.in_units(sum))
    };
    let above = &below + BigInt::one();
    let what = if n == 1 {
        format!("one value of {granularity} is never")
    } else {
        format!("no {n} {granularity} have a mean of")
    };
    format!("{what} {mean}: {}, {}", gives(&below), gives(&above))
}
