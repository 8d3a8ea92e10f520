//! Several sheets of one workbook as one cohort: one sheet a year.

use crate::cohort::relate::KeptRows;
use crate::diagnostic::{
    CellPlace, ComposedColumn, Finding, FindingId, Findings, PlaceTable, SourceLocation, quoted, sheet_name,
};
use crate::error::Error;
use crate::read::{ComposedTable, Inputs, ReadOptions, name_of};
use crate::schema::{Kind, only_but_for_case};
use crate::tally::Settings;
use crate::words::counted;
use std::path::{Path, PathBuf};

/// The column that tells from which sheet a case is.
const SHEET: &str = "sheet";

/// A sheet with its rows.
struct SheetRows {
    name: String,
    rows: KeptRows,
}

/// The sheets of a workbook, in the order in which they are named, as one input with a column of their names.
///
/// Errors: several files, a sheet that is named twice or not there, and sheets whose columns differ.
pub fn several_sheets(
    files: &[PathBuf],
    options: &ReadOptions,
    settings: &mut Settings,
) -> Result<(Inputs, Findings), Error> {
    let [path] = files else {
        let message =
            format!("several sheets are read of one workbook, and {} are named", counted(files.len(), "file"));
        return Err(Error::usage_with(message, "name one file, or one --sheet"));
    };
    let names: Vec<&String> = options.sheet.iter().chain(&options.more_sheets).collect();
    ensure_each_once(&names)?;
    let (mut sheets, mut first, mut refused) = (Vec::new(), None, Findings::default());
    for name in names {
        let one = ReadOptions { sheet: Some(name.clone()), more_sheets: Vec::new(), ..options.clone() };
        let inputs = Inputs::open(&[path], &one)?;
        refused.merge(inputs.refused().clone());
        sheets.push(SheetRows { name: name.trim().to_owned(), rows: KeptRows::read(&inputs)? });
        first.get_or_insert(inputs);
    }
    if !refused.is_empty() {
        return Err(refused.into());
    }
    let (Some(inputs), Some((one, others))) = (first, sheets.split_first()) else {
        return Err(Error::usage_with("no sheet is named", "name one: --sheet NAME"));
    };
    others.iter().try_for_each(|other| ensure_same_columns(path, one, other))?;
    let column =
        if position(&one.rows, SHEET).is_some() { format!("{SHEET} of the workbook") } else { SHEET.to_owned() };
    settings.forced.entry(column.clone()).or_default().kind.get_or_insert(Kind::Category);
    let mut notes: Findings = [read_as_one(path, &sheets, &column)].into_iter().collect();
    sheets.iter().for_each(|sheet| notes.merge(sheet.rows.findings.clone()));
    Ok((inputs.composed(joined(&sheets, &column)), notes))
}

fn ensure_each_once(names: &[&String]) -> Result<(), Error> {
    let is_same = |one: &str, other: &str| one.trim().eq_ignore_ascii_case(other.trim());
    let again = names.iter().enumerate().find(|(at, name)| names.iter().take(*at).any(|before| is_same(before, name)));
    match again {
        Some((_, name)) => {
            let message = format!("the sheet {} is named twice, and its cases would be counted twice", quoted(name));
            Err(Error::usage_with(message, "name each sheet once"))
        }
        None => Ok(()),
    }
}

fn position(rows: &KeptRows, name: &str) -> Option<usize> {
    only_but_for_case(name, rows.columns.iter().map(|column| [column.trim(), column.trim()]))
}

/// Refuses a sheet that lacks a column of the first one, or has another one.
fn ensure_same_columns(path: &Path, one: &SheetRows, other: &SheetRows) -> Result<(), Error> {
    let lacking = |of: &SheetRows, among: &SheetRows| -> Vec<String> {
        of.rows
            .columns
            .iter()
            .filter(|name| position(&among.rows, name).is_none())
            .map(|name| quoted(name.trim()))
            .collect()
    };
    let (missing, new) = (lacking(one, other), lacking(other, one));
    if missing.is_empty() && new.is_empty() {
        return Ok(());
    }
    let said = |names: &[String], said: &str| {
        if names.is_empty() { String::new() } else { format!("{said} {}", names.join(", ")) }
    };
    let both: Vec<String> =
        [said(&missing, "it lacks"), said(&new, "only it has")].into_iter().filter(|said| !said.is_empty()).collect();
    let (other, one) = (sheet_name(&other.name), sheet_name(&one.name));
    let message = format!("the columns of {other} are not those of {one}: {}", both.join("; "));
    let finding = Finding::new(FindingId::SheetsDiffer, message).at(SourceLocation::file(name_of(path)));
    let mut refused = Findings::default();
    refused.add(finding.remedy("give both sheets the same column names, or leave one of them out"));
    Err(refused.into())
}

/// The rows of all sheets; each cell keeps its place.
fn joined(sheets: &[SheetRows], column: &str) -> ComposedTable {
    let names = sheets.first().map_or(&[][..], |first| first.rows.columns.as_slice());
    let named =
        |name: &str| ComposedColumn { name: name.to_owned(), source: name.to_owned(), ..ComposedColumn::default() };
    let columns: Vec<ComposedColumn> = names.iter().map(String::as_str).chain([column]).map(named).collect();
    let tables: Vec<PlaceTable> = sheets.iter().flat_map(|sheet| sheet.rows.place_tables()).collect();
    let mut table = ComposedTable::new(columns, tables);
    let mut before = 0_u32;
    for sheet in sheets {
        let places: Vec<Option<usize>> = names.iter().map(|name| position(&sheet.rows, name.trim())).collect();
        let of_sheet = |place: CellPlace| CellPlace { table: place.table.saturating_add(before), ..place };
        for row in sheet.rows.rows() {
            for at in places.iter().copied().flatten() {
                table.push_from(sheet.rows.text(row, at), of_sheet(sheet.rows.place(row, Some(at))));
            }
            table.push_from(&sheet.name, of_sheet(sheet.rows.place(row, None)));
            table.end_record();
        }
        before = before.saturating_add(u32::try_from(sheet.rows.place_tables().len()).unwrap_or(u32::MAX));
    }
    table
}

fn read_as_one(path: &Path, sheets: &[SheetRows], column: &str) -> Finding {
    let cases =
        |sheet: &SheetRows| format!("{} {}", sheet_name(&sheet.name), counted(sheet.rows.rows().count(), "row"));
    let all: Vec<String> = sheets.iter().map(cases).collect();
    let message = format!(
        "{} are read as one cohort, in this order: {}; the column '{column}' has their names",
        counted(sheets.len(), "sheet"),
        all.join(", ")
    );
    Finding::new(FindingId::SheetsAsOne, message).at(SourceLocation::file(name_of(path)))
}
