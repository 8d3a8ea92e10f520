//! The tables as one sheet: a header, then one record a row of any table.

mod guard;

pub(super) use guard::{safe, safe_text};

use crate::tables::{Depth, Report, Table};
use guard::share_in_words;
use std::borrow::Cow;
use std::io;

/// All tables as records: table, variable and row, then the columns of all tables in order of appearance.
///
/// UTF-8 without a byte order mark; line ends are `\n`. The name of a variable is repeated in each
/// of its rows. Footnotes are left out, so that every record is a row of a table.
///
/// ```text
/// table,variable,row,n/N (%) or value,"95% CI, %",not reported
/// Cases,Sex,,,,0
/// Cases,Sex,female,5/5 (100%),57–100,
/// ```
pub fn render(report: &Report, delimiter: u8) -> io::Result<Vec<u8>> {
    records(&sheet(report), delimiter, safe_text)
}

/// Records of one length as bytes; each cell is made harmless for terminals and spreadsheets by `guard`.
pub(super) fn records(records: &[Vec<String>], delimiter: u8, guard: fn(&str) -> Cow<'_, str>) -> io::Result<Vec<u8>> {
    let mut writer = ::csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    for record in records {
        writer.write_record(record.iter().map(|cell| guard(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|fault| fault.into_error())
}

/// The header and all rows.
fn sheet(report: &Report) -> Vec<Vec<String>> {
    let columns = CsvColumns::of(&report.tables);
    let mut sheet = vec![columns.names()];
    for table in &report.tables {
        let places: Vec<usize> = columns.places(table);
        let (mut section, mut variable, mut level) = ("", "", "");
        for row in &table.rows {
            let text = row.label().text.as_str();
            match row.depth {
                Depth::Section => {
                    section = text;
                    continue;
                }
                Depth::Variable => (variable, level) = (text, ""),
                Depth::Level => level = text,
                Depth::Item => {}
            }
            // A combination may be called like a level.
            let name = if row.depth == Depth::Item { format!("{level}: {text}") } else { level.to_owned() };
            let of = if section.is_empty() { table.title.clone() } else { format!("{}: {section}", table.title) };
            let mut record = vec![of, variable.to_owned(), name];
            record.resize(columns.headings.len() + FIRST.len(), String::new());
            for (place, value) in places.iter().zip(row.values()) {
                if let Some(cell) = record.get_mut(FIRST.len() + place) {
                    *cell = share_in_words(&value.text).into_owned();
                }
            }
            sheet.push(record);
        }
    }
    sheet
}

/// The columns before those of the tables.
const FIRST: [&str; 3] = ["table", "variable", "row"];

/// The columns of all tables: each heading, and which of those of one name in a table it is.
struct CsvColumns {
    headings: Vec<(String, usize)>,
}

impl CsvColumns {
    fn of(tables: &[Table]) -> CsvColumns {
        let mut headings = Vec::new();
        for heading in tables.iter().flat_map(numbered) {
            if !headings.contains(&heading) {
                headings.push(heading);
            }
        }
        CsvColumns { headings }
    }

    /// Where the columns of a table stand among all.
    fn places(&self, table: &Table) -> Vec<usize> {
        numbered(table).into_iter().filter_map(|one| self.headings.iter().position(|known| *known == one)).collect()
    }

    /// Names that differ: a second column of a name is `name (2)`.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = FIRST.map(str::to_owned).to_vec();
        for (heading, _) in &self.headings {
            let heading = if heading.is_empty() { "value" } else { heading.as_str() };
            let numbered = (2..).map(|number| format!("{heading} ({number})"));
            let mut free = std::iter::once(heading.to_owned()).chain(numbered).filter(|name| !names.contains(name));
            names.extend(free.next());
        }
        names
    }
}

/// The headings of a table behind the first, each with how often it stood there before.
fn numbered(table: &Table) -> Vec<(String, usize)> {
    let headings: Vec<String> = table.headings().into_iter().skip(1).collect();
    let before = |at: usize| headings.iter().take(at).filter(|other| headings.get(at) == Some(*other)).count();
    headings.iter().enumerate().map(|(at, heading)| (heading.clone(), before(at))).collect()
}

#[cfg(test)]
mod tests;
