//! The median absolute deviation, without a list of deviations.

use super::kind::{Probability, QuantileType, fraction, ranks};
use super::order::{OrderStatistics, SortedCounts};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;

/// Median absolute deviation from the median, scaled to the SD of a normal distribution.
/// Formula: 1.4826 · median |x − median x|, medians of an even number halfway between the two
/// middle values. Units: those of the values, which are sorted upwards. None when there are none.
/// Reference: Hampel 1974, doi:10.1080/01621459.1974.10482962. Checked: mad() of R 4.2.2, tests/stats/quantile.rs
pub fn median_absolute_deviation(points: impl SortedCounts<i128>) -> Option<BigRational> {
    let (p, kind) = (Probability::MEDIAN, QuantileType::default());
    let middle = OrderStatistics::of_quantiles(points.clone(), &[p], kind);
    let (lower, upper, weight) = middle.neighbours(p, kind)?;
    let [first, second] = ranks(middle.n(), p, kind).map(|rank| doubled_distance(points.clone(), rank, [lower, upper]));
    let (first, second) = (BigRational::from_integer(first?), BigRational::from_integer(second?));
    Some((&first + (second - &first) * weight) * fraction(14_826, 20_000))
}

/// Twice the k-th smallest distance of a value from the middle of `lower` and `upper`.
/// Formula: the k nearest values follow one another, so the distance is the least, among all k
/// values in a row, of the distance of the farther end of the row. None when there are fewer.
fn doubled_distance(points: impl SortedCounts<i128>, rank: u128, [lower, upper]: [i128; 2]) -> Option<BigInt> {
    let (mut firsts, mut lasts) = (points.clone().into_iter(), points.into_iter());
    // The ranks up to which the first and the last value of the row stay what they are.
    let ((mut first, count), mut last) = (firsts.next()?, 0);
    let (mut first_until, mut last_until, mut at) = (u128::from(count), 0, 1);
    let mut least: Option<Distance> = None;
    loop {
        while last_until < at + (rank - 1) {
            let Some((value, count)) = lasts.next() else { return least.map(Distance::into_integer) };
            (last, last_until) = (value, last_until + u128::from(count));
        }
        while first_until < at {
            let (value, count) = firsts.next()?;
            (first, first_until) = (value, first_until + u128::from(count));
        }
        let farther = Distance::doubled(first, lower, upper).max(Distance::doubled(last, lower, upper));
        least = Some(least.map_or(farther.clone(), |least| least.min(farther)));
        at = first_until.min(last_until - (rank - 1)) + 1;
    }
}

/// Twice a distance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Distance {
    Small(u128),
    /// Beyond 128 bits, and so beyond every small one.
    Large(BigInt),
}

impl Distance {
    /// |2·value − lower − upper|.
    fn doubled(value: i128, lower: i128, upper: i128) -> Distance {
        let small = || value.checked_sub(lower)?.checked_add(value.checked_sub(upper)?);
        let large = || (BigInt::from(value) * 2_i32 - lower - upper).abs();
        match small() {
            Some(small) => Distance::Small(small.unsigned_abs()),
            None => u128::try_from(large()).map_or_else(|_| Distance::Large(large()), Distance::Small),
        }
    }

    fn into_integer(self) -> BigInt {
        match self {
            Distance::Small(small) => small.into(),
            Distance::Large(large) => large,
        }
    }
}
