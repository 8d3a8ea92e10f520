//! The only place where a number becomes text.

use super::digits::DecimalPlaces;
use super::number_marks::NumberMarks;
use super::p_value::{asked_p, p_value};
use super::style::{DigitsPolicy, Percentage, Style, fraction};
use crate::analyze::results::{ResultRow, Value};
use crate::analyze::statistic::{Digits, Statistic};
use crate::decimal::Exact;

/// Printed where a statistic is not estimable.
pub const NOT_ESTIMABLE: &str = "NE";
/// Printed instead of a masked number.
pub const MASKED: &str = "masked";

/// `2/3`; one word where neither number may be told.
pub fn quotient(n: &str, total: &str) -> String {
    if n == MASKED && total == MASKED { MASKED.to_owned() } else { format!("{n}/{total}") }
}

/// The printed form of a statistic: `5.9`, `80` for a percentage, `>1280`, `NE`.
///
/// Counts have no decimals; data values those of the data, and one more where the exact value
/// needs it; mean and SD one more than the data; percentages none below 100 cases, else one.
/// Rounding is half up on the exact value.
pub fn printed(row: &ResultRow) -> String {
    printed_with(row, &Style::default())
}

/// The printed form of a statistic in a style.
pub fn printed_with(row: &ResultRow, style: &Style) -> String {
    let is_percent = is_percentage(row);
    let text = |value: &Exact| style.text(&if is_percent { style.percent(value) } else { value.clone() }, row);
    match &row.value {
        Value::Count(n) => style.marks.marked(&n.to_string()),
        Value::Date(date) => date.clone(),
        Value::NotEstimable(_) => NOT_ESTIMABLE.to_owned(),
        Value::Masked => MASKED.to_owned(),
        Value::Censored(comparator, bound) => format!("{}{}", style.marks.sign(*comparator), text(bound)),
        Value::Exact(value) => text(value),
        // Multiplied as a double, so that 0.045 prints like 4.5.
        Value::Real(value) => Exact::from_f64(if is_percent { value * 100.0 } else { *value })
            .map_or_else(|| NOT_ESTIMABLE.to_owned(), |shown| style.text(&shown, row)),
    }
}

/// The decimals that the numbers of a row share; none where each has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RowDecimals {
    data: Option<u32>,
    percentages: Option<u32>,
}

/// The same in a row of numbers.
pub(super) fn printed_in(row: &ResultRow, style: &Style, shared: RowDecimals) -> String {
    match (&row.value, row.statistic.digits(), shared) {
        (Value::Exact(value), Digits::Data, RowDecimals { data: Some(decimals), .. }) if style.follows_data(row) => {
            style.marks.marked(&style.cut(value, DecimalPlaces::Decimals(decimals)))
        }
        (Value::Exact(value), Digits::Percent, RowDecimals { percentages: Some(decimals), .. })
            if style.follows_data(row) =>
        {
            style.marks.marked(&style.cut(&style.percent(value), DecimalPlaces::Decimals(decimals)))
        }
        _ => printed_with(row, style),
    }
}

impl Style {
    /// True for a number with the digits of the data.
    fn follows_data(&self, row: &ResultRow) -> bool {
        self.policy == DigitsPolicy::Data && self.asked(row).is_none()
    }

    /// The decimals of a row: of data values those that one of them needs, of percentages those that all may have.
    pub(super) fn shared_decimals(&self, rows: &[&ResultRow]) -> RowDecimals {
        let exact = |digits: Digits| {
            let of_data = rows.iter().filter(move |row| row.statistic.digits() == digits && self.follows_data(row));
            let exact = of_data.filter_map(|row| match &row.value {
                Value::Exact(value) => Some((value, row.decimals)),
                _ => None,
            });
            exact.collect::<Vec<_>>()
        };
        let (data, percentages) = (exact(Digits::Data), exact(Digits::Percent));
        let least = data.iter().map(|(_, decimals)| *decimals).min().filter(|_| data.len() > 1);
        let needed = |least| data.iter().map(|(value, _)| data_decimals(value, Digits::Data, least)).max();
        RowDecimals {
            data: least.and_then(needed),
            percentages: percentages.iter().map(|(_, decimals)| u32::from(*decimals)).min(),
        }
    }

    /// A value, or a percentage, as text.
    fn text(&self, shown: &Exact, row: &ResultRow) -> String {
        let digits = row.statistic.digits();
        self.marks.marked(&match (digits, self.asked(row)) {
            (Digits::Count, _) => shown.rounded(0),
            (Digits::P, None) => p_value(shown, self.p_value, self.rounding),
            (Digits::Two, None) if self.smd.is_some() && row.statistic == Statistic::Smd => {
                p_value(shown, self.smd, self.rounding)
            }
            (Digits::Two, None) => self.cut(shown, DecimalPlaces::Decimals(2)),
            (Digits::P, Some(places)) => asked_p(shown, places, self.rounding),
            (_, Some(places)) => self.cut(shown, places),
            (Digits::Percent, None) if self.is_row_total(row) => self.cut(shown, DecimalPlaces::Decimals(0)),
            (_, None) => self.by_policy(shown, digits, row),
        })
    }

    /// True for the percentage of a row in the column of all cases, where a tool prints it as 100.
    fn is_row_total(&self, row: &ResultRow) -> bool {
        self.whole_row_totals && row.group.is_none() && row.statistic == Statistic::Proportion && row.level.is_some()
    }

    fn by_policy(&self, shown: &Exact, digits: Digits, row: &ResultRow) -> String {
        let is_percent = digits == Digits::Percent;
        match self.policy {
            DigitsPolicy::Data => self.cut(shown, DecimalPlaces::Decimals(data_decimals(shown, digits, row.decimals))),
            DigitsPolicy::Fixed { percentages, .. } if is_percent => {
                self.cut(shown, DecimalPlaces::Decimals(percentages))
            }
            DigitsPolicy::Fixed { values, .. } => self.cut(shown, DecimalPlaces::Decimals(values)),
            DigitsPolicy::Cards => self.cut(shown, DecimalPlaces::Decimals(cards_decimals(row))),
            DigitsPolicy::Table1 if is_percent => self.table1_percentage(shown),
            DigitsPolicy::Table1 => {
                self.cut(&shown.times(&fraction(1_000_001, 1_000_000)), DecimalPlaces::Significant(3))
            }
            DigitsPolicy::Gtsummary if is_difference(row.statistic) => {
                self.cut(shown, DecimalPlaces::Decimals(significant_decimals(shown)))
            }
            DigitsPolicy::Gtsummary if is_percent => self.gtsummary_percentage(shown),
            DigitsPolicy::Gtsummary => {
                let decimals = row.variable.as_ref().and_then(|variable| self.by_spread.get(variable));
                self.cut(shown, DecimalPlaces::Decimals(decimals.copied().unwrap_or(0)))
            }
            DigitsPolicy::Sas => self.cut(shown, DecimalPlaces::Decimals(sas_decimals(shown, is_percent))),
            DigitsPolicy::Spss => self.cut(shown, DecimalPlaces::Decimals(spss_decimals(row, is_percent))),
        }
    }

    fn cut(&self, value: &Exact, places: DecimalPlaces) -> String {
        match places {
            DecimalPlaces::Decimals(decimals) => value.rounded_by(decimals, self.rounding),
            DecimalPlaces::Significant(digits) => value.rounded_to_significant(digits, self.rounding),
        }
    }

    /// A share as a percentage.
    fn percent(&self, share: &Exact) -> Exact {
        let product = (self.percentage == Percentage::Product && self.rounding.is_binary())
            .then(|| Exact::from_f64(share.to_f64() * 100.0));
        product.flatten().unwrap_or_else(|| share.times(&fraction(100, 1)))
    }

    fn table1_percentage(&self, percent: &Exact) -> String {
        match percent {
            Exact::Ratio(value) if *value == fraction(0, 1) || *value == fraction(100, 1) => percent.rounded(0),
            Exact::Ratio(value) => self.cut(&Exact::Ratio(value + fraction(1, 10_000)), DecimalPlaces::Decimals(1)),
            Exact::Root(_) => self.cut(percent, DecimalPlaces::Decimals(1)),
        }
    }

    fn gtsummary_percentage(&self, percent: &Exact) -> String {
        let Some(Exact::Ratio(value)) = Exact::from_f64(percent.to_f64()) else { return percent.rounded(0) };
        if value <= fraction(0, 1) || value >= fraction(10, 1) {
            self.cut(percent, DecimalPlaces::Decimals(0))
        } else if value < fraction(1, 10) {
            "<0.1".to_owned()
        } else {
            self.cut(percent, DecimalPlaces::Decimals(1))
        }
    }
}

/// The decimals of [`DigitsPolicy::Data`].
fn data_decimals(value: &Exact, digits: Digits, decimals: u8) -> u32 {
    let decimals = u32::from(decimals);
    match digits {
        Digits::Count | Digits::P => 0,
        Digits::Two => 2,
        Digits::Data if value.has_at_most(decimals) => decimals,
        Digits::Data => decimals_above_zero(value, decimals + 1),
        Digits::DataPlusOne => decimals + 1,
        Digits::Percent => decimals,
    }
}

/// As many decimals as show that a value is not 0, and a few more at most: the newborn of 5 days is 0.01 years old.
fn decimals_above_zero(value: &Exact, least: u32) -> u32 {
    const FEW: u32 = 3;
    let size = value.to_f64().abs();
    let shows = |decimals: &u32| size == 0.0 || size * 10_f64.powi(i32::try_from(*decimals).unwrap_or(0)) >= 0.5;
    (least..=least + FEW).find(shows).unwrap_or(least + FEW)
}

/// The decimals of [`DigitsPolicy::Cards`]. What R computes is a double here, what it takes from the data is exact.
fn cards_decimals(row: &ResultRow) -> u32 {
    let is_observed = matches!(row.statistic, Statistic::Min | Statistic::Max | Statistic::Percentile(_));
    u32::from(!(is_observed && row.decimals == 0 && matches!(row.value, Value::Exact(_))))
}

/// True for a difference between groups, and for its limits.
fn is_difference(statistic: Statistic) -> bool {
    matches!(
        statistic,
        Statistic::Difference
            | Statistic::DifferenceLow
            | Statistic::DifferenceHigh
            | Statistic::ProportionDifference
            | Statistic::ProportionDifferenceLow
            | Statistic::ProportionDifferenceHigh
    )
}

/// The decimals of `style_sigfig()` of gtsummary 2.
/// Formula: 2 below 1, 1 below 10, else none, of the value without its sign, rounded to 3 and to 2 decimals first.
fn significant_decimals(value: &Exact) -> u32 {
    let size = value.to_f64().abs();
    let below = |limit: f64, step: f64| (size / step).round() * step < limit;
    if below(1.0, 0.001) {
        2
    } else if below(10.0, 0.01) {
        1
    } else {
        0
    }
}

/// The decimals of [`DigitsPolicy::Sas`].
fn sas_decimals(value: &Exact, is_percent: bool) -> u32 {
    if is_percent || value.to_f64().abs() >= 1000.0 { 2 } else { 7 }
}

/// The decimals of [`DigitsPolicy::Spss`].
fn spss_decimals(row: &ResultRow, is_percent: bool) -> u32 {
    let beyond = match row.statistic {
        _ if is_percent => return 1,
        Statistic::Min | Statistic::Max | Statistic::Sum => 0,
        Statistic::Sd | Statistic::Variance | Statistic::StandardError => 3,
        _ => 2,
    };
    u32::from(row.decimals) + beyond
}

/// A whole number with commas between all its thousands: `3,400,000`.
pub fn with_thousands(number: u64) -> String {
    NumberMarks::COMMAS.marked(&number.to_string())
}

/// True for a share, which is printed as a percentage.
pub fn is_percentage(row: &ResultRow) -> bool {
    row.statistic.digits() == Digits::Percent
}

/// A value as it is, before rounding: all decimals where they end within 15, else those of the nearest double.
pub fn raw(value: &Value) -> String {
    match value {
        Value::Count(n) => n.to_string(),
        Value::Date(date) => date.clone(),
        Value::NotEstimable(_) => NOT_ESTIMABLE.to_owned(),
        Value::Masked => MASKED.to_owned(),
        Value::Censored(comparator, bound) => format!("{}{}", comparator.sign(), bound.shortest()),
        Value::Exact(value) => value.shortest(),
        Value::Real(value) => value.to_string(),
    }
}
