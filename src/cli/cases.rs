//! `calc-series cases`

use super::output::OutputArgs;
use super::reading::ReadingArgs;
use crate::command::cases::Request;
use crate::command::output::Target;
use crate::error::Error;
use crate::render::OutputFormat;
use crate::tables::listing::ListingOptions;

#[derive(clap::Args)]
pub struct Args {
    /// Columns to show, in this order: names, roles (etiology, site, lab, ...), labs, best_response, default, all
    #[arg(long, value_name = "COLUMN,...")]
    columns: Vec<String>,
    /// Sort by a column, numbers by value, what is missing last; several sort within each other.
    /// Without it cases stand as in the file; with it the whole listing is held in memory
    #[arg(long, value_name = "COLUMN[:desc]")]
    sort: Vec<String>,
    /// Show treatment lines with doses, routes, durations and responses in further domains
    #[arg(long)]
    details: bool,
    /// Show no ids, no ages over 89, years in place of dates, and no free text
    #[arg(long)]
    deidentify: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    reading: ReadingArgs,
}

impl Args {
    /// What was asked for.
    pub fn request(&self) -> Result<Request, Error> {
        Ok(Request {
            reading: self.reading.reading()?,
            columns: self.columns.clone(),
            sort: self.sort.clone(),
            options: ListingOptions { details: self.details, deidentify: self.deidentify },
            targets: self.targets()?,
            strict: self.output.strict,
        })
    }

    /// Where the listing goes; statistics are no rows of cases.
    fn targets(&self) -> Result<Vec<Target>, Error> {
        let targets = self.output.targets()?;
        let is_of_statistics = |target: &&Target| matches!(target.format, OutputFormat::Ard | OutputFormat::ArdLines);
        match targets.iter().find(is_of_statistics) {
            Some(target) => {
                let message = format!("{} holds statistics, and a listing has none", target.format);
                Err(Error::usage_with(message, "--format csv or --format json, or calc-series summarize"))
            }
            None => Ok(targets),
        }
    }
}
