//! Refuses headers that no report has: their names are in every key, and each column has counts of its own.

use crate::diagnostic::{Finding, FindingId, Findings, SourceLocation};
use crate::error::Error;
use crate::read::Inputs;

/// Characters of the longest name: longer than any question of a form, and short enough to be in every key.
const LONGEST_NAME: usize = 1_000;
/// Three times the columns of a spreadsheet; a column takes some kilobytes, whatever is in it.
const MOST_COLUMNS: usize = 50_000;

/// Refuses more than 50,000 columns, and a name of more than 1000 characters: it is a cell that ended up in the header.
pub fn ensure_header_is_within_limits(inputs: &Inputs, columns: &[String]) -> Result<(), Error> {
    let mut findings = Findings::default();
    let mut refuse = |id, message: String, remedy: String| {
        let location = SourceLocation::file(inputs.names().next().unwrap_or_default());
        findings.add(Finding::new(id, message).at(location).remedy(remedy));
    };
    if columns.len() > MOST_COLUMNS {
        let message = format!("there are {} columns; at most {MOST_COLUMNS} are read", columns.len());
        let remedy = "keep the columns of the report; if the columns are the patients, turn the table";
        refuse(FindingId::TooManyColumns, message, remedy.to_owned());
    }
    for (at, name) in columns.iter().enumerate().filter(|(_, name)| name.len() > LONGEST_NAME) {
        let length = name.chars().count();
        if length > LONGEST_NAME {
            let message = format!("the name of column {} has {length} characters", at + 1);
            let remedy = format!("write a name of at most {LONGEST_NAME} characters, or look for a quote that is open");
            refuse(FindingId::LongHeader, message, remedy);
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings.into()) }
}
