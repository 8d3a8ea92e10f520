//! Treatments in several columns that the headers number: they are read as the lines of the patient.

use super::related::ensure_fit_into_memory;
use crate::cohort::relate::{LINES_COLUMN, LineColumns, in_one_column, line_columns};
use crate::diagnostic::{Finding, FindingId, Findings, quoted};
use crate::error::Error;
use crate::read::{Inputs, first_columns};
use crate::schema::{Kind, Role};
use crate::tally::Settings;

/// The inputs with one column of treatment lines, and what is said of it; inputs without such columns as they are.
///
/// Errors: those of reading.
pub fn numbered_lines(inputs: Inputs, settings: &mut Settings) -> Result<(Inputs, Findings), Error> {
    if !inputs.can_be_read_again() || !inputs.refused().is_empty() {
        return Ok((inputs, Findings::default()));
    }
    let headers = first_columns(&inputs);
    let is_same = |names: &[String]| names == headers;
    let lines = line_columns(&headers, |header| is_stated(header, settings));
    let Some(lines) = lines.filter(|_| inputs.headers().all(|(_, names)| is_same(names))) else {
        return Ok((inputs, Findings::default()));
    };
    if ensure_fit_into_memory(std::iter::once(&inputs)).is_err() {
        return Ok((inputs, Findings::default()));
    }
    let declared = settings.schema.iter().flat_map(|schema| schema.missing.iter().flat_map(|missing| missing.keys()));
    let missing: Vec<String> = settings.missing.iter().chain(declared).map(|token| token.trim().to_owned()).collect();
    let (inputs, mut findings) = match in_one_column(inputs, &lines, &missing)? {
        Ok(read) => read,
        Err(inputs) => return Ok((inputs, Findings::default())),
    };
    let forced = settings.forced.entry(LINES_COLUMN.to_owned()).or_default();
    forced.role = forced.role.or(Some(Role::Treatment));
    forced.kind = forced.kind.or(Some(Kind::Lines));
    findings.add(note(&headers, &lines));
    Ok((inputs, findings))
}

/// True for a column of which the command line or the schema says something.
fn is_stated(header: &str, settings: &Settings) -> bool {
    let mut fields = settings.schema.iter().flat_map(|schema| &schema.variables);
    let is_it = |name: &str| name.trim().eq_ignore_ascii_case(header.trim());
    settings.forced.keys().any(|name| is_it(name)) || fields.any(|field| is_it(&field.header))
}

fn note(headers: &[String], lines: &[LineColumns]) -> Finding {
    let name = |at: usize| headers.get(at).map_or("", String::as_str);
    let line = |line: &LineColumns| {
        let with: Vec<&str> = line.response.into_iter().chain(line.time.all()).map(name).collect();
        let with = if with.is_empty() { String::new() } else { format!(" with {}", with.join(", ")) };
        format!("{}{with}", name(line.treatment))
    };
    let named: Vec<String> =
        (1..).zip(lines).map(|(number, of): (usize, _)| format!("{number} {}", line(of))).collect();
    let message = format!(
        "the treatments of a case stand in {} columns, which are read as its treatment lines, in the column \
         {LINES_COLUMN}: {}",
        lines.len(),
        named.join(", ")
    );
    let kinds = lines.iter().map(|line| format!("--kind {}", quoted(&format!("{}=category", name(line.treatment)))));
    let remedy = format!("to keep the columns: {}", kinds.collect::<Vec<_>>().join(" "));
    let first = lines.first().map_or("", |line| name(line.treatment));
    Finding::new(FindingId::LinesOfColumns, message).column(first).remedy(remedy)
}
