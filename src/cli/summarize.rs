//! `calc-series summarize`

use super::output::OutputArgs;
use super::reading::ReadingArgs;
use super::table::TableArgs;
use crate::command::summarize::Request;
use crate::error::Error;

#[derive(clap::Args)]
pub struct Args {
    /// Take the SHA-256 of inputs over 64 MiB too
    #[arg(long)]
    sha256: bool,
    /// Print the JSON Schema of --format json, and stop
    #[arg(long)]
    output_schema: bool,
    #[command(flatten)]
    table: TableArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    reading: ReadingArgs,
}

impl Args {
    /// What was asked for.
    pub fn request(&self) -> Result<Request, Error> {
        if self.output_schema {
            let paths = self.output.paths();
            if paths.len() > 1 {
                return Err(Error::usage_with("the schema is one file", "--output-schema -o summary.schema.json"));
            }
            return Ok(Request::OutputSchema { output: paths.first().cloned() });
        }
        let mut reading = self.reading.reading()?;
        reading.settings.by.clone_from(&self.table.by);
        Ok(Request::Summary {
            reading: Box::new(reading),
            asked: Box::new(self.table.asked()?),
            targets: self.output.targets()?,
            strict: self.output.strict,
            sha256: self.sha256,
        })
    }
}
