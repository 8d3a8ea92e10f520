//! Filters of cases: the language of `--where`, a small part of SQL.
//!
//! ```text
//! "age < 10 and has(sites, 'knee')"
//!    |  token, parse                       FilterFault for a wrong syntax
//!    v
//! Filter  -- bind to the columns -->  Bound      ... for a name, a kind or a value that does not fit
//!                                      |         (several filters: Panel)
//!                                      |  judge each case: true, false or unknown
//!                                      v
//!                                  check_levels  ... for a level that no case has
//! ```
//!
//! What a case does not tell is unknown, and stays so under NOT, as in SQL; a censored value decides
//! where it can. Each distinct text is judged once and its answer remembered, because a column of millions of
//! cells has few distinct texts.

mod any_line;
mod bind;
mod bound;
mod column;
mod fault;
#[cfg(test)]
mod fault_tests;
mod interval;
mod known_texts;
mod level_condition;
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

pub use bound::{BoundFilter, Record};
pub use fault::FilterFault;
pub use known_texts::with_known_texts;
pub use level_condition::level_condition;
pub use panel::Panel;
pub use syntax::{name_as_written, text_as_written};
pub use tree::Truth;

use super::column::CaseColumn;
use std::fmt;
use syntax::FilterCondition;
use tree::ConditionTree;

/// A filter as written; two are equal if they have the same conditions in the same order.
///
/// Its text (`Display`) is a normal form that reads back as the same filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter(ConditionTree<FilterCondition>);

impl Filter {
    /// Reads `age < 10 AND (etiology = 'idiopathic' OR sites IS NULL)` and the like; the grammar
    /// is in `parse.rs`.
    ///
    /// Errors: a text that is not a filter, more than 4 KiB of text, more than 64 levels of parentheses.
    pub fn parse(text: &str) -> Result<Filter, FilterFault> {
        parse::parse(text).map(Filter)
    }

    /// The filter that keeps the cases that both keep.
    pub fn and(&self, other: &Filter) -> Filter {
        Filter(ConditionTree::all([self.0.clone(), other.0.clone()]))
    }

    /// The names of the columns that it asks, as it writes them; of treatment lines none.
    pub fn columns(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.0.each(&mut |condition| names.extend(condition.columns()));
        names
    }

    /// Finds the columns in the filter, by name or header, and checks that each condition fits
    /// the kind of its column.
    ///
    /// Errors: a name that is not a column, a comparison or value that does not fit the kind.
    pub fn bind<'a>(&self, columns: &[CaseColumn<'a>]) -> Result<BoundFilter<'a>, FilterFault> {
        bind::bind(&self.0, columns)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
