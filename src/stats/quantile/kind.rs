//! The nine definitions of a sample quantile, and probabilities.

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

    fn to_ratio(self) -> BigRational {
        fraction(self.numerator, self.denominator)
    }
}

/// The ranks of the two order statistics of a quantile, kept within 1 to n.
pub fn ranks(n: u128, p: Probability, kind: QuantileType) -> [u128; 2] {
    let (rank, _) = rank_and_weight(n, p, kind);
    let within = |rank: BigInt| u128::try_from(rank).unwrap_or(0).clamp(1, n.max(1));
    [within(rank.clone()), within(rank + 1)]
}

/// j and γ of the formula of [`quantile`].
pub(super) fn rank_and_weight(n: u128, p: Probability, kind: QuantileType) -> (BigInt, BigRational) {
    let p = p.to_ratio();
    let offset = match kind.0 {
        3 => fraction(-1, 2),
        5 => fraction(1, 2),
        6 => p.clone(),
        7 => fraction(1, 1) - &p,
        8 => (&p + fraction(1, 1)) / fraction(3, 1),
        9 => &p / fraction(4, 1) + fraction(3, 8),
        _ => BigRational::zero(),
    };
    let position = p * BigInt::from(n) + offset;
    let rank = position.floor().to_integer();
    let rest = position - &rank;
    let weight = match (kind.0, rest.is_zero()) {
        (1, true) => fraction(0, 1),
        (2, true) => fraction(1, 2),
        (3, true) if rank.is_even() => fraction(0, 1),
        (1..=3, _) => fraction(1, 1),
        _ => rest,
    };
    (rank, weight)
}

pub(super) fn fraction(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}
