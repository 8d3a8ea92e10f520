//! `calc-series example`

use crate::command::example::Request;

#[derive(clap::Args)]
pub struct Args {
    /// Folder to write to; it is made if it is not there
    #[arg(value_name = "DIR")]
    folder: String,
}

impl Args {
    /// What was asked for.
    pub fn request(&self) -> Request {
        Request { folder: self.folder.clone() }
    }
}
