//! Collects text into passages, whatever the format it comes from.

use super::{Passage, PassageKind, TableCell};
use std::collections::BTreeMap;
use std::mem;

/// Columns that one cell covers at most; a table of a manuscript has fewer.
const MOST_COLUMNS: u32 = 100;

/// The passages so far, and the one that is being read.
#[derive(Default)]
pub(super) struct PassageBuilder {
    passages: Vec<Passage>,
    text: String,
    lines: Vec<(usize, u64)>,
    tables: u32,
    /// The tables that are open, the innermost last.
    open: Vec<OpenTable>,
    /// The number of the passage that is the outermost open table.
    table_number: u32,
}

/// A table that is read.
struct OpenTable {
    /// The cell that is read; column 0 before the first one of a row.
    cell: TableCell,
    /// The columns that it covers.
    columns: u32,
    /// The cells that reach into further rows, by their first column: how many columns, and the last row.
    reaching: BTreeMap<u32, (u32, u32)>,
}

impl OpenTable {
    /// Goes to the next column that no cell of a row above reaches into.
    fn next_cell(&mut self) {
        let mut column = self.cell.column.saturating_add(self.columns);
        while let Some((start, (columns, last))) = self.reaching.range(..=column).next_back() {
            let end = start.saturating_add(*columns);
            if end <= column || *last < self.cell.row {
                break;
            }
            column = end;
        }
        (self.cell.column, self.columns) = (column, 1);
    }
}

impl PassageBuilder {
    /// Adds text to the passage; white space of any length is one space.
    pub fn add(&mut self, text: &str, line: Option<u64>) {
        if text.starts_with(char::is_whitespace) {
            self.space();
        }
        for (number, word) in text.split_whitespace().enumerate() {
            if number > 0 {
                self.space();
            }
            let start = self.text.len();
            if let Some(line) = line.filter(|line| self.lines.last().is_none_or(|(_, last)| last != line)) {
                self.lines.push((start, line));
            }
            self.text.push_str(word);
        }
        if text.ends_with(char::is_whitespace) {
            self.space();
        }
    }

    /// Separates what follows from what was added, by one space.
    pub fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// Ends the passage, as a cell where a cell is open; an empty one is left out.
    pub fn close(&mut self, kind: PassageKind) {
        let (text, lines) = (mem::take(&mut self.text), mem::take(&mut self.lines));
        let text = text.trim_end();
        if text.is_empty() {
            return;
        }
        let table = self.open.last().filter(|table| table.cell.column > 0);
        let kind = table.map_or(kind, |table| PassageKind::Cell(table.cell));
        let columns = table.map_or(1, |table| table.columns);
        let number = if table.is_some() { self.table_number } else { self.next_number() };
        self.passages.push(Passage { kind, number, text: text.to_owned(), columns, lines });
    }

    fn next_number(&self) -> u32 {
        self.passages.last().map_or(1, |last| last.number.saturating_add(1))
    }

    /// Begins a table, in a cell of another one or not.
    pub fn begin_table(&mut self) {
        self.close(PassageKind::Paragraph);
        if self.open.is_empty() {
            self.table_number = self.next_number();
        }
        self.tables = self.tables.saturating_add(1);
        let cell = TableCell { table: self.tables, row: 0, column: 0 };
        self.open.push(OpenTable { cell, columns: 1, reaching: BTreeMap::new() });
    }

    /// Ends the innermost table.
    pub fn end_table(&mut self) {
        self.close(PassageKind::Paragraph);
        self.open.pop();
    }

    /// Begins a row of the innermost table.
    pub fn begin_row(&mut self) {
        self.close(PassageKind::Paragraph);
        if let Some(table) = self.open.last_mut() {
            table.cell = TableCell { row: table.cell.row.saturating_add(1), column: 0, ..table.cell };
            table.columns = 1;
        }
    }

    /// Begins a cell of the row.
    pub fn begin_cell(&mut self) {
        self.close(PassageKind::Paragraph);
        if let Some(table) = self.open.last_mut() {
            table.next_cell();
        }
    }

    /// Says how many columns and rows the cell that is read covers.
    pub fn span(&mut self, columns: u32, rows: u32) {
        let Some(table) = self.open.last_mut() else { return };
        table.columns = columns.clamp(1, MOST_COLUMNS);
        if rows > 1 {
            let last = table.cell.row.saturating_add(rows.saturating_sub(1));
            table.reaching.insert(table.cell.column, (table.columns, last));
        }
    }

    /// True inside a table.
    pub fn is_in_table(&self) -> bool {
        !self.open.is_empty()
    }

    /// The passages.
    pub fn end(mut self) -> Vec<Passage> {
        self.close(PassageKind::Paragraph);
        self.passages
    }
}
