//! A quantile of a distribution, by the type and the arithmetic of the options.

use super::like::Arithmetic;
use super::options::Options;
use super::reason::Reason;
use super::results::Value;
use crate::decimal::{Exact, lowest_terms};
use crate::schema::lexical::Comparator;
use crate::stats::quantile::{OrderedIntervals, Probability, Quantile};
use crate::tally::counts::Distribution;
use num_bigint::BigInt;
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
        // The median of an even number is a mean for R, even of two equal values.
        Arithmetic::R if p == Probability::MEDIAN && distribution.n().is_multiple_of(2) => Some((a + b) / 2.0),
        _ if lower == upper => None,
        Arithmetic::Exact => None,
        Arithmetic::R => Some((1.0 - weight) * a + weight * b),
        Arithmetic::NumPy if weight < 0.5 => Some(a + (b - a) * weight),
        Arithmetic::NumPy => Some(b - (b - a) * (1.0 - weight)),
    }
}

/// The mean that another tool computes from the doubles of the values: their exact sum, rounded where the tool rounds; none
/// where the exact mean is taken. The order in which NumPy adds is not imitated.
/// Formula: R rounds Σx/n once, from sums in 64 bits or more; NumPy rounds Σx, then the quotient.
/// Checked: R 4.2.2 values, tests/oracle/mean_r.csv
pub(super) fn mean_in_doubles(distribution: &Distribution, arithmetic: Arithmetic) -> Option<f64> {
    if arithmetic == Arithmetic::Exact || distribution.n() == 0 {
        return None;
    }
    let double =
        |numerator: i128| Exact::Ratio(lowest_terms(numerator.into(), distribution.denominator.into())).to_f64();
    let sum: BigRational = distribution
        .points()
        .filter_map(|(numerator, count)| Some(BigRational::from_float(double(numerator))? * BigInt::from(count)))
        .sum();
    match arithmetic {
        Arithmetic::Exact => None,
        Arithmetic::R => (sum / BigInt::from(distribution.n())).to_f64(),
        Arithmetic::NumPy => Some(sum.to_f64()? / distribution.n() as f64),
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

#[cfg(test)]
mod tests {
    use super::{Arithmetic, Distribution, mean_in_doubles};
    use crate::decimal::{Decimal, Exact, Rounding};

    #[test]
    fn means_in_doubles_are_those_of_r_and_print_as_there() {
        let mut rows = 0;
        for line in include_str!("../../tests/oracle/mean_r.csv").lines().skip(2) {
            let cells: Vec<&str> = line.split(',').collect();
            let [values, mean, one, two] = cells[..] else { panic!("{line}") };
            let numerator = |text: &str| Decimal::parse(text).unwrap().numerator_over(3).unwrap();
            let whole = values.split(' ').map(|value| (numerator(value), 1));
            let mut distribution = Distribution::of_whole(whole);
            distribution.denominator = 1000;
            let found = mean_in_doubles(&distribution, Arithmetic::R).unwrap();
            assert_eq!(found, mean.parse::<f64>().unwrap(), "{line}");
            let printed = |decimals| Exact::from_f64(found).unwrap().rounded_by(decimals, Rounding::Binary);
            assert_eq!([printed(1).as_str(), printed(2).as_str()], [one, two], "{line}");
            assert_eq!(mean_in_doubles(&distribution, Arithmetic::Exact), None);
            assert!(
                (mean_in_doubles(&distribution, Arithmetic::NumPy).unwrap() - found).abs()
                    <= f64::EPSILON * found.abs()
            );
            rows += 1;
        }
        assert_eq!(rows, 19);
    }
}
