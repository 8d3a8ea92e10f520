//! From bytes to raw records: what an input really is, where its records and cells end, on
//! which physical line each begins; or every reason to refuse it. This folder knows nothing of
//! what a column means.
//!
//! ```text
//! file or pipe --> detect --> header --> CsvReader  --.
//!                    |                                 +--> Block: cells and lines
//!                    '------------------> JsonSplitter-'
//! ```

#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

pub mod block;
mod csv;
mod detect;
mod feed;
mod header;
mod input;
mod json;
mod progress;
mod scan;
mod vector;

pub use block::{Block, Cell, ITEM};
pub use csv::excerpt;
pub use feed::{Feed, Share};
pub use input::{Inputs, ReadOptions};
pub use json::Columns;
pub use progress::Reached;
