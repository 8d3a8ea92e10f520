//! `calc-series cases`

use super::input::InputArgs;
use super::output::OutputArgs;
use super::{mistaken, words};
use crate::command::cases::CasesRequest;
use crate::error::Error;
use crate::render::{Output, OutputFormat};
use crate::tables::listing::ListingOptions;

#[derive(clap::Args)]
pub struct Args {
    /// Columns to show, in this order: names, roles (etiology, site, lab, ...), labs, best_response, default, all [default: default]
    #[arg(long, value_name = "COLUMN,...")]
    columns: Vec<String>,
    /// Sort by a column, numbers by value, missing values last; repeat to sort within ties. Sorting keeps the whole listing in memory [default: order of the file]
    #[arg(long, value_name = "COLUMN[:desc]")]
    sort: Vec<String>,
    /// Show treatment lines with dose, route, duration and the responses in other domains
    #[arg(long)]
    details: bool,
    /// Hide case IDs, ages over 89, free text, names, dates (the year is kept), and unknown words of one or two cases
    #[arg(long)]
    deidentify: bool,
    /// Format [default: by the extension of -o, else text]
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output", value_parser = words::formats(Output::Listing))]
    format: Option<OutputFormat>,
    /// Short for --format json
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    json: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    input: InputArgs,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Result<CasesRequest, Error> {
        mistaken::ensure_no_variable_is_a_file("--columns", &self.columns, self.input.files())?;
        Ok(CasesRequest {
            input: self.input.input()?,
            columns: self.columns.clone(),
            sort: self.sort.clone(),
            options: ListingOptions { details: self.details, deidentify: self.deidentify },
            targets: self.output.targets(Output::Listing, words::format(self.format, self.json))?,
            strict: self.output.strict,
        })
    }
}
