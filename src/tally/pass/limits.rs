//! The plausible limits of a number column: a value outside them is counted, with a warning.

use crate::cohort::bare_number::BareNumber;
use crate::cohort::cell::CellState;
use crate::cohort::digit_limits::DigitLimits;
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::diagnostic::{Finding, Severity};
use crate::schema::{Role, Variable};
use std::cmp::Ordering;

/// The limits of a column.
pub struct Limits<'a> {
    variable: &'a Variable,
    low: Option<Decimal>,
    high: Option<Decimal>,
    digits: DigitLimits,
}

impl<'a> Limits<'a> {
    /// The limits of the schema, or of an age; `None` for other columns, and for withheld ones.
    pub fn of(variable: &'a Variable) -> Option<Limits<'a>> {
        if (variable.plausible.is_none() && variable.role != Role::Age) || variable.is_withheld() {
            return None;
        }
        let (low, high) = variable.plausible_limits();
        Some(Limits { variable, low, high, digits: DigitLimits::new(low, high) })
    }

    /// True for a bare number within the limits.
    #[inline]
    pub fn hold(&self, number: BareNumber) -> bool {
        self.digits.hold(number.digits, number.scale)
    }

    /// The finding about a cell; `None` for a value within the limits, and where there is no value.
    pub fn finding_of(&self, state: &CellState) -> Option<Finding> {
        match state {
            CellState::Value(value) => self.finding(value.value),
            _ => None,
        }
    }

    /// The finding about a value; `None` within the limits.
    pub fn finding(&self, value: Quantity) -> Option<Finding> {
        let is = |order: Ordering| move |limit: Decimal| value.compare(limit.into()) == order;
        let is_below = self.low.is_some_and(is(Ordering::Less));
        if !is_below && !self.high.is_some_and(is(Ordering::Greater)) {
            return None;
        }
        let is_age = self.variable.role == Role::Age && self.variable.plausible.is_none();
        let (id, message) = match (is_age, is_below) {
            (true, _) => ("age-implausible", "an age above 120 years".to_owned()),
            (false, true) => ("value-implausible", format!("below the plausible minimum of {}", self.low?)),
            (false, false) => ("value-implausible", format!("above the plausible maximum of {}", self.high?)),
        };
        let note = self.variable.plausible.as_ref().and_then(|plausible| plausible.note.clone());
        let remedy = note.unwrap_or_else(|| "check the value and its unit against the source".to_owned());
        Some(Finding::new(id, Severity::Warning, message).column(self.variable.file_header()).remedy(remedy))
    }
}
