//! `calc-series get`

use super::compare::CompareArgs;
use super::conventions::ConventionArgs;
use super::input::InputOptions;
use super::time::TimeArgs;
use crate::analyze::selector::Selector;
use crate::command::get::{GetRequest, LineForm};
use crate::error::Error;
use std::ffi::OsString;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// File of cases (omit with --example), then selectors: age.mean, 'etiology[idiopathic].p', 'cases | age < 10'
    #[arg(value_name = "FILE|SELECTOR", allow_hyphen_values = false)]
    words: Vec<OsString>,
    /// Another file with the same columns
    #[arg(long, value_name = "FILE")]
    also: Vec<PathBuf>,
    /// Print several statistics of each selector, which then names a variable only: get cases.csv age --pattern '{mean} ({sd})'
    #[arg(long, value_name = "PATTERN", conflicts_with = "raw")]
    pattern: Option<String>,
    /// Print the unrounded number; a share is between 0 and 1
    #[arg(long)]
    raw: bool,
    /// List every selector with its number
    #[arg(long)]
    list: bool,
    /// Exit with code 1 if there is a warning
    #[arg(long)]
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
    pub fn request(&self) -> Result<GetRequest, Error> {
        let named = usize::from(!self.options.example).min(self.words.len());
        let (files, selectors) = self.words.split_at(named);
        let files: Vec<PathBuf> = files.iter().map(PathBuf::from).chain(self.also.iter().cloned()).collect();
        if selectors.is_empty() && !self.list {
            let remedy = "calc-series get cases.csv age.mean; to list every selector: calc-series get cases.csv --list";
            return Err(Error::usage_with("no selector", remedy));
        }
        let form = match (&self.pattern, self.raw) {
            (Some(pattern), _) => LineForm::Pattern(pattern.parse()?),
            (None, true) => LineForm::Raw,
            (None, false) => LineForm::Printed,
        };
        let mut input = self.options.input(&files)?;
        let mut tables = self.conventions.tables()?;
        self.time.add_to(&mut input.settings, &mut tables)?;
        self.compare.add_to(&mut input.settings, &mut tables)?;
        Ok(GetRequest {
            input,
            tables,
            selectors: selectors
                .iter()
                .map(|text| Selector::parse(&text.to_string_lossy()))
                .collect::<Result<_, Error>>()?,
            form,
            list: self.list,
            strict: self.strict,
        })
    }
}
