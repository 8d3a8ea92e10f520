//! A manuscript whose numbers are placeholders: `The mean age was {{ age.mean }} years.`
//!
//! ```text
//! {{ sites[knee] | n/N (p%) | where age < 10 | words }}
//!    `---------'   `------'   `------------'   `---'
//!    selector      pattern    condition        flag
//! ```
//! Only two braces are ours; `{%`, `{#1}` and single braces are text. A selector that names a
//! statistic is one number; one that names none needs a pattern, in which every word that is the
//! name of a statistic stands for it. Four braces give two of the text itself, and so does, in
//! Markdown and LaTeX, a backslash before the first. Of three the last two are ours, so that
//! `\textbf{{{ age.mean }}}` is what it looks like. Fenced code of Markdown is left as it stands.

mod fence;
mod lines;
mod part;
mod parts;
mod pattern;
mod placeholder;
mod scan;
pub mod stale;
mod token;

pub use lines::{Lines, Position};
pub use part::Spelling;
pub use placeholder::{Form, Placeholder};

use crate::words::words;
use std::ops::Range;

words! {
    /// What a draft is written in.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum DraftFormat: "draft format" {
        /// Markdown.
        Markdown = "markdown" [".md", ".markdown", ".qmd", ".rmd"],
        /// LaTeX.
        Latex = "latex" [".tex", ".ltx"],
        /// Text in which no character is markup.
        #[default]
        Text = "text" [".txt"],
    }
}

/// What is wrong with a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// One sentence.
    pub message: String,
    /// The part of the draft in question, in bytes.
    pub at: Range<usize>,
    /// What to write instead.
    pub remedy: Option<String>,
}

impl Fault {
    fn new(message: impl Into<String>, at: Range<usize>, remedy: impl Into<String>) -> Fault {
        Fault { message: message.into(), at, remedy: Some(remedy.into()) }
    }
}

/// A part of a draft.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece<'t> {
    /// The author's own text.
    Text(&'t str),
    /// What a number takes the place of.
    Placeholder(Box<Placeholder>),
}

/// A manuscript, taken apart at its placeholders.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft<'t> {
    /// As it was written.
    pub text: &'t str,
    /// What it is written in.
    pub format: DraftFormat,
    /// Its parts in order.
    pub pieces: Vec<Piece<'t>>,
    /// What is wrong with placeholders that are none of the parts, in order.
    pub faults: Vec<Fault>,
    /// Where two braces stand in code, which is left as it stands.
    pub in_code: Vec<usize>,
}

impl<'t> Draft<'t> {
    /// Takes a text apart; takes time in proportion to its length.
    pub fn parse(text: &'t str, format: DraftFormat) -> Draft<'t> {
        scan::scan(text, format)
    }

    /// Its placeholders in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &Placeholder> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder(placeholder) => Some(placeholder.as_ref()),
            Piece::Text(_) => None,
        })
    }
}

#[cfg(test)]
mod tests;
