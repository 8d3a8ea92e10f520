//! Cases as the program reads them: JSON or CSV whose cells are those of the input, unchanged.

use crate::error::Error;
use crate::read::ITEM;
use std::io::{self, Write};

/// What separates the items of a list in a cell of CSV.
pub const SEPARATOR: char = ';';

/// The format of the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConvertedFormat {
    /// A document with one object a case, each on a line.
    Json,
    /// A header and one record a case.
    Csv,
}

impl ConvertedFormat {
    /// The format by the extension of a path.
    ///
    /// Errors: another extension.
    pub fn of_path(path: &str) -> Result<ConvertedFormat, Error> {
        let lower = path.to_lowercase();
        match () {
            () if lower.ends_with(".schema.json") => {}
            () if lower.ends_with(".json") => return Ok(ConvertedFormat::Json),
            () if lower.ends_with(".csv") => return Ok(ConvertedFormat::Csv),
            () => {}
        }
        Err(Error::usage_with(format!("cases cannot be written as '{path}'"), "use -o cases.json or -o cases.csv"))
    }
}

/// Why a cell cannot be written without becoming another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellMisfit {
    /// A spreadsheet program would compute it.
    Formula,
    /// An item of its list contains the separator.
    Separator,
    /// The only item of its list is called as an empty list is written.
    OnlyNone,
    /// It has a character that could control a terminal.
    Control,
}

/// Writes cases one after the other.
pub struct ConvertedWriter<'w> {
    format: ConvertedFormat,
    names: Vec<String>,
    out: &'w mut dyn Write,
    rows: u64,
}

impl<'w> ConvertedWriter<'w> {
    /// A writer of cases with these columns.
    pub fn new(format: ConvertedFormat, names: Vec<String>, out: &'w mut dyn Write) -> io::Result<ConvertedWriter<'w>> {
        let mut writer = ConvertedWriter { format, names, out, rows: 0 };
        match format {
            ConvertedFormat::Json => writer.out.write_all(b"{\n\"cases\": [\n")?,
            ConvertedFormat::Csv => {
                let names = writer.names.clone();
                writer.record(&names)?;
            }
        }
        Ok(writer)
    }

    /// Writes one case; `cells` are in the order of the columns.
    ///
    /// Errors: a failed write; inside, the column of a cell that cannot be written as it is.
    pub fn case(&mut self, cells: &[String]) -> io::Result<Result<(), (usize, CellMisfit)>> {
        match self.format {
            ConvertedFormat::Json => self.object(cells)?,
            ConvertedFormat::Csv => {
                for (column, cell) in cells.iter().enumerate() {
                    if let Some(misfit) = misfit(cell) {
                        return Ok(Err((column, misfit)));
                    }
                }
                let cells: Vec<String> = cells.iter().map(|cell| joined(cell)).collect();
                self.record(&cells)?;
            }
        }
        self.rows += 1;
        Ok(Ok(()))
    }

    /// Ends the document.
    pub fn finish(self) -> io::Result<()> {
        match self.format {
            ConvertedFormat::Json => self.out.write_all(b"\n]\n}\n"),
            ConvertedFormat::Csv => Ok(()),
        }
    }

    fn record(&mut self, cells: &[String]) -> io::Result<()> {
        let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(cells)?;
        let bytes = writer.into_inner().map_err(|fault| fault.into_error())?;
        self.out.write_all(&bytes)
    }

    fn object(&mut self, cells: &[String]) -> io::Result<()> {
        let members: serde_json::Map<String, serde_json::Value> =
            self.names.iter().cloned().zip(cells.iter().map(|cell| value(cell))).collect();
        let text = serde_json::to_string(&members)?;
        let before: &[u8] = if self.rows > 0 { b",\n" } else { b"" };
        self.out.write_all(before)?;
        self.out.write_all(escaped(&text).as_bytes())
    }
}

/// A cell as JSON: a list, a text, or null where it is empty.
fn value(cell: &str) -> serde_json::Value {
    match cell.strip_prefix(ITEM) {
        Some(list) => list.split(ITEM).collect(),
        None if cell.is_empty() => serde_json::Value::Null,
        None => cell.into(),
    }
}

/// Characters that could control a terminal are in strings only, and are escaped.
fn escaped(json: &str) -> String {
    let is_harmless = |c: char| !c.is_control() && !crate::diagnostic::is_unsafe(c);
    json.chars().fold(String::with_capacity(json.len()), |mut text, c| {
        match is_harmless(c) {
            true => text.push(c),
            false => text.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
        text
    })
}

/// A cell as CSV: the items of a list with a separator between them.
fn joined(cell: &str) -> String {
    match cell.strip_prefix(ITEM) {
        Some(list) => list.replace(ITEM, &SEPARATOR.to_string()),
        None => cell.to_owned(),
    }
}

/// Why a cell would not be the same in CSV.
fn misfit(cell: &str) -> Option<CellMisfit> {
    if let Some(list) = cell.strip_prefix(ITEM) {
        let is_none = list.trim().eq_ignore_ascii_case("none").then_some(CellMisfit::OnlyNone);
        return list.contains(SEPARATOR).then_some(CellMisfit::Separator).or(is_none);
    }
    if cell.chars().any(|c| !matches!(c, '\n' | '\r' | '\t') && crate::diagnostic::is_unsafe(c)) {
        return Some(CellMisfit::Control);
    }
    // `+`, `--` and `-1.5` are cells that people type, and compute nothing.
    let rest = cell.trim_start_matches(['+', '-']);
    let is_formula = cell.starts_with(['=', '@', '\u{ff1d}', '\u{ff20}', '\t'])
        || (cell.starts_with(['+', '-', '\u{ff0b}', '\u{ff0d}']) && rest.contains(['(', '!', '|', '+', '*', '/', '"']));
    is_formula.then_some(CellMisfit::Formula)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: ConvertedFormat, cells: &[&str]) -> Result<String, (usize, CellMisfit)> {
        let mut out = Vec::new();
        let names = (0..cells.len()).map(|n| format!("c{n}")).collect();
        let mut writer = ConvertedWriter::new(format, names, &mut out).unwrap();
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        writer.case(&cells).unwrap()?;
        writer.finish().unwrap();
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn cells_are_written_as_they_are_read() {
        let cells = ["P1", "", "1:80", "\u{1f}elbow\u{1f}knee", "a,\"b\"\nc", "+"];
        assert_eq!(
            written(ConvertedFormat::Json, &cells).unwrap(),
            "{\n\"cases\": [\n{\"c0\":\"P1\",\"c1\":null,\"c2\":\"1:80\",\"c3\":[\"elbow\",\"knee\"],\"c4\":\"a,\\\"b\\\"\\nc\",\"c5\":\"+\"}\n]\n}\n"
        );
        assert_eq!(
            written(ConvertedFormat::Csv, &cells).unwrap(),
            "c0,c1,c2,c3,c4,c5\nP1,,1:80,elbow;knee,\"a,\"\"b\"\"\nc\",+\n"
        );
    }

    #[test]
    fn what_csv_cannot_hold_is_refused_there() {
        for (cell, misfit) in [
            ("=1+1", CellMisfit::Formula),
            ("@SUM(A1)", CellMisfit::Formula),
            ("-2+3", CellMisfit::Formula),
            ("\u{1f}a;b\u{1f}c", CellMisfit::Separator),
            ("\u{1f}None", CellMisfit::OnlyNone),
            ("a\u{7}b", CellMisfit::Control),
        ] {
            assert_eq!(written(ConvertedFormat::Csv, &["P1", cell]), Err((1, misfit)), "{cell}");
            assert!(written(ConvertedFormat::Json, &["P1", cell]).is_ok());
        }
        assert!(written(ConvertedFormat::Csv, &["-1.5", "--", "+++", "- none", "<5"]).is_ok());
    }
}
