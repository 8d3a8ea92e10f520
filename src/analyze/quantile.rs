//! A quantile of a distribution, by the type and in the numbers of the run.

use super::Options;
use super::like::Arithmetic;
use super::results::Value;
use super::summary::value_of;
use crate::decimal::Exact;
use crate::stats::quantile::{Probability, neighbours, quantile_of_intervals};
use crate::tally::counts::{Distribution, Ends};
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// The quantile of a distribution whose low and high ends are these; exact, unless the run computes in doubles.
pub(super) fn quantile_value(
    distribution: &Distribution,
    (lows, highs): &(Ends, Ends),
    p: Probability,
    options: &Options,
) -> Value {
    let exact = || value_of(quantile_of_intervals(lows, highs, p, options.quantile), distribution);
    in_doubles(distribution, p, options).map_or_else(exact, Value::Real)
}

/// The double that another tool computes. None where it is the exact value, and where a value is censored.
/// Checked: tests/oracle/like/tableone-r/pbc.csv, whose quartiles of `ast` are ties.
fn in_doubles(distribution: &Distribution, p: Probability, options: &Options) -> Option<f64> {
    if options.arithmetic == Arithmetic::Exact || !distribution.censored.is_empty() {
        return None;
    }
    let (lower, upper, weight) = neighbours(&distribution.points, p, options.quantile)?;
    let double =
        |numerator: i128| Exact::Ratio(BigRational::new(numerator.into(), distribution.denominator.into())).to_f64();
    let (a, b, weight) = (double(lower), double(upper), weight.to_f64()?);
    match options.arithmetic {
        _ if lower == upper => None,
        Arithmetic::Exact => None,
        Arithmetic::R if p == Probability::MEDIAN => Some((a + b) / 2.0),
        Arithmetic::R => Some((1.0 - weight) * a + weight * b),
        Arithmetic::NumPy if weight < 0.5 => Some(a + (b - a) * weight),
        Arithmetic::NumPy => Some(b - (b - a) * (1.0 - weight)),
    }
}
