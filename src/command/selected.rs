//! The statistics that selectors name, from one pass over the cases.

use super::open::{InputSpec, open};
use super::progress;
use super::request::TableRequest;
use crate::analyze::results::Results;
use crate::analyze::selector::SelectorRequest;
use crate::analyze::{Options, summarize};
use crate::diagnostic::Findings;
use crate::error::Error;
use crate::tables::options::TableOptions;
use crate::tally::{Cohort, read_cohort};
use std::path::PathBuf;

/// The statistics of a cohort, and how they are printed.
pub struct Selected {
    /// The cohort.
    pub cohort: Cohort,
    /// The statistics.
    pub results: Results,
    /// The conventions used.
    pub options: Options,
    /// How they are printed.
    pub shown: TableOptions,
    /// Findings about the cases.
    pub findings: Findings,
    /// Paths of all files that were read.
    pub paths: Vec<PathBuf>,
    /// The names of the inputs.
    pub names: Vec<String>,
}

/// Reads the cases once and computes the statistics in `wanted`; `asked` are the names of the variables that they are
/// of, where they are known.
///
/// Errors: input that is refused, and conditions that do not fit the columns.
pub fn select(
    input: InputSpec,
    tables: &TableRequest,
    wanted: SelectorRequest,
    asked: Option<Vec<String>>,
) -> Result<Selected, Error> {
    let mut input = input;
    input.settings.conditions = wanted.conditions;
    let mut opened = open(&input)?;
    opened.settings.asked = asked;
    let cohort = progress::shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings));
    let mut cohort = cohort?;
    opened.notes.into_iter().for_each(|note| cohort.findings.add(note));
    let (mut options, shown) = tables.resolve(&cohort)?;
    let on_request = wanted.on_request.into_iter().filter(|name| !options.on_request.contains(name));
    let on_request: Vec<_> = on_request.collect();
    options.on_request.extend(on_request);
    let (results, findings) = summarize(&cohort, &options);
    let names = opened.inputs.names().map(str::to_owned).collect();
    Ok(Selected { cohort, results, options, shown, findings, paths: opened.paths, names })
}
