//! `calc-series schema`

use super::reading::ReadingArgs;
use crate::command::schema::Request;
use crate::error::Error;

#[derive(clap::Args)]
pub struct Args {
    /// Write to a file instead of standard output; it is whole or untouched
    #[arg(short, long, value_name = "FILE")]
    output: Option<String>,
    #[command(flatten)]
    reading: ReadingArgs,
}

impl Args {
    /// What was asked for.
    pub fn request(&self) -> Result<Request, Error> {
        Ok(Request { reading: self.reading.reading()?, output: self.output.clone() })
    }
}
