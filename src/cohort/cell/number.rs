//! Cells of a column of numbers.

use super::rules::{CellRules, missing};
use super::state::{CellState, Stated, StatedNumber};
use crate::cohort::Unreadable;
use crate::cohort::age;
use crate::cohort::quantity::Quantity;
use crate::cohort::unit::{converted, same_unit};
use crate::schema::lexical::{
    Age, Comparator, DurationUnit, Lexeme, Measurement, NumberFormat, classify, duration_unit, flag, last_words,
    stated_word,
};
use crate::schema::{BareReading, Role, Status, Variable};

/// Reads a cell of a number column.
pub fn number(text: &str, rules: &CellRules) -> CellState {
    let text = text.trim();
    if let Some(reason) = missing(text, rules) {
        return CellState::Missing(reason);
    }
    if let Some(status) = own_status(text, rules.variable).or_else(|| stated_word(text)) {
        return CellState::StatedOnly(Stated { word: text.to_owned(), status: Some(status) });
    }
    let reading = NumberFormat { decimal_comma: rules.decimal_comma, field_delimiter: None };
    match classify(text, reading) {
        Lexeme::Measurement(measurement) => measured(measurement, rules.variable),
        Lexeme::Age(age) => aged(age, rules.variable),
        Lexeme::Date(_) => CellState::Unreadable(Unreadable::Date),
        Lexeme::OutOfRange => CellState::Unreadable(Unreadable::OutOfRange),
        Lexeme::OtherMark { decimal, thousands } => {
            CellState::Unreadable(other_mark(decimal.is_some(), thousands.is_some(), rules.decimal_comma))
        }
        _ if text.contains(|c: char| c.is_ascii_digit()) => CellState::Unreadable(Unreadable::NotANumber),
        _ => CellState::Unreadable(Unreadable::Word),
    }
}

fn other_mark(decimal: bool, thousands: bool, decimal_comma: bool) -> Unreadable {
    match (decimal, thousands) {
        (ambiguous, true) => Unreadable::Thousands { ambiguous, decimal_comma },
        _ if decimal_comma => Unreadable::DecimalPoint,
        _ => Unreadable::DecimalComma,
    }
}

/// The unit of the numbers of a column: the schema's, or years for an age without one.
fn column_unit(variable: &Variable) -> Option<&str> {
    variable.unit.as_deref().or((variable.role == Role::Age).then_some("years"))
}

fn measured(measurement: Measurement, variable: &Variable) -> CellState {
    let value = Quantity::from(measurement.value);
    let expected = || column_unit(variable).map(str::to_owned);
    let other_unit = |found: &str| Unreadable::OtherUnit { found: found.to_owned(), expected: expected() };
    match stated_beside(measurement, variable) {
        Err(found) => CellState::Unreadable(other_unit(found)),
        Ok(Beside { unit: UnitBeside::None, .. }) if variable.reading.bare == BareReading::Unreadable => {
            CellState::Unreadable(Unreadable::UnitMissing { expected: expected().unwrap_or_default() })
        }
        Ok(Beside { unit: UnitBeside::Other(found), stated }) => {
            match column_unit(variable).and_then(|unit| converted(value, found, unit)) {
                Some(value) => known(measurement.comparator, value, stated, variable),
                None => CellState::Unreadable(other_unit(found)),
            }
        }
        Ok(Beside { stated, .. }) => known(measurement.comparator, value, stated, variable),
    }
}

fn aged(age: Age, variable: &Variable) -> CellState {
    let expected = column_unit(variable);
    let Some(unit) = expected.and_then(duration_unit) else {
        let found = if age.years.is_some() { DurationUnit::Years } else { DurationUnit::Months };
        return CellState::Unreadable(Unreadable::duration(found, expected));
    };
    match Quantity::of_age(age, unit) {
        Some(value) => known(age.comparator, value, None, variable),
        None => CellState::Unreadable(Unreadable::OutOfRange),
    }
}

fn known(comparator: Option<Comparator>, value: Quantity, stated: Option<Stated>, variable: &Variable) -> CellState {
    if let Some(why) = age::impossible(variable, comparator, value) {
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

/// What follows a number.
struct Beside<'a> {
    unit: UnitBeside<'a>,
    stated: Option<Stated>,
}

/// The unit behind a number.
enum UnitBeside<'a> {
    None,
    OfTheColumn,
    Other(&'a str),
}

/// What is stated after a number. Errors: the text after it, if it is neither a unit nor a remark.
///
/// The column's own unit comes first (`5 L` in litres is not `5, low`), then the words of its
/// schema, then the built-in ones.
fn stated_beside<'a>(measurement: Measurement<'a>, variable: &Variable) -> Result<Beside<'a>, &'a str> {
    let tail = measurement.tail;
    let is_column_unit = |text: &str| column_unit(variable).is_some_and(|unit| same_unit(unit, text));
    if tail.is_empty() || is_column_unit(tail) {
        let unit = if tail.is_empty() { UnitBeside::None } else { UnitBeside::OfTheColumn };
        return Ok(Beside { unit, stated: None });
    }
    let own = last_words(tail).find(|(_, word)| own_status(word, variable).is_some());
    let (unit, word) = match own {
        Some((unit, word)) => (Some(unit).filter(|u| !u.is_empty()), Some(word)),
        None => (measurement.unit, measurement.stated),
    };
    let written = match unit {
        None => UnitBeside::None,
        Some(unit) if is_column_unit(unit) => UnitBeside::OfTheColumn,
        Some(unit) => UnitBeside::Other(unit),
    };
    let Some(word) = word.filter(|word| unit.is_some() || !is_column_unit(word)) else {
        return Ok(Beside { unit: written, stated: None });
    };
    let status = own_status(word, variable).or_else(|| flag(word));
    if status.is_none() && may_be_unit(word) {
        return Err(word);
    }
    Ok(Beside { unit: written, stated: Some(Stated { word: word.to_owned(), status }) })
}

/// The status that the schema of a column gives a word; case does not matter.
fn own_status(word: &str, variable: &Variable) -> Option<Status> {
    let same = |own: &str| own.trim() == word || own.trim().to_lowercase() == word.to_lowercase();
    variable.stated.iter().find(|(own, _)| same(own)).map(|(_, status)| *status)
}

/// True for a remark in parentheses that could be a unit, such as `(g/L)` or `(mg)`.
fn may_be_unit(word: &str) -> bool {
    word.contains(|c: char| !c.is_alphabetic() && !c.is_whitespace() && c != '-')
        || word.chars().count() <= 3
        || duration_unit(word).is_some()
}
