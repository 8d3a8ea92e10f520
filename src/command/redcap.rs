//! The raw export of a REDCap project, with the dictionary beside it.

use super::related::{OpenTable, TableFile, ensure_fit_into_memory};
use crate::cohort::relate::KeptRows;
use crate::cohort::relate::redcap::{convert, has_forms, is_export, is_label_export};
use crate::cohort::stream::ensure_can_be_read_twice;
use crate::diagnostic::{Finding, FindingId, Findings, Severity, SourceLocation, quoted};
use crate::error::Error;
use crate::read::redcap::{Dictionary, is_dictionary};
use crate::read::{Inputs, ReadOptions, STDIN, name_of};
use crate::tally::{IdChoice, Settings};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Files of a folder that are looked at for a dictionary.
const MOST_FILES: usize = 500;
/// Bytes of the first line of a file that are looked at.
const MOST_BYTES: u64 = 4096;

/// What came of an export.
pub struct Export {
    /// The inputs, with one record a case.
    pub inputs: Inputs,
    /// The tables of its repeating instruments.
    pub tables: Vec<OpenTable>,
    /// What is said of it.
    pub notes: Vec<Finding>,
    /// The dictionary.
    pub dictionary: Option<PathBuf>,
}

/// Reads an input as a REDCap export where it is one; gives it back where it is none.
///
/// Errors: several dictionaries beside it, one that is none, and what is wrong with the rows of the export.
pub fn redcap(
    inputs: Inputs,
    path: &Path,
    options: &ReadOptions,
    stated: Option<&PathBuf>,
    settings: &mut Settings,
) -> Result<Result<Export, Inputs>, Error> {
    let headers: Vec<String> = inputs.headers().next().map(|(_, names)| names.to_vec()).unwrap_or_default();
    if inputs.count() > 1 || (stated.is_none() && !is_export(&headers) && !has_forms(&headers)) {
        return Ok(Err(inputs));
    }
    let dictionary = match stated {
        Some(path) => Some(path.clone()),
        None => beside(path)?,
    };
    if dictionary.is_none() && !is_export(&headers) {
        return Ok(Err(inputs));
    }
    ensure_can_be_read_twice(&inputs)?;
    let definitions = dictionary.as_ref().map(|path| read(path)).transpose()?;
    let rows = KeptRows::read(&inputs)?;
    let converted = convert(&rows, definitions.as_ref())?;
    let mut notes = converted.notes;
    notes.extend(dictionary.as_ref().map(|path| {
        let message = format!("the columns are read by the data dictionary {}", name_of(path));
        Finding::new(FindingId::RedcapExport, message).remedy("--dictionary FILE names another one")
    }));
    let mut tables = Vec::new();
    for instrument in converted.instruments {
        let table = TableFile::new(&instrument.name, path);
        tables.push((table, Inputs::open(&[path], options)?.composed(instrument.table)));
    }
    let mut schema = settings.schema.take().unwrap_or_default();
    schema.add_columns(converted.declared);
    settings.schema = Some(schema);
    if settings.id == IdChoice::Found {
        settings.id = IdChoice::Column(converted.id);
    }
    Ok(Ok(Export { inputs: inputs.composed(converted.cases), tables, notes, dictionary }))
}

/// What is said of an export with labels.
///
/// Errors: one with several rows a record, which are told apart by the raw data only.
pub fn of_labels(inputs: &Inputs) -> Result<Option<Finding>, Error> {
    let Some((_, headers)) = inputs.headers().next().filter(|(_, headers)| is_label_export(headers)) else {
        return Ok(None);
    };
    let names: Vec<&String> = headers.iter().filter(|name| name.contains("(choice=")).take(1).collect();
    let example = names.first().map_or_else(String::new, |name| format!(", such as {}", quoted(name)));
    let message = format!("this is a REDCap export with labels{example}: check boxes and repeated rows cannot be told");
    let finding = |severity| {
        let remedy = "export the raw data: Data Exports, CSV / Microsoft Excel (raw data), with the data dictionary";
        Finding::new(FindingId::RedcapLabels, message).severity(severity).remedy(remedy)
    };
    let can_repeat = headers.iter().any(|name| REPEATED.contains(&name.trim()))
        && inputs.can_be_read_again()
        && ensure_fit_into_memory(std::iter::once(inputs)).is_ok();
    let Some((row, first)) = (if can_repeat { repeated(&KeptRows::read(inputs)?) } else { None }) else {
        return Ok(Some(finding(Severity::Warning)));
    };
    let mut refused = Findings::default();
    refused.add(finding(Severity::Error).at(row).value(first));
    Err(refused.into())
}

/// Headers of an export with labels whose records may have several rows.
const REPEATED: [&str; 2] = ["Event Name", "Repeat Instrument"];

/// The place of the second row of a record, and the record.
fn repeated(rows: &KeptRows) -> Option<(SourceLocation, String)> {
    let mut known = BTreeSet::new();
    let again = rows.rows().find(|row| !known.insert(rows.text(*row, 0)))?;
    Some((rows.location(again, 0), rows.text(again, 0).to_owned()))
}

fn read(path: &Path) -> Result<Dictionary, Error> {
    // Choices and notes may have several lines.
    let options = ReadOptions { is_dictionary: true, multiline: header(path), ..ReadOptions::default() };
    let rows = KeptRows::read(&Inputs::open(&[path], &options)?)?;
    if !is_dictionary(&rows.columns) {
        let message = format!("'{}' is not a data dictionary of REDCap (--dictionary)", name_of(path));
        return Err(Error::usage_with(message, "download it in the project: Project Setup, Data Dictionary"));
    }
    let cells = |row| (0..rows.columns.len()).map(|column| rows.text(row, column).to_owned()).collect();
    Ok(Dictionary::read(&rows.columns, rows.rows().map(cells)))
}

/// The only dictionary in the folder of an export.
fn beside(path: &Path) -> Result<Option<PathBuf>, Error> {
    if path == Path::new(STDIN) {
        return Ok(None);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(None) };
    let is_csv = |path: &PathBuf| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
    let files = entries.filter_map(Result::ok).map(|entry| entry.path()).filter(is_csv).take(MOST_FILES);
    let mut found: Vec<PathBuf> = files.filter(|path| is_dictionary(&header(path))).collect();
    found.sort();
    match found.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only.clone())),
        several => {
            let names: Vec<String> = several.iter().map(|path| name_of(path)).collect();
            let message = format!("several data dictionaries are beside the export: {}", names.join(", "));
            let first = several.first().map_or_else(String::new, |path| quoted(&path.display().to_string()));
            Err(Error::usage_with(message, format!("name the one of this project: --dictionary {first}")))
        }
    }
}

/// The names in the first line of a file; none where it cannot be read as a short line of text.
fn header(path: &Path) -> Vec<String> {
    use std::io::Read;
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    let line = text.trim_start_matches('\u{FEFF}').lines().next().filter(|_| read.is_ok()).unwrap_or_default();
    split(line)
}

/// The cells of a line with commas, some of them in quotes.
fn split(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    cells
}
