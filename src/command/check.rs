//! The audit: read the claims, read the cases once, compare them, lay out and render the verdicts.

use super::open::{EXAMPLE_CLAIMS, InputSpec, ensure_stdin_is_read_once};
use super::output::{Outcome, deliver};
use super::request::TableRequest;
use super::selected::{Selected, claims_of_file, select};
use crate::check::arithmetic::Consistency;
use crate::check::claims::{Claims, ClaimsAudit, Verdict, audit, judge, plan};
use crate::diagnostic::{Finding, FindingId, Findings, Severity, SourceLocation};
use crate::error::Error;
use crate::read::STDIN;
use crate::render::OutputFormat;
use crate::render::audit::{AuditOutput, CLAIMS_SCHEMA, SCHEMA};
use crate::tables::audit::audit_report;
use crate::tables::options::TableOptions;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Which claims to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimsChoice {
    /// The claims of a file.
    File(PathBuf),
    /// The claims of the built-in case series.
    Example,
}

/// Which JSON Schema to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaOf {
    /// The schema of claims files.
    Claims,
    /// The schema of `--format json`.
    Audit,
}

/// What the user requested.
pub enum CheckRequest {
    /// The verdicts on claims.
    Check {
        /// The claims.
        claims: ClaimsChoice,
        /// The input; `None` to check the arithmetic only.
        input: Option<Box<InputSpec>>,
        /// The conventions.
        tables: Box<TableRequest>,
        /// Format of the output.
        format: OutputFormat,
        /// Output file; `None` is standard output.
        output: Option<PathBuf>,
        /// Characters per line of text; `None` is unlimited.
        width: Option<u16>,
        /// True where warnings and open claims make the run fail, too.
        strict: bool,
    },
    /// A JSON Schema.
    Schema {
        /// Which schema.
        of: SchemaOf,
        /// Output file; `None` is standard output.
        output: Option<PathBuf>,
    },
}

/// Runs the command.
///
/// Errors: claims or cases that cannot be read, a claim about something that does not exist, and
/// failed writes.
pub fn run(request: CheckRequest) -> Result<Outcome, Error> {
    match request {
        CheckRequest::Schema { of, output } => {
            let schema = if of == SchemaOf::Claims { CLAIMS_SCHEMA } else { SCHEMA };
            let stdout = deliver(schema.into(), output.as_deref(), &[])?;
            Ok(Outcome { stdout, ..Outcome::default() })
        }
        CheckRequest::Check { claims, input, tables, format, output, width, strict } => {
            let files = input.iter().flat_map(|input| input.files.iter().flatten());
            let of_claims = if let ClaimsChoice::File(path) = &claims { Some(path) } else { None };
            ensure_stdin_is_read_once(files.chain(of_claims))?;
            let (claims, mut paths) = read_claims(&claims)?;
            let write = |audit: &ClaimsAudit<'_>, shown: &TableOptions, inputs: &[String]| {
                let report = audit_report(&claims, audit, shown, inputs);
                let output = AuditOutput { claims: &claims, audit, report: &report, inputs };
                format.audit(&output, width).map_err(|fault| Error::io(format.to_string(), fault))
            };
            let Some(input) = input else {
                let audit = audit(&claims);
                let bytes = write(&audit, &TableOptions::new(&tables.options), &[])?;
                let failed = is_impossible(&audit);
                return Ok(Outcome {
                    stdout: deliver(bytes, output.as_deref(), &paths)?,
                    failed,
                    ..Outcome::default()
                });
            };
            let selected = select((*input).clone(), &tables, plan(&claims), None);
            let selected = selected.map_err(|error| with_those_of_others(error, &claims, &input, &tables))?;
            let Selected { cohort, results, options, shown, mut findings, paths: read, names } = selected;
            let audit = judge(&claims, &cohort, &results, &options)?;
            paths.extend(read);
            if let Some(finding) = other_cases(&claims, cohort.cases) {
                findings.add(finding);
            }
            let bytes = write(&audit, &shown, &names)?;
            let failed = fails(&audit, &findings, strict);
            Ok(Outcome { stdout: deliver(bytes, output.as_deref(), &paths)?, findings, failed, ..Outcome::default() })
        }
    }
}

/// Errors of conditions together with those of the other claims, in the order of the file: the cases are read once more
/// without the claims that do not fit them.
fn with_those_of_others(error: Error, claims: &Claims, input: &InputSpec, tables: &TableRequest) -> Error {
    let mut errors: Vec<Error> = error.into_each();
    let line_of: FxHashMap<String, u64> =
        claims.claims.iter().map(|claim| (claim.origin(&claims.file), claim.line)).collect();
    let wrong: BTreeSet<String> = errors.iter().filter_map(|error| error.origin().map(str::to_owned)).collect();
    let is_pipe = input.files.iter().flatten().any(|path| path.as_path() == Path::new(STDIN));
    if !is_pipe && errors.iter().all(|error| error.origin().is_some_and(|origin| line_of.contains_key(origin))) {
        let rest = claims.without(&wrong);
        let judged = select(input.clone(), tables, plan(&rest), None)
            .and_then(|read| judge(&rest, &read.cohort, &read.results, &read.options).map(|_| ()));
        errors.extend(judged.err().into_iter().flat_map(Error::into_each));
    }
    errors.sort_by_key(|error| error.origin().and_then(|origin| line_of.get(origin)).copied());
    errors.dedup_by_key(|error| error.to_string());
    Error::of_all(errors).unwrap_or_else(|| Error::usage("the claims do not fit the cases"))
}

/// The claims, and the paths of their file and its tables, if they have any.
fn read_claims(choice: &ClaimsChoice) -> Result<(Claims, Vec<PathBuf>), Error> {
    match choice {
        ClaimsChoice::Example => Ok((Claims::parse(EXAMPLE_CLAIMS.1, EXAMPLE_CLAIMS.0)?, Vec::new())),
        ClaimsChoice::File(path) => claims_of_file(path),
    }
}

/// The finding that a report states another number of cases than the records have.
fn other_cases(claims: &Claims, cases: u64) -> Option<Finding> {
    let stated = claims.report.cases.filter(|stated| *stated != cases)?;
    let message = format!("the report states {stated} cases, the records have {cases}");
    let remedy = "name the records of all cases of the report, or correct 'cases' under [report]";
    let location = SourceLocation::file(claims.file.as_str());
    Some(Finding::new(FindingId::ReportCases, message).at(location).remedy(remedy))
}

fn is_impossible(audit: &ClaimsAudit<'_>) -> bool {
    let of_claims = audit.stated().flat_map(|audited| &audited.arithmetic);
    let mut all = of_claims.chain(audit.sums.iter().map(|(_, judgement)| judgement));
    all.any(|judgement| judgement.consistency == Consistency::Inconsistent)
}

fn fails(audit: &ClaimsAudit<'_>, findings: &Findings, strict: bool) -> bool {
    let verdicts = || audit.verdicts().map(|(_, verdict)| verdict);
    let is_open = |verdict| matches!(verdict, Verdict::Undetermined | Verdict::Ambiguous);
    let has_open = || verdicts().any(is_open) || audit.drafts().next().is_some();
    let of_strict = strict && (findings.count(Severity::Warning) > 0 || has_open());
    verdicts().any(|verdict| verdict == Verdict::Contradicts) || is_impossible(audit) || of_strict
}
