//! The reader: whole records, block by block, and what is wrong with records that are not of one width.

use super::blank::{is_blank, may_have_blank_rows};
use super::dialect::{Dialect, too_long};
use super::records::{CsvRecords, InnerLines, clear_record_ends, index, refuse_what_is_not_utf8, refuse_zero_bytes};
use super::scan::{QuoteFlaw, RECORD_END, Scanned};
use super::vector;
use crate::diagnostic::{Finding, FindingId, Findings, SourceLocation};
use crate::error::Error;
use crate::read::block::{Block, RecordLines, excerpt, line_ends};
use crate::read::place::BlockPlace;
use crate::read::source::Source;
use crate::words::counted;
use std::sync::Arc;

/// What the reader has put into a block.
pub enum Filled {
    /// Nothing: the input is at its end.
    Nothing,
    /// Whole records, whose cells the thread finds.
    Records(CsvRecords),
    /// Cells that are ready for use.
    Cells,
}

/// Reads one CSV input after its header, block by block.
pub struct CsvReader {
    source: Source,
    dialect: Arc<Dialect>,
    /// Bytes read that belong to the next block.
    rest: Vec<u8>,
    block_size: usize,
    /// Physical line of the first byte of `rest`.
    line: u64,
    ended: bool,
    /// Rows of delimiters alone, with the line of the first.
    blank_rows: u64,
    first_blank: Option<u64>,
    /// True behind a blank row, until a row has cells beside the first one.
    is_behind_gap: bool,
    /// Rows behind the last blank row of which only the first cell is filled: the line and the text of the first.
    lone_rows: u64,
    first_lone: Option<(u64, String)>,
    /// Findings so far; the reader continues after an error, to find the others.
    pub findings: Findings,
}

impl CsvReader {
    /// A reader of a source whose next byte begins the first record.
    pub fn new(source: Source, dialect: Arc<Dialect>, block_size: usize) -> CsvReader {
        let (line, rest) = (dialect.first_line, Vec::new());
        CsvReader {
            source,
            dialect,
            rest,
            block_size,
            line,
            ended: false,
            blank_rows: 0,
            first_blank: None,
            is_behind_gap: false,
            lone_rows: 0,
            first_lone: None,
            findings: Findings::default(),
        }
    }

    /// Fills the block with the next whole records.
    ///
    /// Other threads wait meanwhile: it finds where the last record ends, and no more while each
    /// record has one cell for each column.
    pub fn next(&mut self, block: &mut Block) -> Result<Filled, Error> {
        self.begin(block);
        loop {
            self.fill(block)?;
            if block.bytes.is_empty() {
                self.note_blank_rows();
                self.refuse_rows_below();
                return Ok(Filled::Nothing);
            }
            // More bytes than that were read only because the first row of them did not end before.
            let may_be_too_long = block.bytes.len() > self.dialect.longest_record;
            let whole = vector::whole_records(&block.bytes, self.dialect.delimiter, block.width);
            let is_plain = |found: &vector::WholeRecords| !found.may_have_blank_rows && !self.is_behind_gap;
            if let Some(found) = whole.filter(|found| is_plain(found) && !may_be_too_long) {
                self.keep_rest(block, found.length);
                block.lines = RecordLines::Counted { first: self.line, inner: Vec::new() };
                self.line = self.line.wrapping_add(found.lines);
                return Ok(Filled::Records(CsvRecords { dialect: self.dialect.clone(), count: found.records }));
            }
            let scanned = index(block, self.dialect.delimiter, self.ended);
            if may_be_too_long && first_length(&block.ends) > self.dialect.longest_record {
                self.refuse_too_long(block);
                return Ok(Filled::Nothing);
            }
            if scanned.consumed > 0 {
                self.take(block, scanned);
                return Ok(Filled::Cells);
            }
            if self.ended || may_be_too_long {
                self.no_record_end(block, scanned.open_quote);
                return Ok(Filled::Nothing);
            }
        }
    }

    fn note_blank_rows(&mut self) {
        let Some(line) = self.first_blank.take() else { return };
        let rows = counted(self.blank_rows, "row");
        let message = format!("{rows} without anything in any cell: skipped");
        self.findings.add(Finding::new(FindingId::BlankRows, message).at(self.source.line(line)));
    }

    /// Refuses a legend below the table: `1 = White` behind a blank row, with nothing beside it.
    fn refuse_rows_below(&mut self) {
        let Some((line, text)) = self.first_lone.take() else { return };
        let rows = counted(self.lone_rows, "row");
        let message = format!("{rows} below the table with nothing but the first cell: notes, not cases");
        let finding = Finding::new(FindingId::RowsBelowTable, message).at(self.source.line(line)).value(text);
        self.findings
            .add(finding.remedy("remove them from the file; if they are cases, remove the blank row before them"));
    }

    /// Looks whether a row belongs to the notes below a table.
    fn look_below<'b>(&mut self, line: u64, mut cells: impl Iterator<Item = &'b [u8]>) {
        let first = cells.next().unwrap_or_default();
        if self.is_behind_gap && !is_blank(std::iter::once(first)) && self.dialect.columns.len() > 2 && is_blank(cells)
        {
            self.lone_rows = self.lone_rows.wrapping_add(1);
            self.first_lone.get_or_insert_with(|| (line, excerpt(first)));
        } else {
            (self.is_behind_gap, self.lone_rows, self.first_lone) = (false, 0, None);
        }
    }

    fn begin(&mut self, block: &mut Block) {
        block.clear();
        block.width = self.dialect.columns.len();
        block.input = self.source.input;
        block.file = self.source.file.clone();
        block.header = self.dialect.columns.clone();
        block.quoted = true;
        let at = self.source.position.saturating_sub(self.rest.len() as u64);
        let delimiter = self.dialect.delimiter;
        block.place = self.source.held.as_ref().map(|file| BlockPlace::new(file.clone(), at, delimiter));
        // Copied, not swapped: a buffer that changed its thread would have to change its cache too.
        block.bytes.extend_from_slice(&self.rest);
        self.rest.clear();
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

    /// Keeps what follows the whole records for the next block.
    fn keep_rest(&mut self, block: &mut Block, length: usize) {
        self.rest.extend_from_slice(block.bytes.get(length..).unwrap_or_default());
        block.bytes.truncate(length);
    }

    /// Checks what was found, and leaves records of one width.
    fn take(&mut self, block: &mut Block, scanned: Scanned) {
        self.keep_rest(block, scanned.consumed);
        let first = self.line;
        let records = block.ends.iter().map(|end| (end >> 31) as usize).fold(0, usize::wrapping_add);
        // A line ends with its record, or inside a quoted cell.
        self.line = first.wrapping_add(records.wrapping_add(scanned.inner_lines.len()) as u64);
        refuse_zero_bytes(block, first, &mut self.findings);
        if !scanned.ascii {
            refuse_what_is_not_utf8(block, (first, &self.dialect), &mut self.findings);
        }
        for flaw in &scanned.flaws {
            self.report_flaw(block, *flaw, first);
        }
        let has_blank_rows = || may_have_blank_rows(&block.bytes, self.dialect.delimiter);
        if has_one_width(&block.ends, records, block.width) && !self.is_behind_gap && !has_blank_rows() {
            clear_record_ends(block);
            block.lines = RecordLines::Counted { first, inner: scanned.inner_lines.clone() };
        } else {
            self.keep_whole_records(block, first);
        }
        InnerLines { dialect: &self.dialect, block }.check(&scanned.inner_lines, &mut self.findings);
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
        let column = self.dialect.name(in_record);
        let location = SourceLocation { column, ..self.source.line(line) };
        let finding = match flaw {
            QuoteFlaw::TextAfterQuote { .. } => {
                Finding::new(FindingId::TextAfterQuote, "text after the closing quote of a cell")
                    .remedy("double every quote inside a quoted cell (\"\"), or remove the stray quote")
            }
            QuoteFlaw::StrayQuote { .. } => {
                Finding::new(FindingId::StrayQuote, "a quote inside an unquoted cell; it is kept")
                    .remedy("quote the cell and double the quote, or replace it with a word such as 'inch'")
            }
        };
        self.findings.add(finding.at(location).value(excerpt(block.bytes.get(start..end).unwrap_or_default())));
    }

    /// Refuses a row that ends, but only behind the limit.
    fn refuse_too_long(&mut self, block: &Block) {
        let finding = too_long("the row that begins here", self.dialect.longest_record).remedy("shorten its cells");
        self.findings.add(finding.at(self.source.line(self.line)).value(excerpt(&block.bytes)));
    }

    /// The rest of the input is one record that does not end, or not before the limit.
    fn no_record_end(&mut self, block: &Block, open: Option<usize>) {
        let at = open.unwrap_or(0);
        let before = block.bytes.get(..at).unwrap_or_default();
        let line = self.line.wrapping_add(line_ends(before));
        let after = block.bytes.get(at..).unwrap_or_default();
        let finding = match (self.ended, open) {
            (true, _) => Finding::new(FindingId::UnclosedQuote, "the quote that opens here is never closed")
                .remedy("close the quote, or remove it"),
            (false, Some(_)) => too_long("the row with the quote that opens here", self.dialect.longest_record)
                .remedy("if the quote is never closed, close or remove it; otherwise shorten the cell"),
            (false, None) => {
                too_long("the row that begins here", self.dialect.longest_record).remedy("end the row with a line end")
            }
        };
        self.findings.add(finding.at(self.source.line(line)).value(excerpt(after)));
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
            let is_line = record.len() == 1 && text.trim_ascii().is_empty();
            let is_whole = record.len() == block.width;
            let blank = is_line || (is_whole && is_blank(cells_of(&bytes, start, record)));
            self.is_behind_gap |= blank;
            if is_whole && !blank {
                self.look_below(line, cells_of(&bytes, start, record));
            }
            if blank && !is_line {
                self.blank_rows = self.blank_rows.wrapping_add(1);
                self.first_blank = self.first_blank.or(Some(line));
            } else if is_whole && !blank {
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
        // The bytes are those of the file no more.
        block.place = None;
    }

    fn report_ragged(&mut self, line: u64, found: usize, text: &[u8]) {
        let width = self.dialect.columns.len();
        let message = format!("this row has {found} cells, the header has {width}");
        let remedy = if found > width {
            "quote the cell that contains the delimiter, or remove the extra one"
        } else {
            "add the missing cells: empty cells still need their delimiter"
        };
        let finding = Finding::new(FindingId::RaggedRow, message).at(self.source.line(line));
        self.findings.add(finding.value(excerpt(text.strip_suffix(b"\r").unwrap_or(text))).remedy(remedy));
    }
}

/// The length of the first record; 0 where none ends.
fn first_length(ends: &[u32]) -> usize {
    let end = ends.iter().find(|end| *end & RECORD_END != 0);
    end.map_or(0, |end| (end & !RECORD_END) as usize)
}

/// The cells of a record, as written.
fn cells_of<'b>(bytes: &'b [u8], start: usize, ends: &'b [u32]) -> impl Iterator<Item = &'b [u8]> {
    let mut before = start;
    ends.iter().map(move |end| {
        let end = (end & !RECORD_END) as usize;
        let cell = bytes.get(before..end).unwrap_or_default();
        before = end.wrapping_add(1);
        cell
    })
}

/// True where each of the records has `width` cells.
fn has_one_width(ends: &[u32], records: usize, width: usize) -> bool {
    // A blank line of a one-column file is a record of one empty cell; only the slow path can drop it.
    let fits = width > 1 && records.checked_mul(width) == Some(ends.len());
    // As many record ends as records, and one at the end of each: none is elsewhere.
    fits && ends.iter().skip(width.wrapping_sub(1)).step_by(width.max(1)).all(|end| end & RECORD_END != 0)
}
