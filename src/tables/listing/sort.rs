//! The order of the rows of a listing.

use super::ListingEntry;
use crate::analyze::order::natural;
use crate::cohort::case::CaseCell;
use crate::cohort::cell::CellState;
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::schema::lexical::Comparator;
use std::cmp::Ordering;

/// The sort key of one case in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SortKey {
    /// A value; -1 or 1 where the true value lies below or above it, else 0.
    Number(Quantity, i8),
    /// A text.
    Text(String),
    /// A word in a column of numbers.
    Word(String),
    /// A missing value.
    Missing,
}

impl SortKey {
    /// The key of a cell of a number column.
    pub fn of(cell: &CaseCell) -> SortKey {
        let CaseCell::Number(state) = cell else { return SortKey::Missing };
        match state {
            CellState::Value(number) => SortKey::Number(number.value, 0),
            CellState::Censored { comparator: Comparator::Below | Comparator::AtMost, value, .. } => {
                SortKey::Number(*value, -1)
            }
            CellState::Censored { value, .. } => SortKey::Number(*value, 1),
            CellState::StatedOnly(stated) => SortKey::Word(stated.word.clone()),
            CellState::Unreadable(_) => SortKey::Word(String::new()),
            CellState::Missing(_) => SortKey::Missing,
        }
    }

    /// The key of an entry by its text.
    pub fn of_entry(entry: &ListingEntry) -> SortKey {
        if matches!(entry, ListingEntry::Missing(_)) { SortKey::Missing } else { SortKey::Text(entry.joined()) }
    }

    /// The key of the number of a row.
    pub fn number(number: usize) -> SortKey {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        SortKey::Number(Quantity::from(Decimal::from_int(number)), 0)
    }

    /// Values come before words, and missing values last, in either order.
    fn class(&self) -> u8 {
        match self {
            SortKey::Number(..) | SortKey::Text(_) => 0,
            SortKey::Word(_) => 1,
            SortKey::Missing => 2,
        }
    }

    fn compare(&self, other: &SortKey) -> Ordering {
        match (self, other) {
            (SortKey::Number(one, side), SortKey::Number(two, other)) => one.compare(*two).then(side.cmp(other)),
            (SortKey::Text(one), SortKey::Text(two)) | (SortKey::Word(one), SortKey::Word(two)) => natural(one, two),
            _ => Ordering::Equal,
        }
    }
}

/// The order of two cases by their keys; `descending` has one entry per key.
pub fn compare_keys(one: &[SortKey], two: &[SortKey], descending: &[bool]) -> Ordering {
    let pairs = one.iter().zip(two).zip(descending).map(|((one, two), descending)| {
        let order = one.compare(two);
        one.class().cmp(&two.class()).then(if *descending { order.reverse() } else { order })
    });
    pairs.fold(Ordering::Equal, Ordering::then)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> SortKey {
        SortKey::Number(Decimal::parse(text).unwrap().into(), 0)
    }

    fn sorted(mut keys: Vec<SortKey>, descending: bool) -> Vec<SortKey> {
        keys.sort_by(|a, b| compare_keys(std::slice::from_ref(a), std::slice::from_ref(b), &[descending]));
        keys
    }

    #[test]
    fn numbers_are_sorted_as_numbers_and_missing_values_come_last() {
        let text = |text: &str| SortKey::Text(text.to_owned());
        let (two, ten, above) = (value("2.50"), value("10"), SortKey::Number(Decimal::from_int(10).into(), 1));
        let word = SortKey::Word("high".to_owned());
        let mixed = vec![SortKey::Missing, above.clone(), word.clone(), ten.clone(), two.clone()];
        let up = [two.clone(), ten.clone(), above.clone(), word.clone(), SortKey::Missing];
        assert_eq!(sorted(mixed.clone(), false), up);
        assert_eq!(sorted(mixed, true), [above, ten, two, word, SortKey::Missing]);
        assert_eq!(sorted(vec![text("P10"), text("P2")], false), [text("P2"), text("P10")]);
    }

    #[test]
    fn the_first_key_that_differs_decides() {
        let (a, b) = ([value("1"), value("3")], [value("1.0"), value("2")]);
        assert_eq!(compare_keys(&a, &b, &[false, false]), Ordering::Greater);
        assert_eq!(compare_keys(&a, &b, &[true, true]), Ordering::Less);
    }
}
