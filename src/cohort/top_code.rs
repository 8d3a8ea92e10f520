//! Ages over 89, which would lead to a person: they are known only to lie above 89.

use super::quantity::Quantity;
use crate::decimal::Decimal;
use crate::schema::lexical::{Comparator, DurationUnit, duration_unit};
use crate::schema::{Role, Variable};
use std::cmp::Ordering;

/// The last age that is shown, in years.
const LAST_AGE: i64 = 89;

/// The bound that takes the place of a value; none where the value may be shown.
///
/// Only a de-identified column of ages has such values: those over 89 years, and those known to lie above a bound
/// over 89 years. The bound is in the unit of the column.
pub fn bound(variable: &Variable, comparator: Option<Comparator>, value: Quantity) -> Option<Quantity> {
    if !variable.is_deidentified || variable.role != Role::Age {
        return None;
    }
    let is_months = variable.unit.as_deref().and_then(duration_unit) == Some(DurationUnit::Months);
    let last = Quantity::from(Decimal::from_int(if is_months { LAST_AGE.saturating_mul(12) } else { LAST_AGE }));
    let may_be_over = !matches!(comparator, Some(Comparator::Below | Comparator::AtMost));
    (may_be_over && value.compare(last) == Ordering::Greater).then_some(last)
}
