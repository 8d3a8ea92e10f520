//! Statistics of a change within patients: of the differences, one a patient.

use super::Options;
use super::method::Method;
use super::quantile::over;
use super::reason::Reason;
use super::results::Value;
use super::statistic::Statistic;
use crate::decimal::Exact;
use crate::stats::hypothesis::{DegreesOfFreedom, NoTest, TestResult};
use crate::stats::means::Sample;
use crate::stats::median_interval::range_coverage;
use crate::stats::moments::Moments;
use crate::stats::paired::{hodges_lehmann, paired_t, signed_rank};
use crate::tally::counts::Distribution;
use num_rational::BigRational;

/// The statistics of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChangeStatistic {
    Median,
    MedianLow,
    MedianHigh,
    PairedT,
    PairedTStatistic,
    PairedTFreedom,
    SignedRank,
    SignedRankV,
    SignedRankSmallest,
}

/// A value, and how it was computed.
type ComputedValue = (Value, Option<Method>);

impl ChangeStatistic {
    /// None for any other statistic.
    pub fn of(statistic: Statistic) -> Option<ChangeStatistic> {
        Some(match statistic {
            Statistic::HodgesLehmann => ChangeStatistic::Median,
            Statistic::HodgesLehmannLow => ChangeStatistic::MedianLow,
            Statistic::HodgesLehmannHigh => ChangeStatistic::MedianHigh,
            Statistic::PairedT => ChangeStatistic::PairedT,
            Statistic::PairedTStatistic => ChangeStatistic::PairedTStatistic,
            Statistic::PairedTFreedom => ChangeStatistic::PairedTFreedom,
            Statistic::SignedRank => ChangeStatistic::SignedRank,
            Statistic::SignedRankV => ChangeStatistic::SignedRankV,
            Statistic::SignedRankSmallest => ChangeStatistic::SignedRankSmallest,
            _ => return None,
        })
    }

    /// The value of these differences.
    ///
    /// Errors: why there is none.
    pub fn value(
        self,
        distribution: &Distribution,
        moments: &Moments,
        options: &Options,
    ) -> Result<ComputedValue, Reason> {
        match self {
            ChangeStatistic::Median | ChangeStatistic::MedianLow | ChangeStatistic::MedianHigh => {
                self.median(distribution, options)
            }
            ChangeStatistic::PairedT => tested(of_moments(moments)?, |test| Ok(Some(test.p))),
            ChangeStatistic::PairedTStatistic => tested(of_moments(moments)?, |test| Ok(statistic(test))),
            ChangeStatistic::PairedTFreedom => tested(of_moments(moments)?, |test| Ok(freedom(test))),
            ChangeStatistic::SignedRankV => tested(signed_rank(&differences(distribution)), |test| Ok(statistic(test))),
            ChangeStatistic::SignedRank => tested(signed_rank(&differences(distribution)), |test| Ok(Some(test.p))),
            ChangeStatistic::SignedRankSmallest => {
                tested(signed_rank(&differences(distribution)), |test| test.smallest_p.transpose())
            }
        }
    }

    fn median(self, distribution: &Distribution, options: &Options) -> Result<ComputedValue, Reason> {
        let found = hodges_lehmann(&differences(distribution), options.conf_level);
        let found = found.ok_or(Reason::NoTest(NoTest::TooLarge))?;
        let value = match self {
            ChangeStatistic::MedianLow => found.low,
            ChangeStatistic::MedianHigh => found.high,
            _ => Some(found.estimate),
        };
        let scaled = |value: BigRational| Value::Exact(Exact::Ratio(over(value, distribution.denominator)));
        let value = value.map(scaled).ok_or_else(|| few(distribution.n()))?;
        Ok((value, Some(Method::HodgesLehmann)))
    }
}

/// Why so few values have no interval: even their whole range covers less than the level.
fn few(n: u64) -> Reason {
    range_coverage(n).map_or(Reason::NoValue, |coverage| Reason::FewValues { n, coverage: coverage * 100.0 })
}

/// The paired t test. Errors: there is no value.
fn of_moments(moments: &Moments) -> Result<Result<TestResult, NoTest>, Reason> {
    Ok(paired_t(&Sample::of(moments).ok_or(Reason::NoValue)?))
}

fn statistic(test: &TestResult) -> Option<f64> {
    test.statistic.map(|statistic| statistic.value)
}

fn freedom(test: &TestResult) -> Option<f64> {
    match test.df {
        DegreesOfFreedom::One(df) => Some(df),
        DegreesOfFreedom::None | DegreesOfFreedom::Two { .. } => None,
    }
}

fn differences(distribution: &Distribution) -> Vec<(i128, u64)> {
    distribution.points().collect()
}

/// A number of a test, with its method.
fn tested(
    test: Result<TestResult, NoTest>,
    number: impl Fn(&TestResult) -> Result<Option<f64>, NoTest>,
) -> Result<ComputedValue, Reason> {
    let test = test.map_err(Reason::NoTest)?;
    let p = number(&test).map_err(Reason::NoTest)?.ok_or(Reason::NoTest(NoTest::TooLarge))?;
    Ok((Value::Real(p), Some(Method::Test(test.method))))
}
