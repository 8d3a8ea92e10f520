//! A validation in GitHub's Markdown, for an issue, a pull request or the notes of a study.

use super::super::markdown::escaped;
use super::ValidationReport;
use super::sections::{REFUSED, ValidationSection, sections, title};

/// The page.
pub fn render(report: &ValidationReport<'_>) -> String {
    let mut text = format!("# {}\n\n{}\n", escaped(&title(report)), report.counts());
    if let Some(filter) = &report.validation.filter {
        text.push_str(&format!("\n{}\n", escaped(filter)));
    }
    sections(report).iter().for_each(|section| text.push_str(&table(section)));
    if report.is_refused {
        text.push_str(&format!("\n{REFUSED}\n"));
        return text;
    }
    text.push_str("\n## Scores\n\n");
    report.scores().iter().for_each(|score| text.push_str(&format!("- {}\n", escaped(score))));
    text
}

fn table(section: &ValidationSection) -> String {
    let rule: String = section.header.iter().map(|_| " --- |").collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rows: String = section.rows.iter().map(line).collect();
    format!("\n## {}\n\n| {} |\n|{rule}\n{rows}", section.heading, section.header.join(" | "))
}
