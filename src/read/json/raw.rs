//! Whole case objects of one block, not parsed yet.

use crate::diagnostic::{FilePosition, SourceLocation};
use std::sync::Arc;

/// How the cases are arranged in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum JsonLayout {
    /// One object after another, each a document of its own.
    #[default]
    Lines,
    /// `[{...}, {...}]`
    Array,
    /// `{"cases": [{...}, {...}]}`
    Cases,
    /// `{"id": [...], "age": [...]}`
    Columns,
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
    /// How the cases are arranged in the document.
    pub shape: JsonLayout,
    /// Number of cases before these: in this input, until the caller adds those of earlier inputs.
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

    /// The location of something inside a case; `inside` is a JSON pointer relative to the case.
    pub(super) fn location(&self, case: &RawCase, inside: &str) -> SourceLocation {
        self.location_on(case.line, case, inside)
    }

    /// The same where the line is known better than that of the case.
    pub(super) fn location_on(&self, line: u64, case: &RawCase, inside: &str) -> SourceLocation {
        let pointer = match self.shape {
            JsonLayout::Columns => format!("{inside}/{}", case.number),
            JsonLayout::Lines | JsonLayout::Array | JsonLayout::Cases => pointer(self.shape, case.number) + inside,
        };
        let position = FilePosition::json(line, pointer);
        SourceLocation::input(self.input, self.file.clone()).at(position)
    }
}

/// JSON pointer of a case in its document; empty where it is the whole of it.
pub(super) fn pointer(shape: JsonLayout, number: u64) -> String {
    match shape {
        JsonLayout::Lines | JsonLayout::Columns => String::new(),
        JsonLayout::Array => format!("/{number}"),
        JsonLayout::Cases => format!("/cases/{number}"),
    }
}
