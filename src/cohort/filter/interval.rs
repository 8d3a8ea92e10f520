//! Numbers and dates that are not known exactly, as intervals.
//!
//! `>1280` is (1280, ∞), `2018` in a column of dates is the whole year. A comparison asks whether
//! such an interval is inside the range of the values that satisfy it, outside of it, or overlaps it.

use super::syntax::Operator;
use super::tree::{Truth, any};
use crate::cohort::cell::CellState;
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::schema::lexical::{Comparator, Date};
use std::cmp::Ordering;
use std::ops::Bound::{self, Excluded, Included, Unbounded};

/// From a low end to a high end.
pub(super) type ValueInterval<T> = (Bound<T>, Bound<T>);

/// A number that is compared by its value: 30/12 equals 2.5.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumericValue(pub Quantity);

impl From<Decimal> for NumericValue {
    fn from(number: Decimal) -> NumericValue {
        NumericValue(number.into())
    }
}

impl Ord for NumericValue {
    fn cmp(&self, other: &NumericValue) -> Ordering {
        self.0.compare(other.0)
    }
}

impl PartialOrd for NumericValue {
    fn partial_cmp(&self, other: &NumericValue) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for NumericValue {
    fn eq(&self, other: &NumericValue) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for NumericValue {}

/// A day of the calendar: year, month, day.
pub(super) type Day = (u16, u8, u8);

/// The first and the last day of a date; the last of a month is the 31st, because only the order matters.
pub(super) fn days(date: Date) -> (Day, Day) {
    let first = (date.year, date.month.unwrap_or(1), date.day.unwrap_or(1));
    (first, (date.year, date.month.unwrap_or(12), date.day.unwrap_or(31)))
}

/// The interval of one value.
pub(super) fn point<T: Copy>(value: T) -> ValueInterval<T> {
    (Included(value), Included(value))
}

/// The interval of the number of a cell; `None` for a word, a missing or an unreadable cell.
pub(super) fn known(state: &CellState) -> Option<ValueInterval<NumericValue>> {
    match state {
        CellState::Value(number) => Some(point(NumericValue(number.value))),
        CellState::Censored { comparator, value, .. } => Some(match comparator {
            Comparator::Below => (Unbounded, Excluded(NumericValue(*value))),
            Comparator::AtMost => (Unbounded, Included(NumericValue(*value))),
            Comparator::Above => (Excluded(NumericValue(*value)), Unbounded),
            Comparator::AtLeast => (Included(NumericValue(*value)), Unbounded),
        }),
        CellState::StatedOnly(_) | CellState::Unreadable(_) | CellState::Missing(_) => None,
    }
}

/// Whether a value in the interval `known` is in one of the ranges.
pub(super) fn within<T: Ord + Copy>(known: ValueInterval<T>, ranges: &[ValueInterval<T>]) -> Truth {
    any(ranges.iter().map(|range| {
        if is_before(known.1, range.0) || is_before(range.1, known.0) {
            Truth::False
        } else if begins_within(range.0, known.0) && ends_within(range.1, known.1) {
            Truth::True
        } else {
            Truth::Unknown
        }
    }))
}

/// How two values in these intervals compare.
pub(super) fn compare(
    left: ValueInterval<NumericValue>,
    operator: Operator,
    right: ValueInterval<NumericValue>,
) -> Truth {
    match operator {
        Operator::Equal => equal(left, right),
        Operator::NotEqual => !equal(left, right),
        Operator::Below => below(left, right),
        Operator::AtLeast => !below(left, right),
        Operator::Above => below(right, left),
        Operator::AtMost => !below(right, left),
    }
}

fn below(left: ValueInterval<NumericValue>, right: ValueInterval<NumericValue>) -> Truth {
    if is_before(left.1, right.0) {
        return Truth::True;
    }
    let never = value(right.1).zip(value(left.0)).is_some_and(|(highest, lowest)| highest <= lowest);
    if never { Truth::False } else { Truth::Unknown }
}

fn equal(left: ValueInterval<NumericValue>, right: ValueInterval<NumericValue>) -> Truth {
    let is_point =
        |interval: ValueInterval<NumericValue>| matches!(interval, (Included(low), Included(high)) if low == high);
    if is_before(left.1, right.0) || is_before(right.1, left.0) {
        Truth::False
    } else if is_point(left) && is_point(right) {
        Truth::True
    } else {
        Truth::Unknown
    }
}

fn value<T>(end: Bound<T>) -> Option<T> {
    match end {
        Included(value) | Excluded(value) => Some(value),
        Unbounded => None,
    }
}

/// True if everything up to a high end is before everything from a low end on.
fn is_before<T: Ord>(high: Bound<T>, low: Bound<T>) -> bool {
    match (high, low) {
        (Unbounded, _) | (_, Unbounded) => false,
        (Included(high), Included(low)) => high < low,
        (Included(high) | Excluded(high), Included(low) | Excluded(low)) => high <= low,
    }
}

/// True if a range that starts at `range` contains the start of an interval.
fn begins_within<T: Ord>(range: Bound<T>, known: Bound<T>) -> bool {
    match (range, known) {
        (Unbounded, _) => true,
        (_, Unbounded) => false,
        (Excluded(range), Included(known)) => range < known,
        (Included(range) | Excluded(range), Included(known) | Excluded(known)) => range <= known,
    }
}

/// True if a range that ends at `range` contains the end of an interval.
fn ends_within<T: Ord>(range: Bound<T>, known: Bound<T>) -> bool {
    match (range, known) {
        (Unbounded, _) => true,
        (_, Unbounded) => false,
        (Excluded(range), Included(known)) => known < range,
        (Included(range) | Excluded(range), Included(known) | Excluded(known)) => known <= range,
    }
}

/// The interval of a whole number.
pub(super) fn whole(number: usize) -> ValueInterval<NumericValue> {
    let numerator = i128::try_from(number).unwrap_or(i128::MAX);
    point(NumericValue(Quantity { numerator, ..Quantity::from(Decimal::from_int(0)) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::ops::RangeBounds;

    fn parts() -> impl Strategy<Value = (i64, u64, u8)> {
        (
            -1_000_000_000_000_000_000..1_000_000_000_000_000_000_i64,
            prop::sample::select(vec![1, 12, 1461, 5844]),
            0..40_u8,
        )
    }

    fn end() -> impl Strategy<Value = Bound<i32>> {
        prop_oneof![Just(Unbounded), (0..6_i32).prop_map(Included), (0..6_i32).prop_map(Excluded)]
    }

    /// Thirds from below to above all ends: two of them between each two ends.
    fn values(interval: ValueInterval<i32>) -> Vec<i32> {
        let thirds = |end: Bound<i32>| end.map(|value: i32| value.saturating_mul(3));
        (-4..20).filter(|value| (thirds(interval.0), thirds(interval.1)).contains(value)).collect()
    }

    proptest! {
        #[test]
        fn a_range_is_decided_where_all_values_agree(known in (end(), end()), range in (end(), end())) {
            let (known_values, range_values) = (values(known), values(range));
            prop_assume!(!known_values.is_empty() && !range_values.is_empty());
            let expected = match known_values.iter().filter(|value| range_values.contains(value)).count() {
                0 => Truth::False,
                all if all == known_values.len() => Truth::True,
                _ => Truth::Unknown,
            };
            prop_assert_eq!(within(known, &[range]), expected);
        }

        #[test]
        fn two_numbers_are_decided_where_all_pairs_agree(left in (end(), end()), right in (end(), end())) {
            let pairs: Vec<(i32, i32)> =
                values(left).into_iter().flat_map(|a| values(right).into_iter().map(move |b| (a, b))).collect();
            prop_assume!(!pairs.is_empty());
            let number = |end: Bound<i32>| end.map(|value| NumericValue::from(Decimal::from_int(value.into())));
            let (left, right) = ((number(left.0), number(left.1)), (number(right.0), number(right.1)));
            for operator in [Operator::Below, Operator::AtLeast, Operator::Equal] {
                let holds = |(a, b): &&(i32, i32)| match operator {
                    Operator::Below => a < b,
                    Operator::AtLeast => a >= b,
                    _ => a == b,
                };
                let expected = match pairs.iter().filter(holds).count() {
                    0 => Truth::False,
                    all if all == pairs.len() => Truth::True,
                    _ => Truth::Unknown,
                };
                prop_assert_eq!(compare(left, operator, right), expected, "{:?}", operator);
            }
        }

        #[test]
        fn values_are_in_the_order_of_their_fractions(a in parts(), b in parts()) {
            let value = |(numerator, parts, scale): (i64, u64, u8)| {
                NumericValue(Quantity { numerator: numerator.into(), parts, scale })
            };
            prop_assert_eq!(value(a).cmp(&value(b)), value(a).0.to_ratio().cmp(&value(b).0.to_ratio()));
        }
    }
}
