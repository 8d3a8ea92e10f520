//! A file of rows without a table of the cases: those who have a row are the cases.

use super::related::{OpenTable, TableFile, ensure_fit_into_memory, id_column};
use crate::cohort::relate::{KeptRows, role_of_headers};
use crate::diagnostic::{ComposedColumn, Finding, FindingId, SourceLocation, quoted};
use crate::error::Error;
use crate::read::{ComposedTable, Inputs, ReadOptions, STDIN};
use crate::tally::{IdChoice, Settings};
use std::collections::BTreeSet;
use std::path::Path;

/// A file of rows.
pub struct RowsAlone {
    /// The inputs, with one record a case.
    pub inputs: Inputs,
    /// Their rows.
    pub table: OpenTable,
    /// What is said of it.
    pub warning: Finding,
}

/// Makes the cases of the rows of agents, measurements or events in which a case ID repeats; gives other inputs back.
///
/// Errors: those of reading.
pub fn rows_alone(
    inputs: Inputs,
    path: &Path,
    options: &ReadOptions,
    settings: &mut Settings,
) -> Result<Result<RowsAlone, Inputs>, Error> {
    let headers = inputs.headers().next().map_or_else(Vec::new, |(_, names)| names.to_vec());
    let Some(role) = role_of_headers(&headers) else { return Ok(Err(inputs)) };
    let Some(id) = chosen(&headers, &settings.id) else { return Ok(Err(inputs)) };
    if path == Path::new(STDIN) || inputs.count() > 1 || !inputs.can_be_read_again() || !inputs.refused().is_empty() {
        return Ok(Err(inputs));
    }
    if ensure_fit_into_memory(std::iter::once(&inputs)).is_err() {
        return Ok(Err(inputs));
    }
    let Ok(rows) = KeptRows::read(&inputs) else { return Ok(Err(inputs)) };
    let source = rows.columns.get(id).cloned().unwrap_or_default();
    let named = ComposedColumn { name: source.clone(), source: source.clone(), ..ComposedColumn::default() };
    let mut table = ComposedTable::new(vec![named], rows.place_tables());
    let mut known = BTreeSet::new();
    for row in rows.rows() {
        let name = rows.text(row, id);
        if !name.is_empty() && known.insert(name) {
            table.push_from(name, rows.place(row, Some(id)));
            table.end_record();
        }
    }
    if known.len() == rows.rows().count() {
        return Ok(Err(inputs));
    }
    let message = format!(
        "a file of {role} without a table of the cases: the {} patients with a row are the cases, and one without is not counted",
        known.len()
    );
    let option = quoted(&format!("{role}={}", path.display()));
    let remedy = format!("name the file of the cases in place of this one, and this one behind it: --table {option}");
    let file = inputs.names().next().unwrap_or_default();
    let warning = Finding::new(FindingId::CasesOfRows, message).at(SourceLocation::file(file));
    if settings.id == IdChoice::Found {
        settings.id = IdChoice::Column(source.clone());
    }
    let of_rows = TableFile { case: Some(source), ..TableFile::new(role.word(), path) };
    let table_inputs = Inputs::open(&[path], options)?;
    Ok(Ok(RowsAlone {
        inputs: inputs.composed(table),
        table: (of_rows, table_inputs),
        warning: warning.remedy(remedy),
    }))
}

fn chosen(headers: &[String], choice: &IdChoice) -> Option<usize> {
    match choice {
        IdChoice::No => None,
        IdChoice::Column(stated) => headers.iter().position(|name| name.trim() == stated.trim()),
        IdChoice::Found => id_column(headers),
    }
}
