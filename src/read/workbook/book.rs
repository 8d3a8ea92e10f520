//! A workbook of any kind: its sheets, and their rows in turn.

use super::fault::Fault;
use super::row::{RowSink, SheetFacts};

/// A sheet of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetEntry {
    /// Its name.
    pub name: String,
    /// It is hidden.
    pub is_hidden: bool,
}

/// An open workbook.
pub trait Book {
    /// The sheets of cells, in their order.
    fn sheets(&self) -> Vec<SheetEntry>;

    /// Delivers the rows of a sheet in order; rows without a cell may be left out.
    fn read(&mut self, sheet: usize, sink: &mut dyn RowSink) -> Result<SheetFacts, Fault>;
}
