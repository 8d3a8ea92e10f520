//! Duplicate case IDs: found by key, and confirmed by reading their lines again.

use super::ids::{Ids, key, repeated};
use super::last_totals::LastTotals;
use super::row_checks::{RowChecks, RowFinding};
use super::visits::VisitSearch;
use crate::cohort::row::CaseRow;
use crate::diagnostic::{FilePosition, Finding, FindingId, Findings, SourceLocation};
use crate::error::Error;
use crate::read::{Batch, Columns, Feed, Inputs, excerpt};
use std::collections::{BTreeMap, BTreeSet};

/// Most repeated IDs that are looked up by their text; more would take too much memory and are only counted.
const LOOKED_UP: usize = 100_000;

/// Checks every row of a batch for rows that are not cases, and collects the case IDs if there is an ID column.
pub fn add_rows(
    ids: &mut Ids,
    batch: &Batch,
    row_checks: RowChecks<'_>,
    findings: &mut Findings,
    totals: &mut LastTotals,
) {
    let block = &batch.block;
    let mut found = |found: RowFinding| match found {
        RowFinding::Other(finding) => findings.add(finding),
        RowFinding::Total(finding) => {
            totals.add(finding.location.row, None);
            findings.add(finding);
        }
        RowFinding::TotalIfLast(finding) => totals.add(finding.location.row, Some(finding)),
    };
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

/// Finds IDs that occur on two lines, and reports each with both lines.
///
/// `is_stated` where an option names the column of IDs.
pub fn find(
    ids: &[Ids],
    inputs: &Inputs,
    columns: &Columns,
    (id, is_stated): (usize, bool),
    findings: &mut Findings,
) -> Result<(), Error> {
    let repeated = repeated(ids, LOOKED_UP);
    // A blank ID has been reported already.
    let keys: BTreeSet<u64> = repeated.keys.into_iter().filter(|k| *k != key(b"")).collect();
    if keys.is_empty() {
        return Ok(());
    }
    if !inputs.can_be_read_again() {
        let message = format!("{} case IDs seem to occur twice", keys.len());
        let remedy = "save the input to a file to see its lines; if there is one row per visit, keep one row per case";
        findings.add(Finding::new(FindingId::DuplicateCaseId, message).remedy(remedy));
        return Ok(());
    }
    let header = columns.names().get(id).cloned().unwrap_or_default();
    let said = look_up(&keys, inputs, columns, (id, is_stated), &header, findings)?;
    if keys.len() >= LOOKED_UP {
        let like = Finding::new(FindingId::DuplicateCaseId, "").column(header);
        findings.count_cells(&like, repeated.rows.saturating_sub(said));
    }
    Ok(())
}

/// Reads the inputs again for the lines with these keys; returns the number of duplicates it reported.
fn look_up(
    keys: &BTreeSet<u64>,
    inputs: &Inputs,
    columns: &Columns,
    (id, is_stated): (usize, bool),
    header: &str,
    findings: &mut Findings,
) -> Result<u64, Error> {
    let (mut visits, mut duplicates) = (VisitSearch::default(), Findings::default());
    let mut firsts: BTreeMap<String, SourceLocation> = BTreeMap::new();
    let mut feed = Feed::new(inputs);
    let (mut batch, mut said) = (Batch::default(), 0);
    loop {
        let read = match feed.next(&mut batch) {
            Ok(false) => {
                let remedy = visits.remedy(columns.names(), header, is_stated);
                duplicates.each(|finding| finding.remedy = Some(remedy.clone()));
                findings.merge(duplicates);
                return Ok(said);
            }
            Ok(true) => batch.decode(columns, &mut Findings::default()).map(|_| ()),
            Err(error) => Err(error),
        };
        match read {
            Ok(()) => {}
            // The faults of these records have been reported.
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
            visits.add(&name, here);
            match firsts.get(&name) {
                Some(first) => {
                    said += 1;
                    duplicates.add(duplicate(first, here, header).value(excerpt(&text)));
                }
                None => {
                    firsts.insert(name, here.location(header));
                }
            }
        }
    }
}

fn duplicate(first: &SourceLocation, here: CaseRow<'_>, header: &str) -> Finding {
    let at = match &first.position {
        FilePosition::Cell(cell) => format!("in {cell}"),
        other => format!("on{other}"),
    };
    let other = first.file.as_ref().filter(|file| **file != here.block.file);
    let other = other.map_or_else(String::new, |file| format!(" of {file}"));
    let message = format!("duplicate case ID, first {at}{other}");
    Finding::new(FindingId::DuplicateCaseId, message).at(here.location(header))
}
