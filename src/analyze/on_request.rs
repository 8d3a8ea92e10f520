//! Statistics of a number that are computed only where a template or a selector names them.

use super::Options;
use super::change::ChangeStatistic;
use super::method::Method;
use super::quantile::{over, quantile_value};
use super::reason::Reason;
use super::results::{Context, Value};
use super::rows::Rows;
use super::statistic::Statistic;
use crate::decimal::Exact;
use crate::stats::moments::{Moments, geometric_mean};
use crate::stats::quantile::{OrderedIntervals, median_absolute_deviation};
use crate::tally::counts::Distribution;
use num_rational::BigRational;

/// What is known of a distribution when these statistics are computed.
pub struct KnownDistribution {
    /// Its order statistics, those of the requested percentiles among them.
    pub order: OrderedIntervals,
    /// Its moments.
    pub moments: Moments,
    /// Why the statistics that need every value are not estimable, if they are not.
    pub hidden: Option<Reason>,
}

/// Appends the statistics that the options request.
pub fn rows(rows: &mut Rows<'_, '_>, context: Context, distribution: &Distribution, known: &KnownDistribution) {
    let options = rows.options();
    for statistic in rows.requested() {
        // Appended with the number of cases not reported.
        if statistic == Statistic::ProportionMissing {
            continue;
        }
        let found = match (ChangeStatistic::of(statistic), &known.hidden) {
            (Some(change), None) => change.value(distribution, &known.moments, options),
            _ => of(statistic, distribution, known, options).map(|value| (value, method(statistic, options))),
        };
        let (value, method) = found.unwrap_or_else(|reason| {
            let no_value = distribution.n() + distribution.n_censored() == 0;
            (Value::NotEstimable(if no_value { Reason::NoValue } else { reason }), method(statistic, options))
        });
        match (statistic, method) {
            (Statistic::HodgesLehmannLow | Statistic::HodgesLehmannHigh, Some(method)) => {
                rows.limit(context, statistic, value, method);
            }
            (_, method) => rows.push(context, statistic, value, method),
        }
    }
}

fn method(statistic: Statistic, options: &Options) -> Option<Method> {
    match statistic {
        Statistic::Variance | Statistic::StandardError | Statistic::CoefficientOfVariation => Some(Method::SampleSd),
        Statistic::Percentile(_) | Statistic::InterquartileRange => Some(Method::Quantile(options.quantile)),
        Statistic::HodgesLehmann | Statistic::HodgesLehmannLow | Statistic::HodgesLehmannHigh => {
            Some(Method::HodgesLehmann)
        }
        _ => None,
    }
}

/// The value of a statistic.
///
/// Errors: the reason why it is not estimable although there are values.
fn of(
    statistic: Statistic,
    distribution: &Distribution,
    known: &KnownDistribution,
    options: &Options,
) -> Result<Value, Reason> {
    let KnownDistribution { order, moments, hidden } = known;
    let denominator = distribution.denominator;
    let scaled = |value: BigRational| Value::Exact(Exact::Ratio(over(value, denominator)));
    match statistic {
        Statistic::Percentile(percentile) => {
            return Ok(quantile_value(distribution, order, percentile.probability(), options));
        }
        Statistic::InterquartileRange => {
            let width = order.interquartile_range(options.quantile);
            return width.map(scaled).ok_or(Reason::CensoredQuartile);
        }
        _ => {}
    }
    if let Some(reason) = hidden {
        return Ok(Value::NotEstimable(reason.clone()));
    }
    let exact = |value: Option<Exact>, reason| value.map(Value::Exact).ok_or(reason);
    match statistic {
        Statistic::Sum if moments.n() > 0 => Ok(Value::Exact(Exact::Ratio(moments.sum()))),
        Statistic::Variance => exact(moments.variance().map(Exact::Ratio), Reason::OneValueSpread),
        Statistic::StandardError => exact(moments.se(), Reason::OneValueSpread),
        Statistic::CoefficientOfVariation if distribution.n() > 1 => exact(moments.cv(), Reason::MeanIsZero),
        Statistic::GeometricMean => {
            geometric_mean(distribution.points(), denominator).map(Value::Real).ok_or(Reason::NotPositive)
        }
        Statistic::MedianDeviation => {
            median_absolute_deviation(distribution.points()).map(scaled).ok_or(Reason::OneValueSpread)
        }
        // Every other statistic is always computed.
        _ => Err(Reason::OneValueSpread),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Kind;

    /// A statistic that is declared and not computed would have no value.
    #[test]
    fn every_statistic_on_request_has_a_value() {
        let distribution = Distribution::of_whole([1, 2, 4, 8, 16, 32, 64].map(|value| (value, 1)));
        let order = distribution.order_statistics((1..=7).collect());
        let known = KnownDistribution { order, moments: Moments::of(distribution.points(), 1), hidden: None };
        let is_asked = |s: &Statistic| s.is_on_request() && s.is_of(Kind::Number) && *s != Statistic::ProportionMissing;
        let of_numbers = Statistic::all().filter(is_asked);
        for statistic in of_numbers {
            let options = Options::default();
            let value = match ChangeStatistic::of(statistic) {
                Some(change) => change.value(&distribution, &known.moments, &options).map(|(value, _)| value),
                None => of(statistic, &distribution, &known, &options),
            };
            assert!(matches!(value, Ok(Value::Exact(_) | Value::Real(_))), "{statistic}: {value:?}");
        }
    }
}
