//! The list that data managers send back: one row a query, with an empty column for the answer.

use super::{ValidationReport, in_file};
use crate::diagnostic::{Finding, FindingGroup, Severity, SourceLocation};
use crate::render::csv::{records, safe_text};
use std::io;

/// The column to write in.
pub const ANSWER: &str = "answer";
/// The columns.
pub const HEADER: [&str; 10] =
    ["query", "case", "column", "place", "value", "problem", "what to do", ANSWER, "finding", "severity"];

/// The queries as a sheet, separated by `delimiter`.
///
/// Errors: bytes that cannot be written.
pub fn delimited(report: &ValidationReport<'_>, delimiter: u8) -> io::Result<Vec<u8>> {
    let header = HEADER.map(str::to_owned).to_vec();
    records(&[vec![header], queries(report)].concat(), delimiter, safe_text)
}

/// Errors and warnings by their places; a note needs no answer.
pub fn queries(report: &ValidationReport<'_>) -> Vec<Vec<String>> {
    let asked = [Severity::Error, Severity::Warning];
    let groups = asked.into_iter().flat_map(|severity| report.groups(severity));
    let mut queries: Vec<Query<'_>> = groups.flat_map(|(group, _)| of_group(group)).collect();
    queries.sort_by_key(|query| (query.is_rest(), query.finding.location.order()));
    (1..).zip(&queries).map(|(number, query): (usize, _)| query.row(number)).collect()
}

/// A finding, or the number of those whose places are not kept.
struct Query<'a> {
    finding: &'a Finding,
    further: u64,
}

fn of_group(group: &FindingGroup) -> Vec<Query<'_>> {
    let further = group.total.saturating_sub(group.first.len() as u64);
    let rest = group.first.first().filter(|_| further > 0).map(|finding| Query { finding, further });
    group.first.iter().map(|finding| Query { finding, further: 0 }).chain(rest).collect()
}

impl Query<'_> {
    fn is_rest(&self) -> bool {
        self.further > 0
    }

    fn row(&self, number: usize) -> Vec<String> {
        let SourceLocation { case, column, .. } = &self.finding.location;
        let column = column.clone().unwrap_or_default();
        let (id, severity) = (self.finding.id.to_string(), self.finding.severity.to_string());
        let remedy = || self.finding.remedy.clone().unwrap_or_else(|| self.finding.id.entry().text.to_owned());
        let (case, place, value, remedy) = match self.further {
            0 => {
                let case = case.as_ref().map_or_else(String::new, |case| case.as_str().to_owned());
                let value = self.finding.value.clone().unwrap_or_default();
                (case, in_file(&self.finding.location).unwrap_or_default(), value, remedy())
            }
            further => {
                let remedy = "correct those listed above and validate again: the next are listed then";
                (format!("{further} more"), String::new(), String::new(), remedy.to_owned())
            }
        };
        let problem = self.finding.message.clone();
        vec![number.to_string(), case, column, place, value, problem, remedy, String::new(), id, severity]
    }
}
