//! What the text of a document consists of: headings, paragraphs and the cells of tables, in its order.

use std::ops::Range;

/// A step through the body and the notes of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordStep {
    /// A heading, in bytes of the text.
    Heading(Range<usize>),
    /// A paragraph, in bytes of the text.
    Paragraph(Range<usize>),
    /// A table begins.
    Table,
    /// A row begins.
    Row,
    /// A cell begins.
    Cell,
    /// The cell covers so many columns. The rows that it covers have a cell of their own, which is empty.
    Columns(u32),
    /// The innermost table ends.
    TableEnd,
}

/// The steps so far.
#[derive(Debug, Default)]
pub struct WordStructure {
    /// The steps.
    pub steps: Vec<WordStep>,
    /// True for a part of no interest, such as the running head of the pages.
    pub(super) is_left_out: bool,
    /// How many elements are open that repeat a text box for old programs.
    fallbacks: usize,
}

impl WordStructure {
    /// Adds a step, but within what is left out.
    pub(super) fn add(&mut self, step: WordStep) {
        if !self.is_left_out && self.fallbacks == 0 {
            self.steps.push(step);
        }
    }

    /// An element of this name, without its prefix, begins.
    pub(super) fn begin(&mut self, name: &str) {
        match name {
            "tbl" => self.add(WordStep::Table),
            "tr" => self.add(WordStep::Row),
            "tc" => self.add(WordStep::Cell),
            "mc:Fallback" => self.fallbacks = self.fallbacks.saturating_add(1),
            _ => {}
        }
    }

    /// An element of this name, without its prefix, ends.
    pub(super) fn end(&mut self, name: &str) {
        match name {
            "tbl" => self.add(WordStep::TableEnd),
            "mc:Fallback" => self.fallbacks = self.fallbacks.saturating_sub(1),
            _ => {}
        }
    }
}
