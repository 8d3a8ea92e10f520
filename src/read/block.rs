//! A block of whole records, as every reader delivers it, and one raw cell of it.

use super::place::BlockPlace;
use crate::diagnostic::{
    CellPlace, ComposedPlaces, ComposedRecord, FilePosition, SheetCell, SheetTable, SourceLocation,
};
use std::borrow::Cow;
use std::sync::Arc;

/// Separates the items of a list that came as a list (JSON), so that no item can be split.
pub const ITEM: char = '\u{1F}';

/// Stands before the text of a cell that does not hold the two things that its column is split into.
pub const UNSPLIT: char = '\u{1D}';

/// Separates a treatment cell from the response cell of the same patient.
pub const BESIDE: char = '\u{1E}';

/// Whole records of one input: bytes, and where each cell ends.
///
/// ```text
/// bytes  P 1 , 6 , F \n P 2 , 5 , F \n
/// ends       2   4   6      9  11  13     cell (row, column) is number row * width + column
/// ```
/// One byte (delimiter or line end) lies between two cells. Readers of other formats write
/// their cells in the same shape, so that one code path tallies them all.
#[derive(Debug, Default)]
pub struct Block {
    /// The records.
    pub bytes: Vec<u8>,
    /// Position one past each cell; `width` of them per record.
    pub ends: Vec<u32>,
    /// Cells per record.
    pub width: usize,
    /// Position of the input on the command line.
    pub input: u32,
    /// Name of the input.
    pub file: Arc<str>,
    /// Column names of the input.
    pub header: Arc<[String]>,
    /// Number of cases before this block, over all inputs.
    pub first_row: u64,
    /// The number of each case, where they are not in the order of the inputs; otherwise empty.
    pub numbers: Vec<u64>,
    /// Where the records begin in the file.
    pub lines: RecordLines,
    /// True where a cell that starts with a quote is a quoted cell (CSV).
    pub quoted: bool,
    /// Where the bytes are in a file that can be read again from there.
    pub place: Option<BlockPlace>,
    /// Columns after those of the file, composed from them after reading.
    pub composed: Option<Box<Block>>,
}

/// How a block knows the physical line of a record.
#[derive(Debug)]
pub enum RecordLines {
    /// The bytes are those of the file: each record ends a line.
    Counted {
        /// Physical line of the first byte, from 1.
        first: u64,
        /// Positions of the line ends inside cells, ascending.
        inner: Vec<u32>,
    },
    /// The line of each record.
    Listed(Vec<u64>),
    /// The row of each record in a sheet of a workbook.
    Sheet {
        /// The sheet.
        table: Arc<SheetTable>,
        /// The rows, from 1.
        rows: Vec<u32>,
    },
    /// The records were composed of several.
    Composed {
        /// Where their cells come from.
        places: Arc<ComposedPlaces>,
        /// The index of the first record.
        first: u32,
    },
}

impl Default for RecordLines {
    fn default() -> RecordLines {
        RecordLines::Counted { first: 1, inner: Vec::new() }
    }
}

impl Block {
    /// Number of records.
    pub fn rows(&self) -> usize {
        self.ends.len().checked_div(self.width).unwrap_or(0)
    }

    /// The cell of a record and a column; an empty one where there is none.
    #[inline]
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        if column >= self.width
            && let Some(composed) = &self.composed
        {
            return composed.cell(row, column.wrapping_sub(self.width));
        }
        let at = row.wrapping_mul(self.width).wrapping_add(column);
        let start = match at.checked_sub(1) {
            Some(before) => self.ends.get(before).map_or(0, |e| (*e as usize).wrapping_add(1)),
            None => 0,
        };
        let end = self.ends.get(at).map_or(start, |e| *e as usize);
        let from = self.bytes.get(start..).unwrap_or_default();
        Cell { from, length: end.saturating_sub(start).min(from.len()), quoted: self.quoted }
    }

    /// The bytes of a record, without its line end.
    pub fn record(&self, row: usize) -> &[u8] {
        let (start, end) = self.span(row);
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Where a record begins and ends, without its line end.
    pub fn span(&self, row: usize) -> (usize, usize) {
        let start = self.start(row);
        let last = row.wrapping_add(1).wrapping_mul(self.width).wrapping_sub(1);
        (start, self.ends.get(last).map_or(start, |end| *end as usize))
    }

    /// The cells of a column in some records.
    #[inline]
    pub fn cells(&self, column: usize, rows: std::ops::Range<usize>) -> impl Iterator<Item = Cell<'_>> {
        match &self.composed {
            Some(composed) if column >= self.width => composed.own_cells(column.wrapping_sub(self.width), rows),
            _ => self.own_cells(column, rows),
        }
    }

    #[inline]
    fn own_cells(&self, column: usize, rows: std::ops::Range<usize>) -> impl Iterator<Item = Cell<'_>> {
        let first = rows.start.wrapping_mul(self.width).wrapping_add(column);
        let ends = self.ends.get(first..).unwrap_or_default();
        // One before the first byte, so that every cell begins one behind the end before it.
        let mut before = first.checked_sub(1).map_or(Some(u32::MAX), |at| self.ends.get(at).copied()).unwrap_or(0);
        let last_of_record = self.width.wrapping_sub(1);
        ends.chunks(self.width.max(1)).take(rows.len()).map(move |record| {
            let start = before.wrapping_add(1) as usize;
            let end = record.first().map_or(start, |end| *end as usize);
            before = record.get(last_of_record).copied().unwrap_or(0);
            let from = self.bytes.get(start..).unwrap_or_default();
            Cell { from, length: end.saturating_sub(start).min(from.len()), quoted: self.quoted }
        })
    }

    /// Physical line on which a record begins, or its row in a sheet, from 1; the index of a composed record.
    pub fn line(&self, row: usize) -> u64 {
        match &self.lines {
            RecordLines::Listed(lines) => lines.get(row).copied().unwrap_or(0),
            RecordLines::Sheet { rows, .. } => rows.get(row).copied().unwrap_or(0).into(),
            RecordLines::Composed { first, .. } => u64::from(*first).saturating_add(row as u64),
            RecordLines::Counted { first, inner } => {
                let start = self.start(row);
                let inner = inner.partition_point(|at| (*at as usize) < start);
                first.wrapping_add(row.wrapping_add(inner) as u64)
            }
        }
    }

    /// Where the cell of a composed record comes from.
    pub fn place(&self, row: usize, column: usize) -> Option<CellPlace> {
        let RecordLines::Composed { places, first } = &self.lines else { return None };
        Some(places.place(first.saturating_add(u32::try_from(row).ok()?), Some(column)))
    }

    /// Position of the first byte of a record.
    fn start(&self, row: usize) -> usize {
        match row.wrapping_mul(self.width).checked_sub(1) {
            Some(before) => self.ends.get(before).map_or(0, |end| (*end as usize).wrapping_add(1)),
            None => 0,
        }
    }

    /// Number of a case over all inputs, from 1.
    pub fn row_number(&self, row: usize) -> u64 {
        let in_order = || self.first_row.saturating_add(row as u64).saturating_add(1);
        self.numbers.get(row).copied().unwrap_or_else(in_order)
    }

    /// The input, line and number of a record.
    pub fn location(&self, row: usize) -> SourceLocation {
        let position = self.position(self.line(row));
        let of_record = if let FilePosition::Composed(record) = &position { Some(record) } else { None };
        let file = of_record.and_then(|record| record.file_of_column(None)).unwrap_or(&self.file).clone();
        SourceLocation { row: self.row_number(row), ..SourceLocation::input(self.input, file).at(position) }
    }

    /// The position of a record whose line, or row in a sheet, is known.
    pub fn position(&self, line: u64) -> FilePosition {
        match &self.lines {
            RecordLines::Counted { .. } | RecordLines::Listed(_) => FilePosition::Line(line),
            RecordLines::Sheet { table, .. } => {
                let row = u32::try_from(line).unwrap_or(u32::MAX);
                FilePosition::Cell(SheetCell { table: table.clone(), column: 0, row })
            }
            RecordLines::Composed { places, .. } => {
                let record = u32::try_from(line).unwrap_or(u32::MAX);
                FilePosition::Composed(ComposedRecord { places: places.clone(), record })
            }
        }
    }

    /// Forgets the records and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.first_row = 0;
        self.numbers.clear();
        self.place = None;
        self.lines = RecordLines::default();
    }

    /// Appends one cell that is already text, not CSV.
    pub fn push_cell(&mut self, text: &str) {
        self.push_bytes(text.as_bytes());
    }

    /// The same from bytes.
    pub fn push_bytes(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
        self.bytes.push(b'\n');
    }
}

/// Number of line ends in a text: LF, CRLF and lone CR count one each.
pub fn line_ends(bytes: &[u8]) -> u64 {
    let mut lines = memchr::memchr_iter(b'\n', bytes).count() as u64;
    for at in memchr::memchr_iter(b'\r', bytes) {
        if bytes.get(at.wrapping_add(1)) != Some(&b'\n') {
            lines = lines.wrapping_add(1);
        }
    }
    lines
}

/// One cell as written in the file.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// The block from the first byte of the cell on: `head` may load a whole word of it.
    from: &'a [u8],
    length: usize,
    quoted: bool,
}

impl<'a> Cell<'a> {
    /// The trimmed bytes of a cell without quotes; `None` where the cell is quoted or has to be trimmed.
    ///
    /// This is the path of nearly every cell; [`Cell::text`] serves the others.
    #[inline]
    pub fn plain(self) -> Option<&'a [u8]> {
        let raw = self.raw();
        match (raw.first(), raw.last()) {
            (Some(&first), Some(&last))
                if first > b' ' && last > b' ' && !(first == b'"' && self.quoted) && first < 0x80 && last < 0x80 =>
            {
                Some(raw)
            }
            (None, _) => Some(raw),
            _ => None,
        }
    }

    /// True for a cell of no bytes.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.length == 0
    }

    /// The bytes of the cell as written in the file.
    #[inline]
    pub fn raw(self) -> &'a [u8] {
        self.from.get(..self.length).unwrap_or_default()
    }

    /// The bytes of the block from the cell on: whole words of them can be loaded.
    #[inline]
    pub fn onward(self) -> &'a [u8] {
        self.from
    }

    /// A cell of one to eight bytes as one integer: the last byte is the highest, unused low bytes are 0.
    #[inline]
    pub fn short(self) -> Option<u64> {
        let spare = 8_usize.checked_sub(self.length).filter(|spare| *spare < 8)?;
        let word = match self.from.first_chunk::<8>() {
            Some(bytes) => u64::from_le_bytes(*bytes),
            // The last cells of a block.
            None => self.raw().iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte)),
        };
        // At most 56 bits.
        Some(word.wrapping_shl(spare.wrapping_mul(8) as u32))
    }

    /// The text of the cell: quotes removed, doubled quotes single, surrounding spaces trimmed.
    pub fn text(self) -> Cow<'a, [u8]> {
        if let Some(plain) = self.plain() {
            return Cow::Borrowed(plain);
        }
        // The line end belongs to the last cell of a CRLF record until here.
        let raw = self.raw().strip_suffix(b"\r").unwrap_or(self.raw());
        let inner = match raw.strip_prefix(b"\"").and_then(|r| r.strip_suffix(b"\"")) {
            Some(inner) if self.quoted => inner,
            _ => return Cow::Borrowed(trim(raw)),
        };
        if memchr::memchr(b'"', inner).is_none() {
            return Cow::Borrowed(trim(inner));
        }
        Cow::Owned(trim(&undouble(inner)).to_vec())
    }
}

/// The text of a cell of CSV, given as it is written.
pub fn cell_text(raw: &[u8]) -> Cow<'_, [u8]> {
    Cell { from: raw, length: raw.len(), quoted: true }.text()
}

/// Removes spaces at both ends: ASCII white space and the no-break space.
pub fn trim(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').as_bytes(),
        Err(_) => bytes.trim_ascii(),
    }
}

/// A text as it is shown: a list that came as one with semicolons between its items.
pub fn joined(text: &str) -> Cow<'_, str> {
    match text.strip_prefix(ITEM) {
        Some(items) => Cow::Owned(items.replace(ITEM, "; ")),
        None => Cow::Borrowed(text),
    }
}

/// The beginning of a text, short enough for a message; renderers make it safe.
pub fn excerpt(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = &*joined(text.strip_prefix(UNSPLIT).unwrap_or(&text));
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn undouble(inner: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = memchr::memchr(b'"', rest) {
        let upto = at.wrapping_add(1);
        text.extend_from_slice(rest.get(..upto).unwrap_or_default());
        rest = rest.get(upto..).unwrap_or_default();
        rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    }
    text.extend_from_slice(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str, ends: &[u32], width: usize) -> Block {
        Block { bytes: text.into(), ends: ends.to_vec(), width, quoted: true, ..Block::default() }
    }

    #[test]
    fn cells_are_unquoted_trimmed_and_located() {
        let b = block("P1, x ,\"a \"\"b\"\"\"\r\nP2,5\" w,\"\"\r\n", &[2, 6, 17, 20, 25, 29], 3);
        let text = |r, c| String::from_utf8(b.cell(r, c).text().into_owned()).unwrap();
        assert_eq!([text(0, 0), text(0, 1), text(0, 2)], ["P1", "x", "a \"b\""]);
        assert_eq!([text(1, 0), text(1, 1), text(1, 2)], ["P2", "5\" w", ""]);
        assert_eq!((b.rows(), b.line(0), b.line(1)), (2, 1, 2));
        for (column, first) in (0..3).flat_map(|column| [(column, 0), (column, 1)]) {
            let cells: Vec<&[u8]> = b.cells(column, first..2).map(Cell::raw).collect();
            assert_eq!(cells, (first..2).map(|row| b.cell(row, column).raw()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_line_end_inside_a_cell_ends_a_line() {
        let mut b = block("a,\"b\nc\"\nd,e\nf,g\n", &[1, 7, 9, 11, 13, 15], 2);
        b.lines = RecordLines::Counted { first: 4, inner: vec![4] };
        assert_eq!([b.line(0), b.line(1), b.line(2)], [4, 6, 7]);
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        assert_eq!(line_ends(b"a\nb\r\nc\rd"), 3);
    }
}
