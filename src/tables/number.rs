//! The only place where a number becomes text.

use crate::analyze::results::{Statistic, Value};
use crate::analyze::statistic::{Digits, statistic};
use crate::decimal::{Exact, round_real};
use num_bigint::BigInt;
use num_rational::BigRational;

/// What is printed where there is no answer.
pub const NOT_ESTIMABLE: &str = "NE";
/// What is printed in place of a number that is withheld.
pub const MASKED: &str = "masked";

/// The printed form of a statistic: `5.9`, `80` for a percentage, `>1280`, `NE`.
///
/// Counts have no decimals; data values those of the data, and one more where the exact value
/// needs it; mean and SD one more than the data; percentages none below 100 cases, else one.
/// Rounding is half up on the exact value.
pub fn printed(row: &Statistic) -> String {
    let digits = statistic(row.name).digits;
    match &row.value {
        Value::Count(n) => n.to_string(),
        Value::Date(date) => date.clone(),
        Value::NotEstimable(_) => NOT_ESTIMABLE.to_owned(),
        Value::Masked => MASKED.to_owned(),
        Value::Censored(comparator, bound) => format!("{}{}", comparator.sign(), exact(bound, digits, row.decimals)),
        Value::Exact(value) => exact(value, digits, row.decimals),
        Value::Real(value) => real(*value, digits, row.decimals),
    }
}

fn exact(value: &Exact, digits: Digits, decimals: u8) -> String {
    let decimals = u32::from(decimals);
    match (digits, value) {
        (Digits::Count, _) => value.rounded(0),
        (Digits::Data, _) if value.has_at_most(decimals) => value.rounded(decimals),
        (Digits::Data | Digits::DataPlusOne, _) => value.rounded(decimals + 1),
        (Digits::Percent, Exact::Ratio(p)) => {
            Exact::Ratio(p * BigRational::from_integer(BigInt::from(100))).rounded(decimals)
        }
        (Digits::Percent, Exact::Root(p)) => {
            Exact::Root(p * BigRational::from_integer(BigInt::from(10_000))).rounded(decimals)
        }
    }
}

fn real(value: f64, digits: Digits, decimals: u8) -> String {
    let decimals = u32::from(decimals);
    let text = match digits {
        Digits::Percent => round_real(value * 100.0, decimals),
        Digits::DataPlusOne => round_real(value, decimals + 1),
        Digits::Data | Digits::Count => round_real(value, decimals),
    };
    text.unwrap_or_else(|| NOT_ESTIMABLE.to_owned())
}

/// The double of a statistic, for scripts; none where there is no number.
pub fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Exact(value) => Some(value.to_f64()).filter(|x| x.is_finite()),
        Value::Real(value) => Some(*value).filter(|x| x.is_finite()),
        Value::Count(_) | Value::Date(_) | Value::Censored(..) | Value::NotEstimable(_) | Value::Masked => None,
    }
}
