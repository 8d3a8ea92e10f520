//! `calc-series report`

use super::conventions::ConventionArgs;
use super::input::InputOptions;
use super::time::EventArgs;
use crate::command::report::{ReportClaims, Request};
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
    #[command(flatten)]
    event: EventArgs,
    #[command(flatten)]
    conventions: ConventionArgs,
    #[command(flatten)]
    options: InputOptions,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Result<Request, Error> {
        let is_claims = |path: &&PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        let (claims, files): (Vec<&PathBuf>, Vec<&PathBuf>) = self.files.iter().partition(is_claims);
        let files: Vec<PathBuf> = files.into_iter().cloned().collect();
        let claims = match (claims.as_slice(), self.options.example) {
            ([], true) => ReportClaims::Example,
            ([], false) => ReportClaims::None,
            ([one], _) => ReportClaims::File((*one).clone()),
            ([_, second, ..], _) => return Err(two_claims(second)),
        };
        let mut input = self.options.input(&files)?;
        input.settings.survival = self.event.survival()?;
        Ok(Request {
            input,
            claims,
            tables: self.conventions.tables()?,
            output: self.output.clone(),
            strict: self.strict,
        })
    }
}

fn two_claims(second: &Path) -> Error {
    let message = format!("a report has one file of claims, and '{}' is the second", second.display());
    Error::usage_with(message, "leave one of them out")
}
