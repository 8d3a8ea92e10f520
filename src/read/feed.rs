//! Hands out the records of all inputs, block by block, in order.
//!
//! [`Feed::next`] is the serial part, called under a lock: it reads, finds the record ends
//! and numbers the cases. [`Batch::decode`] is the part that every thread does for itself.

use super::batch::Batch;
use super::form::RecordReader;
use super::input::Inputs;
use crate::diagnostic::{Finding, FindingId, Findings, Severity, SourceLocation};
use crate::error::Error;

/// One pass over all inputs.
pub struct Feed<'a> {
    inputs: &'a Inputs,
    next_input: usize,
    reader: Option<Box<dyn RecordReader>>,
    rows: u64,
    rows_before: u64,
    rows_by_input: Vec<u64>,
    findings: Findings,
    /// Pipes are looked at, not used up.
    peeking: bool,
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

    /// Fills the batch with the next records; false when all inputs are read.
    pub fn next(&mut self, batch: &mut Batch) -> Result<bool, Error> {
        loop {
            if self.reader.is_none() && !self.open_next()? {
                return Ok(false);
            }
            if self.read(batch)? {
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
        self.reader = Some(input.reader(self.peeking, self.inputs.block_size)?);
        Ok(true)
    }

    fn read(&mut self, batch: &mut Batch) -> Result<bool, Error> {
        let Some(reader) = &mut self.reader else { return Ok(false) };
        batch.rows_before = self.rows.saturating_sub(self.rows_before);
        let more = reader.next(batch)?;
        batch.block.first_row = self.rows;
        self.rows = self.rows.saturating_add(batch.rows() as u64);
        if !self.peeking {
            self.inputs.progress.add(batch.bytes(), batch.rows());
        }
        Ok(more)
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
            let location = SourceLocation::input(input.bytes.index, input.bytes.name.clone());
            let finding = Finding::new(FindingId::NoCases, "the file has a header but no cases");
            self.findings.add(finding.at(location).remedy("add one row per case below the header"));
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
        if let Some(reader) = &mut self.reader {
            self.findings.merge(reader.take_findings());
        }
    }
}
