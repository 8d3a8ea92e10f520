//! Compares a printed p-value with its test statistic and degrees of freedom.

use super::rounding::RoundingInterval;
use super::{Consistency, Judgement};
use crate::check::printed::Figure;
use crate::decimal::Exact;
use crate::schema::lexical::Comparator;
use crate::stats::distribution::{chi_squared_p, f_p, normal_p, t_p};

/// The significance level.
const ALPHA: f64 = 0.05;

/// Relative error allowed in a computed p.
const TOLERANCE: f64 = 1e-9;

/// The distribution of a test statistic with its degrees of freedom, which must be above 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TestDistribution {
    /// Student's t; Welch's degrees of freedom need not be whole.
    T(f64),
    /// F, between and within groups.
    F(f64, f64),
    /// Chi-squared, and Q of a meta-analysis.
    ChiSquared(u64),
    /// Standard normal.
    Z,
    /// Pearson's correlation with n − 2.
    R(f64),
}

impl TestDistribution {
    /// The two-sided p of a statistic; for F and chi-squared the p of the upper tail. None for a
    /// correlation beyond 1, a negative F or chi-squared, and degrees of freedom of 0 or less.
    /// Formula for r: t = r·√(df / (1 − r²)).
    pub fn p(self, statistic: f64) -> Option<f64> {
        let is_df = |df: f64| df.is_finite() && df > 0.0;
        match self {
            TestDistribution::T(df) if is_df(df) => Some(t_p(statistic, df)),
            TestDistribution::F(one, two) if is_df(one) && is_df(two) && statistic >= 0.0 => {
                Some(f_p(statistic, one, two))
            }
            TestDistribution::ChiSquared(df) if df > 0 && statistic >= 0.0 => Some(chi_squared_p(statistic, df)),
            TestDistribution::Z => Some(normal_p(statistic)),
            TestDistribution::R(df) if is_df(df) && statistic.abs() <= 1.0 => {
                let unexplained = 1.0 - statistic * statistic;
                Some(t_p(statistic.abs() * (df / unexplained).sqrt(), df))
            }
            _ => None,
        }
    }

    fn is_signed(self) -> bool {
        matches!(self, TestDistribution::T(_) | TestDistribution::Z | TestDistribution::R(_))
    }
}

/// A test as printed in a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrintedTest {
    /// Its distribution.
    pub distribution: TestDistribution,
    /// Its statistic.
    pub statistic: Figure,
    /// The sign before the p; none for `p = 0.04`.
    pub comparator: Option<Comparator>,
    /// The figure of p.
    pub p: Figure,
    /// True where the report states that the test is one-tailed.
    pub is_one_tailed: bool,
}

/// The result of comparing a printed p with the recomputed one.
#[derive(Debug, Clone, PartialEq)]
pub struct PJudgement {
    /// Whether the printed p is possible for the statistic.
    pub judgement: Judgement,
    /// The smallest and the largest p of a statistic that rounds to the printed one.
    pub range: Option<(f64, f64)>,
    /// True where the printed and the recomputed p lie on different sides of 0.05.
    pub is_decision_error: bool,
}

impl PrintedTest {
    /// The smallest and the largest p of a statistic that rounds to the printed one.
    /// Formula: p at both ends of its rounding interval, or at 0 where the interval contains 0; halved
    /// for a one-tailed test. None for an impossible statistic.
    pub fn range(&self) -> Option<(f64, f64)> {
        let interval = RoundingInterval::nearest(self.statistic);
        let ends = [&interval.low, &interval.high].map(|end| Exact::Ratio(end.clone()).to_f64());
        let most = ends.into_iter().map(f64::abs).fold(0.0, f64::max);
        let least = ends.into_iter().map(f64::abs).fold(f64::INFINITY, f64::min);
        let contains_zero = ends.into_iter().any(|end| end <= 0.0) && ends.into_iter().any(|end| end >= 0.0);
        if !self.distribution.is_signed() && self.statistic.is_negative() {
            return None;
        }
        let most = if matches!(self.distribution, TestDistribution::R(_)) { most.min(1.0) } else { most };
        let least = if contains_zero { 0.0 } else { least };
        let share = if self.is_one_tailed && self.distribution.is_signed() { 0.5 } else { 1.0 };
        Some((self.distribution.p(most)? * share, self.distribution.p(least)? * share))
    }

    /// Whether the printed p is possible for the statistic.
    /// Formula: the rounding interval of p, or what its sign allows, overlaps the range of p of the
    /// statistics that round to the printed one. `p = 0.05` counts as significant.
    /// Reference: Nuijten et al. 2016, doi:10.3758/s13428-015-0664-2.
    /// Checked: SciPy, tests/oracle/arithmetic_p_value.csv
    pub fn judge(&self) -> PJudgement {
        let range = self.range();
        let of_no_test = |sentence: String| PJudgement {
            judgement: Judgement::inconsistent(sentence),
            range,
            is_decision_error: false,
        };
        let p = self.p.exact().to_f64();
        if !(0.0..=1.0).contains(&p) {
            return of_no_test(format!("p = {} is impossible: p lies between 0 and 1", self.p));
        }
        let Some((least, most)) = range else {
            return of_no_test(format!("a statistic of {} is impossible", self.statistic));
        };
        if p == 0.0 && self.comparator.is_none() {
            return of_no_test(format!("p = {} is impossible: p is never 0, write p < 0.001", self.p));
        }
        let (from, to) = (shown(least), shown(most));
        let range_of_p = if from == to { format!("p = {from}") } else { format!("p from {from} to {to}") };
        let computed = format!("the statistic {} gives {range_of_p}", self.statistic);
        let printed = format!("p {} {}", self.comparator.map_or("=", Comparator::sign), self.p);
        if self.allows(least, most) {
            let judgement = Judgement::new(Consistency::Consistent, format!("{computed}, which agrees with {printed}"));
            return PJudgement { judgement, range, is_decision_error: false };
        }
        let is_decision_error = self.is_decision_error(p, least, most);
        let decision = if is_decision_error { ", on the other side of 0.05" } else { "" };
        PJudgement {
            judgement: Judgement::inconsistent(format!("{computed}, not {printed}{decision}")),
            range,
            is_decision_error,
        }
    }

    /// True where some p of the range can be printed like this.
    fn allows(&self, least: f64, most: f64) -> bool {
        let (least, most) = (least * (1.0 - TOLERANCE), most * (1.0 + TOLERANCE));
        let p = self.p.exact().to_f64();
        let nearest = RoundingInterval::nearest(self.p);
        let [low, high] = [nearest.low, nearest.high].map(|end| Exact::Ratio(end).to_f64());
        match self.comparator {
            None => least <= high && most >= low,
            Some(Comparator::Below | Comparator::AtMost) => least <= p,
            Some(Comparator::Above | Comparator::AtLeast) => most >= p,
        }
    }

    fn is_decision_error(&self, p: f64, least: f64, most: f64) -> bool {
        match self.comparator {
            None | Some(Comparator::Below | Comparator::AtMost) if p <= ALPHA => least > ALPHA,
            None | Some(Comparator::Above | Comparator::AtLeast) if p >= ALPHA => most < ALPHA,
            _ => false,
        }
    }
}

/// A p with two significant digits.
fn shown(p: f64) -> String {
    Exact::from_f64(p).map_or_else(String::new, |p| p.rounded_to_significant(2, crate::decimal::Rounding::HalfUp))
}
