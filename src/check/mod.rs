//! The audit: what a report prints, held against arithmetic and against its records.
//!
//! `printed` reads what a report prints, with its digits; `arithmetic` asks whether printed
//! numbers can stand together at all, without any record; `claims` holds them against the records;
//! `validate` looks at the records alone. This folder knows the folders to its left, `stats` and
//! the foundations; it prints nothing and knows no output format.

#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

pub mod arithmetic;
pub mod claims;
pub mod printed;
pub mod validate;
