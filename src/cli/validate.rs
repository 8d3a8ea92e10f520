//! `calc-series validate`

use super::input::InputArgs;
use super::output::target;
use super::words;
use crate::command::validate::ValidationRequest;
use crate::error::Error;
use crate::render::{Output, OutputFormat};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Format; csv, tsv and xlsx are lists of queries to answer [default: by the extension of -o, else text]
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output", value_parser = words::formats(Output::Validation))]
    format: Option<OutputFormat>,
    /// Short for --format json
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    json: bool,
    /// Write to a file, in the format of its extension. Written atomically; - is standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Begin csv and tsv with a byte order mark, so that Excel reads them as UTF-8
    #[arg(long, help_heading = "Output")]
    bom: bool,
    /// Exit with code 1 if there is a warning, not only if there is an error
    #[arg(long, help_heading = "Output")]
    strict: bool,
    /// Explain a finding, given its ID or its checklist number (C01 to C26), and exit
    #[arg(long, value_name = "ID")]
    explain: Option<String>,
    #[command(flatten)]
    input: InputArgs,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Result<ValidationRequest, Error> {
        if let Some(id) = &self.explain {
            return Ok(ValidationRequest::Explanation { id: id.clone() });
        }
        Ok(ValidationRequest::Validation {
            input: Box::new(self.input.input()?),
            target: target(Output::Validation, self.output.as_ref(), words::format(self.format, self.json), self.bom)?,
            output: self.output.clone(),
            strict: self.strict,
        })
    }
}
