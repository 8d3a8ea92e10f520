//! What has to be known of a CSV input before its records are read.

use crate::read::unnamed::unnamed_number;
use std::sync::Arc;

/// A record longer than this is taken as an unclosed quote.
pub const LONGEST_RECORD: usize = 64 << 20;

/// The dialect and the columns of one CSV input.
#[derive(Debug, Default)]
pub struct Dialect {
    /// Byte between two cells.
    pub delimiter: u8,
    /// Column names as written in the header.
    pub columns: Arc<[String]>,
    /// Physical line of the first byte after the header.
    pub first_line: u64,
    /// For each column: true where its cells may contain lines that look like records.
    pub multiline: Vec<bool>,
    /// The options to paste where the text is in another encoding.
    pub encoding_options: String,
}

impl Dialect {
    /// The name of a column, if the header gives it one.
    pub fn name(&self, column: usize) -> Option<String> {
        self.columns.get(column).filter(|name| unnamed_number(name).is_none()).cloned()
    }
}
