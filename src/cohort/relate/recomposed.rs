//! The records of the inputs with some of their columns: each record keeps its place, each cell its line.

use super::rows::{KeptRows, RowIndex};
use crate::diagnostic::ComposedColumn;
use crate::read::{ComposedTable, Inputs};
use std::borrow::Cow;

/// The inputs with some columns of theirs, each by its place and its new name, where it has one; `text` gives the cell of a
/// row in the column of this place.
pub fn recomposed<'r>(
    inputs: Inputs,
    rows: &'r KeptRows,
    columns: &[(usize, Option<&str>)],
    text: impl Fn(RowIndex, usize) -> Cow<'r, str>,
) -> Inputs {
    let named: Vec<ComposedColumn> = columns.iter().map(|(at, name)| column(rows, *at, *name)).collect();
    let positions: Vec<u32> = inputs.positions().collect();
    let empty = || ComposedTable::new(named.clone(), rows.place_tables());
    let mut tables: Vec<ComposedTable> = positions.iter().map(|_| empty()).collect();
    for row in rows.rows() {
        let at = positions.iter().position(|position| Some(*position) == rows.position(row));
        let Some(table) = at.and_then(|at| tables.get_mut(at)) else { continue };
        for (column, _) in columns {
            table.push_from(&text(row, *column), rows.place(row, Some(*column)));
        }
        table.end_record();
    }
    inputs.composed_each(tables)
}

fn column(rows: &KeptRows, at: usize, name: Option<&str>) -> ComposedColumn {
    let source = rows.columns.get(at).cloned().unwrap_or_default();
    let name = name.map_or_else(|| source.clone(), str::to_owned);
    ComposedColumn { name, source, table: 0, parts: rows.parts(at).to_vec() }
}
