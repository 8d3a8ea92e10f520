//! What the values that are not reported leave possible of a statistic that is printed otherwise.
#![expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow; divisors are above 0")]

use super::count::whole;
use super::records::Records;
use super::verdict::{Remark, Verdict};
use crate::analyze::results::{ResultRow, Value};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::check::arithmetic::rounding::Interval;
use crate::check::printed::Figure;
use crate::decimal::Exact;
use crate::schema::Variable;
use crate::stats::moments::Moments;
use crate::stats::quantile::{End, Probability, Quantile, quantile_of_intervals};
use crate::tally::counts::Distribution;
use num_bigint::BigInt;
use num_rational::BigRational;

/// Whether a number that the records do not give could be that of all cases, had all been reported.
///
/// A mean: if the mean of the values not reported, which it would need, is plausible. A quantile: if
/// it lies between that of the records with all of them below, and with all of them above. The least
/// and the greatest value: if it lies beyond those reported. A count under a condition: if the cases
/// that do not say whether they satisfy it make up for it. Others are left open.
pub(super) fn leaves_open(
    selector: &Selector,
    row: &ResultRow,
    figure: Figure,
    records: &Records<'_>,
) -> (Verdict, Vec<Remark>) {
    // Cases that do not say whether they satisfy the condition may belong to it, with any value.
    let outside = records.outside(selector).filter(|cases| cases.cases > 0);
    let beside = outside.as_ref().map_or(0, |cases| cases.cases);
    if let Value::Count(n) = &row.value {
        let could_be = figure.count().is_some_and(|printed| printed > *n && printed <= n.saturating_add(beside));
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
    let printed = Interval::nearest(figure);
    let (variable, distribution) = (records.variable(selector), records.distribution(selector));
    let silent = records.silent(selector);
    let silent = silent.filter(|cases| cases.cases > 0).into_iter().chain(outside);
    let mut remarks: Vec<Remark> = silent.map(Remark::NotReported).collect();
    let is_possible = match (distribution, row.statistic) {
        (Some(distribution), Statistic::Mean) if !is_censored => {
            let needed = needed_mean(&distribution, &printed, missing);
            let is_plausible = variable.is_none_or(|variable| may_be(variable, &needed));
            remarks.push(Remark::NeedsMissing(Box::new(needed)));
            is_plausible
        }
        (Some(distribution), Statistic::Mean) => mean_may_lie(&distribution, &printed, missing),
        (_, Statistic::Min) => exact(&row.value).is_none_or(|least| printed.low <= least),
        (_, Statistic::Max) => exact(&row.value).is_none_or(|greatest| printed.high >= greatest),
        (Some(distribution), statistic) => match probability(statistic) {
            Some(p) => {
                let (mut lows, mut highs) = distribution.ends();
                if missing > 0 {
                    lows.insert(0, (End::Below, missing));
                    highs.push((End::Beyond, missing));
                }
                may_lie(&quantile_of_intervals(&lows, &highs, p, records.options.quantile), &distribution, &printed)
            }
            None => true,
        },
        (None, _) => true,
    };
    (if is_possible { Verdict::Undetermined } else { Verdict::Contradicts }, remarks)
}

/// Values that are not known as a number: not reported, stated in words, unreadable.
pub(super) fn values(selector: &Selector, records: &Records<'_>) -> u64 {
    let count = |statistic| match records.find(&selector.sibling(statistic)).map(|row| &row.value) {
        Some(Value::Count(n)) => *n,
        _ => 0,
    };
    count(Statistic::Missing).saturating_add(count(Statistic::StatedOnly)).saturating_add(count(Statistic::Unreadable))
}

/// The mean that the values not reported would need: (m (n + k) - sum) / k, at both ends of what is printed.
fn needed_mean(distribution: &Distribution, printed: &Interval, missing: u64) -> (BigRational, BigRational) {
    let moments = Moments::of(&distribution.points, distribution.denominator);
    let all = whole(moments.n()) + whole(missing);
    let needed = |mean: &BigRational| (mean * &all - moments.sum()) / whole(missing.max(1));
    (needed(&printed.low), needed(&printed.high))
}

/// True where values of this mean may be expected of the variable.
fn may_be(variable: &Variable, (low, high): &(BigRational, BigRational)) -> bool {
    let (least, greatest) = variable.plausible_limits();
    least.is_none_or(|least| *high >= least.to_ratio()) && greatest.is_none_or(|greatest| *low <= greatest.to_ratio())
}

/// True where the mean of values that lie between their ends may be what is printed.
fn mean_may_lie(distribution: &Distribution, printed: &Interval, missing: u64) -> bool {
    let (lows, highs) = distribution.ends();
    let mean = |ends: &[(End, u64)]| -> Option<BigRational> {
        let numbers = ends.iter().map(|(end, cells)| match end {
            End::At(value) => Some(BigRational::from_integer(BigInt::from(*value)) * whole(*cells)),
            End::Below | End::Beyond => None,
        });
        let sum: BigRational = numbers.collect::<Option<Vec<_>>>()?.into_iter().sum();
        let cells: u64 = ends.iter().map(|(_, cells)| cells).sum();
        (missing == 0 && cells > 0).then(|| in_units(sum / whole(cells), distribution))
    };
    mean(&lows).is_none_or(|low| low <= printed.high) && mean(&highs).is_none_or(|high| high >= printed.low)
}

fn may_lie(quantile: &Quantile, distribution: &Distribution, printed: &Interval) -> bool {
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

/// A numerator of a distribution in the units of its variable.
pub(super) fn in_units(value: BigRational, distribution: &Distribution) -> BigRational {
    value / BigRational::from_integer(BigInt::from(distribution.denominator.max(1)))
}
