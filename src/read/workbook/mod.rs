//! Workbooks: from the packages of spreadsheet programs to the same raw cells that CSV yields.
//!
//! ```text
//! bytes --> Package: parts --> Book: rows of a sheet --> SheetLayout: header, columns --> SheetRecords --> Form
//!           zip                xlsx, ods, xls            first rows                  all rows
//! ```
//!
//! A cell becomes the text that a spreadsheet program would write into a CSV file, with all digits that are stored.
//! The XML is read here and not by a library of workbooks: those drop what must be refused (formulas without a
//! result), do not tell what is hidden or merged, and reserve as much memory as a damaged file asks for.

mod book;
mod cell;
mod choose;
mod compound;
mod fault;
mod findings;
mod form;
mod layout;
mod moment;
mod number;
mod number_format;
mod ods;
mod open;
mod package;
mod records;
mod row;
mod sample;
mod worded;
mod xls;
mod xlsx;
mod xml;

pub use choose::as_one_cohort;
pub(super) use form::{recognise, tables};

/// Columns of the widest sheet there can be.
const MOST_COLUMNS: u32 = 1 << 14;
/// Rows of the longest one.
const MOST_ROWS: u32 = 1 << 20;
