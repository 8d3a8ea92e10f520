//! Which sheet holds the cases: the one that is named, or the only one that reads as a table.

use super::book::{Book, SheetEntry};
use super::fault::Fault;
use super::layout::{NoTable, SheetLayout};
use super::row::SheetRow;
use super::sample::FirstRows;
use crate::diagnostic::{Finding, FindingId, column_letters, nearest, quoted, sheet_name};
use crate::read::sheet_header::SheetHeader;
use std::collections::BTreeSet;

/// How many names of columns are shown of a sheet.
const SHOWN: usize = 6;

/// A sheet with its first rows.
pub struct SampledSheet {
    /// Its index in the workbook.
    pub index: usize,
    /// The sheet.
    pub entry: SheetEntry,
    /// Its first rows.
    pub rows: Vec<SheetRow>,
    /// Where its table is.
    pub layout: Result<SheetLayout, NoTable>,
}

impl SampledSheet {
    /// True for a table of several columns with some record.
    fn is_table(&self) -> bool {
        self.layout.as_ref().is_ok_and(|layout| {
            layout.width() > 1 && self.rows.iter().any(|row| row.number > layout.header && row.cells().len() > 1)
        })
    }

    /// The names in the header as they are written.
    fn names(&self) -> Vec<&str> {
        let header = self.layout.as_ref().ok().map(|layout| layout.header);
        let row = self.rows.iter().find(|row| Some(row.number) == header);
        row.map_or_else(Vec::new, |row| row.cells().iter().map(|cell| row.text(cell).trim()).collect())
    }

    /// `Patients (case_id, age, sex)`.
    fn described(&self) -> String {
        let names = self.names();
        let more = if names.len() > SHOWN { ", ..." } else { "" };
        let shown = names.get(..SHOWN).unwrap_or(&names).join(", ");
        format!("{} ({shown}{more})", sheet_name(&self.entry.name))
    }

    /// True where a column of this sheet lists most columns of another: it explains them.
    fn is_codebook_of(&self, other: &SampledSheet) -> bool {
        let names: BTreeSet<String> = other.names().into_iter().map(str::to_lowercase).collect();
        let columns: BTreeSet<u32> =
            self.rows.iter().flat_map(|row| row.cells().iter().map(|cell| cell.column)).collect();
        names.len() > 2
            && columns.into_iter().any(|column| {
                let texts = self.rows.iter().filter_map(|row| row.text_at(column)).map(str::to_lowercase);
                let listed: BTreeSet<String> = texts.filter(|text| names.contains(text)).collect();
                listed.len().saturating_mul(2) >= names.len() && listed.len() > 2
            })
    }
}

/// The sheet that is read, and what is said of the choice.
pub struct Chosen {
    /// The sheet.
    pub sheet: SampledSheet,
    /// What is said.
    pub notes: Vec<Finding>,
}

/// Finds the sheet of the cases; `named` is the name it was given, `header` the row of the column names.
///
/// Errors: a workbook that cannot be read; inside, the refusal of one in which it is not clear.
pub fn choose(book: &mut dyn Book, named: Option<&str>, header: Option<u32>) -> Result<Result<Chosen, Finding>, Fault> {
    let entries = book.sheets();
    let is_named = |entry: &&SheetEntry| named.is_none_or(|named| entry.name.trim().eq_ignore_ascii_case(named.trim()));
    if !entries.iter().any(|entry| is_named(&entry)) {
        return Ok(Err(unknown(named.unwrap_or_default(), &entries)));
    }
    let sheets = sampled(book, header, |entry| is_named(&entry))?;
    if named.is_some() {
        return Ok(sheets.into_iter().next().map(|sheet| Chosen { sheet, notes: Vec::new() }).ok_or_else(no_table));
    }
    Ok(only_table(sheets))
}

fn sampled(
    book: &mut dyn Book,
    header: Option<u32>,
    is_wanted: impl Fn(&SheetEntry) -> bool,
) -> Result<Vec<SampledSheet>, Fault> {
    let entries = book.sheets();
    let wanted = entries.into_iter().enumerate().filter(|(_, entry)| is_wanted(entry));
    let sheets = wanted.map(|(index, entry)| {
        let mut sample = FirstRows::new(header);
        book.read(index, &mut sample)?;
        let layout = SheetLayout::find(&sample.rows, header);
        Ok(SampledSheet { index, entry, rows: sample.rows, layout })
    });
    sheets.collect()
}

/// The sheets that read as tables, with the names of their columns.
///
/// Errors: a workbook that cannot be read.
pub fn table_sheets(book: &mut dyn Book) -> Result<Vec<SheetHeader>, Fault> {
    let sheets = sampled(book, None, |_| true)?;
    let header = |sheet: &&SampledSheet| SheetHeader {
        name: sheet.entry.name.clone(),
        columns: sheet.names().into_iter().map(str::to_owned).collect(),
        is_hidden: sheet.entry.is_hidden,
    };
    Ok(data_sheets(&sheets).iter().map(header).collect())
}

/// The sheets that read as tables of data; hidden ones count where no other does.
fn candidates(sheets: &[SampledSheet]) -> Vec<&SampledSheet> {
    let data = data_sheets(sheets);
    let visible: Vec<&SampledSheet> = data.iter().copied().filter(|sheet| !sheet.entry.is_hidden).collect();
    if visible.is_empty() { data } else { visible }
}

/// The sheets that read as tables and explain no other one.
fn data_sheets(sheets: &[SampledSheet]) -> Vec<&SampledSheet> {
    let tables: Vec<&SampledSheet> = sheets.iter().filter(|sheet| sheet.is_table()).collect();
    let is_codebook =
        |sheet: &SampledSheet| tables.iter().any(|other| sheet.is_codebook_of(other) && !other.is_codebook_of(sheet));
    tables.iter().copied().filter(|sheet| !is_codebook(sheet)).collect()
}

/// The only sheet that reads as a table.
fn only_table(sheets: Vec<SampledSheet>) -> Result<Chosen, Finding> {
    let number = sheets.len();
    let chosen = match candidates(&sheets).as_slice() {
        [only] => only.index,
        [] => match only_filled(&sheets) {
            Some(only) => only.index,
            None => return Err(no_table()),
        },
        several => return Err(unclear(several)),
    };
    let hidden: Vec<&SheetEntry> = sheets
        .iter()
        .filter(|sheet| sheet.entry.is_hidden && sheet.index != chosen)
        .map(|sheet| &sheet.entry)
        .collect();
    let mut notes = hidden_sheets(&hidden).into_iter().collect::<Vec<_>>();
    let is_other = |sheet: &&SampledSheet| sheet.index != chosen && !sheet.entry.is_hidden && !sheet.rows.is_empty();
    let unread: Vec<String> = sheets.iter().filter(is_other).map(|sheet| sheet_name(&sheet.entry.name)).collect();
    let sheet = sheets.into_iter().find(|sheet| sheet.index == chosen).ok_or_else(no_table)?;
    if number > 1 {
        notes.push(used(&sheet.entry, number, &unread));
    }
    Ok(Chosen { sheet, notes })
}

/// The only sheet with cells.
fn only_filled(sheets: &[SampledSheet]) -> Option<&SampledSheet> {
    let mut filled = sheets.iter().filter(|sheet| !sheet.rows.is_empty());
    filled.next().filter(|_| filled.next().is_none())
}

fn used(entry: &SheetEntry, number: usize, unread: &[String]) -> Finding {
    let hidden = if entry.is_hidden { ", which is hidden" } else { "" };
    let others = if unread.is_empty() { String::new() } else { format!("; not read: {}", unread.join(", ")) };
    let name = sheet_name(&entry.name);
    let message = format!("of {number} sheets, {name}{hidden} is read: the only one with a table of cases{others}");
    Finding::new(FindingId::SheetUsed, message).remedy("--sheet NAME reads another one")
}

fn hidden_sheets(hidden: &[&SheetEntry]) -> Option<Finding> {
    let names: Vec<String> = hidden.iter().map(|entry| sheet_name(&entry.name)).collect();
    let first = hidden.first()?;
    let message = match names.as_slice() {
        [name] => format!("the sheet {name} is hidden, and is not read"),
        _ => format!("the sheets {} are hidden, and are not read", names.join(", ")),
    };
    let remedy = format!("to read it: --sheet {}", quoted(&first.name));
    Some(Finding::new(FindingId::HiddenCells, message).remedy(remedy))
}

fn unclear(several: &[&SampledSheet]) -> Finding {
    let described: Vec<String> = several.iter().map(|sheet| sheet.described()).collect();
    let first = several.first().map_or_else(String::new, |sheet| quoted(&sheet.entry.name));
    let message = format!("{} sheets read as tables: {}", several.len(), described.join("; "));
    let tables: Vec<(&str, Vec<&str>)> =
        several.iter().map(|sheet| (sheet.entry.name.as_str(), sheet.names())).collect();
    let as_one = as_one_cohort(&tables).map_or_else(String::new, |options| format!("; {options}"));
    Finding::new(FindingId::SheetUnclear, message)
        .remedy(format!("name the sheet of the cases: --sheet {first}{as_one}"))
}

/// How the sheets that have the columns of the first of them are read as one cohort; none where no other has them.
pub fn as_one_cohort(tables: &[(&str, Vec<&str>)]) -> Option<String> {
    let folded = |columns: &[&str]| columns.iter().map(|name| name.trim().to_lowercase()).collect::<BTreeSet<_>>();
    let same = |of: &BTreeSet<String>| {
        let names = tables.iter().filter(|(_, columns)| folded(columns) == *of).map(|(name, _)| *name);
        names.collect::<Vec<&str>>()
    };
    let names = tables.iter().map(|(_, columns)| same(&folded(columns))).find(|names| names.len() > 1)?;
    let options: Vec<String> = names.iter().map(|name| format!("--sheet {}", quoted(name))).collect();
    Some(format!("to read sheets with the same columns as one cohort: {}", options.join(" ")))
}

fn unknown(named: &str, entries: &[SheetEntry]) -> Finding {
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    let near = nearest(named, &names);
    let near = near.map(|near| format!("in place of --sheet {}: --sheet {}", quoted(named), quoted(near)));
    let all: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    let remedy = near.unwrap_or_else(|| format!("the sheets are {}", all.join(", ")));
    Finding::new(FindingId::SheetUnknown, format!("the workbook has no sheet {}", quoted(named))).remedy(remedy)
}

fn no_table() -> Finding {
    let message = "no sheet reads as a table of cases: column names in one row, and a row for each case below it";
    Finding::new(FindingId::SheetUnclear, message)
        .remedy("name the sheet, and the row of the column names: --sheet NAME --header-row N")
}

/// The refusal of a sheet without a table.
pub fn without_table(sheet: &SampledSheet, fault: NoTable, stated: Option<u32>) -> Finding {
    let name = sheet_name(&sheet.entry.name);
    let message = match fault {
        NoTable::Empty => format!("the sheet {name} has no cells"),
        NoTable::NoHeader(_) => {
            format!("no row of {name} looks like column names: texts that differ, one for each column")
        }
        NoTable::NoSuchRow => {
            format!("{name} has no cells in row {}, where the column names should be", stated.unwrap_or(0))
        }
    };
    let remedy = match fault {
        NoTable::Empty => "name another sheet: --sheet NAME",
        NoTable::NoHeader(_) | NoTable::NoSuchRow => {
            "give the row of the column names: --header-row N; or add one such as case_id, age, sex"
        }
    };
    let id = if fault == NoTable::Empty { FindingId::EmptyFile } else { FindingId::NoHeader };
    Finding::new(id, message).remedy(remedy)
}

/// The letters of some columns: `C, F`.
pub fn letters(columns: &[(u32, u32)]) -> String {
    let one = |(first, last): &(u32, u32)| match first == last {
        true => column_letters(*first),
        false => format!("{}:{}", column_letters(*first), column_letters(*last)),
    };
    columns.iter().map(one).collect::<Vec<_>>().join(", ")
}
