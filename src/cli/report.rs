//! `calc-series report`

use super::conventions::ConventionArgs;
use super::input::InputOptions;
use super::time::EventArgs;
use crate::command::report::{ReportClaims, ReportRequest};
use crate::command::request::TableRequest;
use crate::error::Error;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// Files of cases, and one file of claims (.toml) to check [default with --example: the built-in claims]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write the report to a file (.html or .docx). Written atomically; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit with code 1 if there is a warning
    #[arg(long)]
    strict: bool,
    /// Mask every count from 1 to K - 1; leaves out the cases, figures of patients and findings
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u64).range(2..))]
    suppress_below: Option<u64>,
    /// Replace case IDs with numbers; hide ages over 89 and unknown words of one or two cases, and leave out findings
    #[arg(long)]
    deidentify: bool,
    #[command(flatten)]
    event: EventArgs,
    #[command(flatten)]
    conventions: ConventionArgs,
    #[command(flatten)]
    options: InputOptions,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Result<ReportRequest, Error> {
        let is_claims = |path: &&PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        let (claims, files): (Vec<&PathBuf>, Vec<&PathBuf>) = self.files.iter().partition(is_claims);
        let files: Vec<PathBuf> = files.into_iter().cloned().collect();
        let claims = match (claims.as_slice(), self.options.example) {
            ([], true) if self.suppress_below.is_none() && !self.deidentify => ReportClaims::Example,
            ([], _) => ReportClaims::None,
            ([one], _) => ReportClaims::File((*one).clone()),
            ([_, second, ..], _) => return Err(two_claims(second)),
        };
        let mut input = self.options.input(&files)?;
        input.settings.survival = self.event.survival()?;
        Ok(ReportRequest {
            input,
            claims,
            tables: TableRequest {
                deidentify: self.deidentify,
                suppress_below: self.suppress_below,
                ..self.conventions.tables()?
            },
            output: self.output.clone(),
            strict: self.strict,
        })
    }
}

fn two_claims(second: &Path) -> Error {
    let message = format!("a report has one file of claims, and '{}' is the second", second.display());
    Error::usage_with(message, "leave one of them out")
}
