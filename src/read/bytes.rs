//! The bytes of an input: a file, a short text kept in memory, or a pipe that can be read once.

use super::encoding::DecodingReader;
use super::foreign::{COMPOUND, ZIP};
use super::held_file::HeldFile;
use super::source::Source;
use crate::error::Error;
use encoding_rs::Encoding;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The bytes of a file that is read here and there.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// Path that means standard input.
pub const STDIN: &str = "-";

/// How much of an input is looked at before it is read; more where the header is longer.
pub(super) const HEAD: usize = 1 << 18;

/// A pipe up to this size is kept and can be read again; a longer one is read once.
const KEPT_PIPE: usize = 32 << 20;
/// Bytes of a pipe read at a time.
const CHUNK: u64 = 1 << 16;

/// Where the bytes of an input are.
enum ByteOrigin {
    File(Arc<HeldFile>),
    Memory(Arc<[u8]>),
    /// What was read of a long pipe, and the rest of it.
    Pipe(Arc<[u8]>, Mutex<Option<Box<dyn Read + Send>>>),
}

/// Where an input comes from, and how its bytes become text.
pub(super) struct InputBytes {
    /// The name shown: never a folder, so that output is the same on every machine.
    pub name: Arc<str>,
    /// Index on the command line.
    pub index: u32,
    path: PathBuf,
    origin: ByteOrigin,
    /// The encoding they are decoded from while they are read; UTF-8 where none is given.
    encoding: Option<&'static Encoding>,
}

impl InputBytes {
    /// A file, or standard input for `-`.
    pub fn open(path: &Path, index: u32, encoding: Option<&'static Encoding>) -> Result<InputBytes, Error> {
        let is_utf8 = encoding.is_none();
        let origin = if path == Path::new(STDIN) {
            standard_input(is_utf8).map_err(|fault| Error::io_at(path, fault))?
        } else {
            open_file(path, is_utf8)?
        };
        Ok(InputBytes { name: name_of(path).into(), index, path: path.into(), origin, encoding })
    }

    /// Text that is part of the program itself.
    pub fn embedded(name: &str, text: &'static str) -> InputBytes {
        let origin = ByteOrigin::Memory(Arc::from(text.as_bytes()));
        InputBytes { name: name.into(), index: 0, path: name.into(), origin, encoding: None }
    }

    /// Bytes that were read already.
    pub fn memory(name: &str, bytes: Vec<u8>) -> InputBytes {
        InputBytes {
            name: name.into(),
            index: 0,
            path: name.into(),
            origin: ByteOrigin::Memory(bytes.into()),
            encoding: None,
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// True unless it is a long pipe.
    pub fn can_be_read_again(&self) -> bool {
        !matches!(self.origin, ByteOrigin::Pipe(..))
    }

    /// Number of bytes; none for a long pipe.
    pub fn size(&self) -> Option<u64> {
        match &self.origin {
            ByteOrigin::File(file) => Some(file.size()),
            ByteOrigin::Memory(bytes) => Some(bytes.len() as u64),
            ByteOrigin::Pipe(..) => None,
        }
    }

    /// Refuses a file that is not what it was when it was opened.
    pub fn ensure_unchanged(&self) -> Result<(), Error> {
        match &self.origin {
            ByteOrigin::File(file) => file.ensure_unchanged(),
            ByteOrigin::Memory(_) | ByteOrigin::Pipe(..) => Ok(()),
        }
    }

    /// The text from its beginning; a long pipe gives it once, and only what is kept of it to whoever peeks.
    pub fn source(&self, is_peek: bool) -> Result<Source, Error> {
        let bytes = self.bytes(is_peek)?;
        let text = match self.encoding {
            Some(encoding) => Box::new(DecodingReader::new(bytes, encoding)),
            None => bytes,
        };
        let mut source = Source::new(text, self.name.clone(), self.index);
        source.held = match &self.origin {
            ByteOrigin::File(file) if self.encoding.is_none() => Some(file.clone()),
            ByteOrigin::File(_) | ByteOrigin::Memory(_) | ByteOrigin::Pipe(..) => None,
        };
        Ok(source)
    }

    /// SHA-256 of the bytes as they are in the file, in hexadecimal; they may be read by others at the same time.
    pub fn sha256(&self) -> Result<String, Error> {
        let (mut source, mut hasher, mut buffer) = (self.bytes_beside()?, Sha256::new(), vec![0; 1 << 16]);
        loop {
            let got = source.read(&mut buffer).map_err(|fault| Error::io_at(&self.path, fault))?;
            if got == 0 {
                break;
            }
            hasher.update(buffer.get(..got).unwrap_or_default());
        }
        Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The bytes, to be read here and there; none of a long pipe.
    pub fn seekable(&self) -> Result<Option<Box<dyn ReadSeek>>, Error> {
        match &self.origin {
            ByteOrigin::File(file) => {
                Ok(Some(Box::new(file.bytes().map_err(|fault| Error::io_at(&self.path, fault))?)))
            }
            ByteOrigin::Memory(bytes) => Ok(Some(Box::new(Cursor::new(bytes.clone())))),
            ByteOrigin::Pipe(..) => Ok(None),
        }
    }

    /// The bytes from the first, beside another reading.
    fn bytes_beside(&self) -> Result<Box<dyn Read + '_>, Error> {
        match &self.origin {
            #[cfg(unix)]
            ByteOrigin::File(file) => Ok(Box::new(file.bytes_beside())),
            #[cfg(not(unix))]
            ByteOrigin::File(_) => Ok(self.bytes(true)?),
            ByteOrigin::Memory(_) | ByteOrigin::Pipe(..) => Ok(self.bytes(true)?),
        }
    }

    fn bytes(&self, is_peek: bool) -> Result<Box<dyn Read + Send>, Error> {
        match &self.origin {
            ByteOrigin::File(file) => Ok(Box::new(file.in_turn().map_err(|fault| Error::io_at(&self.path, fault))?)),
            ByteOrigin::Memory(bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
            ByteOrigin::Pipe(kept, _) if is_peek => Ok(Box::new(Cursor::new(kept.clone()))),
            ByteOrigin::Pipe(kept, rest) => match rest.lock().ok().and_then(|mut rest| rest.take()) {
                Some(rest) => Ok(Box::new(Cursor::new(kept.clone()).chain(rest))),
                None => Err(Error::usage_with(
                    "this input is a pipe, and its columns require a second pass",
                    "write it to a file first and name the file",
                )),
            },
        }
    }
}

fn open_file(path: &Path, is_utf8: bool) -> Result<ByteOrigin, Error> {
    let fault = |fault| Error::io_at(path, fault);
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            let message = format!("'{}' is a folder", path.display());
            Err(Error::usage_with(message, "name the file of cases in it"))
        }
        Ok(meta) if meta.is_file() => Ok(ByteOrigin::File(Arc::new(HeldFile::open(path).map_err(fault)?))),
        // A named pipe or a device: read it as a pipe would be.
        Ok(_) => File::open(path).and_then(|file| kept(Box::new(file), is_utf8)).map_err(fault),
        Err(fault) => Err(opening_fault(path, fault)),
    }
}

/// A file that cannot be opened, with names of files that can.
pub(super) fn opening_fault(path: &Path, source: io::Error) -> Error {
    let near = if source.kind() == io::ErrorKind::NotFound { near_names(path) } else { Vec::new() };
    let remedy = (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")));
    Error::Io { file: path.to_string_lossy().into_owned(), source, remedy }
}

fn standard_input(is_utf8: bool) -> io::Result<ByteOrigin> {
    match HeldFile::standard_input()? {
        Some(file) => Ok(ByteOrigin::File(Arc::new(file))),
        None => kept(Box::new(io::stdin()), is_utf8),
    }
}

/// True for the first bytes of a workbook, whose zero bytes are no fault.
fn begins_archive(head: &[u8]) -> bool {
    [ZIP, COMPOUND].into_iter().any(|first| head.starts_with(first))
}

/// The bytes of a pipe, kept if they are not too many.
///
/// Text in UTF-8 is read no further than the first zero byte of its head, which refuses it: `/dev/zero` has no end.
fn kept(mut from: Box<dyn Read + Send>, is_utf8: bool) -> io::Result<ByteOrigin> {
    let mut kept = Vec::new();
    while kept.len() < KEPT_PIPE {
        let before = kept.len();
        let got = from.by_ref().take(CHUNK).read_to_end(&mut kept)?;
        let is_head = is_utf8 && kept.len() <= HEAD && !begins_archive(&kept);
        if got == 0 || (is_head && kept.get(before..).unwrap_or_default().contains(&0)) {
            return Ok(ByteOrigin::Memory(kept.into()));
        }
    }
    Ok(ByteOrigin::Pipe(kept.into(), Mutex::new(Some(from))))
}

/// The name shown for a file: never a folder, so that output is the same on every machine.
pub fn name_of(path: &Path) -> String {
    if path == Path::new(STDIN) {
        return "standard input".into();
    }
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Names in the same folder that are nearly the one asked for.
fn near_names(path: &Path) -> Vec<String> {
    let wanted = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut near: Vec<(f64, String)> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .map(|name| (strsim::jaro_winkler(&wanted, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    near.into_iter()
        .take(3)
        .map(|(_, name)| folder.join(name).to_string_lossy().trim_start_matches("./").to_owned())
        .collect()
}
