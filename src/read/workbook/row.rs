//! One row of a sheet, as every kind of workbook delivers it.

use super::fault::Fault;
use std::ops::{ControlFlow, Range};

/// What a cell holds beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// A text.
    Text,
    /// A number, a date, a duration or a truth value: no name of a column.
    Data,
    /// It cannot be read.
    Faulty(CellFault),
}

/// Why a cell cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellFault {
    /// `#N/A`, `#REF!` and their like, which are its text.
    Error,
    /// A formula whose result was not saved.
    NoResult,
    /// A date that no calendar has.
    NoDate,
    /// A text that no cell may hold, or a reference to one that does not exist.
    NoText,
}

/// A cell that is not empty.
#[derive(Debug, Clone)]
pub struct RowCell {
    /// Its column, from 1.
    pub column: u32,
    /// What it holds.
    pub kind: CellKind,
    /// Where its text is in the text of the row.
    text: Range<usize>,
}

/// The cells of one row, by column; a buffer that is used again.
#[derive(Debug, Clone, Default)]
pub struct SheetRow {
    /// Its number, from 1.
    pub number: u32,
    /// It is hidden.
    pub is_hidden: bool,
    /// Some cell of it is coloured.
    pub is_coloured: bool,
    cells: Vec<RowCell>,
    text: String,
}

impl SheetRow {
    /// Makes it ready for another row.
    pub fn begin(&mut self, number: u32, is_hidden: bool) {
        (self.number, self.is_hidden, self.is_coloured) = (number, is_hidden, false);
        self.cells.clear();
        self.text.clear();
    }

    /// Appends a cell; one of white space alone is empty.
    ///
    /// Errors: a cell that does not follow those before it, or a row that is longer than a sheet can be wide.
    pub fn push(&mut self, column: u32, kind: CellKind, text: &str) -> Result<(), Fault> {
        if text.trim().is_empty() && !matches!(kind, CellKind::Faulty(_)) {
            return Ok(());
        }
        if column > super::MOST_COLUMNS || self.cells.last().is_some_and(|last| last.column >= column) {
            return Err(Fault::damaged(format!("the cells of row {} are not in order", self.number)));
        }
        // These marks tell lists from texts inside the program; no spreadsheet program lets one type them.
        let kind = if text.contains(['\u{1D}', '\u{1F}']) { CellKind::Faulty(CellFault::NoText) } else { kind };
        let start = self.text.len();
        self.text.push_str(text);
        self.cells.push(RowCell { column, kind, text: start..self.text.len() });
        Ok(())
    }

    /// The cells that are not empty.
    pub fn cells(&self) -> &[RowCell] {
        &self.cells
    }

    /// The text of a cell of this row.
    pub fn text(&self, cell: &RowCell) -> &str {
        self.text.get(cell.text.clone()).unwrap_or_default()
    }

    /// The cell of a column, if it is not empty.
    pub fn cell(&self, column: u32) -> Option<&RowCell> {
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().and_then(|at| self.cells.get(at))
    }

    /// The trimmed text of the cell of a column; none where it is empty.
    pub fn text_at(&self, column: u32) -> Option<&str> {
        self.cell(column).map(|cell| self.text(cell).trim())
    }
}

/// Takes the rows of a sheet in order.
pub trait RowSink {
    /// Takes one row; breaks where no further one is needed.
    fn row(&mut self, row: &SheetRow) -> Result<ControlFlow<()>, Fault>;
}

/// A rectangle of cells, from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellRange {
    /// Its first row.
    pub top: u32,
    /// Its first column.
    pub left: u32,
    /// Its last row.
    pub bottom: u32,
    /// Its last column.
    pub right: u32,
}

/// What was found about a sheet beside its rows.
#[derive(Debug, Default)]
pub struct SheetFacts {
    /// Merged cells.
    pub merged: Vec<CellRange>,
    /// Hidden columns, from 1, both ends included.
    pub hidden_columns: Vec<(u32, u32)>,
    /// A filter is in use, so that hidden rows are those it excludes.
    pub is_filtered: bool,
    /// Cells have comments.
    pub has_comments: bool,
}
