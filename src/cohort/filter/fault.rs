//! What is wrong with a filter, where, and what to write instead.

use super::syntax::Span;
use crate::diagnostic::excerpt;
use crate::error::Error;
use std::ops::Range;

/// What is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterFault {
    /// The message.
    pub message: String,
    /// The faulty part of the text, in bytes.
    pub at: Range<usize>,
    /// What to write instead.
    pub remedy: Option<String>,
}

/// A result while a filter is read or bound.
pub(super) type FilterResult<T> = Result<T, FilterFault>;

impl FilterFault {
    pub(super) fn new(message: impl Into<String>, at: Span, remedy: Option<String>) -> FilterFault {
        FilterFault { message: message.into(), at: at.into(), remedy }
    }

    /// The error for the text of this filter: the faulty line, with carets below the part.
    pub fn into_error(self, filter: &str) -> Error {
        let excerpt = Some(excerpt(filter, self.at));
        Error::Usage { message: self.message, origin: None, excerpt, remedy: self.remedy }
    }
}
