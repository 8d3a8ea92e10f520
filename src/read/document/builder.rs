//! Collects text into passages, whatever the format it comes from.

use super::{Passage, PassageKind, TableCell};
use std::mem;

/// The passages so far, and the one that is being read.
#[derive(Default)]
pub(super) struct PassageBuilder {
    passages: Vec<Passage>,
    text: String,
    lines: Vec<(usize, u64)>,
    tables: u32,
    /// The cell of each table that is open, the innermost last; column 0 before the first cell of a row.
    open: Vec<TableCell>,
    /// The number of the passage that is the outermost open table.
    table_number: u32,
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
        let cell = self.open.last().filter(|cell| cell.column > 0);
        let kind = cell.map_or(kind, |cell| PassageKind::Cell(*cell));
        let number = if cell.is_some() { self.table_number } else { self.next_number() };
        self.passages.push(Passage { kind, number, text: text.to_owned(), lines });
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
        self.open.push(TableCell { table: self.tables, row: 0, column: 0 });
    }

    /// Ends the innermost table.
    pub fn end_table(&mut self) {
        self.close(PassageKind::Paragraph);
        self.open.pop();
    }

    /// Begins a row of the innermost table.
    pub fn begin_row(&mut self) {
        self.close(PassageKind::Paragraph);
        if let Some(cell) = self.open.last_mut() {
            *cell = TableCell { row: cell.row.saturating_add(1), column: 0, ..*cell };
        }
    }

    /// Begins a cell of the row.
    pub fn begin_cell(&mut self) {
        self.close(PassageKind::Paragraph);
        if let Some(cell) = self.open.last_mut() {
            cell.column = cell.column.saturating_add(1);
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
