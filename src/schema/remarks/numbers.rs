//! Findings about the numbers of a column: codes for a missing value, and a header with an unknown unit of time.

use crate::diagnostic::{Finding, Severity, quoted};
use crate::schema::evidence::Evidence;
use crate::schema::header::unknown_time_unit;
use crate::schema::{Kind, Role, Variable};

/// The findings.
pub(super) fn remarks(variable: &Variable, cells: &Evidence) -> Vec<Finding> {
    let mut found = codes(variable, cells);
    found.extend(unit_unknown(variable));
    found
}

/// The warnings about numbers that may be codes for a missing value; none of levels that the schema names.
fn codes(variable: &Variable, cells: &Evidence) -> Vec<Finding> {
    let may_be_counted = matches!(variable.kind, Kind::Number | Kind::Category) && variable.role != Role::CaseId;
    let is_named = |code: i64| variable.declares(&code.to_string());
    let is_settled =
        variable.missing.is_some() || variable.plausible.is_some() || variable.reading.scale_range.is_some();
    if !may_be_counted || is_settled {
        return Vec::new();
    }
    let below_zero =
        variable.kind == Kind::Number && (variable.reading.is_never_negative || variable.role == Role::Age);
    let unfit = cells.codes().unfit().filter(|(code, _)| !(is_named(*code) || below_zero && *code < 0));
    unfit.map(|(code, met)| {
        let message = format!("a number that looks like a code for a missing value is counted, in {}", counted(met.cells));
        let remedy = format!(
            "if it means not reported: --missing={code}; in this column alone, \"missingValues\" of the field in the schema"
        );
        let finding = Finding::new("missing-code-likely", Severity::Warning, message);
        let finding = match &met.first {
            Some((location, text)) => finding.at(location.clone()).value(text.clone()),
            None => finding.value(code.to_string()),
        };
        finding.column(variable.file_header()).remedy(remedy)
    }).collect()
}

fn counted(cells: u64) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}

/// The warning about `Age (j)`: a letter in brackets that may be a unit of time, and nobody knows which.
fn unit_unknown(variable: &Variable) -> Option<Finding> {
    let is_open = variable.kind == Kind::Number && variable.role == Role::Other && variable.unit.is_none();
    let (role, _) = unknown_time_unit(&variable.header).filter(|_| is_open)?;
    let message = "the unit in this header is not known: its numbers are no ages and no durations";
    let of = |what: &str| quoted(&format!("{}={what}", variable.header));
    let remedy = format!("name it: --role {} --unit {}, or years, weeks, days", of(role.word()), of("months"));
    Some(Finding::new("time-unit-unknown", Severity::Warning, message).column(&variable.header).remedy(remedy))
}
