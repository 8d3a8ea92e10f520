//! Columns that only number the rows of a table whose cases have several rows.

use super::rows::KeptRows;
use crate::schema::header::identity::{Identity, identity, may_number_records};

/// True for a column that numbers the rows: one that is called so, with another whole number in each row; and one whose
/// header may name the case, as `Nr` and `ID` do, where it counts the rows in their order from 0 or 1.
pub fn numbers_rows(rows: &KeptRows, column: usize) -> bool {
    let name = rows.columns.get(column).map_or("", String::as_str);
    match identity(name) {
        Some(Identity::Row) => numbers(rows, column).is_some_and(|mut numbers| {
            let all = numbers.len();
            numbers.sort_unstable();
            numbers.dedup();
            numbers.len() == all
        }),
        Some(Identity::Case(_)) => counts_rows(rows, column),
        Some(Identity::Person(_)) => may_number_records(name) && counts_rows(rows, column),
        Some(Identity::Thing) | None => false,
    }
}

/// True where the cells are 0, 1, 2, ... or 1, 2, 3, ... in the order of the rows.
pub fn counts_rows(rows: &KeptRows, column: usize) -> bool {
    let Some(numbers) = numbers(rows, column) else { return false };
    let first = numbers.first().copied().unwrap_or(u64::MAX);
    first < 2 && numbers.len() > 1 && numbers.into_iter().zip(first..).all(|(number, expected)| number == expected)
}

/// The whole numbers of a column; no answer where a cell is anything else.
fn numbers(rows: &KeptRows, column: usize) -> Option<Vec<u64>> {
    rows.rows().map(|row| rows.text(row, column).parse().ok()).collect()
}
