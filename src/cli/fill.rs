//! `calc-series fill`

use super::conventions::ConventionArgs;
use super::reading::ReadingArgs;
use super::words;
use crate::command::fill::{Request, Task};
use crate::error::Error;
use crate::render::OutputFormat;
use crate::tables::manuscript::DraftFormat;

#[derive(clap::Args)]
pub struct Args {
    /// A manuscript in Markdown, LaTeX or plain text with {{ age.mean }}, {{ sites[knee] | n/N (p%) }}, {{ age.mean | where age < 10 }}, {{ sites[hip] | n of N | words }}; '-' is standard input
    #[arg(value_name = "DRAFT")]
    draft: String,
    /// Write the filled manuscript to a file, whole or untouched; standard output if not given
    #[arg(short, long, value_name = "FILE", conflicts_with = "check")]
    output: Option<String>,
    /// Compare a manuscript that was filled before with the records and list its stale numbers; exit code 1 if there is one
    #[arg(long, value_name = "FILLED")]
    check: Option<String>,
    /// Format of the list of stale numbers: text (if not given) or json
    #[arg(long, value_name = "FORMAT", requires = "check")]
    format: Option<OutputFormat>,
    /// What the draft is written in: markdown, latex or text; that of its ending if not given
    #[arg(long, value_name = "FORMAT", value_parser = words::any::<DraftFormat>())]
    draft_format: Option<DraftFormat>,
    /// Fail with exit code 1 if there is a warning
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    conventions: ConventionArgs,
    #[command(flatten)]
    reading: ReadingArgs,
}

impl Args {
    /// What was asked for.
    pub fn request(&self) -> Result<Request, Error> {
        let task = match &self.check {
            Some(document) => Task::Check { document: document.clone(), is_json: self.is_json()? },
            None => Task::Write { output: self.output.clone() },
        };
        Ok(Request {
            reading: self.reading.reading()?,
            asked: self.conventions.asked()?,
            draft: self.draft.clone(),
            format: self.draft_format,
            task,
            strict: self.strict,
        })
    }

    fn is_json(&self) -> Result<bool, Error> {
        match self.format {
            None | Some(OutputFormat::Text) => Ok(false),
            Some(OutputFormat::Json) => Ok(true),
            Some(other) => {
                let message = format!("stale numbers are not listed as {other}");
                Err(Error::usage_with(message, "--format text or --format json"))
            }
        }
    }
}
