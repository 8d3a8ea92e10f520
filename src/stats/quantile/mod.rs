//! Quantiles of counted values, exact, by any of the nine definitions; also of values known
//! only to lie in an interval.

use crate::decimal::lowest_terms;

mod deviation;
mod kind;
mod order;

pub use deviation::median_absolute_deviation;
pub use kind::{Probability, QuantileType, ranks};
pub use order::{OrderStatistics, SortedCounts};

use num_bigint::BigInt;
use num_rational::BigRational;

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
pub fn quantile(points: impl SortedCounts<i128>, p: Probability, kind: QuantileType) -> Option<BigRational> {
    OrderStatistics::of_quantiles(points, &[p], kind).quantile(p, kind)
}

impl OrderStatistics<i128> {
    /// The quantile, as [`quantile`] defines it; None unless its two order statistics were looked up.
    pub fn quantile(&self, p: Probability, kind: QuantileType) -> Option<BigRational> {
        let (lower, upper, weight) = self.neighbours(p, kind)?;
        Some(interpolate(lower, upper, &weight))
    }
}

/// One end of the interval in which a value lies, ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntervalEnd {
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

impl Quantile {
    /// What is known of a quantile between two ends; none for an end that is infinite.
    fn between(low: Option<BigRational>, high: Option<BigRational>) -> Quantile {
        match (low, high) {
            (Some(low), Some(high)) if low == high => Quantile::Exact(low),
            (Some(low), None) => Quantile::Above(low),
            (None, Some(high)) => Quantile::Below(high),
            (low, high) => Quantile::Undetermined { low, high },
        }
    }
}

/// The sample quantile of values that are intervals: `>1280` is (1280, ∞), `<5` is (−∞, 5),
/// and a known value has both ends in one place.
/// Formula: the quantile of all low ends and that of all high ends, by the same type. Every
/// quantile grows with each value, so the true one lies between them; where they are equal it
/// is known. An infinite end counts only with a weight above 0.
/// Units: those of the values. Both ends are sorted upwards and count the same values.
/// [`Quantile::None`] when there are none.
/// Checked: against all completions of small samples, tests/stats/quantile.rs
pub fn quantile_of_intervals(
    lows: impl SortedCounts<IntervalEnd>,
    highs: impl SortedCounts<IntervalEnd>,
    p: Probability,
    kind: QuantileType,
) -> Quantile {
    OrderedIntervals::of_quantiles(lows, highs, &[p], kind).quantile(p, kind)
}

/// The order statistics of the low and of the high ends of values that are intervals.
#[derive(Debug, Clone)]
pub struct OrderedIntervals {
    lows: OrderStatistics<IntervalEnd>,
    highs: OrderStatistics<IntervalEnd>,
}

impl OrderedIntervals {
    /// Those of both ends; the same values are counted in both.
    pub fn new(lows: OrderStatistics<IntervalEnd>, highs: OrderStatistics<IntervalEnd>) -> OrderedIntervals {
        OrderedIntervals { lows, highs }
    }

    /// Those that the quantiles at these probabilities need.
    pub fn of_quantiles(
        lows: impl SortedCounts<IntervalEnd>,
        highs: impl SortedCounts<IntervalEnd>,
        at: &[Probability],
        kind: QuantileType,
    ) -> OrderedIntervals {
        let lows = OrderStatistics::of_quantiles(lows, at, kind);
        OrderedIntervals { lows, highs: OrderStatistics::of_quantiles(highs, at, kind) }
    }

    /// The quantile at one of the probabilities for which the order statistics were looked up;
    /// formula and units: [`quantile_of_intervals`]. [`Quantile::None`] at any other.
    pub fn quantile(&self, p: Probability, kind: QuantileType) -> Quantile {
        let (Some(low), Some(high)) = (self.lows.neighbours(p, kind), self.highs.neighbours(p, kind)) else {
            return Quantile::None;
        };
        Quantile::between(interpolate_ends(low), interpolate_ends(high))
    }

    /// The two values of a quantile and the weight of the upper one, as [`OrderStatistics::neighbours`].
    /// None where one of them is known only to lie in an interval.
    pub fn known_neighbours(&self, p: Probability, kind: QuantileType) -> Option<(i128, i128, BigRational)> {
        match (self.lows.neighbours(p, kind)?, self.highs.neighbours(p, kind)?) {
            ((IntervalEnd::At(lower), IntervalEnd::At(upper), weight), highs)
                if highs.0 == IntervalEnd::At(lower) && highs.1 == IntervalEnd::At(upper) =>
            {
                Some((lower, upper, weight))
            }
            _ => None,
        }
    }

    /// The value of a rank that was looked up, from 1. [`Quantile::None`] at any other.
    pub fn at_rank(&self, rank: u64) -> Quantile {
        let finite = |end: IntervalEnd| {
            if let IntervalEnd::At(value) = end { Some(BigRational::from_integer(value.into())) } else { None }
        };
        match (self.lows.at(rank.into()), self.highs.at(rank.into())) {
            (Some(low), Some(high)) => Quantile::between(finite(low), finite(high)),
            _ => Quantile::None,
        }
    }

    /// The interquartile range, where the quartiles of this type were looked up;
    /// formula and units: [`interquartile_range`].
    pub fn interquartile_range(&self, kind: QuantileType) -> Option<BigRational> {
        let quartile = |p| match self.quantile(p, kind) {
            Quantile::Exact(value) => Some(value),
            _ => None,
        };
        Some(quartile(Probability::THIRD_QUARTILE)? - quartile(Probability::FIRST_QUARTILE)?)
    }
}

/// Interquartile range of values that are intervals, before any rounding.
/// Formula: p75 − p25, both of one type. Units: those of the values. None when there are none,
/// and when a quartile is not known exactly.
/// Checked: scipy.stats.iqr, tests/stats/quantile.rs
pub fn interquartile_range(
    lows: impl SortedCounts<IntervalEnd>,
    highs: impl SortedCounts<IntervalEnd>,
    kind: QuantileType,
) -> Option<BigRational> {
    OrderedIntervals::of_quantiles(lows, highs, &Probability::QUARTILES, kind).interquartile_range(kind)
}

/// lower + weight · (upper − lower).
fn interpolate(lower: i128, upper: i128, weight: &BigRational) -> BigRational {
    let distance = BigInt::from(upper) - lower;
    lowest_terms(weight.numer() * distance + weight.denom() * lower, weight.denom().clone())
}

/// The same of two ends. None when one of them is infinite.
fn interpolate_ends((lower, upper, weight): (IntervalEnd, IntervalEnd, BigRational)) -> Option<BigRational> {
    match (lower, upper) {
        (IntervalEnd::At(lower), IntervalEnd::At(upper)) => Some(interpolate(lower, upper, &weight)),
        _ => None,
    }
}
