//! Files that are no tables of cases: a schema, claims, a manuscript. They are read whole.

use super::bytes::{STDIN, name_of, opening_fault};
use super::held_file::HeldFile;
use super::word::WordFile;
use crate::error::Error;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// More bytes than a text that somebody wrote by hand has; a device may have no end.
const LONGEST: u64 = 64 << 20;
/// The same of a document with pictures.
const LARGEST: u64 = 512 << 20;
/// Bytes read at a time.
const CHUNK: u64 = 1 << 16;

/// The text of a file; `-` is standard input.
///
/// Errors: a file that cannot be read, changes meanwhile, is too long or is not UTF-8 text.
pub fn read_text(path: &Path) -> Result<String, Error> {
    text_of(read_bytes(path)?, &name_of(path))
}

/// The bytes of a text or a Word document; `-` is standard input. Of other bytes only the first ones.
///
/// Errors: a file that cannot be read, changes meanwhile or is too long.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let fault = |fault| Error::io_at(path, fault);
    let is_file = std::fs::metadata(path).is_ok_and(|meta| meta.is_file());
    match path {
        path if path == Path::new(STDIN) => text_bytes(io::stdin().lock()).map_err(fault),
        path if is_file => {
            let held = Arc::new(HeldFile::open(path).map_err(fault)?);
            let bytes = held.bytes().and_then(text_bytes).map_err(fault);
            held.ensure_unchanged()?;
            bytes
        }
        path => std::fs::File::open(path).map_err(|fault| opening_fault(path, fault)).and_then(|file| {
            // A named pipe or a device.
            text_bytes(file).map_err(fault)
        }),
    }
}

/// All bytes, or those of a text up to the first that is none.
fn text_bytes(mut from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let before = bytes.len();
        let got = from.by_ref().take(CHUNK).read_to_end(&mut bytes)?;
        let (is_text, is_document) = (!bytes.get(before..).unwrap_or_default().contains(&0), WordFile::begins(&bytes));
        if got == 0 || !(is_text || is_document) {
            return Ok(bytes);
        }
        let longest = if is_document { LARGEST } else { LONGEST };
        if bytes.len() as u64 > longest {
            return Err(io::Error::other(format!("the file is longer than {} MiB", longest >> 20)));
        }
    }
}

/// The text of bytes of a file of this name.
///
/// Errors: bytes that are not UTF-8 text.
pub fn text_of(bytes: Vec<u8>, name: &str) -> Result<String, Error> {
    let refused = |before: &[u8], what: &str| {
        let before = String::from_utf8_lossy(before);
        let line = super::block::line_ends(before.as_bytes()).saturating_add(1);
        let character = before.rsplit(['\n', '\r']).next().unwrap_or_default().chars().count().saturating_add(1);
        Error::usage_with(format!("{name}:{line}:{character}: {what}"), "save the file as UTF-8")
    };
    match String::from_utf8(bytes) {
        Ok(text) => match text.find('\0') {
            Some(at) => Err(refused(text.as_bytes().get(..at).unwrap_or_default(), "a zero byte, so this is not text")),
            None => Ok(text),
        },
        Err(fault) => {
            let end = fault.utf8_error().valid_up_to();
            Err(refused(fault.as_bytes().get(..end).unwrap_or_default(), "this byte is not UTF-8"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_place() {
        let of = |bytes: &[u8]| text_of(bytes.to_vec(), "a.md").map_err(|error| error.to_string());
        assert_eq!(of("é\n".as_bytes()), Ok("é\n".to_owned()));
        assert_eq!(of(b"a\n\xc3\xa9b\xff"), Err("a.md:2:3: this byte is not UTF-8".to_owned()));
        assert_eq!(of(b"ab\0"), Err("a.md:1:3: a zero byte, so this is not text".to_owned()));
    }

    #[test]
    fn a_source_without_an_end_is_left_at_its_first_zero_byte_or_at_the_limit() {
        assert_eq!(text_bytes(io::repeat(0)).unwrap().len() as u64, CHUNK);
        assert!(text_bytes(io::repeat(b'a')).is_err());
    }
}
