//! A scan as JSON; as text and Markdown it is an audit.

pub(super) mod sarif;

use super::json::write;
use crate::check::scan::{Scan, ScanItem, ScanVerdict};
use crate::tables::audit::AuditReport;
use crate::words::Word;
use serde_json::{Map, Value, json};
use std::io;

/// The version of the object; it changes when a member changes its meaning.
pub const FORMAT: &str = "calc-series.scan/1";

/// The JSON Schema of the object.
pub const SCHEMA: &str = include_str!("scan.schema.json");

/// What a scan is rendered from.
pub struct ScanOutput<'a> {
    /// Name of the manuscript.
    pub name: &'a str,
    /// Its path, below the folder of the run where it is there.
    pub path: &'a str,
    /// What was found in it.
    pub scan: &'a Scan,
    /// The same as text.
    pub report: &'a AuditReport,
}

/// The scan as one JSON object.
pub(super) fn json(output: &ScanOutput<'_>) -> io::Result<Vec<u8>> {
    let ScanOutput { name, scan, .. } = output;
    let tally: Map<String, Value> =
        ScanVerdict::EVERY.iter().map(|verdict| (key(*verdict), scan.count(*verdict).into())).collect();
    let object = json!({
        "format": FORMAT,
        "tool": { "name": "calc-series", "version": env!("CARGO_PKG_VERSION") },
        "manuscript": name,
        "numbers": scan.numbers,
        "checked": scan.checked,
        "tally": tally,
        "items": scan.items.iter().map(item).collect::<Vec<_>>(),
    });
    let mut bytes = Vec::new();
    write(&mut bytes, &object)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A word as a name in JSON: `not_checkable`.
fn key(word: impl Word) -> String {
    word.as_word().replace('-', "_")
}

fn item(item: &ScanItem) -> Value {
    let cell = item.place.cell.map(|cell| json!({ "table": cell.table, "row": cell.row, "column": cell.column }));
    json!({
        "passage": item.place.passage,
        "line": item.place.line,
        "cell": cell,
        "relation": key(item.relation),
        "verdict": key(item.verdict),
        "printed": item.excerpt,
        "sentence": item.sentence,
    })
}
