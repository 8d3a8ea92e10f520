//! What has to be known of a CSV input before its records are read.

use crate::diagnostic::{Finding, FindingId};
use crate::read::unnamed::unnamed_number;
use std::sync::Arc;

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
    /// Bytes of the longest record.
    pub longest_record: usize,
    /// The options to paste where the text is in another encoding.
    pub encoding_options: String,
}

impl Dialect {
    /// The name of a column, if the header gives it one.
    pub fn name(&self, column: usize) -> Option<String> {
        self.columns.get(column).filter(|name| unnamed_number(name).is_none()).cloned()
    }
}

/// The finding for what is longer than the longest record.
pub fn too_long(what: &str, longest: usize) -> Finding {
    let most = if longest >> 20 > 0 { format!("{} MiB", longest >> 20) } else { format!("{longest} bytes") };
    Finding::new(FindingId::RowTooLong, format!("{what} is longer than {most}; nothing after it was read"))
}
