//! Read, count, analyse, lay out, render.

use super::open::{Reading, open};
use super::output::{Outcome, deliver};
use crate::analyze::conventions::conventions;
use crate::analyze::{Options, summarize, treatment};
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::read::Inputs;
use crate::render::OutputFormat;
use crate::render::json::{InputEntry, SCHEMA, render};
use crate::tables::report;
use crate::tally::{Cohort, read_cohort};

/// Inputs up to this size are hashed without being asked.
const HASHED: u64 = 64 << 20;

/// What was asked for.
pub enum Request {
    /// The tables or the object of a summary.
    Summary {
        /// What is read.
        reading: Box<Reading>,
        /// Conventions.
        options: Options,
        /// Text or JSON.
        format: OutputFormat,
        /// File to write to.
        output: Option<String>,
        /// Characters a line.
        width: Option<u16>,
        /// Warnings fail the run.
        strict: bool,
        /// Hash large inputs too.
        sha256: bool,
    },
    /// The JSON Schema of the object.
    OutputSchema {
        /// File to write to.
        output: Option<String>,
    },
}

/// Runs the command.
pub fn run(request: &Request) -> Result<Outcome, Error> {
    let (reading, options, format, output, width, strict, sha256) = match request {
        Request::OutputSchema { output } => {
            return Ok(Outcome { stdout: deliver(SCHEMA.into(), output.as_deref(), &[])?, ..Outcome::default() });
        }
        Request::Summary { reading, options, format, output, width, strict, sha256 } => {
            (reading, options, *format, output.as_deref(), *width, *strict, *sha256)
        }
    };
    let opened = open(reading)?;
    let mut cohort = read_cohort(&opened.inputs, &opened.settings)?;
    opened.notes.into_iter().for_each(|note| cohort.findings.add(note));
    let (results, findings) = summarize(&cohort, options);
    let bytes = match format {
        OutputFormat::Text => {
            let names: Vec<&str> = opened.inputs.names().collect();
            let notes: Vec<String> = opened.schema_name.iter().map(|name| format!("Schema: {name}.")).collect();
            crate::render::text::render(&report(&cohort, &results, options, &names, notes), width).into_bytes()
        }
        OutputFormat::Json => {
            let inputs = entries(&opened.inputs, &cohort, if sha256 { u64::MAX } else { HASHED })?;
            let conventions = conventions(options, treatment(&cohort).is_some());
            render(&inputs, &conventions, cohort.cases, &results, &findings)
                .map_err(|fault| Error::io("JSON", fault))?
        }
    };
    let failed = strict && findings.count(Severity::Warning) > 0;
    Ok(Outcome { stdout: deliver(bytes, output, &opened.paths)?, findings, failed })
}

fn entries(inputs: &Inputs, cohort: &Cohort, largest: u64) -> Result<Vec<InputEntry>, Error> {
    let mut entries = Vec::new();
    for (number, (name, cases)) in inputs.names().zip(&cohort.cases_by_input).enumerate() {
        entries.push(InputEntry { name: name.to_owned(), cases: *cases, sha256: inputs.sha256(number, largest)? });
    }
    Ok(entries)
}
