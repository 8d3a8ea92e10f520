//! From statistics to tables: labels, order, rounding, footnotes; text ready to place.
//!
//! A renderer only places this text and escapes it; it computes nothing.

pub mod ard;
pub mod audit;
mod columns;
mod context;
pub mod digits;
mod few;
mod footnotes;
mod glance;
mod layout;
mod line;
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

pub use context::ReportContext;
pub use layout::{report, tables_by_groups};

/// A whole report: tables and their footnotes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// One line above everything.
    pub title: String,
    /// The series in a few lines, for text.
    pub glance: Vec<GlanceLine>,
    /// The tables in order.
    pub tables: Vec<Table>,
    /// One paragraph each.
    pub footnotes: Vec<String>,
    /// True where the only table is the glance.
    pub is_brief: bool,
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

/// One line: a label, and items of which the last may be left out where there is no room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GlanceLine {
    /// What it is about.
    pub label: &'static str,
    /// The most important ones first.
    pub items: Vec<GlanceItem>,
    /// True where none should be left out.
    pub needs_all: bool,
}

/// One item: numbers and words of the program around a name of the data, which may be cut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GlanceItem {
    /// Before the name.
    pub before: String,
    /// The name.
    pub name: String,
    /// Behind the name.
    pub behind: String,
}

impl GlanceItem {
    /// An item without a name of the data.
    pub(super) fn of(text: impl Into<String>) -> GlanceItem {
        GlanceItem { before: text.into(), ..GlanceItem::default() }
    }

    /// A name and its numbers.
    pub(super) fn named(name: impl Into<String>, numbers: &str) -> GlanceItem {
        GlanceItem { name: name.into(), behind: format!(" {numbers}"), ..GlanceItem::default() }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        format!("{}{}{}", self.before, self.name, self.behind)
    }
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

    /// True where a column has no cell.
    fn is_blank(&self, column: usize) -> bool {
        self.rows.iter().all(|row| row.cells.get(column).is_none_or(String::is_empty))
    }

    /// The table without a column.
    fn without(mut self, column: usize) -> Table {
        let cells = self.rows.iter_mut().map(|row| &mut row.cells).chain([&mut self.header]);
        cells.filter(|cells| column < cells.len()).for_each(|cells| drop(cells.remove(column)));
        self
    }

    /// Appends a row; missing cells at its end are empty.
    pub fn push(&mut self, depth: Depth, cells: impl Into<Vec<String>>) {
        let mut cells = cells.into();
        cells.resize(self.header.len(), String::new());
        self.rows.push(Row { depth, cells });
    }
}
