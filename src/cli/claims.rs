//! `calc-series claims`

use super::input::StrictInputArgs;
use crate::command::claims::ClaimsRequest;
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
    #[command(flatten)]
    read: StrictInputArgs,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Result<ClaimsRequest, Error> {
        let StrictInputArgs { strict, input } = &self.read;
        let (manuscript, output) = (self.manuscript.clone(), self.output.clone());
        Ok(ClaimsRequest { manuscript, input: input.input()?, output, strict: *strict })
    }
}
