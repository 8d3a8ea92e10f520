//! The options that say where the output goes; every command with tables has them.

use crate::command::output::Target;
use crate::error::Error;
use crate::render::OutputFormat;
use clap::Args;

#[derive(Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// text, json, jsonl, csv, tsv, markdown, html, latex, or of a summary ard; text if neither this nor -o says it
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
    pub strict: bool,
}

impl OutputArgs {
    /// The files that are named.
    pub fn paths(&self) -> &[String] {
        &self.output
    }

    /// Where the output goes; only standard output has the width of the terminal.
    pub fn targets(&self) -> Result<Vec<Target>, Error> {
        let mut targets = Target::all(&self.output, self.format)?;
        for target in &mut targets {
            target.width = width(self.width, target.path.is_some());
        }
        Ok(targets)
    }
}

/// Characters a line: as asked for, else those of the terminal; in a file lines are as long as they are.
pub(super) fn width(asked: Option<u16>, is_file: bool) -> Option<u16> {
    asked.or_else(|| if is_file { None } else { terminal_width() })
}

/// The width of the terminal; none in a pipe, where lines are as long as they are.
fn terminal_width() -> Option<u16> {
    use std::io::IsTerminal;
    let is_terminal = std::io::stdout().is_terminal();
    is_terminal.then(|| terminal_size::terminal_size().map_or(80, |(width, _)| width.0.clamp(40, 120)))
}
