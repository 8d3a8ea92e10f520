//! The statistics that selectors name, from one pass over the cases.

use super::open::{InputSpec, open};
use super::progress;
use super::request::TableRequest;
use crate::analyze::results::Results;
use crate::analyze::selector::SelectorRequest;
use crate::analyze::{Options, summarize};
use crate::check::claims::Claims;
use crate::diagnostic::Findings;
use crate::error::Error;
use crate::read::{name_of, read_text};
use crate::tables::options::TableOptions;
use crate::tally::{Cohort, read_cohort};
use std::path::{Path, PathBuf};

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
    // A derived variable is made of columns that are not named.
    opened.settings.asked = asked.filter(|_| opened.derived.is_empty());
    let cohort = progress::shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings));
    let mut cohort = cohort?;
    cohort.findings.merge(opened.notes);
    let (mut options, shown) = tables.resolve(&cohort)?;
    let on_request = wanted.on_request.into_iter().filter(|name| !options.on_request.contains(name));
    let on_request: Vec<_> = on_request.collect();
    options.on_request.extend(on_request);
    let (results, findings) = summarize(&cohort, &options);
    let names = opened.inputs.names().map(str::to_owned).collect();
    Ok(Selected { cohort, results, options, shown, findings, paths: opened.paths, names })
}

/// The claims of a file, and the paths of it and of its tables.
///
/// Errors: a file that cannot be read, and claims that are refused.
pub fn claims_of_file(path: &Path) -> Result<(Claims, Vec<PathBuf>), Error> {
    let text = read_text(path)?;
    let mut paths = vec![path.to_owned()];
    let claims = Claims::parse_with_tables(&text, &name_of(path), &mut |table| {
        let table = path.parent().unwrap_or(Path::new("")).join(table);
        let text = read_text(&table)?;
        paths.push(table);
        Ok(text)
    })?;
    Ok((claims, paths))
}
