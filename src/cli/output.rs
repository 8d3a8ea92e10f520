//! Options for the output; every command that prints tables has them.

use crate::command::output::{Target, begin_with_mark, ensure_text_for_terminal};
use crate::error::Error;
use crate::render::{Output, OutputFormat};
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Write to a file, in the format of its extension; repeat for more files. Written atomically; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// Characters per line [default: width of the terminal, unlimited in a pipe]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,
    /// Begin csv and tsv with a byte order mark, so that Excel reads them as UTF-8
    #[arg(long)]
    bom: bool,
    /// Exit with code 1 if there is a warning
    #[arg(long)]
    pub strict: bool,
}

impl OutputArgs {
    /// The named files.
    pub fn paths(&self) -> &[PathBuf] {
        &self.output
    }

    /// The targets of an output; only standard output is as wide as the terminal.
    pub fn targets(&self, output: Output, format: Option<OutputFormat>) -> Result<Vec<Target>, Error> {
        let mut targets = all(output, &self.output, format, self.bom)?;
        for target in &mut targets {
            target.width = width(self.width, target.path.is_some());
        }
        Ok(targets)
    }
}

/// The target of a command that writes one file.
pub(super) fn target(
    output: Output,
    path: Option<&PathBuf>,
    format: Option<OutputFormat>,
    has_mark: bool,
) -> Result<Target, Error> {
    let targets = all(output, path.map_or(&[], std::slice::from_ref), format, has_mark)?;
    Ok(targets.into_iter().next().unwrap_or_default())
}

/// All targets, which standard output can show.
fn all(output: Output, paths: &[PathBuf], format: Option<OutputFormat>, has_mark: bool) -> Result<Vec<Target>, Error> {
    use std::io::IsTerminal;
    let mut targets = Target::all(output, paths, format)?;
    ensure_text_for_terminal(&targets, std::io::stdout().is_terminal())?;
    if has_mark {
        begin_with_mark(&mut targets)?;
    }
    Ok(targets)
}

/// Characters per line: as requested, else those of the terminal; `None` (unlimited) for a file.
pub(super) fn width(requested: Option<u16>, is_file: bool) -> Option<u16> {
    requested.or_else(|| if is_file { None } else { terminal_width() })
}

/// The width of the terminal; `None` in a pipe, where lines are not wrapped.
fn terminal_width() -> Option<u16> {
    use std::io::IsTerminal;
    let is_terminal = std::io::stdout().is_terminal();
    is_terminal.then(|| terminal_size::terminal_size().map_or(80, |(width, _)| width.0.clamp(40, 120)))
}
