//! `calc-series check`

use super::conventions::ConventionArgs;
use super::reading::ReadingOptions;
use crate::command::check::{ClaimsChoice, Request, SchemaOf};
use crate::error::Error;
use crate::render::audit::AuditFormat;

#[derive(clap::Args)]
pub struct Args {
    /// A claims file (TOML); with --example that of the embedded series if not given
    #[arg(value_name = "CLAIMS")]
    claims: Option<String>,
    /// Files of cases that the claims are held against; without any, and without --example, the arithmetic alone
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// text, json or markdown; text if neither this nor -o says it
    #[arg(long, value_name = "FORMAT")]
    format: Option<AuditFormat>,
    /// Write to a file; it is whole or untouched
    #[arg(short, long, value_name = "FILE")]
    output: Option<String>,
    /// Characters a line; the width of the terminal if not given, unlimited in a pipe
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,
    /// Print the JSON Schema of a claims file, and stop
    #[arg(long)]
    claims_schema: bool,
    /// Print the JSON Schema of --format json, and stop
    #[arg(long, conflicts_with = "claims_schema")]
    output_schema: bool,
    /// Fail with exit code 1 if there is a warning, an undetermined or an ambiguous claim
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    conventions: ConventionArgs,
    #[command(flatten)]
    options: ReadingOptions,
}

impl Args {
    /// What was asked for.
    pub fn request(&self) -> Result<Request, Error> {
        if self.claims_schema || self.output_schema {
            let of = if self.claims_schema { SchemaOf::Claims } else { SchemaOf::Audit };
            return Ok(Request::Schema { of, output: self.output.clone() });
        }
        let claims = match (&self.claims, self.options.example) {
            (Some(path), _) => ClaimsChoice::File(path.clone()),
            (None, true) => ClaimsChoice::Example,
            (None, false) => {
                let remedy = "calc-series check claims.toml cases.csv, or --example for the embedded series";
                return Err(Error::usage_with("name a claims file", remedy));
            }
        };
        let has_records = self.options.example || !self.files.is_empty();
        let reading = has_records.then(|| self.options.reading(&self.files)).transpose()?;
        Ok(Request::Check {
            claims,
            reading: reading.map(Box::new),
            asked: Box::new(self.conventions.asked()?),
            format: self.format()?,
            output: self.output.clone(),
            width: super::output::width(self.width, self.output.is_some()),
            strict: self.strict,
        })
    }

    /// The format asked for, else that of the ending of the file.
    fn format(&self) -> Result<AuditFormat, Error> {
        let path = self.output.as_deref().filter(|path| *path != "-");
        match (self.format.or_else(|| AuditFormat::of_path(path?)), path) {
            (None, Some(path)) => {
                let message = format!("the ending of '{path}' says no format");
                Err(Error::usage_with(message, "end the name in .txt, .json or .md, or add --format text"))
            }
            (format, _) => Ok(format.unwrap_or_default()),
        }
    }
}
