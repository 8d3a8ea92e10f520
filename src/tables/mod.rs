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
mod journal;
pub mod journal_options;
mod last_visit;
mod layout;
mod line;
mod lines;
pub mod listing;
pub mod manuscript;
pub mod number;
pub mod number_marks;
pub mod options;
mod own;
mod p_value;
mod page;
pub mod plot;
pub mod printed;
mod read_as;
mod requested;
mod response;
pub mod scan;
pub mod stat_rules;
pub mod style;
mod survival;
mod table;
pub mod template;
mod variable;

pub use context::ReportContext;
pub use layout::{report, tables_by_groups};
pub use page::{findings_of, verdicts_of};
pub use table::{Cell, Depth, Heading, Note, Row, SpanningHead, Table};

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
    /// True for the tables alone, to be put into another document.
    pub is_fragment: bool,
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
