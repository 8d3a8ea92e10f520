//! Columns without a name in the header: the numbers of rows, columns that a spreadsheet left blank, or damage.

use super::block::ITEM;

/// The name under which a column without one is known inside the program; no header can be it, as headers are trimmed
/// and contain no separator of items.
pub fn unnamed(number: usize) -> String {
    format!("{ITEM}{number}")
}

/// The number of a column without a name, from 1; none for a column with one.
pub fn unnamed_number(name: &str) -> Option<usize> {
    name.strip_prefix(ITEM)?.parse().ok()
}
