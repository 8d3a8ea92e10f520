//! `calc-series validate`

use super::reading::ReadingArgs;
use crate::command::validate::Request;
use crate::error::Error;
use crate::render::validation::ValidationFormat;

#[derive(clap::Args)]
pub struct Args {
    /// text, json, markdown, sarif or github (workflow annotations); text if neither this nor -o says it
    #[arg(long, value_name = "FORMAT")]
    format: Option<ValidationFormat>,
    /// Write to a file, in the format of its ending (.txt, .json, .md, .sarif); it is whole or untouched; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<String>,
    /// Fail with exit code 1 if there is a warning, not only if there is an error
    #[arg(long)]
    strict: bool,
    /// Print what a finding means and what to do about it, by its id or its number in the checklist (C01 to C26), and stop
    #[arg(long, value_name = "ID")]
    explain: Option<String>,
    #[command(flatten)]
    reading: ReadingArgs,
}

impl Args {
    /// What was asked for.
    pub fn request(&self) -> Result<Request, Error> {
        if let Some(id) = &self.explain {
            return Ok(Request::Explanation { id: id.clone() });
        }
        let by_ending = self.output.as_deref().and_then(ValidationFormat::of_path);
        let is_unclear =
            self.format.is_none() && by_ending.is_none() && self.output.as_deref().is_some_and(|path| path != "-");
        if is_unclear {
            let path = self.output.as_deref().unwrap_or_default();
            let message = format!("the ending of '{path}' says no format");
            return Err(Error::usage_with(message, "end the name in .txt, .json, .md or .sarif, or add --format text"));
        }
        Ok(Request::Validation {
            reading: Box::new(self.reading.reading()?),
            format: self.format.or(by_ending).unwrap_or_default(),
            output: self.output.clone(),
            strict: self.strict,
        })
    }
}
