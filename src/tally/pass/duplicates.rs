//! Case ids that stand on two lines: found by key, and proved by reading the lines again.

use super::ids::{Ids, key, repeated};
use super::row_checks::RowChecks;
use crate::cohort::row::CaseRow;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::error::Error;
use crate::read::{Batch, Columns, Feed, Inputs, excerpt};
use std::collections::{BTreeMap, BTreeSet};

/// How many repeated ids are looked up by their text; more would fill the memory, and are counted.
const LOOKED_UP: usize = 100_000;

/// Looks at every row of a batch as a row, and remembers its id where a column names the case.
pub fn add_rows(ids: &mut Ids, batch: &Batch, row_checks: RowChecks<'_>, findings: &mut Findings) {
    let block = &batch.block;
    let mut found = |finding: Finding| findings.add(finding);
    for (row, cell) in block.cells(row_checks.column(), 0..block.rows()).enumerate() {
        let owned;
        let text = match cell.plain() {
            Some(text) => text,
            None => {
                owned = cell.text();
                &owned
            }
        };
        if row_checks.id.is_some() {
            ids.add(text);
        }
        let number = batch.rows_before.saturating_add(row as u64);
        row_checks.check(text, CaseRow { block, row, id: row_checks.id }, number, &mut found);
    }
}

/// A place where an id was met: file and line.
type Met = (std::sync::Arc<str>, u64);

/// Finds the ids that stand on two lines and reports each with both.
pub fn find(ids: &[Ids], inputs: &Inputs, columns: &Columns, id: usize, findings: &mut Findings) -> Result<(), Error> {
    let repeated = repeated(ids, LOOKED_UP);
    // A blank id has been refused already.
    let keys: BTreeSet<u64> = repeated.keys.into_iter().filter(|k| *k != key(b"")).collect();
    if keys.is_empty() {
        return Ok(());
    }
    if !inputs.can_be_read_again() {
        let message = format!("{} case ids seem to stand on two lines", keys.len());
        let remedy =
            "write the pipe to a file first: its lines can then be shown. One row per visit? Keep one row a case";
        findings.add(Finding::new("duplicate-case-id", Severity::Error, message).remedy(remedy));
        return Ok(());
    }
    let header = columns.names().get(id).cloned().unwrap_or_default();
    let said = look_up(&keys, inputs, columns, id, &header, findings)?;
    if keys.len() >= LOOKED_UP {
        let like = Finding::new("duplicate-case-id", Severity::Error, "").column(header);
        findings.count_cells(&like, repeated.rows.saturating_sub(said));
    }
    Ok(())
}

/// Reads the inputs again for the lines of these keys; how many repeated ids it reported.
fn look_up(
    keys: &BTreeSet<u64>,
    inputs: &Inputs,
    columns: &Columns,
    id: usize,
    header: &str,
    findings: &mut Findings,
) -> Result<u64, Error> {
    let mut places: BTreeMap<String, Met> = BTreeMap::new();
    let mut feed = Feed::new(inputs);
    let (mut batch, mut said) = (Batch::default(), 0);
    loop {
        let read = match feed.next(&mut batch) {
            Ok(false) => return Ok(said),
            Ok(true) => batch.decode(columns, &mut Findings::default()).map(|_| ()),
            Err(error) => Err(error),
        };
        match read {
            Ok(()) => {}
            // What is wrong with these records has been said.
            Err(Error::Refused(_)) => continue,
            Err(other) => return Err(other),
        }
        let block = &batch.block;
        for row in 0..block.rows() {
            let text = block.cell(row, id).text();
            if !keys.contains(&key(&text)) {
                continue;
            }
            let name = String::from_utf8_lossy(&text).into_owned();
            let here = CaseRow { block, row, id: Some(id) };
            match places.get(&name) {
                Some(first) => {
                    said += 1;
                    findings.add(duplicate(first, here, header).value(excerpt(&text)));
                }
                None => {
                    places.insert(name, (block.file.clone(), block.line(row)));
                }
            }
        }
    }
}

fn duplicate((file, line): &Met, here: CaseRow<'_>, header: &str) -> Finding {
    let other = if **file == *here.block.file { String::new() } else { format!(" of {file}") };
    let message = format!("the case id stands on line {line}{other} already");
    let remedy = "one row per visit? Keep one row a case, or name the column that is unique: --id COLUMN";
    Finding::new("duplicate-case-id", Severity::Error, message).remedy(remedy).at(here.location(header))
}
