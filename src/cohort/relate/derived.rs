//! A table with one column more.

use super::rows::KeptRows;
use crate::diagnostic::ComposedColumn;
use crate::error::Error;
use crate::read::{ComposedTable, Inputs};

/// The input with one column more, whose cells are in the order of its rows.
///
/// Errors: those of reading.
pub fn with_column(inputs: Inputs, name: &str, cells: &[String]) -> Result<Inputs, Error> {
    let rows = KeptRows::read(&inputs)?;
    let own = |(at, name): (usize, &String)| ComposedColumn {
        name: name.clone(),
        source: name.clone(),
        table: None,
        parts: rows.parts(at).to_vec(),
    };
    let more = ComposedColumn { name: name.to_owned(), ..ComposedColumn::default() };
    let columns = rows.columns.iter().enumerate().map(own).chain([more]).collect();
    let mut table = ComposedTable::new(columns, vec![rows.place_table(None)]);
    for (row, cell) in rows.rows().zip(cells) {
        for column in 0..rows.columns.len() {
            table.push(&rows.text(row, column), rows.line(row));
        }
        table.push(cell, rows.line(row));
        table.end_record();
    }
    Ok(inputs.composed(table))
}
