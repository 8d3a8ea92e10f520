//! Case ids that stand on two lines: found by key, and proved by reading the lines again.

use super::ids::{Ids, key, repeated};
use super::place::Here;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::error::Error;
use crate::read::{Block, Columns, Feed, Inputs, Share, excerpt};
use std::collections::{BTreeMap, BTreeSet};

/// How many repeated ids are looked up.
const LOOKED_UP: usize = 1000;

/// A file and a physical line of it.
type Line = (Option<std::sync::Arc<str>>, u64);

/// Remembers the ids of a block; a blank one, a header and a total are errors.
pub(super) fn add_ids(ids: &mut Ids, block: &Block, column: usize, findings: &mut Findings) {
    let header = block.header.get(column).map_or("", String::as_str);
    for row in 0..block.rows() {
        let cell = block.cell(row, column);
        let owned;
        let text = match cell.plain() {
            Some(text) => text,
            None => {
                owned = cell.text();
                &owned
            }
        };
        ids.add(text);
        if text.len() <= 11 || text.len() == header.len() {
            check(text, header, column, Here { block, row, id: Some(column) }, findings);
        }
    }
}

#[inline]
fn check(text: &[u8], header: &str, column: usize, here: Here<'_>, findings: &mut Findings) {
    let is_word = !text.iter().any(u8::is_ascii_digit);
    if is_word || text == header.as_bytes() {
        check_word(&String::from_utf8_lossy(text), header, column, here, findings);
    }
}

#[cold]
fn check_word(text: &str, header: &str, column: usize, here: Here<'_>, findings: &mut Findings) {
    let add = |findings: &mut Findings, finding: Finding| findings.add(finding.at(here.place(header)).value(text));
    if text.is_empty() {
        let remedy = "give every case an id, remove rows that are no cases (a total?), or number the rows: --no-id";
        add(findings, Finding::new("blank-case-id", Severity::Error, "this row has no case id").remedy(remedy));
    } else if text == header && here.repeats_header(column, header) {
        add(findings, super::guard::repeated_header());
    } else if let Some(total) = super::guard::totals_row(text, 0) {
        add(findings, total);
    } else if let Some(units) = super::guard::units_row(text, here) {
        add(findings, units);
    }
}

/// Finds the ids that stand on two lines and reports each with both.
pub(super) fn find(
    ids: &[Ids],
    inputs: &Inputs,
    columns: &Columns,
    id: usize,
    findings: &mut Findings,
) -> Result<(), Error> {
    let keys: BTreeSet<u64> = repeated(ids, LOOKED_UP).into_iter().filter(|k| *k != key(b"")).collect();
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
    let mut places: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    let mut feed = Feed::new(inputs);
    let mut share = Share::default();
    let header = columns.names().get(id).cloned().unwrap_or_default();
    while feed.next(&mut share)? {
        share.decode(columns, &mut Findings::default())?;
        let block = &share.block;
        for row in 0..block.rows() {
            let text = block.cell(row, id).text();
            if !keys.contains(&key(&text)) {
                continue;
            }
            let name = String::from_utf8_lossy(&text).into_owned();
            let met = places.entry(name).or_default();
            if let Some((file, line)) = met.first() {
                let here = Here { block, row, id: Some(id) };
                let other = file
                    .as_ref()
                    .filter(|file| ***file != *block.file)
                    .map_or(String::new(), |file| format!(" of {file}"));
                let message = format!("the case id stands on line {line}{other} already");
                let remedy = "one row per visit? Keep one row a case, or name the column that is unique: --id COLUMN";
                let finding = Finding::new("duplicate-case-id", Severity::Error, message).remedy(remedy);
                findings.add(finding.at(here.place(&header)).value(excerpt(&text)));
            }
            met.push((Some(block.file.clone()), block.line(row)));
        }
    }
    Ok(())
}
