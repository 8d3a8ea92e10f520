//! The summary: read, count, analyse, lay out, render.

use super::open::{InputSpec, open};
use super::output::{Outcome, Target, deliver, deliver_all};
use super::progress;
use super::request::TableRequest;
use crate::analyze::Options;
use crate::analyze::conventions::conventions;
use crate::analyze::deidentify::{self, ensure_ages_are_numbers};
use crate::analyze::disclosure::suppress;
use crate::analyze::results::{Results, Value};
use crate::analyze::{group, summarize};
use crate::cohort::deidentify::{finding, refusal};
use crate::diagnostic::{Findings, Severity};
use crate::error::Error;
use crate::render::json::SCHEMA;
use crate::render::{HASHED, Summary, input_entries};
use crate::tables::{ReportContext, report};
use crate::tally::{Cohort, read_cohort};

/// What the user requested.
pub enum Request {
    /// A summary.
    Summary {
        /// The input.
        input: Box<InputSpec>,
        /// Content and conventions of the tables.
        tables: Box<TableRequest>,
        /// The outputs with their formats.
        targets: Vec<Target>,
        /// True where a warning makes the run fail.
        strict: bool,
        /// True to hash large inputs, too.
        sha256: bool,
    },
    /// The JSON Schema of `--format json`.
    OutputSchema {
        /// Output file; `None` is standard output.
        output: Option<String>,
    },
}

/// Runs the command.
///
/// Errors: input that is refused, options that do not fit the cohort, and failed writes.
pub fn run(request: &Request) -> Result<Outcome, Error> {
    let (input, tables, targets, strict, sha256) = match request {
        Request::OutputSchema { output } => {
            return Ok(Outcome { stdout: deliver(SCHEMA.into(), output.as_deref(), &[])?, ..Outcome::default() });
        }
        Request::Summary { input, tables, targets, strict, sha256 } => (input, tables, targets, *strict, *sha256),
    };
    let mut opened = open(input)?;
    opened.settings.deidentify = tables.deidentify;
    opened.settings.groups = targets.iter().map(|target| target.format.group_limit()).min().unwrap_or_default();
    let cohort = progress::shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings));
    let mut cohort = if tables.deidentify { cohort.map_err(refusal)? } else { cohort? };
    opened.notes.into_iter().for_each(|note| cohort.findings.add(note));
    let mut notes: Vec<String> = opened.schema_name.iter().map(|name| format!("Schema: {name}.")).collect();
    if tables.leaves_out_unreported_groups() {
        // Their number is hidden like any other small count.
        let left_out = leave_out_unreported_groups(&mut cohort);
        notes.extend(left_out.filter(|_| tables.suppress_below.is_none()));
    }
    let (options, shown) = tables.resolve(&cohort)?;
    let (results, findings) = summarize(&cohort, &options);
    let told = Told { for_scripts: findings.clone(), results, findings, notes };
    let Told { results, findings, for_scripts, notes } = concealed(told, tables, &cohort, &options)?;
    let names: Vec<&str> = opened.inputs.names().collect();
    let is_named = targets.iter().any(|target| target.format.names_inputs());
    let hashed = if !is_named {
        0
    } else if sha256 {
        u64::MAX
    } else {
        HASHED
    };
    let summary = Summary {
        report: &report(&cohort, &results, &options, &shown, ReportContext { files: &names, notes }),
        results: &results,
        inputs: &input_entries(&opened.inputs, &cohort, options.suppress_below.is_some(), hashed)?,
        conventions: &conventions(&cohort, &options),
        cases: cases(&results),
        findings: &for_scripts,
    };
    let mut outputs = Vec::new();
    for target in targets {
        let bytes = target.format.summary(&summary, target.width);
        outputs.push((target.path.as_deref(), bytes.map_err(|fault| Error::io(target.format.to_string(), fault))?));
    }
    let stdout = deliver_all(outputs, &opened.paths)?;
    let failed = strict && findings.count(Severity::Warning) > 0;
    Ok(Outcome { stdout, findings, failed, ..Outcome::default() })
}

/// What the outputs say about a cohort.
struct Told {
    results: Results,
    /// Findings for standard error.
    findings: Findings,
    /// Findings for the outputs.
    for_scripts: Findings,
    notes: Vec<String>,
}

/// The same with small counts masked and identifying values removed, as requested.
fn concealed(mut told: Told, tables: &TableRequest, cohort: &Cohort, options: &Options) -> Result<Told, Error> {
    if let Some(below) = options.suppress_below {
        let suppressed = suppress(told.results, cohort, options, below);
        told.results = suppressed.results;
        told.notes.extend(suppressed.sentences);
        // A finding is about a cell or counts cells; only whoever has the data may see it.
        told.for_scripts = Findings::default();
    }
    if tables.deidentify {
        ensure_ages_are_numbers(cohort, options)?;
        told.findings.each(finding);
        told.for_scripts.each(finding);
        told.notes.push(deidentify::NOTE.to_owned());
    }
    Ok(told)
}

/// Excludes the cases whose group is not reported; returns a note with their number, if any.
fn leave_out_unreported_groups(cohort: &mut Cohort) -> Option<String> {
    let (read, left_out) = (cohort.cases, cohort.leave_out_unreported_groups());
    let names: Vec<&str> = group::by(cohort).iter().map(|variable| variable.shown_label()).collect();
    let sentence = || format!("Left out: {left_out} of {read} cases, whose {} is not reported.", names.join(" or "));
    (left_out > 0).then(sentence)
}

/// The number of cases; `None` where it is masked.
fn cases(results: &Results) -> Option<u64> {
    match results.get("cases").map(|row| &row.value) {
        Some(Value::Count(cases)) => Some(*cases),
        _ => None,
    }
}
