//! Numbers and dates: mean, SD, quantiles, range.

use super::on_request;
use super::part::{Of, Part};
use super::quantile::quantile_value;
use super::results::{Context, Value};
use super::rows::Rows;
use crate::decimal::Exact;
use crate::schema::lexical::{Comparator, Date};
use crate::schema::{Reason, Status, Variable};
use crate::stats::means::{MEAN_METHOD, Sample, mean_interval};
use crate::stats::median_interval::{median_interval, range_coverage};
use crate::stats::moments::Moments;
use crate::stats::quantile::{End, Probability, Quantile, QuantileType, quantile_of_intervals};
use crate::tally::level::DateCounts;
use crate::tally::number::{Distribution, NumberCounts};
use crate::tally::ranges::RangeCounts;
use num_rational::BigRational;
use std::borrow::Cow;
use std::collections::BTreeMap;

const SD_METHOD: &str = "sample SD, divisor N - 1";

/// The statistics of a number column.
pub fn number(part: &mut Part<'_>, variable: &Variable, of: Of<'_, NumberCounts>, ranges: Of<'_, Option<RangeCounts>>) {
    let counts = of.counts;
    let distribution = counts.distribution();
    let decimals = variable.decimals.unwrap_or_else(|| of.all.decimals());
    let mut rows = Rows::new(part, &variable.name).in_unit(variable.unit.as_deref(), decimals);
    moments_and_quantiles(&mut rows, Context::Summary, &distribution);
    let stated_only: u64 = counts.stated_only.values().sum();
    let known = distribution.n() + distribution.n_censored() + distribution.too_large;
    let missing: u64 = counts.missing.values().sum();
    let observed = known + stated_only + counts.unreadable + missing;
    rows.count(Context::Missing, "N_obs", observed);
    rows.count(Context::Missing, "N_censored", distribution.n_censored());
    rows.count(Context::Missing, "N_stated", stated_only);
    rows.count(Context::Missing, "N_unreadable", counts.unreadable);
    missing_rows(&mut rows, &counts.missing, &of.all.missing, observed);
    let reported = known + stated_only;
    let stated = |status: &Status| of.all.stated.contains_key(status);
    statuses(part, &format!("{}_stated", variable.name), stated, &counts.stated, reported);
    if ranges.all.is_some() {
        let counts = ranges.counts.clone().unwrap_or_default().by_range;
        let known = |status: &Status| matches!(status, Status::Low | Status::Normal | Status::High);
        statuses(part, &format!("{}_by_range", variable.name), known, &counts, counts.values().sum());
    }
}

fn statuses(
    part: &mut Part<'_>,
    name: &str,
    shown: impl Fn(&Status) -> bool,
    counts: &BTreeMap<Status, u64>,
    total: u64,
) {
    let mut rows = Rows::new(part, name);
    for status in Status::ALL.into_iter().filter(shown) {
        let n = counts.get(&status).copied().unwrap_or(0);
        rows.proportion(Context::Tabulate, Some(status.word()), n, total, None);
    }
}

/// N, mean, SD, quantiles and range of a distribution.
pub fn moments_and_quantiles(rows: &mut Rows<'_, '_>, context: Context, distribution: &Distribution) {
    let options = rows.options();
    let (n, censored) = (distribution.n(), distribution.n_censored());
    rows.count(context, "N", n + censored);
    let moments = Moments::of(&distribution.points, distribution.denominator);
    let not = |reason: String| Value::NotEstimable(reason);
    let hidden = match (censored, distribution.too_large) {
        (0, 0) => None,
        (0, large) => Some(format!("{large} values differ too much in size to be added exactly")),
        (censored, _) => {
            Some(format!("{censored} of {} values {} censored", n + censored, if censored == 1 { "is" } else { "are" }))
        }
    };
    let mean = match (&hidden, moments.mean()) {
        (Some(reason), _) => not(reason.clone()),
        (None, Some(mean)) => Value::Exact(Exact::Ratio(mean)),
        (None, None) => not("no value".to_owned()),
    };
    let sd = match (&hidden, moments.sd()) {
        (Some(reason), _) => not(reason.clone()),
        (None, Some(sd)) => Value::Exact(sd),
        (None, None) => not(if n == 0 { "no value" } else { "one value has no SD" }.to_owned()),
    };
    rows.push(context, "mean", mean, None);
    rows.push(context, "sd", sd, Some(Cow::Borrowed(SD_METHOD)));
    let ends = distribution.ends();
    let (lows, highs) = &ends;
    let at = |p| quantile_value(distribution, &ends, p, options);
    let method = Some(Cow::Owned(options.quantile.to_string()));
    for (name, p) in
        [("median", Probability::MEDIAN), ("p25", Probability::FIRST_QUARTILE), ("p75", Probability::THIRD_QUARTILE)]
    {
        rows.push(context, name, at(p), method.clone());
    }
    // The least and the greatest value are order statistics, whatever the quantile type.
    let extreme_of = |pick: fn(&[(End, u64)]) -> Option<End>| extreme(pick(lows), pick(highs), distribution);
    rows.push(context, "min", extreme_of(|ends| ends.first().map(|(end, _)| *end)), None);
    rows.push(context, "max", extreme_of(|ends| ends.last().map(|(end, _)| *end)), None);
    if context == Context::Summary {
        intervals(rows, distribution, &hidden);
    }
    on_request::rows(rows, context, distribution, &hidden);
}

/// The t interval of the mean, and the order statistics around the median.
fn intervals(rows: &mut Rows<'_, '_>, distribution: &Distribution, hidden: &Option<String>) {
    let conf_level = rows.options().conf_level;
    let not = |reason: &str| Value::NotEstimable(reason.to_owned());
    let sample = Sample::of(&Moments::of(&distribution.points, distribution.denominator));
    let of_mean = match (hidden, sample) {
        (Some(reason), _) => Err(reason.as_str()),
        (None, None) => Err("no value"),
        (None, Some(sample)) => mean_interval(&sample, conf_level).ok_or("one value has no interval"),
    };
    for (name, end) in [("mean.low", of_mean.map(|i| i.low)), ("mean.high", of_mean.map(|i| i.high))] {
        rows.interval(name, end.map_or_else(not, Value::Real), MEAN_METHOD);
    }
    let n = distribution.n() + distribution.n_censored();
    let (lows, highs) = distribution.ends();
    let found = median_interval(n, conf_level);
    let none = || match range_coverage(n) {
        Some(coverage) if n > 1 => {
            let percent = Exact::from_f64(coverage * 100.0).map_or(String::new(), |percent| percent.rounded(2));
            let percent = percent.trim_end_matches('0').trim_end_matches('.');
            Value::NotEstimable(format!("not available at n = {n} (range covers {percent} %)"))
        }
        Some(_) => not("one value has no interval"),
        None => not("no value"),
    };
    for (name, rank) in [("median.low", found.map(|i| i.low_rank)), ("median.high", found.map(|i| i.high_rank))] {
        let at = |ends: &[(End, u64)], rank| of_rank(ends, rank);
        let value = rank.map_or_else(none, |rank| extreme(at(&lows, rank), at(&highs, rank), distribution));
        rows.interval(name, value, "order statistics, binomial");
    }
}

/// The value of a rank, from 1.
fn of_rank(ends: &[(End, u64)], rank: u64) -> Option<End> {
    let mut below = 0_u64;
    for (end, cases) in ends {
        below = below.saturating_add(*cases);
        if below >= rank {
            return Some(*end);
        }
    }
    None
}

fn extreme(low: Option<End>, high: Option<End>, distribution: &Distribution) -> Value {
    let single = |end: End| vec![(end, 1)];
    let (Some(low), Some(high)) = (low, high) else { return Value::NotEstimable("no value".to_owned()) };
    let kind = QuantileType::default();
    value_of(quantile_of_intervals(&single(low), &single(high), Probability::MEDIAN, kind), distribution)
}

pub(super) fn value_of(quantile: Quantile, distribution: &Distribution) -> Value {
    let scaled = |numerator: BigRational| numerator / BigRational::from_integer(distribution.denominator.into());
    let text = |end: Option<BigRational>| {
        end.map_or("unknown".to_owned(), |end| Exact::Ratio(scaled(end)).rounded(u32::from(distribution.decimals)))
    };
    match quantile {
        Quantile::None => Value::NotEstimable("no value".to_owned()),
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
            Value::NotEstimable(format!("censored values leave it between {} and {}", text(low), text(high)))
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

/// Cases without a value, all and by reason; their share of those observed where it is asked for.
///
/// A group shows the reasons that any case has.
pub fn missing_rows(
    rows: &mut Rows<'_, '_>,
    missing: &BTreeMap<Reason, u64>,
    all: &BTreeMap<Reason, u64>,
    observed: u64,
) {
    let cases = missing.values().sum();
    rows.count(Context::Missing, "N_miss", cases);
    if rows.options().on_request.contains(&"p_miss") {
        rows.share_of_cases(Context::Missing, "p_miss", cases, observed);
    }
    for reason in Reason::ALL.into_iter().filter(|reason| all.contains_key(reason)) {
        rows.count_of(Context::Missing, "N_miss", reason.word(), missing.get(&reason).copied().unwrap_or(0));
    }
}

/// The range of a date column.
pub fn dates(part: &mut Part<'_>, variable: &Variable, of: Of<'_, DateCounts>) {
    let counts = of.counts;
    let mut rows = Rows::new(part, &variable.name);
    let known: u64 = counts.dates.values().sum();
    let missing: u64 = counts.missing.values().sum();
    rows.count(Context::Summary, "N", known);
    let value = |date: Option<&Date>| {
        date.map_or(Value::NotEstimable("no date".to_owned()), |date| Value::Date(date.to_string()))
    };
    rows.push(Context::Summary, "min", value(counts.dates.keys().next()), None);
    rows.push(Context::Summary, "max", value(counts.dates.keys().next_back()), None);
    let observed = known + counts.unreadable + missing;
    rows.count(Context::Missing, "N_obs", observed);
    rows.count(Context::Missing, "N_unreadable", counts.unreadable);
    missing_rows(&mut rows, &counts.missing, &of.all.missing, observed);
}
