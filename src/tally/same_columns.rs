//! Inputs of one cohort have the same columns.

use crate::diagnostic::{Finding, FindingId, Findings, SourceLocation};
use crate::error::Error;
use crate::read::Inputs;

/// Checks that all inputs have the same columns in the same order.
pub(super) fn ensure_same_columns(inputs: &Inputs, columns: &[String]) -> Result<(), Error> {
    let mut findings = Findings::default();
    for (number, file, names) in inputs.headers_by_input() {
        if names == columns {
            continue;
        }
        let missing: Vec<&str> = columns.iter().filter(|c| !names.contains(c)).map(String::as_str).collect();
        let extra: Vec<&str> = names.iter().filter(|n| !columns.contains(n)).map(String::as_str).collect();
        let message = if missing.is_empty() && extra.is_empty() {
            "this file has the columns of the first file, in another order".to_owned()
        } else {
            format!(
                "the columns differ from those of the first file: missing {}; additional {}",
                list(&missing),
                list(&extra)
            )
        };
        let location = SourceLocation::input(number, file);
        let remedy = "give every file the same header, in the same order";
        findings.add(Finding::new(FindingId::ColumnsDiffer, message).at(location).remedy(remedy));
    }
    if findings.is_empty() { Ok(()) } else { Err(findings.into()) }
}

/// The error for JSON cases with members that are not columns of the CSV file beside them.
pub(super) fn members_without_column(inputs: &Inputs, members: &[String]) -> Error {
    let file = inputs.headers().next().map_or("the CSV file", |(file, _)| file);
    let names: Vec<&str> = members.iter().map(String::as_str).collect();
    let message = format!("the JSON cases have members that are not columns of {file}: {}", list(&names));
    let remedy = format!("add the columns to {file}, or summarise the files separately");
    let mut findings = Findings::default();
    findings.add(Finding::new(FindingId::ColumnsDiffer, message).remedy(remedy));
    findings.into()
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
