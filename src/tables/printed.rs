//! The printed form of a statistic, with what it is: no other part of the program looks at the text to tell a number
//! from a word.

use super::number::{MASKED, NOT_ESTIMABLE};
use crate::analyze::results::Value;

/// The printed form of a statistic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintedStatistic {
    /// `5.9`, `>1280`, `2021-03-05`
    Number(String),
    /// `three`
    Word(String),
    /// A number that is withheld.
    Masked,
    /// No number exists.
    NotEstimable,
}

impl PrintedStatistic {
    /// What a value is, with its text.
    pub(super) fn of(value: &Value, text: String) -> PrintedStatistic {
        match value {
            Value::Real(value) if !value.is_finite() => PrintedStatistic::NotEstimable,
            Value::Count(_) | Value::Date(_) | Value::Censored(..) | Value::Exact(_) | Value::Real(_) => {
                PrintedStatistic::Number(text)
            }
            Value::Masked => PrintedStatistic::Masked,
            Value::NotEstimable(_) => PrintedStatistic::NotEstimable,
        }
    }

    /// Its text: `NE` where no number exists.
    pub fn text(&self) -> &str {
        match self {
            PrintedStatistic::Number(text) | PrintedStatistic::Word(text) => text,
            PrintedStatistic::Masked => MASKED,
            PrintedStatistic::NotEstimable => NOT_ESTIMABLE,
        }
    }

    /// True for digits, behind which a unit or `%` can stand.
    pub fn is_number(&self) -> bool {
        matches!(self, PrintedStatistic::Number(_))
    }

    /// The same with another text of a number or a word.
    #[must_use]
    pub fn map(self, to: impl FnOnce(String) -> String) -> PrintedStatistic {
        match self {
            PrintedStatistic::Number(text) => PrintedStatistic::Number(to(text)),
            PrintedStatistic::Word(text) => PrintedStatistic::Word(to(text)),
            PrintedStatistic::Masked | PrintedStatistic::NotEstimable => self,
        }
    }
}

impl From<PrintedStatistic> for String {
    fn from(printed: PrintedStatistic) -> String {
        match printed {
            PrintedStatistic::Number(text) | PrintedStatistic::Word(text) => text,
            PrintedStatistic::Masked | PrintedStatistic::NotEstimable => printed.text().to_owned(),
        }
    }
}
