//! A validation as tables of text, for every format that shows it as a page.

use super::{TO_REPORT, ValidationReport, in_file, not_reporting};
use crate::diagnostic::{Finding, FindingGroup, Severity};
use crate::words::counted;

/// One table under its heading.
pub struct ValidationSection {
    /// What it holds.
    pub heading: &'static str,
    /// The same as the name of a sheet.
    pub sheet: &'static str,
    /// True where its rows are queries, too.
    pub is_of_queries: bool,
    /// The headings of its columns.
    pub header: &'static [&'static str],
    /// Its rows, each of as many cells.
    pub rows: Vec<Vec<String>>,
}

/// Said where the input was refused.
pub const REFUSED: &str = "Nothing else was checked: fix the errors above first.";

/// `Validation of 5 cases (cases.csv)`
pub fn title(report: &ValidationReport<'_>) -> String {
    let names = report.names().join(", ");
    match report.is_refused {
        true => format!("Validation of {names}: refused"),
        false => format!("Validation of {} ({names})", counted(report.validation.cases, "case")),
    }
}

/// The tables that have rows.
pub fn sections(report: &ValidationReport<'_>) -> Vec<ValidationSection> {
    const FINDING: [&str; 5] = ["finding", "place", "value", "what", "what to do"];
    let of_severity = |(severity, heading): (Severity, &'static str)| {
        let rows = report.groups(severity).flat_map(|(group, _)| of_group(group)).collect();
        ValidationSection { heading, sheet: heading, is_of_queries: severity != Severity::Note, header: &FINDING, rows }
    };
    let mut sections: Vec<ValidationSection> =
        Severity::ALL.into_iter().zip(["Errors", "Warnings", "Notes"]).map(of_severity).collect();
    let items = report.items_to_report().flat_map(|(group, _)| of_group(group)).collect();
    sections.push(ValidationSection {
        heading: TO_REPORT,
        sheet: "To report",
        is_of_queries: false,
        header: &["item", "place", "value", "what", "what to do"],
        rows: items,
    });
    sections.push(accepted(report));
    if !report.is_refused {
        sections.extend([items_of_checklist(report), completeness(report)]);
    }
    sections.retain(|section| !section.rows.is_empty());
    sections
}

fn of_series(heading: &'static str, header: &'static [&'static str], rows: Vec<Vec<String>>) -> ValidationSection {
    ValidationSection { heading, sheet: heading, is_of_queries: false, header, rows }
}

fn accepted(report: &ValidationReport<'_>) -> ValidationSection {
    let rows = report.validation.accepted.iter().map(|accepted| {
        let finding = &accepted.finding;
        let times = if accepted.cells > 1 { format!(" ({} times)", accepted.cells) } else { String::new() };
        let message = format!("{}{times}", finding.message);
        vec![id(finding), place(finding), value(finding), message, accepted.reason.clone()]
    });
    let header = &["finding", "place", "value", "what", "reason"];
    of_series("Accepted", header, rows.collect())
}

fn items_of_checklist(report: &ValidationReport<'_>) -> ValidationSection {
    let rows = report.validation.items.iter().map(|result| {
        let guidelines = result.item.guidelines;
        let cells = [result.item.number, guidelines, result.item.asks_for, result.state.words(), &result.found];
        cells.map(str::to_owned).to_vec()
    });
    let header = &["item", "guidelines", "asks for", "state", "found"];
    of_series("Checklist", header, rows.collect())
}

fn completeness(report: &ValidationReport<'_>) -> ValidationSection {
    let rows = report.validation.fields.list.iter().map(|field| {
        let of = field.reported.saturating_add(field.missing);
        vec![field.column.clone(), format!("{}/{of}", field.reported), not_reporting(field)]
    });
    let header = &["column", "reported", "cases not reporting"];
    of_series("Completeness", header, rows.collect())
}

/// The findings of a group: id, place, value, what is wrong, what to do.
pub fn of_group(group: &FindingGroup) -> Vec<Vec<String>> {
    let row = |finding: &Finding| {
        let remedy = finding.remedy.clone().unwrap_or_default();
        vec![id(finding), place(finding), value(finding), finding.message.clone(), remedy]
    };
    let mut rows: Vec<Vec<String>> = group.first.iter().map(row).collect();
    let more = group.total.saturating_sub(group.first.len() as u64);
    if let Some(first) = group.first.first().filter(|_| more > 0) {
        let (what, nothing) = (first.message.clone(), String::new);
        rows.push(vec![id(first), format!("{more} more"), nothing(), what, nothing()]);
    }
    rows
}

/// `follow-up-missing (C23)`
fn id(finding: &Finding) -> String {
    match finding.id.item() {
        Some(item) => format!("{} ({})", finding.id, item.number),
        None => finding.id.to_string(),
    }
}

fn value(finding: &Finding) -> String {
    finding.value.clone().unwrap_or_default()
}

/// `cases.csv:3, case P2, column ldh`
fn place(finding: &Finding) -> String {
    let location = &finding.location;
    let column = location.column.as_ref().map(|column| format!("column {column}"));
    let parts: Vec<String> = in_file(location).into_iter().chain(location.case_words()).chain(column).collect();
    parts.join(", ")
}
