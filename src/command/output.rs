//! What a command gives back, and how it reaches standard output or a file.

use crate::diagnostic::Findings;
use crate::error::Error;
use std::io::Write;
use std::path::Path;

/// What a command did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// For standard output; empty where a file was written.
    pub stdout: Vec<u8>,
    /// For standard error.
    pub findings: Findings,
    /// True where the run found what it was asked to fail on.
    pub failed: bool,
}

/// Gives the bytes to standard output, or writes them to a file as a whole.
pub fn deliver(bytes: Vec<u8>, output: Option<&str>, inputs: &[String]) -> Result<Vec<u8>, Error> {
    let Some(path) = output else { return Ok(bytes) };
    ensure_no_input_is_overwritten(path, inputs)?;
    write_whole(path, &bytes).map_err(|fault| Error::io(path, fault))?;
    Ok(Vec::new())
}

/// A new file beside the old one takes its place once it is whole and on disk.
pub fn write_whole(path: &str, bytes: &[u8]) -> std::io::Result<()> {
    let path = Path::new(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if std::fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
        // A device or a named pipe cannot be replaced.
        return std::fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let mut file = tempfile::Builder::new().prefix(".calc-series-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let permissions = std::fs::metadata(path).map(|meta| meta.permissions());
    let kept = file.persist(path).map_err(|fault| fault.error)?;
    // A temporary file is private; an output is as readable as the one it replaces.
    match permissions {
        Ok(permissions) => kept.set_permissions(permissions),
        Err(_) => readable(&kept),
    }
}

#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

fn ensure_no_input_is_overwritten(path: &str, inputs: &[String]) -> Result<(), Error> {
    let real = |path: &str| std::fs::canonicalize(path).ok();
    let target = real(path);
    if inputs.iter().any(|input| input == path || (target.is_some() && real(input) == target)) {
        return Err(Error::usage_with(
            format!("'{path}' is an input and would be overwritten"),
            "name another file: -o new.txt",
        ));
    }
    Ok(())
}
