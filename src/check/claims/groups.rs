//! Numbers that a report prints for two groups of cases, as a claims file states them.

use crate::analyze::Test;
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::check::printed::Printed;
use crate::tally::NamedFilter;
use crate::words::words;

words! {
    /// What is printed for two groups.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum BetweenStatistic: "statistic" {
        /// The p of a test.
        P = "p",
        /// The odds ratio, first group over second.
        OddsRatio = "odds ratio",
        /// The ratio of the two shares.
        RiskRatio = "risk ratio",
        /// First group less second: of the means, or of the percentages.
        Difference = "difference",
    }
}

/// A number for two groups.
#[derive(Debug, Clone)]
pub struct BetweenGroups {
    /// What is compared.
    pub of: BetweenOf,
    /// The conditions of the groups.
    pub groups: [NamedFilter; 2],
    /// What is printed.
    pub statistic: BetweenStatistic,
    /// The test; none to try each.
    pub method: Option<Test>,
    /// What is printed.
    pub printed: Printed,
}

/// What is compared between two groups.
#[derive(Debug, Clone)]
pub enum BetweenOf {
    /// The cases that satisfy a condition.
    Cases(NamedFilter),
    /// The values of a variable.
    Values(Selector),
}

impl BetweenOf {
    /// The mean of a variable in a group; none for a condition.
    pub(super) fn mean_in(&self, group: &NamedFilter) -> Option<Selector> {
        let BetweenOf::Values(selector) = self else { return None };
        Some(Selector { condition: Some(group.clone()), ..selector.of(Statistic::Mean) })
    }
}
