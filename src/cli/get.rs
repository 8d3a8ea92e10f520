//! `calc-series get`

use super::conventions::ConventionArgs;
use super::reading::ReadingOptions;
use crate::analyze::selector::Selector;
use crate::command::get::{Form, Request};
use crate::error::Error;

#[derive(clap::Args)]
pub struct Args {
    /// A file of cases, unless --example; then selectors: age.mean, 'etiology[idiopathic].p', 'cases | age < 10'
    #[arg(value_name = "FILE|SELECTOR", allow_hyphen_values = false)]
    words: Vec<String>,
    /// A further file of the same columns
    #[arg(long, value_name = "FILE")]
    also: Vec<String>,
    /// Print several statistics of each selector, which names none: get cases.csv age --pattern '{mean} ({sd})'
    #[arg(long, value_name = "PATTERN", conflicts_with = "raw")]
    pattern: Option<String>,
    /// Print the number as it is, before rounding; a share is in [0, 1]
    #[arg(long)]
    raw: bool,
    /// Print every selector with its number
    #[arg(long)]
    list: bool,
    /// Fail with exit code 1 if there is a warning
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
        let named = usize::from(!self.options.example).min(self.words.len());
        let (files, selectors) = self.words.split_at(named);
        let files: Vec<String> = files.iter().chain(&self.also).cloned().collect();
        if selectors.is_empty() && !self.list {
            let remedy = "calc-series get cases.csv age.mean; calc-series get cases.csv --list prints every selector";
            return Err(Error::usage_with("name a selector behind the file", remedy));
        }
        let form = match (&self.pattern, self.raw) {
            (Some(pattern), _) => Form::Pattern(pattern.parse()?),
            (None, true) => Form::Raw,
            (None, false) => Form::Printed,
        };
        Ok(Request {
            reading: self.options.reading(&files)?,
            asked: self.conventions.asked()?,
            selectors: selectors.iter().map(|text| Selector::parse(text)).collect::<Result<_, Error>>()?,
            form,
            list: self.list,
            strict: self.strict,
        })
    }
}
