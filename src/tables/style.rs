//! How a table prints its numbers: the rounding of ties, and how many digits.

use super::digits::{DigitsRule, Places};
use crate::analyze::results::Statistic;
use crate::analyze::statistic::{Digits, statistic};
use crate::decimal::Rounding;
use num_bigint::BigInt;
use num_rational::BigRational;
use std::collections::BTreeMap;

/// How a table prints its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Style {
    /// What becomes of ties.
    pub rounding: Rounding,
    /// How many digits where no rule says otherwise.
    pub policy: DigitsPolicy,
    /// What `--digits` asked for; of two rules equally specific the later one holds.
    pub rules: Vec<DigitsRule>,
    /// How a percentage is made of n and N.
    pub percentage: Percentage,
    /// True where a comma stands between thousands, as gtsummary prints them.
    pub thousands: bool,
}

/// How many digits a statistic is printed with where no rule says so. Counts never have decimals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DigitsPolicy {
    /// Data values as in the data, and one more where the exact value needs it; mean and SD one
    /// more than the data; percentages whole below 100 cases, else with one decimal.
    #[default]
    Data,
    /// As many decimals for every number, as many for every percentage. R tableone 0.13 prints
    /// 2 and 1, Python tableone 0.9 and finalfit 1.1 print 1 and 1, arsenal 3.7 prints 3 and 1,
    /// cards 0.9 prints 1 and 1.
    /// Checked: tables of those tools, tests in tables/style/tests.rs.
    Fixed {
        /// Of means, quantiles, values and their spread.
        values: u32,
        /// Of percentages.
        percentages: u32,
    },
    /// table1 1.5 of R: three significant digits, also of whole numbers (12345 is 12300), zeros
    /// kept, a value first made greater by a millionth; percentages with one decimal after
    /// adding 0.0001, but 0 and 100 bare.
    /// Checked: `signif_pad` in R 4.2.2, tests/oracle/rounding_r.csv; its vignette.
    Table1,
    /// gtsummary 2: numbers with the decimals given for each variable, see
    /// [`gtsummary_decimals`]; percentages whole from 10 %, with one decimal below, `<0.1` for
    /// what is less than that, and 0 bare.
    /// Checked: `style_percent` in the tests of gtsummary, its README.
    Gtsummary(BTreeMap<String, u32>),
}

/// In which order a percentage is computed; seen only in ties of a binary rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Percentage {
    /// 100·n / N, rounded to a double once: arsenal, finalfit.
    #[default]
    Quotient,
    /// (n / N)·100, rounded to a double twice: R tableone and Python tableone. 23 of 80 is then
    /// a little less than 28.75.
    Product,
}

impl Style {
    /// The digits that a rule asks of a statistic; variable with statistic goes before variable,
    /// before statistic, before all. None where no rule speaks of it, and for a count.
    pub fn asked(&self, row: &Statistic) -> Option<Places> {
        let digits = statistic(row.name).digits;
        let rank = |rule: &DigitsRule| {
            let of_variable = match (&rule.variable, &row.variable) {
                (None, _) => 0,
                (Some(asked), Some(variable)) if asked == variable => 1,
                _ => return None,
            };
            let of_statistic = match rule.statistic {
                None => 0,
                Some(name) if name == row.name => 2,
                Some("p") if row.name.starts_with("conf.") && digits == Digits::Percent => 1,
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

/// A fraction of small numbers; the denominator is not 0.
pub(super) fn fraction(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

#[cfg(test)]
mod tests;
