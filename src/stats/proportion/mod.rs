//! Confidence intervals for a proportion, and for the difference of two.

mod method;
mod score;
mod tail;

pub use method::IntervalMethod;

use crate::stats::distribution::{is_conf_level, normal_quantile};

/// Lower and upper bound of a proportion, in [0, 1], not percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// The two-sided confidence interval of the proportion x / n.
/// Units: bounds in [0, 1]; exactly 0 at x = 0 and exactly 1 at x = n.
/// None when n = 0, when x > n, and when `conf_level` is outside 0.5 to 1 − 1e-9, where the
/// quantiles behind it are not tested.
pub fn interval(x: u64, n: u64, conf_level: f64, method: IntervalMethod) -> Option<Interval> {
    let Interval { low, high } = raw_interval(x, n, conf_level, method)?;
    let low = if x == 0 { 0.0 } else { low.clamp(0.0, 1.0) };
    let high = if x == n { 1.0 } else { high.clamp(0.0, 1.0) };
    Some(Interval { low, high })
}

/// The interval as its formula gives it: Agresti-Coull may leave [0, 1], and Jeffreys does not
/// reach 0 and 1. None as for [`interval`].
/// Checked: tests/oracle/proportion_methods.csv
pub fn raw_interval(x: u64, n: u64, conf_level: f64, method: IntervalMethod) -> Option<Interval> {
    if n == 0 || x > n || !is_conf_level(conf_level) {
        return None;
    }
    match method {
        IntervalMethod::Wilson => Some(score::wilson(x, n, conf_level)),
        IntervalMethod::WilsonCorrected => Some(score::wilson_corrected(x, n, conf_level)),
        IntervalMethod::ClopperPearson => tail::clopper_pearson(x, n, conf_level),
        IntervalMethod::Jeffreys => Some(tail::jeffreys(x, n, conf_level)),
        IntervalMethod::AgrestiCoull => Some(score::agresti_coull(x, n, conf_level)),
        IntervalMethod::MidP => tail::mid_p(x, n, conf_level),
    }
}

/// Wald's interval of x / n, which reports print and this program does not offer: it may leave [0, 1].
/// None as for [`interval`].
pub fn interval_wald(x: u64, n: u64, conf_level: f64) -> Option<Interval> {
    (n > 0 && x <= n && is_conf_level(conf_level)).then(|| score::wald(x, n, conf_level))
}

/// A difference and its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// First less second.
    pub estimate: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// How [`difference`] makes its interval.
pub const DIFFERENCE_METHOD: &str = "Newcombe, from Wilson score intervals, no continuity correction";

/// The interval of the difference of two independent proportions x₁/n₁ − x₂/n₂, each given as
/// (x, n): Newcombe's method 10.
/// Formula: with Wilson's bounds l and u of each, d − sqrt((p₁ − l₁)² + (u₂ − p₂)²) to
/// d + sqrt((u₁ − p₁)² + (p₂ − l₂)²).
/// Units: in [−1, 1], not percent. None where one of the intervals does not exist.
/// Reference: Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
/// Checked: statsmodels 0.15.0 confint_proportions_2indep, tests/oracle/difference.csv
pub fn difference(first: (u64, u64), second: (u64, u64), conf_level: f64) -> Option<Difference> {
    let [(p1, one), (p2, two)] = [bounds(first, conf_level)?, bounds(second, conf_level)?];
    let estimate = rounded_once(first, second);
    let low = estimate - (p1 - one.low).hypot(two.high - p2);
    let high = estimate + (one.high - p1).hypot(p2 - two.low);
    Some(Difference { estimate, low: low.max(-1.0), high: high.min(1.0) })
}

/// x₁/n₁ − x₂/n₂ rounded once: 1/2 − 11/40 is 0.225, but 0.22499999999999998 as the difference of two doubles.
fn rounded_once((x1, n1): (u64, u64), (x2, n2): (u64, u64)) -> f64 {
    let product = |a: u64, b: u64| i128::from(a) * i128::from(b);
    (product(x1, n2) - product(x2, n1)) as f64 / product(n1, n2) as f64
}

/// How [`difference_corrected`] makes its interval.
pub const CORRECTED_METHOD: &str = "Wald, continuity correction as R prop.test";

/// The interval of the difference of two independent proportions with Wald's standard error, corrected for continuity.
/// Formula: d ± (z·sqrt(Σpᵢ(1 − pᵢ)/nᵢ) + c·Σ1/nᵢ) with c = 1/2, but no more than |d|/Σ1/nᵢ.
/// Units: in [−1, 1], not percent. None when a group has no case, and where `conf_level` is outside 0.5 to 1 − 1e-9.
/// Checked: R 4.2.2 prop.test, tests/oracle/prop_test.csv
pub fn difference_corrected(first: (u64, u64), second: (u64, u64), conf_level: f64) -> Option<Difference> {
    wald(first, second, conf_level, 0.5)
}

/// The same without the correction: d ± z·sqrt(Σpᵢ(1 − pᵢ)/nᵢ).
/// Units: in [−1, 1], not percent. None when a group has no case, and where `conf_level` is outside 0.5 to 1 − 1e-9.
/// Checked: R 4.2.2 prop.test(correct = FALSE), in the tests of this file.
pub fn difference_wald(first: (u64, u64), second: (u64, u64), conf_level: f64) -> Option<Difference> {
    wald(first, second, conf_level, 0.0)
}

/// Wald's interval with at most so much of 1/n₁ + 1/n₂ as its correction.
fn wald(first: (u64, u64), second: (u64, u64), conf_level: f64, most: f64) -> Option<Difference> {
    if !is_conf_level(conf_level) || [first, second].iter().any(|(x, n)| *n == 0 || x > n) {
        return None;
    }
    let share = |(x, n): (u64, u64)| (x as f64 / n as f64, 1.0 / n as f64);
    let [(p1, inverse1), (p2, inverse2)] = [share(first), share(second)];
    let (estimate, inverse) = (p1 - p2, inverse1 + inverse2);
    let correction = (estimate.abs() / inverse).min(most) * inverse;
    let error = (p1 * (1.0 - p1) * inverse1 + p2 * (1.0 - p2) * inverse2).sqrt();
    let width = normal_quantile(conf_level) * error + correction;
    Some(Difference { estimate, low: (estimate - width).max(-1.0), high: (estimate + width).min(1.0) })
}

/// A proportion and Wilson's interval of it.
fn bounds((x, n): (u64, u64), conf_level: f64) -> Option<(f64, Interval)> {
    let bounds = interval(x, n, conf_level, IntervalMethod::Wilson)?;
    Some((x as f64 / n as f64, bounds))
}
