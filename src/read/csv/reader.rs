//! The reader: records of one width, block by block, and everything that is wrong with them.

use super::scan::{QuoteFlaw, RECORD_END, Scanned, scan};
use super::vector;
use crate::diagnostic::{Finding, Findings, Severity, SourceLocation, quoted};
use crate::error::Error;
use crate::read::block::{Block, RecordLines, excerpt, line_ends};
use crate::read::source::Source;
use std::sync::Arc;

/// A record longer than this is taken as an unclosed quote.
const LONGEST_RECORD: usize = 64 << 20;

/// The dialect and the columns of one CSV input.
#[derive(Debug, Clone)]
pub struct Dialect {
    /// Byte between two cells.
    pub delimiter: u8,
    /// Column names as written in the header.
    pub columns: Vec<String>,
    /// Physical line of the first byte after the header.
    pub first_line: u64,
    /// For each column: true where its cells may contain lines that look like records.
    pub multiline: Vec<bool>,
}

/// Reads one CSV input after its header, block by block.
pub struct CsvReader {
    source: Source,
    dialect: Dialect,
    header: Arc<[String]>,
    /// Bytes read that belong to the next block.
    rest: Vec<u8>,
    block_size: usize,
    /// Physical line of the first byte of `rest`.
    line: u64,
    ended: bool,
    /// Findings so far; the reader continues after an error, to find the others.
    pub findings: Findings,
}

impl CsvReader {
    /// A reader of a source whose next byte begins the first record.
    pub fn new(source: Source, dialect: Dialect, block_size: usize) -> CsvReader {
        let (line, rest, header) = (dialect.first_line, Vec::new(), dialect.columns.clone().into());
        CsvReader { source, dialect, header, rest, block_size, line, ended: false, findings: Findings::default() }
    }

    /// Fills the block with the next whole records; false at the end of the input.
    pub fn next(&mut self, block: &mut Block) -> Result<bool, Error> {
        block.clear();
        block.width = self.dialect.columns.len();
        block.input = self.source.input;
        block.file = self.source.file.clone();
        block.header = self.header.clone();
        block.quoted = true;
        // Copied, not swapped: a buffer that changed its thread would have to change its cache too.
        block.bytes.extend_from_slice(&self.rest);
        self.rest.clear();
        loop {
            self.fill(block)?;
            if block.bytes.is_empty() {
                return Ok(false);
            }
            block.ends.clear();
            let scanned = self.index(block);
            if scanned.consumed > 0 {
                self.take(block, scanned);
                return Ok(true);
            }
            if self.ended || block.bytes.len() > LONGEST_RECORD {
                self.unclosed_quote(block, scanned.open_quote);
                return Ok(false);
            }
        }
    }

    /// Reads until the block has one more block size of bytes, or the input ends.
    fn fill(&mut self, block: &mut Block) -> Result<(), Error> {
        let wanted = (block.bytes.len() / 2).max(self.block_size);
        let got = self.source.read(wanted, &mut block.bytes)?;
        if got == 0 && !self.ended {
            self.ended = true;
            if !matches!(block.bytes.last(), None | Some(b'\n' | b'\r')) {
                block.bytes.push(b'\n');
            }
        }
        Ok(())
    }

    fn index(&self, block: &mut Block) -> Scanned {
        vector::index(&block.bytes, self.dialect.delimiter, &mut block.ends)
            .unwrap_or_else(|| scan(&block.bytes, self.dialect.delimiter, self.ended, &mut block.ends))
    }

    /// Keeps the rest for the next block, checks what was found, and leaves records of one width.
    fn take(&mut self, block: &mut Block, scanned: Scanned) {
        self.rest.extend_from_slice(block.bytes.get(scanned.consumed..).unwrap_or_default());
        block.bytes.truncate(scanned.consumed);
        let first = self.line;
        let records = block.ends.iter().map(|end| (end >> 31) as usize).fold(0, usize::wrapping_add);
        // A line ends with its record, or inside a quoted cell.
        self.line = first.wrapping_add(records.wrapping_add(scanned.inner_lines.len()) as u64);
        if !scanned.ascii {
            self.refuse_what_is_not_utf8(block, first);
        }
        for flaw in &scanned.flaws {
            self.report_flaw(block, *flaw, first);
        }
        if has_one_width(&block.ends, records, block.width) {
            let width = block.width;
            for end in block.ends.iter_mut().skip(width.wrapping_sub(1)).step_by(width.max(1)) {
                *end &= !RECORD_END;
            }
            block.lines = RecordLines::Counted { first };
        } else {
            self.keep_whole_records(block, first);
        }
        self.check_inner_lines(block, &scanned.inner_lines);
    }

    fn refuse_what_is_not_utf8(&mut self, block: &Block, first: u64) {
        let Err(fault) = std::str::from_utf8(&block.bytes) else { return };
        let before = block.bytes.get(..fault.valid_up_to()).unwrap_or_default();
        let byte = block.bytes.get(fault.valid_up_to()).copied().unwrap_or(0);
        let line = first.wrapping_add(line_ends(before));
        self.findings.add(
            Finding::new("not-utf8", Severity::Error, "this byte is not UTF-8 text")
                .at(self.source.line(line))
                .value(format!("0x{byte:02X}"))
                .remedy("save the file as \"CSV UTF-8\", or name its encoding: --encoding windows-1252"),
        );
    }

    fn report_flaw(&mut self, block: &Block, flaw: QuoteFlaw, first: u64) {
        let at = match flaw {
            QuoteFlaw::TextAfterQuote { at } | QuoteFlaw::StrayQuote { at } => at,
        };
        let line = first.wrapping_add(line_ends(block.bytes.get(..at).unwrap_or_default()));
        let number = block.ends.partition_point(|end| ((end & !RECORD_END) as usize) < at);
        let earlier = block.ends.get(..number).unwrap_or_default();
        let in_record = earlier.iter().rev().take_while(|end| *end & RECORD_END == 0).count();
        let start = earlier.last().map_or(0, |end| ((end & !RECORD_END) as usize).wrapping_add(1));
        let end = block.ends.get(number).map_or(at, |end| (end & !RECORD_END) as usize);
        let column = self.dialect.columns.get(in_record).cloned();
        let location = SourceLocation { column, ..self.source.line(line) };
        let finding = match flaw {
            QuoteFlaw::TextAfterQuote { .. } => {
                Finding::new("text-after-quote", Severity::Error, "text after the closing quote of a cell")
                    .remedy("double every quote inside a quoted cell (\"\"), or remove the stray quote")
            }
            QuoteFlaw::StrayQuote { .. } => {
                Finding::new("stray-quote", Severity::Warning, "a quote inside an unquoted cell; it is kept")
                    .remedy("quote the cell and double the quote, or replace it with a word such as 'inch'")
            }
        };
        self.findings.add(finding.at(location).value(excerpt(block.bytes.get(start..end).unwrap_or_default())));
    }

    fn unclosed_quote(&mut self, block: &Block, open: Option<usize>) {
        let at = open.unwrap_or(0);
        let before = block.bytes.get(..at).unwrap_or_default();
        let line = self.line.wrapping_add(line_ends(before));
        let after = block.bytes.get(at..).unwrap_or_default();
        self.findings.add(
            Finding::new("unclosed-quote", Severity::Error, "the quote that opens here is never closed")
                .at(self.source.line(line))
                .value(excerpt(after))
                .remedy("close the quote, or remove it"),
        );
    }

    /// Drops blank lines, reports records of another width, and moves the others together.
    fn keep_whole_records(&mut self, block: &mut Block, first: u64) {
        let bytes = std::mem::take(&mut block.bytes);
        let ends = std::mem::take(&mut block.ends);
        let (mut line, mut start, mut lines) = (first, 0, Vec::new());
        for record in ends.split_inclusive(|end| end & RECORD_END != 0) {
            let end = record.last().map_or(start, |end| (end & !RECORD_END) as usize);
            let next = end.wrapping_add(1);
            let text = bytes.get(start..end).unwrap_or_default();
            let with_end = bytes.get(start..next).unwrap_or_default();
            let blank = record.len() == 1 && text.trim_ascii().is_empty();
            if record.len() == block.width && !(blank && block.width == 1) {
                let moved = block.bytes.len();
                let shift = |end: &u32| (end & !RECORD_END).wrapping_sub(start as u32).wrapping_add(moved as u32);
                block.ends.extend(record.iter().map(shift));
                block.bytes.extend_from_slice(with_end);
                lines.push(line);
            } else if !blank {
                self.report_ragged(line, record.len(), text);
            }
            // A record that ends with a lone CR has no LF, but ends a line.
            line = line.wrapping_add(line_ends(with_end).max(1));
            start = next;
        }
        block.lines = RecordLines::Listed(lines);
    }

    fn report_ragged(&mut self, line: u64, found: usize, text: &[u8]) {
        let width = self.dialect.columns.len();
        let message = format!("this row has {found} cells, the header has {width}");
        let remedy = if found > width {
            "quote the cell that contains the delimiter, or remove the extra one"
        } else {
            "add the missing cells: empty cells still need their delimiter"
        };
        let finding = Finding::new("ragged-row", Severity::Error, message).at(self.source.line(line));
        self.findings.add(finding.value(excerpt(text.strip_suffix(b"\r").unwrap_or(text))).remedy(remedy));
    }

    /// Refuses a quoted cell with a line that looks like a record: two stray quotes may have paired up.
    fn check_inner_lines(&mut self, block: &Block, inner: &[u32]) {
        let mut last = None;
        for number in cells_with(block, inner) {
            let (Some(row), Some(column)) = (number.checked_div(block.width), number.checked_rem(block.width)) else {
                return;
            };
            if last == Some(number) || self.dialect.multiline.get(column).copied().unwrap_or(false) {
                continue;
            }
            last = Some(number);
            let text = block.cell(row, column).text();
            if self.hides_a_record(block, row, &text) {
                self.report_paired_quotes(block.line(row), column, &text);
            }
        }
    }

    fn hides_a_record(&self, block: &Block, row: usize, text: &[u8]) -> bool {
        let is_record = |line: &[u8]| self.cells_of(line) == block.width;
        let delimiter = self.dialect.delimiter;
        let is_part = |line: &[u8]| memchr::memchr_iter(delimiter, line).count().wrapping_add(1) == block.width;
        let mut lines = block.record(row).split(|b| matches!(b, b'\n' | b'\r')).filter(|line| !line.is_empty());
        let (first, last) = (lines.next(), lines.next_back());
        text.split(|b| matches!(b, b'\n' | b'\r')).any(is_record)
            || (first.is_some_and(is_part) && last.is_some_and(is_part))
    }

    /// Number of cells of a line, if it were a record; 0 where it has too few delimiters.
    fn cells_of(&self, line: &[u8]) -> usize {
        let delimiters = memchr::memchr_iter(self.dialect.delimiter, line).count();
        if delimiters.wrapping_add(1) < self.dialect.columns.len() {
            return 0;
        }
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(self.dialect.delimiter);
        let mut record = csv::ByteRecord::new();
        match reader.from_reader(line).read_byte_record(&mut record) {
            Ok(true) => record.len(),
            _ => 0,
        }
    }

    fn report_paired_quotes(&mut self, line: u64, column: usize, text: &[u8]) {
        let name = self.dialect.columns.get(column).cloned().unwrap_or_default();
        let remedy = format!("look for a stray quote here; if the cell is correct: --multiline {}", quoted(&name));
        let message = "a line of this quoted cell looks like a record: two stray quotes may have paired up";
        let finding = Finding::new("paired-quotes", Severity::Error, message).at(self.source.line(line));
        self.findings.add(finding.column(name).value(excerpt(text)).remedy(remedy));
    }
}

/// The indices of the cells that contain line ends.
fn cells_with(block: &Block, inner: &[u32]) -> Vec<usize> {
    if inner.is_empty() {
        return Vec::new();
    }
    match block.lines {
        RecordLines::Counted { .. } => inner.iter().map(|at| block.ends.partition_point(|end| end < at)).collect(),
        // The records have moved: look at every cell.
        RecordLines::Listed(_) => (0..block.ends.len())
            .filter(|number| {
                let cell = number.checked_div(block.width).zip(number.checked_rem(block.width));
                cell.is_some_and(|(row, column)| {
                    memchr::memchr2(b'\n', b'\r', block.cell(row, column).raw().trim_ascii_end()).is_some()
                })
            })
            .collect(),
    }
}

/// True where each of the records has `width` cells.
fn has_one_width(ends: &[u32], records: usize, width: usize) -> bool {
    // A blank line of a one-column file is a record of one empty cell; only the slow path can drop it.
    let fits = width > 1 && records.checked_mul(width) == Some(ends.len());
    // As many record ends as records, and one at the end of each: none is elsewhere.
    fits && ends.iter().skip(width.wrapping_sub(1)).step_by(width.max(1)).all(|end| end & RECORD_END != 0)
}
