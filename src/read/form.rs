//! The forms an input can have, recognised by its first bytes, whatever its name is.
//!
//! A new form is a folder beside `csv` and `json` that implements [`Form`], and one arm of [`recognise`].

use super::batch::Batch;
use super::csv::{self, CsvReader, NoHeader};
use super::foreign::other_format;
use super::json::{JsonSplitter, foreign};
use super::options::ReadOptions;
use super::source::Source;
use crate::diagnostic::{ComposedColumn, Finding, FindingId, Findings};
use crate::error::Error;
use std::sync::Arc;

/// An input that was recognised: what is known of it before its records are read.
pub(super) trait Form: Send + Sync {
    /// The column names; none where only the cases tell them.
    fn header(&self) -> Option<&[String]>;
    /// What separates two cells; none where the form has no delimiter.
    fn delimiter(&self) -> Option<u8>;
    /// Its columns, where it was composed of the records of an input.
    fn composed(&self) -> &[ComposedColumn] {
        &[]
    }
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
pub(super) struct Recognised {
    /// How its records are read.
    pub form: Box<dyn Form>,
    /// What leaves the columns unknown.
    pub problems: Vec<Finding>,
    /// What refuses the input although its columns are known, so that the records can be checked: lines above the
    /// header, damaged cells.
    pub above: Findings,
}

/// Recognises an input by its first bytes; `is_whole` tells that they are all of it.
///
/// Errors: what makes it unreadable, or that its header goes on behind these bytes.
pub(super) fn recognise(head: &[u8], is_whole: bool, options: &ReadOptions) -> Result<Recognised, NoHeader> {
    match kind(head) {
        Err(finding) => Err((*finding).into()),
        Ok(FormKind::Json) => {
            Ok(Recognised { form: Box::new(JsonForm), problems: Vec::new(), above: Findings::default() })
        }
        Ok(FormKind::Csv) => {
            let header = csv::read_header(head, is_whole, options)?;
            let form = CsvForm { dialect: Arc::new(header.dialect), header_length: header.length };
            let mut above = Findings::default();
            header.above.into_iter().for_each(|finding| above.add(finding));
            Ok(Recognised { form: Box::new(form), problems: header.problems, above })
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

    fn delimiter(&self) -> Option<u8> {
        Some(self.dialect.delimiter)
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

    fn delimiter(&self) -> Option<u8> {
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

/// The kind of an input with these first bytes; an error finding where it is neither CSV nor JSON.
fn kind(head: &[u8]) -> Result<FormKind, Box<Finding>> {
    let refused = |id, message: String, remedy: &str| Err(Box::new(Finding::new(id, message).remedy(remedy)));
    if head.is_empty() {
        return refused(FindingId::EmptyFile, "the file is empty".into(), "write a header row and one row per case");
    }
    if let Some((name, remedy)) = other_format(head) {
        return refused(FindingId::OtherFormat, format!("the file is {name}, not CSV or JSON"), remedy);
    }
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return refused(FindingId::NotUtf8, "the file is UTF-16 text".into(), "--encoding utf-16");
    }
    if head.contains(&0) {
        let remedy = format!(
            "if it is UTF-16 text without a byte order mark, use --encoding {}; otherwise export it as CSV",
            if is_big_end_first(head) { "utf-16be" } else { "utf-16le" }
        );
        return refused(FindingId::OtherFormat, "the file contains zero bytes, so it is not text".into(), &remedy);
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    match text.first() {
        None => refused(
            FindingId::EmptyFile,
            "the file contains only white space".into(),
            "write a header row and one row per case",
        ),
        Some(b'{' | b'[') => match foreign(text) {
            Some(document) => {
                let message = format!("the file is {}, not a list of cases", document.name());
                refused(FindingId::OtherFormat, message, document.remedy())
            }
            None => Ok(FormKind::Json),
        },
        Some(_) => Ok(FormKind::Csv),
    }
}

/// True where more zero bytes stand before than behind the other byte of a pair: UTF-16 with the big end first.
fn is_big_end_first(head: &[u8]) -> bool {
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    zeros(0) > zeros(1)
}

#[cfg(test)]
mod tests {
    use super::{FormKind, kind};
    use crate::diagnostic::FindingId;

    #[test]
    fn a_file_is_recognised_by_its_bytes() {
        assert_eq!(kind(b"id,age\n"), Ok(FormKind::Csv));
        assert_eq!(kind(b"\xEF\xBB\xBF \n[{"), Ok(FormKind::Json));
        for (bytes, id) in [
            (&b"PK\x03\x04.."[..], FindingId::OtherFormat),
            (b"", FindingId::EmptyFile),
            (b" \r\n", FindingId::EmptyFile),
            (b"\xFF\xFEi\0d\0", FindingId::NotUtf8),
        ] {
            assert_eq!(kind(bytes).unwrap_err().id, id);
        }
        let remedy = |bytes: &[u8]| kind(bytes).unwrap_err().remedy.unwrap_or_default();
        assert!(remedy(b"\0i\0d\0,\0a\0\n").contains("utf-16be"));
        assert!(remedy(b"i\0d\0,\0a\0\n\0").contains("utf-16le"));
    }
}
