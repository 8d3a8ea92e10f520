//! CSV: from bytes to blocks of records of one width, or to everything that is wrong with them.
//!
//! ```text
//! first bytes --> delimiter --> header --> Dialect --.
//! all bytes   --> vector, or scan where it is unsure -+--> CsvReader --> CsvRecords --> Block: cells and lines
//!                                                         under a lock   in the thread
//! ```

mod delimiter;
mod dialect;
mod header;
mod reader;
mod records;
mod scan;
mod vector;

pub(super) use dialect::Dialect;
pub(super) use header::{NoHeader, read_header};
pub(super) use reader::{CsvReader, Filled};
pub(super) use records::CsvRecords;
