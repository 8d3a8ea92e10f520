//! Where cells are first met: the places of records, shared by all columns of one thread.
//!
//! Meaning is decided after the cells are counted, and what is then said of a cell names its place. So each
//! distinct text, and each distinct number of a few, keeps the number of the record in which it was first met.

use super::run::RecordRun;
use crate::diagnostic::SourceLocation;
use crate::read::Block;
use std::sync::Arc;

/// Most records that are kept; cells first met in later ones have no place.
const MOST_RECORDS: usize = 1 << 18;
/// A record without a number.
const NONE: u32 = u32::MAX;

/// The number of a record, in no order; none beyond the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(u32);

/// The records in which cells of a thread were first met.
#[derive(Debug, Default)]
pub struct Places {
    records: Vec<Arc<SourceLocation>>,
    /// The number of each record of the current run.
    of_run: Vec<u32>,
    /// The line of each record of the current run; empty until one is needed.
    lines: Vec<u64>,
    known: KnownLine,
}

/// A row of a block whose line is known.
#[derive(Debug, Default, Clone, Copy)]
struct KnownLine {
    /// Number of cases before the block.
    block: u64,
    row: usize,
    line: u64,
}

impl Places {
    /// Forgets which records of the run before had a number.
    pub fn begin(&mut self, run: &RecordRun<'_>) {
        self.of_run.clear();
        self.of_run.resize(run.rows.len(), NONE);
        self.lines.clear();
    }

    /// The place of the record at this index of the run.
    pub fn of(&mut self, run: &RecordRun<'_>, at: usize) -> Place {
        match self.of_run.get(at) {
            Some(&known) if known != NONE => Place(known),
            _ => self.add(run, at),
        }
    }

    #[cold]
    fn add(&mut self, run: &RecordRun<'_>, at: usize) -> Place {
        let number = self.records.len();
        if number >= MOST_RECORDS {
            return Place(NONE);
        }
        let position = run.block.position(self.line(run, at));
        let location = SourceLocation::input(run.block.input, run.block.file.clone());
        let here = run.here(run.rows.start + at);
        let case = Some(here.case_name());
        let location = SourceLocation { row: here.number(), case, ..location.at(position) };
        self.records.push(Arc::new(location));
        if let Some(known) = self.of_run.get_mut(at) {
            *known = number as u32;
        }
        Place(number as u32)
    }

    /// The line of a record of the run; the lines of a run are counted once.
    fn line(&mut self, run: &RecordRun<'_>, at: usize) -> u64 {
        if self.lines.is_empty() {
            let mut known = self.known_before(run.block, run.rows.start);
            for row in run.rows.clone() {
                known = KnownLine { row, line: run.block.line_from(row, (known.row, known.line)), ..known };
                self.lines.push(known.line);
            }
            self.known = known;
        }
        self.lines.get(at).copied().unwrap_or(0)
    }

    /// A row at or before this one with its line: the last that was counted in this block, or the first of the block.
    fn known_before(&self, block: &Block, row: usize) -> KnownLine {
        let is_of_block = self.known.block == block.first_row && self.known.row <= row && self.known.line > 0;
        let first = || KnownLine { block: block.first_row, row: 0, line: block.line(0) };
        if is_of_block { self.known } else { first() }
    }

    /// The number of the case of a place, from 1.
    pub fn row(&self, place: Place) -> u64 {
        self.records.get(place.0 as usize).map_or(u64::MAX, |record| record.row)
    }

    /// The location of a cell in a column; the column alone where the place is not known.
    pub fn location(&self, place: Option<Place>, column: &str) -> SourceLocation {
        let record = place.and_then(|place| self.records.get(place.0 as usize));
        record.map_or_else(SourceLocation::default, |record| SourceLocation::clone(record)).in_column(column)
    }

    /// The location of the record of a place, which all who keep it share.
    pub fn record(&self, place: Place) -> Arc<SourceLocation> {
        self.records.get(place.0 as usize).cloned().unwrap_or_default()
    }
}
