//! `calc-series check`

use super::compare::CompareArgs;
use super::conventions::ConventionArgs;
use super::input::InputOptions;
use super::output::target;
use super::time::TimeArgs;
use super::{mistaken, words};
use crate::command::check::{CheckRequest, ClaimsChoice, SchemaOf};
use crate::error::Error;
use crate::render::{Output, OutputFormat};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Claims file (TOML) [default with --example: the built-in claims]
    #[arg(value_name = "CLAIMS")]
    claims: Option<PathBuf>,
    /// Files of cases to check the claims against; without a file only the arithmetic is checked
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Format [default: by the extension of -o, else text]
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output", value_parser = words::formats(Output::Audit))]
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
    /// Print the JSON Schema of claims files and exit
    #[arg(long)]
    claims_schema: bool,
    /// Print the JSON Schema of --format json and exit
    #[arg(long, conflicts_with = "claims_schema")]
    output_schema: bool,
    /// Accept conditions on levels or agents that no case has: they count 0 instead of being reported as a typing error
    #[arg(long)]
    allow_absent: bool,
    /// Exit with code 1 if there is a warning, an undetermined or an ambiguous claim
    #[arg(long, help_heading = "Output")]
    strict: bool,
    #[command(flatten)]
    conventions: ConventionArgs,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    compare: CompareArgs,
    #[command(flatten)]
    options: InputOptions,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Result<CheckRequest, Error> {
        if self.claims_schema || self.output_schema {
            let of = if self.claims_schema { SchemaOf::Claims } else { SchemaOf::Audit };
            return Ok(CheckRequest::Schema { of, output: self.output.clone() });
        }
        if let Some(claims) = &self.claims {
            mistaken::ensure_claims_come_first(claims, &self.files)?;
        }
        let claims = match (&self.claims, self.options.example) {
            (Some(path), _) => ClaimsChoice::File(path.clone()),
            (None, true) => ClaimsChoice::Example,
            (None, false) => {
                let remedy = "calc-series check claims.toml cases.csv, or --example for the built-in case series";
                return Err(Error::usage_with("no claims file", remedy));
            }
        };
        let has_records = self.options.example || !self.files.is_empty();
        let mut input = has_records.then(|| self.options.input(&self.files)).transpose()?;
        let mut tables = self.conventions.tables()?;
        if let Some(input) = &mut input {
            self.time.add_to(&mut input.settings, &mut tables)?;
            self.compare.add_to(&mut input.settings, &mut tables)?;
            input.settings.allows_absent = self.allow_absent;
        }
        Ok(CheckRequest::Check {
            claims,
            input: input.map(Box::new),
            tables: Box::new(tables),
            format: target(Output::Audit, self.output.as_ref(), words::format(self.format, self.json), false)?.format,
            output: self.output.clone(),
            width: super::output::width(self.width, self.output.is_some()),
            strict: self.strict,
        })
    }
}
