//! The built-in case series as files, to start from.

use super::open::EXAMPLE;
use super::output::{Outcome, Stream, whole, write_files};
use crate::error::Error;
use crate::render::findings::names;
use std::io;
use std::path::{Path, PathBuf};

/// What the user requested.
pub struct ExampleRequest {
    /// Folder to write to.
    pub folder: PathBuf,
}

/// Writes the files.
///
/// Errors: one of the files exists already, or cannot be written.
pub fn run(request: &ExampleRequest) -> Result<Outcome, Error> {
    let folder = request.folder.as_path();
    let fault = |fault| Error::io_at(folder, fault);
    let paths: Vec<PathBuf> = EXAMPLE.iter().map(|(name, _)| folder.join(name)).collect();
    if let Some(there) = paths.iter().find(|path| path.symlink_metadata().is_ok()) {
        let message = format!("'{}' already exists", there.display());
        return Err(Error::usage_with(message, "use an empty or a new folder"));
    }
    match folder.symlink_metadata() {
        Ok(_) => {
            let files = paths.iter().zip(EXAMPLE);
            let files = files.map(|(path, (_, text))| -> (&Path, Stream<'_>) { (path, whole(text.into())) });
            write_files(files.collect(), &[])?;
        }
        Err(_) => new_folder(folder).map_err(fault)?,
    }
    let names_of_files: Vec<String> = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    Ok(Outcome { stdout: names(&names_of_files).into_bytes(), ..Outcome::default() })
}

/// Makes the folder with its files; it gets its name when all of them are in it.
fn new_folder(folder: &Path) -> io::Result<()> {
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(above)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".calc-series-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o777));
    }
    // The kind alone: the message of the crate names the temporary folder.
    let made = builder.tempdir_in(above).map_err(|fault| io::Error::from(fault.kind()))?;
    for (name, text) in EXAMPLE {
        std::fs::write(made.path().join(name), text)?;
    }
    std::fs::rename(made.path(), folder)?;
    // Nothing is left to remove.
    let _ = made.keep();
    Ok(())
}
