//! The header of a CSV input: found, split into names, and refused where it is not a header.

use super::delimiter;
use super::dialect::{Dialect, LONGEST_RECORD};
use super::scan::{QuoteFlaw, RECORD_END, Scanned, scan};
use crate::decimal::Decimal;
use crate::diagnostic::{Finding, Severity, SourceLocation};
use crate::read::block::{excerpt, line_ends, trim};
use std::collections::HashMap;

/// How much is looked at first for the end of the header.
const FIRST_PART: usize = 1 << 12;
const ADD_HEADER: &str = "add a first row such as case_id,age,sex,etiology";

/// The header and where the data begin.
pub struct Header {
    /// Delimiter, columns and the line of the first record.
    pub dialect: Dialect,
    /// Bytes before the first record.
    pub length: usize,
    /// What is wrong with the header; the records can be checked nevertheless.
    pub problems: Vec<Finding>,
}

/// A header longer than this is taken as an unclosed quote, as a record is.
const LONGEST_HEADER: usize = LONGEST_RECORD;

/// Why there is no header in the first bytes of an input.
#[derive(Debug)]
pub enum NoHeader {
    /// It goes on behind them.
    Cut,
    /// Problems that leave the number of columns unknown, so that the records cannot be checked.
    Refused(Vec<Finding>),
}

impl From<Finding> for NoHeader {
    fn from(finding: Finding) -> NoHeader {
        NoHeader::Refused(vec![finding])
    }
}

/// Reads the header from the first bytes of an input; `whole` is true if they are all of it.
///
/// Errors: [`NoHeader`].
pub fn read_header(head: &[u8], whole: bool, delimiter: Option<u8>, multiline: &[String]) -> Result<Header, NoHeader> {
    let bom = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let text = head.get(bom..).unwrap_or_default();
    let (declared, skipped) = separator_line(text);
    let text = text.get(skipped..).unwrap_or_default();
    let first_line = if skipped > 0 { 2 } else { 1 };
    let sample = String::from_utf8_lossy(text.get(..text.len().min(1 << 16)).unwrap_or_default());
    // The last line of a sample is cut.
    let sample =
        if whole && text.len() <= 1 << 16 { &*sample } else { sample.rsplit_once('\n').map_or(&*sample, |(s, _)| s) };
    let delimiter = match delimiter.or(declared) {
        Some(delimiter) => delimiter,
        None => delimiter::delimiter(sample).map_err(|finding| finding.at(SourceLocation::line(first_line)))?,
    };
    let record = FirstRecord::read(text, whole, delimiter, first_line)?;
    let mut problems = record.damage(text, first_line);
    if problems.is_empty() {
        let header_line = line_after(text, record.start, first_line);
        problems = refusals(&record.cells, sample, delimiter, header_line)?;
    }
    let multiline = record.cells.iter().map(|name| multiline.iter().any(|m| m.eq_ignore_ascii_case(name))).collect();
    let first_line = line_after(text, record.length, first_line);
    let dialect = Dialect { delimiter, columns: record.cells.into(), first_line, multiline };
    Ok(Header { dialect, length: bom.wrapping_add(skipped).wrapping_add(record.length), problems })
}

/// Physical line of the byte at `at` of a text that begins on `first_line`.
fn line_after(text: &[u8], at: usize, first_line: u64) -> u64 {
    line_ends(text.get(..at).unwrap_or_default()).wrapping_add(first_line)
}

/// `sep=;` on the first line, as Excel writes it: the delimiter and the length of the line.
fn separator_line(text: &[u8]) -> (Option<u8>, usize) {
    let end = text.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(end).unwrap_or_default();
    let length = match rest {
        [b'\r', b'\n', ..] => end.wrapping_add(2),
        [] => end,
        _ => end.wrapping_add(1),
    };
    match first.strip_prefix(b"sep=") {
        Some([delimiter]) if delimiter.is_ascii_punctuation() && *delimiter != b'"' || matches!(first, b"sep=\t") => {
            (Some(*delimiter), length)
        }
        _ => (None, 0),
    }
}

/// The first record that is not blank.
struct FirstRecord {
    /// Its cells.
    cells: Vec<String>,
    /// Where it starts.
    start: usize,
    /// Where the next one begins.
    length: usize,
    /// What is wrong with its quotes; positions from `start`.
    flaws: Vec<QuoteFlaw>,
}

impl FirstRecord {
    fn read(text: &[u8], whole: bool, delimiter: u8, first_line: u64) -> Result<FirstRecord, NoHeader> {
        let start = text.iter().position(|b| !matches!(b, b'\n' | b'\r')).unwrap_or(0);
        let after = text.get(start..).unwrap_or_default();
        let found = FoundRecord::look_for(after, delimiter, whole);
        let Some(end) = found.end else {
            if !whole && text.len() < LONGEST_HEADER {
                return Err(NoHeader::Cut);
            }
            let open = found.scanned.open_quote.unwrap_or(0);
            let message = "the quote that opens here in the header is never closed";
            return Err(Finding::new("unclosed-quote", Severity::Error, message)
                .at(SourceLocation::line(line_after(text, start.wrapping_add(open), first_line)))
                .value(excerpt(found.bytes.get(open..).unwrap_or_default()))
                .remedy("close the quote, or remove it")
                .into());
        };
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).delimiter(delimiter);
        let mut record = csv::ByteRecord::new();
        let row = after.get(..end).unwrap_or_default();
        let read = reader.from_reader(row).read_byte_record(&mut record).unwrap_or(false);
        let cells = record.iter().map(|cell| String::from_utf8_lossy(trim(cell)).into_owned()).collect();
        if !read {
            let message = "the header row is empty";
            let finding = Finding::new("no-header", Severity::Error, message);
            return Err(finding.at(SourceLocation::line(first_line)).remedy(ADD_HEADER).into());
        }
        let next = end.wrapping_add(1);
        let crlf = after.get(end) == Some(&b'\r') && after.get(next) == Some(&b'\n');
        let next = if crlf { next.wrapping_add(1) } else { next };
        let flaws = found.scanned.flaws.into_iter().filter(|flaw| flaw.at() < end).collect();
        Ok(FirstRecord { cells, start, length: start.wrapping_add(next).min(text.len()), flaws })
    }

    /// Bytes of another encoding, and misplaced quotes.
    fn damage(&self, text: &[u8], first_line: u64) -> Vec<Finding> {
        let mut found = Vec::new();
        let header = text.get(..self.length).unwrap_or_default();
        if let Err(fault) = std::str::from_utf8(header) {
            let at = fault.valid_up_to();
            let byte = header.get(at).copied().unwrap_or_default();
            found.push(
                Finding::new("not-utf8", Severity::Error, "this byte of the header is not UTF-8 text")
                    .at(SourceLocation::line(line_after(text, at, first_line)))
                    .value(format!("0x{byte:02X}"))
                    .remedy("save the file as \"CSV UTF-8\", or name its encoding: --encoding windows-1252"),
            );
        }
        for flaw in &self.flaws {
            let at = self.start.wrapping_add(flaw.at());
            let (id, message) = match flaw {
                QuoteFlaw::TextAfterQuote { .. } => {
                    ("text-after-quote", "text after the closing quote of a column name")
                }
                QuoteFlaw::StrayQuote { .. } => ("stray-quote", "a quote inside an unquoted column name"),
            };
            found.push(
                Finding::new(id, Severity::Error, message)
                    .at(SourceLocation::line(line_after(text, at, first_line)))
                    .value(excerpt(header.get(self.start..).unwrap_or_default().trim_ascii_end()))
                    .remedy("remove the quote, or quote the whole name and double the quote (\"\")"),
            );
        }
        found
    }
}

/// The end of the first record of a text, if it is there, and what was seen on the way.
struct FoundRecord {
    /// What was looked at, with a line end behind it where nothing follows.
    bytes: Vec<u8>,
    end: Option<usize>,
    scanned: Scanned,
}

impl FoundRecord {
    /// Looks at no more than a part of a long text, if the record is short.
    fn look_for(text: &[u8], delimiter: u8, whole: bool) -> FoundRecord {
        let mut length = FIRST_PART;
        loop {
            let is_all = length >= text.len();
            let mut bytes = text.get(..length).unwrap_or(text).to_vec();
            if is_all && whole {
                bytes.push(b'\n');
            }
            let mut ends = Vec::new();
            let scanned = scan(&bytes, delimiter, is_all && whole, &mut ends);
            let end = ends.iter().find(|end| **end & RECORD_END != 0).map(|end| (end & !RECORD_END) as usize);
            if end.is_some() || is_all {
                return FoundRecord { bytes, end, scanned };
            }
            length = length.saturating_mul(4);
        }
    }
}

/// What is wrong with the names; an error where the row is not a header.
fn refusals(cells: &[String], sample: &str, delimiter: u8, header_line: u64) -> Result<Vec<Finding>, NoHeader> {
    if let Some(finding) = preamble(cells, sample, delimiter, header_line) {
        return Err(finding.into());
    }
    let error = |id, message: String| Finding::new(id, Severity::Error, message).at(SourceLocation::line(header_line));
    if let Some(value) = cells.iter().find(|cell| Decimal::parse(cell).is_ok() || looks_like_a_date(cell)) {
        let message = "the first row has data, not column names";
        return Err(error("no-header", message.into()).value(value.clone()).remedy(ADD_HEADER).into());
    }
    let mut problems = Vec::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (number, name) in cells.iter().enumerate() {
        let number = number.wrapping_add(1);
        if name.is_empty() {
            let message = format!("column {number} has no name");
            problems.push(
                error("empty-header", message).remedy("name the column, or remove it with its delimiter in every row"),
            );
        } else if let Some(first) = seen.insert(name, number) {
            let message = format!("columns {first} and {number} have the same name");
            problems.push(
                error("duplicate-header", message)
                    .column(name.clone())
                    .value(name.clone())
                    .remedy("rename one of them"),
            );
        }
    }
    Ok(problems)
}

/// Lines above the header: the first record is narrower than what most records share.
fn preamble(cells: &[String], sample: &str, delimiter: u8, header_line: u64) -> Option<Finding> {
    let shape = delimiter::shape(sample, delimiter);
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let title = (cells.len() == 1 && shape.usual > 1) || (filled == 1 && cells.len() > 2);
    if !title || shape.records < 2 {
        return None;
    }
    let message =
        format!("the first row has {filled} cell, most rows have {}: there are lines above the header", shape.usual);
    let remedy = "remove the lines above the header, so that the column names come first";
    Some(
        Finding::new("preamble", Severity::Error, message)
            .at(SourceLocation::line(header_line))
            .value(cells.first().cloned().unwrap_or_default())
            .remedy(remedy),
    )
}

fn looks_like_a_date(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['-', '/', '.']).collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}
