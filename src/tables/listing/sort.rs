//! The order of the rows of a listing.

use super::ListingEntry;
use crate::analyze::natural::natural;
use crate::cohort::case::CaseCell;
use crate::cohort::cell::CellState;
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::schema::lexical::Comparator;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::slice::from_ref;

/// The sort key of one case in one column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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

/// The keys of many cases: each distinct key once, and four bytes a key of each case.
#[derive(Debug)]
pub struct SortTable {
    /// The number of each distinct key, by column.
    numbers: Vec<FxHashMap<SortKey, u32>>,
    /// The numbers of the keys of each case, case after case.
    of_cases: Vec<u32>,
}

impl SortTable {
    /// A table of cases with so many keys each.
    pub fn new(keys: usize) -> SortTable {
        SortTable { numbers: vec![FxHashMap::default(); keys], of_cases: Vec::new() }
    }

    /// Adds the keys of cases, case after case.
    pub fn add(&mut self, keys: Vec<SortKey>) {
        let columns = self.numbers.len().max(1);
        for (at, key) in keys.into_iter().enumerate() {
            let Some(numbers) = self.numbers.get_mut(at % columns) else { continue };
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            self.of_cases.push(*numbers.entry(key).or_insert(next));
        }
    }

    /// The indices of the cases in order; cases with equal keys stay in theirs. `descending` has one entry a column.
    pub fn order(self, descending: &[bool]) -> Vec<u32> {
        let ranks: Vec<Vec<u32>> =
            self.numbers.into_iter().zip(descending).map(|(numbers, descending)| ranks(numbers, *descending)).collect();
        let columns = ranks.len().max(1);
        let mut of_cases = self.of_cases;
        for (at, number) in of_cases.iter_mut().enumerate() {
            let rank = ranks.get(at % columns).and_then(|ranks| ranks.get(*number as usize));
            *number = rank.copied().unwrap_or(u32::MAX);
        }
        let keys = |case: u32| {
            let start = (case as usize).saturating_mul(columns);
            of_cases.get(start..start.saturating_add(columns)).unwrap_or_default()
        };
        let mut order: Vec<u32> = (0..of_cases.len() / columns).filter_map(|case| u32::try_from(case).ok()).collect();
        order.sort_by(|one, two| keys(*one).cmp(keys(*two)));
        order
    }
}

/// The rank of each distinct key by its number; keys that are equal in value have one rank.
fn ranks(numbers: FxHashMap<SortKey, u32>, descending: bool) -> Vec<u32> {
    let mut keys: Vec<(SortKey, u32)> = numbers.into_iter().collect();
    let compare = |one: &SortKey, two: &SortKey| compare_keys(from_ref(one), from_ref(two), &[descending]);
    keys.sort_by(|(one, _), (two, _)| compare(one, two));
    let mut ranks = vec![0; keys.len()];
    let (mut rank, mut before) = (0_u32, None::<&SortKey>);
    for (key, number) in &keys {
        rank = rank.saturating_add(u32::from(before.is_some_and(|before| compare(before, key).is_ne())));
        before = Some(key);
        if let Some(slot) = ranks.get_mut(*number as usize) {
            *slot = rank;
        }
    }
    ranks
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
    use proptest::prelude::*;

    fn value(text: &str) -> SortKey {
        SortKey::Number(Decimal::parse(text).unwrap().into(), 0)
    }

    fn sorted(mut keys: Vec<SortKey>, descending: bool) -> Vec<SortKey> {
        keys.sort_by(|a, b| compare_keys(from_ref(a), from_ref(b), &[descending]));
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

    proptest! {
        #[test]
        fn a_table_sorts_like_a_list_of_keys(cases in prop::collection::vec((0_i64..6, 0_u8..3, "[ab]?[0-9]?"), 0..40), down in any::<[bool; 2]>()) {
            let keys = |(number, scale, text): &(i64, u8, String)| {
                let number = match number {
                    0 => SortKey::Missing,
                    1 => SortKey::Word("high".to_owned()),
                    _ => SortKey::Number(Decimal::new(number * 10_i64.pow((*scale).into()), *scale).into(), 0),
                };
                let text = if text.is_empty() { SortKey::Missing } else { SortKey::Text(text.clone()) };
                [number, text]
            };
            let mut list: Vec<(usize, [SortKey; 2])> = cases.iter().map(keys).enumerate().collect();
            let mut table = SortTable::new(2);
            list.iter().for_each(|(_, keys)| table.add(keys.to_vec()));
            list.sort_by(|(_, one), (_, two)| compare_keys(one, two, &down));
            let expected: Vec<u32> = list.iter().map(|(at, _)| *at as u32).collect();
            prop_assert_eq!(table.order(&down), expected);
        }
    }
}
