//! A validation as SARIF 2.1.0 (OASIS 2020), which code scanning reads.

use super::super::json::line;
use super::ValidationReport;
use crate::check::validate::Accepted;
use crate::diagnostic::{FilePosition, Finding, explain};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    help: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Tags>,
}

#[derive(Serialize)]
struct Tags {
    tags: Vec<&'static str>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'static str,
    rule_index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    level: &'static str,
    message: Message,
    locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprint,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Count>,
}

#[derive(Serialize)]
struct Count {
    count: u64,
}

#[derive(Serialize)]
struct Fingerprint {
    #[serde(rename = "calcSeriesFinding/v1")]
    finding: String,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    name: Cow<'a, str>,
    kind: &'static str,
}

/// The log, on one line.
pub fn render(report: &ValidationReport<'_>) -> io::Result<Vec<u8>> {
    let validation = report.validation;
    let found = || validation.findings.groups().flat_map(|group| group.first.iter().map(|finding| finding.id));
    let to_report = report.items_to_report().map(|(_, first)| first.id);
    let accepted = validation.accepted.iter().map(|accepted| accepted.finding.id);
    let ids: Vec<&'static str> =
        found().chain(to_report).chain(accepted).collect::<BTreeSet<_>>().into_iter().collect();
    let mut results = Vec::new();
    let groups = validation.findings.groups().map(|group| (group, false));
    for (group, is_to_report) in groups.chain(report.items_to_report().map(|(group, _)| (group, true))) {
        for (number, finding) in group.first.iter().enumerate() {
            // The number of all of them stands with the first.
            let properties = Some(Count { count: group.total }).filter(|count| number == 0 && count.count > 1);
            let of_records = SarifResult { properties, ..result(report, finding, &ids) };
            results.push(if is_to_report { to_be_stated(of_records) } else { of_records });
        }
    }
    for Accepted { finding, reason, .. } in &validation.accepted {
        let suppressions = vec![Suppression { kind: "external", justification: reason }];
        results.push(SarifResult { suppressions, ..result(report, finding, &ids) });
    }
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        rules: ids.iter().map(|id| rule(id)).collect(),
    };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    let mut bytes = Vec::new();
    line(&mut bytes, &Log { schema: SCHEMA, version: "2.1.0", runs: [run] })?;
    Ok(bytes)
}

fn rule(id: &'static str) -> Rule {
    let (title, text, guidelines) = match explain(id) {
        Some(entry) => (entry.title, entry.text, entry.item.into_iter().chain(entry.guidelines).collect()),
        None => (id, "", Vec::new()),
    };
    let message = |text: &str| Message { text: text.to_owned() };
    let properties = Some(Tags { tags: guidelines }).filter(|tags| !tags.tags.is_empty());
    Rule { id, short_description: message(title), full_description: message(text), help: message(text), properties }
}

fn result<'a>(report: &ValidationReport<'_>, finding: &'a Finding, ids: &[&'static str]) -> SarifResult<'a> {
    let text = match (&finding.value, &finding.remedy) {
        (Some(value), Some(remedy)) => format!("'{value}': {}. What to do: {remedy}", finding.message),
        (Some(value), None) => format!("'{value}': {}", finding.message),
        (None, Some(remedy)) => format!("{}. What to do: {remedy}", finding.message),
        (None, None) => finding.message.clone(),
    };
    SarifResult {
        rule_id: finding.id,
        rule_index: ids.iter().position(|id| *id == finding.id).unwrap_or(0),
        kind: None,
        level: finding.severity.word(),
        message: Message { text },
        locations: vec![location(report, finding)],
        partial_fingerprints: Fingerprint { finding: fingerprint(finding) },
        suppressions: Vec::new(),
        properties: None,
    }
}

/// What a report will have to state is no failure: it has no level (SARIF 2.1.0, 3.27.9 and 3.27.10).
fn to_be_stated(of_records: SarifResult<'_>) -> SarifResult<'_> {
    SarifResult { kind: Some("informational"), level: "none", ..of_records }
}

fn location<'a>(report: &ValidationReport<'_>, finding: &'a Finding) -> Location<'a> {
    let at = &finding.location;
    let (region, cell) = region_and_cell(&at.position);
    let names = [(cell.map(Cow::Owned), "element"), (at.case.as_deref().map(Cow::Borrowed), "object")];
    let column = (at.column.as_deref().map(Cow::Borrowed), "member");
    let logical = names.into_iter().chain([column]);
    Location {
        physical_location: PhysicalLocation { artifact_location: Artifact { uri: uri(report.path(at)) }, region },
        logical_locations: logical.filter_map(|(name, kind)| Some(LogicalLocation { name: name?, kind })).collect(),
    }
}

/// The region of a text, or the name of a cell of a workbook, which has no lines.
/// A finding about the whole file is shown on its first line.
fn region_and_cell(position: &FilePosition) -> (Option<Region>, Option<String>) {
    let region = |line: u64, start_column| Some(Region { start_line: line.max(1), start_column });
    match position {
        FilePosition::Whole => (region(1, None), None),
        FilePosition::Line(line) | FilePosition::Json { line, .. } => (region(*line, None), None),
        FilePosition::Character { line, character } => (region(*line, Some(*character)), None),
        FilePosition::Cell(cell) => (None, Some(cell.to_string())),
        FilePosition::Composed(record) => {
            let (line, cell) = record.line_or_cell();
            (line.and_then(|line| region(line, None)), cell)
        }
    }
}

/// What makes a finding the same one after lines were added above it: no line is part of it.
fn fingerprint(finding: &Finding) -> String {
    let place = &finding.location;
    let none = String::new();
    let parts = [
        finding.id,
        place.file.as_deref().unwrap_or_default(),
        place.case.as_ref().unwrap_or(&none),
        place.column.as_ref().unwrap_or(&none),
        finding.value.as_ref().unwrap_or(&none),
        &finding.message,
    ];
    let digest = Sha256::digest(parts.join("\u{1f}"));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// A relative reference (RFC 3986) to a path.
fn uri(path: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    let path = path.replace('\\', "/");
    path.bytes().map(|b| if is_plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("data\\my cases/é.csv"), "data/my%20cases/%C3%A9.csv");
    }
}
