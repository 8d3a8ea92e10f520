//! From tables to bytes: the only folder that escapes text. It computes nothing.
//!
//! A format is one file here, one row and one arm in `format.rs`.

mod ard;
pub mod audit;
pub mod claims;
pub mod colour;
pub mod converted;
mod csv;
mod docx;
mod figure;
pub mod findings;
mod format;
mod grid;
mod html;
pub mod json;
mod latex;
pub mod listing;
pub mod manuscript;
mod markdown;
pub mod page;
mod picture;
mod sarif;
pub mod scan;
mod svg;
mod text;
pub mod validation;
mod xlsx;

pub use format::{Output, OutputFormat, SummaryContent};

use crate::analyze::ResultParts;
use crate::analyze::convention::Convention;
use crate::diagnostic::Findings;
use crate::read::Inputs;
use crate::tables::Report;
use crate::tables::style::Style;
use crate::tally::Cohort;

/// One input of a run.
#[derive(Debug, Clone, serde::Serialize)]
pub struct InputEntry {
    /// Its name, without folders.
    pub name: String,
    /// Its number of cases; none where it is masked, and of a file of rows of cases.
    pub cases: Option<u64>,
    /// SHA-256 of its bytes, where it was taken; none where records are withheld.
    pub sha256: Option<String>,
}

/// Inputs of up to this many bytes are hashed in every run.
pub const HASHED: u64 = 64 << 20;

/// The inputs of a cohort with their SHA-256, as far as it was taken.
pub fn input_entries(inputs: &Inputs, cohort: &Cohort, hashes: Vec<Option<String>>) -> Vec<InputEntry> {
    let each = inputs.names().zip(inputs.cases(&cohort.cases_by_input)).zip(hashes);
    each.map(|((name, cases), sha256)| InputEntry { name: name.to_owned(), cases, sha256 }).collect()
}

/// The same where records are withheld, under these names: whoever has all but a few cells of a file could try them
/// until its hash agrees.
pub fn withheld_entries(names: &[String], inputs: &Inputs, cohort: &Cohort, is_masked: bool) -> Vec<InputEntry> {
    let entry = |(name, cases): (&String, Option<u64>)| InputEntry {
        name: name.clone(),
        cases: cases.filter(|_| !is_masked),
        sha256: None,
    };
    names.iter().zip(inputs.cases(&cohort.cases_by_input)).map(entry).collect()
}

/// What is rendered: the results of a run and the tables made of them.
#[derive(Clone, Copy)]
pub struct Summary<'a> {
    /// Tables and footnotes.
    pub report: &'a Report,
    /// The statistics.
    pub results: &'a dyn ResultParts,
    /// The files of the cohort.
    pub inputs: &'a [InputEntry],
    /// What the numbers depend on.
    pub conventions: &'a [Convention],
    /// Number of cases; none where it is masked.
    pub cases: Option<u64>,
    /// What the reader must know of the data.
    pub findings: &'a Findings,
    /// How numbers are printed, as in the tables.
    pub style: &'a Style,
}
