//! From bytes to raw records: the form of each input, where its records and cells end, and on
//! which physical line each record begins; or every reason to refuse the input. Nothing here
//! knows what a column means.
//!
//! ```text
//! InputBytes --> Source (UTF-8) --> Form: recognised by the first bytes
//!                    |                |
//!                    '--------> RecordReader --> Batch: Block of cells and lines
//!                               csv, json, workbook  (JSON cases are decoded in the thread)
//! ```

#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod batch;
pub mod block;
mod bytes;
mod composed;
mod csv;
mod datapackage;
pub mod document;
mod encoding;
mod feed;
mod first_columns;
mod foreign;
mod form;
mod held_file;
mod input;
mod json;
mod options;
pub mod phenopackets;
mod place;
mod progress;
pub mod redcap;
mod sheet_header;
mod sheets;
mod source;
mod spool;
mod spooled;
mod text_file;
mod text_number;
pub mod texts;
mod unnamed;
pub mod word;
mod workbook;

pub use batch::Batch;
pub use block::{Block, Cell, ITEM, RecordLines, excerpt};
pub use bytes::{STDIN, name_of};
pub use composed::ComposedTable;
pub use csv::StatedColumn;
pub use datapackage::{Resource, data_package};
pub use feed::Feed;
pub use first_columns::first_columns;
pub use input::Inputs;
pub use json::Columns;
pub use options::ReadOptions;
pub use progress::ProgressCounts;
pub use sheet_header::SheetHeader;
pub use sheets::sheets;
pub use spool::{PackedRecords, RecordSpool, SpoolReader};
pub use text_file::{read_bytes, read_text, text_of};
pub use unnamed::unnamed_number;
pub use workbook::as_one_cohort;
