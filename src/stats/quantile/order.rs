//! Order statistics of counted values.

use super::kind::{Probability, QuantileType, ranks, ranks_and_weight};
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Values sorted upwards, each with its count, that can be walked more than once.
pub trait SortedCounts<T>: IntoIterator<Item = (T, u64)> + Clone {}

impl<T, I: IntoIterator<Item = (T, u64)> + Clone> SortedCounts<T> for I {}

/// The values at some ranks of many, looked up in one walk.
#[derive(Debug, Clone)]
pub struct OrderStatistics<T> {
    n: u128,
    /// Rank and value, the ranks ascending.
    at: Vec<(u128, T)>,
}

impl<T: Clone> OrderStatistics<T> {
    /// The values of these ranks, counted from 1, of `n` values sorted upwards. Ranks that no value
    /// has are left out.
    pub fn of(points: impl IntoIterator<Item = (T, u64)>, n: u128, mut ranks: Vec<u128>) -> OrderStatistics<T> {
        ranks.sort_unstable();
        ranks.dedup();
        let mut ranks = ranks.into_iter().skip_while(|rank| *rank == 0).peekable();
        let (mut found, mut reached) = (Vec::new(), 0_u128);
        for (value, count) in points {
            reached = reached.saturating_add(u128::from(count));
            while let Some(rank) = ranks.next_if(|rank| *rank <= reached) {
                found.push((rank, value.clone()));
            }
            if ranks.peek().is_none() {
                break;
            }
        }
        OrderStatistics { n, at: found }
    }

    /// Those that the quantiles of one type at these probabilities need.
    pub fn of_quantiles(points: impl SortedCounts<T>, at: &[Probability], kind: QuantileType) -> OrderStatistics<T> {
        let counts = points.clone().into_iter().map(|(_, count)| u128::from(count));
        let n = counts.fold(0_u128, u128::saturating_add);
        OrderStatistics::of(points, n, at.iter().flat_map(|p| ranks(n, *p, kind)).collect())
    }

    /// Number of values.
    pub(super) fn n(&self) -> u128 {
        self.n
    }

    /// The value of a rank; None unless it was looked up.
    pub fn at(&self, rank: u128) -> Option<T> {
        let place = self.at.binary_search_by_key(&rank, |(rank, _)| *rank).ok()?;
        self.at.get(place).map(|(_, value)| value.clone())
    }

    /// The two order statistics of a quantile and the weight of the upper one. Where one of them
    /// has no weight, both are the other: an infinity that weighs nothing must not enter. None when
    /// there are no values, and at a probability that was not looked up.
    pub fn neighbours(&self, p: Probability, kind: QuantileType) -> Option<(T, T, BigRational)> {
        let ([lower, upper], weight) = ranks_and_weight(self.n, p, kind);
        let (lower, upper) = (self.at(lower)?, self.at(upper)?);
        if weight.is_zero() {
            Some((lower.clone(), lower, weight))
        } else if weight.is_one() {
            Some((upper.clone(), upper, weight))
        } else {
            Some((lower, upper, weight))
        }
    }
}
