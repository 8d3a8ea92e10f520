//! From the records of a block to their cells, and what is wrong with their text: the part of
//! reading CSV that each thread does for itself.

use super::dialect::Dialect;
use super::scan::{RECORD_END, Scanned, scan};
use super::vector;
use crate::diagnostic::{FilePosition, Finding, FindingId, Findings, SourceLocation, quoted};
use crate::read::block::{Block, RecordLines, excerpt, line_ends};
use std::sync::Arc;

/// Whole records of one width in a block, whose cells are still to be found.
#[derive(Debug)]
pub struct CsvRecords {
    /// How they are written.
    pub dialect: Arc<Dialect>,
    /// Their number.
    pub count: usize,
}

impl CsvRecords {
    /// Finds the cells of the block, and adds what is wrong with their text.
    pub fn decode(&self, block: &mut Block, findings: &mut Findings) {
        let scanned = index_cells(block, self.dialect.delimiter);
        if let RecordLines::Counted { first, inner } = &mut block.lines {
            let first = *first;
            inner.clone_from(&scanned.inner_lines);
            refuse_zero_bytes(block, first, findings);
            if !scanned.ascii {
                refuse_what_is_not_utf8(block, (first, &self.dialect), findings);
            }
        }
        InnerLines { dialect: &self.dialect, block }.check(&scanned.inner_lines, findings);
    }
}

/// Finds the end of every cell of a block, by the fast way where it is certain; `is_last` tells that nothing follows.
pub fn index(block: &mut Block, delimiter: u8, is_last: bool) -> Scanned {
    block.ends.clear();
    vector::index(&block.bytes, delimiter, &mut block.ends)
        .unwrap_or_else(|| scan(&block.bytes, delimiter, is_last, &mut block.ends))
}

/// The same for whole records of one width, whose ends nothing has to mark.
fn index_cells(block: &mut Block, delimiter: u8) -> Scanned {
    block.ends.clear();
    vector::index_cells(&block.bytes, delimiter, &mut block.ends).unwrap_or_else(|| {
        let scanned = scan(&block.bytes, delimiter, true, &mut block.ends);
        clear_record_ends(block);
        scanned
    })
}

/// Finds the end of every cell of whole records, which nothing marks.
pub fn cell_ends(records: &[u8], delimiter: u8, ends: &mut Vec<u32>) {
    ends.clear();
    scan(records, delimiter, true, ends);
    ends.iter_mut().for_each(|end| *end &= !RECORD_END);
}

/// Where all records have one width, nothing has to tell which cell is the last one.
pub fn clear_record_ends(block: &mut Block) {
    let width = block.width;
    for end in block.ends.iter_mut().skip(width.wrapping_sub(1)).step_by(width.max(1)) {
        *end &= !RECORD_END;
    }
}

/// Refuses a zero byte, which no text has, in a block that begins on line `first`: a file that was damaged has them.
pub fn refuse_zero_bytes(block: &Block, first: u64, findings: &mut Findings) {
    let Some(at) = memchr::memchr(0, &block.bytes) else { return };
    let line = first.wrapping_add(line_ends(block.bytes.get(..at).unwrap_or_default()));
    let finding = Finding::new(FindingId::OtherFormat, "the file contains zero bytes, so it is not text");
    findings.add(finding.at(line_of(block, line)).remedy("the file is damaged here: export it again as CSV"));
}

/// Refuses a byte that is not UTF-8 text, in a block that begins on line `first`.
pub fn refuse_what_is_not_utf8(block: &Block, (first, dialect): (u64, &Dialect), findings: &mut Findings) {
    let Err(fault) = std::str::from_utf8(&block.bytes) else { return };
    let before = block.bytes.get(..fault.valid_up_to()).unwrap_or_default();
    let byte = block.bytes.get(fault.valid_up_to()).copied().unwrap_or(0);
    let line = first.wrapping_add(line_ends(before));
    findings.add(
        Finding::new(FindingId::NotUtf8, "this byte is not UTF-8 text")
            .at(line_of(block, line))
            .value(format!("0x{byte:02X}"))
            .remedy(format!("save the file as \"CSV UTF-8\", or name its encoding: {}", dialect.encoding_options)),
    );
}

fn line_of(block: &Block, line: u64) -> SourceLocation {
    SourceLocation::input(block.input, block.file.clone()).at(FilePosition::Line(line))
}

/// The quoted cells of a block that contain line ends.
pub struct InnerLines<'a> {
    /// How the records are written.
    pub dialect: &'a Dialect,
    /// The records.
    pub block: &'a Block,
}

impl InnerLines<'_> {
    /// Refuses a quoted cell with a line that looks like a record: two stray quotes may have paired up.
    ///
    /// `inner` has the positions of the line ends inside quoted cells.
    pub fn check(&self, inner: &[u32], findings: &mut Findings) {
        let (block, mut last) = (self.block, None);
        for number in cells_with(block, inner) {
            let (Some(row), Some(column)) = (number.checked_div(block.width), number.checked_rem(block.width)) else {
                return;
            };
            if last == Some(number) || self.dialect.multiline.get(column).copied().unwrap_or(false) {
                continue;
            }
            last = Some(number);
            let text = block.cell(row, column).text();
            if self.hides_a_record(row, &text) {
                findings.add(self.paired_quotes(row, column, &text));
            }
        }
    }

    fn hides_a_record(&self, row: usize, text: &[u8]) -> bool {
        let block = self.block;
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

    fn paired_quotes(&self, row: usize, column: usize, text: &[u8]) -> Finding {
        let name = self.dialect.name(column).unwrap_or_default();
        let remedy = format!("look for a stray quote here; if the cell is correct: --multiline {}", quoted(&name));
        let message = "a line of this quoted cell looks like a record: two stray quotes may have paired up";
        let finding = Finding::new(FindingId::PairedQuotes, message);
        let finding = finding.at(line_of(self.block, self.block.line(row))).column(name);
        finding.value(excerpt(text)).remedy(remedy)
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
        RecordLines::Listed(_) | RecordLines::Sheet { .. } | RecordLines::Composed { .. } => (0..block.ends.len())
            .filter(|number| {
                let cell = number.checked_div(block.width).zip(number.checked_rem(block.width));
                cell.is_some_and(|(row, column)| {
                    memchr::memchr2(b'\n', b'\r', block.cell(row, column).raw().trim_ascii_end()).is_some()
                })
            })
            .collect(),
    }
}
