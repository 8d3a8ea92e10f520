//! The plausible limits of a number column: a value outside them is counted, with a warning.

use crate::cohort::bare_number::BareNumber;
use crate::cohort::cell::CellState;
use crate::cohort::digit_limits::DigitLimits;
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::diagnostic::{Finding, FindingId};
use crate::schema::decide::{FRACTIONS, OtherScale, other_scale};
use crate::schema::{Kind, Role, Variable};
use std::cmp::Ordering;

/// The limits of a column.
pub struct ColumnLimits<'a> {
    variable: &'a Variable,
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// Beyond this a number may be in another unit than the stated one.
    scale: Option<OtherScale>,
    digits: DigitLimits,
}

impl<'a> ColumnLimits<'a> {
    /// The limits of the schema, of an age, or of the stated unit; `None` for other columns, and for withheld
    /// ones.
    pub fn of(variable: &'a Variable) -> Option<ColumnLimits<'a>> {
        let scale = scale(variable);
        if (variable.plausible.is_none() && variable.role != Role::Age && scale.is_none()) || variable.is_withheld() {
            return None;
        }
        let (low, high) = variable.plausible_limits();
        let digits = match scale {
            Some(OtherScale::Below(least, _)) => DigitLimits::new(Some(Decimal::from_int(least)), None),
            Some(OtherScale::Above(most, _)) => DigitLimits::new(None, Some(Decimal::from_int(most))),
            None => DigitLimits::new(low, high),
        };
        Some(ColumnLimits { variable, low, high, scale, digits })
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
        if let Some(scale) = self.scale {
            return self.in_another_unit(scale, value);
        }
        let is = |order: Ordering| move |limit: Decimal| value.compare(limit.into()) == order;
        let is_below = self.low.is_some_and(is(Ordering::Less));
        if !is_below && !self.high.is_some_and(is(Ordering::Greater)) {
            return None;
        }
        let is_age = self.variable.role == Role::Age && self.variable.plausible.is_none();
        let (id, message) = match (is_age, is_below) {
            (true, _) => (FindingId::AgeImplausible, "an age above 120 years".to_owned()),
            (false, true) => (FindingId::ValueImplausible, format!("below the plausible minimum of {}", self.low?)),
            (false, false) => (FindingId::ValueImplausible, format!("above the plausible maximum of {}", self.high?)),
        };
        let note = self.variable.plausible.as_ref().and_then(|plausible| plausible.note.clone());
        let remedy = note.unwrap_or_else(|| "check the value and its unit against the source".to_owned());
        Some(Finding::new(id, message).column(self.variable.file_header()).remedy(remedy))
    }

    /// The warning about a number that hardly any patient has in the unit of the header: 98 below `Hb (g/dL)`.
    fn in_another_unit(&self, scale: OtherScale, value: Quantity) -> Option<Finding> {
        let order = |limit: i64| value.compare(Decimal::from_int(limit).into());
        let other = match scale {
            OtherScale::Below(least, other) => other_if(other, order(least) == Ordering::Less && value.numerator > 0),
            OtherScale::Above(most, other) => other_if(other, order(most) == Ordering::Greater),
        }?;
        let unit = self.variable.unit.as_deref()?;
        // The number is no part of the message, which a de-identified run keeps.
        let message =
            format!("hardly any patient has such a number of {unit}: it may be in {other}, and is counted as {unit}");
        let remedy = match other {
            FRACTIONS => "correct the cells: write 95 for 0.95".to_owned(),
            other => format!("correct the cells, or write the unit behind each number that is in {other}"),
        };
        let finding = Finding::new(FindingId::AnotherUnit, message);
        Some(finding.column(self.variable.file_header()).remedy(remedy))
    }
}

fn other_if(other: &'static str, is_beyond: bool) -> Option<&'static str> {
    is_beyond.then_some(other)
}

/// The scale of a unit that is stated, in the header, in the schema or on the command line; the plausible limits of the
/// schema settle it.
fn scale(variable: &Variable) -> Option<OtherScale> {
    let is_stated = variable.kind == Kind::Number && !variable.reading.is_unit_of_cells && variable.plausible.is_none();
    other_scale(&variable.header, variable.unit.as_ref().filter(|_| is_stated)?)
}
