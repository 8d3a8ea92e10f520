//! The statistics that are limits of the interval of another.

use super::Statistic;

impl Statistic {
    /// The limits of its own interval; none where it has none.
    pub fn limits(self) -> Option<(Statistic, Statistic)> {
        match self {
            Statistic::Mean => Some((Statistic::MeanLow, Statistic::MeanHigh)),
            Statistic::MEDIAN => Some((Statistic::MedianLow, Statistic::MedianHigh)),
            Statistic::Proportion => Some((Statistic::ConfLow, Statistic::ConfHigh)),
            Statistic::Difference => Some((Statistic::DifferenceLow, Statistic::DifferenceHigh)),
            Statistic::HodgesLehmann => Some((Statistic::HodgesLehmannLow, Statistic::HodgesLehmannHigh)),
            Statistic::OddsRatio => Some((Statistic::OddsRatioLow, Statistic::OddsRatioHigh)),
            Statistic::RiskRatio => Some((Statistic::RiskRatioLow, Statistic::RiskRatioHigh)),
            Statistic::RateRatio => Some((Statistic::RateRatioLow, Statistic::RateRatioHigh)),
            Statistic::RestrictedMean => Some((Statistic::RestrictedMeanLow, Statistic::RestrictedMeanHigh)),
            Statistic::Pearson => Some((Statistic::PearsonLow, Statistic::PearsonHigh)),
            Statistic::EventRate => Some((Statistic::EventRateLow, Statistic::EventRateHigh)),
            Statistic::ProportionDifference => {
                Some((Statistic::ProportionDifferenceLow, Statistic::ProportionDifferenceHigh))
            }
            _ => None,
        }
    }
}
