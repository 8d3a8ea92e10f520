//! How each column is understood, as a Table Schema.

use super::open::{Derived, InputSpec, open};
use super::output::{Outcome, deliver};
use super::progress::shown;
use crate::error::Error;
use crate::schema::table_schema::write;
use crate::tally::read_cohort;
use std::path::PathBuf;

/// What the user requested.
pub struct SchemaRequest {
    /// The input.
    pub input: InputSpec,
    /// Output file; `None` is standard output.
    pub output: Option<PathBuf>,
}

/// Runs the command.
///
/// Errors: input that is refused, and failed writes.
pub fn run(request: &SchemaRequest) -> Result<Outcome, Error> {
    let opened = open(&InputSpec { schema: request.input.own_schema(), ..request.input.clone() })?;
    let mut cohort = shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings))?;
    cohort.findings.merge(opened.notes);
    let mut schema = cohort.schema();
    schema.derived = opened.derived.iter().map(Derived::formula).collect();
    // Whoever reads the formula of a time makes its event, too.
    let events: Vec<String> = opened.derived.iter().filter_map(Derived::event).map(|event| event.name).collect();
    schema.variables.retain(|variable| !events.contains(&variable.header));
    if let Some(file) = opened.settings.schema {
        schema.audit = file.audit;
    }
    let text = write(&schema, |variable| cohort.has_plain_numbers(variable));
    let stdout = deliver(text.into_bytes(), request.output.as_deref(), &opened.paths)?;
    Ok(Outcome { stdout, findings: cohort.findings, ..Outcome::default() })
}
