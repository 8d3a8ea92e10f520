//! The footnote of a de-identified summary, and the columns that it refuses.
//!
//! Ages over 89 and days of dates are gone before anything is counted (`cohort/age.rs`), so that no statistic
//! and no arithmetic between statistics can bring them back.

use super::Options;
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::schema::{Kind, Role};
use crate::tally::Cohort;

/// The footnote.
pub const NOTE: &str = "De-identified: an age, or another number of years, over 89 counts as >89 and a date as its year; free text, dates in words and unknown words of one or two cases are withheld. \
    A statistic that needs the age of every case is not estimable where one is over 89.";

/// Refuses a column of ages that is not a number: each age would be printed as a level.
pub fn ensure_ages_are_numbers(cohort: &Cohort, options: &Options) -> Result<(), Error> {
    let is_grouping = |index: usize| cohort.grouping.as_ref().is_some_and(|grouping| grouping.by.contains(&index));
    let ages = cohort.variables.iter().enumerate().filter(|(_, column)| column.variable.role == Role::Age);
    let mut printed = ages.filter(|(index, column)| options.shows(&column.variable) || is_grouping(*index));
    match printed.find(|(_, column)| column.variable.kind != Kind::Number) {
        None => Ok(()),
        Some((_, column)) => {
            let name = &column.variable.header;
            let message =
                format!("'{name}' is a {} column of ages: those over 89 would be printed", column.variable.kind);
            let (kind, name) = (quoted(&format!("{name}=number")), quoted(name));
            Err(Error::usage_with(message, format!("--kind {kind}, or leave it out: --exclude {name}")))
        }
    }
}
