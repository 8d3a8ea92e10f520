//! A validation as a Word document.

use super::document::DocxDocument;
use super::table::{ColumnHeads, WordRow, WordTable};
use super::xml::ParagraphStyle;
use crate::render::validation::ValidationReport;
use crate::render::validation::sections::{REFUSED, ValidationSection, sections, title};
use std::io;

/// The page: findings, checklist and completeness as tables.
///
/// Errors: a table of more rows than Word shows.
pub fn validation(report: &ValidationReport<'_>) -> io::Result<Vec<u8>> {
    let title = title(report);
    let mut document = DocxDocument::new(&title);
    document.paragraph(ParagraphStyle::Body, report.counts().as_str());
    let filter = report.validation.filter.iter();
    filter.for_each(|filter| document.paragraph(ParagraphStyle::Body, filter.as_str()));
    sections(report).iter().try_for_each(|section| document.table(&word_table(section)))?;
    document.packed(&if report.is_refused { vec![REFUSED.to_owned()] } else { report.scores() })
}

fn word_table(section: &ValidationSection) -> WordTable<'_> {
    WordTable {
        title: section.heading.to_owned(),
        heads: vec![section.header.iter().map(|heading| ColumnHeads::of(heading)).collect()],
        rows: section.rows.iter().map(|cells| WordRow::of(cells.iter().map(String::as_str))).collect(),
    }
}
