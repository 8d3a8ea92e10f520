//! A summary as a workbook: the tables as seen, every result as a number, the findings.

use super::book::{BookCell, BookWriter, Look, PATIENT_LEVEL, Sheet};
use super::table;
use crate::analyze::results::{ResultRow, Value};
use crate::render::Summary;
use crate::render::validation::sections::of_group;
use crate::tables::number::printed_with;
use std::io;

/// The columns of results behind those of the groups.
const RESULTS: [&str; 9] =
    ["key", "variable", "level", "statistic", "value", "printed", "unit", "method", "no value because"];
const FINDINGS: [&str; 6] = ["severity", "finding", "place", "value", "what", "what to do"];

/// The workbook.
///
/// Errors: more results than a sheet has rows.
pub fn summary(summary: &Summary<'_>) -> io::Result<Vec<u8>> {
    let mut book = BookWriter::new(&summary.report.title)?;
    tables(summary, book.sheet("Table 1")?)?;
    if summary.report.is_brief {
        return book.packed();
    }
    results(summary, book.sheet("Results")?)?;
    // Under suppression there are none.
    if !summary.findings.is_empty() {
        findings(summary, book.sheet("Findings")?)?;
    }
    book.packed()
}

fn tables(summary: &Summary<'_>, mut sheet: Sheet<'_>) -> io::Result<()> {
    sheet.note(Look::Caption, summary.report.title.as_str())?;
    sheet.skip();
    summary.report.tables.iter().try_for_each(|one| table::write(one, &mut sheet))?;
    summary.report.footnotes.iter().try_for_each(|note| sheet.note(Look::Plain, note.as_str()))?;
    sheet.finished()
}

/// One row a statistic, unrounded.
fn results(summary: &Summary<'_>, mut sheet: Sheet<'_>) -> io::Result<()> {
    let groups = summary.results.grouping_variables();
    let of_groups = (1..=groups).flat_map(|number| [format!("group {number}"), format!("group {number}, level")]);
    let of_groups: Vec<String> = of_groups.collect();
    let first = sheet.next_row();
    sheet.heading(of_groups.iter().map(String::as_str).chain(RESULTS))?;
    summary.results.each_part(&mut |rows| rows.iter().try_for_each(|row| result(row, groups, summary, &mut sheet)))?;
    sheet.filtered(first)?;
    sheet.finished()
}

fn result(row: &ResultRow, groups: usize, summary: &Summary<'_>, sheet: &mut Sheet<'_>) -> io::Result<()> {
    let levels = row.group.as_ref().map(|group| group.levels.as_slice()).unwrap_or_default();
    let of_group = |number: usize| {
        let (name, level) = levels.get(number).map_or(("", None), |(name, level)| (name.as_str(), level.as_deref()));
        [name, level.unwrap_or_default()]
    };
    let reason = match &row.value {
        Value::NotEstimable(reason) => reason.to_string(),
        Value::Masked => "masked".to_owned(),
        Value::Count(_) | Value::Exact(_) | Value::Real(_) | Value::Date(_) | Value::Censored(..) => String::new(),
    };
    let (printed, method) = (printed_with(row, summary.style), row.method.as_ref().map(ToString::to_string));
    let text = |text: &'_ Option<String>| text.clone().unwrap_or_default();
    let (variable, level, unit) = (text(&row.variable), text(&row.level), text(&row.unit));
    let value = row.value.number().map_or(BookCell::Text("", ""), |number| BookCell::Number(number, ""));
    let before = [row.key.as_str(), &variable, &level, row.statistic.name()].map(BookCell::from);
    let behind = [printed.as_str(), &unit, method.as_deref().unwrap_or_default(), &reason].map(BookCell::from);
    let of_groups = (0..groups).flat_map(of_group).map(BookCell::from);
    sheet.line(Look::Plain, Look::Plain, of_groups.chain(before).chain([value]).chain(behind))
}

fn findings(summary: &Summary<'_>, mut sheet: Sheet<'_>) -> io::Result<()> {
    sheet.note(Look::Slanted, PATIENT_LEVEL)?;
    let first = sheet.next_row();
    sheet.heading(FINDINGS)?;
    for group in summary.findings.groups() {
        let severity = group.first.first().map_or("", |finding| finding.severity.word());
        for row in of_group(group) {
            let cells = std::iter::once(severity).chain(row.iter().map(String::as_str));
            sheet.line(Look::Plain, Look::Plain, cells.map(BookCell::from))?;
        }
    }
    sheet.filtered(first)?;
    sheet.finished()
}
