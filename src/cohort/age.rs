//! Which ages can be, and which may be shown: none below 0 or above 150 years, and none above 89 of a person who must
//! not be recognised.

use super::quantity::Quantity;
use super::unreadable::Unreadable;
use crate::decimal::Decimal;
use crate::schema::lexical::Comparator;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{Role, Variable};
use std::cmp::Ordering;

/// The last age that is shown, in years.
pub(super) const LAST_SHOWN: i64 = 89;
/// Nobody is known to have lived that long, in years; an older patient is a mistake or a code for a missing value.
const OLDEST: i64 = 150;

/// So many years in whole numbers of the unit of a column.
fn in_unit_of(variable: &Variable, years: i64) -> Decimal {
    let unit = variable.unit.as_deref().and_then(TimeUnit::of_word);
    unit.unwrap_or(TimeUnit::Years).in_years(years)
}

/// True for ages of persons who must not be recognised, be it the patient or another one.
fn hides_the_oldest(variable: &Variable) -> bool {
    variable.is_deidentified && (variable.is_of_ages || variable.role == Role::Age)
}

/// True where the numbers of a column are ages in a unit of time.
fn is_age(variable: &Variable) -> bool {
    let unit = variable.unit.as_deref();
    variable.role == Role::Age && unit.is_none_or(|unit| TimeUnit::of_word(unit).is_some())
}

/// The lowest and the highest bare number that is a value of a column, both included; `None` where there is no limit.
pub fn limits(variable: &Variable) -> (Option<Decimal>, Option<Decimal>) {
    let last_shown = hides_the_oldest(variable).then(|| in_unit_of(variable, LAST_SHOWN));
    if !is_age(variable) {
        return (None, last_shown);
    }
    (Some(Decimal::from_int(0)), last_shown.or_else(|| Some(in_unit_of(variable, OLDEST))))
}

/// Why a value, or a bound of it, cannot be an age; `None` where it can, and in columns of anything else.
pub fn impossible(variable: &Variable, comparator: Option<Comparator>, value: Quantity) -> Option<Unreadable> {
    if !is_age(variable) {
        return None;
    }
    let is_upper = matches!(comparator, None | Some(Comparator::Below | Comparator::AtMost));
    let is_lower = matches!(comparator, None | Some(Comparator::Above | Comparator::AtLeast));
    if is_upper && value.is_negative() {
        return Some(Unreadable::NegativeAge);
    }
    let oldest = Quantity::from(in_unit_of(variable, OLDEST));
    (is_lower && value.compare(oldest) == Ordering::Greater).then_some(Unreadable::ImpossibleAge)
}

/// The bound that takes the place of a value; none where the value may be shown.
///
/// Only a de-identified column of ages has such values: those over 89 years, and those known to lie above a bound
/// over 89 years. The bound is in the unit of the column.
pub fn bound(variable: &Variable, comparator: Option<Comparator>, value: Quantity) -> Option<Quantity> {
    if !hides_the_oldest(variable) {
        return None;
    }
    let last = Quantity::from(in_unit_of(variable, LAST_SHOWN));
    let may_be_over = !matches!(comparator, Some(Comparator::Below | Comparator::AtMost));
    (may_be_over && value.compare(last) == Ordering::Greater).then_some(last)
}
