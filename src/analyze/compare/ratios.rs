//! Odds ratios, risk ratios and rate ratios of two groups.

use super::groups::ComparedGroups;
use crate::analyze::contrast::Contrast;
use crate::analyze::method::Method;
use crate::analyze::reason::Reason;
use crate::analyze::results::Value;
use crate::analyze::rows::Rows;
use crate::analyze::statistic::Statistic;
use crate::decimal::Exact;
use crate::stats::odds::{OddsRatioMethod, conditional_odds_ratio, risk_ratio, sample_odds_ratio};
use crate::stats::rate::{Ratio, rate_ratio};
use num_rational::BigRational;
use std::sync::Arc;

/// A ratio of two groups, with the limits of its interval.
#[derive(Debug, Clone)]
pub(super) struct GroupRatio {
    /// The level of which it is; none of a ratio of rates.
    level: Option<String>,
    statistics: [Statistic; 3],
    values: [Value; 3],
    method: Method,
}

impl GroupRatio {
    /// The same without a value.
    pub fn without_value(self, reason: &Reason) -> GroupRatio {
        GroupRatio { values: none_of(reason), ..self }
    }

    /// Appends its rows.
    pub fn push(&self, rows: &mut Rows<'_, '_>, contrast: Option<&Arc<Contrast>>) {
        for (statistic, value) in self.statistics.into_iter().zip(&self.values) {
            rows.ratio(self.level.as_deref(), (statistic, value.clone()), &self.method, contrast);
        }
    }
}

/// The requested ratios of a level: `with` of `sizes` cases of each group have it.
pub(super) fn ratios(level: &str, with: &[u64], sizes: &[u64], groups: &ComparedGroups<'_>) -> Vec<GroupRatio> {
    let (Some([x1, x2]), Some([n1, n2])) = (groups.pair(with), groups.pair(sizes)) else { return Vec::new() };
    let cells = [*x1, n1.saturating_sub(*x1), *x2, n2.saturating_sub(*x2)];
    let reason = if *n1 == 0 || *n2 == 0 { Reason::GroupWithoutValue } else { Reason::EmptyCell };
    let conf_level = groups.options.conf_level;
    let of_odds = groups.comparisons().odds_ratio.map(|method| GroupRatio {
        level: Some(level.to_owned()),
        statistics: [Statistic::OddsRatio, Statistic::OddsRatioLow, Statistic::OddsRatioHigh],
        values: odds_ratio(method, cells, conf_level).unwrap_or_else(|| none_of(&reason)),
        method: Method::OddsRatio(method),
    });
    let of_risks = groups.comparisons().risk_ratio.then(|| GroupRatio {
        level: Some(level.to_owned()),
        statistics: [Statistic::RiskRatio, Statistic::RiskRatioLow, Statistic::RiskRatioHigh],
        values: risk_ratio(cells, conf_level).map_or_else(|| none_of(&reason), |ratio| values(&ratio)),
        method: Method::RiskRatio,
    });
    of_odds.into_iter().chain(of_risks).collect()
}

/// The ratio of two rates, each given as events and time.
pub(super) fn of_rates([first, second]: [&(u64, BigRational); 2], conf_level: f64) -> GroupRatio {
    let ratio = rate_ratio((first.0, &first.1), (second.0, &second.1), conf_level);
    let reason = if second.0 == 0 { Reason::NoEventBelow } else { Reason::NoPersonTime };
    GroupRatio {
        level: None,
        statistics: [Statistic::RateRatio, Statistic::RateRatioLow, Statistic::RateRatioHigh],
        values: ratio.map_or_else(|| none_of(&reason), |ratio| values(&ratio)),
        method: Method::RateRatio,
    }
}

fn odds_ratio(method: OddsRatioMethod, cells: [u64; 4], conf_level: f64) -> Option<[Value; 3]> {
    match method {
        OddsRatioMethod::Conditional => {
            let ratio = conditional_odds_ratio(cells, conf_level)?;
            Some([ratio.estimate, ratio.low, ratio.high].map(finite))
        }
        OddsRatioMethod::Sample => sample_odds_ratio(cells, conf_level).map(|ratio| values(&ratio)),
    }
}

fn values(ratio: &Ratio) -> [Value; 3] {
    [Value::Exact(Exact::Ratio(ratio.estimate.clone())), finite(ratio.low), finite(ratio.high)]
}

fn finite(value: f64) -> Value {
    if value.is_finite() { Value::Real(value) } else { Value::NotEstimable(Reason::EmptyCell) }
}

fn none_of(reason: &Reason) -> [Value; 3] {
    [(); 3].map(|()| Value::NotEstimable(reason.clone()))
}
