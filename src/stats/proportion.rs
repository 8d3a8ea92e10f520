//! Confidence intervals for a proportion.

use crate::stats::binomial::{Tail, probability_of_tail};
use statrs::distribution::{Beta, ContinuousCDF, Normal};
use std::fmt;
use std::str::FromStr;

/// Lower and upper bound of a proportion, in [0, 1], not percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// How a confidence interval for a proportion is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum IntervalMethod {
    /// Wilson's score interval; the default.
    #[default]
    Wilson,
    /// The interval of Clopper and Pearson, "exact" and conservative.
    ClopperPearson,
}

impl IntervalMethod {
    /// Every method.
    pub const ALL: [IntervalMethod; 2] = [IntervalMethod::Wilson, IntervalMethod::ClopperPearson];

    /// Its name in tables and results.
    pub const fn name(self) -> &'static str {
        match self {
            IntervalMethod::Wilson => "Wilson score, no continuity correction",
            IntervalMethod::ClopperPearson => "Clopper-Pearson exact",
        }
    }

    /// Its word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            IntervalMethod::Wilson => "wilson",
            IntervalMethod::ClopperPearson => "clopper-pearson",
        }
    }
}

impl fmt::Display for IntervalMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that is not one of [`IntervalMethod::word`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownIntervalMethod;

impl fmt::Display for UnknownIntervalMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an interval method; write `wilson` or `clopper-pearson`")
    }
}

impl std::error::Error for UnknownIntervalMethod {}

impl FromStr for IntervalMethod {
    type Err = UnknownIntervalMethod;

    fn from_str(word: &str) -> Result<IntervalMethod, UnknownIntervalMethod> {
        IntervalMethod::ALL.into_iter().find(|method| method.word() == word).ok_or(UnknownIntervalMethod)
    }
}

/// The two-sided confidence interval of the proportion x / n.
/// Units: bounds in [0, 1]; exactly 0 at x = 0 and exactly 1 at x = n.
/// None when n = 0, when x > n, and when `conf_level` is outside 0.5 to 1 − 1e-9, where the
/// quantiles behind it are not tested.
pub fn interval(x: u64, n: u64, conf_level: f64, method: IntervalMethod) -> Option<Interval> {
    if n == 0 || x > n || !(0.5..=1.0 - 1e-9).contains(&conf_level) {
        return None;
    }
    let Interval { low, high } = match method {
        IntervalMethod::Wilson => wilson(x, n, conf_level),
        IntervalMethod::ClopperPearson => clopper_pearson(x, n, conf_level)?,
    };
    let low = if x == 0 { 0.0 } else { low.clamp(0.0, 1.0) };
    let high = if x == n { 1.0 } else { high.clamp(0.0, 1.0) };
    Some(Interval { low, high })
}

/// Wilson score interval for a proportion `x / n`.
/// Formula: (p + z²/2n ± z·sqrt(p(1−p)/n + z²/4n²)) / (1 + z²/n); the lower bound as
/// p² / (1 + z²/n) / upper, which is the same and does not cancel near 0.
/// Units: bounds in [0, 1]. Requires n > 0.
/// Reference: Wilson 1927, doi:10.1080/01621459.1927.10502953.
/// Checked: R 4.2.2 values, tests/oracle/proportion_r.csv; mpmath, proportion.csv
fn wilson(x: u64, n: u64, conf_level: f64) -> Interval {
    let (p, n) = (x as f64 / n as f64, n as f64);
    let z = Normal::standard().inverse_cdf(0.5 + conf_level / 2.0);
    let shrinkage = 1.0 + z * z / n;
    let half_width = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let high = (p + z * z / (2.0 * n) + half_width) / shrinkage;
    Interval { low: p * p / shrinkage / high, high }
}

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
fn clopper_pearson(x: u64, n: u64, conf_level: f64) -> Option<Interval> {
    let tail = (1.0 - conf_level) / 2.0;
    // With no event, or only events, the tail is a power: (1 − p)ⁿ = α/2 or pⁿ = α/2.
    let at_all = (tail.ln() / n as f64).exp();
    let low = match x {
        0 => 0.0,
        x if x == n => at_all,
        x if n <= BETA_QUANTILE_CASES => Beta::new(x as f64, (n - x + 1) as f64).ok()?.inverse_cdf(tail),
        x => probability_of_tail(Tail::AtLeast, x, n, tail)?,
    };
    let high = match x {
        0 => -(tail.ln() / n as f64).exp_m1(),
        x if x == n => 1.0,
        x if n <= BETA_QUANTILE_CASES => Beta::new((x + 1) as f64, (n - x) as f64).ok()?.inverse_cdf(1.0 - tail),
        x => probability_of_tail(Tail::AtMost, x, n, tail)?,
    };
    Some(Interval { low, high })
}
