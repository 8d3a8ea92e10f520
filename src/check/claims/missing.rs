//! Whether missing values could explain a printed statistic that differs from the records.
#![expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow; divisors are above 0")]

use super::count::whole;
use super::records::ClaimEvidence;
use super::verdict::{Verdict, VerdictRemark};
use crate::analyze::results::{ResultRow, Value};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::printed::{Figure, PrintedUnit};
use crate::decimal::Exact;
use crate::schema::{Role, Variable};
use crate::stats::moments::Moments;
use crate::stats::quantile::{IntervalEnd, Probability, Quantile, quantile_of_intervals};
use crate::tally::counts::{Distribution, Ends};
use num_bigint::BigInt;
use num_rational::BigRational;

/// Whether a printed number could be right if the missing values were known.
///
/// A mean could: if the mean that the missing values would need is plausible. A quantile: if it lies
/// between the quantiles with all missing values below and with all of them above. A minimum or
/// maximum: if it lies beyond the reported values. A count under a condition: if the cases that do not
/// report whether they satisfy it are enough. Other statistics are left open.
pub(super) fn leaves_open(
    selector: &Selector,
    row: &ResultRow,
    figure: Figure,
    records: &ClaimEvidence<'_>,
) -> (Verdict, Vec<VerdictRemark>) {
    leaves_open_within(selector, row, &RoundingInterval::nearest(figure), figure.count(), records)
}

/// The same of a number between two ends, in the unit of the records, and of the count that it is.
pub(super) fn leaves_open_within(
    selector: &Selector,
    row: &ResultRow,
    printed: &RoundingInterval,
    count: Option<u64>,
    records: &ClaimEvidence<'_>,
) -> (Verdict, Vec<VerdictRemark>) {
    // Cases that do not report whether they satisfy the condition may belong to it, with any value.
    let outside = records.outside(selector).filter(|cases| cases.cases > 0);
    let beside = outside.as_ref().map_or(0, |cases| cases.cases);
    if let Value::Count(n) = &row.value {
        let could_be = count.is_some_and(|printed| printed > *n && printed <= n.saturating_add(beside));
        return (if could_be { Verdict::Undetermined } else { Verdict::Contradicts }, Vec::new());
    }
    let missing = values(selector, records).saturating_add(beside);
    let is_censored = match &row.value {
        Value::Censored(..) => true,
        Value::NotEstimable(reason) => reason.is_censoring(),
        _ => false,
    };
    if (missing == 0 && !is_censored) || row.level.is_some() {
        return (Verdict::Contradicts, Vec::new());
    }
    let (variable, distribution) = (records.variable(selector), records.distribution(selector));
    let silent = records.silent(selector);
    let silent = silent.filter(|cases| cases.cases > 0).into_iter().chain(outside);
    let mut remarks: Vec<VerdictRemark> = silent.map(VerdictRemark::NotReported).collect();
    let is_possible = match (distribution, row.statistic) {
        (Some(distribution), Statistic::Mean) if !is_censored => {
            let needed = needed_mean(&distribution, printed, missing);
            let is_plausible = variable.is_none_or(|variable| may_be(variable, &distribution, &needed));
            remarks.push(VerdictRemark::NeedsMissing(Box::new(needed)));
            is_plausible
        }
        (Some(distribution), Statistic::Mean) => mean_may_lie(&distribution, printed, missing),
        (_, Statistic::Min) => exact(&row.value).is_none_or(|least| printed.low <= least),
        (_, Statistic::Max) => exact(&row.value).is_none_or(|greatest| printed.high >= greatest),
        (Some(distribution), statistic) => match probability(statistic) {
            Some(p) => {
                let lows =
                    (missing > 0).then_some((IntervalEnd::Below, missing)).into_iter().chain(distribution.lows());
                let highs = distribution.highs().chain((missing > 0).then_some((IntervalEnd::Beyond, missing)));
                may_lie(&quantile_of_intervals(lows, highs, p, records.options.quantile), &distribution, printed)
            }
            None => true,
        },
        (None, _) => true,
    };
    (if is_possible { Verdict::Undetermined } else { Verdict::Contradicts }, remarks)
}

/// The number of values not known as numbers: missing, stated in words, or unreadable.
pub(super) fn values(selector: &Selector, records: &ClaimEvidence<'_>) -> u64 {
    let count = |statistic| match records.find(&selector.sibling(statistic)).map(|row| &row.value) {
        Some(Value::Count(n)) => *n,
        _ => 0,
    };
    count(Statistic::Missing).saturating_add(count(Statistic::StatedOnly)).saturating_add(count(Statistic::Unreadable))
}

/// The mean that k missing values would need: (m (n + k) - sum) / k, for both ends of the printed mean m.
fn needed_mean(distribution: &Distribution, printed: &RoundingInterval, missing: u64) -> (BigRational, BigRational) {
    let moments = Moments::of(distribution.points(), distribution.denominator);
    let all = whole(moments.n()) + whole(missing);
    let needed = |mean: &BigRational| (mean * &all - moments.sum()) / whole(missing.max(1));
    (needed(&printed.low), needed(&printed.high))
}

/// How many times the greatest value seen the mean of the missing ones can be, where nothing else limits it.
const MOST_TIMES: i64 = 100;

/// True where a mean in this range is plausible for the variable: within the limits of the schema, else not below 0 where
/// its unit forbids that and no value is, and no more than a hundred times the greatest value seen.
fn may_be(variable: &Variable, distribution: &Distribution, (low, high): &(BigRational, BigRational)) -> bool {
    let (least, greatest) = variable.plausible_limits();
    let is_within = least.is_none_or(|least| *high >= least.to_ratio())
        && greatest.is_none_or(|greatest| *low <= greatest.to_ratio());
    if least.is_some() || greatest.is_some() || !is_above_zero(variable, distribution) {
        return is_within;
    }
    let most = distribution.points().map(|(value, _)| value).max().unwrap_or(0);
    let most = in_units(BigRational::from_integer(most.into()), distribution) * BigInt::from(MOST_TIMES);
    *high >= whole(0) && *low <= most
}

/// True where the unit of a variable measures nothing below 0, and no value is below it. What its name calls a change or an
/// excess can be.
fn is_above_zero(variable: &Variable, distribution: &Distribution) -> bool {
    const MAY_BE_BELOW: [&str; 7] = ["change", "delta", "difference", "excess", "gain", "loss", "balance"];
    let unit = variable.unit.as_deref().and_then(PrintedUnit::of_word);
    let name = variable.name.to_lowercase();
    variable.role == Role::FollowUp && distribution.points().all(|(value, _)| value >= 0)
        || unit.is_some_and(|unit| !unit.has_negatives())
            && !MAY_BE_BELOW.iter().any(|word| name.contains(word))
            && distribution.points().all(|(value, _)| value > 0)
}

/// The least and, of one missing value, the greatest variance that a printed mean allows. None where it is not known.
fn variance_with_mean(
    selector: &Selector,
    mean: Figure,
    records: &ClaimEvidence<'_>,
) -> Option<(BigRational, Option<BigRational>)> {
    let distribution = records.distribution(selector)?;
    let missing = values(selector, records);
    let is_open = records.outside(selector).is_some_and(|cases| cases.cases > 0);
    if missing == 0 || is_open || distribution.n_censored() > 0 || distribution.too_large > 0 {
        return None;
    }
    let moments = Moments::of(distribution.points(), distribution.denominator);
    let (seen, k) = (whole(moments.n()), whole(missing));
    let (center, variance) = (moments.mean()?, moments.variance()?);
    let (low, high) = needed_mean(&distribution, &RoundingInterval::nearest(mean), missing);
    // The squared distances of n seen and k missing values: those within, and those of the two means.
    let with = |distance: BigRational| {
        let between = &seen * &k / (&seen + &k) * &distance * &distance;
        ((&seen - whole(1)) * &variance + between) / (&seen + &k - whole(1))
    };
    let nearest = center.clone().clamp(low.clone().min(high.clone()), high.clone().max(low.clone()));
    let ends = [with(&low - &center), with(&high - &center)].into_iter().max();
    Some((with(nearest - &center), ends.filter(|_| missing == 1)))
}

/// Why a mean and an SD that are printed together cannot both be right, whatever the missing values are.
pub(super) fn mean_and_sd(
    selector: &Selector,
    (mean, sd): (Figure, Figure),
    records: &ClaimEvidence<'_>,
) -> Option<VerdictRemark> {
    let (least, most) = variance_with_mean(selector, mean, records)?;
    let printed = RoundingInterval::nearest(sd);
    let is_too_small = &printed.high * &printed.high < least;
    let is_too_large = most.as_ref().is_some_and(|most| &printed.low * &printed.low > *most);
    let most = most.and_then(Exact::root);
    (is_too_small || is_too_large).then(|| Some(VerdictRemark::SdWithMean(Exact::root(least)?, most)))?
}

/// True where the mean of values known only within limits can be the printed one.
fn mean_may_lie(distribution: &Distribution, printed: &RoundingInterval, missing: u64) -> bool {
    mean_of(distribution.lows(), distribution, missing).is_none_or(|low| low <= printed.high)
        && mean_of(distribution.highs(), distribution, missing).is_none_or(|high| high >= printed.low)
}

/// The mean of ends. None where one is infinite or a value is missing.
fn mean_of(ends: Ends<'_>, distribution: &Distribution, missing: u64) -> Option<BigRational> {
    let mut is_finite = missing == 0;
    let numbers = ends.filter_map(|(end, cells)| match end {
        IntervalEnd::At(value) => Some((value, cells)),
        IntervalEnd::Below | IntervalEnd::Beyond => {
            is_finite = false;
            None
        }
    });
    let mean = Moments::of(numbers, distribution.denominator).mean();
    mean.filter(|_| is_finite)
}

fn may_lie(quantile: &Quantile, distribution: &Distribution, printed: &RoundingInterval) -> bool {
    let (low, high) = match quantile {
        Quantile::None => return true,
        Quantile::Exact(value) => (Some(value), Some(value)),
        Quantile::Above(low) => (Some(low), None),
        Quantile::Below(high) => (None, Some(high)),
        Quantile::Undetermined { low, high } => (low.as_ref(), high.as_ref()),
    };
    let of = |value: &BigRational| in_units(value.clone(), distribution);
    low.is_none_or(|low| of(low) <= printed.high) && high.is_none_or(|high| of(high) >= printed.low)
}

fn exact(value: &Value) -> Option<BigRational> {
    match value {
        Value::Exact(Exact::Ratio(value)) => Some(value.clone()),
        _ => None,
    }
}

/// The probability of a quantile by the name of its statistic.
pub(super) fn probability(statistic: Statistic) -> Option<Probability> {
    if let Statistic::Percentile(percentile) = statistic { Some(percentile.probability()) } else { None }
}

/// A numerator of a distribution in the unit of its variable.
pub(super) fn in_units(value: BigRational, distribution: &Distribution) -> BigRational {
    value / BigRational::from_integer(BigInt::from(distribution.denominator.max(1)))
}
