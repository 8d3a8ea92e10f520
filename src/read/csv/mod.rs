//! CSV: from bytes to blocks of records of one width, or to everything that is wrong with them.
//!
//! ```text
//! first bytes --> delimiter --> header --> Dialect --.
//! all bytes   --> vector, or scan where it is unsure -+--> CsvReader --> Block: cells and lines
//! ```

mod delimiter;
mod header;
mod reader;
mod scan;
mod vector;

pub(super) use header::read_header;
pub(super) use reader::{CsvReader, Dialect};
