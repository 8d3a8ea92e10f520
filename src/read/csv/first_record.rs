//! The first record of a text that is not blank: the header, or what stands above it.

use super::dialect::too_long;
use super::no_header::{ADD_HEADER, NoHeader};
use super::sample::{cells_of, plain_cells};
use super::scan::{QuoteFlaw, RECORD_END, Scanned, scan};
use crate::diagnostic::{Finding, FindingId, Severity, SourceLocation};
use crate::read::block::{excerpt, line_ends};

/// How much is looked at first for its end.
const FIRST_PART: usize = 1 << 12;

/// Physical line of the byte at `at` of a text that begins on `first_line`.
pub fn line_after(text: &[u8], at: usize, first_line: u64) -> u64 {
    line_ends(text.get(..at).unwrap_or_default()).wrapping_add(first_line)
}

/// The first record that is not blank.
pub struct FirstRecord {
    /// Its cells.
    pub cells: Vec<String>,
    /// Where it starts.
    pub start: usize,
    /// Where the next one begins.
    pub length: usize,
    /// What is wrong with its quotes; positions from `start`.
    flaws: Vec<QuoteFlaw>,
}

impl FirstRecord {
    /// Reads it from a text that begins on `first_line`; `whole` tells that nothing follows the text, and no record has
    /// more than `longest` bytes.
    ///
    /// Errors: [`NoHeader`].
    pub fn read(
        text: &[u8],
        whole: bool,
        delimiter: u8,
        (first_line, longest): (u64, usize),
    ) -> Result<FirstRecord, NoHeader> {
        let start = text.iter().position(|b| !matches!(b, b'\n' | b'\r')).unwrap_or(0);
        let after = text.get(start..).unwrap_or_default();
        let found = FoundRecord::look_for(after, delimiter, whole);
        let Some(end) = found.end else {
            if !whole && text.len() < longest {
                return Err(NoHeader::Cut);
            }
            let open = found.scanned.open_quote.unwrap_or(0);
            let finding = match (whole, found.scanned.open_quote) {
                (true, _) => {
                    let message = "the quote that opens here in the header is never closed";
                    Finding::new(FindingId::UnclosedQuote, message).remedy("close the quote, or remove it")
                }
                (false, Some(_)) => too_long("the header with the quote that opens here", longest)
                    .remedy("if the quote is never closed, close or remove it"),
                (false, None) => too_long("the header", longest).remedy("end the header with a line end"),
            };
            let location = SourceLocation::line(line_after(text, start.wrapping_add(open), first_line));
            return Err(finding.at(location).value(excerpt(found.bytes.get(open..).unwrap_or_default())).into());
        };
        let row = after.get(..end).unwrap_or_default();
        let flaws: Vec<QuoteFlaw> = found.scanned.flaws.into_iter().filter(|flaw| flaw.at() < end).collect();
        let cells = if flaws.is_empty() { plain_cells(after, 0, &found.ends) } else { cells_of(row, delimiter) };
        if row.is_empty() {
            let message = "the header row is empty";
            let finding = Finding::new(FindingId::NoHeader, message);
            return Err(finding.at(SourceLocation::line(first_line)).remedy(ADD_HEADER).into());
        }
        let next = end.wrapping_add(1);
        let crlf = after.get(end) == Some(&b'\r') && after.get(next) == Some(&b'\n');
        let next = if crlf { next.wrapping_add(1) } else { next };
        Ok(FirstRecord { cells, start, length: start.wrapping_add(next).min(text.len()), flaws })
    }

    /// Bytes of another encoding, and misplaced quotes.
    pub fn damage(&self, text: &[u8], first_line: u64, options: &str) -> Vec<Finding> {
        let mut found = Vec::new();
        let header = text.get(..self.length).unwrap_or_default();
        if let Err(fault) = std::str::from_utf8(header) {
            let at = fault.valid_up_to();
            let byte = header.get(at).copied().unwrap_or_default();
            found.push(
                Finding::new(FindingId::NotUtf8, "this byte of the header is not UTF-8 text")
                    .at(SourceLocation::line(line_after(text, at, first_line)))
                    .value(format!("0x{byte:02X}"))
                    .remedy(format!("save the file as \"CSV UTF-8\", or name its encoding: {options}")),
            );
        }
        for flaw in &self.flaws {
            let at = self.start.wrapping_add(flaw.at());
            let (id, message) = match flaw {
                QuoteFlaw::TextAfterQuote { .. } => {
                    (FindingId::TextAfterQuote, "text after the closing quote of a column name")
                }
                QuoteFlaw::StrayQuote { .. } => (FindingId::StrayQuote, "a quote inside an unquoted column name"),
            };
            found.push(
                Finding::new(id, message)
                    .severity(Severity::Error)
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
    /// The ends of its cells.
    ends: Vec<u32>,
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
            let last = ends.iter().position(|end| end & RECORD_END != 0);
            let end = last.and_then(|last| ends.get(last)).map(|end| (end & !RECORD_END) as usize);
            if end.is_some() || is_all {
                ends.truncate(last.map_or(0, |last| last.wrapping_add(1)));
                return FoundRecord { bytes, end, ends, scanned };
            }
            length = length.saturating_mul(4);
        }
    }
}
