//! Whole case objects of one block, not parsed yet.

use crate::diagnostic::Place;
use std::sync::Arc;

/// How the cases lie in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// One object after another, each a document of its own.
    #[default]
    Lines,
    /// `[{...}, {...}]`
    Array,
    /// `{"cases": [{...}, {...}]}`
    Cases,
}

/// One case object inside the bytes of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawCase {
    /// Position of `{`.
    pub start: usize,
    /// Position one past `}`.
    pub end: usize,
    /// Physical line of `{`, from 1.
    pub line: u64,
    /// Position of the case in its input, from 0.
    pub number: u64,
}

/// Whole case objects, not parsed yet.
#[derive(Debug, Default)]
pub struct RawCases {
    /// The bytes of the objects and of what lies between them.
    pub bytes: Vec<u8>,
    /// Where the objects are.
    pub cases: Vec<RawCase>,
    /// How the cases lie in the document.
    pub shape: Shape,
    /// Number of cases before these: in this input, until the caller says how many were before it.
    pub first_row: u64,
    /// Position of the input on the command line.
    pub input: u32,
    /// Name of the input.
    pub file: Arc<str>,
}

impl RawCases {
    /// Number of cases.
    pub fn len(&self) -> usize {
        self.cases.len()
    }

    /// True where there are no cases.
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// The place of something inside a case; `inside` is a JSON pointer relative to the case.
    pub(super) fn place(&self, case: &RawCase, inside: &str) -> Place {
        let pointer = pointer(self.shape, case.number).unwrap_or_default() + inside;
        Place {
            input: self.input,
            line: Some(case.line),
            file: Some(self.file.clone()),
            pointer: Some(pointer).filter(|pointer| !pointer.is_empty()),
            ..Place::default()
        }
    }
}

/// JSON pointer of a case in its document; `None` where it is the whole of it.
pub(super) fn pointer(shape: Shape, number: u64) -> Option<String> {
    match shape {
        Shape::Lines => None,
        Shape::Array => Some(format!("/{number}")),
        Shape::Cases => Some(format!("/cases/{number}")),
    }
}
