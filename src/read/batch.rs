//! The records that one thread works on.

use super::block::Block;
use super::json::{Columns, RawCases, decode, discover};
use crate::diagnostic::Findings;
use crate::error::Error;

/// Some whole records of one input. The feed fills it under its lock; `decode` completes it in the thread.
#[derive(Default)]
pub struct Batch {
    /// The records, once they are decoded.
    pub block: Block,
    /// Number of records of the same input before this block.
    pub rows_before: u64,
    records: Records,
}

/// What the reader of an input has filled in.
#[derive(Default)]
enum Records {
    /// The cells of the block, ready for use.
    #[default]
    Cells,
    /// Cases as JSON objects, which `decode` turns into the cells of the block.
    JsonCases(RawCases),
}

impl Batch {
    /// The columns of JSON cases in order of first appearance; none where the input has a header.
    pub fn discover(&self) -> Result<Columns, Error> {
        match &self.records {
            Records::Cells => Ok(Columns::default()),
            Records::JsonCases(cases) => discover(cases),
        }
    }

    /// Makes the cells of the block where the reader has not, and returns the names of members that
    /// are not among the columns.
    pub fn decode(&mut self, columns: &Columns, notes: &mut Findings) -> Result<Vec<String>, Error> {
        match &self.records {
            Records::Cells => Ok(Vec::new()),
            Records::JsonCases(cases) => {
                let first_row = self.block.first_row;
                let unknown = decode(cases, columns, &mut self.block, notes)?;
                self.block.first_row = first_row;
                Ok(unknown)
            }
        }
    }

    /// The block, for a reader that writes cells.
    pub(super) fn cells(&mut self) -> &mut Block {
        self.records = Records::Cells;
        &mut self.block
    }

    /// The buffer of JSON cases, to be filled and put back.
    pub(super) fn take_json_cases(&mut self) -> RawCases {
        match std::mem::take(&mut self.records) {
            Records::Cells => RawCases::default(),
            Records::JsonCases(cases) => cases,
        }
    }

    /// Puts JSON cases in.
    pub(super) fn put_json_cases(&mut self, cases: RawCases) {
        self.records = Records::JsonCases(cases);
    }

    /// Number of records.
    pub(super) fn rows(&self) -> usize {
        match &self.records {
            Records::Cells => self.block.rows(),
            Records::JsonCases(cases) => cases.len(),
        }
    }

    /// Number of bytes of the records in the input.
    pub(super) fn bytes(&self) -> usize {
        match &self.records {
            Records::Cells => self.block.bytes.len(),
            Records::JsonCases(cases) => cases.bytes.len(),
        }
    }
}
