//! `calc-series example`

use crate::command::example::ExampleRequest;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Folder to write to; created if it does not exist
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> ExampleRequest {
        ExampleRequest { folder: self.folder.clone() }
    }
}
