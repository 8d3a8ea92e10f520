//! Codes of digits and letters: genotype `1a`, stage `3B`, ward `4A`, fracture `41B2`, side `2R`.

use super::duration::TimeUnit;
use crate::schema::units::{Dimension, unit};

/// Most letters behind the first digits, and most digits behind those.
const LONGEST: usize = 3;

/// True for whole digits with letters attached that are no unit: `1a`, `41B2`, `1L`.
///
/// A single letter that may be a unit (`L`, `U`) is one only where the column says so. A slip of the keyboard (`1O`), a
/// product (`3x4`), a length (`1m75`) and a time (`2h30`) are no codes.
pub fn is_code(digits: &str, tail: &str) -> bool {
    let letters = leading(tail, |c| c.is_ascii_alphabetic());
    let Some((letters, rest)) = tail.split_at_checked(letters) else { return false };
    let Some((more, end)) = rest.split_at_checked(leading(rest, |c| c.is_ascii_digit())) else { return false };
    let is_end = end.is_empty() || !more.is_empty() && end.len() == 1 && end.bytes().all(|b| b.is_ascii_alphabetic());
    let is_short = (1..=LONGEST).contains(&letters.len()) && more.len() <= LONGEST;
    let is_whole = digits.bytes().all(|b| b.is_ascii_digit());
    let is_slip = letters.bytes().all(|b| matches!(b, b'o' | b'O'));
    is_whole && is_short && is_end && !is_slip && !is_measured(letters, !more.is_empty()) && !is_unit(tail)
}

fn leading(text: &str, is: fn(char) -> bool) -> usize {
    text.find(|c| !is(c)).unwrap_or(text.len())
}

/// True for letters between two numbers that make one quantity of them: `1m75`, `2h30`, `5ft4`, `3x4`.
fn is_measured(letters: &str, is_between: bool) -> bool {
    let is_length = || unit(letters).is_some_and(|written| written.unit.dimension() == Dimension::Length);
    let is_time = || TimeUnit::of_word(letters).is_some();
    let is_lower = letters.bytes().all(|b| b.is_ascii_lowercase());
    is_between && (matches!(letters, "x" | "X" | "e" | "E") || is_lower && (is_length() || is_time()))
}

/// True for a unit that needs no word from its column; `6m` may be months, and is no code.
fn is_unit(tail: &str) -> bool {
    let is_capital = tail.len() == 1 && tail.bytes().all(|b| b.is_ascii_uppercase());
    let is_time = !is_capital && TimeUnit::of_word(tail).is_some();
    tail == "m" || is_time || unit(tail).is_some_and(|written| !written.needs_context)
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn letters_that_are_no_unit_make_a_code() {
        for (digits, tail) in [
            ("1", "a"),
            ("3", "B"),
            ("41", "B2"),
            ("2", "R"),
            ("1", "L"),
            ("25", "M"),
            ("4", "A"),
            ("12", "b3a"),
            ("10", "D"),
        ] {
            assert!(is_code(digits, tail), "{digits}{tail}");
        }
        for (digits, tail) in [
            ("1", "O"),
            ("10", "mg"),
            ("18", "m"),
            ("1", "m75"),
            ("2", "h30"),
            ("5", "ft4"),
            ("3", "x4"),
            ("5", "cm3"),
            ("1.5", "a"),
            ("1", ""),
            ("1", " a"),
            ("1", "a/b"),
            ("5", "g"),
            ("3", "wk"),
            ("12", "speckled"),
        ] {
            assert!(!is_code(digits, tail), "{digits}{tail}");
        }
    }
}
