//! An audit as a Word document: a table of claims for each verdict.

use super::document::DocxDocument;
use super::table::{ColumnHeads, WordRow, WordTable};
use super::xml::ParagraphStyle;
use crate::tables::audit::{AuditReport, AuditSection, ClaimEntry};
use std::io;

/// The page.
///
/// Errors: a table of more rows than Word shows.
pub fn audit(report: &AuditReport) -> io::Result<Vec<u8>> {
    let mut document = DocxDocument::new(&report.title);
    document.paragraph(ParagraphStyle::Body, report.tally.as_str());
    for section in &report.sections {
        let remarks: Vec<String> = section.entries.iter().map(|entry| entry.remarks.join(" ")).collect();
        document.table(&word_table(section, &remarks))?;
    }
    document.packed(&report.footnotes)
}

const HEADS: [&str; 5] = ["claim", "place", "the report says", "printed, and what the records give", "remarks"];

fn word_table<'a>(section: &'a AuditSection, remarks: &'a [String]) -> WordTable<'a> {
    let row = |(entry, remarks): (&'a ClaimEntry, &'a String)| {
        WordRow::of([entry.id.as_str(), &entry.place, &entry.says, &entry.given, remarks])
    };
    WordTable {
        title: section.heading.clone(),
        heads: vec![HEADS.map(ColumnHeads::of).to_vec()],
        rows: section.entries.iter().zip(remarks).map(row).collect(),
    }
}
