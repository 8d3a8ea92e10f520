//! A listing of cases, written row by row as it is read.

mod delimited;
mod object;
mod tables;
mod text;

use super::OutputFormat;
use crate::tables::listing::{Entry, ListingColumn};
use std::io::{self, Write};

/// What takes the rows of a listing.
pub trait RowWriter {
    /// Writes one row, or keeps it until others are known.
    fn row(&mut self, row: Vec<Entry>) -> io::Result<()>;

    /// Writes what is still to be written, and the footnotes where the format has such.
    fn finish(&mut self, footnotes: &[String]) -> io::Result<()>;
}

/// What stands above the rows.
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

/// A writer of rows in a format; none where the format holds no rows of cases.
///
/// Delimited formats, lines of JSON, JSON and text hold some rows at a time, the others all of them.
pub fn writer<'a>(
    format: OutputFormat,
    head: Head<'a>,
    out: &'a mut dyn Write,
) -> io::Result<Option<Box<dyn RowWriter + 'a>>> {
    Ok(Some(match format {
        OutputFormat::Text => Box::new(text::Text::new(head, out)),
        OutputFormat::Json => Box::new(object::Object::new(head, out)?),
        OutputFormat::Jsonl => Box::new(object::Lines::new(head, out)),
        OutputFormat::Csv => Box::new(delimited::Delimited::new(b',', head, out)?),
        OutputFormat::Tsv => Box::new(delimited::Delimited::new(b'\t', head, out)?),
        OutputFormat::Markdown => Box::new(tables::Whole::new(super::markdown::render, head, out)),
        OutputFormat::Html => Box::new(tables::Whole::new(super::html::render, head, out)),
        OutputFormat::Latex => Box::new(tables::Whole::new(super::latex::render, head, out)),
        OutputFormat::Ard | OutputFormat::ArdLines => return Ok(None),
    }))
}
