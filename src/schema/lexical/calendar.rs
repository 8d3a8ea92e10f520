//! Dates as people and spreadsheets write them, before their column says which order they have.
//!
//! [`written_date`] gives the fields of one text, [`order`] decides a column from the counts of its
//! texts, and [`date_in`] makes a date of the fields.

mod about;
mod elapsed;
mod format;
mod month;
mod order;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
mod time_of_day;
mod written;

pub use about::is_about_a_year;
pub use elapsed::{date_of, day_number, elapsed_months, elapsed_years};
pub use format::{DateFormat, proposed_format};
pub use month::{is_day_of_month, month_of};
pub use order::{AmbiguousOrder, DateOrder, NoDate, OrderDecision, OrderEvidence, date_in, order, year_alone};
pub use written::{WrittenDate, written_date};
#[cfg(test)]
pub use {
    elapsed::serial_date,
    format::UnknownFormat,
    written::{Pattern, WrittenYear},
};
