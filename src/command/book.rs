//! A workbook: which of its sheets has the cases, and which their rows.

use super::related::{TableFile, id_column, open_table, role_of_name};
use crate::cohort::relate::{KeptRows, role_of_headers};
use crate::diagnostic::{Finding, FindingId, Findings, SourceLocation, quoted, sheet_name};
use crate::error::Error;
use crate::read::{SheetHeader, as_one_cohort, name_of, sheets};
use std::collections::BTreeSet;
use std::path::Path;

/// How many names of columns are shown of a sheet.
const SHOWN: usize = 6;

/// The sheets of a workbook by what they are.
pub struct BookTables {
    /// The sheet of the cases.
    pub cases: String,
    /// The sheets of their rows.
    pub tables: Vec<TableFile>,
    /// What is said of it.
    pub notes: Vec<Finding>,
}

/// A sheet with a column of case IDs.
struct KeyedSheet {
    header: SheetHeader,
    /// The case IDs of its rows in order.
    ids: Vec<String>,
}

/// The sheets of a workbook that are related tables; none where only one sheet has case IDs, or the file is no workbook.
///
/// `stated` are the tables of the command line: what they say of a sheet of this workbook holds.
///
/// Errors: several sheets with case IDs of which nobody knows how they belong together.
pub fn book(path: &Path, stated: &[TableFile]) -> Result<Option<BookTables>, Error> {
    let (keyed, others): (Vec<SheetHeader>, Vec<SheetHeader>) = sheets(path)?.into_iter().partition(is_keyed);
    let is_stated = |sheet: &SheetHeader| {
        let names = stated.iter().filter(|table| table.path == path).filter_map(|table| table.sheet.as_ref());
        names.into_iter().any(|name| name.trim().eq_ignore_ascii_case(sheet.name.trim()))
    };
    if keyed.len() < 2 {
        return Ok(None);
    }
    let (claimed, free): (Vec<SheetHeader>, Vec<SheetHeader>) = keyed.into_iter().partition(is_stated);
    let (hidden, seen): (Vec<SheetHeader>, Vec<SheetHeader>) = free.into_iter().partition(|sheet| sheet.is_hidden);
    let (known, unknown): (Vec<SheetHeader>, Vec<SheetHeader>) = seen.into_iter().partition(has_role);
    let Some((cases, more)) = parent(path, unknown)? else { return Ok(None) };
    let of_cases = |sheet| TableFile { cases: Some(cases.name.clone()), ..table(path, sheet) };
    let tables: Vec<TableFile> = known.iter().chain(&more).map(of_cases).collect();
    let unread: Vec<&str> = others.iter().map(|sheet| sheet.name.as_str()).collect();
    let names: Vec<&str> =
        tables.iter().map(|table| table.name.as_str()).chain(claimed.iter().map(|sheet| sheet.name.as_str())).collect();
    let mut notes = vec![used(&cases.name, &names, &unread)];
    notes.extend(hidden.iter().map(|sheet| hidden_sheet(path, sheet)));
    let tables = stated.iter().cloned().chain(tables).collect();
    Ok(Some(BookTables { cases: cases.name, tables, notes }))
}

fn is_keyed(sheet: &SheetHeader) -> bool {
    id_of(sheet).is_some()
}

fn id_of(sheet: &SheetHeader) -> Option<&String> {
    sheet.columns.get(id_column(&sheet.columns)?)
}

fn has_role(sheet: &SheetHeader) -> bool {
    role_of_headers(&sheet.columns).or_else(|| role_of_name(&sheet.name)).is_some()
}

fn table(path: &Path, sheet: &SheetHeader) -> TableFile {
    TableFile { sheet: Some(sheet.name.clone()), ..TableFile::new(&sheet.name, path) }
}

/// The sheet of the cases, and the others.
///
/// Errors: it is not clear which it is.
fn parent(path: &Path, mut sheets: Vec<SheetHeader>) -> Result<Option<(SheetHeader, Vec<SheetHeader>)>, Error> {
    if sheets.len() < 2 {
        return Ok(sheets.pop().map(|only| (only, Vec::new())));
    }
    let keyed = sheets.iter().map(|sheet| keyed(path, sheet)).collect::<Result<Vec<KeyedSheet>, Error>>();
    let at = match keyed {
        Ok(keyed) => with_all(&keyed).ok_or_else(Findings::default),
        // A sheet that is refused as it is may be none of cases.
        Err(Error::Refused(why)) => Err(*why),
        Err(other) => return Err(other),
    };
    let at = match at {
        Ok(at) => at,
        Err(mut why) => {
            why.add(unclear(path, &sheets));
            return Err(why.into());
        }
    };
    let cases = sheets.remove(at);
    Ok(Some((cases, sheets)))
}

fn keyed(path: &Path, sheet: &SheetHeader) -> Result<KeyedSheet, Error> {
    let rows = KeptRows::read(&open_table(&table(path, sheet))?)?;
    let id = id_of(sheet).map_or("", String::as_str).trim();
    let column = rows.columns.iter().position(|name| name.trim() == id).unwrap_or(0);
    let of_cases = rows.rows().filter(|row| !rows.is_remark(*row, column));
    let ids = of_cases.map(|row| rows.text(row, column).to_owned()).collect();
    Ok(KeyedSheet { header: sheet.clone(), ids })
}

/// The first sheet with one row a case that has the cases of all others; none where another one repeats its columns.
fn with_all(sheets: &[KeyedSheet]) -> Option<usize> {
    let distinct: Vec<BTreeSet<&String>> = sheets.iter().map(|sheet| sheet.ids.iter().collect()).collect();
    let is_once =
        |at: usize| sheets.get(at).zip(distinct.get(at)).is_some_and(|(sheet, ids)| sheet.ids.len() == ids.len());
    let has_all = |at: &usize| distinct.get(*at).is_some_and(|ids| distinct.iter().all(|other| other.is_subset(ids)));
    let once: Vec<usize> = (0..sheets.len()).filter(|at| is_once(*at)).collect();
    let at = match once.as_slice() {
        // Rows of other cases are refused with their places.
        [only] => *only,
        several => several.iter().copied().find(has_all)?,
    };
    let cases = sheets.get(at)?;
    let repeats = |other: usize| {
        other != at
            && is_once(other)
            && sheets.get(other).is_some_and(|sheet| is_repeated(&sheet.header, &cases.header))
    };
    (!(0..sheets.len()).any(repeats)).then_some(at)
}

/// True where most columns of a sheet are those of another: a copy of it, or another visit.
fn is_repeated(sheet: &SheetHeader, of: &SheetHeader) -> bool {
    let id = id_of(sheet);
    let own = || sheet.columns.iter().filter(|name| Some(*name) != id);
    let is_shared = |name: &&String| of.columns.iter().any(|other| other.trim().eq_ignore_ascii_case(name.trim()));
    own().filter(is_shared).count().saturating_mul(2) > own().count()
}

fn used(cases: &str, tables: &[&str], unread: &[&str]) -> Finding {
    let rows = if tables.is_empty() { String::new() } else { format!(", and {} their rows", tables.join(", ")) };
    let others = match unread {
        [] => String::new(),
        names => format!("; without a column of case IDs, and not read: {}", names.join(", ")),
    };
    let message = format!("the sheet {cases} has the cases{rows}{others}");
    Finding::new(FindingId::SheetUsed, message).remedy("--sheet NAME reads one sheet alone")
}

/// `--table 'Lab values=series.xlsx!Lab values'`
fn option(path: &Path, sheet: &SheetHeader) -> String {
    format!("--table {}", quoted(&format!("{0}={1}!{0}", sheet.name, path.display())))
}

fn hidden_sheet(path: &Path, sheet: &SheetHeader) -> Finding {
    let message = format!("the sheet {} is hidden, and is not read", sheet_name(&sheet.name));
    let finding = Finding::new(FindingId::HiddenCells, message).at(SourceLocation::file(name_of(path)));
    finding.remedy(format!("to read it: {}", option(path, sheet)))
}

fn unclear(path: &Path, sheets: &[SheetHeader]) -> Finding {
    let described = |sheet: &SheetHeader| {
        let more = if sheet.columns.len() > SHOWN { ", ..." } else { "" };
        let shown = sheet.columns.get(..SHOWN).unwrap_or(&sheet.columns).join(", ");
        format!("{} ({shown}{more})", sheet_name(&sheet.name))
    };
    let all: Vec<String> = sheets.iter().map(described).collect();
    let message = format!("{} sheets read as tables: {}", sheets.len(), all.join("; "));
    let first = sheets.first().map_or_else(String::new, |sheet| quoted(&sheet.name));
    let others: Vec<String> = sheets.iter().skip(1).map(|sheet| option(path, sheet)).collect();
    let tables: Vec<(&str, Vec<&str>)> =
        sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.columns.iter().map(String::as_str).collect())).collect();
    let as_one = as_one_cohort(&tables).map_or_else(String::new, |options| format!("; {options}"));
    let finding = Finding::new(FindingId::SheetUnclear, message).at(SourceLocation::file(name_of(path)));
    finding.remedy(format!(
        "name the sheet of the cases: --sheet {first}; with the rows of others: --sheet {first} {}{as_one}",
        others.join(" ")
    ))
}
