//! The first records of a text, cut into cells: enough to tell the header from what stands above it.

use super::first_records::FirstRecords;
use super::scan::RECORD_END;
use crate::read::block::{cell_text, line_ends, trim};

/// How many records are looked at.
const MOST_RECORDS: usize = 64;

/// One record of a sample; blank lines are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRecord {
    /// Physical line on which it begins.
    pub line: u64,
    /// Position of its first byte.
    pub start: usize,
    /// Its cells, trimmed.
    pub cells: Vec<String>,
}

impl SampleRecord {
    /// Number of cells with something in them.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }

    /// True where a cell of this column has something in it.
    pub fn has(&self, column: usize) -> bool {
        self.cells.get(column).is_some_and(|cell| !cell.is_empty())
    }
}

/// The first records of a text that begins on `first_line`.
pub fn records(text: &str, delimiter: u8, first_line: u64) -> Vec<SampleRecord> {
    let FirstRecords { bytes, ends, flaws } = FirstRecords::of(text, delimiter, MOST_RECORDS);
    let (mut found, mut start, mut line) = (Vec::new(), 0, first_line);
    for record in ends.split_inclusive(|end| end & RECORD_END != 0) {
        let end = record.last().map_or(start, |end| (end & !RECORD_END) as usize);
        let next = end.wrapping_add(1);
        let row = bytes.get(start..next).unwrap_or_default();
        let cells = if flaws.is_empty() { plain_cells(&bytes, start, record) } else { cells_of(row, delimiter) };
        if cells.len() > 1 || cells.iter().any(|cell| !cell.is_empty()) {
            found.push(SampleRecord { line, start, cells });
        }
        if found.len() >= MOST_RECORDS {
            break;
        }
        line = line.wrapping_add(line_ends(row));
        start = next;
    }
    found
}

/// The cells of a record whose quotes are all in order.
pub fn plain_cells(bytes: &[u8], mut start: usize, ends: &[u32]) -> Vec<String> {
    let cells = ends.iter().map(|end| {
        let end = (end & !RECORD_END) as usize;
        let cell = cell_text(bytes.get(start..end).unwrap_or_default());
        start = end.wrapping_add(1);
        String::from_utf8_lossy(&cell).into_owned()
    });
    cells.collect()
}

/// The cells of a record as the csv crate reads them, which mends a quote that is not in order.
pub fn cells_of(row: &[u8], delimiter: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter);
    let mut record = csv::ByteRecord::new();
    match reader.from_reader(row).read_byte_record(&mut record) {
        Ok(true) => record.iter().map(|cell| String::from_utf8_lossy(trim(cell)).into_owned()).collect(),
        Ok(false) | Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::records;

    #[test]
    fn records_have_their_lines_and_blank_lines_are_none() {
        let found = records("Table 1\n\n\"a\nb\",c\r\n,,\nd,e", b',', 3);
        let lines: Vec<(u64, usize, usize)> = found.iter().map(|r| (r.line, r.cells.len(), r.filled())).collect();
        assert_eq!(lines, [(3, 1, 1), (5, 2, 2), (7, 3, 0), (8, 2, 2)]);
    }
}
