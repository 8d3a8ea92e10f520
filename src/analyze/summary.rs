//! Numbers and dates: mean, SD, quantiles, range.

use super::method::Method;
use super::on_request;
use super::options::Options;
use super::part::{PartCounts, PartStatistics};
use super::quantile::{mean_in_doubles, quantile_value, value_of};
use super::reason::Reason;
use super::results::{Context, ResultTable, Value};
use super::rows::Rows;
use super::statistic::Statistic;
use crate::decimal::Exact;
use crate::schema::lexical::Date;
use crate::schema::{MissingReason, Status, Variable};
use crate::stats::means::{Sample, mean_interval};
use crate::stats::median_interval::{OrderInterval, median_interval, range_coverage};
use crate::stats::moments::Moments;
use crate::stats::quantile::{OrderedIntervals, Probability, QuantileType, ranks};
use crate::tally::counts::{DateCounts, Distribution, NumberCounts, RangeCounts};
use std::collections::BTreeMap;

/// The statistics of a number column; quartiles of titres are titres that were observed.
pub fn number(
    part: &mut PartStatistics<'_>,
    variable: &Variable,
    of: PartCounts<'_, NumberCounts>,
    ranges: PartCounts<'_, Option<RangeCounts>>,
) {
    if !variable.reading.is_of_titres {
        return numbers(part, variable, of, ranges);
    }
    let options = Options { quantile: QuantileType::OBSERVED, ..part.options.clone() };
    numbers(&mut part.with(&options), variable, of, ranges);
}

fn numbers(
    part: &mut PartStatistics<'_>,
    variable: &Variable,
    of: PartCounts<'_, NumberCounts>,
    ranges: PartCounts<'_, Option<RangeCounts>>,
) {
    let counts = of.counts;
    let distribution = counts.distribution();
    let decimals = variable.decimals.unwrap_or_else(|| of.all.decimals());
    let mut rows = Rows::new(part, &variable.name).in_unit(variable.unit.as_deref(), decimals);
    moments_and_quantiles(&mut rows, Context::Summary, &distribution);
    let stated_only: u64 = counts.stated_only.values().sum();
    let known = distribution.n() + distribution.n_censored() + distribution.too_large;
    let missing: u64 = counts.missing.values().sum();
    let observed = known + stated_only + counts.unreadable + missing;
    rows.count(Context::Missing, Statistic::Observed, observed);
    rows.count(Context::Missing, Statistic::Censored, distribution.n_censored());
    rows.count(Context::Missing, Statistic::StatedOnly, stated_only);
    rows.count(Context::Missing, Statistic::Unreadable, counts.unreadable);
    missing_rows(&mut rows, &counts.missing, &of.all.missing, observed);
    let reported = known + stated_only;
    let stated = |status: &Status| of.all.stated.contains_key(status);
    statuses(part, ResultTable::Stated(&variable.name), stated, &counts.stated, reported);
    if ranges.all.is_some() {
        let counts = ranges.counts.clone().unwrap_or_default().by_range;
        let known = |status: &Status| matches!(status, Status::Low | Status::Normal | Status::High);
        statuses(part, ResultTable::ByRange(&variable.name), known, &counts, counts.values().sum());
    }
}

fn statuses(
    part: &mut PartStatistics<'_>,
    table: ResultTable<&str>,
    shown: impl Fn(&Status) -> bool,
    counts: &BTreeMap<Status, u64>,
    total: u64,
) {
    let mut rows = Rows::of(part, table);
    for status in Status::ALL.into_iter().filter(shown) {
        let n = counts.get(&status).copied().unwrap_or(0);
        rows.proportion(Context::Tabulate, Some(status.word()), n, total, None);
    }
}

/// N, mean, SD, quantiles and range of a distribution.
pub fn moments_and_quantiles(rows: &mut Rows<'_, '_>, context: Context, distribution: &Distribution) {
    let options = rows.options();
    let (n, censored) = (distribution.n(), distribution.n_censored());
    rows.count(context, Statistic::N, n + censored);
    let moments = Moments::of(distribution.points(), distribution.denominator);
    let not = Value::NotEstimable;
    let hidden = match (censored, distribution.too_large) {
        (0, 0) => None,
        (0, values) => Some(Reason::SumTooLarge { values }),
        (censored, _) => Some(Reason::Censored { censored, values: n + censored }),
    };
    let mean = match (&hidden, moments.mean()) {
        (Some(reason), _) => not(reason.clone()),
        (None, Some(mean)) => match mean_in_doubles(distribution, options.arithmetic) {
            Some(mean) => Value::Real(mean),
            None => Value::Exact(Exact::Ratio(mean)),
        },
        (None, None) => not(Reason::NoValue),
    };
    let sd = match (&hidden, moments.sd()) {
        (Some(reason), _) => not(reason.clone()),
        (None, Some(sd)) => Value::Exact(sd),
        (None, None) => not(if n == 0 { Reason::NoValue } else { Reason::OneValueSd }),
    };
    rows.push(context, Statistic::Mean, mean, None);
    rows.push(context, Statistic::Sd, sd, Some(Method::SampleSd));
    let found = median_interval(n + censored, options.conf_level);
    let order = ordered(distribution, options, found);
    let at = |p| quantile_value(distribution, &order, p, options);
    let method = Some(Method::Quantile(options.quantile));
    let quartiles = [
        (Statistic::MEDIAN, at(Probability::MEDIAN)),
        (Statistic::P25, at(Probability::FIRST_QUARTILE)),
        (Statistic::P75, at(Probability::THIRD_QUARTILE)),
    ];
    rows.together(context, quartiles.map(|(statistic, value)| (statistic, value, method.clone())));
    // Minimum and maximum are order statistics and do not depend on the quantile type.
    let at_rank = |rank| value_of(order.at_rank(rank), distribution);
    rows.together(context, [(Statistic::Min, at_rank(1), None), (Statistic::Max, at_rank(n + censored), None)]);
    if context == Context::Summary {
        mean_interval_rows(rows, &moments, &hidden);
        median_interval_rows(rows, n + censored, found, at_rank);
    }
    on_request::rows(rows, context, distribution, &on_request::KnownDistribution { order, moments, hidden });
}

/// All order statistics of the rows of a distribution, looked up together.
fn ordered(distribution: &Distribution, options: &Options, median: Option<OrderInterval>) -> OrderedIntervals {
    let n = u128::from(distribution.n() + distribution.n_censored());
    let quartiles = [Probability::MEDIAN, Probability::FIRST_QUARTILE, Probability::THIRD_QUARTILE];
    let requested = options.on_request.iter().filter_map(|statistic| match statistic {
        Statistic::Percentile(percentile) => Some(percentile.probability()),
        _ => None,
    });
    let of_quantiles = quartiles.into_iter().chain(requested).flat_map(|p| ranks(n, p, options.quantile));
    let of_median = median.into_iter().flat_map(|found| [found.low_rank, found.high_rank]).map(u128::from);
    distribution.order_statistics(of_quantiles.chain(of_median).chain([1, n]).collect())
}

/// The t interval of the mean.
fn mean_interval_rows(rows: &mut Rows<'_, '_>, moments: &Moments, hidden: &Option<Reason>) {
    let conf_level = rows.options().conf_level;
    let of_mean = match (hidden, Sample::of(moments)) {
        (Some(reason), _) => Err(reason.clone()),
        (None, None) => Err(Reason::NoValue),
        (None, Some(sample)) => mean_interval(&sample, conf_level).ok_or(Reason::OneValueInterval),
    };
    for (statistic, end) in
        [(Statistic::MeanLow, of_mean.as_ref().map(|i| i.low)), (Statistic::MeanHigh, of_mean.as_ref().map(|i| i.high))]
    {
        let end = end.map_err(Reason::clone);
        rows.interval(statistic, end.map_or_else(Value::NotEstimable, Value::Real), Method::MeanInterval);
    }
}

/// The order statistics around the median of n values.
fn median_interval_rows(rows: &mut Rows<'_, '_>, n: u64, found: Option<OrderInterval>, at_rank: impl Fn(u64) -> Value) {
    let not = Value::NotEstimable;
    let none = || match range_coverage(n) {
        Some(coverage) if n > 1 => not(Reason::FewValues { n, coverage: coverage * 100.0 }),
        Some(_) => not(Reason::OneValueInterval),
        None => not(Reason::NoValue),
    };
    for (statistic, rank) in
        [(Statistic::MedianLow, found.map(|i| i.low_rank)), (Statistic::MedianHigh, found.map(|i| i.high_rank))]
    {
        rows.interval(statistic, rank.map_or_else(none, &at_rank), Method::MedianInterval);
    }
}

/// Cases without a value, in total and by reason; their share of those observed where it is requested.
///
/// A group has a row for each reason of any case.
pub fn missing_rows(
    rows: &mut Rows<'_, '_>,
    missing: &BTreeMap<MissingReason, u64>,
    all: &BTreeMap<MissingReason, u64>,
    observed: u64,
) {
    let cases = missing.values().sum();
    rows.count(Context::Missing, Statistic::Missing, cases);
    if rows.options().on_request.contains(&Statistic::ProportionMissing) {
        rows.share_of_cases(Context::Missing, Statistic::ProportionMissing, cases, observed);
    }
    for reason in MissingReason::ALL.into_iter().filter(|reason| all.contains_key(reason)) {
        rows.count_of(Context::Missing, Statistic::Missing, reason, missing.get(&reason).copied().unwrap_or(0));
    }
}

/// The range of a date column.
pub fn dates(part: &mut PartStatistics<'_>, variable: &Variable, of: PartCounts<'_, DateCounts>) {
    let counts = of.counts;
    let mut rows = Rows::new(part, &variable.name);
    let known: u64 = counts.dates.values().sum();
    let missing: u64 = counts.missing.values().sum();
    rows.count(Context::Summary, Statistic::N, known);
    let value =
        |date: Option<&Date>| date.map_or(Value::NotEstimable(Reason::NoDate), |date| Value::Date(date.to_string()));
    rows.push(Context::Summary, Statistic::Min, value(counts.dates.keys().next()), None);
    rows.push(Context::Summary, Statistic::Max, value(counts.dates.keys().next_back()), None);
    let observed = known + counts.unreadable + missing;
    rows.count(Context::Missing, Statistic::Observed, observed);
    rows.count(Context::Missing, Statistic::Unreadable, counts.unreadable);
    missing_rows(&mut rows, &counts.missing, &of.all.missing, observed);
}
