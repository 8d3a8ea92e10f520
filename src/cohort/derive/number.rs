//! The numbers of derived variables: exact, with their units.

use super::syntax::Operation;
use crate::cohort::case::{Case, CaseCell};
use crate::cohort::cell::CellState;
use crate::cohort::column::CaseColumn;
use crate::cohort::unit::UnitChange;
use crate::decimal::{Decimal, Exact};
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::schema::lexical::Comparator;
use num_rational::BigRational;
use num_traits::Zero;

/// Decimals of a quotient that does not end, and its digits where it has more decimals.
const DECIMALS: u32 = 12;
/// Most digits of a number of a cell.
const MOST_DIGITS: i32 = 18;
/// Most decimals of a number that is nearly 0.
const MOST_DECIMALS: u32 = 24;

/// Why a derived cell is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyBlank {
    /// A cell that it asks has no value.
    Unknown,
    /// One measurement is the first and the last.
    MeasuredOnce,
    /// A number is divided by 0.
    DividedByZero,
    /// A bound, such as `<=5`, beyond which there are several bands.
    SeveralBands,
}

/// A number of a case.
#[derive(Debug)]
pub(super) enum CaseNumber<'a> {
    Constant(BigRational),
    Column(CaseColumn<'a>),
    Negative(Box<CaseNumber<'a>>),
    Two(Box<CaseNumber<'a>>, Operation, Box<CaseNumber<'a>>),
    /// A number in another unit.
    In(Box<CaseNumber<'a>>, UnitChange),
}

/// A number with its unit.
pub(super) struct NumberInUnit<'a> {
    pub number: CaseNumber<'a>,
    pub unit: Option<String>,
}

impl<'a> NumberInUnit<'a> {
    /// The numbers of a column.
    pub fn of(column: CaseColumn<'a>) -> NumberInUnit<'a> {
        NumberInUnit { number: CaseNumber::Column(column), unit: column.variable().unit.clone() }
    }

    /// The number in another unit, where both measure the same; else as it is.
    pub fn converted_to(self, unit: &Option<String>) -> NumberInUnit<'a> {
        let change = unit.as_ref().zip(self.unit.as_ref()).and_then(|(to, from)| UnitChange::new(from, to));
        match change {
            Some(change) if change.is_identity() => NumberInUnit { unit: unit.clone(), ..self },
            Some(change) => NumberInUnit { number: CaseNumber::In(Box::new(self.number), change), unit: unit.clone() },
            None => self,
        }
    }
}

/// A number as it is known: a value, or a bound of it.
pub(super) enum KnownNumber {
    Value(BigRational),
    Beyond(Comparator, BigRational),
}

/// The unit of two numbers taken together: a constant has that of the other; products and quotients of units have none.
///
/// Errors: a sum or a difference of numbers in two units, or of one with a unit and one without.
pub(super) fn unit_of(operation: Operation, [left, right]: [&NumberInUnit<'_>; 2]) -> Result<Option<String>, Error> {
    match operation {
        _ if right.is_constant() => Ok(left.unit.clone()),
        Operation::Plus | Operation::Minus | Operation::Times if left.is_constant() => Ok(right.unit.clone()),
        Operation::Plus | Operation::Minus => match (&left.unit, &right.unit) {
            (Some(one), Some(other)) if one != other => Err(of_two_dimensions(one, other)),
            (Some(unit), None) => Err(without_unit(&right.number, unit)),
            (None, Some(unit)) => Err(without_unit(&left.number, unit)),
            (unit, _) => Ok(unit.clone()),
        },
        Operation::Times | Operation::Over => Ok(None),
    }
}

fn of_two_dimensions(one: &str, other: &str) -> Error {
    let message = format!("numbers of two units are added or subtracted: {one} and {other}, which are not converted");
    Error::usage_with(message, "take columns that measure the same, or divide or multiply them")
}

fn without_unit(number: &CaseNumber<'_>, unit: &str) -> Error {
    let message = format!("numbers of two units are added or subtracted: one in {unit}, and one without a unit");
    let remedy = match number.first_without_unit() {
        Some(header) => format!("if it is in {unit} too: --unit {}", quoted(&format!("{header}={unit}"))),
        None => format!("add or subtract numbers in {unit}"),
    };
    Error::usage_with(message, remedy)
}

impl NumberInUnit<'_> {
    fn is_constant(&self) -> bool {
        matches!(self.number, CaseNumber::Constant(_))
    }
}

impl CaseNumber<'_> {
    /// The name by which `--unit` finds the first column without a unit: of a column at a visit that is made of rows,
    /// the column of the rows.
    fn first_without_unit(&self) -> Option<String> {
        match self {
            CaseNumber::Constant(_) => None,
            CaseNumber::Column(column) => {
                let variable = column.variable();
                variable.unit.is_none().then(|| variable.header.clone())
            }
            CaseNumber::Negative(of) | CaseNumber::In(of, _) => of.first_without_unit(),
            CaseNumber::Two(left, _, right) => left.first_without_unit().or_else(|| right.first_without_unit()),
        }
    }
}

/// The value of a number. Errors: why there is none.
#[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow, and 0 is no divisor here")]
pub(super) fn value(number: &CaseNumber<'_>, case: &Case<'_>) -> Result<BigRational, WhyBlank> {
    match number {
        CaseNumber::Constant(value) => Ok(value.clone()),
        CaseNumber::Column(column) => match case.cell(column) {
            CaseCell::Number(CellState::Value(stated)) => Ok(stated.value.to_ratio()),
            _ => Err(WhyBlank::Unknown),
        },
        CaseNumber::Negative(of) => value(of, case).map(|value| -value),
        CaseNumber::In(of, change) => value(of, case).map(|value| change.apply(&value)),
        CaseNumber::Two(left, operation, right) => {
            let (left, right) = (value(left, case)?, value(right, case)?);
            match operation {
                Operation::Plus => Ok(left + right),
                Operation::Minus => Ok(left - right),
                Operation::Times => Ok(left * right),
                Operation::Over if right.is_zero() => Err(WhyBlank::DividedByZero),
                Operation::Over => Ok(left / right),
            }
        }
    }
}

/// What is known of a number: of a column also the bound of a censored cell.
pub(super) fn known(number: &CaseNumber<'_>, case: &Case<'_>) -> Result<KnownNumber, WhyBlank> {
    if let CaseNumber::Column(column) = number
        && let CaseCell::Number(CellState::Censored { comparator, value, .. }) = case.cell(column)
    {
        return Ok(KnownNumber::Beyond(comparator, value.to_ratio()));
    }
    value(number, case).map(KnownNumber::Value)
}

/// A number as a cell: exact where it ends, else with twelve decimals, or of a small one with twelve digits; never with
/// more digits than a cell holds.
pub(super) fn written(value: &BigRational) -> String {
    let exact = Exact::Ratio(value.clone());
    let most = exact.rounded(MOST_DECIMALS);
    let Some(first) = first_power(&most) else { return "0".to_owned() };
    let behind = |digits: i32| u32::try_from(digits.saturating_sub(1).saturating_sub(first)).unwrap_or(0);
    let held = behind(MOST_DIGITS).min(MOST_DECIMALS);
    let decimals = (0..=held).find(|decimals| exact.has_at_most(*decimals));
    exact.rounded(decimals.unwrap_or_else(|| behind(12).max(DECIMALS).min(held)))
}

/// The power of ten of the first digit of a decimal number that is not 0: 2 of `100`, -3 of `-0.0015`.
pub(super) fn first_power(text: &str) -> Option<i32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let first = |digits: &str| digits.bytes().position(|digit| matches!(digit, b'1'..=b'9'));
    let power = |places: usize| i32::try_from(places).ok();
    let whole = whole.trim_start_matches('-');
    match (first(whole), first(decimals)) {
        (Some(at), _) => power(whole.len().checked_sub(at)?.checked_sub(1)?),
        (None, Some(at)) => power(at)?.checked_add(1)?.checked_neg(),
        (None, None) => None,
    }
}

/// The band of a number; each holds its lower end and not its upper one.
///
/// Errors: a bound, such as `<=5`, beyond which there are several bands.
pub(super) fn band_of(known: &KnownNumber, ends: &[Decimal]) -> Result<String, WhyBlank> {
    let is_at_an_end = |comparator: Comparator, bound: &BigRational| match comparator {
        Comparator::Below => ends.first().is_some_and(|first| *bound <= first.to_ratio()),
        Comparator::AtMost => ends.first().is_some_and(|first| *bound < first.to_ratio()),
        Comparator::Above | Comparator::AtLeast => ends.last().is_some_and(|last| *bound >= last.to_ratio()),
    };
    match known {
        KnownNumber::Value(value) => Ok(band(value, ends)),
        KnownNumber::Beyond(comparator, bound) if !is_at_an_end(*comparator, bound) => Err(WhyBlank::SeveralBands),
        KnownNumber::Beyond(Comparator::Below | Comparator::AtMost, _) => Ok(band_at(0, ends)),
        KnownNumber::Beyond(Comparator::Above | Comparator::AtLeast, _) => Ok(band_at(ends.len(), ends)),
    }
}

/// The band of a value.
pub(super) fn band(value: &BigRational, ends: &[Decimal]) -> String {
    band_at(ends.partition_point(|end| end.to_ratio() <= *value), ends)
}

/// The band above so many ends.
fn band_at(above: usize, ends: &[Decimal]) -> String {
    let below = above.checked_sub(1).and_then(|at| ends.get(at));
    match (below, ends.get(above)) {
        (Some(low), Some(high)) => format!("{low} to <{high}"),
        (None, Some(high)) => format!("<{high}"),
        (Some(low), None) => format!(">={low}"),
        (None, None) => String::new(),
    }
}
