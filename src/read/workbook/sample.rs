//! The first rows of a sheet: enough to find its header.

use super::fault::Fault;
use super::row::{RowSink, SheetRow};
use std::ops::ControlFlow;

/// How many rows with cells are looked at.
const MOST_ROWS: usize = 200;
/// How many cells are looked at, all rows together.
const MOST_CELLS: usize = 1 << 16;

/// Keeps the first rows with cells.
#[derive(Debug, Default)]
pub struct FirstRows {
    /// The rows.
    pub rows: Vec<SheetRow>,
    /// The row of the column names, where it is stated: the rows up to it are kept.
    stated: u32,
    cells: usize,
}

impl FirstRows {
    /// A sample that reaches as far as the row of the column names, where it is stated.
    pub fn new(stated: Option<u32>) -> FirstRows {
        FirstRows { stated: stated.unwrap_or(0), ..FirstRows::default() }
    }
}

impl RowSink for FirstRows {
    fn row(&mut self, row: &SheetRow) -> Result<ControlFlow<()>, Fault> {
        if !row.cells().is_empty() {
            // Of the rows far above the column names nothing is needed.
            if self.rows.len() >= MOST_ROWS && row.number < self.stated {
                let old = self.rows.remove(0);
                self.cells = self.cells.saturating_sub(old.cells().len());
            }
            self.cells = self.cells.saturating_add(row.cells().len());
            self.rows.push(row.clone());
        }
        let is_enough = self.rows.len() >= MOST_ROWS || self.cells >= MOST_CELLS;
        let goes_on = !is_enough || row.number <= self.stated;
        Ok(if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    }
}
