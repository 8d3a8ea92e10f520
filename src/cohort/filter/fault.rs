//! What is wrong with a filter, where, and what to write instead.

use super::syntax::Span;
use crate::diagnostic::excerpt;
use crate::error::Error;
use std::ops::Range;

/// What is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterFault {
    /// One sentence.
    pub message: String,
    /// The part of the text in question, in bytes.
    pub at: Range<usize>,
    /// What to write instead.
    pub remedy: Option<String>,
}

/// What was read of a filter, or what is wrong with it.
pub(super) type Fitted<T> = Result<T, FilterFault>;

impl FilterFault {
    pub(super) fn new(message: impl Into<String>, at: Span, remedy: Option<String>) -> FilterFault {
        FilterFault { message: message.into(), at: at.into(), remedy }
    }

    /// The error of a command line with this filter: the line in question with carets below the part.
    pub fn into_error(self, filter: &str) -> Error {
        let excerpt = Some(excerpt(filter, self.at));
        Error::Usage { message: self.message, origin: None, excerpt, remedy: self.remedy }
    }
}
