//! `calc-series fill`

use super::compare::CompareArgs;
use super::conventions::ConventionArgs;
use super::input::InputArgs;
use super::time::TimeArgs;
use super::words;
use crate::command::fill::{FillRequest, Task};
use crate::error::Error;
use crate::render::{Output, OutputFormat};
use crate::tables::manuscript::DraftFormat;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Manuscript in Word (docx), Markdown, LaTeX or plain text with placeholders: {{ age.mean }}, {{ sites[knee] | n/N (p%) }}, {{ age.mean | where age < 10 }}, {{ sites[hip] | n of N | words }}; - is standard input
    #[arg(value_name = "DRAFT")]
    draft: PathBuf,
    /// Write the filled manuscript to a file. Written atomically [default: standard output]
    #[arg(short, long, value_name = "FILE", conflicts_with = "check")]
    output: Option<PathBuf>,
    /// Compare a manuscript filled earlier with the data and list its outdated numbers; exit with code 1 if there is one
    #[arg(long, value_name = "FILLED")]
    check: Option<PathBuf>,
    /// Format of the list of outdated numbers [default: text]
    #[arg(long, value_name = "FORMAT", requires = "check", value_parser = words::formats(Output::StaleNumbers))]
    format: Option<OutputFormat>,
    /// Markup of the manuscript [default: by its extension, else text]
    #[arg(long, value_name = "FORMAT", value_parser = words::any::<DraftFormat>())]
    draft_format: Option<DraftFormat>,
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
    input: InputArgs,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Result<FillRequest, Error> {
        let task = match &self.check {
            Some(document) => Task::Check { document: document.clone(), format: self.format.unwrap_or_default() },
            None => Task::Write { output: self.output.clone() },
        };
        let mut input = self.input.input()?;
        let mut tables = self.conventions.tables()?;
        self.time.add_to(&mut input.settings, &mut tables)?;
        self.compare.add_to(&mut input.settings, &mut tables)?;
        Ok(FillRequest {
            input,
            tables,
            draft: self.draft.clone(),
            format: self.draft_format,
            task,
            strict: self.strict,
        })
    }
}
