//! The summary as one JSON object for scripts; `summary.schema.json` describes it.

mod row;

use super::Summary;
use crate::analyze::ResultParts;
use crate::diagnostic::{CaseName, FilePosition, Finding, FindingGroup};
use crate::tables::style::Style;
use row::append;
use serde::ser::Serialize;
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// The version of the object; it changes when a member changes its meaning.
pub const FORMAT: &str = "calc-series.summary/2";

/// The JSON Schema of the object.
pub const SCHEMA: &str = include_str!("summary.schema.json");

#[derive(serde::Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(serde::Serialize)]
struct FindingEntry<'a> {
    id: &'static str,
    severity: &'static str,
    column: Option<&'a str>,
    count: u64,
    message: &'a str,
    remedy: Option<&'a str>,
    first: Vec<LocatedFinding<'a>>,
}

/// One finding of a group: where it is, what was found there and what it means.
#[derive(serde::Serialize)]
pub(super) struct LocatedFinding<'a> {
    file: Option<&'a str>,
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'a str>,
    /// A cell of a workbook, such as `Patients!C7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    case: Option<&'a str>,
    value: Option<&'a str>,
    message: &'a str,
    /// Written where each finding has a remedy of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Option<&'a str>>,
}

/// Bytes that are written at once.
const CHUNK: usize = 1 << 16;

/// The whole object, with a line end behind it: one line a member, one line a result or finding.
pub fn render(summary: &Summary<'_>, out: &mut dyn Write) -> io::Result<()> {
    let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    let conventions: serde_json::Map<String, serde_json::Value> =
        summary.conventions.iter().map(|c| (c.name.to_owned(), value_of(&c.value))).collect();
    let mut bytes = b"{".to_vec();
    member(&mut bytes, "\n", "format", &FORMAT)?;
    member(&mut bytes, ",\n", "tool", &tool)?;
    member(&mut bytes, ",\n", "inputs", summary.inputs)?;
    member(&mut bytes, ",\n", "conventions", &conventions)?;
    member(&mut bytes, ",\n", "cases", &summary.cases)?;
    bytes.extend_from_slice(b",\n  \"results\": [");
    let mut before = "\n    ";
    summary.results.each_part(&mut |rows| {
        for row in rows {
            bytes.extend_from_slice(before.as_bytes());
            append(&mut bytes, row, summary.style)?;
            before = ",\n    ";
            write_chunk(&mut bytes, out)?;
        }
        Ok(())
    })?;
    bytes.extend_from_slice(end_of_list(before));
    list(&mut bytes, "findings", summary.findings.groups().filter_map(finding))?;
    bytes.extend_from_slice(b"\n}\n");
    out.write_all(&bytes)
}

/// One result a line, with the members it has in the object; conventions and findings stand in the object only.
pub fn lines(results: &dyn ResultParts, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    results.each_part(&mut |rows| {
        rows.iter().try_for_each(|row| {
            append(&mut bytes, row, style)?;
            bytes.push(b'\n');
            write_chunk(&mut bytes, out)
        })
    })?;
    out.write_all(&bytes)
}

/// Writes the bytes once there are enough of them.
fn write_chunk(bytes: &mut Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
    if bytes.len() >= CHUNK {
        out.write_all(bytes)?;
        bytes.clear();
    }
    Ok(())
}

/// Appends an object and a line end.
pub(super) fn line<T: Serialize>(bytes: &mut Vec<u8>, value: &T) -> io::Result<()> {
    write(bytes, value)?;
    bytes.push(b'\n');
    Ok(())
}

/// Appends a member of the object.
pub(super) fn member<T: Serialize + ?Sized>(
    bytes: &mut Vec<u8>,
    before: &str,
    name: &str,
    value: &T,
) -> io::Result<()> {
    bytes.extend_from_slice(format!("{before}  \"{name}\": ").as_bytes());
    write(bytes, value)
}

/// Appends a member that is a list, one item a line.
pub(super) fn list<T: Serialize>(bytes: &mut Vec<u8>, name: &str, items: impl Iterator<Item = T>) -> io::Result<()> {
    bytes.extend_from_slice(format!(",\n  \"{name}\": [").as_bytes());
    let mut before = "\n    ";
    for item in items {
        bytes.extend_from_slice(before.as_bytes());
        write(bytes, &item)?;
        before = ",\n    ";
    }
    bytes.extend_from_slice(end_of_list(before));
    Ok(())
}

/// The end of a list, by what would stand before its next item: `[]` where there is none.
fn end_of_list(before: &str) -> &'static [u8] {
    if before.starts_with(',') { b"\n  ]" } else { b"]" }
}

/// Appends a value as JSON.
pub(super) fn write<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, value: &T) -> io::Result<()> {
    Ok(value.serialize(&mut serde_json::Serializer::with_formatter(bytes, Guarded))?)
}

/// A convention that is a number is written as a number.
fn value_of(text: &str) -> serde_json::Value {
    serde_json::from_str(text).ok().filter(serde_json::Value::is_number).unwrap_or_else(|| text.into())
}

fn finding(group: &FindingGroup) -> Option<FindingEntry<'_>> {
    let first = group.first.first()?;
    Some(FindingEntry {
        id: first.id.word(),
        severity: first.severity.word(),
        column: first.location.column.as_deref(),
        count: group.total,
        message: &first.message,
        remedy: first.remedy.as_deref(),
        first: group.first.iter().map(located).collect(),
    })
}

/// A finding with its location, without its remedy.
pub(super) fn located(finding: &Finding) -> LocatedFinding<'_> {
    let location = &finding.location;
    let (line, pointer, cell) = match &location.position {
        FilePosition::Whole => (None, None, None),
        FilePosition::Line(line) | FilePosition::Character { line, .. } => (Some(*line), None, None),
        FilePosition::Json { line, pointer } => (Some(*line), Some(pointer.as_str()), None),
        FilePosition::Cell(cell) => (None, None, Some(cell.to_string())),
        FilePosition::Composed(record) => {
            let (line, cell) = record.line_or_cell();
            (line, None, cell)
        }
    };
    LocatedFinding {
        file: location.file.as_deref(),
        line,
        pointer,
        cell,
        case: location.case.as_ref().map(CaseName::as_str),
        value: finding.value.as_deref(),
        message: &finding.message,
        remedy: None,
    }
}

/// JSON that also escapes DEL, C1 controls and bidirectional marks, which JSON allows raw and a
/// terminal obeys.
struct Guarded;

impl Formatter for Guarded {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Nearly every text is ASCII, which is looked at many bytes at a time.
        if fragment.is_ascii() && !fragment.as_bytes().contains(&0x7F) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| must_be_escaped(*c)) {
            writer.write_all(rest.get(..at).unwrap_or_default().as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = rest.get(at + c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

fn must_be_escaped(c: char) -> bool {
    !c.is_ascii() && crate::diagnostic::is_unsafe(c) || c == '\u{7f}'
}
