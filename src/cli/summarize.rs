//! `calc-series summarize`

use super::reading::ReadingArgs;
use crate::analyze::Options;
use crate::command::summarize::Request;
use crate::error::Error;
use crate::render::OutputFormat;
use crate::stats::proportion::IntervalMethod;
use crate::stats::quantile::QuantileType;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    reading: ReadingArgs,
    /// A column for each level of this variable; several: --by etiology --by sex, or --by etiology,sex
    #[arg(long, value_name = "VARIABLE")]
    by: Vec<String>,
    /// text or json
    #[arg(long, value_name = "FORMAT", default_value_t)]
    format: OutputFormat,
    /// Write to a file instead of standard output; it is whole or untouched
    #[arg(short, long, value_name = "FILE")]
    output: Option<String>,
    /// Characters a line; the width of the terminal if not given, unlimited in a pipe
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,
    /// Fail with exit code 1 if there is a warning
    #[arg(long)]
    strict: bool,
    /// Take the SHA-256 of inputs over 64 MiB too
    #[arg(long)]
    sha256: bool,
    /// Type of the quantiles, 1 to 9 (Hyndman and Fan)
    #[arg(long, value_name = "TYPE", default_value_t = 7, value_parser = clap::value_parser!(u8).range(1..=9))]
    quantile_type: u8,
    /// Interval of a proportion: wilson or clopper-pearson
    #[arg(long, value_name = "METHOD", default_value = "wilson")]
    ci: String,
    /// Confidence level of the intervals
    #[arg(long, value_name = "LEVEL", default_value_t = 0.95)]
    conf_level: f64,
    /// Print the JSON Schema of --format json, and stop
    #[arg(long)]
    output_schema: bool,
}

impl Args {
    /// What was asked for.
    pub fn request(&self) -> Result<Request, Error> {
        if self.output_schema {
            return Ok(Request::OutputSchema { output: self.output.clone() });
        }
        if !(0.5..=0.999_999).contains(&self.conf_level) {
            return Err(Error::usage_with(
                format!("{} is no confidence level", self.conf_level),
                "--conf-level 0.95, from 0.5 to 0.999999",
            ));
        }
        let interval: IntervalMethod = self.ci.parse().map_err(|_| {
            Error::usage_with(format!("'{}' is no interval", self.ci), "--ci wilson or --ci clopper-pearson")
        })?;
        let mut reading = self.reading.reading()?;
        reading.settings.by.clone_from(&self.by);
        Ok(Request::Summary {
            reading: Box::new(reading),
            options: Options {
                quantile: QuantileType::new(self.quantile_type).unwrap_or_default(),
                interval,
                conf_level: self.conf_level,
            },
            format: self.format,
            output: self.output.clone(),
            width: self.width.or_else(|| if self.output.is_some() { None } else { terminal_width() }),
            strict: self.strict,
            sha256: self.sha256,
        })
    }
}

/// The width of the terminal; none in a pipe, where lines are as long as they are.
fn terminal_width() -> Option<u16> {
    use std::io::IsTerminal;
    let is_terminal = std::io::stdout().is_terminal();
    is_terminal.then(|| terminal_size::terminal_size().map_or(80, |(width, _)| width.0.clamp(40, 120)))
}
