//! The one test binary. An index: one sentence a module.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

/// The arithmetic of reports: what can stand together, against oracles, exhaustive counts and laws.
mod arithmetic;
/// The listing: what its rows say, how they are chosen and sorted; that it streams.
mod cases;
/// The audit: claims of a report against its records, and against each other.
mod check;
/// The examples: hand-worked statistics, transcripts, scripts.
mod examples;
/// Manuscripts filled from records, and numbers that went stale.
mod fill;
/// Every format of a summary: escapes, endings, several at once, the columns of R's `cards`.
mod formats;
/// Single numbers by their selectors.
mod get;
/// The report's series: every number that the issue and the golden case name, from CSV and JSON.
mod golden_case;
/// Whole outputs compared byte for byte with the files in `tests/golden`.
mod golden_files;
/// The arrows between the folders, the length of files and functions, what may stand where.
mod layers;
/// `--like`: tables that other tools published, or printed in own runs, come out digit for digit.
mod like;
/// The JSON object against its schema.
mod output_schema;
/// The README: its commands are run.
mod readme;
/// Formulas against R, SciPy, NIST and exact rationals in `tests/oracle`.
mod stats;
/// Strictness: what is refused or warned of, where, and that the remedy works; no input makes it panic.
mod strict;
/// Runs the built program.
mod support;
/// Groups, filters, comparisons: what makes a Table 1.
mod table_one;
/// `validate`: each rule fires and keeps quiet; acceptances, severities, formats, the example.
mod validate;
/// Words of the command line: a misspelt one is answered the same way by every option.
mod words;
