//! A file that is held open while it is read, and refused where it changes meanwhile.

use crate::error::Error;
use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// What to do about a file that changes.
const REMEDY: &str = "run again when nothing writes to the file, or copy it and name the copy";

/// An open file with what the system said of it when it was opened.
///
/// A second reading sees the same bytes although another file takes its name.
#[derive(Debug)]
pub(super) struct HeldFile {
    file: Arc<File>,
    /// `None` for standard input, whose file has no name here.
    path: Option<PathBuf>,
    /// Where reading begins: standard input may have been read in part.
    start: u64,
    state: FileState,
}

impl HeldFile {
    /// Opens a file.
    pub fn open(path: &Path) -> io::Result<HeldFile> {
        let file = File::open(path)?;
        // Of the open file, so that nothing can come between.
        let state = FileState::of(&file.metadata()?);
        Ok(HeldFile { file: Arc::new(file), path: Some(path.to_owned()), start: 0, state })
    }

    /// Standard input where it is a file and not a pipe.
    #[cfg(unix)]
    pub fn standard_input() -> io::Result<Option<HeldFile>> {
        use std::os::fd::AsFd;
        // A copy of the descriptor: both share one position in the file.
        let mut file = File::from(io::stdin().as_fd().try_clone_to_owned()?);
        let meta = file.metadata()?;
        if !meta.is_file() {
            return Ok(None);
        }
        let start = file.stream_position()?;
        Ok(Some(HeldFile { file: Arc::new(file), path: None, start, state: FileState::of(&meta) }))
    }

    /// Standard input where it is a file: not known on this system.
    #[cfg(not(unix))]
    pub fn standard_input() -> io::Result<Option<HeldFile>> {
        Ok(None)
    }

    /// Number of bytes.
    pub fn size(&self) -> u64 {
        self.state.length.saturating_sub(self.start)
    }

    /// The bytes from the first; one reading ends before the next begins, since they share the position in the file.
    pub fn bytes(self: &Arc<HeldFile>) -> io::Result<HeldBytes> {
        self.begin()?;
        Ok(HeldBytes(self.clone()))
    }

    /// The same, to be read in turn: a reader of the file itself fills a buffer without making it zero first.
    pub fn in_turn(&self) -> io::Result<Arc<File>> {
        self.begin()?;
        Ok(self.file.clone())
    }

    /// The same beside another reading, whose position in the file does not change.
    #[cfg(unix)]
    pub fn bytes_beside(&self) -> BytesBeside<'_> {
        BytesBeside { file: self, at: self.start }
    }

    /// Fills a buffer with the bytes from a place on, once no other reading is under way.
    ///
    /// Errors: the end of the file before the buffer is full.
    pub fn read_at(&self, at: u64, to: &mut [u8]) -> io::Result<()> {
        read_at(&self.file, self.start.saturating_add(at), to)
    }

    fn begin(&self) -> io::Result<u64> {
        (&*self.file).seek(SeekFrom::Start(self.start))
    }

    /// Refuses a file that is not what it was when it was opened.
    ///
    /// Errors: another length, another time of its last change, or another file of this name.
    pub fn ensure_unchanged(&self) -> Result<(), Error> {
        let now = match &self.path {
            Some(path) => std::fs::metadata(path),
            None => self.file.metadata(),
        };
        let change = match now.map(|meta| FileState::of(&meta)) {
            Ok(now) => self.state.change(&now),
            Err(_) => Some("it is no longer there".to_owned()),
        };
        let Some(change) = change else { return Ok(()) };
        let file = self.path.as_deref().map_or_else(|| "standard input".into(), Path::to_string_lossy).into_owned();
        let source = io::Error::other(format!("the file changed while it was read: {change}"));
        Err(Error::Io { file, source, remedy: Some(REMEDY.to_owned()) })
    }
}

/// The bytes of a held file, from its position on.
pub(super) struct HeldBytes(Arc<HeldFile>);

impl Read for HeldBytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self.0.file).read(buffer)
    }
}

impl Seek for HeldBytes {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let start = self.0.start;
        let to = match to {
            SeekFrom::Start(place) => SeekFrom::Start(start.saturating_add(place)),
            other => other,
        };
        let place = (&*self.0.file).seek(to)?;
        place.checked_sub(start).ok_or_else(|| io::ErrorKind::InvalidInput.into())
    }
}

/// The bytes of a held file, from a position of its own on.
#[cfg(unix)]
pub(super) struct BytesBeside<'f> {
    file: &'f HeldFile,
    at: u64,
}

#[cfg(unix)]
impl Read for BytesBeside<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = some_at(&self.file.file, self.at, buffer)?;
        self.at = self.at.saturating_add(got as u64);
        Ok(got)
    }
}

/// Fills a buffer with the bytes of a file from a place on.
///
/// Errors: the end of the file before the buffer is full.
pub(super) fn read_at(file: &File, at: u64, to: &mut [u8]) -> io::Result<()> {
    let mut read = 0_usize;
    while let Some(rest) = to.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match some_at(file, at.saturating_add(read as u64), rest) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(more) => read = read.saturating_add(more),
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

/// Reads some bytes of a file from a place on.
#[cfg(unix)]
fn some_at(file: &File, at: u64, to: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, to, at)
}

/// Reads some bytes of a file from a place on; the position in the file moves.
#[cfg(windows)]
fn some_at(file: &File, at: u64, to: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, to, at)
}

/// Reads some bytes of a file from a place on; the position in the file moves.
#[cfg(not(any(unix, windows)))]
fn some_at(mut file: &File, at: u64, to: &mut [u8]) -> io::Result<usize> {
    file.seek(SeekFrom::Start(at))?;
    file.read(to)
}

/// What tells that a file is the same, and has the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FileState {
    length: u64,
    modified: Option<SystemTime>,
    identity: FileIdentity,
}

impl FileState {
    fn of(meta: &Metadata) -> FileState {
        FileState { length: meta.len(), modified: meta.modified().ok(), identity: FileIdentity::of(meta) }
    }

    /// What is different now; `None` where nothing is.
    fn change(&self, now: &FileState) -> Option<String> {
        if !self.identity.is_same_file(&now.identity) {
            return Some("another file has taken its name".to_owned());
        }
        let (before, after) = (self.length, now.length);
        match before.cmp(&after) {
            std::cmp::Ordering::Less => Some(format!("it grew from {before} to {after} bytes")),
            std::cmp::Ordering::Greater => Some(format!("it shrank from {before} to {after} bytes")),
            std::cmp::Ordering::Equal => {
                let is_same = self.modified == now.modified && self.identity.is_same_content(&now.identity);
                (!is_same).then(|| "it was written to".to_owned())
            }
        }
    }
}

/// Which file it is: device and number, and when its entry changed last.
#[cfg(unix)]
#[derive(Debug, Clone, PartialEq, Eq)]
struct FileIdentity {
    file: (u64, u64),
    /// Seconds and nanoseconds; unlike the time of the last write no program can set it back.
    changed: (i64, i64),
    /// Links, mode and owner: where they change, so does `changed`, though the bytes do not.
    entry: (u64, u32, u32, u32),
}

#[cfg(unix)]
impl FileIdentity {
    fn of(meta: &Metadata) -> FileIdentity {
        use std::os::unix::fs::MetadataExt;
        FileIdentity {
            file: (meta.dev(), meta.ino()),
            changed: (meta.ctime(), meta.ctime_nsec()),
            entry: (meta.nlink(), meta.mode(), meta.uid(), meta.gid()),
        }
    }

    fn is_same_file(&self, now: &FileIdentity) -> bool {
        self.file == now.file
    }

    fn is_same_content(&self, now: &FileIdentity) -> bool {
        self.changed == now.changed || self.entry != now.entry
    }
}

/// Which file it is: when it was made; the standard library tells no more on this system.
#[cfg(not(unix))]
#[derive(Debug, Clone, PartialEq, Eq)]
struct FileIdentity {
    created: Option<SystemTime>,
}

#[cfg(not(unix))]
impl FileIdentity {
    fn of(meta: &Metadata) -> FileIdentity {
        FileIdentity { created: meta.created().ok() }
    }

    fn is_same_file(&self, now: &FileIdentity) -> bool {
        self == now
    }

    fn is_same_content(&self, _: &FileIdentity) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::time::Duration;

    type Change = fn(&Path);

    /// What is said after a change of a file of ten bytes.
    fn said(change: Change) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "0123456789").unwrap();
        let held = Arc::new(HeldFile::open(&path).unwrap());
        let mut before = String::new();
        held.bytes().unwrap().read_to_string(&mut before).unwrap();
        assert_eq!((before.as_str(), held.size()), ("0123456789", 10));
        held.ensure_unchanged().unwrap();
        // Longer than a tick of the clock of any file system that tests run on.
        std::thread::sleep(Duration::from_millis(20));
        change(&path);
        held.ensure_unchanged().err().map(|error| {
            assert_eq!(error.remedy(), Some(REMEDY));
            error.to_string().rsplit("while it was read: ").next().unwrap().to_owned()
        })
    }

    fn written(path: &Path, text: &str) {
        std::fs::OpenOptions::new().write(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
    }

    #[test]
    fn every_kind_of_change_is_named() {
        let append: Change =
            |path| std::fs::OpenOptions::new().append(true).open(path).unwrap().write_all(b"ab").unwrap();
        let replaced: Change = |path| {
            std::fs::write(path.with_extension("new"), "0123456789").unwrap();
            std::fs::rename(path.with_extension("new"), path).unwrap();
        };
        assert_eq!(said(append).as_deref(), Some("it grew from 10 to 12 bytes"));
        assert_eq!(said(|path| std::fs::write(path, "01").unwrap()).as_deref(), Some("it shrank from 10 to 2 bytes"));
        assert_eq!(said(|path| written(path, "x")).as_deref(), Some("it was written to"));
        assert_eq!(said(|path| std::fs::remove_file(path).unwrap()).as_deref(), Some("it is no longer there"));
        if cfg!(unix) {
            assert_eq!(said(replaced).as_deref(), Some("another file has taken its name"));
        }
    }

    #[test]
    fn what_leaves_the_bytes_alone_is_no_change() {
        assert_eq!(said(|path| drop(std::fs::read(path).unwrap())), None);
        assert_eq!(said(|path| std::fs::hard_link(path, path.with_extension("link")).unwrap()), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_write_is_seen_although_its_time_is_set_back() {
        let change: Change = |path| {
            let modified = std::fs::metadata(path).unwrap().modified().unwrap();
            written(path, "x");
            let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
            file.set_modified(modified).unwrap();
        };
        assert_eq!(said(change).as_deref(), Some("it was written to"));
    }
}
