//! A manuscript whose numbers are placeholders: `The mean age was {{ age.mean }} years.`
//!
//! ```text
//! {{ sites[knee] | n/N (p%) | where age < 10 | words }}
//!    `---------'   `------'   `------------'   `---'
//!    selector      pattern    condition        flag
//! ```
//! Only double braces mark a placeholder; `{%`, `{#1}` and single braces are text. A selector with a
//! statistic gives one number. A selector without one needs a pattern, in which every name of a
//! statistic is replaced by its number. To write literal double braces, write four, or in Markdown
//! and LaTeX a backslash before them. Of three braces the last two mark the placeholder, so that
//! `\textbf{{{ age.mean }}}` works as expected. Fenced code of Markdown is left unchanged. In a Word document a
//! placeholder stands in one paragraph.

mod fence;
mod lines;
mod part;
mod parts;
mod pattern;
mod placeholder;
mod scan;
pub mod stale;
mod token;

pub use lines::{LineIndex, Position};
pub use placeholder::Placeholder;

use crate::words::words;
use std::ops::Range;

words! {
    /// The markup of a draft.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum DraftFormat: "draft format" {
        /// Markdown.
        Markdown = "markdown" [".md", ".markdown", ".qmd", ".rmd"],
        /// LaTeX.
        Latex = "latex" [".tex", ".ltx"],
        /// A Word document, one line a paragraph.
        Word = "docx" [".docx", ".docm", ".dotx"],
        /// Plain text without markup.
        #[default]
        Text = "text" [".txt"],
    }
}

/// What is wrong with a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFault {
    /// One sentence.
    pub message: String,
    /// The part of the draft in question, in bytes.
    pub at: Range<usize>,
    /// What to write instead.
    pub remedy: Option<String>,
}

impl DraftFault {
    fn new(message: impl Into<String>, at: Range<usize>, remedy: impl Into<String>) -> DraftFault {
        DraftFault { message: message.into(), at, remedy: Some(remedy.into()) }
    }
}

/// A part of a draft.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftPiece<'t> {
    /// The author's own text.
    Text(&'t str),
    /// A placeholder, to be replaced by a number.
    Placeholder(Box<Placeholder>),
}

/// A manuscript, split at its placeholders.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft<'t> {
    /// The whole text.
    pub text: &'t str,
    /// Its markup.
    pub format: DraftFormat,
    /// Its parts in order.
    pub pieces: Vec<DraftPiece<'t>>,
    /// The faults of invalid placeholders, in order. These placeholders are not among the pieces.
    pub faults: Vec<DraftFault>,
    /// The braces that were written twice to stand for themselves, in bytes: one half of each is left out.
    pub left_out: Vec<Range<usize>>,
    /// The positions of double braces in code, which is left unchanged, in bytes.
    pub in_code: Vec<usize>,
}

impl Draft<'_> {
    /// Its placeholders in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &Placeholder> {
        self.pieces.iter().filter_map(|piece| match piece {
            DraftPiece::Placeholder(placeholder) => Some(placeholder.as_ref()),
            DraftPiece::Text(_) => None,
        })
    }
}

#[cfg(test)]
mod tests;
