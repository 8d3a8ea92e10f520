//! Hands out the records of all inputs, block by block, in order.
//!
//! [`Feed::next`] is the serial part and stands under a lock: it reads, finds the record ends
//! and numbers the cases. [`Share::decode`] is the part that every thread does for itself.

use super::block::Block;
use super::csv::CsvReader;
use super::input::{Inputs, Recognised};
use super::json::{Columns, JsonSplitter, RawCases, decode, discover};
use crate::diagnostic::{Finding, Findings, Place, Severity};
use crate::error::Error;

enum Reader {
    Csv(Box<CsvReader>),
    Json(Box<JsonSplitter>),
}

/// One pass over all inputs.
pub struct Feed<'a> {
    inputs: &'a Inputs,
    next_input: usize,
    reader: Option<Reader>,
    rows: u64,
    rows_before: u64,
    rows_by_input: Vec<u64>,
    findings: Findings,
    /// Pipes are looked at, not used up.
    peeking: bool,
}

/// What one thread holds: the records it works on.
#[derive(Default)]
pub struct Share {
    /// The records.
    pub block: Block,
    /// Number of records of the same input before this block.
    pub rows_before: u64,
    raw: RawCases,
    is_json: bool,
}

impl<'a> Feed<'a> {
    /// A pass from the first record of the first input.
    pub fn new(inputs: &'a Inputs) -> Feed<'a> {
        inputs.progress.begin();
        Feed::over(inputs, false)
    }

    /// A pass over what can be looked at without using up a pipe.
    pub fn peek(inputs: &'a Inputs) -> Feed<'a> {
        Feed::over(inputs, true)
    }

    fn over(inputs: &'a Inputs, peeking: bool) -> Feed<'a> {
        Feed {
            inputs,
            next_input: 0,
            reader: None,
            rows: 0,
            rows_before: 0,
            rows_by_input: Vec::new(),
            findings: Findings::default(),
            peeking,
        }
    }

    /// Fills the share with the next records; false when all inputs are read.
    pub fn next(&mut self, share: &mut Share) -> Result<bool, Error> {
        loop {
            if self.reader.is_none() && !self.open_next()? {
                return Ok(false);
            }
            if self.read(share)? {
                return Ok(true);
            }
            self.close();
        }
    }

    fn open_next(&mut self) -> Result<bool, Error> {
        let number = self.next_input;
        let Some(input) = self.inputs.list.get(number) else { return Ok(false) };
        self.next_input = number.saturating_add(1);
        self.rows_before = self.rows;
        let position = u32::try_from(number).unwrap_or(u32::MAX);
        self.reader = Some(match &input.recognised {
            Recognised::Csv(dialect, offset) => {
                let source = input.source(*offset, self.peeking)?;
                let (name, size) = (input.name.clone(), self.inputs.block_size);
                Reader::Csv(Box::new(CsvReader::new(source, dialect.clone(), name, position, size)))
            }
            Recognised::Json => {
                let splitter = JsonSplitter::new(input.source(0, self.peeking)?, input.name.clone(), position);
                Reader::Json(Box::new(splitter.block_size(self.inputs.block_size)))
            }
        });
        Ok(true)
    }

    fn read(&mut self, share: &mut Share) -> Result<bool, Error> {
        share.rows_before = self.rows.saturating_sub(self.rows_before);
        match &mut self.reader {
            Some(Reader::Csv(reader)) => {
                let more = reader.next(&mut share.block).map_err(|fault| Error::io(&*share.block.file, fault))?;
                share.block.first_row = self.rows;
                share.is_json = false;
                self.rows = self.rows.saturating_add(share.block.rows() as u64);
                self.count(share.block.bytes.len(), share.block.rows());
                Ok(more)
            }
            Some(Reader::Json(splitter)) => {
                let more = splitter.next(&mut share.raw)?;
                share.block.first_row = self.rows;
                share.is_json = true;
                self.rows = self.rows.saturating_add(share.raw.len() as u64);
                self.count(share.raw.bytes.len(), share.raw.len());
                Ok(more)
            }
            None => Ok(false),
        }
    }

    fn count(&self, bytes: usize, cases: usize) {
        if !self.peeking {
            self.inputs.progress.add(bytes, cases);
        }
    }

    fn close(&mut self) {
        self.take_findings();
        self.reader = None;
        self.rows_by_input.push(self.rows.saturating_sub(self.rows_before));
        let number = self.next_input.saturating_sub(1);
        let no_error = self.findings.count(Severity::Error) == 0;
        if self.rows == self.rows_before
            && no_error
            && let Some(input) = self.inputs.list.get(number)
        {
            let place = Place {
                input: u32::try_from(number).unwrap_or(u32::MAX),
                file: Some(input.name.clone()),
                ..Place::default()
            };
            let finding = Finding::new("no-cases", Severity::Error, "the file has a header and no case");
            self.findings.add(finding.at(place).remedy("add one row a case below the header"));
        }
    }

    /// Number of cases handed out.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Number of cases of each input that was read to its end.
    pub fn rows_by_input(&self) -> &[u64] {
        &self.rows_by_input
    }

    /// What was found about the structure of the inputs.
    pub fn into_findings(mut self) -> Findings {
        self.take_findings();
        self.findings
    }

    fn take_findings(&mut self) {
        match &mut self.reader {
            Some(Reader::Csv(reader)) => self.findings.merge(std::mem::take(&mut reader.findings)),
            Some(Reader::Json(splitter)) => self.findings.merge(splitter.take_notes()),
            None => {}
        }
    }
}

impl Share {
    /// The columns of JSON cases in order of first appearance; none for CSV, which has a header.
    pub fn discover(&self) -> Result<Columns, Error> {
        if self.is_json { discover(&self.raw) } else { Ok(Columns::default()) }
    }

    /// Makes cells of JSON cases; CSV records have theirs already. Gives names of members that
    /// are not among the columns.
    pub fn decode(&mut self, columns: &Columns, notes: &mut Findings) -> Result<Vec<String>, Error> {
        if !self.is_json {
            return Ok(Vec::new());
        }
        let first_row = self.block.first_row;
        let unknown = decode(&self.raw, columns, &mut self.block, notes)?;
        self.block.first_row = first_row;
        Ok(unknown)
    }
}
