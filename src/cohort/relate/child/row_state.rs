//! What is said of rows whose words tell whether what they name took place.

use super::row_words::RowState;
use super::table::KeyedTable;
use crate::cohort::relate::rows::RowIndex;
use crate::diagnostic::{Finding, FindingId};
use crate::words::{counted, for_number};

/// How many rows do not count, in words: `; 2 rows are not counted, as 'status' says that it did not take place`.
pub fn not_counted(table: &KeyedTable<'_>) -> String {
    let rows = table.table.rows.rows().filter(|row| table.state(*row) == RowState::DidNot).count();
    let name = table.states.column().and_then(|column| table.table.rows.columns.get(column));
    let (Some(name), true) = (name, rows > 0) else { return String::new() };
    let (are, rows) = (for_number(rows, "is", "are"), counted(rows, "row"));
    format!("; {rows} {are} not counted, as '{name}' says that it did not take place")
}

/// The warning about a row that leaves open whether what it names took place; `then` says how it is read.
pub fn state_unclear(table: &KeyedTable<'_>, row: RowIndex, then: &str) -> Finding {
    let message = format!("nobody knows whether what this row names took place: {then}");
    let column = table.states.column().unwrap_or(table.case);
    Finding::new(FindingId::RowState, message)
        .at(table.place(row, column))
        .value(table.table.rows.text(row, column))
        .remedy("write yes or no, or call the column otherwise if it tells something else")
}
