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
//!                          stats: pure formulas over sorted (value, count)
//!                          foundations, used by all: decimal, diagnostic, error, vocabulary, words
//! ```
//!
//! Arrows go one way: a folder may use the folders to its left, `stats` (which knows no other
//! folder) and the foundations. `command` says what a command asks of which layer, in order;
//! `cli` is the only folder that knows the command line. `tests/layers.rs` checks the arrows.

//!
//! # The library
//!
//! Open the inputs, read the cohort, summarize it, take a statistic by its key:
//!
//! ```
//! # fn main() -> Result<(), calc_series::Error> {
//! use calc_series::{Inputs, Options, ReadOptions, Settings, printed, read_cohort, summarize};
//!
//! let inputs = Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &ReadOptions::default())?;
//! let cohort = read_cohort(&inputs, &Settings::default())?;
//! let (results, findings) = summarize(&cohort, &Options::default());
//! assert_eq!(results.get("age.mean").map(printed), Some("5.90".to_owned()));
//! # Ok(())
//! # }
//! ```
//!
//! Masking (`--suppress-below`) and de-identification belong to the program and are not offered here, so that no
//! caller can ask for half of them.
//!
//! The modules [`decimal`], [`stats`] and [`check::arithmetic`] are pure: exact numbers, formulas over counts, and
//! what printed numbers can be.

mod analyze;
pub mod check;
#[doc(hidden)]
pub mod cli;
mod cohort;
mod command;
pub mod decimal;
mod diagnostic;
mod error;
mod facade;
mod read;
mod render;
mod schema;
pub mod stats;
mod tables;
mod tally;
mod vocabulary;
mod words;

pub use analyze::like::Like;
pub use analyze::results::{ResultRow, Results, Value};
pub use analyze::statistic::Statistic;
pub use analyze::{Options, summarize};
pub use check::claims::{Claims, ClaimsAudit};
pub use diagnostic::{FindingId, Findings, Severity};
pub use error::Error;
pub use facade::{check, printed, render, report};
pub use read::{Inputs, ReadOptions};
pub use render::OutputFormat;
pub use tables::Report;
pub use tally::{Cohort, GroupLimit, IdChoice, Settings, read_cohort};
