//! Dates of a sentence: `3 May 1980`, `May 3, 1980`, `March 2001`, `2010`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::nouns::is_year;
use super::token::{Kind, Token};
use std::ops::Range;

/// The months in their order, in English only: in a text `set` and `out` are no months.
const MONTHS: [(&str, &str); 12] = [
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
];

/// A date as far as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrintedDate {
    pub year: u64,
    month: Option<u64>,
    day: Option<u64>,
    pub tokens: Range<usize>,
}

impl PrintedDate {
    /// Year, month and day at the earliest.
    pub fn earliest(&self) -> (u64, u64, u64) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The same at the latest.
    pub fn latest(&self) -> (u64, u64, u64) {
        (self.year, self.month.unwrap_or(12), self.day.unwrap_or(31))
    }

    /// The completed years from an earlier date to this one, at least and at most.
    pub fn years_since(&self, earlier: &PrintedDate) -> Option<(u64, u64)> {
        let years = |(year, month, day): (u64, u64, u64), (from, of_month, of_day): (u64, u64, u64)| {
            year.checked_sub(from)?.checked_sub(u64::from((month, day) < (of_month, of_day))).or(Some(0))
        };
        Some((years(self.earliest(), earlier.latest()).unwrap_or(0), years(self.latest(), earlier.earliest())?))
    }
}

/// The dates of a sentence in their order.
pub(super) fn dates(tokens: &[Token<'_>]) -> Vec<PrintedDate> {
    (0..tokens.len()).filter_map(|at| date_of_year(tokens, at)).collect()
}

fn month(token: Option<&Token<'_>>) -> Option<u64> {
    let token = token.filter(|token| token.kind == Kind::Word)?;
    let is = |(name, short): &(&str, &str)| token.is(name) || token.is(short);
    MONTHS.iter().position(is).and_then(|month| u64::try_from(month + 1).ok())
}

/// The date that ends with the year at a position.
fn date_of_year(tokens: &[Token<'_>], at: usize) -> Option<PrintedDate> {
    let year = tokens.get(at).filter(|token| is_year(token))?.count()?;
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    let day = |token: Option<&Token<'_>>| token?.count().filter(|day| (1..=31).contains(day));
    let is_comma = before(1).is_some_and(|token| token.kind == Kind::Comma);
    let (month, day, length) = match (month(before(1)), day(before(2)), month(before(3))) {
        (Some(month), Some(day), _) => (Some(month), Some(day), 2),
        (Some(month), None, _) => (Some(month), None, 1),
        // `May 3, 1980`
        (None, Some(day), Some(month)) if is_comma => (Some(month), Some(day), 3),
        (None, ..) => (None, None, 0),
    };
    Some(PrintedDate { year, month, day, tokens: at - length..at + 1 })
}
