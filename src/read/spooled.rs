//! Records of some files whose cells are still to be read, and how a temporary file holds them.

use super::block::{Block, cell_text};
use super::csv::cell_ends;
use super::held_file::{HeldFile, read_at};
use crate::error::Error;
use std::fs::File;
use std::io;
use std::sync::Arc;

/// How the temporary file is called in messages.
pub const NAME: &str = "the temporary file of the rows";

/// Appends a number, seven bits a byte, the lowest first; all bytes but the last have the highest bit.
pub fn write_length(mut length: usize, to: &mut Vec<u8>) {
    while length >= 0x80 {
        to.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    to.push(length as u8);
}

/// The next such number, and what follows it.
fn read_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (mut length, mut shift, mut rest) = (0_usize, 0_u32, bytes);
    loop {
        let (byte, after) = rest.split_first()?;
        length |= usize::from(byte & 0x7F).checked_shl(shift)?;
        (shift, rest) = (shift.saturating_add(7), after);
        if byte & 0x80 == 0 {
            return Some((length, rest));
        }
    }
}

/// A file with records.
#[derive(Debug, Clone)]
pub enum SpoolFile {
    /// Few records are kept in memory.
    Memory(Arc<Vec<u8>>),
    /// The temporary file, and its length.
    Temporary(Arc<File>, u64),
    Csv(Arc<HeldFile>, u8),
}

/// Where a record is, and the number of its case.
#[derive(Debug, Clone, Copy)]
pub struct SpooledRecord {
    /// Its first byte in the file.
    pub start: u64,
    /// The number of the case.
    pub number: u64,
    /// Its bytes.
    pub length: u32,
    /// The index of its file.
    pub file: u32,
}

/// Some records whose cells are still to be read.
pub struct SpooledRecords {
    /// The files they are in.
    pub files: Arc<[SpoolFile]>,
    /// The records.
    pub records: Vec<SpooledRecord>,
    /// Cells of each.
    pub width: usize,
}

impl SpooledRecords {
    /// Their number.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Reads the cells into a block.
    ///
    /// Errors: a file that cannot be read, or has changed.
    pub fn decode(&self, block: &mut Block) -> Result<(), Error> {
        let composed = block.composed.take();
        *block = Block { width: self.width, composed, ..Block::default() };
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for record in &self.records {
            block.numbers.push(record.number);
            bytes.resize(record.length as usize, 0);
            let pushed = match self.files.get(record.file as usize) {
                Some(SpoolFile::Memory(kept)) => {
                    Ok(kept_at(kept, record).and_then(|record| push_packed(record, self.width, block)))
                }
                Some(SpoolFile::Temporary(file, _)) => {
                    read_at(file, record.start, &mut bytes).map(|()| push_packed(&bytes, self.width, block))
                }
                Some(SpoolFile::Csv(file, delimiter)) => {
                    let read = file.read_at(record.start, &mut bytes);
                    read.map(|()| push_csv((&mut bytes, *delimiter), &mut ends, self.width, block))
                }
                None => Ok(None),
            };
            let pushed = pushed.and_then(|pushed| pushed.ok_or_else(|| io::ErrorKind::InvalidData.into()));
            pushed.map_err(|fault| Error::io(NAME, fault))?;
        }
        Ok(())
    }
}

/// The bytes of a record that is kept in memory.
fn kept_at<'k>(kept: &'k [u8], record: &SpooledRecord) -> Option<&'k [u8]> {
    kept.get(usize::try_from(record.start).ok()?..)?.get(..record.length as usize)
}

/// Appends the cells of a record of CSV to a block; `None` for another number of cells.
fn push_csv(
    (record, delimiter): (&mut Vec<u8>, u8),
    ends: &mut Vec<u32>,
    width: usize,
    block: &mut Block,
) -> Option<()> {
    record.push(b'\n');
    cell_ends(record, delimiter, ends);
    let mut start = 0_usize;
    for end in &*ends {
        let end = *end as usize;
        block.push_bytes(&cell_text(record.get(start..end)?));
        start = end.saturating_add(1);
    }
    (ends.len() == width).then_some(())
}

/// Appends the cells of a record to a block; `None` for a record that is damaged.
fn push_packed(record: &[u8], width: usize, block: &mut Block) -> Option<()> {
    let mut texts = record;
    for _ in 0..width {
        texts = read_length(texts)?.1;
    }
    let mut lengths = record;
    for _ in 0..width {
        let (length, after) = read_length(lengths)?;
        let (text, rest) = texts.split_at_checked(length)?;
        block.push_bytes(text);
        (lengths, texts) = (after, rest);
    }
    Some(())
}
