//! The audit: the printed numbers of a report, checked by arithmetic and against its records.
//!
//! `printed` reads printed numbers with their digits; `arithmetic` checks without any record whether
//! they are possible together; `claims` compares them with the records; `validate` checks the records
//! alone; `scan` holds the numbers of a manuscript against each other; `draft` proposes the claims of a manuscript. This
//! folder knows the folders to its left, `stats` and the foundations; it prints nothing and knows no output format.

#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

pub mod arithmetic;
pub(crate) mod claims;
pub(crate) mod draft;
pub(crate) mod printed;
pub(crate) mod scan;
pub(crate) mod validate;
