//! Comparisons with literals, as ranges of the values that satisfy them.

use super::interval::{NumericValue, ValueInterval};
use super::syntax::{Constant, Literal, Operator, Predicate, Side};
use std::ops::Bound::{Excluded, Included, Unbounded};

/// Why a test is not a range of values.
pub(super) enum NotARange<'t> {
    /// It is not a comparison of ordered values.
    NotOrdered,
    /// A literal of another kind.
    Value(&'t Literal),
    /// The low end is above the high end.
    Empty(&'t Literal, &'t Literal),
}

/// The ranges of values that satisfy a test; for `<>`, those that do not.
pub(super) fn ranges<T: Ord + Copy>(
    test: &Predicate,
    ends: fn(&Literal) -> Option<(T, T)>,
) -> Result<Vec<ValueInterval<T>>, NotARange<'_>> {
    let ends = |literal| ends(literal).ok_or(NotARange::Value(literal));
    match test {
        Predicate::Compare(operator, Side::Literal(literal)) => {
            let (first, last) = ends(literal)?;
            Ok(vec![match operator {
                Operator::Equal | Operator::NotEqual => (Included(first), Included(last)),
                Operator::Below => (Unbounded, Excluded(first)),
                Operator::AtMost => (Unbounded, Included(last)),
                Operator::Above => (Excluded(last), Unbounded),
                Operator::AtLeast => (Included(first), Unbounded),
            }])
        }
        Predicate::In(list) => {
            list.iter().map(|literal| ends(literal).map(|(first, last)| (Included(first), Included(last)))).collect()
        }
        Predicate::Between(low, high) => {
            let (first, last) = (ends(low)?.0, ends(high)?.1);
            if first > last { Err(NotARange::Empty(low, high)) } else { Ok(vec![(Included(first), Included(last))]) }
        }
        _ => Err(NotARange::NotOrdered),
    }
}

/// A number is a range of one value.
pub(super) fn number_ends(literal: &Literal) -> Option<(NumericValue, NumericValue)> {
    match literal.value {
        Constant::Number(number) => Some((number.into(), number.into())),
        _ => None,
    }
}
