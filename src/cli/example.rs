//! `calc-series example`

use crate::command::example::Request;

#[derive(clap::Args)]
pub struct Args {
    /// Folder to write to; created if it does not exist
    #[arg(value_name = "DIR")]
    folder: String,
}

impl Args {
    /// The request of this command line.
    pub fn request(&self) -> Request {
        Request { folder: self.folder.clone() }
    }
}
