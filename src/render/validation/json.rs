//! A validation as one object for scripts.

use super::super::json::{LocatedFinding, list, located, member};
use super::ValidationReport;
use crate::diagnostic::{Finding, FindingGroup};
use serde::Serialize;
use std::io;

/// The version of the object; it changes when a member changes its meaning.
const FORMAT: &str = "calc-series.validation/2";

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct FindingObject<'a> {
    id: &'static str,
    item: Option<&'static str>,
    severity: &'static str,
    column: Option<&'a str>,
    count: u64,
    first: Vec<LocatedFinding<'a>>,
}

/// What a report will have to state: it has no severity.
#[derive(Serialize)]
struct ToReportEntry<'a> {
    id: &'static str,
    item: Option<&'static str>,
    column: Option<&'a str>,
    count: u64,
    first: Vec<LocatedFinding<'a>>,
}

#[derive(Serialize)]
struct AcceptedEntry<'a> {
    id: &'static str,
    severity: &'static str,
    column: Option<&'a str>,
    count: u64,
    #[serde(flatten)]
    located: LocatedFinding<'a>,
    reason: &'a str,
}

#[derive(Serialize)]
struct ItemEntry<'a> {
    number: &'static str,
    id: &'static str,
    guidelines: &'static str,
    asks_for: &'static str,
    state: &'static str,
    found: &'a str,
}

#[derive(Serialize)]
struct FieldEntry<'a> {
    column: &'a str,
    reported: u64,
    not_reported: u64,
    first_not_reported: &'a [String],
}

#[derive(Serialize)]
struct ScoresObject {
    items_satisfied: u64,
    items_applicable: u64,
    cells_reported: u64,
    cells: u64,
}

/// The object, with a line end behind it: one line a member, one line a finding, item or column.
pub fn render(report: &ValidationReport<'_>) -> io::Result<Vec<u8>> {
    let validation = report.validation;
    let ((items_satisfied, items_applicable), (cells_reported, cells)) =
        (validation.items_satisfied(), validation.fields.cells());
    let mut bytes = b"{".to_vec();
    member(&mut bytes, "\n", "format", &FORMAT)?;
    let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    member(&mut bytes, ",\n", "tool", &tool)?;
    member(&mut bytes, ",\n", "inputs", &report.names())?;
    member(&mut bytes, ",\n", "refused", &report.is_refused)?;
    member(&mut bytes, ",\n", "cases", &Some(validation.cases).filter(|_| !report.is_refused))?;
    member(&mut bytes, ",\n", "filter", &validation.filter)?;
    list(&mut bytes, "findings", validation.findings.groups().filter_map(finding))?;
    let to_report = report.items_to_report().map(|(group, first)| ToReportEntry {
        id: first.id.word(),
        item: first.id.item().map(|item| item.number),
        column: first.location.column.as_deref(),
        count: group.total,
        first: group.first.iter().map(with_remedy).collect(),
    });
    list(&mut bytes, "to_report", to_report)?;
    let accepted = validation.accepted.iter().map(|one| AcceptedEntry {
        id: one.finding.id.word(),
        severity: one.finding.severity.word(),
        column: one.finding.location.column.as_deref(),
        count: one.cells,
        located: with_remedy(&one.finding),
        reason: &one.reason,
    });
    list(&mut bytes, "accepted", accepted)?;
    let items = validation.items.iter().map(|result| ItemEntry {
        number: result.item.number,
        id: result.id.word(),
        guidelines: result.item.guidelines,
        asks_for: result.item.asks_for,
        state: result.state.words(),
        found: &result.found,
    });
    list(&mut bytes, "items", items)?;
    let fields = validation.fields.list.iter().map(|field| FieldEntry {
        column: &field.column,
        reported: field.reported,
        not_reported: field.missing,
        first_not_reported: &field.first,
    });
    list(&mut bytes, "fields", fields)?;
    member(&mut bytes, ",\n", "scores", &ScoresObject { items_satisfied, items_applicable, cells_reported, cells })?;
    bytes.extend_from_slice(b"\n}\n");
    Ok(bytes)
}

fn finding(group: &FindingGroup) -> Option<FindingObject<'_>> {
    let first = group.first.first()?;
    Some(FindingObject {
        id: first.id.word(),
        item: first.id.item().map(|item| item.number),
        severity: first.severity.word(),
        column: first.location.column.as_deref(),
        count: group.total,
        first: group.first.iter().map(with_remedy).collect(),
    })
}

fn with_remedy(finding: &Finding) -> LocatedFinding<'_> {
    let mut entry = located(finding);
    entry.remedy = Some(finding.remedy.as_deref());
    entry
}
