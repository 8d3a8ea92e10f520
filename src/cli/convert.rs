//! `calc-series convert`

use super::input::StrictInputArgs;
use crate::command::convert::ConversionRequest;
use crate::error::Error;
use crate::render::converted::ConvertedFormat;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// File to write: .json or .csv; its schema is written beside it, as NAME.schema.json
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    read: StrictInputArgs,
}

impl Args {
    /// The request of this command line.
    ///
    /// Errors: an output that is neither JSON nor CSV.
    pub fn request(&self) -> Result<ConversionRequest, Error> {
        let format = ConvertedFormat::of_path(&self.output.to_string_lossy())?;
        let StrictInputArgs { strict, input } = &self.read;
        Ok(ConversionRequest { input: input.input()?, output: self.output.clone(), format, strict: *strict })
    }
}
