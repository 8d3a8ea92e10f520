//! The time to an event: the curve of Kaplan and Meier, the follow-up, the rate.
//!
//! Keys: `survival.median`, `survival[12].p`, `survival[12].conf.low`, `survival.follow_up`, `survival.rate`.

use super::method::Method;
use super::part::PartStatistics;
use super::quantile::over;
use super::reason::Reason;
use super::results::{Context, ResultTable, Value};
use super::rows::Rows;
use super::statistic::Statistic;
use super::{Options, group};
use crate::decimal::{Decimal, Exact};
use crate::stats::hypothesis::TestResult;
use crate::stats::proportion::Interval;
use crate::stats::rate::rate;
use crate::stats::survival::{Curve, Observed, SurvivalAt, TimeQuantile, log_rank, log_rank_permutation};
pub use crate::tally::SURVIVAL;
use crate::tally::{Cohort, EventTimes, SurvivalCounts};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

/// The times to an event; none where they were not requested, and where small counts are masked: each step of a curve
/// is few patients.
pub fn requested<'c>(cohort: &'c Cohort, options: &Options) -> Option<&'c SurvivalCounts> {
    cohort.survival.as_ref().filter(|_| options.suppress_below.is_none())
}

/// The footnote where the times are not shown.
pub const LEFT_OUT: &str = "Survival is left out: each step of a curve is few cases.";

/// Appends the statistics of the times of some cases; of all of them without any.
pub(super) fn survival(part: &mut PartStatistics<'_>, cohort: &Cohort, times: Option<&EventTimes>) {
    let Some(counts) = requested(cohort, part.options) else { return };
    let times = times.unwrap_or(&counts.all);
    let variable = cohort.variables.get(counts.variable).map(|column| &column.variable);
    let decimals = counts.all.events.decimals().max(counts.all.last_visits.decimals());
    let decimals = variable.and_then(|variable| variable.decimals).unwrap_or(decimals);
    let unit = variable.and_then(|variable| variable.unit.as_deref());
    let denominator = counts.all.denominator();
    let observed = denominator.and_then(|denominator| times.observed(denominator));
    let mut rows = Rows::of(part, ResultTable::Survival).in_unit(unit, decimals);
    match (denominator, observed) {
        (Some(denominator), Some(observed)) => Times { denominator, observed }.push(&mut rows, counts),
        _ => rows.push(Context::Survival, Statistic::MEDIAN, Value::NotEstimable(Reason::RanksTooLarge), None),
    }
}

/// What was observed, and the denominator of the times.
struct Times {
    denominator: i128,
    observed: Vec<Observed>,
}

impl Times {
    fn push(&self, rows: &mut Rows<'_, '_>, counts: &SurvivalCounts) {
        let curve = Curve::of(self.observed.iter().copied());
        let (cases, events) = curve.as_ref().map_or((0, 0), |curve| (curve.cases(), curve.events()));
        rows.count(Context::Survival, Statistic::N, cases);
        rows.count(Context::Survival, Statistic::Events, events);
        rows.count(Context::Survival, Statistic::Censored, cases - events);
        self.quantiles(rows, curve.as_ref());
        self.rate(rows, events);
        counts.at.iter().for_each(|time| self.at(rows, curve.as_ref(), *time, cases));
        counts.means.iter().for_each(|time| self.mean_until(rows, curve.as_ref(), *time));
    }

    /// The median with its interval, the quartiles, the median follow-up.
    fn quantiles(&self, rows: &mut Rows<'_, '_>, curve: Option<&Curve>) {
        let quarters = |n: i64| BigRational::new(BigInt::from(n), BigInt::from(4));
        let value = |quantile: Option<TimeQuantile>| match quantile {
            Some(TimeQuantile::At(time)) => Value::Exact(Exact::Ratio(over(time, self.denominator))),
            Some(TimeQuantile::NotReached) => Value::NotEstimable(Reason::NotReached),
            None => Value::NotEstimable(Reason::NoCase),
        };
        let at = |n: i64| value(curve.map(|curve| curve.quantile(&quarters(n))));
        let method = Some(Method::KaplanMeier);
        rows.together(
            Context::Survival,
            [(Statistic::P25, 1), (Statistic::MEDIAN, 2), (Statistic::P75, 3)]
                .map(|(statistic, n)| (statistic, at(n), method.clone())),
        );
        let conf_level = rows.options().conf_level;
        let (low, high) = curve.map(|curve| curve.quantile_interval(&quarters(2), conf_level)).unzip();
        rows.limit(Context::Survival, Statistic::MedianLow, value(low), Method::LogLog);
        rows.limit(Context::Survival, Statistic::MedianHigh, value(high), Method::LogLog);
        let follow_up = Curve::of(self.observed.iter().map(|at| at.reversed()));
        let follow_up = value(follow_up.map(|curve| curve.quantile(&quarters(2))));
        rows.push(Context::Survival, Statistic::FollowUp, follow_up, Some(Method::ReverseKaplanMeier));
    }

    /// The time under observation of all cases, and the rate of events in 100 units of it.
    fn rate(&self, rows: &mut Rows<'_, '_>, events: u64) {
        let sum = |at: &Observed| BigInt::from(at.time) * (u128::from(at.events) + u128::from(at.censored));
        let time = over(BigRational::from_integer(self.observed.iter().map(sum).sum()), self.denominator);
        rows.push(Context::Survival, Statistic::PersonTime, Value::Exact(Exact::Ratio(time.clone())), None);
        let hundreds = time / BigInt::from(100);
        let found = rate(events, &hundreds, rows.options().conf_level);
        let none = || Value::NotEstimable(Reason::NoPersonTime);
        let exact = found.as_ref().map_or_else(none, |rate| Value::Exact(Exact::Ratio(rate.estimate.clone())));
        rows.push(Context::Survival, Statistic::EventRate, exact, None);
        let low = found.as_ref().map_or_else(none, |rate| Value::Real(rate.low));
        let high = found.as_ref().map_or_else(none, |rate| Value::Real(rate.high));
        rows.limit(Context::Survival, Statistic::EventRateLow, low, Method::PoissonInterval);
        rows.limit(Context::Survival, Statistic::EventRateHigh, high, Method::PoissonInterval);
    }

    /// The share without the event at a time, its interval, and who is still followed.
    fn at(&self, rows: &mut Rows<'_, '_>, curve: Option<&Curve>, time: Decimal, cases: u64) {
        let numerator = time.to_ratio() * BigInt::from(self.denominator);
        let level = time.to_string();
        let [p, low, high] = match curve.map(|curve| curve.at(&numerator)) {
            None => none_of(Reason::NoCase),
            Some(SurvivalAt::Beyond) => none_of(Reason::BeyondFollowUp),
            Some(SurvivalAt::Start) => {
                let [_, low, high] = none_of(Reason::NoCurveInterval);
                [Value::Exact(Exact::Ratio(BigRational::one())), low, high]
            }
            Some(SurvivalAt::Step(step)) => {
                let interval = step.interval(rows.options().conf_level);
                let end = |end: Option<f64>| end.map_or(Value::NotEstimable(Reason::NoCurveInterval), Value::Real);
                let p = Value::Exact(Exact::Ratio(step.survival.clone()));
                [p, end(interval.map(|bounds| bounds.low)), end(interval.map(|bounds| bounds.high))]
            }
        };
        let up_to = self.observed.iter().filter(|at| BigRational::from_integer(at.time.into()) <= numerator);
        let events: u64 = up_to.map(|at| at.events).sum();
        let at_risk = curve.map_or(0, |curve| curve.at_risk(&numerator));
        rows.at_time(&level, Statistic::AtRisk, (Value::Count(at_risk), None), cases);
        rows.at_time(&level, Statistic::Events, (Value::Count(events), None), cases);
        rows.at_time(&level, Statistic::Proportion, (p, Some(Method::KaplanMeier)), cases);
        rows.at_time(&level, Statistic::ConfLow, (low, Some(Method::LogLog)), cases);
        rows.at_time(&level, Statistic::ConfHigh, (high, Some(Method::LogLog)), cases);
    }
}

impl Times {
    /// The mean time without the event up to a time, with its interval.
    fn mean_until(&self, rows: &mut Rows<'_, '_>, curve: Option<&Curve>, time: Decimal) {
        let until = time.to_ratio() * BigInt::from(self.denominator);
        let reason = if curve.is_some() { Reason::BeyondFollowUp } else { Reason::NoCase };
        let area = curve.and_then(|curve| curve.restricted_mean(&until));
        let mean = area.as_ref().map(|area| Value::Exact(Exact::Ratio(over(area.mean.clone(), self.denominator))));
        let scaled = |value: f64| Value::Real(value / self.denominator as f64);
        let interval = area.as_ref().and_then(|area| area.interval(rows.options().conf_level));
        let end = |of: fn(Interval) -> f64| match (&area, interval) {
            (None, _) => None,
            (Some(_), None) => Some(Value::NotEstimable(Reason::NoCurveInterval)),
            (Some(_), Some(interval)) => Some(scaled(of(interval))),
        };
        let error = area.as_ref().map(|area| scaled(area.standard_error));
        for (statistic, value) in [
            (Statistic::RestrictedMean, mean),
            (Statistic::RestrictedMeanError, error),
            (Statistic::RestrictedMeanLow, end(|interval| interval.low)),
            (Statistic::RestrictedMeanHigh, end(|interval| interval.high)),
        ] {
            rows.until(&time.to_string(), statistic, value.unwrap_or_else(|| Value::NotEstimable(reason.clone())));
        }
    }
}

/// The curve of all cases, or of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupCurve {
    /// The levels of the group; empty of all cases.
    pub group: String,
    /// The curve.
    pub curve: Curve,
    /// The denominator of its times.
    pub denominator: i128,
}

/// The curve of all cases, or of each group that is reported; none where no times are requested, and of no case.
pub fn curves(cohort: &Cohort, options: &Options) -> Vec<GroupCurve> {
    let Some(counts) = requested(cohort, options) else { return Vec::new() };
    let Some(denominator) = counts.all.denominator() else { return Vec::new() };
    let of = |group: String, times: &EventTimes| {
        let curve = Curve::of(times.observed(denominator)?)?;
        Some(GroupCurve { group, curve, denominator })
    };
    if cohort.grouping.is_none() {
        return of(String::new(), &counts.all).into_iter().collect();
    }
    let groups = group::ordered(cohort, options).into_iter().filter_map(|(group, counted)| {
        let levels: Option<Vec<&str>> = group.levels.iter().map(|(_, level)| level.as_deref()).collect();
        of(levels?.join(", "), &counted.times)
    });
    groups.collect()
}

/// The events of some cases and the time under observation.
pub(super) fn events_and_time(counts: &SurvivalCounts, times: &EventTimes) -> Option<(u64, BigRational)> {
    let denominator = counts.all.denominator()?;
    let observed = times.observed(denominator)?;
    let sum = |at: &Observed| BigInt::from(at.time) * (u128::from(at.events) + u128::from(at.censored));
    let time = over(BigRational::from_integer(observed.iter().map(sum).sum()), denominator);
    Some((observed.iter().map(|at| at.events).sum(), time))
}

fn none_of(reason: Reason) -> [Value; 3] {
    [reason.clone(), reason.clone(), reason].map(Value::NotEstimable)
}

/// The log-rank test of groups; the exact one by all arrangements of the cases.
///
/// Errors: why there is none.
pub(super) fn test(counts: &SurvivalCounts, groups: &[&EventTimes], is_exact: bool) -> Result<TestResult, Reason> {
    let denominator = counts.all.denominator().ok_or(Reason::RanksTooLarge)?;
    let observed: Option<Vec<Vec<Observed>>> = groups.iter().map(|times| times.observed(denominator)).collect();
    let observed = observed.ok_or(Reason::RanksTooLarge)?;
    let test = if is_exact { log_rank_permutation(&observed) } else { log_rank(&observed) };
    test.map_err(Reason::NoTest)
}
