//! calc-series: from the records of a clinical case series to the tables and numbers of its report.
//!
//! ```text
//! files                                                                                stdout / file
//!   |                                                                                        ^
//!   v                                                                                        |
//!  read ---> schema ---> cohort ---> tally ---> analyze ---> check ---> tables ---> render
//!  bytes     meaning     cells in    counts,    Results:     audit of   labels,     text, JSON
//!  to raw    of each     their       merged     one row per  a report   rounding
//!  cells     column      column                 statistic
//!                          stats: pure formulas over (value, count) slices
//!                          foundations, used by all: decimal, diagnostic, error, words
//! ```
//!
//! Arrows go one way: a folder may use the folders to its left, `stats` (which knows no other
//! folder) and the foundations. `command` says what a command asks of which layer, in order;
//! `cli` is the only folder that knows the command line. `tests/layers.rs` checks the arrows.

pub mod analyze;
pub mod check;
pub mod cli;
pub mod cohort;
pub mod command;
pub mod decimal;
pub mod diagnostic;
pub mod error;
pub mod read;
pub mod render;
pub mod schema;
pub mod stats;
pub mod tables;
pub mod tally;
pub mod words;
