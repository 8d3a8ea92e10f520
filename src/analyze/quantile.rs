//! A quantile of a distribution, by the type and the arithmetic of the options.

use super::like::Arithmetic;
use super::options::Options;
use super::reason::Reason;
use super::results::Value;
use crate::decimal::{Exact, lowest_terms};
use crate::schema::lexical::Comparator;
use crate::stats::quantile::{OrderedIntervals, Probability, Quantile};
use crate::tally::counts::Distribution;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// The quantile of a distribution with these order statistics; exact, unless the options choose doubles.
pub(super) fn quantile_value(
    distribution: &Distribution,
    order: &OrderedIntervals,
    p: Probability,
    options: &Options,
) -> Value {
    let exact = || value_of(order.quantile(p, options.quantile), distribution);
    in_doubles(distribution, order, p, options).map_or_else(exact, Value::Real)
}

/// The double that another tool computes; none where the exact value is taken, and where a value is censored.
/// Checked: tests/oracle/like/tableone-r/pbc.csv, whose quartiles of `ast` are ties.
fn in_doubles(distribution: &Distribution, order: &OrderedIntervals, p: Probability, options: &Options) -> Option<f64> {
    if options.arithmetic == Arithmetic::Exact || !distribution.censored.is_empty() {
        return None;
    }
    let (lower, upper, weight) = order.known_neighbours(p, options.quantile)?;
    let double =
        |numerator: i128| Exact::Ratio(lowest_terms(numerator.into(), distribution.denominator.into())).to_f64();
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

/// A fraction of numerators in the unit of the values.
pub(super) fn over(value: BigRational, denominator: i128) -> BigRational {
    let (numerator, units) = value.into_raw();
    lowest_terms(numerator, units * denominator)
}

/// The result of a quantile: the value, the bound beyond which it is, or why there is none.
pub(super) fn value_of(quantile: Quantile, distribution: &Distribution) -> Value {
    let scaled = |value: BigRational| over(value, distribution.denominator);
    let end = |end: Option<BigRational>| end.map(|end| Exact::Ratio(scaled(end)));
    match quantile {
        Quantile::None => Value::NotEstimable(Reason::NoValue),
        Quantile::Exact(value) => Value::Exact(Exact::Ratio(scaled(value))),
        Quantile::Above(bound) => {
            let sign = sign(distribution, &bound, [Comparator::Above, Comparator::AtLeast]);
            Value::Censored(sign, Exact::Ratio(scaled(bound)))
        }
        Quantile::Below(bound) => {
            let sign = sign(distribution, &bound, [Comparator::Below, Comparator::AtMost]);
            Value::Censored(sign, Exact::Ratio(scaled(bound)))
        }
        Quantile::Undetermined { low, high } => {
            let decimals = distribution.decimals;
            Value::NotEstimable(Reason::CensoredBetween { low: end(low), high: end(high), decimals })
        }
    }
}

/// `>` where a value beyond this very bound was censored with `>`, else `>=`; likewise downwards.
fn sign(distribution: &Distribution, bound: &BigRational, [strict, loose]: [Comparator; 2]) -> Comparator {
    let at = |comparator| {
        distribution
            .censored
            .iter()
            .any(|(c, n, _)| *c == comparator && BigRational::from_integer((*n).into()) == *bound)
    };
    if at(strict) && !at(loose) { strict } else { loose }
}
