//! A validation as a workbook: the queries to answer, then what is found in the series as a whole.

use super::book::{BookCell, BookWriter, Look, PATIENT_LEVEL};
use crate::render::validation::ValidationReport;
use crate::render::validation::queries::{ANSWER, HEADER, queries};
use crate::render::validation::sections::{sections, title};
use std::io;

/// Characters of the column to write in.
const WIDTH_OF_ANSWERS: usize = 40;

/// The workbook.
///
/// Errors: more rows than a sheet has.
pub fn validation(report: &ValidationReport<'_>) -> io::Result<Vec<u8>> {
    let mut book = BookWriter::new(&title(report))?;
    sheet(&mut book, "Queries", &HEADER, &queries(report))?;
    for section in sections(report).into_iter().filter(|section| !section.is_of_queries) {
        sheet(&mut book, section.sheet, section.header, &section.rows)?;
    }
    book.packed()
}

/// Errors: more rows than a sheet has.
fn sheet(book: &mut BookWriter, name: &str, header: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let mut sheet = book.sheet(name)?;
    sheet.note(Look::Slanted, PATIENT_LEVEL)?;
    let first = sheet.next_row();
    sheet.heading(header.iter().copied())?;
    for row in rows {
        sheet.line(Look::Plain, Look::Plain, row.iter().map(|cell| BookCell::from(cell.as_str())))?;
    }
    if let Some(column) = header.iter().position(|heading| *heading == ANSWER) {
        sheet.widen(column, WIDTH_OF_ANSWERS);
    }
    sheet.filtered(first)?;
    sheet.finished()
}
