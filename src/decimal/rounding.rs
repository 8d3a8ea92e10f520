//! The conventions by which a number is cut to its printed digits.

use super::Exact;
use crate::words::words;
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{FromPrimitive, Zero};

words! {
    /// Where a number halfway between two printed ones goes, and what counts as halfway.
    ///
    /// ```text
    ///                   2.5  0.125   2.675   0.15    a mean of 4.45
    /// half-up             3   0.13    2.68    0.2    4.5
    /// half-up-epsilon     3   0.13    2.68    0.2    4.5
    /// half-even           2   0.12    2.68    0.2    4.4
    /// binary              2   0.12    2.67    0.1    4.5
    /// r-round             2   0.12    2.67    0.1    4.4
    /// ```
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
    pub enum Rounding: "rounding mode" {
        /// Ties away from zero, on the exact value; the default, and what SAS prints.
        #[default]
        HalfUp = "half-up",
        /// A value less than 2^-26 (1.5e-8) of the last digit below a tie counts as a tie, and ties go
        /// away from zero: the R package `cards` (`round5`), and gtsummary, which uses it.
        HalfUpEpsilon = "half-up-epsilon",
        /// Ties to the even digit, on the exact value.
        HalfEven = "half-even",
        /// Ties to the even digit, on the nearest double: `printf` of C, `sprintf` and `formatC`
        /// of R, `format` of Python.
        Binary = "binary",
        /// `round` of R since 4.0: of the doubles nearest to the two printed numbers, the one
        /// nearer to the double of the value; the even one where subtraction shows no difference.
        R = "r-round",
    }
}

impl Rounding {
    /// The convention in words, as a footnote names it.
    pub fn name(self) -> &'static str {
        match self {
            Rounding::HalfUp => "half up, on the exact decimal value",
            Rounding::HalfUpEpsilon => "half up, ties widened downwards by 1.5e-8 of the last digit (R cards)",
            Rounding::HalfEven => "half to even, on the exact decimal value",
            Rounding::Binary => "half to even, on the nearest double (printf)",
            Rounding::R => "round() of R since 4.0, on the nearest double",
        }
    }

    /// True where the nearest double is rounded, not the exact value.
    pub fn is_binary(self) -> bool {
        matches!(self, Rounding::Binary | Rounding::R)
    }

    /// |value| in units of 10^-decimals.
    pub(super) fn units(self, value: &Exact, decimals: i64) -> BigUint {
        match self {
            Rounding::HalfUp => floor_after_adding(value, decimals, 1, 2),
            // 1/2 + 2^-26
            Rounding::HalfUpEpsilon => floor_after_adding(value, decimals, (1 << 25) + 1, 1 << 26),
            Rounding::HalfEven => half_even(value, decimals),
            Rounding::Binary => half_even(&as_double(value), decimals),
            Rounding::R => {
                r_round(value.to_f64().abs(), decimals).unwrap_or_else(|| half_even(&as_double(value), decimals))
            }
        }
    }
}

/// ⌊|value| · 10^decimals + part / whole⌋.
/// (For whole numbers m and w, ⌊x + m/w⌋ = ⌊(⌊w·x⌋ + m) / w⌋.)
fn floor_after_adding(value: &Exact, decimals: i64, part: u32, whole: u32) -> BigUint {
    (value.floor_of(decimals, whole).0 + part) / whole
}

fn half_even(value: &Exact, decimals: i64) -> BigUint {
    let (halves, is_exact) = value.floor_of(decimals, 2);
    let units = (&halves + 1_u32) / 2_u32;
    let is_tie = is_exact && halves.is_odd();
    if is_tie && units.is_odd() { units - 1_u32 } else { units }
}

/// The nearest double as a fraction; a value beyond all doubles stays as it is.
fn as_double(value: &Exact) -> Exact {
    Exact::from_f64(value.to_f64()).unwrap_or_else(|| value.clone())
}

/// The most decimals for which 10^decimals is a double.
const MOST_EXACT_POWER: i64 = 22;

/// `round(value, decimals)` of R since 4.0, in units of the last decimal, for a value that is
/// not negative: computed in doubles, as R does. None where R leaves the value as it is.
/// Checked: R 4.2.2, tests/oracle/rounding_r.csv
fn r_round(value: f64, decimals: i64) -> Option<BigUint> {
    let exponent = u32::try_from(decimals).ok().filter(|_| decimals <= MOST_EXACT_POWER)?;
    let power = (0..exponent).fold(1.0_f64, |power, _| power * 10.0);
    let (below, above) = ((value * power).floor(), (value * power).ceil());
    let (to_below, to_above) = (value - below / power, above / power - value);
    let is_below = to_below < to_above || (to_below == to_above && (below % 2.0).is_zero());
    BigUint::from_f64(if is_below { below } else { above })
}
