//! Statistics of numbers that are computed only where a template names them.

use super::quantile::quantile_value;
use super::results::{Context, Value};
use super::rows::Rows;
use super::statistic::percentile;
use crate::decimal::Exact;
use crate::stats::moments::{Moments, geometric_mean};
use crate::stats::quantile::{interquartile_range, median_absolute_deviation};
use crate::tally::number::Distribution;
use num_bigint::BigInt;
use num_rational::BigRational;
use std::borrow::Cow;

/// True for a statistic that is computed only where a template or a selector names it.
pub fn is_on_request(name: &str) -> bool {
    let always = ["median", "p25", "p75"];
    let is_percentile = percentile(name).is_some() && !always.contains(&name);
    is_percentile || ["p_miss", "sum", "var", "se", "cv", "geometric_mean", "mad", "iqr"].contains(&name)
}

/// Appends the statistics that the run asks for; `hidden` says why those that need every value have no answer.
pub fn rows(rows: &mut Rows<'_, '_>, context: Context, distribution: &Distribution, hidden: &Option<String>) {
    let options = rows.options();
    // The share of cases not reported stands beside their number.
    for name in options.on_request.iter().filter(|name| **name != "p_miss") {
        let method = match *name {
            "var" | "se" | "cv" => Some(Cow::Borrowed("sample SD, divisor N - 1")),
            "geometric_mean" | "mad" | "sum" => None,
            _ => Some(Cow::Owned(options.quantile.to_string())),
        };
        let value = match percentile(name) {
            Some((_, probability)) => quantile_value(distribution, &distribution.ends(), probability, options),
            None => other(name, distribution, hidden, options.quantile),
        };
        rows.push(context, name, value, method);
    }
}

fn other(
    name: &str,
    distribution: &Distribution,
    hidden: &Option<String>,
    quantile: crate::stats::quantile::QuantileType,
) -> Value {
    let (points, denominator) = (&distribution.points, distribution.denominator);
    let scaled =
        |numerator: BigRational| Exact::Ratio(numerator / BigRational::from_integer(BigInt::from(denominator)));
    if name == "iqr" {
        let (lows, highs) = distribution.ends();
        let width = interquartile_range(&lows, &highs, quantile).map(|width| Value::Exact(scaled(width)));
        return width.unwrap_or_else(|| not_estimable(distribution, "a quartile is not known exactly"));
    }
    if let Some(reason) = hidden {
        return Value::NotEstimable(reason.clone());
    }
    let moments = Moments::of(points, denominator);
    let found = match name {
        "sum" if moments.n() > 0 => Some(Value::Exact(Exact::Ratio(moments.sum()))),
        "var" => moments.variance().map(|variance| Value::Exact(Exact::Ratio(variance))),
        "se" => moments.se().map(Value::Exact),
        "cv" => moments.cv().map(Value::Exact),
        "geometric_mean" => geometric_mean(points, denominator).map(Value::Real),
        "mad" => median_absolute_deviation(points).map(|mad| Value::Exact(scaled(mad))),
        _ => None,
    };
    found.unwrap_or_else(|| {
        not_estimable(
            distribution,
            match name {
                "geometric_mean" => "a value is not above 0",
                "cv" if distribution.n() > 1 => "the mean is 0",
                _ => "one value has no spread",
            },
        )
    })
}

fn not_estimable(distribution: &Distribution, reason: &str) -> Value {
    let no_value = distribution.n() + distribution.n_censored() == 0;
    Value::NotEstimable(if no_value { "no value" } else { reason }.to_owned())
}
