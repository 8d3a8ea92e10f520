//! `calc-series summarize`

use super::reading::ReadingArgs;
use super::table::TableArgs;
use crate::command::output::Target;
use crate::command::summarize::Request;
use crate::error::Error;
use crate::render::OutputFormat;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    table: TableArgs,
    /// text, json, jsonl, csv, tsv, markdown, html, latex or ard; text if neither this nor -o says it
    #[arg(long, value_name = "FORMAT")]
    format: Option<OutputFormat>,
    /// Write to a file, in the format of its ending; several times for several files. Each is whole or untouched; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Vec<String>,
    /// Characters a line; the width of the terminal if not given, unlimited in a pipe
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,
    /// Fail with exit code 1 if there is a warning
    #[arg(long)]
    strict: bool,
    /// Take the SHA-256 of inputs over 64 MiB too
    #[arg(long)]
    sha256: bool,
    /// Print the JSON Schema of --format json, and stop
    #[arg(long)]
    output_schema: bool,
}

impl Args {
    /// What was asked for.
    pub fn request(&self) -> Result<Request, Error> {
        if self.output_schema {
            if self.output.len() > 1 {
                return Err(Error::usage_with("the schema is one file", "--output-schema -o summary.schema.json"));
            }
            return Ok(Request::OutputSchema { output: self.output.first().cloned() });
        }
        let mut reading = self.reading.reading()?;
        reading.settings.by.clone_from(&self.table.by);
        Ok(Request::Summary {
            reading: Box::new(reading),
            asked: Box::new(self.table.asked()?),
            targets: targets(&self.output, self.format, self.width)?,
            strict: self.strict,
            sha256: self.sha256,
        })
    }
}

/// Where the output goes; only standard output has the width of the terminal.
pub(super) fn targets(
    paths: &[String],
    format: Option<OutputFormat>,
    width: Option<u16>,
) -> Result<Vec<Target>, Error> {
    let mut targets = Target::all(paths, format)?;
    for target in &mut targets {
        target.width = width.or_else(|| if target.path.is_some() { None } else { terminal_width() });
    }
    Ok(targets)
}

/// The width of the terminal; none in a pipe, where lines are as long as they are.
fn terminal_width() -> Option<u16> {
    use std::io::IsTerminal;
    let is_terminal = std::io::stdout().is_terminal();
    is_terminal.then(|| terminal_size::terminal_size().map_or(80, |(width, _)| width.0.clamp(40, 120)))
}
