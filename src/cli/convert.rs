//! `calc-series convert`

use super::input::InputArgs;
use crate::command::convert::Request;
use crate::error::Error;
use crate::render::converted::ConvertedFormat;

#[derive(clap::Args)]
pub struct Args {
    /// File to write: .json or .csv; its schema is written beside it, as NAME.schema.json
    #[arg(short, long, value_name = "FILE")]
    output: String,
    /// Exit with code 1 if there is a warning
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    input: InputArgs,
}

impl Args {
    /// The request of this command line.
    ///
    /// Errors: an output that is neither JSON nor CSV.
    pub fn request(&self) -> Result<Request, Error> {
        let format = ConvertedFormat::of_path(&self.output)?;
        Ok(Request { input: self.input.input()?, output: self.output.clone(), format, strict: self.strict })
    }
}
