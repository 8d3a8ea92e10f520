//! Cells of a column of numbers.

use super::beside::{Beside, UnitBeside, column_unit, own_status, stated_beside};
use super::rules::{CellRules, missing, own_text};
use super::sedimentation::first_hour;
use super::state::{CellState, Stated, StatedNumber};
use crate::cohort::age;
use crate::cohort::quantity::Quantity;
use crate::cohort::unit::converted;
use crate::cohort::{MarkFault, Unreadable};
use crate::decimal::Decimal;
use crate::schema::decide::words::is_amount;
use crate::schema::lexical::duration::{Duration, TimeUnit};
use crate::schema::lexical::notation::notated;
use crate::schema::lexical::{Comparator, Lexeme, Measurement, NumberFormat, Sign, classify, sign, stated_word};
use crate::schema::units::unit;
use crate::schema::{BareReading, GroupedReading, MinusReading, Status, TitreReading, Variable};
use num_rational::Ratio;
use num_traits::CheckedDiv;
use std::borrow::Cow;

/// Reads a cell of a number column.
pub fn number(text: &str, rules: &CellRules) -> CellState {
    match one_number(text.trim(), rules) {
        CellState::Unreadable(why @ (Unreadable::OtherUnit { .. } | Unreadable::NotANumber)) => {
            first_hour(text, rules.variable).unwrap_or(CellState::Unreadable(why))
        }
        state => state,
    }
}

fn one_number(text: &str, rules: &CellRules) -> CellState {
    if let Some(reason) = missing(text, rules) {
        return CellState::Missing(reason);
    }
    let text = match own_text(text, rules) {
        Ok(text) => text,
        Err(why) => return CellState::Unreadable(why),
    };
    let variable = rules.variable;
    let negative = || is_negative_sign(text, variable).then_some(Status::Negative);
    if let Some(status) = own_status(text, variable).or_else(|| stated_word(text)).or_else(negative) {
        return CellState::StatedOnly(Stated { word: text.to_owned(), status: Some(status) });
    }
    let reading = NumberFormat { decimal_comma: rules.decimal_comma, field_delimiter: None };
    let text = &*dilution(text, variable);
    let notated = notated(text).filter(|_| variable.reading.is_time);
    if let Some(notated) = notated {
        let is_proved = variable.reading.notations.contains(&notated.notation);
        return if is_proved {
            lasting(&notated.duration, variable)
        } else {
            CellState::Unreadable(Unreadable::Notation)
        };
    }
    match classify(text, reading) {
        Lexeme::Measurement(measurement) if may_be_grouped(&measurement, variable) => {
            CellState::Unreadable(other_mark(true, true, false))
        }
        Lexeme::Measurement(measurement) => measured(measurement, variable, reading),
        Lexeme::Duration(duration) => lasting(&duration, variable),
        Lexeme::AtLeast(least) if variable.reading.is_time => {
            bare(variable).unwrap_or_else(|| in_header_unit(Some(Comparator::AtLeast), least.into(), None, variable))
        }
        Lexeme::Band => CellState::Unreadable(Unreadable::Band),
        Lexeme::Date(_) | Lexeme::WrittenDate(_) => CellState::Unreadable(Unreadable::Date),
        Lexeme::Sign(Sign::Minus) => CellState::Unreadable(Unreadable::Minus(text.to_owned())),
        Lexeme::Absent => CellState::Unreadable(Unreadable::AbsentWord(text.to_owned())),
        Lexeme::FailedFormula => CellState::Unreadable(Unreadable::FailedFormula(text.to_owned())),
        Lexeme::OutOfRange => CellState::Unreadable(Unreadable::OutOfRange),
        Lexeme::OtherMark { decimal, thousands } => {
            CellState::Unreadable(other_mark(decimal.is_some(), thousands.is_some(), rules.decimal_comma))
        }
        _ if text.contains(|c: char| c.is_ascii_digit()) => CellState::Unreadable(Unreadable::NotANumber),
        _ => CellState::Unreadable(Unreadable::Word),
    }
}

/// `1/160` below a header of titres as `1:160`.
fn dilution<'t>(text: &'t str, variable: &Variable) -> Cow<'t, str> {
    match text.strip_prefix("1/") {
        Some(rest) if variable.reading.is_slash_a_dilution => Cow::Owned(format!("1:{rest}")),
        Some(_) | None => Cow::Borrowed(text),
    }
}

/// True for a minus that means a negative test, as the schema may state.
fn is_negative_sign(text: &str, variable: &Variable) -> bool {
    variable.reading.minus == MinusReading::Negative && sign(text) == Some(Sign::Minus)
}

/// True for `429,000` in a column where three digits stand behind each comma.
fn may_be_grouped(measurement: &Measurement, variable: &Variable) -> bool {
    let value = measurement.value;
    let has_group = value.scale() == 3 && value.mantissa().unsigned_abs() >= 1000;
    has_group && variable.reading.grouped == GroupedReading::Unreadable
}

fn other_mark(decimal: bool, thousands: bool, decimal_comma: bool) -> Unreadable {
    Unreadable::Mark(match (decimal, thousands) {
        (ambiguous, true) => MarkFault::Thousands { ambiguous, decimal_comma },
        (_, false) if decimal_comma => MarkFault::DecimalPoint,
        (_, false) => MarkFault::DecimalComma,
    })
}

fn other_unit(found: &str, variable: &Variable) -> CellState {
    let expected = column_unit(variable).map(str::to_owned);
    let bare = variable.likely_unit.clone().filter(|_| variable.reading.bare != BareReading::TwoScales);
    CellState::Unreadable(Unreadable::OtherUnit { found: found.to_owned(), expected, bare })
}

/// Why a number without a unit cannot be read in a column; `None` where it is a value.
fn bare(variable: &Variable) -> Option<CellState> {
    let expected = || column_unit(variable).unwrap_or_default().to_owned();
    match variable.reading.bare {
        BareReading::Values => None,
        BareReading::Unreadable => {
            let bare = variable.likely_unit.clone();
            Some(CellState::Unreadable(Unreadable::UnitMissing { expected: expected(), bare }))
        }
        BareReading::YearsAndMonths => Some(CellState::Unreadable(Unreadable::YearsAndMonths)),
        BareReading::TwoScales => {
            let unit = variable.likely_unit.clone().unwrap_or_default();
            Some(CellState::Unreadable(Unreadable::TwoScales { unit }))
        }
    }
}

fn measured(measurement: Measurement, variable: &Variable, reading: NumberFormat) -> CellState {
    if measurement.titre && variable.reading.titres == Some(TitreReading::Unreadable) {
        return CellState::Unreadable(Unreadable::Titre);
    }
    let Some(value) = powered(measurement, variable) else { return other_unit(measurement.tail, variable) };
    match stated_beside(measurement, variable, reading) {
        Err(found) => other_unit(found, variable),
        Ok(Beside { unit: UnitBeside::None, stated }) => {
            let unreadable = bare(variable).filter(|_| !measurement.titre);
            unreadable.unwrap_or_else(|| match measurement.titre {
                true => known(measurement.comparator, value, stated, variable),
                false => in_header_unit(measurement.comparator, value, stated, variable),
            })
        }
        Ok(Beside { unit: UnitBeside::Other(found), stated }) => {
            let its_unit = unit_in_column(found, variable);
            match column_unit(variable).and_then(|unit| converted(value, its_unit, unit)) {
                Some(value) => known(measurement.comparator, value, stated, variable),
                None => other_unit(found, variable),
            }
        }
        Ok(Beside { unit: UnitBeside::OfTheColumn, stated }) => known(measurement.comparator, value, stated, variable),
    }
}

/// The value of `8.2 x10^9`: in a column of 10^9/L it is 8.2; no answer where its power is not that of the unit.
fn powered(measurement: Measurement, variable: &Variable) -> Option<Quantity> {
    let value = Quantity::from(measurement.value);
    if measurement.power == 0 {
        return Some(value);
    }
    let of_bare = variable.reading.header_unit.as_deref().filter(|_| measurement.unit.is_none());
    let unit = of_bare.or_else(|| column_unit(variable)).and_then(unit).map(|written| written.unit.name());
    let of_unit = unit.and_then(|name| name.strip_prefix("10^")?.split('/').next()?.parse::<u8>().ok());
    match of_unit {
        None => Some(value),
        Some(of_unit) if measurement.power == of_unit && measurement.unit.is_none() => {
            let ten = Ratio::from_integer(10_i128.checked_pow(measurement.power.into())?);
            Quantity::of_ratio(value.ratio()?.checked_div(&ten)?)
        }
        Some(_) if measurement.unit.is_some() => Some(value),
        Some(_) => None,
    }
}

/// The unit that a letter means in its column.
fn unit_in_column<'u>(found: &'u str, variable: &Variable) -> &'u str {
    match found {
        "m" => variable.reading.letter_m.map_or("m", TimeUnit::word),
        letter if variable.reading.year_letters.hold(letter) => TimeUnit::Years.word(),
        other => other,
    }
}

fn lasting(duration: &Duration, variable: &Variable) -> CellState {
    let Some(unit) = column_unit(variable) else { return other_unit(longest(duration), variable) };
    let value = match (TimeUnit::of_word(unit), duration.only_unit()) {
        (Some(time), _) => Quantity::of_duration(duration, time),
        // Seconds are units of the clinic, and no durations of a patient.
        (None, Some(only)) => duration.part(only).and_then(|value| converted(value.into(), only.word(), unit)),
        (None, None) => None,
    };
    match value {
        Some(value) => known(duration.comparator, value, None, variable),
        None if TimeUnit::of_word(unit).is_some() => CellState::Unreadable(Unreadable::OutOfRange),
        None => other_unit(longest(duration), variable),
    }
}

/// The longest unit of a duration.
fn longest(duration: &Duration) -> &'static str {
    duration.parts().next().map_or("", |(unit, _)| unit.word())
}

/// A number without a unit: in that of the header, converted where the column is shown in another one.
fn in_header_unit(
    comparator: Option<Comparator>,
    value: Quantity,
    stated: Option<Stated>,
    variable: &Variable,
) -> CellState {
    let Some(from) = &variable.reading.header_unit else { return known(comparator, value, stated, variable) };
    match column_unit(variable).and_then(|to| converted(value, from, to)) {
        Some(value) => known(comparator, value, stated, variable),
        None => other_unit(from, variable),
    }
}

fn known(comparator: Option<Comparator>, value: Quantity, stated: Option<Stated>, variable: &Variable) -> CellState {
    let why = age::impossible(variable, comparator, value);
    let why = why.or_else(|| below_zero(variable, comparator, value));
    if let Some(why) = why.or_else(|| beyond_scale(variable, comparator, value)) {
        return CellState::Unreadable(why);
    }
    if let Some(value) = age::bound(variable, comparator, value) {
        return CellState::Censored { comparator: Comparator::Above, value, stated: None };
    }
    match comparator {
        Some(comparator) => CellState::Censored { comparator, value, stated },
        None => CellState::Value(StatedNumber { value, stated }),
    }
}

/// A concentration, a duration or a count is never below zero, nor below a bound that is.
fn below_zero(variable: &Variable, comparator: Option<Comparator>, value: Quantity) -> Option<Unreadable> {
    let is_upper = matches!(comparator, None | Some(Comparator::Below | Comparator::AtMost));
    let is_below = variable.reading.is_never_negative && is_upper && value.is_negative();
    is_below.then(|| if is_amount(variable) { Unreadable::NegativeConcentration } else { Unreadable::BelowZero })
}

/// A number beyond the range of the scale of its column: 99 below `VAS (0-10)`. A bound may be one of the scale.
fn beyond_scale(variable: &Variable, comparator: Option<Comparator>, value: Quantity) -> Option<Unreadable> {
    let (low, high) = variable.reading.scale_range.filter(|_| comparator.is_none())?;
    let order = |limit: i64| value.compare(Decimal::from_int(limit).into());
    (order(low).is_lt() || order(high).is_gt()).then_some(Unreadable::BeyondScale { low, high })
}
