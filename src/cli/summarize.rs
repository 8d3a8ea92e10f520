//! `calc-series summarize`

use super::document::DocumentArgs;
use super::input::InputArgs;
use super::output::OutputArgs;
use super::table::TableArgs;
use super::time::TimeArgs;
use super::words;
use crate::command::request::TableRequest;
use crate::command::summarize::SummaryRequest;
use crate::error::Error;
use crate::render::{Output, OutputFormat};

#[derive(clap::Args)]
pub struct Args {
    /// Print only the series at a glance, no tables
    #[arg(long)]
    brief: bool,
    /// Compute the SHA-256 of inputs over 64 MiB, too
    #[arg(long, conflicts_with_all = ["suppress_below", "deidentify"])]
    sha256: bool,
    /// Print the JSON Schema of --format json and exit
    #[arg(long)]
    output_schema: bool,
    #[command(flatten)]
    table: TableArgs,
    #[command(flatten)]
    pub document: DocumentArgs,
    /// Format [default: by the extension of -o, else text]
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output", value_parser = words::formats(Output::Summary))]
    format: Option<OutputFormat>,
    /// Short for --format json
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    json: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    input: InputArgs,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Result<SummaryRequest, Error> {
        if self.output_schema {
            let paths = self.output.paths();
            if paths.len() > 1 {
                return Err(Error::usage_with(
                    "--output-schema writes one file",
                    "--output-schema -o summary.schema.json",
                ));
            }
            return Ok(SummaryRequest::OutputSchema { output: paths.first().cloned() });
        }
        self.table.ensure_no_variable_is_a_file(self.input.files())?;
        let mut input = self.input.input()?;
        input.settings.by.clone_from(&self.table.compare.by);
        let mut tables = TableRequest { language: self.document.language, ..self.table.tables()? };
        self.time.add_to(&mut input.settings, &mut tables)?;
        Ok(SummaryRequest::Summary {
            input: Box::new(input),
            tables: Box::new(tables),
            targets: self.output.targets(Output::Summary, words::format(self.format, self.json))?,
            strict: self.output.strict,
            sha256: self.sha256,
            document: Box::new(self.document.document(self.brief)?),
        })
    }
}
