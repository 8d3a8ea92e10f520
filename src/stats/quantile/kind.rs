//! The nine definitions of a sample quantile, and probabilities.

use crate::decimal::lowest_terms;
use crate::words::Word;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::Zero;
use std::fmt;

/// One of the nine sample quantiles of Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566.
/// 2 is the default of SAS, 6 of SPSS, 7 of R, NumPy and Excel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuantileType(u8);

impl QuantileType {
    /// The type of that number. None outside 1 to 9.
    pub const fn new(number: u8) -> Option<QuantileType> {
        if number >= 1 && number <= 9 { Some(QuantileType(number)) } else { None }
    }

    /// The type whose quantiles are values that were observed.
    pub const OBSERVED: QuantileType = QuantileType(1);

    /// Its number, 1 to 9.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl Default for QuantileType {
    /// Type 7.
    fn default() -> QuantileType {
        QuantileType(7)
    }
}

impl Word for QuantileType {
    const WHAT: &'static str = "quantile type";
    const EVERY: &'static [QuantileType] = &[
        QuantileType(1),
        QuantileType(2),
        QuantileType(3),
        QuantileType(4),
        QuantileType(5),
        QuantileType(6),
        QuantileType(7),
        QuantileType(8),
        QuantileType(9),
    ];

    fn as_word(self) -> &'static str {
        ["1", "2", "3", "4", "5", "6", "7", "8", "9"][usize::from(self.0) - 1]
    }

    fn endings(self) -> &'static [&'static str] {
        &[]
    }
}

/// As a convention is named in tables and results: `quantile type 7`.
impl fmt::Display for QuantileType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "quantile type {}", self.0)
    }
}

/// A probability that is a fraction of small integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Probability {
    numerator: u32,
    denominator: u32,
}

impl Probability {
    /// 1/4.
    pub const FIRST_QUARTILE: Probability = Probability { numerator: 1, denominator: 4 };
    /// 1/2.
    pub const MEDIAN: Probability = Probability { numerator: 1, denominator: 2 };
    /// 3/4.
    pub const THIRD_QUARTILE: Probability = Probability { numerator: 3, denominator: 4 };

    /// The first and the third quartile.
    pub const QUARTILES: [Probability; 2] = [Probability::FIRST_QUARTILE, Probability::THIRD_QUARTILE];

    /// The probability numerator / denominator. None outside 0 to 1, and over 0.
    pub const fn new(numerator: u32, denominator: u32) -> Option<Probability> {
        if denominator > 0 && numerator <= denominator { Some(Probability { numerator, denominator }) } else { None }
    }
}

/// The ranks of the two order statistics of a quantile, kept within 1 to n.
pub fn ranks(n: u128, p: Probability, kind: QuantileType) -> [u128; 2] {
    ranks_and_weight(n, p, kind).0
}

/// The same, and γ of the formula of [`quantile`](super::quantile).
/// Formula: h = n·p + m is a fraction of integers, of which j is the whole part and g the rest.
pub(super) fn ranks_and_weight(n: u128, p: Probability, kind: QuantileType) -> ([u128; 2], BigRational) {
    let [a, b] = [p.numerator, p.denominator].map(BigInt::from);
    let product = &a * n;
    let (position, unit) = match kind.0 {
        3 => (product * 2 - &b, b * 2),
        5 => (product * 2 + &b, b * 2),
        6 => (product + &a, b),
        7 => (product + &b - &a, b),
        8 => (product * 3 + &a + &b, b * 3),
        9 => (product * 8 + &a * 2 + &b * 3, b * 8),
        _ => (product, b),
    };
    let (rank, rest) = position.div_mod_floor(&unit);
    let weight = match (kind.0, rest.is_zero()) {
        (1, true) => fraction(0, 1),
        (2, true) => fraction(1, 2),
        (3, true) if rank.is_even() => fraction(0, 1),
        (1..=3, _) => fraction(1, 1),
        _ => fraction(rest, unit),
    };
    let within = |rank: BigInt| u128::try_from(rank).unwrap_or(0).clamp(1, n.max(1));
    ([within(rank.clone()), within(rank + 1)], weight)
}

pub(super) fn fraction(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> BigRational {
    lowest_terms(numerator.into(), denominator.into())
}
