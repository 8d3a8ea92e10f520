//! A validation as SARIF 2.1.0 (OASIS 2020), which code scanning reads.

use super::super::sarif::{
    Fingerprint, Location, LogicalLocation, Message, Region, Rule, SarifCount, SarifResult, SarifSuppression, Tags,
    fingerprint_of, log, physical,
};
use super::ValidationReport;
use crate::check::validate::Accepted;
use crate::diagnostic::{CaseName, FilePosition, Finding, FindingId};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

/// The log, on one line.
pub fn render(report: &ValidationReport<'_>) -> io::Result<Vec<u8>> {
    let validation = report.validation;
    let found = || validation.findings.groups().flat_map(|group| group.first.iter().map(|finding| finding.id));
    let to_report = report.items_to_report().map(|(_, first)| first.id);
    let accepted = validation.accepted.iter().map(|accepted| accepted.finding.id);
    let ids: Vec<FindingId> = found().chain(to_report).chain(accepted).collect::<BTreeSet<_>>().into_iter().collect();
    let mut results = Vec::new();
    let groups = validation.findings.groups().map(|group| (group, false));
    for (group, is_to_report) in groups.chain(report.items_to_report().map(|(group, _)| (group, true))) {
        for (number, finding) in group.first.iter().enumerate() {
            // The number of all of them stands with the first.
            let properties = Some(SarifCount { count: group.total }).filter(|count| number == 0 && count.count > 1);
            let of_records = SarifResult { properties, ..result(report, finding, &ids) };
            results.push(if is_to_report { to_be_stated(of_records) } else { of_records });
        }
    }
    for Accepted { finding, reason, .. } in &validation.accepted {
        let suppressions = vec![SarifSuppression { kind: "external", justification: reason }];
        results.push(SarifResult { suppressions, ..result(report, finding, &ids) });
    }
    log(ids.iter().map(|id| rule(*id)).collect(), results)
}

fn rule(id: FindingId) -> Rule {
    let entry = id.entry();
    let guidelines = id.item().map_or_else(Vec::new, |item| vec![item.number, item.guidelines]);
    let message = |text: &str| Message { text: text.to_owned() };
    let properties = Some(Tags { tags: guidelines }).filter(|tags| !tags.tags.is_empty());
    Rule {
        id: id.word(),
        short_description: message(entry.title),
        full_description: message(entry.text),
        help: message(entry.text),
        properties,
    }
}

fn result<'a>(report: &ValidationReport<'_>, finding: &'a Finding, ids: &[FindingId]) -> SarifResult<'a> {
    let text = match (&finding.value, &finding.remedy) {
        (Some(value), Some(remedy)) => format!("'{value}': {}. What to do: {remedy}", finding.message),
        (Some(value), None) => format!("'{value}': {}", finding.message),
        (None, Some(remedy)) => format!("{}. What to do: {remedy}", finding.message),
        (None, None) => finding.message.clone(),
    };
    SarifResult {
        rule_id: finding.id.word(),
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
    let names =
        [(cell.map(Cow::Owned), "element"), (at.case.as_ref().map(|case| Cow::Borrowed(case.as_str())), "object")];
    let column = (at.column.as_deref().map(Cow::Borrowed), "member");
    let logical = names.into_iter().chain([column]);
    Location {
        physical_location: physical(report.path(at), region),
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
        finding.id.word(),
        place.file.as_deref().unwrap_or_default(),
        place.case.as_ref().map_or("", CaseName::as_str),
        place.column.as_ref().unwrap_or(&none),
        finding.value.as_ref().unwrap_or(&none),
        &finding.message,
    ];
    fingerprint_of(&parts)
}
