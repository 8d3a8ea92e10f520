//! From statistics to tables: labels, order, rounding, footnotes; text ready to place.
//!
//! A renderer only places this text and escapes it; it computes nothing.

pub mod ard;
pub mod audit;
mod columns;
pub mod digits;
mod layout;
mod lines;
pub mod listing;
pub mod manuscript;
pub mod number;
pub mod options;
mod p_value;
mod read_as;
mod response;
pub mod stat_rules;
pub mod style;
pub mod template;
mod variable;

pub use layout::{ReportContext, report, tables_by_groups};

/// A whole report: tables and their footnotes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// One line above everything.
    pub title: String,
    /// The tables in order.
    pub tables: Vec<Table>,
    /// One paragraph each.
    pub footnotes: Vec<String>,
}

/// One table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its heading.
    pub title: String,
    /// Column headings.
    pub header: Vec<String>,
    /// Rows of as many cells as the header.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What kind of row it is.
    pub depth: Depth,
    /// Its cells.
    pub cells: Vec<String>,
}

/// The indentation of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The name of a variable.
    Variable,
    /// A level or a statistic of it.
    Level,
}

impl Table {
    /// An empty table.
    pub fn new(title: &str, header: &[&str]) -> Table {
        Table { title: title.to_owned(), header: header.iter().map(|h| (*h).to_owned()).collect(), rows: Vec::new() }
    }

    /// Appends the columns of another table of the same rows, but for its first ones.
    fn add_columns(&mut self, other: Table, without: usize) {
        self.header.extend(other.header.into_iter().skip(without));
        for (row, other) in self.rows.iter_mut().zip(other.rows) {
            row.cells.extend(other.cells.into_iter().skip(without));
        }
    }

    /// Appends a row; missing cells at its end are empty.
    pub fn push(&mut self, depth: Depth, cells: impl Into<Vec<String>>) {
        let mut cells = cells.into();
        cells.resize(self.header.len(), String::new());
        self.rows.push(Row { depth, cells });
    }
}
