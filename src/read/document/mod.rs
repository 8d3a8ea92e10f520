//! The running text of a manuscript, passage by passage, each with its place.
//!
//! Markup is read away; nothing here knows what a number means.

mod builder;
mod latex;
mod markup;
mod plain;
mod word;

use super::bytes::name_of;
use super::word::WordFile;
use super::{read_bytes, text_of};
use crate::error::Error;
use std::ops::Range;
use std::path::Path;

/// A manuscript as passages, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Name of the file, without folders.
    pub name: String,
    /// The passages.
    pub passages: Vec<Passage>,
}

/// A heading, a paragraph or a cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Which of them.
    pub kind: PassageKind,
    /// Its number in the document, from 1; all cells of a table have the same.
    pub number: u32,
    /// Its text, in one line.
    pub text: String,
    /// How many columns of its table a cell covers; 1 for any other passage.
    columns: u32,
    /// The physical line from which each part of the text comes; empty where the file has no lines.
    lines: Vec<(usize, u64)>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageKind {
    /// The heading of a section.
    Heading,
    /// Running text, or an item of a list.
    Paragraph,
    /// A cell of a table.
    Cell(TableCell),
}

/// Where in the tables of a document a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TableCell {
    /// Number of the table in the document, from 1.
    pub table: u32,
    /// Row, from 1, with the head.
    pub row: u32,
    /// Column, from 1.
    pub column: u32,
}

/// `table 1, row 2, column 3`
impl std::fmt::Display for TableCell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "table {}, row {}, column {}", self.table, self.row, self.column)
    }
}

impl Passage {
    /// The columns of its table that a cell covers: several under a merged head. None for any other passage.
    pub fn columns(&self) -> Range<u32> {
        let PassageKind::Cell(TableCell { column, .. }) = self.kind else { return 0..0 };
        column..column.saturating_add(self.columns)
    }

    /// The physical line of a byte of the text. None where the file has no lines.
    pub fn line_at(&self, offset: usize) -> Option<u64> {
        let before = self.lines.partition_point(|(start, _)| *start <= offset);
        self.lines.get(before.checked_sub(1)?).map(|(_, line)| *line)
    }
}

/// The first bytes of a PDF.
const PDF: &[u8] = b"%PDF-";

/// How a manuscript is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Latex,
    /// HTML, and JATS XML.
    Markup,
    Word,
    Pdf,
}

impl Format {
    /// The format that the ending of a name asks for.
    fn of(path: &Path) -> Format {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "md" | "markdown" | "qmd" | "rmd" => Format::Markdown,
            "tex" | "latex" | "ltx" => Format::Latex,
            "html" | "htm" | "xhtml" | "xml" | "nxml" | "jats" => Format::Markup,
            "docx" => Format::Word,
            "pdf" => Format::Pdf,
            _ => Format::Text,
        }
    }
}

/// Reads a manuscript; `-` is standard input. A Word document and a PDF are known by their first bytes, too.
///
/// Errors: a file that cannot be read, is too long or is not UTF-8 text; a file of a format that cannot be read, with
/// what to do.
pub fn read_document(path: &Path) -> Result<Document, Error> {
    let (bytes, name) = (read_bytes(path)?, name_of(path));
    let format = match Format::of(path) {
        _ if WordFile::begins(&bytes) => Format::Word,
        _ if bytes.starts_with(PDF) => Format::Pdf,
        by_name => by_name,
    };
    let passages = match format {
        Format::Text => plain::passages(&text_of(bytes, &name)?, plain::Markup::Text),
        Format::Markdown => plain::passages(&text_of(bytes, &name)?, plain::Markup::Markdown),
        Format::Latex => latex::passages(&text_of(bytes, &name)?),
        Format::Markup => markup::passages(&text_of(bytes, &name)?),
        Format::Word => word::passages(&WordFile::read(bytes, &name)?),
        Format::Pdf => {
            let remedy = format!("pdftotext -layout {name} - | calc-series scan -");
            return Err(Error::usage_with(format!("'{name}' is a PDF, whose text has to be extracted first"), remedy));
        }
    };
    Ok(Document { name, passages })
}
