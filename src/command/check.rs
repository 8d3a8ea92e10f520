//! The audit: read the claims, read the cases once, judge, lay out, render.

use super::asked::Asked;
use super::open::{EXAMPLE_CLAIMS, Reading};
use super::output::{Outcome, deliver};
use super::selected::{Selected, select};
use crate::check::arithmetic::Consistency;
use crate::check::claims::{Claims, ClaimsAudit, Verdict, audit, judge, plan, read};
use crate::diagnostic::{Findings, Severity};
use crate::error::Error;
use crate::render::OutputFormat;
use crate::render::audit::{AuditOutput, CLAIMS_SCHEMA, SCHEMA};
use crate::tables::audit::audit_report;
use crate::tables::shown::TableOptions;
use std::path::Path;

/// Which claims are checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimsChoice {
    /// Those of a file.
    File(String),
    /// Those of the embedded series.
    Example,
}

/// What a JSON Schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaOf {
    /// A claims file.
    Claims,
    /// The object of `--format json`.
    Audit,
}

/// What was asked for.
pub enum Request {
    /// The verdicts on claims.
    Check {
        /// Which claims.
        claims: ClaimsChoice,
        /// The records; none for the arithmetic alone.
        reading: Option<Box<Reading>>,
        /// By which conventions.
        asked: Box<Asked>,
        /// The format.
        format: OutputFormat,
        /// File to write to.
        output: Option<String>,
        /// Characters a line of text.
        width: Option<u16>,
        /// What is left open fails the run too.
        strict: bool,
    },
    /// A JSON Schema.
    Schema {
        /// Of what.
        of: SchemaOf,
        /// File to write to.
        output: Option<String>,
    },
}

/// Runs the command.
pub fn run(request: Request) -> Result<Outcome, Error> {
    match request {
        Request::Schema { of, output } => {
            let schema = if of == SchemaOf::Claims { CLAIMS_SCHEMA } else { SCHEMA };
            let stdout = deliver(schema.into(), output.as_deref(), &[])?;
            Ok(Outcome { stdout, ..Outcome::default() })
        }
        Request::Check { claims, reading, asked, format, output, width, strict } => {
            let (claims, mut paths) = read_claims(&claims)?;
            let write = |audit: &ClaimsAudit<'_>, shown: &TableOptions, inputs: &[String]| {
                let report = audit_report(&claims, audit, shown, inputs);
                let output = AuditOutput { claims: &claims, audit, report: &report, inputs };
                format.audit(&output, width).map_err(|fault| Error::io(format.to_string(), fault))
            };
            let Some(reading) = reading else {
                let audit = audit(&claims);
                let bytes = write(&audit, &TableOptions::new(&asked.options), &[])?;
                let failed = is_impossible(&audit);
                return Ok(Outcome {
                    stdout: deliver(bytes, output.as_deref(), &paths)?,
                    failed,
                    ..Outcome::default()
                });
            };
            let selected = select(*reading, &asked, plan(&claims))?;
            let Selected { cohort, results, options, shown, findings, paths: read, names } = selected;
            let audit = judge(&claims, &cohort, &results, &options)?;
            paths.extend(read);
            let bytes = write(&audit, &shown, &names)?;
            let failed = fails(&audit, &findings, strict);
            Ok(Outcome { stdout: deliver(bytes, output.as_deref(), &paths)?, findings, failed, ..Outcome::default() })
        }
    }
}

/// The claims, and the file they were read from.
fn read_claims(choice: &ClaimsChoice) -> Result<(Claims, Vec<String>), Error> {
    match choice {
        ClaimsChoice::Example => Ok((read(EXAMPLE_CLAIMS.1, EXAMPLE_CLAIMS.0)?, Vec::new())),
        ClaimsChoice::File(path) => {
            let text = std::fs::read_to_string(path).map_err(|fault| Error::io(path, fault))?;
            let name = Path::new(path).file_name().map_or_else(|| path.into(), |name| name.to_string_lossy());
            Ok((read(&text, &name)?, vec![path.clone()]))
        }
    }
}

fn is_impossible(audit: &ClaimsAudit<'_>) -> bool {
    let of_claims = audit.claims.iter().flat_map(|audited| &audited.arithmetic);
    let mut all = of_claims.chain(audit.sums.iter().map(|(_, judgement)| judgement));
    all.any(|judgement| judgement.consistency == Consistency::Inconsistent)
}

fn fails(audit: &ClaimsAudit<'_>, findings: &Findings, strict: bool) -> bool {
    let verdicts = || audit.claims.iter().filter_map(|audited| audited.answer.as_ref()).map(|answer| answer.verdict);
    let is_open = |verdict| matches!(verdict, Verdict::Undetermined | Verdict::Ambiguous);
    let of_strict = strict && (findings.count(Severity::Warning) > 0 || verdicts().any(is_open));
    verdicts().any(|verdict| verdict == Verdict::Contradicts) || is_impossible(audit) || of_strict
}
