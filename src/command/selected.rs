//! The statistics that selectors name, from one reading of the cases.

use super::asked::Asked;
use super::open::{Reading, open};
use super::progress;
use crate::analyze::results::Results;
use crate::analyze::selector::Wanted;
use crate::analyze::{Options, summarize};
use crate::diagnostic::Findings;
use crate::error::Error;
use crate::tables::shown::TableOptions;
use crate::tally::{Cohort, read_cohort};

/// What was counted, and how it is printed.
pub struct Selected {
    /// The counts.
    pub cohort: Cohort,
    /// The statistics.
    pub results: Results,
    /// The conventions by which they were made.
    pub options: Options,
    /// How they are printed.
    pub shown: TableOptions,
    /// What must be said of the cases.
    pub findings: Findings,
    /// Paths of all files that were read.
    pub paths: Vec<String>,
    /// The names of the inputs.
    pub names: Vec<String>,
}

/// Reads the cases once and makes the statistics that are wanted.
///
/// Errors: those of reading, and conditions that do not fit the columns.
pub fn select(reading: Reading, asked: &Asked, wanted: Wanted) -> Result<Selected, Error> {
    let mut reading = reading;
    reading.settings.conditions = wanted.conditions;
    let opened = open(&reading)?;
    let cohort = progress::shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings));
    let mut cohort = cohort?;
    opened.notes.into_iter().for_each(|note| cohort.findings.add(note));
    let (mut options, shown) = asked.of(&cohort)?;
    let on_request = wanted.on_request.into_iter().filter(|name| !options.on_request.contains(name));
    let on_request: Vec<_> = on_request.collect();
    options.on_request.extend(on_request);
    let (results, findings) = summarize(&cohort, &options);
    let names = opened.inputs.names().map(str::to_owned).collect();
    Ok(Selected { cohort, results, options, shown, findings, paths: opened.paths, names })
}
