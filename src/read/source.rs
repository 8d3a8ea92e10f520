//! The text of one input, as the reader of its records takes it.

use super::encoding::Malformed;
use super::held_file::HeldFile;
use crate::diagnostic::{FilePosition, Finding, FindingId, Findings, SourceLocation};
use crate::error::Error;
use std::io::{self, Read};
use std::sync::Arc;

/// The bytes of an input, with the name and index that its findings carry.
pub(super) struct Source {
    bytes: Box<dyn Read + Send>,
    /// Name of the input, without its folders.
    pub file: Arc<str>,
    /// Index of the input on the command line.
    pub input: u32,
    /// The file whose bytes these are, one for one, so that they can be read again from the middle.
    pub held: Option<Arc<HeldFile>>,
    /// Bytes read so far.
    pub position: u64,
}

impl Source {
    /// The bytes of an input.
    pub fn new(bytes: Box<dyn Read + Send>, file: Arc<str>, input: u32) -> Source {
        Source { bytes, file, input, held: None, position: 0 }
    }

    /// Appends up to `most` bytes and returns how many; fewer only at the end of the input.
    pub fn read(&mut self, most: usize, to: &mut Vec<u8>) -> Result<usize, Error> {
        // Without room the first bytes would come in pieces of 32.
        to.reserve(most);
        let got = self.bytes.by_ref().take(most as u64).read_to_end(to).map_err(|fault| self.error(fault))?;
        self.position = self.position.saturating_add(got as u64);
        Ok(got)
    }

    /// Drops the next bytes.
    pub fn skip(&mut self, bytes: usize) -> Result<(), Error> {
        let dropped = io::copy(&mut self.bytes.by_ref().take(bytes as u64), &mut io::sink());
        self.position = self.position.saturating_add(dropped.map_err(|fault| self.error(fault))?);
        Ok(())
    }

    /// A physical line of the input.
    pub fn line(&self, line: u64) -> SourceLocation {
        SourceLocation::input(self.input, self.file.clone()).at(FilePosition::Line(line))
    }

    /// Bytes that are not text of the stated encoding refuse the input; other faults are those of the system.
    fn error(&self, fault: io::Error) -> Error {
        let Malformed { encoding, line } = match fault.downcast() {
            Ok(malformed) => malformed,
            Err(fault) => return Error::io(&*self.file, fault),
        };
        let mut findings = Findings::default();
        let finding = Finding::new(FindingId::NotUtf8, format!("the file is not {encoding}"));
        // A byte order mark counts before the option.
        let is_utf16 = [encoding_rs::UTF_16LE.name(), encoding_rs::UTF_16BE.name()].contains(&encoding);
        let remedy = match is_utf16 {
            true => "the file is damaged on this line: export it again, as CSV UTF-8",
            false => "name the encoding it was saved with, such as --encoding windows-1252",
        };
        findings.add(finding.at(self.line(line)).remedy(remedy));
        findings.into()
    }
}
