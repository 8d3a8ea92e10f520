//! `calc-series schema`

use super::input::InputArgs;
use crate::command::schema::SchemaRequest;
use crate::error::Error;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Write to a file. Written atomically [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Result<SchemaRequest, Error> {
        Ok(SchemaRequest { input: self.input.input()?, output: self.output.clone() })
    }
}
