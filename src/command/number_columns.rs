//! Units and signs that stand in columns of their own: they are read as one cell with their numbers.

use super::related::ensure_fit_into_memory;
use crate::cohort::relate::{
    KeptRows, NumberColumns, joined_example, number_columns, role_of_headers, with_joined_numbers,
};
use crate::cohort::stream::ensure_can_be_read_twice;
use crate::diagnostic::{Finding, FindingId, Findings, Severity, quoted};
use crate::error::Error;
use crate::read::{Inputs, first_columns};
use crate::schema::Kind;
use crate::schema::header::companion::{Companion, companion};
use crate::tally::Settings;

/// The inputs with number, unit and sign in one column each, and what is said of them; inputs without such columns as they
/// are.
///
/// Errors: those of reading; inputs that can be read once only, or are too large to be kept, below headers that may be of
/// such columns.
pub fn with_units_and_signs(inputs: Inputs, settings: &mut Settings) -> Result<(Inputs, Findings), Error> {
    let headers = first_columns(&inputs);
    let is_same = inputs.headers().all(|(_, names)| names == headers);
    let is_stated = |header: &str| is_stated(header, settings);
    let may_be_one = |header: &String| {
        let of = |header: &String| companion(header).filter(|_| !is_stated(header));
        of(header).is_some_and(|found| found.tells != Companion::UnitByLetter || is_by_letter(&found.of, &headers))
    };
    // The units of the rows of a laboratory belong to the tests that the rows name.
    let is_of_rows = role_of_headers(&headers).is_some();
    if !inputs.refused().is_empty() || !is_same || is_of_rows || !headers.iter().any(may_be_one) {
        return Ok((inputs, Findings::default()));
    }
    ensure_can_be_read_twice(&inputs)?;
    ensure_fit_into_memory(std::iter::once(&inputs))?;
    // What is wrong with the records is told when they are counted.
    let Ok(rows) = KeptRows::read(&inputs) else { return Ok((inputs, Findings::default())) };
    let joined = number_columns(&rows, is_stated);
    if joined.is_empty() {
        return Ok((inputs, Findings::default()));
    }
    let mut findings = rows.findings.clone();
    findings.extend(joined.iter().filter_map(|of| finding(&rows, of)));
    joined.iter().for_each(|of| state(&rows, of, settings));
    Ok((with_joined_numbers(inputs, &rows, &joined), findings))
}

/// True where `AGEU` stands beside `AGE`.
fn is_by_letter(of: &str, headers: &[String]) -> bool {
    headers.iter().any(|header| header.trim().eq_ignore_ascii_case(of))
}

/// True for a column of which the command line or the schema says what it is.
fn is_stated(header: &str, settings: &Settings) -> bool {
    let mut fields = settings.schema.iter().flat_map(|schema| &schema.variables);
    let is_it = |name: &str| name.trim().eq_ignore_ascii_case(header.trim());
    settings.forced.keys().any(|name| is_it(name))
        || settings.of_table.iter().any(|name| is_it(name))
        || fields.any(|field| is_it(&field.header) && (field.role.is_some() || field.kind.is_some()))
}

/// Cells that are no number stay unreadable, and make no levels; a schema that lists the other columns is right all the same.
fn state(rows: &KeptRows, of: &NumberColumns, settings: &mut Settings) {
    if !of.is_certain || !of.are_known {
        let forced = settings.forced.entry(name(rows, of.number).to_owned()).or_default();
        forced.kind = forced.kind.or(Some(Kind::Number));
    }
    let gone: Vec<&str> = [of.unit, of.sign].into_iter().flatten().map(|column| name(rows, column).trim()).collect();
    if let Some(schema) = &mut settings.schema {
        schema.keep_columns(|header| !gone.contains(&header.trim()));
    }
}

fn finding(rows: &KeptRows, of: &NumberColumns) -> Option<Finding> {
    let numbers = name(rows, of.number);
    let beside: Vec<&str> = [of.sign, of.unit].into_iter().flatten().map(|column| name(rows, column)).collect();
    let kinds: Vec<String> =
        beside.iter().map(|name| format!("--kind {}", quoted(&format!("{name}=category")))).collect();
    let apart = format!("to keep the columns apart: {}", kinds.join(" "));
    let (beside, what) = (beside.join(" and "), what(of));
    let finding = |message: String, remedy: String| {
        Finding::new(FindingId::NumberInColumns, message).column(numbers).remedy(remedy)
    };
    if !of.is_certain {
        let message =
            format!("{beside} may tell the {what} of {numbers}, or of another column: its numbers are not read");
        let word = if of.unit.is_none() { "sign" } else { "unit" };
        let remedy = format!("name the column of the numbers in that header, such as '{numbers} {word}'; {apart}");
        return Some(finding(message, remedy).severity(Severity::Warning));
    }
    if !of.are_known {
        let message =
            format!("some cells of {beside} tell no {what} for {numbers}: the numbers beside them are not read");
        let words = if of.unit.is_none() { "<, <=, > or >=" } else { "a unit in full, such as months or mg/L" };
        return Some(finding(message, format!("write {words}; {apart}")).severity(Severity::Warning));
    }
    let example = joined_example(rows, of)?;
    let message = format!("the {what} of {numbers} stand in {beside}: they are read as one cell, such as '{example}'");
    Some(finding(message, apart))
}

fn what(of: &NumberColumns) -> &'static str {
    match (of.sign, of.unit) {
        (Some(_), Some(_)) => "signs and units",
        (Some(_), None) => "signs",
        (None, _) => "units",
    }
}

fn name(rows: &KeptRows, column: usize) -> &str {
    rows.columns.get(column).map_or("", String::as_str)
}
