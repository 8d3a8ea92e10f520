//! A validation in GitHub's Markdown, for an issue, a pull request or the notes of a study.

use super::super::markdown::escaped;
use super::{TO_REPORT, ValidationReport, cases, checklist, in_file, not_reporting};
use crate::diagnostic::{Finding, FindingGroup, Severity};

/// The page.
pub fn render(report: &ValidationReport<'_>) -> String {
    let names = escaped(&report.names().join(", "));
    let mut text = match report.is_refused {
        true => format!("# Validation of {names}: refused\n\n{}\n", report.counts()),
        false => format!("# Validation of {} ({names})\n\n{}\n", cases(report.validation.cases), report.counts()),
    };
    if let Some(filter) = &report.validation.filter {
        text.push_str(&format!("\n{}\n", escaped(filter)));
    }
    for (severity, heading) in Severity::ALL.into_iter().zip(["Errors", "Warnings", "Notes"]) {
        let rows: Vec<String> = report.groups(severity).flat_map(|(group, _)| rows(group)).collect();
        table(&mut text, heading, &["finding", "place", "value", "what", "what to do"], rows);
    }
    let items: Vec<String> = report.items_to_report().flat_map(|(group, _)| rows(group)).collect();
    table(&mut text, TO_REPORT, &["item", "place", "value", "what", "what to do"], items);
    let accepted = report.validation.accepted.iter().map(|accepted| {
        let finding = &accepted.finding;
        let message = if accepted.cells > 1 {
            format!("{} ({} times)", finding.message, accepted.cells)
        } else {
            finding.message.clone()
        };
        line([id(finding), place(finding), value(finding), escaped(&message), escaped(&accepted.reason)])
    });
    table(&mut text, "Accepted", &["finding", "place", "value", "what", "reason"], accepted.collect());
    if report.is_refused {
        text.push_str("\nNothing else was checked: fix the errors above first.\n");
        return text;
    }
    let items = report.validation.items.iter().map(|result| {
        let guidelines = checklist(result.item.id).map_or("", |(_, guidelines)| guidelines);
        let cells = [result.item.number, guidelines, result.item.asks_for, result.state.words(), &result.found];
        line(cells.map(escaped))
    });
    table(&mut text, "Checklist", &["item", "guidelines", "asks for", "state", "found"], items.collect());
    let fields = report.validation.fields.list.iter().map(|field| {
        let of = field.reported.saturating_add(field.missing);
        line([escaped(&field.column), format!("{}/{of}", field.reported), escaped(&not_reporting(field))])
    });
    table(&mut text, "Completeness", &["column", "reported", "cases not reporting"], fields.collect());
    text.push_str("\n## Scores\n\n");
    report.scores().iter().for_each(|score| text.push_str(&format!("- {}\n", escaped(score))));
    text
}

fn table(text: &mut String, heading: &str, header: &[&str], rows: Vec<String>) {
    if rows.is_empty() {
        return;
    }
    let rule: String = header.iter().map(|_| " --- |").collect();
    text.push_str(&format!("\n## {heading}\n\n| {} |\n|{rule}\n{}", header.join(" | "), rows.concat()));
}

fn line<const N: usize>(cells: [String; N]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn rows(group: &FindingGroup) -> Vec<String> {
    let row = |finding: &Finding| {
        let remedy = finding.remedy.as_deref().map_or(String::new(), escaped);
        line([id(finding), place(finding), value(finding), escaped(&finding.message), remedy])
    };
    let mut rows: Vec<String> = group.first.iter().map(row).collect();
    let more = group.total.saturating_sub(group.first.len() as u64);
    if let Some(first) = group.first.first().filter(|_| more > 0) {
        rows.push(line([id(first), format!("{more} more"), String::new(), escaped(&first.message), String::new()]));
    }
    rows
}

fn id(finding: &Finding) -> String {
    checklist(finding.id)
        .map_or_else(|| escaped(finding.id), |(number, _)| format!("{} ({number})", escaped(finding.id)))
}

fn value(finding: &Finding) -> String {
    finding.value.as_deref().map_or(String::new(), escaped)
}

/// `cases.csv:3, case P2, column ldh`
fn place(finding: &Finding) -> String {
    let location = &finding.location;
    let column = location.column.as_ref().map(|column| format!("column {column}"));
    let parts: Vec<String> = in_file(location).into_iter().chain(location.case_words()).chain(column).collect();
    escaped(&parts.join(", "))
}
