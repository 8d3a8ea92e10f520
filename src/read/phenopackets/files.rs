//! Where phenopackets are: in a folder, in an array, on lines, in a cohort.

use super::packet::Packet;
use crate::diagnostic::{Finding, FindingId, Findings, Severity, SourceLocation};
use crate::error::Error;
use crate::read::block::line_ends;
use crate::read::bytes::{STDIN, name_of};
use crate::read::json::{ForeignDocument, foreign_document};
use crate::read::text_file::read_text;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::path::{Path, PathBuf};

/// Most bytes of the phenopackets of a folder: they are in memory meanwhile.
const LARGEST: usize = 256 << 20;

/// A file with its phenopackets, each with the line on which it begins.
pub struct PacketFile {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// The patients.
    pub packets: Vec<(Packet, u32)>,
}

/// Files of phenopackets.
pub struct PacketFiles {
    /// The files.
    pub files: Vec<PacketFile>,
    /// The names of files beside them that are none.
    pub others: Vec<String>,
}

/// The phenopackets of a file, or of the files of a folder, and the names of files in it that are none; nothing where
/// there is none.
///
/// Errors: a file that cannot be read, and a record that is no phenopacket.
pub fn packet_files(path: &Path) -> Result<Option<PacketFiles>, Error> {
    if path == Path::new(STDIN) {
        return Ok(None);
    }
    if !path.is_dir() {
        let is_packet = foreign_document(path)? == Some(ForeignDocument::Phenopacket);
        return if is_packet {
            Ok(Some(PacketFiles { files: vec![read(path)?], others: Vec::new() }))
        } else {
            Ok(None)
        };
    }
    let entries = std::fs::read_dir(path).map_err(|fault| Error::io_at(path, fault))?;
    let mut paths: Vec<PathBuf> =
        entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    let (mut files, mut others, mut size) = (Vec::new(), Vec::new(), 0_usize);
    for path in paths {
        match foreign_document(&path)? {
            Some(ForeignDocument::Phenopacket) => {
                let file = read(&path)?;
                size = size.saturating_add(file.text.len());
                files.push(file);
            }
            _ => others.push(name_of(&path)),
        }
        if size > LARGEST {
            let message = format!("the phenopackets of this folder have more than {} MiB", LARGEST >> 20);
            return Err(Error::usage_with(message, "put some of them into a folder of their own"));
        }
    }
    Ok((!files.is_empty()).then_some(PacketFiles { files, others }))
}

fn read(path: &Path) -> Result<PacketFile, Error> {
    let text = read_text(path)?;
    let mut findings = Findings::default();
    let mut packets = Vec::new();
    match records(&text) {
        Err((message, line)) => findings.add(refusal(path, line, message)),
        Ok(records) => {
            for (record, line) in records {
                let value: Option<Value> = serde_json::from_str(record).ok();
                match value.as_ref().and_then(Packet::read) {
                    Some(packet) => packets.push((packet, line)),
                    None => findings.add(refusal(
                        path,
                        line,
                        "this record is not a phenopacket with an id and a subject".to_owned(),
                    )),
                }
            }
        }
    }
    if findings.is_empty() { Ok(PacketFile { path: path.to_owned(), text, packets }) } else { Err(findings.into()) }
}

fn refusal(path: &Path, line: u32, message: String) -> Finding {
    let place = SourceLocation { file: Some(name_of(path).into()), ..SourceLocation::line(line.into()) };
    Finding::new(FindingId::Phenopacket, message)
        .severity(Severity::Error)
        .at(place)
        .remedy("correct the record, or take it out of the file")
}

#[derive(Deserialize)]
struct PacketCohort<'t> {
    #[serde(borrow)]
    members: Vec<&'t RawValue>,
}

/// The records of a text, each with its line: an array, lines, or one alone; the members of each cohort among them.
///
/// Errors: a text that is no JSON, and the line of the fault.
fn records(text: &str) -> Result<Vec<(&str, u32)>, (String, u32)> {
    let body = text.trim_start_matches('\u{FEFF}').trim();
    let fault = |fault: serde_json::Error| (format!("no JSON: {fault}"), u32::try_from(fault.line()).unwrap_or(1));
    // Records are in the order of the text: each looks at the lines since the one before it.
    let (mut counted, mut lines) = (0, 1_u64);
    let mut line = |record: &str| {
        let at = (record.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        lines = lines.saturating_add(line_ends(text.as_bytes().get(counted..at).unwrap_or_default()));
        counted = counted.max(at);
        u32::try_from(lines).unwrap_or(u32::MAX)
    };
    let raw: Vec<&RawValue> = if body.starts_with('[') {
        serde_json::from_str(body).map_err(fault)?
    } else {
        serde_json::Deserializer::from_str(body).into_iter().collect::<Result<_, _>>().map_err(fault)?
    };
    let records = raw.into_iter().flat_map(|record| match serde_json::from_str(record.get()) {
        Ok(PacketCohort { members }) => members,
        Err(_) => vec![record],
    });
    Ok(records.map(|record| record.get()).map(|record| (record, line(record))).collect())
}
