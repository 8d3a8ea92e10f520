//! Quantiles of counted values, exact, by any of the nine definitions; also of values known
//! only to lie in an interval.

use crate::words::Word;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
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

    /// The probability numerator / denominator. None outside 0 to 1, and over 0.
    pub const fn new(numerator: u32, denominator: u32) -> Option<Probability> {
        if denominator > 0 && numerator <= denominator { Some(Probability { numerator, denominator }) } else { None }
    }

    fn to_ratio(self) -> BigRational {
        fraction(self.numerator, self.denominator)
    }
}

/// The sample quantile of counted values.
/// Formula: with h = n·p + m, j = ⌊h⌋ and g = h − j, the order statistics x(j) and x(j+1),
/// their ranks kept within 1 to n, are weighted 1 − γ and γ:
/// ```text
/// type   m              γ
/// 1      0              0 if g = 0, else 1
/// 2      0              1/2 if g = 0, else 1
/// 3      −1/2           0 if g = 0 and j is even, else 1
/// 4      0              g
/// 5      1/2            g
/// 6      p              g
/// 7      1 − p          g
/// 8      (p + 1)/3      g
/// 9      p/4 + 3/8      g
/// ```
/// Units: those of the values, which are sorted upwards. None when there are no values.
/// Reference: Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566.
/// Checked: NumPy quantile(), tests/oracle/quantile.csv; R 4.2.2 values, tests/stats/quantile.rs
pub fn quantile(points: &[(i128, u64)], p: Probability, kind: QuantileType) -> Option<BigRational> {
    let (lower, upper, weight) = neighbours(points, p, kind)?;
    Some(interpolate(lower, upper, &weight))
}

/// One end of the interval in which a value lies, ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// Minus infinity.
    Below,
    /// A number.
    At(i128),
    /// Plus infinity.
    Beyond,
}

/// A quantile of values of which some are known only to lie in an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantile {
    /// There are no values.
    None,
    /// Known exactly.
    Exact(BigRational),
    /// Known to be no less than this, without an upper bound.
    Above(BigRational),
    /// Known to be no more than this, without a lower bound.
    Below(BigRational),
    /// Known to lie between two ends; none for an end that is infinite.
    Undetermined {
        /// Least possible quantile.
        low: Option<BigRational>,
        /// Greatest possible quantile.
        high: Option<BigRational>,
    },
}

/// The sample quantile of values that are intervals: `>1280` is (1280, ∞), `<5` is (−∞, 5),
/// and a known value has both ends in one place.
/// Formula: the quantile of all low ends and that of all high ends, by the same type. Every
/// quantile grows with each value, so the true one lies between them; where they are equal it
/// is known. An infinite end counts only with a weight above 0.
/// Units: those of the values. Both slices are sorted upwards and count the same values.
/// [`Quantile::None`] when there are none.
/// Checked: against all completions of small samples, tests/stats/quantile.rs
pub fn quantile_of_intervals(
    lows: &[(End, u64)],
    highs: &[(End, u64)],
    p: Probability,
    kind: QuantileType,
) -> Quantile {
    let (Some(low), Some(high)) = (neighbours(lows, p, kind), neighbours(highs, p, kind)) else {
        return Quantile::None;
    };
    match (interpolate_ends(low), interpolate_ends(high)) {
        (Some(low), Some(high)) if low == high => Quantile::Exact(low),
        (Some(low), None) => Quantile::Above(low),
        (None, Some(high)) => Quantile::Below(high),
        (low, high) => Quantile::Undetermined { low, high },
    }
}

/// Interquartile range of values that are intervals, before any rounding.
/// Formula: p75 − p25, both of one type. Units: those of the values. None when there are none,
/// and when a quartile is not known exactly.
/// Checked: scipy.stats.iqr, tests/stats/quantile.rs
pub fn interquartile_range(lows: &[(End, u64)], highs: &[(End, u64)], kind: QuantileType) -> Option<BigRational> {
    let quartile = |p| match quantile_of_intervals(lows, highs, p, kind) {
        Quantile::Exact(value) => Some(value),
        _ => None,
    };
    Some(quartile(Probability::THIRD_QUARTILE)? - quartile(Probability::FIRST_QUARTILE)?)
}

/// Median absolute deviation from the median, scaled to the SD of a normal distribution.
/// Formula: 1.4826 · median |x − median x|, medians of an even number halfway between the two
/// middle values. Units: those of the values, which are sorted upwards. None when there are none.
/// Reference: Hampel 1974, doi:10.1080/01621459.1974.10482962. Checked: mad() of R 4.2.2, tests/stats/quantile.rs
pub fn median_absolute_deviation(points: &[(i128, u64)]) -> Option<BigRational> {
    let kind = QuantileType::default();
    let median = quantile(points, Probability::MEDIAN, kind)?;
    let distance = |x: i128| (BigRational::from_integer(x.into()) - &median).abs();
    let mut distances: Vec<(BigRational, u64)> = points.iter().map(|(x, count)| (distance(*x), *count)).collect();
    distances.sort_unstable();
    let (lower, upper, weight) = neighbours(&distances, Probability::MEDIAN, kind)?;
    Some((&lower + (&upper - &lower) * weight) * fraction(14_826, 10_000))
}

/// The two order statistics of a quantile and the weight of the upper one. Where one of them
/// has no weight, both are the other: an infinity that weighs nothing must not enter. None when
/// there are no values, which are sorted upwards.
pub fn neighbours<T: Clone>(points: &[(T, u64)], p: Probability, kind: QuantileType) -> Option<(T, T, BigRational)> {
    let n = points.iter().fold(0_u128, |n, (_, count)| n.saturating_add(u128::from(*count)));
    let (rank, weight) = rank_and_weight(n, p, kind);
    let lower = order_statistic(points, rank.clone(), n)?;
    let upper = order_statistic(points, rank + 1, n)?;
    if weight.is_zero() {
        Some((lower.clone(), lower, weight))
    } else if weight.is_one() {
        Some((upper.clone(), upper, weight))
    } else {
        Some((lower, upper, weight))
    }
}

/// j and γ of the formula of [`quantile`].
fn rank_and_weight(n: u128, p: Probability, kind: QuantileType) -> (BigInt, BigRational) {
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

/// The value of a rank, kept within 1 to n. None when n = 0.
fn order_statistic<T: Clone>(points: &[(T, u64)], rank: BigInt, n: u128) -> Option<T> {
    let rank = u128::try_from(rank).unwrap_or(0).clamp(1, n.max(1));
    let mut cumulative = 0_u128;
    let reaches_rank = |&&(_, count): &&(T, u64)| {
        cumulative = cumulative.saturating_add(u128::from(count));
        cumulative >= rank
    };
    points.iter().find(reaches_rank).map(|(value, _)| value.clone())
}

/// lower + weight · (upper − lower).
fn interpolate(lower: i128, upper: i128, weight: &BigRational) -> BigRational {
    let lower = BigInt::from(lower);
    weight * (BigInt::from(upper) - &lower) + lower
}

/// The same of two ends. None when one of them is infinite.
fn interpolate_ends((lower, upper, weight): (End, End, BigRational)) -> Option<BigRational> {
    match (lower, upper) {
        (End::At(lower), End::At(upper)) => Some(interpolate(lower, upper, &weight)),
        _ => None,
    }
}

fn fraction(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}
