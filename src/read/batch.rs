//! The records that one thread works on.

use super::block::Block;
use super::csv::CsvRecords;
use super::json::{Columns, RawCases, decode, discover};
use super::spooled::SpooledRecords;
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
    /// Records of a CSV input in the bytes of the block, whose cells `decode` finds.
    Csv(CsvRecords),
    /// Cases as JSON objects, which `decode` turns into the cells of the block.
    JsonCases(RawCases),
    /// Records of a temporary file, which `decode` reads.
    Spooled(SpooledRecords),
}

impl Batch {
    /// The columns of JSON cases in order of first appearance; none where the input has a header.
    ///
    /// Errors: what `decode` finds wrong with the text of the records.
    pub fn discover(&mut self) -> Result<Columns, Error> {
        let mut findings = Findings::default();
        match &self.records {
            Records::Cells => {}
            Records::Csv(records) => records.decode(&mut self.block, &mut findings),
            Records::JsonCases(cases) => return discover(cases),
            Records::Spooled(records) => records.decode(&mut self.block)?,
        }
        if findings.is_empty() { Ok(Columns::default()) } else { Err(findings.into()) }
    }

    /// Makes the cells of the block where the reader has not, and returns the names of members that
    /// are not among the columns; what is wrong with the text of records that can be counted is added to `notes`.
    pub fn decode(&mut self, columns: &Columns, notes: &mut Findings) -> Result<Vec<String>, Error> {
        match &self.records {
            Records::Cells => Ok(Vec::new()),
            Records::Csv(records) => {
                records.decode(&mut self.block, notes);
                Ok(Vec::new())
            }
            Records::JsonCases(cases) => {
                let first_row = self.block.first_row;
                let unknown = decode(cases, columns, &mut self.block, notes)?;
                self.block.first_row = first_row;
                Ok(unknown)
            }
            Records::Spooled(records) => records.decode(&mut self.block).map(|()| Vec::new()),
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
            Records::Cells | Records::Csv(_) | Records::Spooled(_) => RawCases::default(),
            Records::JsonCases(cases) => cases,
        }
    }

    /// Tells that the bytes of the block are records of a CSV input.
    pub(super) fn put_csv_records(&mut self, records: CsvRecords) {
        self.records = Records::Csv(records);
    }

    /// Puts records of a temporary file in.
    pub(super) fn put_spooled(&mut self, records: SpooledRecords) {
        self.records = Records::Spooled(records);
    }

    /// Puts JSON cases in.
    pub(super) fn put_json_cases(&mut self, cases: RawCases) {
        self.records = Records::JsonCases(cases);
    }

    /// Number of records.
    pub(super) fn rows(&self) -> usize {
        match &self.records {
            Records::Cells => self.block.rows(),
            Records::Csv(records) => records.count,
            Records::JsonCases(cases) => cases.len(),
            Records::Spooled(records) => records.len(),
        }
    }

    /// Number of bytes of the records in the input.
    pub(super) fn bytes(&self) -> usize {
        match &self.records {
            Records::Cells | Records::Csv(_) => self.block.bytes.len(),
            Records::JsonCases(cases) => cases.bytes.len(),
            Records::Spooled(_) => 0,
        }
    }
}
