//! A listing of cases, written row by row as it is read.

pub(super) mod delimited;
pub(super) mod object;
pub(super) mod tables;
pub(super) mod text;

use crate::tables::listing::{ListingColumn, ListingEntry, RowFormat};
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

/// What takes the rows of a listing.
pub trait RowWriter {
    /// Takes one row, where it must be known before it can be written.
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()>;

    /// How rows are written from now on; none where they must be known first.
    fn format(&self) -> Option<Arc<dyn RowFormat>> {
        None
    }

    /// Takes rows that were written so.
    fn written(&mut self, _rows: &str) -> io::Result<()> {
        Ok(())
    }

    /// Writes what is still to be written, and the footnotes where the format has such.
    fn finish(&mut self, footnotes: &[String]) -> io::Result<()>;
}

/// Writes each row as it comes; footnotes have no place among them.
pub struct Plain<'a, F> {
    format: Arc<F>,
    out: &'a mut dyn Write,
}

impl<F: RowFormat + 'static> RowWriter for Plain<'_, F> {
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()> {
        self.out.write_all(row_in(&*self.format, &row).as_bytes())
    }

    fn format(&self) -> Option<Arc<dyn RowFormat>> {
        Some(self.format.clone())
    }

    fn written(&mut self, rows: &str) -> io::Result<()> {
        self.out.write_all(rows.as_bytes())
    }

    fn finish(&mut self, _: &[String]) -> io::Result<()> {
        self.out.flush()
    }
}

/// A row in a format.
pub fn row_in(format: &dyn RowFormat, row: &[ListingEntry]) -> String {
    let cells: Vec<Rc<str>> = row.iter().enumerate().map(|(at, entry)| format.cell(at, entry).into()).collect();
    let mut text = String::new();
    format.row(&cells, &mut text);
    text
}

/// What is written above the rows.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// One line above everything.
    pub title: &'a str,
    /// Names of the inputs.
    pub inputs: &'a [String],
    /// The columns in order.
    pub columns: &'a [ListingColumn<'a>],
    /// Characters a line of text.
    pub width: Option<u16>,
}
