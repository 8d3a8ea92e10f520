//! Where a text is never cut: inside brackets and quotes, in phrases that name one thing, inside numbers.

use crate::schema::lexical::bracketed;
use std::ops::Range;

/// The bytes of a text that brackets, quotes or known phrases protect.
///
/// A bracket without its partner protects nothing.
pub(super) fn protected(text: &str, phrases: &[&str]) -> Vec<Range<usize>> {
    let mut ranges = bracketed(text, true);
    if !text.contains(' ') {
        // Each phrase has several words.
        return ranges;
    }
    let lower = text.to_ascii_lowercase();
    for phrase in phrases {
        ranges.extend(lower.match_indices(phrase).map(|(at, found)| at..at.saturating_add(found.len())));
    }
    ranges
}

/// True between two digits without a space: `1,500`, `1/2`.
pub(super) fn is_inside_a_number(before: &str, rest: &str) -> bool {
    let behind = rest.chars().nth(1);
    before.ends_with(|c: char| c.is_ascii_digit()) && behind.is_some_and(|c| c.is_ascii_digit())
}
