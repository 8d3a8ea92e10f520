//! The convention a statistic depends on: a closed list, each with the words of the reports.

use super::scores::Scores;
use crate::decimal::Decimal;
use crate::schema::MissingReason;
use crate::stats::adjust::Adjustment;
use crate::stats::hypothesis::TestMethod;
use crate::stats::odds::{self, OddsRatioMethod};
use crate::stats::proportion::IntervalMethod;
use crate::stats::quantile::QuantileType;
use crate::stats::survival::AREA_METHOD;
use crate::stats::{association, means, paired, proportion, rate, smd};
use serde::{Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// The convention a statistic depends on; its `Display` is what reports and JSON print.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Method {
    /// SD, variance and what follows from them, with the divisor N - 1.
    SampleSd,
    /// A type of quantile.
    Quantile(QuantileType),
    /// Interval of a mean.
    MeanInterval,
    /// Interval of a median.
    MedianInterval,
    /// Interval of a proportion.
    ProportionInterval(IntervalMethod),
    /// Lower bound of a proportion of all cases.
    NoneOfUnreported,
    /// Upper bound of a proportion of all cases.
    AllOfUnreported,
    /// The reason why the counted cases have no value.
    Missing(MissingReason),
    /// A test.
    Test(TestMethod),
    /// A test for trend, with the scores of the groups or levels.
    Trend(Arc<Scores>),
    /// An adjustment of p.
    Adjustment(Adjustment),
    /// A standardised mean difference.
    Smd,
    /// A curve of the time to an event.
    KaplanMeier,
    /// The interval of such a curve.
    LogLog,
    /// The curve of the follow-up.
    ReverseKaplanMeier,
    /// The interval of a rate.
    PoissonInterval,
    /// A median change and its interval.
    HodgesLehmann,
    /// An odds ratio.
    OddsRatio(OddsRatioMethod),
    /// A risk ratio.
    RiskRatio,
    /// A share against a reference.
    Against(Against),
    /// The interval of Pearson's correlation.
    FisherZ,
    /// A restricted mean.
    RestrictedMean,
    /// A ratio of two rates.
    RateRatio,
    /// Difference of two means.
    MeanDifference,
    /// Difference of two proportions.
    ProportionDifference,
    /// The same as `prop.test()` of R.
    ProportionDifferenceCorrected,
}

/// How a share is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Against {
    /// The reference.
    pub reference: Decimal,
    /// True where both sides count.
    pub is_two_sided: bool,
}

/// `exact binomial test, two-sided by probability, against 0.2`
impl fmt::Display for Against {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_two_sided {
            true => write!(f, "{}, against {}", TestMethod::Binomial, self.reference),
            false => write!(f, "{}, one-sided, against {}", TestMethod::Binomial.name(), self.reference),
        }
    }
}

impl Method {
    /// True for a test by the exact distribution.
    pub fn is_exact(&self) -> bool {
        matches!(self, Method::Test(test) if test.is_exact())
    }

    /// True for a test of the ranks of values.
    pub fn is_of_ranks(&self) -> bool {
        matches!(self, Method::Test(test) if test.is_of_ranks())
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Method::SampleSd => "sample SD, divisor N - 1",
            Method::Quantile(kind) => return kind.fmt(f),
            Method::MeanInterval => means::MEAN_METHOD,
            Method::MedianInterval => "order statistics, binomial",
            Method::ProportionInterval(method) => method.name(),
            Method::NoneOfUnreported => "n of all cases: none of those not reported has it",
            Method::AllOfUnreported => "of all cases: those not reported all have it",
            Method::Missing(reason) => reason.word(),
            Method::Test(method) => return method.fmt(f),
            Method::Trend(scores) => return write!(f, "{}, {scores}", TestMethod::CochranArmitage),
            Method::Adjustment(adjustment) => adjustment.name(),
            Method::Smd => smd::METHOD,
            Method::KaplanMeier => "Kaplan-Meier",
            Method::LogLog => "log-log, Greenwood variance",
            Method::ReverseKaplanMeier => "reverse Kaplan-Meier",
            Method::PoissonInterval => rate::METHOD,
            Method::HodgesLehmann => paired::HODGES_LEHMANN_METHOD,
            Method::OddsRatio(method) => method.name(),
            Method::RiskRatio => odds::RISK_METHOD,
            Method::Against(against) => return against.fmt(f),
            Method::FisherZ => association::INTERVAL_METHOD,
            Method::RestrictedMean => AREA_METHOD,
            Method::RateRatio => rate::RATIO_METHOD,
            Method::MeanDifference => means::DIFFERENCE_METHOD,
            Method::ProportionDifference => proportion::DIFFERENCE_METHOD,
            Method::ProportionDifferenceCorrected => proportion::CORRECTED_METHOD,
        })
    }
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
