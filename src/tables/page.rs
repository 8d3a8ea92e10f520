//! The findings of a validation and the verdicts of an audit as tables of a page.

use super::audit::{AuditReport, ClaimEntry};
use super::{Depth, Table};
use crate::check::validate::Validation;
use crate::diagnostic::{Finding, Findings, Severity};

/// What validation finds, and what a report will have to state; each table only where it has rows.
pub fn findings_of(validation: &Validation) -> Vec<Table> {
    let found = findings("Findings of validation", &validation.findings);
    let to_report =
        findings("To report: what readers will look for and the records do not tell", &validation.to_report);
    [found, to_report].into_iter().filter(|table| !table.rows.is_empty()).collect()
}

fn findings(title: &str, findings: &Findings) -> Table {
    let mut table = Table::new(title, &["Finding", "Place", "What", "What to do"]);
    for group in findings.groups() {
        for finding in &group.first {
            table.push(Depth::Variable, row(finding));
        }
        let more = group.total.saturating_sub(group.first.len() as u64);
        if let Some(first) = group.first.first().filter(|_| more > 0) {
            table.push(Depth::Variable, [name(first), format!("{more} more"), first.message.clone()]);
        }
    }
    table
}

fn row(finding: &Finding) -> [String; 4] {
    let value = finding.value.as_deref().map_or(String::new(), |value| format!(": '{value}'"));
    let remedy = finding.remedy.clone().unwrap_or_default();
    [name(finding), place(finding), format!("{}{value}", finding.message), remedy]
}

fn name(finding: &Finding) -> String {
    match finding.severity {
        Severity::Error | Severity::Warning => format!("{}: {}", finding.severity.word(), finding.id),
        Severity::Note => finding.id.to_string(),
    }
}

/// `cases.csv line 3, case P2, column ldh`
fn place(finding: &Finding) -> String {
    let location = &finding.location;
    let file = location.file.as_deref().map(|file| format!("{file}{}", location.position));
    let column = location.column.as_ref().map(|column| format!("column {column}"));
    file.into_iter().chain(location.case_words()).chain(column).collect::<Vec<_>>().join(", ")
}

/// The claims by verdict, those that need a decision first.
pub fn verdicts_of(audit: &AuditReport) -> Vec<Table> {
    let title = |heading: &str| format!("Audit: {}", heading.to_lowercase());
    let mut tables: Vec<Table> = Vec::new();
    for section in &audit.sections {
        let mut table =
            Table::new(&title(&section.heading), &["Claim", "What the report says", "What the records give"]);
        section.entries.iter().for_each(|entry| table.push(Depth::Variable, claim(entry)));
        tables.push(table);
    }
    if let Some(first) = tables.first_mut() {
        first.notes.push(super::Note { text: format!("{} {}", audit.title, audit.tally), ..super::Note::default() });
    }
    tables
}

fn claim(entry: &ClaimEntry) -> [String; 3] {
    let place = if entry.place.is_empty() { String::new() } else { format!(" ({})", entry.place) };
    let given = std::iter::once(&entry.given).filter(|given| !given.is_empty());
    let given: Vec<&str> = given.chain(&entry.remarks).map(String::as_str).collect();
    [format!("{}{place}", entry.id), entry.says.clone(), given.join("; ")]
}
