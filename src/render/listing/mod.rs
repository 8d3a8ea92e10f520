//! A listing of cases, written row by row as it is read.

pub(super) mod delimited;
pub(super) mod object;
pub(super) mod tables;
pub(super) mod text;

use crate::tables::listing::{ListingColumn, ListingEntry};
use std::io;

/// What takes the rows of a listing.
pub trait RowWriter {
    /// Writes one row, or keeps it until others are known.
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()>;

    /// Writes what is still to be written, and the footnotes where the format has such.
    fn finish(&mut self, footnotes: &[String]) -> io::Result<()>;
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
