//! The numbers of derived variables: exact, with their units.

use super::syntax::Operation;
use crate::cohort::case::{Case, CaseCell};
use crate::cohort::cell::CellState;
use crate::cohort::column::CaseColumn;
use crate::cohort::unit::UnitChange;
use crate::decimal::{Decimal, Exact};
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
pub(super) enum Number<'a> {
    Constant(BigRational),
    Column(CaseColumn<'a>),
    Negative(Box<Number<'a>>),
    Two(Box<Number<'a>>, Operation, Box<Number<'a>>),
    /// A number in another unit.
    In(Box<Number<'a>>, UnitChange),
}

/// A number as it is known: a value, or a bound of it.
pub(super) enum Known {
    Value(BigRational),
    Beyond(Comparator, BigRational),
}

/// A unit as messages name it.
pub(super) fn shown_unit(unit: &Option<String>) -> &str {
    unit.as_deref().unwrap_or("no unit")
}

/// The unit of two numbers taken together: a constant has that of the other; products and quotients of units have none.
pub(super) fn unit_of(
    operation: Operation,
    left: Option<String>,
    right: Option<String>,
    [is_left, is_right]: [bool; 2],
) -> Result<Option<String>, Error> {
    match operation {
        _ if is_right => Ok(left),
        Operation::Plus | Operation::Minus | Operation::Times if is_left => Ok(right),
        Operation::Plus | Operation::Minus if left == right => Ok(left),
        Operation::Plus | Operation::Minus => {
            let message = format!("numbers of two units are added: {} and {}", shown_unit(&left), shown_unit(&right));
            Err(Error::usage_with(message, "state the unit in which both are shown: --unit COLUMN=UNIT"))
        }
        Operation::Times | Operation::Over => Ok(None),
    }
}

/// The value of a number. Errors: why there is none.
#[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow, and 0 is no divisor here")]
pub(super) fn value(number: &Number<'_>, case: &Case<'_>) -> Result<BigRational, WhyBlank> {
    match number {
        Number::Constant(value) => Ok(value.clone()),
        Number::Column(column) => match case.cell(column) {
            CaseCell::Number(CellState::Value(stated)) => Ok(stated.value.to_ratio()),
            _ => Err(WhyBlank::Unknown),
        },
        Number::Negative(of) => value(of, case).map(|value| -value),
        Number::In(of, change) => value(of, case).map(|value| change.apply(&value)),
        Number::Two(left, operation, right) => {
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
pub(super) fn known(number: &Number<'_>, case: &Case<'_>) -> Result<Known, WhyBlank> {
    if let Number::Column(column) = number
        && let CaseCell::Number(CellState::Censored { comparator, value, .. }) = case.cell(column)
    {
        return Ok(Known::Beyond(comparator, value.to_ratio()));
    }
    value(number, case).map(Known::Value)
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
pub(super) fn band_of(known: &Known, ends: &[Decimal]) -> Result<String, WhyBlank> {
    let is_at_an_end = |comparator: Comparator, bound: &BigRational| match comparator {
        Comparator::Below => ends.first().is_some_and(|first| *bound <= first.to_ratio()),
        Comparator::AtMost => ends.first().is_some_and(|first| *bound < first.to_ratio()),
        Comparator::Above | Comparator::AtLeast => ends.last().is_some_and(|last| *bound >= last.to_ratio()),
    };
    match known {
        Known::Value(value) => Ok(band(value, ends)),
        Known::Beyond(comparator, bound) if !is_at_an_end(*comparator, bound) => Err(WhyBlank::SeveralBands),
        Known::Beyond(Comparator::Below | Comparator::AtMost, _) => Ok(band_at(0, ends)),
        Known::Beyond(Comparator::Above | Comparator::AtLeast, _) => Ok(band_at(ends.len(), ends)),
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
