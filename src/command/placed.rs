//! From bytes to a file in its place: whole, or not there.
//!
//! While an output is written its file has no name, so that a run that is ended, whatever ends it, leaves nothing
//! behind. On Linux a whole file gets its name by a link to it. Where the file system has no files without a name,
//! and on other systems, the whole output is copied to a temporary file beside its target, which is then renamed:
//! a run that is killed during that copy leaves the temporary file. A target that exists is replaced by renaming.

use crate::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

/// Writes an output piece by piece; gets the writer and its name for error messages.
pub type Stream<'a> = Box<dyn FnOnce(&mut dyn Write, &str) -> Result<(), Error> + 'a>;

/// Bytes written at once, so that a long listing needs few system calls.
pub const BUFFER: usize = 1 << 16;

/// A chain of more links is a circle.
const MOST_LINKS: usize = 40;

/// An output that is not in place yet.
pub enum Staged<'a> {
    /// A whole file without a name, and the path it will have.
    File { file: File, target: PathBuf },
    /// A device or a named pipe, which cannot be replaced and is written directly.
    Device { device: File, stream: Stream<'a> },
}

impl<'a> Staged<'a> {
    /// Writes an output to a file without a name; a device is only opened.
    ///
    /// Errors: a folder, or a file that cannot be written.
    pub fn new(path: &Path, stream: Stream<'a>) -> Result<Staged<'a>, Error> {
        let fault = |fault| Error::io_at(path, fault);
        let known = std::fs::metadata(path);
        if known.as_ref().is_ok_and(|meta| meta.is_dir()) || has_name_of_folder(path) {
            return Err(fault(io::ErrorKind::IsADirectory.into()));
        }
        if is_descriptor(path) || known.is_ok_and(|meta| !meta.is_file()) {
            let device = std::fs::OpenOptions::new().append(true).open(path).map_err(fault)?;
            return Ok(Staged::Device { device, stream });
        }
        // The target of a link is replaced, not the link.
        let Some(target) = resolved(path) else { return Err(fault(unresolved(path))) };
        let folder = target.parent().unwrap_or(Path::new("."));
        // The kind alone: the message of the crate names the temporary file, which differs from run to run.
        let file = without_name(folder).map_err(|error| fault(error.kind().into()))?;
        let mut out = BufWriter::with_capacity(BUFFER, file);
        stream(&mut out, &path.to_string_lossy())?;
        let file = out.into_inner().map_err(|broken| fault(broken.into_error()))?;
        file.sync_all().map_err(fault)?;
        Ok(Staged::File { file, target })
    }

    /// Puts the output in its place.
    ///
    /// Errors: the file cannot be named or the device cannot be written.
    pub fn place(self, path: &Path) -> Result<(), Error> {
        let fault = |fault| Error::io_at(path, fault);
        match self {
            Staged::Device { device, stream } => {
                let mut out = BufWriter::with_capacity(BUFFER, device);
                stream(&mut out, &path.to_string_lossy())?;
                out.flush().map_err(fault)
            }
            Staged::File { mut file, target } => place(&mut file, &target).map_err(fault),
        }
    }
}

/// The file that a path leads to, through links, whether or not it exists yet; `None` where its folder does not.
pub fn resolved(path: &Path) -> Option<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        if let Ok(real) = std::fs::canonicalize(&path) {
            return Some(real);
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match std::fs::read_link(&path) {
            Ok(next) => path = folder.join(next),
            Err(_) => return Some(std::fs::canonicalize(folder).ok()?.join(path.file_name()?)),
        }
    }
    None
}

/// Why a path leads nowhere.
fn unresolved(path: &Path) -> io::Error {
    std::fs::metadata(path).err().unwrap_or_else(|| io::ErrorKind::NotFound.into())
}

fn has_name_of_folder(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// True for a descriptor of this process, which may be a file that others write, too: it is never replaced.
fn is_descriptor(path: &Path) -> bool {
    cfg!(unix) && (path == Path::new("/dev/stderr") || path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd"))
}

/// A file without a name in this folder; it is gone when the run ends.
fn without_name(folder: &Path) -> io::Result<File> {
    #[cfg(target_os = "linux")]
    if let Ok(file) = linux::without_name(folder) {
        return Ok(file);
    }
    tempfile::tempfile_in(folder)
}

/// Names a whole file, or copies it where it cannot be named.
fn place(file: &mut File, target: &Path) -> io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    // The output keeps the permissions of the file it replaces.
    let permissions = std::fs::metadata(target).map(|meta| meta.permissions()).ok();
    if let Some(permissions) = &permissions {
        file.set_permissions(permissions.clone())?;
    }
    #[cfg(target_os = "linux")]
    match linux::link(file, target) {
        Ok(()) => return Ok(()),
        Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {
            if let Ok(linked) = temporary().make_in(folder, |path| linux::link(file, path)) {
                return linked.into_temp_path().persist(target).map_err(|fault| fault.error);
            }
        }
        // The file system knows no link to a file without a name.
        Err(_) => {}
    }
    copy(file, folder, target, permissions)
}

fn copy(file: &mut File, folder: &Path, target: &Path, permissions: Option<std::fs::Permissions>) -> io::Result<()> {
    let mut copy = temporary().tempfile_in(folder).map_err(|fault| io::Error::from(fault.kind()))?;
    file.rewind()?;
    io::copy(file, copy.as_file_mut())?;
    if let Some(permissions) = permissions {
        copy.as_file().set_permissions(permissions)?;
    }
    copy.as_file().sync_all()?;
    copy.persist(target).map(|_| ()).map_err(|fault| fault.error)
}

/// Temporary files beside a target; as readable as the umask lets any new file be.
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".calc-series-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Files without a name that can be given one: `O_TMPFILE` and `linkat`, see open(2).
#[cfg(target_os = "linux")]
mod linux {
    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::path::Path;

    /// A file without a name, as readable as the umask lets any new file be.
    pub fn without_name(folder: &Path) -> io::Result<File> {
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        Ok(open(folder, flags, Mode::from_raw_mode(0o666)).map(File::from)?)
    }

    /// Gives the file a name that no file has yet.
    pub fn link(file: &File, path: &Path) -> io::Result<()> {
        let open_file = format!("/proc/self/fd/{}", file.as_raw_fd());
        Ok(linkat(CWD, open_file, CWD, path, AtFlags::SYMLINK_FOLLOW)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_file_is_named_linked_over_another_or_copied() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.txt");
        let written = |text: &str| {
            let mut file = without_name(folder.path()).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file
        };
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "a file without a name");
        for text in ["first", "second"] {
            place(&mut written(text), &target).unwrap();
            assert_eq!(std::fs::read_to_string(&target).unwrap(), text);
        }
        let mut copied = written("third");
        copy(&mut copied, folder.path(), &target, None).unwrap();
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "third");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
    }

    #[test]
    fn a_path_leads_through_links_to_a_file_that_need_not_exist() {
        let folder = tempfile::tempdir().unwrap();
        let real = std::fs::canonicalize(folder.path()).unwrap();
        let path = |name: &str| folder.path().join(name);
        assert_eq!(resolved(&path("a")), Some(real.join("a")));
        assert_eq!(resolved(&path("none/a")), None);
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink("b", path("to_b")).unwrap();
            symlink("to_b", path("to_to_b")).unwrap();
            symlink("circle", path("circle")).unwrap();
            assert_eq!(resolved(&path("to_to_b")), Some(real.join("b")));
            assert_eq!(resolved(&path("circle")), None);
        }
    }
}
