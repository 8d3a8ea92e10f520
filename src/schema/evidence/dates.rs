//! The dates of a column, and the texts that may be dates.

use super::Class;
use crate::decimal::Decimal;
use crate::schema::lexical::calendar::{OrderEvidence, written_date};

/// How the dates of a column are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateEvidence {
    /// All dates and candidates, but for those that are bare numbers.
    pub order: OrderEvidence,
    /// Words that are dates if their column says so: `8/9/10`, `Mar 21`.
    pub candidates: u64,
    /// Words with a digit that are no dates: `2020-W05`, `Q1 2018`, `14.3.`.
    pub with_digits: u64,
    /// Dates with a time of day.
    pub timed: u64,
    /// Bare numbers with decimals: day numbers with a part of a day, where they are dates.
    pub with_decimals: u64,
}

/// A day number below it is before 1903; `5.2016` is May 2016.
const LEAST_DAY_NUMBER: i64 = 1000;

impl DateEvidence {
    /// Counts cells with one text, if it may be a date.
    pub(super) fn count_text(&mut self, text: &str, class: Class, cells: u64) {
        if !matches!(class, Class::Date | Class::Word) {
            return;
        }
        let Some(written) = written_date(text) else {
            if text.bytes().any(|byte| byte.is_ascii_digit()) {
                self.with_digits = self.with_digits.saturating_add(cells);
            }
            return;
        };
        self.order.add(&written, cells);
        if class == Class::Word {
            self.candidates = self.candidates.saturating_add(cells);
        }
        if written.time_dropped {
            self.timed = self.timed.saturating_add(cells);
        }
    }

    /// Counts cells with bare numbers, of which this is the greatest.
    pub(super) fn count_number(&mut self, number: Decimal, cells: u64) {
        if number.scale() > 0 && number >= Decimal::from_int(LEAST_DAY_NUMBER) {
            self.with_decimals = self.with_decimals.saturating_add(cells);
        }
    }

    pub(super) fn merge(&mut self, other: DateEvidence) {
        self.order.merge(&other.order);
        for (count, more) in [
            (&mut self.candidates, other.candidates),
            (&mut self.with_digits, other.with_digits),
            (&mut self.timed, other.timed),
            (&mut self.with_decimals, other.with_decimals),
        ] {
            *count = count.saturating_add(more);
        }
    }
}
