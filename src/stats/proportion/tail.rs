//! Intervals from the tails of the binomial and the beta distribution.

use super::Interval;
use crate::stats::beta;
use crate::stats::binomial::{PointWeight, Tail, probability_of_tail};
use statrs::distribution::{Beta, ContinuousCDF};

/// Most cases for which the beta quantiles of statrs are used. Up to here they are within a
/// relative 1e-10 (95 %: 3e-12); with more cases their continued fraction ends too early
/// (statrs issue 434), and the tail of the binomial is summed instead.
const BETA_QUANTILE_CASES: u64 = 200;

/// Clopper-Pearson interval for a proportion `x / n`.
/// Formula: lower p with P(X ≥ x) = α/2, upper p with P(X ≤ x) = α/2, X binomial: the α/2
/// quantile of Beta(x, n − x + 1) and the 1 − α/2 quantile of Beta(x + 1, n − x).
/// Units: bounds in [0, 1]. Requires 0 < n and x ≤ n.
/// Reference: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404.
/// Checked: R 4.2.2 values, tests/oracle/proportion_r.csv; mpmath, proportion.csv and
/// proportion_large.csv
pub(super) fn clopper_pearson(x: u64, n: u64, conf_level: f64) -> Option<Interval> {
    let tail = (1.0 - conf_level) / 2.0;
    let low = match x {
        0 => 0.0,
        x if x == n => all_events(n, tail),
        x if n <= BETA_QUANTILE_CASES => Beta::new(x as f64, (n - x + 1) as f64).ok()?.inverse_cdf(tail),
        x => probability_of_tail(Tail::AtLeast, PointWeight::Whole, x, n, tail)?,
    };
    let high = match x {
        0 => no_event(n, tail),
        x if x == n => 1.0,
        x if n <= BETA_QUANTILE_CASES => Beta::new((x + 1) as f64, (n - x) as f64).ok()?.inverse_cdf(1.0 - tail),
        x => probability_of_tail(Tail::AtMost, PointWeight::Whole, x, n, tail)?,
    };
    Some(Interval { low, high })
}

/// Clopper and Pearson's interval with half the probability of the observed number of events.
/// Formula: lower p with P(X > x) + P(X = x)/2 = α/2, upper p with P(X < x) + P(X = x)/2 = α/2.
/// Units: bounds in [0, 1]. Requires 0 < n and x ≤ n.
/// Reference: Berry & Armitage 1995, The Statistician 44, 417-423.
/// Checked: mpmath, tests/oracle/proportion_methods.csv
pub(super) fn mid_p(x: u64, n: u64, conf_level: f64) -> Option<Interval> {
    let tail = (1.0 - conf_level) / 2.0;
    let bound = |direction| probability_of_tail(direction, PointWeight::Half, x, n, tail);
    let low = match x {
        0 => 0.0,
        x if x == n => all_events(n, 2.0 * tail),
        _ => bound(Tail::AtLeast)?,
    };
    let high = match x {
        0 => no_event(n, 2.0 * tail),
        x if x == n => 1.0,
        _ => bound(Tail::AtMost)?,
    };
    Some(Interval { low, high })
}

/// Jeffreys' interval for a proportion `x / n`, which does not reach 0 and 1.
/// Formula: the α/2 and 1 − α/2 quantiles of Beta(x + 1/2, n − x + 1/2).
/// Units: bounds in (0, 1). Requires 0 < n and x ≤ n.
/// Reference: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.
/// Checked: mpmath, tests/oracle/proportion_methods.csv
pub(super) fn jeffreys(x: u64, n: u64, conf_level: f64) -> Interval {
    let (events, others) = (x as f64 + 0.5, (n - x) as f64 + 0.5);
    let tail = (1.0 - conf_level) / 2.0;
    Interval { low: beta::quantile(events, others, tail), high: 1.0 - beta::quantile(others, events, tail) }
}

/// The p at which only events have this probability: pⁿ = size.
fn all_events(n: u64, size: f64) -> f64 {
    (size.ln() / n as f64).exp()
}

/// The p at which no event has this probability: (1 − p)ⁿ = size.
fn no_event(n: u64, size: f64) -> f64 {
    -(size.ln() / n as f64).exp_m1()
}
