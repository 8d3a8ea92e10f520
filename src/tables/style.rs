//! How a table prints its numbers: the rounding of ties, and how many digits.

use super::digits::{DecimalPlaces, DigitsRule};
use super::number_marks::NumberMarks;
use crate::analyze::like::Preset;
use crate::analyze::results::ResultRow;
use crate::analyze::statistic::{Digits, Statistic};
use crate::decimal::Rounding;
use crate::stats::quantile::{OrderStatistics, Probability, QuantileType};
use crate::tally::{Cohort, CohortVariable, Counts};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::collections::BTreeMap;

pub use crate::analyze::like::{DifferenceForm, DigitsPolicy, PValue, Percentage};

/// How a table prints its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Style {
    /// How ties are rounded.
    pub rounding: Rounding,
    /// How many digits, unless a rule overrides it.
    pub policy: DigitsPolicy,
    /// The rules of `--digits`; of two equally specific rules the later one applies.
    pub rules: Vec<DigitsRule>,
    /// How a percentage is computed from n and N.
    pub percentage: Percentage,
    /// True where the percentage of a row in the column of all cases is 100 without decimals.
    pub whole_row_totals: bool,
    /// How a difference between two groups is printed.
    pub difference: DifferenceForm,
    /// The marks in numbers.
    pub marks: NumberMarks,
    /// The decimals of each variable by the spread of its values, for [`DigitsPolicy::Gtsummary`].
    pub by_spread: BTreeMap<String, u32>,
    /// How p is printed; none for the program's own format.
    pub p_value: Option<PValue>,
    /// How a standardised mean difference is printed; none where it has two decimals.
    pub smd: Option<PValue>,
}

impl From<&Preset> for Style {
    /// The style of a tool.
    fn from(preset: &Preset) -> Style {
        Style {
            rounding: preset.rounding,
            policy: preset.digits,
            percentage: preset.percentage,
            marks: if preset.thousands { NumberMarks::COMMAS } else { NumberMarks::default() },
            difference: preset.difference,
            p_value: preset.tests.map(|tests| tests.p_value),
            smd: preset.tests.and_then(|tests| tests.smd).map(|smd| smd.printed),
            ..Style::default()
        }
    }
}

impl Style {
    /// The digits that the rules give a statistic: a rule of variable and statistic overrides one of
    /// the variable, then one of the statistic, then one of all. None without a rule, and for a count; a p has digits of
    /// its own unless a rule names it.
    pub fn asked(&self, row: &ResultRow) -> Option<DecimalPlaces> {
        let digits = row.statistic.digits();
        let rank = |rule: &DigitsRule| {
            let of_variable = match (&rule.variable, &row.variable) {
                (None, _) => 0,
                (Some(asked), Some(variable)) if asked == variable => 1,
                _ => return None,
            };
            let of_statistic = match rule.statistic {
                None if digits == Digits::P => return None,
                None => 0,
                Some(statistic) if statistic == row.statistic => 2,
                Some(Statistic::Proportion) if matches!(row.statistic, Statistic::ConfLow | Statistic::ConfHigh) => 1,
                Some(_) => return None,
            };
            Some((of_variable, of_statistic))
        };
        let ranked = self.rules.iter().filter_map(|rule| Some((rank(rule)?, rule.places)));
        let best = ranked.max_by_key(|(rank, _)| *rank).map(|(_, places)| places);
        best.filter(|_| digits != Digits::Count)
    }
}

/// The decimals gtsummary 2 gives the numbers of a variable.
/// Formula: none where the data are whole numbers or there are none; else by the spread of all
/// values, p95 - p5 of quantile type 7: 4 below 0.01, 3 below 0.1, 2 below 10, 1 below 20, else 0.
/// Checked: R/assign_summary_digits.R of gtsummary eead9d1f.
pub fn gtsummary_decimals(is_whole: bool, spread: Option<&BigRational>) -> u32 {
    let limits = [(fraction(1, 100), 4), (fraction(1, 10), 3), (fraction(10, 1), 2), (fraction(20, 1), 1)];
    let Some(spread) = spread.filter(|_| !is_whole) else { return 0 };
    limits.into_iter().find(|(limit, _)| spread < limit).map_or(0, |(_, decimals)| decimals)
}

/// The decimals gtsummary 2 gives the number columns of a cohort, by their names.
pub fn decimals_by_spread(cohort: &Cohort) -> BTreeMap<String, u32> {
    let of_column = |column: &CohortVariable| {
        let Counts::Number(counts) = &column.counts else { return None };
        let distribution = counts.distribution();
        let kind = QuantileType::default();
        let [p5, p95] = [Probability::new(5, 100)?, Probability::new(95, 100)?];
        let order = OrderStatistics::of_quantiles(distribution.points(), &[p5, p95], kind);
        let spread = order
            .quantile(p95, kind)
            .zip(order.quantile(p5, kind))
            .map(|(p95, p5)| (p95 - p5) / BigInt::from(distribution.denominator));
        Some((column.variable.name.clone(), gtsummary_decimals(counts.decimals() == 0, spread.as_ref())))
    };
    cohort.variables.iter().filter_map(of_column).collect()
}

/// A fraction of small numbers; the denominator is not 0.
pub(super) fn fraction(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

#[cfg(test)]
mod tests;
