//! Statistics of a number that are computed only where a template or a selector names them.

use super::Options;
use super::method::Method;
use super::quantile::quantile_value;
use super::reason::Reason;
use super::results::{Context, Value};
use super::rows::Rows;
use super::statistic::Statistic;
use crate::decimal::Exact;
use crate::stats::moments::{Moments, geometric_mean};
use crate::stats::quantile::{interquartile_range, median_absolute_deviation};
use crate::tally::counts::Distribution;
use num_bigint::BigInt;
use num_rational::BigRational;

/// Appends the statistics that the options request; `hidden` is the reason why those that need every value are not
/// estimable, if any.
pub fn rows(rows: &mut Rows<'_, '_>, context: Context, distribution: &Distribution, hidden: &Option<Reason>) {
    let options = rows.options();
    for statistic in options.on_request.iter().copied() {
        let method = match statistic {
            // Appended with the number of cases not reported.
            Statistic::ProportionMissing => continue,
            Statistic::Variance | Statistic::StandardError | Statistic::CoefficientOfVariation => {
                Some(Method::SampleSd)
            }
            Statistic::Percentile(_) | Statistic::InterquartileRange => Some(Method::Quantile(options.quantile)),
            _ => None,
        };
        let value = of(statistic, distribution, hidden, options).unwrap_or_else(|reason| {
            let no_value = distribution.n() + distribution.n_censored() == 0;
            Value::NotEstimable(if no_value { Reason::NoValue } else { reason })
        });
        rows.push(context, statistic, value, method);
    }
}

/// The value of a statistic.
///
/// Errors: the reason why it is not estimable although there are values.
fn of(
    statistic: Statistic,
    distribution: &Distribution,
    hidden: &Option<Reason>,
    options: &Options,
) -> Result<Value, Reason> {
    let (points, denominator) = (&distribution.points, distribution.denominator);
    let scaled = |numerator: BigRational| {
        Value::Exact(Exact::Ratio(numerator / BigRational::from_integer(BigInt::from(denominator))))
    };
    match statistic {
        Statistic::Percentile(percentile) => {
            return Ok(quantile_value(distribution, &distribution.ends(), percentile.probability(), options));
        }
        Statistic::InterquartileRange => {
            let (lows, highs) = distribution.ends();
            let width = interquartile_range(&lows, &highs, options.quantile);
            return width.map(scaled).ok_or(Reason::CensoredQuartile);
        }
        _ => {}
    }
    if let Some(reason) = hidden {
        return Ok(Value::NotEstimable(reason.clone()));
    }
    let moments = Moments::of(points, denominator);
    let exact = |value: Option<Exact>, reason| value.map(Value::Exact).ok_or(reason);
    match statistic {
        Statistic::Sum if moments.n() > 0 => Ok(Value::Exact(Exact::Ratio(moments.sum()))),
        Statistic::Variance => exact(moments.variance().map(Exact::Ratio), Reason::OneValueSpread),
        Statistic::StandardError => exact(moments.se(), Reason::OneValueSpread),
        Statistic::CoefficientOfVariation if distribution.n() > 1 => exact(moments.cv(), Reason::MeanIsZero),
        Statistic::GeometricMean => geometric_mean(points, denominator).map(Value::Real).ok_or(Reason::NotPositive),
        Statistic::MedianDeviation => median_absolute_deviation(points).map(scaled).ok_or(Reason::OneValueSpread),
        // Every other statistic is always computed.
        _ => Err(Reason::OneValueSpread),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A statistic that is declared and not computed would have no value.
    #[test]
    fn every_statistic_on_request_has_a_value() {
        let points = [1, 2, 4, 8, 16].map(|value| (value, 1)).to_vec();
        let distribution = Distribution { points, denominator: 1, ..Distribution::default() };
        let of_numbers = Statistic::all().filter(|s| s.is_on_request() && *s != Statistic::ProportionMissing);
        for statistic in of_numbers {
            let value = of(statistic, &distribution, &None, &Options::default());
            assert!(matches!(value, Ok(Value::Exact(_) | Value::Real(_))), "{statistic}: {value:?}");
        }
    }
}
