//! Records that are read again in another order.
//!
//! ```text
//! pass over the inputs --> PackedRecords --> RecordSpool --> SpoolReader: records in any order, batch by batch
//! ```
//! A record of a CSV file in UTF-8 is read again from its place there. Others are kept in memory if they are few, else in a
//! temporary file: only their owner may read it, and no path leads to it, so that it is gone when the run ends, however
//! it ends.

use super::batch::Batch;
use super::block::Block;
use super::place::BlockPlace;
use super::spooled::{NAME, SpoolFile, SpooledRecord, SpooledRecords, write_length};
use crate::error::Error;
use std::io::{self, Write};
use std::sync::Arc;

/// Records of a batch that is read back.
const BATCH: usize = 2048;

/// Most bytes that are kept in memory; all where there are no files, as in a browser.
const MOST_KEPT: usize = if cfg!(target_family = "wasm") { usize::MAX } else { 1 << 24 };

/// Records of one block that are to be read again.
#[derive(Debug, Default)]
pub struct PackedRecords {
    /// Where the block is in its file; then the records are known by their places alone.
    place: Option<BlockPlace>,
    /// Otherwise the records one behind the other: the lengths of the cells of each, and their texts.
    bytes: Vec<u8>,
    /// Where each record begins and ends: in the block, or in `bytes`.
    spans: Vec<(usize, usize)>,
    numbers: Vec<u64>,
}

impl PackedRecords {
    /// No records yet of a block.
    pub fn of(block: &Block) -> PackedRecords {
        PackedRecords { place: block.place.clone(), ..PackedRecords::default() }
    }

    /// Adds a record of the block.
    pub fn push(&mut self, block: &Block, row: usize) {
        self.numbers.push(block.row_number(row));
        if self.place.is_some() {
            return self.spans.push(block.span(row));
        }
        let start = self.bytes.len();
        for column in 0..block.width {
            write_length(block.cell(row, column).text().len(), &mut self.bytes);
        }
        for column in 0..block.width {
            self.bytes.extend_from_slice(&block.cell(row, column).text());
        }
        self.spans.push((start, self.bytes.len()));
    }
}

/// Records that can be read again.
pub struct RecordSpool {
    /// The files they are in, with the bytes that separate their cells.
    files: Vec<SpoolFile>,
    records: Vec<SpooledRecord>,
    width: usize,
    /// Most bytes that are kept in memory.
    most_kept: usize,
}

impl RecordSpool {
    /// No records yet, of so many cells.
    pub fn new(width: usize) -> RecordSpool {
        RecordSpool { files: Vec::new(), records: Vec::new(), width, most_kept: MOST_KEPT }
    }

    /// Adds records.
    ///
    /// Errors: no room for a temporary file; a record of 4 GiB.
    pub fn add(&mut self, records: &PackedRecords) -> Result<(), Error> {
        let (file, begin) = match &records.place {
            Some(place) => (self.csv(place), place.at),
            None => self.kept(&records.bytes).map_err(|fault| Error::io(NAME, fault))?,
        };
        for ((start, end), number) in records.spans.iter().zip(&records.numbers) {
            let length = u32::try_from(end.saturating_sub(*start));
            let length = length.map_err(|_| Error::io(NAME, io::ErrorKind::FileTooLarge.into()))?;
            let start = begin.saturating_add(*start as u64);
            self.records.push(SpooledRecord { start, number: *number, length, file });
        }
        Ok(())
    }

    /// The index of a CSV file.
    fn csv(&mut self, place: &BlockPlace) -> u32 {
        let is_same = |known: &SpoolFile| matches!(known, SpoolFile::Csv(file, _) if Arc::ptr_eq(file, &place.file));
        let at = self.files.iter().position(is_same).unwrap_or(self.files.len());
        if at == self.files.len() {
            self.files.push(SpoolFile::Csv(place.file.clone(), place.delimiter));
        }
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// Puts bytes into memory, or into the temporary file: the index of either, and where they begin.
    fn kept(&mut self, bytes: &[u8]) -> io::Result<(u32, u64)> {
        let has_room = |known: &SpoolFile| match known {
            SpoolFile::Memory(kept) => kept.len().saturating_add(bytes.len()) <= self.most_kept,
            SpoolFile::Temporary(..) => true,
            SpoolFile::Csv(..) => false,
        };
        let at = self.files.iter().position(has_room).unwrap_or(self.files.len());
        if at == self.files.len() {
            let is_memory = |known: &SpoolFile| matches!(known, SpoolFile::Memory(_));
            let fits = bytes.len() <= self.most_kept && !self.files.iter().any(is_memory);
            self.files.push(match fits {
                true => SpoolFile::Memory(Arc::default()),
                false => SpoolFile::Temporary(Arc::new(tempfile::tempfile()?), 0),
            });
        }
        let begin = match self.files.get_mut(at) {
            Some(SpoolFile::Memory(kept)) => {
                let begin = kept.len() as u64;
                Arc::make_mut(kept).extend_from_slice(bytes);
                begin
            }
            Some(SpoolFile::Temporary(file, length)) => {
                (&**file).write_all(bytes)?;
                let begin = *length;
                *length = length.saturating_add(bytes.len() as u64);
                begin
            }
            Some(SpoolFile::Csv(..)) | None => 0,
        };
        Ok((u32::try_from(at).unwrap_or(u32::MAX), begin))
    }

    /// The records in an order: their indices, from 0.
    pub fn in_order(&self, order: Vec<u32>) -> SpoolReader<'_> {
        SpoolReader { spool: self, files: self.files.clone().into(), order, next: 0 }
    }
}

/// Hands out records in an order.
pub struct SpoolReader<'s> {
    spool: &'s RecordSpool,
    files: Arc<[SpoolFile]>,
    order: Vec<u32>,
    next: usize,
}

impl SpoolReader<'_> {
    /// Fills the batch with the next records; false at the end.
    pub fn next(&mut self, batch: &mut Batch) -> bool {
        let rest = self.order.get(self.next..).unwrap_or_default();
        let part = rest.get(..BATCH).unwrap_or(rest);
        if part.is_empty() {
            return false;
        }
        self.next = self.next.saturating_add(part.len());
        let records = part.iter().filter_map(|index| self.spool.records.get(*index as usize)).copied().collect();
        batch.put_spooled(SpooledRecords { files: self.files.clone(), records, width: self.spool.width });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_in_any_order_with_their_cells_and_numbers() {
        let long = "x".repeat(70_000);
        let rows: [[&str; 2]; 3] = [["P1", "a, b\n\"c\""], ["", "é"], ["P3", &long]];
        let mut block = Block { width: 2, first_row: 7, ..Block::default() };
        rows.iter().flatten().for_each(|cell| block.push_cell(cell));
        let mut packed = PackedRecords::of(&block);
        (0..3).for_each(|row| packed.push(&block, row));
        // In a file, in memory, in both.
        for most_kept in [0, MOST_KEPT, 100_000] {
            let mut spool = RecordSpool { most_kept, ..RecordSpool::new(2) };
            spool.add(&packed).unwrap();
            spool.add(&packed).unwrap();
            let (mut reader, mut batch) = (spool.in_order(vec![2, 0, 4]), Batch::default());
            assert!(reader.next(&mut batch));
            batch.decode(&crate::read::Columns::default(), &mut crate::diagnostic::Findings::default()).unwrap();
            let block = &batch.block;
            let read =
                |row: usize| [0, 1].map(|column| String::from_utf8(block.cell(row, column).text().to_vec()).unwrap());
            assert_eq!([read(0), read(1), read(2)], [rows[2], rows[0], rows[1]].map(|row| row.map(str::to_owned)));
            assert_eq!([0, 1, 2].map(|row| block.row_number(row)), [10, 8, 9]);
            assert!(!reader.next(&mut batch));
        }
    }
}
