//! Where the table of a sheet is: its header, what is above it, its columns.

use super::row::{CellKind, CellRange, SheetRow};
use crate::read::csv::is_data;
use std::collections::BTreeSet;

/// Where a table begins, as its first rows tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLayout {
    /// The row of the column names.
    pub header: u32,
    /// The first column of the sheet that belongs to the table.
    pub first: u32,
    /// The last one.
    pub last: u32,
}

/// The names of the columns of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnNames {
    /// The row of the names; one below that of the layout where that one is a band.
    pub header: u32,
    /// The row of a band whose words were put before the names.
    pub band: Option<u32>,
    /// The names, from the first column on; empty for a column without one.
    pub names: Vec<String>,
}

/// Why a sheet has no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTable {
    /// It has no cells.
    Empty,
    /// No row of it looks like column names; its first row is this one.
    NoHeader(u32),
    /// It has no cells in the row that was named.
    NoSuchRow,
}

impl SheetLayout {
    /// The layout of the table in the first rows of a sheet; `stated` is the row of the column names, where it is known.
    pub fn find(rows: &[SheetRow], stated: Option<u32>) -> Result<SheetLayout, NoTable> {
        let Some(top) = rows.first() else { return Err(NoTable::Empty) };
        let header = match stated {
            Some(stated) => rows.iter().find(|row| row.number == stated).ok_or(NoTable::NoSuchRow)?,
            None => header(rows).ok_or(NoTable::NoHeader(top.number))?,
        };
        let below = rows.iter().filter(|row| row.number >= header.number);
        let columns = || below.clone().flat_map(|row| row.cells().iter().map(|cell| cell.column));
        let (first, last) = (columns().min().unwrap_or(1), columns().max().unwrap_or(1));
        Ok(SheetLayout { header: header.number, first, last })
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.last.saturating_sub(self.first).saturating_add(1) as usize
    }

    /// The names of the columns, where the merged cells of the sheet are known.
    pub fn names(&self, rows: &[SheetRow], merged: &[CellRange]) -> ColumnNames {
        let row = |number: u32| rows.iter().find(|row| row.number == number);
        let is_band = merged
            .iter()
            .any(|range| range.top == self.header && range.bottom == range.top && range.right > range.left);
        let below = self.header.saturating_add(1);
        let header = if is_band && row(below).is_some_and(is_of_names) { below } else { self.header };
        let band = header.checked_sub(1).and_then(row);
        let bare: Vec<&str> = (self.first..=self.last)
            .map(|column| row(header).and_then(|row| row.text_at(column)).unwrap_or_default())
            .collect();
        let Some(band) = band else {
            return ColumnNames { header, band: None, names: bare.into_iter().map(str::to_owned).collect() };
        };
        let labels = self.labels(band, merged);
        // A word over a name that no other column has tells nothing apart: `Demographics` over `age`.
        let is_twin = |name: &str| bare.iter().filter(|other| **other == name).count() > 1;
        let is_used = |name: &str, label: &str| is_twin(name) || label.contains(|c: char| c.is_ascii_digit());
        let mut uses_band = false;
        let names = (self.first..).zip(bare.iter().zip(&labels)).map(|(column, (name, label))| {
            let above =
                band.text_at(column).filter(|_| name.is_empty() && labels.iter().any(|label| !label.is_empty()));
            let named = match above {
                Some(above) => above.to_owned(),
                None if !label.is_empty() && !name.is_empty() && is_used(name, label) => format!("{label} {name}"),
                None => (*name).to_owned(),
            };
            uses_band |= named != **name;
            named
        });
        let names: Vec<String> = names.collect();
        ColumnNames { header, band: uses_band.then_some(band.number), names }
    }

    /// The word of a band over each column; none over any where the row is a title.
    fn labels(&self, band: &SheetRow, merged: &[CellRange]) -> Vec<String> {
        let of_row: Vec<&CellRange> = merged.iter().filter(|range| range.top == band.number).collect();
        let mut labels = vec![String::new(); self.width()];
        let inside = |column: u32| (self.first..=self.last).contains(&column);
        let cells: Vec<_> = band.cells().iter().filter(|cell| inside(cell.column)).collect();
        for (at, cell) in cells.iter().enumerate() {
            let next = cells.get(at.saturating_add(1)).map_or(self.last, |next| next.column.saturating_sub(1));
            let last = match of_row.iter().find(|range| range.left == cell.column) {
                Some(range) if range.bottom > range.top => continue,
                Some(range) => range.right.min(self.last),
                None if of_row.is_empty() => next,
                None => cell.column,
            };
            if cell.column == self.first && last == self.last {
                return vec![String::new(); self.width()];
            }
            for column in cell.column..=last {
                let at = column.saturating_sub(self.first) as usize;
                if let Some(label) = labels.get_mut(at) {
                    band.text(cell).trim().clone_into(label);
                }
            }
        }
        labels
    }
}

/// The first row as wide as the table that holds nothing but names.
fn header(rows: &[SheetRow]) -> Option<&SheetRow> {
    let widest = rows.iter().map(|row| row.cells().len()).max()?;
    let missing = (widest / 5).max(1);
    let needed = widest.saturating_sub(missing).max(widest.min(2));
    let fits = |row: &&SheetRow| row.cells().len() >= needed && is_of_names(row);
    let mut candidates = rows.iter().filter(fits);
    let first = candidates.next()?;
    let next = candidates.next().filter(|next| next.number == first.number.saturating_add(1));
    let texts: Vec<&str> = first.cells().iter().map(|cell| first.text(cell).trim()).collect();
    let is_band = has_twins(&texts) || first.cells().len().saturating_add(2) <= widest;
    match next {
        // Of a band and the header below it, the header names more columns, or its names differ.
        Some(next) if is_band && next.cells().len() >= first.cells().len() => Some(next),
        Some(_) | None => Some(first),
    }
}

/// True for a row of texts alone, none of which is a number or a date.
pub fn is_of_names(row: &SheetRow) -> bool {
    row.cells().iter().all(|cell| cell.kind == CellKind::Text && !is_data(row.text(cell).trim()))
}

/// True where a text is there twice.
fn has_twins(texts: &[&str]) -> bool {
    let mut known = BTreeSet::new();
    texts.iter().filter(|text| !text.is_empty()).any(|text| !known.insert(*text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows from text: cells between bars, a number is data.
    fn rows(text: &str) -> Vec<SheetRow> {
        let lines = (1_u32..).zip(text.lines()).filter(|(_, line)| !line.is_empty());
        lines
            .map(|(number, line)| {
                let mut row = SheetRow::default();
                row.begin(number, false);
                for (column, cell) in (1_u32..).zip(line.split('|')) {
                    let kind = if cell.parse::<f64>().is_ok() { CellKind::Data } else { CellKind::Text };
                    row.push(column, kind, cell).unwrap();
                }
                row
            })
            .collect()
    }

    fn found(text: &str, merged: &[CellRange]) -> (u32, String) {
        let rows = rows(text);
        let layout = SheetLayout::find(&rows, None).unwrap();
        let names = layout.names(&rows, merged);
        (names.header, names.names.join("|"))
    }

    #[test]
    fn the_header_is_the_first_row_of_names_as_wide_as_the_table() {
        for (text, header, names) in [
            ("id|age|sex\nP1|6|F\nP2|7|M", 1, "id|age|sex"),
            ("Table 1\n\nof 5 cases\nid|age|sex\nP1|6|F", 4, "id|age|sex"),
            ("|age|sex\nP1|old|F\nP2|young|M", 1, "|age|sex"),
            ("id|sex|site\nP1|F|hip\nP2|M|knee", 1, "id|sex|site"),
            ("id||age\nP1||6", 1, "id||age"),
            ("Visit 1||Visit 2|\nBP|HR|BP|HR\n1|2|3|4", 2, "Visit 1 BP|Visit 1 HR|Visit 2 BP|Visit 2 HR"),
            ("|Visit 1|\nid|BP|HR\nP1|2|3", 2, "id|Visit 1 BP|Visit 1 HR"),
            ("Demographics||Labs|\nid|age|crp|esr\nP1|2|3|4", 2, "id|age|crp|esr"),
            ("A|A|B|B\nBP|HR|BP|HR\n1|2|3|4", 2, "A BP|A HR|B BP|B HR"),
            (
                "id|Demo||Visit 1||Visit 2|\n|age|sex|CRP|ESR|CRP|ESR\nP1|1|2|3|4|5|6",
                2,
                "id|age|sex|Visit 1 CRP|Visit 1 ESR|Visit 2 CRP|Visit 2 ESR",
            ),
        ] {
            assert_eq!(found(text, &[]), (header, names.to_owned()), "{text}");
        }
    }

    #[test]
    fn merged_cells_tell_a_band_from_a_header() {
        let range = |top, left, bottom, right| CellRange { top, left, bottom, right };
        let text = "id|age|Visit 1|\n||BP|HR\nP1|6|1|2";
        let merged = [range(1, 1, 2, 1), range(1, 2, 2, 2), range(1, 3, 1, 4)];
        assert_eq!(found(text, &merged), (2, "id|age|Visit 1 BP|Visit 1 HR".to_owned()));
    }

    #[test]
    fn a_sheet_without_a_header_is_no_table() {
        assert_eq!(SheetLayout::find(&rows("1|2\n3|4"), None), Err(NoTable::NoHeader(1)));
        assert_eq!(SheetLayout::find(&[], None), Err(NoTable::Empty));
        assert_eq!(SheetLayout::find(&rows("a|b\n1|2"), Some(9)), Err(NoTable::NoSuchRow));
    }
}
