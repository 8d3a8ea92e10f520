//! Comparisons with written values, as ranges of the values that satisfy them.

use super::interval::{Interval, Value};
use super::syntax::{Constant, Literal, Operator, Side, Test};
use std::ops::Bound::{Excluded, Included, Unbounded};

/// Why a test is no range of values.
pub(super) enum NoRange<'t> {
    /// It needs no order.
    NotOrdered,
    /// A literal of another kind.
    Value(&'t Literal),
    /// The low end lies above the high end.
    Empty(&'t Literal, &'t Literal),
}

/// The ranges of values that satisfy a test; of `<>`, those that do not.
pub(super) fn ranges<T: Ord + Copy>(
    test: &Test,
    ends: fn(&Literal) -> Option<(T, T)>,
) -> Result<Vec<Interval<T>>, NoRange<'_>> {
    let ends = |literal| ends(literal).ok_or(NoRange::Value(literal));
    match test {
        Test::Compare(operator, Side::Literal(literal)) => {
            let (first, last) = ends(literal)?;
            Ok(vec![match operator {
                Operator::Equal | Operator::NotEqual => (Included(first), Included(last)),
                Operator::Below => (Unbounded, Excluded(first)),
                Operator::AtMost => (Unbounded, Included(last)),
                Operator::Above => (Excluded(last), Unbounded),
                Operator::AtLeast => (Included(first), Unbounded),
            }])
        }
        Test::In(list) => {
            list.iter().map(|literal| ends(literal).map(|(first, last)| (Included(first), Included(last)))).collect()
        }
        Test::Between(low, high) => {
            let (first, last) = (ends(low)?.0, ends(high)?.1);
            if first > last { Err(NoRange::Empty(low, high)) } else { Ok(vec![(Included(first), Included(last))]) }
        }
        _ => Err(NoRange::NotOrdered),
    }
}

/// A number stands for itself.
pub(super) fn number_ends(literal: &Literal) -> Option<(Value, Value)> {
    match literal.value {
        Constant::Number(number) => Some((number.into(), number.into())),
        _ => None,
    }
}
