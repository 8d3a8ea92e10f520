//! The bytes of an input: a file, a short text kept in memory, or a pipe that can be read once.

use super::encoding::DecodingReader;
use super::source::Source;
use crate::error::Error;
use encoding_rs::Encoding;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A pipe up to this size is kept and can be read again; a longer one is read once.
const KEPT_PIPE: u64 = 32 << 20;

/// Where the bytes of an input are.
enum Origin {
    /// A file, held open: a second reading sees the same bytes although another file takes its name.
    File(Arc<File>),
    Memory(Arc<[u8]>),
    /// What was read of a long pipe, and the rest of it.
    Pipe(Arc<[u8]>, Mutex<Option<io::Stdin>>),
}

/// Where an input comes from, and how its bytes become text.
pub(super) struct InputBytes {
    /// The name shown: never a folder, so that output is the same on every machine.
    pub name: Arc<str>,
    /// Index on the command line.
    pub index: u32,
    path: String,
    origin: Origin,
    /// The encoding they are decoded from while they are read; UTF-8 where none is given.
    encoding: Option<&'static Encoding>,
}

impl InputBytes {
    /// A file, or standard input for `-`.
    pub fn open(path: &str, index: u32, encoding: Option<&'static Encoding>) -> Result<InputBytes, Error> {
        let origin = if path == "-" { open_pipe().map_err(|fault| Error::io("-", fault))? } else { open_file(path)? };
        Ok(InputBytes { name: name_of(path).into(), index, path: path.into(), origin, encoding })
    }

    /// Text that is part of the program itself.
    pub fn embedded(name: &str, text: &'static str) -> InputBytes {
        let origin = Origin::Memory(Arc::from(text.as_bytes()));
        InputBytes { name: name.into(), index: 0, path: name.into(), origin, encoding: None }
    }

    /// True unless it is a long pipe.
    pub fn can_be_read_again(&self) -> bool {
        !matches!(self.origin, Origin::Pipe(..))
    }

    /// Number of bytes; none for a long pipe.
    pub fn size(&self) -> Option<u64> {
        match &self.origin {
            Origin::File(file) => file.metadata().ok().map(|meta| meta.len()),
            Origin::Memory(bytes) => Some(bytes.len() as u64),
            Origin::Pipe(..) => None,
        }
    }

    /// The text from its beginning; a long pipe gives it once, and only what is kept of it to whoever peeks.
    pub fn source(&self, is_peek: bool) -> Result<Source, Error> {
        let bytes = self.bytes(is_peek)?;
        let text = match self.encoding {
            Some(encoding) => Box::new(DecodingReader::new(bytes, encoding)),
            None => bytes,
        };
        Ok(Source::new(text, self.name.clone(), self.index))
    }

    /// SHA-256 of the bytes as they are in the file, in hexadecimal.
    pub fn sha256(&self) -> Result<String, Error> {
        let (mut source, mut hasher, mut buffer) = (self.bytes(true)?, Sha256::new(), vec![0; 1 << 16]);
        loop {
            let got = source.read(&mut buffer).map_err(|fault| Error::io(&*self.path, fault))?;
            if got == 0 {
                break;
            }
            hasher.update(buffer.get(..got).unwrap_or_default());
        }
        Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn bytes(&self, is_peek: bool) -> Result<Box<dyn Read + Send>, Error> {
        match &self.origin {
            Origin::File(file) => {
                // One reading ends before the next begins, so that they can share the position in the file.
                (&**file).seek(SeekFrom::Start(0)).map_err(|fault| Error::io(&*self.path, fault))?;
                Ok(Box::new(SharedFile(file.clone())))
            }
            Origin::Memory(bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
            Origin::Pipe(kept, _) if is_peek => Ok(Box::new(Cursor::new(kept.clone()))),
            Origin::Pipe(kept, rest) => match rest.lock().ok().and_then(|mut rest| rest.take()) {
                Some(rest) => Ok(Box::new(Cursor::new(kept.clone()).chain(rest))),
                None => Err(Error::usage_with(
                    "this input is a pipe, and its columns require a second pass",
                    "write it to a file first and name the file",
                )),
            },
        }
    }
}

/// An open file that is read from its position on.
struct SharedFile(Arc<File>);

impl Read for SharedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self.0).read(buffer)
    }
}

fn open_file(path: &str) -> Result<Origin, Error> {
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            Err(Error::usage_with(format!("'{path}' is a folder"), "name the file of cases in it"))
        }
        Ok(meta) if meta.is_file() => {
            let file = File::open(path).map_err(|fault| Error::io(path, fault))?;
            Ok(Origin::File(Arc::new(file)))
        }
        // A named pipe or a device: read it as a pipe would be.
        Ok(_) => {
            let mut bytes = Vec::new();
            File::open(path)
                .and_then(|mut file| file.read_to_end(&mut bytes))
                .map_err(|fault| Error::io(path, fault))?;
            Ok(Origin::Memory(bytes.into()))
        }
        Err(source) => {
            let near = near_names(path);
            let remedy = (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")));
            Err(Error::Io { file: path.into(), source, remedy })
        }
    }
}

fn open_pipe() -> io::Result<Origin> {
    let mut kept = Vec::new();
    io::stdin().lock().take(KEPT_PIPE).read_to_end(&mut kept)?;
    if (kept.len() as u64) < KEPT_PIPE {
        return Ok(Origin::Memory(kept.into()));
    }
    Ok(Origin::Pipe(kept.into(), Mutex::new(Some(io::stdin()))))
}

/// The name shown for an input: never a folder, so that output is the same on every machine.
fn name_of(path: &str) -> String {
    if path == "-" {
        return "standard input".into();
    }
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Names in the same folder that are nearly the one asked for.
fn near_names(path: &str) -> Vec<String> {
    let path = Path::new(path);
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
