//! Which cases are kept: the language of `--where`, a small part of SQL.
//!
//! ```text
//! "age < 10 and has(sites, 'knee')"
//!    |  token, parse                       FilterFault where the grammar is not met
//!    v
//! Filter  -- bind to the columns -->  Bound      ... where a name, a kind or a value does not fit
//!                                      |         (several filters: Panel)
//!                                      |  judge each case: true, false or unknown
//!                                      v
//!                                  check_levels  ... where a level was met in no case
//! ```
//!
//! What a case does not say is unknown and stays so under NOT, as in SQL; a censored value decides
//! where it can. What a text means is worked out once and remembered, as a column of millions of
//! cells has few different ones.

mod any_line;
mod bind;
mod bound;
mod column;
mod fault;
#[cfg(test)]
mod fault_tests;
mod interval;
mod line_field;
mod line_test;
#[cfg(test)]
mod line_tests;
mod names;
mod panel;
#[cfg(test)]
mod panel_tests;
mod parse;
#[cfg(test)]
mod property_tests;
mod question;
mod range;
mod syntax;
#[cfg(test)]
mod tests;
mod token;
mod tree;
mod usage;
mod vocabulary;
mod words;

pub use bound::{Bound, Record};
pub use fault::FilterFault;
pub use panel::Panel;
pub use syntax::{name_as_written, text_as_written};
pub use tree::Truth;

use super::column::CaseColumn;
use std::fmt;
use syntax::Condition;
use tree::Tree;

/// A filter as it was written; two are equal where they ask the same in the same order.
///
/// Its text (`Display`) is a normal form that reads back as the same filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter(Tree<Condition>);

impl Filter {
    /// Reads `age < 10 AND (etiology = 'idiopathic' OR sites IS NULL)` and the like; the grammar
    /// stands in `parse.rs`.
    ///
    /// Errors: what is no filter, more than 4 KiB of text, more than 64 levels of parentheses.
    pub fn parse(text: &str) -> Result<Filter, FilterFault> {
        parse::parse(text).map(Filter)
    }

    /// The filter that keeps what both keep.
    pub fn and(&self, other: &Filter) -> Filter {
        Filter(Tree::all([self.0.clone(), other.0.clone()]))
    }

    /// Finds the columns that are named, by name or header, and checks that each is asked what
    /// its kind can answer.
    ///
    /// Errors: a name that is no column, a comparison or value that does not fit the kind.
    pub fn bind<'a>(&self, columns: &[CaseColumn<'a>]) -> Result<Bound<'a>, FilterFault> {
        bind::bind(&self.0, columns)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
