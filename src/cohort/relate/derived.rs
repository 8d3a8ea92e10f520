//! A table with one column more.

use super::rows::KeptRows;
use crate::diagnostic::ComposedColumn;
use crate::error::Error;
use crate::read::{ComposedTable, Inputs};

/// The inputs with one column more, whose cells are in the order of their rows.
///
/// Errors: those of reading.
pub fn with_column(inputs: Inputs, name: &str, cells: &[String]) -> Result<Inputs, Error> {
    let rows = KeptRows::read(&inputs)?;
    let own = |(at, name): (usize, &String)| ComposedColumn {
        name: name.clone(),
        source: name.clone(),
        table: 0,
        parts: rows.parts(at).to_vec(),
    };
    let more = ComposedColumn { name: name.to_owned(), ..ComposedColumn::default() };
    let columns: Vec<ComposedColumn> = rows.columns.iter().enumerate().map(own).chain([more]).collect();
    let positions: Vec<u32> = inputs.positions().collect();
    let new = || ComposedTable::new(columns.clone(), rows.place_tables());
    let mut tables: Vec<ComposedTable> = positions.iter().map(|_| new()).collect();
    for (row, cell) in rows.rows().zip(cells) {
        let at = positions.iter().position(|position| Some(*position) == rows.position(row));
        let Some(table) = at.and_then(|at| tables.get_mut(at)) else { continue };
        for column in 0..rows.columns.len() {
            table.push_from(rows.text(row, column), rows.place(row, Some(column)));
        }
        table.push_from(cell, rows.place(row, None));
        table.end_record();
    }
    Ok(inputs.composed_each(tables))
}
