//! `calc-series claims`

use super::input::InputArgs;
use crate::command::claims::Request;
use crate::error::Error;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Manuscript as plain text, Markdown, HTML, LaTeX, Word (docx) or JATS XML, by its extension; - is plain text from standard input
    #[arg(value_name = "MANUSCRIPT")]
    manuscript: PathBuf,
    /// Write the claims file. Written atomically [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit with code 1 if there is a warning
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    input: InputArgs,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Result<Request, Error> {
        Ok(Request {
            manuscript: self.manuscript.clone(),
            input: self.input.input()?,
            output: self.output.clone(),
            strict: self.strict,
        })
    }
}
