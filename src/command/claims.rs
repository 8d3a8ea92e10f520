//! The draft of a claims file: read the manuscript, learn from the cases what can be asked, propose it by words.

use super::open::{InputSpec, ensure_stdin_is_read_once};
use super::output::{Outcome, deliver};
use super::request::TableRequest;
use super::selected::{Selected, select};
use crate::analyze::selector::SelectorRequest;
use crate::check::draft::{Candidates, draft};
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::read::document::read_document;
use crate::render::claims::claims_file;
use std::path::PathBuf;

/// What the user requested.
pub struct ClaimsRequest {
    /// The manuscript.
    pub manuscript: PathBuf,
    /// The input.
    pub input: InputSpec,
    /// Output file; `None` is standard output.
    pub output: Option<PathBuf>,
    /// True where a warning makes the run fail.
    pub strict: bool,
}

/// Runs the command.
///
/// Errors: a manuscript or cases that cannot be read, and failed writes.
pub fn run(request: ClaimsRequest) -> Result<Outcome, Error> {
    let ClaimsRequest { manuscript, input, output, strict } = request;
    ensure_stdin_is_read_once(input.files.iter().flatten().chain([&manuscript]))?;
    let document = read_document(&manuscript)?;
    let selected = select(input, &TableRequest::default(), SelectorRequest::default(), None)?;
    let Selected { cohort, results, findings, mut paths, .. } = selected;
    let drafted = draft(&document, &Candidates::of(&cohort, &results));
    paths.push(manuscript);
    let stdout = deliver(claims_file(&drafted).into_bytes(), output.as_deref(), &paths)?;
    let failed = strict && findings.count(Severity::Warning) > 0;
    Ok(Outcome { stdout, findings, failed, ..Outcome::default() })
}
