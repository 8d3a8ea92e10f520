//! The forms an input can have, recognised by its first bytes, whatever its name is.
//!
//! A new form is a folder beside `csv` and `json` that implements [`Form`], and one arm of [`recognise`].

use super::batch::Batch;
use super::csv::{self, CsvReader, NoHeader};
use super::json::JsonSplitter;
use super::options::ReadOptions;
use super::source::Source;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::error::Error;
use std::sync::Arc;

/// An input that was recognised: what is known of it before its records are read.
pub(super) trait Form: Send + Sync {
    /// The column names; none where only the cases tell them.
    fn header(&self) -> Option<&[String]>;
    /// A reader of the records in a source that is at its first byte.
    fn reader(&self, source: Source, block_size: usize) -> Result<Box<dyn RecordReader>, Error>;
}

/// Reads the records of one input in turn.
pub(super) trait RecordReader: Send {
    /// Fills a batch with the next whole records; false at the end of the input.
    fn next(&mut self, batch: &mut Batch) -> Result<bool, Error>;
    /// What was found since the last call.
    fn take_findings(&mut self) -> Findings;
}

/// The form of an input with what is wrong with its header.
pub(super) type Recognised = (Box<dyn Form>, Vec<Finding>);

/// Recognises an input by its first bytes; `is_whole` tells that they are all of it.
///
/// Errors: what makes it unreadable, or that its header goes on behind these bytes.
pub(super) fn recognise(head: &[u8], is_whole: bool, options: &ReadOptions) -> Result<Recognised, NoHeader> {
    match kind(head) {
        Err(finding) => Err((*finding).into()),
        Ok(FormKind::Json) => Ok((Box::new(JsonForm), Vec::new())),
        Ok(FormKind::Csv) => {
            let header = csv::read_header(head, is_whole, options.delimiter, &options.multiline)?;
            Ok((Box::new(CsvForm { dialect: Arc::new(header.dialect), header_length: header.length }), header.problems))
        }
    }
}

/// CSV, whose records begin behind the header.
struct CsvForm {
    dialect: Arc<csv::Dialect>,
    header_length: usize,
}

impl Form for CsvForm {
    fn header(&self) -> Option<&[String]> {
        Some(&self.dialect.columns)
    }

    fn reader(&self, mut source: Source, block_size: usize) -> Result<Box<dyn RecordReader>, Error> {
        source.skip(self.header_length)?;
        Ok(Box::new(CsvReader::new(source, self.dialect.clone(), block_size)))
    }
}

impl RecordReader for CsvReader {
    fn next(&mut self, batch: &mut Batch) -> Result<bool, Error> {
        match self.next(batch.cells())? {
            csv::Filled::Nothing => return Ok(false),
            csv::Filled::Records(records) => batch.put_csv_records(records),
            csv::Filled::Cells => {}
        }
        Ok(true)
    }

    fn take_findings(&mut self) -> Findings {
        std::mem::take(&mut self.findings)
    }
}

/// A JSON document or JSON lines.
struct JsonForm;

impl Form for JsonForm {
    fn header(&self) -> Option<&[String]> {
        None
    }

    fn reader(&self, source: Source, block_size: usize) -> Result<Box<dyn RecordReader>, Error> {
        Ok(Box::new(JsonSplitter::new(source).block_size(block_size)))
    }
}

impl RecordReader for JsonSplitter {
    fn next(&mut self, batch: &mut Batch) -> Result<bool, Error> {
        let mut cases = batch.take_json_cases();
        let more = self.next(&mut cases);
        batch.put_json_cases(cases);
        more
    }

    fn take_findings(&mut self) -> Findings {
        self.take_notes()
    }
}

/// What the first bytes of an input show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FormKind {
    /// Delimited text.
    Csv,
    /// A JSON document or JSON lines.
    Json,
}

/// Formats that are refused: their first bytes, their name and what to do.
const OTHER_FORMATS: [(&[u8], &str, &str); 12] = [
    (
        b"PK\x03\x04",
        "a zip archive or a workbook (xlsx, ods)",
        "open it in the spreadsheet program and save the sheet as \"CSV UTF-8\"",
    ),
    (
        b"\xD0\xCF\x11\xE0",
        "an old workbook (xls)",
        "open it in the spreadsheet program and save the sheet as \"CSV UTF-8\"",
    ),
    (b"\x1F\x8B", "gzip data", "unpack it first: gunzip -c FILE | calc-series summarize -"),
    (b"BZh", "bzip2 data", "unpack it first: bunzip2 -c FILE | calc-series summarize -"),
    (b"\xFD7zXZ", "xz data", "unpack it first: xz -dc FILE | calc-series summarize -"),
    (b"\x28\xB5\x2F\xFD", "zstd data", "unpack it first: zstd -dc FILE | calc-series summarize -"),
    (b"%PDF", "a PDF", "export the table behind it as CSV"),
    (b"{\\rtf", "an RTF document", "save the table in it as CSV"),
    (b"SQLite format 3", "an SQLite database", "export the table as CSV"),
    (b"$FL2", "an SPSS file", "export it as CSV"),
    (b"<stata_dta>", "a Stata file", "export it as CSV"),
    (b"PAR1", "a Parquet file", "export it as CSV"),
];

/// The kind of an input with these first bytes; an error finding where it is neither CSV nor JSON.
fn kind(head: &[u8]) -> Result<FormKind, Box<Finding>> {
    let refused =
        |id, message: String, remedy: &str| Err(Box::new(Finding::new(id, Severity::Error, message).remedy(remedy)));
    if head.is_empty() {
        return refused("empty-file", "the file is empty".into(), "write a header row and one row per case");
    }
    for (magic, name, remedy) in OTHER_FORMATS {
        if head.starts_with(magic) {
            return refused("other-format", format!("the file is {name}, not CSV or JSON"), remedy);
        }
    }
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return refused("not-utf8", "the file is UTF-16 text".into(), "--encoding utf-16");
    }
    if head.contains(&0) {
        let remedy =
            "if it is UTF-16 text without a byte order mark, use --encoding utf-16le; otherwise export it as CSV";
        return refused("other-format", "the file contains zero bytes, so it is not text".into(), remedy);
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    match text.first() {
        None => refused(
            "empty-file",
            "the file contains only white space".into(),
            "write a header row and one row per case",
        ),
        Some(b'<') => {
            refused("other-format", "the file is HTML or XML, not CSV or JSON".into(), "export the table as CSV")
        }
        Some(b'{' | b'[') => Ok(FormKind::Json),
        Some(_) => Ok(FormKind::Csv),
    }
}

#[cfg(test)]
mod tests {
    use super::{FormKind, kind};

    #[test]
    fn a_file_is_recognised_by_its_bytes() {
        assert_eq!(kind(b"id,age\n"), Ok(FormKind::Csv));
        assert_eq!(kind(b"\xEF\xBB\xBF \n[{"), Ok(FormKind::Json));
        for (bytes, id) in [
            (&b"PK\x03\x04.."[..], "other-format"),
            (b"", "empty-file"),
            (b" \r\n", "empty-file"),
            (b"\xFF\xFEi\0d\0", "not-utf8"),
        ] {
            assert_eq!(kind(bytes).unwrap_err().id, id);
        }
    }
}
