//! Validation: count the whole input, look at each case, report all findings.

use super::open::{InputSpec, Opened, open};
use super::output::{Outcome, Target, deliver, relative};
use super::progress::shown;
use crate::check::validate::{Validation, validate};
use crate::cohort::stream::ensure_can_be_read_twice;
use crate::diagnostic::FindingId;
use crate::error::Error;
use crate::read::name_of;
use crate::render::OutputFormat;
use crate::render::findings::explanation;
use crate::render::validation::{SourceFile, ValidationReport};
use crate::tally::read_cohort;
use std::path::{Path, PathBuf};

/// What the user requested.
pub enum ValidationRequest {
    /// A validation of the data.
    Validation {
        /// The input.
        input: Box<InputSpec>,
        /// Format of the report.
        target: Target,
        /// Output file; `None` is standard output.
        output: Option<PathBuf>,
        /// True where a warning makes the run fail.
        strict: bool,
    },
    /// The explanation of a finding.
    Explanation {
        /// Its id or its number in the checklist.
        id: String,
    },
}

/// Runs the command.
///
/// Errors: input that cannot be read, an unknown finding, and failed writes.
pub fn run(request: &ValidationRequest) -> Result<Outcome, Error> {
    let (input, target, output, strict) = match request {
        ValidationRequest::Explanation { id } => return explained(id),
        ValidationRequest::Validation { input, target, output, strict } => (input, target, output.as_deref(), *strict),
    };
    let mut paths: Vec<PathBuf> = input.files.clone().unwrap_or_default();
    let mut inputs: Vec<SourceFile> = paths.iter().map(|path| source_file(path)).collect();
    let mut schema = None;
    let validated = open(input).and_then(|opened| {
        inputs = inputs_of(&opened);
        schema = schema_of(&opened, inputs.len());
        paths.clone_from(&opened.paths);
        validated(&opened)
    });
    let (validation, is_refused) = match validated {
        Ok(validation) => (validation, false),
        // On a terminal a refusal goes to standard error like all errors; scripts get it in their format.
        Err(Error::Refused(findings)) if target.format != OutputFormat::Text || output.is_some() => {
            (Validation::refused(*findings), true)
        }
        Err(other) => return Err(other),
    };
    let number = inputs.len();
    inputs.extend(schema);
    let report = ValidationReport { validation: &validation, files: &inputs, inputs: number, is_refused };
    let fault = |fault| Error::io(target.format.to_string(), fault);
    let mut bytes = Vec::new();
    target.begin(&mut bytes).map_err(fault)?;
    bytes.extend(target.format.validation(&report).map_err(fault)?);
    let stdout = deliver(bytes, output, &paths)?;
    Ok(Outcome { stdout, failed: validation.fails(strict), refused: is_refused, ..Outcome::default() })
}

fn validated(opened: &Opened) -> Result<Validation, Error> {
    ensure_can_be_read_twice(&opened.inputs)?;
    let cohort = shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings))?;
    shown(&opened.inputs, || validate(&opened.inputs, &cohort, &opened.settings, &opened.notes))
}

fn explained(word: &str) -> Result<Outcome, Error> {
    let Some(id) = FindingId::named(word) else {
        let otherwise = || "the id is in brackets: warning[unit-missing]; checklist items are C01 to C26".to_owned();
        return Err(Error::unknown(format!("there is no finding '{word}'"), word, &FindingId::words(), otherwise));
    };
    Ok(Outcome { stdout: explanation(id).into_bytes(), ..Outcome::default() })
}

fn inputs_of(opened: &Opened) -> Vec<SourceFile> {
    let names: Vec<&str> = opened.inputs.names().collect();
    let of = |(number, name): (usize, &&str)| SourceFile {
        name: (*name).to_owned(),
        path: opened.paths.get(number).map_or_else(|| (*name).to_owned(), |path| relative(path)),
    };
    names.iter().enumerate().map(of).collect()
}

/// The schema file: its path follows those of the inputs, except for the built-in case series.
fn schema_of(opened: &Opened, inputs: usize) -> Option<SourceFile> {
    let name = opened.schema_name.clone()?;
    let path = opened.paths.get(inputs).map_or_else(|| name.clone(), |path| relative(path));
    Some(SourceFile { name, path })
}

fn source_file(path: &Path) -> SourceFile {
    SourceFile { name: name_of(path), path: relative(path) }
}
