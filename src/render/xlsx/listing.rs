//! A listing as a sheet: one row a case, numbers as numbers.

use super::book::{BookCell, BookWriter, Look, PATIENT_LEVEL};
use crate::render::listing::{Head, RowWriter};
use crate::tables::listing::ListingEntry;
use std::io::{self, Write};

/// Digits that a spreadsheet keeps of a number.
const MOST_DIGITS: usize = 15;

/// Keeps the rows until all are known.
pub struct SheetListing<'a> {
    head: Head<'a>,
    rows: Vec<Vec<ListingEntry>>,
    out: &'a mut dyn Write,
}

impl<'a> SheetListing<'a> {
    /// A sheet without rows.
    pub fn new(head: Head<'a>, out: &'a mut dyn Write) -> SheetListing<'a> {
        SheetListing { head, rows: Vec::new(), out }
    }
}

impl RowWriter for SheetListing<'_> {
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()> {
        self.rows.push(row);
        Ok(())
    }

    fn finish(&mut self, footnotes: &[String]) -> io::Result<()> {
        let mut book = BookWriter::new(self.head.title)?;
        let mut sheet = book.sheet("Listing")?;
        sheet.note(Look::Slanted, PATIENT_LEVEL)?;
        let first = sheet.next_row();
        sheet.heading(self.head.columns.iter().map(|column| column.heading.as_str()))?;
        for row in self.rows.drain(..) {
            let texts: Vec<String> = row.iter().map(ListingEntry::joined).collect();
            sheet.line(Look::Plain, Look::Plain, row.iter().zip(&texts).map(|(entry, text)| cell(entry, text)))?;
        }
        sheet.filtered(first)?;
        sheet.finished()?;
        // Below the rows a program would take them for further rows.
        let mut sheet = book.sheet("Notes")?;
        sheet.note(Look::Caption, self.head.title)?;
        footnotes.iter().try_for_each(|note| sheet.note(Look::Plain, note.as_str()))?;
        sheet.finished()?;
        self.out.write_all(&book.packed()?)
    }
}

/// A number where the entry is one, with its flag behind it; else the text.
fn cell<'a>(entry: &ListingEntry, text: &'a str) -> BookCell<'a> {
    let ListingEntry::Number(number) = entry else { return text.into() };
    let value = number.value.as_deref().filter(|value| number.sign.is_none() && value.len() <= MOST_DIGITS);
    let behind = value.and_then(|value| text.strip_prefix(value));
    let parsed = value.and_then(|value| value.parse::<f64>().ok()).filter(|value| value.is_finite());
    match (parsed, behind) {
        (Some(value), Some("")) => BookCell::Number(value, ""),
        (Some(value), Some(" L")) => BookCell::Number(value, " L"),
        (Some(value), Some(" H")) => BookCell::Number(value, " H"),
        _ => text.into(),
    }
}
