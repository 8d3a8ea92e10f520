//! A listing as one table of a format that is rendered as a whole.

use super::{Head, RowWriter};
use crate::tables::listing::ListingEntry;
use crate::tables::{Depth, Report, Row, Table};
use std::io::{self, Write};

/// Keeps the rows until all are known.
pub struct WholeListing<'a> {
    render: fn(&Report) -> io::Result<Vec<u8>>,
    report: Report,
    out: &'a mut dyn Write,
}

impl<'a> WholeListing<'a> {
    /// A table without rows.
    pub fn new(render: fn(&Report) -> io::Result<Vec<u8>>, head: Head<'a>, out: &'a mut dyn Write) -> WholeListing<'a> {
        let header: Vec<&str> = head.columns.iter().map(|column| column.heading.as_str()).collect();
        let report =
            Report { title: head.title.to_owned(), tables: vec![Table::new("Cases", &header)], ..Report::default() };
        WholeListing { render, report, out }
    }
}

impl RowWriter for WholeListing<'_> {
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()> {
        let cells = row.iter().map(|entry| entry.joined().into()).collect();
        if let Some(table) = self.report.tables.first_mut() {
            table.rows.push(Row { depth: Depth::Variable, cells });
        }
        Ok(())
    }

    fn finish(&mut self, footnotes: &[String]) -> io::Result<()> {
        self.report.footnotes = footnotes.to_vec();
        self.out.write_all(&(self.render)(&self.report)?)
    }
}
