//! CSV: from bytes to blocks of records of one width, or to everything that is wrong with them.
//!
//! ```text
//! first bytes --> delimiter --> header --> Dialect --.
//! all bytes   --> vector, or scan where it is unsure -+--> CsvReader --> CsvRecords --> Block: cells and lines
//!                                                         under a lock   in the thread
//! ```

mod above;
mod blank;
mod delimiter;
mod dialect;
mod first_record;
mod first_records;
mod header;
mod no_header;
mod options_of;
mod reader;
mod records;
mod sample;
mod scan;
mod vector;

pub use above::StatedColumn;
pub(super) use above::{cbioportal_columns, is_data};
pub(super) use dialect::Dialect;
pub(super) use header::header_refusals;
pub(super) use header::read_header;
pub(super) use no_header::NoHeader;
pub(super) use reader::{CsvReader, Filled};
pub(super) use records::{CsvRecords, cell_ends};
