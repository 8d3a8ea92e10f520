//! The one test binary, and an index with one sentence per module.
//!
//! Most modules test one command or one promise of the program on the built binary, so they are named
//! after what a user does and not after a folder of `src`. `stats` and `arithmetic` mirror the pure
//! folders `src/stats` (with `src/decimal.rs`) and `src/check/arithmetic` (with `src/check/printed.rs`).
//! Unit tests of everything else are beside the code.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

/// The arithmetic of reports: which numbers are possible together, by oracles, exhaustive counts and laws.
mod arithmetic;
/// Large files of which little is asked: what is not read changes no number, and hides no fault of the file.
mod asked;
/// The listing: its cells, the choice and order of its rows; that it streams.
mod cases;
/// `--change`: pairs of visits, their mean and median change, tests on request, who has no pair.
mod change;
/// The audit: claims of a report against its records, and against each other.
mod check;
/// Drafts of claims: candidates by words, judged apart until a person has read them.
mod claims;
/// `convert`: what is written reads as what was read.
mod convert;
/// Derived variables: dates, arithmetic, bands, rules; unknown in, unknown out; they take part in everything.
mod derive;
/// The examples: hand-worked statistics, transcripts, scripts.
mod examples;
/// Units stated beside those of the header, differences in one unit, and what JSON and REDCap hold inside a cell.
mod files_and_units;
/// Manuscripts filled from records, and outdated numbers.
mod fill;
/// What is read first: the series at a glance, short tables, whole words.
mod first_screen;
/// Every format of a summary: escapes, endings, several at once, the columns of R's `cards`.
mod formats;
/// Single numbers by their selectors.
mod get;
/// The report's series: every number that the issue and the golden case name, from CSV and JSON.
mod golden_case;
/// Whole outputs compared byte for byte with the files in `tests/golden`.
mod golden_files;
/// What people type without having read the manual: it runs, or says what to type.
mod habits;
/// The tables of a journal: what stands in them, and what the user decides.
mod journal;
/// The arrows between the folders, the length of files and functions, what may stand where.
mod layers;
/// `--like`: tables that other tools published, or printed in own runs, come out digit for digit.
mod like;
/// One row a visit: what belongs to the case, what to its visits, what is refused; the remedy for duplicate IDs.
mod long;
/// The JSON object against its schema.
mod output_schema;
/// Figures: whole files, contrast, what they tell who cannot see them, what is refused.
mod plot;
/// The README: its commands are run.
mod readme;
/// Related tables: treatment rows become lines, laboratory rows variables; workbooks of several sheets.
mod related;
/// Shares against a reference, associations, exact tests on request: R's figures, what is refused and withheld.
mod requested;
/// Scans: manuscripts whose numbers contradict each other, and those whose numbers do not.
mod scan;
/// A table in a file: `--write-spec` and `--spec`.
mod spec;
/// Formulas against R, SciPy, NIST and exact rationals in `tests/oracle`.
mod stats;
/// A patient's story: the event or the last visit, treatment lines, and only years where dates are withheld.
mod story;
/// Strictness: what is refused or warned of, where, and that the remedy works; no input makes it panic.
mod strict;
/// Runs the built program.
mod support;
/// Times to an event: R's figures on the built binary, what is refused by name, what is withheld, the laws of a tally.
mod survival;
/// Groups, filters, comparisons: what makes a Table 1.
mod table_one;
/// `validate`: each rule fires and stays quiet; acceptances, severities, formats, the example.
mod validate;
/// Masked and de-identified output: nothing of what is withheld is in it, whatever is asked.
mod withheld;
/// Words of the command line: a misspelt one is answered the same way by every option.
mod words;
/// Workbooks: which sheet and rows are read, what cells mean, what is refused with its cell; damaged files and bombs.
mod workbook;
