//! The scan of a manuscript: read its text, hold its numbers against each other, render what was found.

use super::output::{Outcome, deliver, relative};
use crate::check::scan::{ScanVerdict, scan};
use crate::error::Error;
use crate::read::document::read_document;
use crate::render::OutputFormat;
use crate::render::scan::{SCHEMA, ScanOutput};
use crate::tables::scan::{ScanShown, scan_report};
use std::path::PathBuf;

/// What the user requested.
pub enum ScanRequest {
    /// The numbers of a manuscript.
    Scan {
        /// The manuscript.
        manuscript: PathBuf,
        /// What is listed.
        shown: ScanShown,
        /// Format of the output.
        format: OutputFormat,
        /// Output file; `None` is standard output.
        output: Option<PathBuf>,
        /// Characters per line of text; `None` is unlimited.
        width: Option<u16>,
        /// True where something that is possible only under a condition makes the run fail, too.
        strict: bool,
    },
    /// The JSON Schema of `--format json`.
    Schema {
        /// Output file; `None` is standard output.
        output: Option<PathBuf>,
    },
}

/// Runs the command.
///
/// Errors: a manuscript that cannot be read, and failed writes.
pub fn run(request: ScanRequest) -> Result<Outcome, Error> {
    match request {
        ScanRequest::Schema { output } => {
            let stdout = deliver(SCHEMA.into(), output.as_deref(), &[])?;
            Ok(Outcome { stdout, ..Outcome::default() })
        }
        ScanRequest::Scan { manuscript, shown, format, output, width, strict } => {
            let document = read_document(&manuscript)?;
            let scan = scan(&document);
            let report = scan_report(&document.name, &scan, shown);
            let path = relative(&manuscript);
            let rendered = ScanOutput { name: &document.name, path: &path, scan: &scan, report: &report };
            let bytes = format.scan(&rendered, width).map_err(|fault| Error::io(format.to_string(), fault))?;
            let failed =
                scan.count(ScanVerdict::Impossible) > 0 || (strict && scan.count(ScanVerdict::Conditional) > 0);
            let stdout = deliver(bytes, output.as_deref(), &[manuscript])?;
            Ok(Outcome { stdout, failed, ..Outcome::default() })
        }
    }
}
