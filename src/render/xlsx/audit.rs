//! An audit as a workbook: one row a claim.

use super::book::{BookCell, BookWriter, Look};
use crate::tables::audit::AuditReport;
use std::io;

const HEADER: [&str; 6] =
    ["verdict", "claim", "place", "the report says", "printed, and what the records give", "remarks"];

/// The workbook.
///
/// Errors: more claims than a sheet has rows.
pub fn audit(report: &AuditReport) -> io::Result<Vec<u8>> {
    let mut book = BookWriter::new(&report.title)?;
    let mut sheet = book.sheet("Claims")?;
    sheet.note(Look::Caption, report.title.as_str())?;
    sheet.note(Look::Plain, report.tally.as_str())?;
    let first = sheet.next_row();
    sheet.heading(HEADER)?;
    for section in &report.sections {
        for entry in &section.entries {
            let remarks = entry.remarks.join(" ");
            let cells = [&section.heading, &entry.id, &entry.place, &entry.says, &entry.given, &remarks];
            sheet.line(Look::Plain, Look::Plain, cells.map(|cell| BookCell::from(cell.as_str())))?;
        }
    }
    sheet.filtered(first)?;
    sheet.skip();
    report.footnotes.iter().try_for_each(|note| sheet.note(Look::Plain, note.as_str()))?;
    sheet.finished()?;
    book.packed()
}
