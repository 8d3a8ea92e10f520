//! What is known of a number or a date: the interval it lies in.
//!
//! `>1280` is (1280, ∞), `2018` in a column of dates is the whole year. A comparison asks whether
//! such an interval lies within the range of the values that satisfy it, outside of it, or across.

use super::syntax::Operator;
use super::tree::{Truth, any};
use crate::cohort::cell::CellState;
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::schema::lexical::{Comparator, Date};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::cmp::Ordering;
use std::ops::Bound::{self, Excluded, Included, Unbounded};

/// From a low end to a high end.
pub(super) type Interval<T> = (Bound<T>, Bound<T>);

/// A number in the order of its value: 30/12 equals 2.5.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value(pub Quantity);

impl Value {
    /// As a fraction; only for values that fit no common denominator.
    #[allow(clippy::arithmetic_side_effects, reason = "integers of any size")]
    fn ratio(self) -> BigRational {
        let twelfths = if self.0.twelfths { 12 } else { 1 };
        let denominator = BigInt::from(10).pow(u32::from(self.0.scale)) * BigInt::from(twelfths);
        BigRational::new(self.0.numerator.into(), denominator)
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Value {
        Value(number.into())
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Value) -> Ordering {
        let (twelfths, scale) = (self.0.twelfths || other.0.twelfths, self.0.scale.max(other.0.scale));
        match (self.0.over(twelfths, scale), other.0.over(twelfths, scale)) {
            (Some(ours), Some(theirs)) => ours.cmp(&theirs),
            _ => self.ratio().cmp(&other.ratio()),
        }
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Value) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

/// A day of the calendar: year, month, day.
pub(super) type Day = (u16, u8, u8);

/// The first and the last day of a date; of a month the 31st, as only the order matters.
pub(super) fn days(date: Date) -> (Day, Day) {
    let first = (date.year, date.month.unwrap_or(1), date.day.unwrap_or(1));
    (first, (date.year, date.month.unwrap_or(12), date.day.unwrap_or(31)))
}

/// The interval of one value.
pub(super) fn point<T: Copy>(value: T) -> Interval<T> {
    (Included(value), Included(value))
}

/// Where the number of a cell lies; no answer for a word, a missing or an unreadable cell.
pub(super) fn known(state: &CellState) -> Option<Interval<Value>> {
    match state {
        CellState::Value(number) => Some(point(Value(number.value))),
        CellState::Censored { comparator, value, .. } => Some(match comparator {
            Comparator::Below => (Unbounded, Excluded(Value(*value))),
            Comparator::AtMost => (Unbounded, Included(Value(*value))),
            Comparator::Above => (Excluded(Value(*value)), Unbounded),
            Comparator::AtLeast => (Included(Value(*value)), Unbounded),
        }),
        CellState::StatedOnly(_) | CellState::Unreadable(_) | CellState::Missing(_) => None,
    }
}

/// Whether a value known to lie in `known` lies in one of the ranges.
pub(super) fn within<T: Ord + Copy>(known: Interval<T>, ranges: &[Interval<T>]) -> Truth {
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

/// How two values compare that are known to lie in these intervals.
pub(super) fn compare(left: Interval<Value>, operator: Operator, right: Interval<Value>) -> Truth {
    match operator {
        Operator::Equal => equal(left, right),
        Operator::NotEqual => !equal(left, right),
        Operator::Below => below(left, right),
        Operator::AtLeast => !below(left, right),
        Operator::Above => below(right, left),
        Operator::AtMost => !below(right, left),
    }
}

fn below(left: Interval<Value>, right: Interval<Value>) -> Truth {
    if is_before(left.1, right.0) {
        return Truth::True;
    }
    let never = value(right.1).zip(value(left.0)).is_some_and(|(highest, lowest)| highest <= lowest);
    if never { Truth::False } else { Truth::Unknown }
}

fn equal(left: Interval<Value>, right: Interval<Value>) -> Truth {
    let is_point = |interval: Interval<Value>| matches!(interval, (Included(low), Included(high)) if low == high);
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

/// True where all up to a high end lies before all from a low end on.
fn is_before<T: Ord>(high: Bound<T>, low: Bound<T>) -> bool {
    match (high, low) {
        (Unbounded, _) | (_, Unbounded) => false,
        (Included(high), Included(low)) => high < low,
        (Included(high) | Excluded(high), Included(low) | Excluded(low)) => high <= low,
    }
}

/// True where a range that begins at `range` holds the beginning of what is known.
fn begins_within<T: Ord>(range: Bound<T>, known: Bound<T>) -> bool {
    match (range, known) {
        (Unbounded, _) => true,
        (_, Unbounded) => false,
        (Excluded(range), Included(known)) => range < known,
        (Included(range) | Excluded(range), Included(known) | Excluded(known)) => range <= known,
    }
}

/// True where a range that ends at `range` holds the end of what is known.
fn ends_within<T: Ord>(range: Bound<T>, known: Bound<T>) -> bool {
    match (range, known) {
        (Unbounded, _) => true,
        (_, Unbounded) => false,
        (Excluded(range), Included(known)) => known < range,
        (Included(range) | Excluded(range), Included(known) | Excluded(known)) => known <= range,
    }
}

/// The interval of a whole number.
pub(super) fn whole(number: usize) -> Interval<Value> {
    let numerator = i128::try_from(number).unwrap_or(i128::MAX);
    point(Value(Quantity { numerator, ..Quantity::from(Decimal::from_int(0)) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::ops::RangeBounds;

    fn parts() -> impl Strategy<Value = (i64, bool, u8)> {
        (-1_000_000_000_000_000_000..1_000_000_000_000_000_000_i64, proptest::bool::ANY, 0..40_u8)
    }

    fn end() -> impl Strategy<Value = Bound<i32>> {
        prop_oneof![Just(Unbounded), (0..6_i32).prop_map(Included), (0..6_i32).prop_map(Excluded)]
    }

    /// Thirds from below to above all ends: two of them between each two ends.
    fn values(interval: Interval<i32>) -> Vec<i32> {
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
            let number = |end: Bound<i32>| end.map(|value| Value::from(Decimal::from_int(value.into())));
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
            let value = |(numerator, twelfths, scale): (i64, bool, u8)| {
                Value(Quantity { numerator: numerator.into(), twelfths, scale })
            };
            prop_assert_eq!(value(a).cmp(&value(b)), value(a).ratio().cmp(&value(b).ratio()));
        }
    }
}
