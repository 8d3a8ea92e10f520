//! `calc-series scan`

use super::output::target;
use super::words;
use crate::command::scan::ScanRequest;
use crate::error::Error;
use crate::render::{Output, OutputFormat};
use crate::tables::scan::ScanShown;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Manuscript as plain text, Markdown, HTML, LaTeX, Word (docx) or JATS XML, by its extension; - is plain text from standard input
    #[arg(value_name = "MANUSCRIPT", required_unless_present = "output_schema")]
    manuscript: Option<PathBuf>,
    /// Also list consistent numbers and numbers that could not be checked
    #[arg(long)]
    all: bool,
    /// Format [default: by the extension of -o, else text]
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output", value_parser = words::formats(Output::Scan))]
    format: Option<OutputFormat>,
    /// Short for --format json
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    json: bool,
    /// Write to a file. Written atomically; - is standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Characters per line [default: width of the terminal, unlimited in a pipe]
    #[arg(long, value_name = "N", help_heading = "Output", value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,
    /// Print the JSON Schema of --format json and exit
    #[arg(long)]
    output_schema: bool,
    /// Also exit with code 1 for numbers that are possible only under a condition
    #[arg(long, help_heading = "Output")]
    strict: bool,
}

impl Args {
    /// The request of this command line.
    ///
    /// Errors: an output whose format cannot show a scan.
    pub fn request(&self) -> Result<ScanRequest, Error> {
        let output = self.output.clone();
        let Some(manuscript) = self.manuscript.clone().filter(|_| !self.output_schema) else {
            return Ok(ScanRequest::Schema { output });
        };
        Ok(ScanRequest::Scan {
            manuscript,
            shown: if self.all { ScanShown::All } else { ScanShown::Open },
            format: target(Output::Scan, self.output.as_ref(), words::format(self.format, self.json), false)?.format,
            width: super::output::width(self.width, output.is_some()),
            output,
            strict: self.strict,
        })
    }
}
