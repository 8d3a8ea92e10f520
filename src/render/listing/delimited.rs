//! A listing as CSV or TSV: a header of the names of the columns, one record a case.

use super::{Head, RowWriter};
use crate::render::csv::safe_text;
use crate::tables::listing::ListingEntry;
use std::io::{self, Write};

/// Writes records; footnotes have no place among them.
pub struct Delimited<'a> {
    records: ::csv::Writer<&'a mut dyn Write>,
}

impl<'a> Delimited<'a> {
    /// Writes the header.
    pub fn new(delimiter: u8, head: Head<'a>, out: &'a mut dyn Write) -> io::Result<Delimited<'a>> {
        let mut records = ::csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
        records.write_record(head.columns.iter().map(|column| safe_text(&column.name).into_owned())).map_err(fault)?;
        Ok(Delimited { records })
    }
}

impl RowWriter for Delimited<'_> {
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()> {
        for entry in &row {
            self.records.write_field(safe_text(&entry.delimited()).as_bytes()).map_err(fault)?;
        }
        self.records.write_record(None::<&[u8]>).map_err(fault)
    }

    fn finish(&mut self, _: &[String]) -> io::Result<()> {
        self.records.flush()
    }
}

/// The fault of the system behind one of a record, so that a closed pipe is known as one.
fn fault(fault: ::csv::Error) -> io::Error {
    match fault.into_kind() {
        ::csv::ErrorKind::Io(fault) => fault,
        other => io::Error::other(format!("{other:?}")),
    }
}
