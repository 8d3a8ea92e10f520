//! The built-in case series as files, to start from.

use super::open::EXAMPLE;
use super::output::{Outcome, write_whole};
use crate::error::Error;
use crate::render::findings::names;
use std::path::Path;

/// What the user requested.
pub struct Request {
    /// Folder to write to.
    pub folder: String,
}

/// Writes the files.
///
/// Errors: one of the files exists already, or cannot be written.
pub fn run(request: &Request) -> Result<Outcome, Error> {
    let folder = Path::new(&request.folder);
    std::fs::create_dir_all(folder).map_err(|fault| Error::io(&*request.folder, fault))?;
    let paths: Vec<String> = EXAMPLE.iter().map(|(name, _)| folder.join(name).to_string_lossy().into_owned()).collect();
    if let Some(there) = paths.iter().find(|path| Path::new(path).exists()) {
        return Err(Error::usage_with(format!("'{there}' already exists"), "use an empty or a new folder"));
    }
    for ((_, text), path) in EXAMPLE.iter().zip(&paths) {
        write_whole(path, text.as_bytes())?;
    }
    Ok(Outcome { stdout: names(&paths).into_bytes(), ..Outcome::default() })
}
