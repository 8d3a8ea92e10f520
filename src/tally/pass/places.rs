//! Where cells are first met: the places of records, shared by all columns of one thread.
//!
//! Meaning is decided after the cells are counted, and what is then said of a cell names its place. So each
//! distinct text, and each distinct number of a few, keeps the number of the record in which it was first met.

use super::run::RecordRun;
use crate::diagnostic::SourceLocation;
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
pub struct FirstPlaces {
    records: Vec<Arc<SourceLocation>>,
    /// The number of each record of the current run.
    of_run: Vec<u32>,
}

impl FirstPlaces {
    /// Forgets which records of the run before had a number.
    pub fn begin(&mut self, run: &RecordRun<'_>) {
        self.of_run.clear();
        self.of_run.resize(run.rows.len(), NONE);
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
        let here = run.here(run.rows.start + at);
        let case = Some(here.case_name());
        let location = SourceLocation { case, ..run.block.location(here.row) };
        self.records.push(Arc::new(location));
        if let Some(known) = self.of_run.get_mut(at) {
            *known = number as u32;
        }
        Place(number as u32)
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
