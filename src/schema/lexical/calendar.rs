//! Dates as people and spreadsheets write them, before their column says which order they have.
//!
//! [`written_date`] gives the fields of one text, [`order`] decides a column from the counts of its
//! texts, and [`date_in`] makes a date of the fields.

#![cfg_attr(not(test), expect(dead_code, unused_imports, reason = "used by the decision of a column"))]

mod elapsed;
mod format;
mod month;
mod order;
#[cfg(test)]
mod tests;
mod time_of_day;
mod written;

pub use elapsed::{elapsed_days, elapsed_months, elapsed_years, serial_date};
pub use format::{DateFormat, UnknownFormat};
pub use order::{AmbiguousOrder, DateOrder, NoDate, OrderDecision, OrderEvidence, date_in, order};
pub use written::{Pattern, WrittenDate, WrittenYear, written_date};
