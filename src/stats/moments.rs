//! Mean and standard deviation, computed exactly.

use crate::decimal::{Exact, lowest_terms};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// Number, sum and sum of squares of values that are integers over one denominator. Nothing is
/// divided before a statistic is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moments {
    n: u128,
    sum: BigInt,
    sum_of_squares: BigInt,
    denominator: BigInt,
}

impl Default for Moments {
    /// The moments of no values.
    fn default() -> Moments {
        Moments { n: 0, sum: BigInt::zero(), sum_of_squares: BigInt::zero(), denominator: BigInt::from(1) }
    }
}

impl Moments {
    /// The moments of the values numerator / denominator, each with its count.
    /// The denominator is positive; over any other there are no values, and no statistics.
    pub fn of(points: impl IntoIterator<Item = (i128, u64)>, denominator: i128) -> Moments {
        if denominator <= 0 {
            return Moments::default();
        }
        let mut n = 0_u128;
        let (mut sum, mut sum_of_squares) = (PartialSum::default(), SumOfSquares::default());
        for (numerator, count) in points {
            n = n.saturating_add(u128::from(count));
            sum.add(numerator, count);
            sum_of_squares.add(numerator, count);
        }
        Moments { n, sum: sum.total(), sum_of_squares: sum_of_squares.total(), denominator: BigInt::from(denominator) }
    }

    /// Number of values.
    pub fn n(&self) -> u64 {
        u64::try_from(self.n).unwrap_or(u64::MAX)
    }

    /// Sum of the values, in their own unit; 0 of none.
    pub fn sum(&self) -> BigRational {
        lowest_terms(self.sum.clone(), self.denominator.clone())
    }

    /// Arithmetic mean.
    /// Formula: Σx / n. Units: those of the values. None when n = 0.
    /// Checked: NIST StRD certified values, tests/oracle/nist.csv
    pub fn mean(&self) -> Option<BigRational> {
        (self.n > 0).then(|| lowest_terms(self.sum.clone(), &self.denominator * self.n))
    }

    /// Sample variance.
    /// Formula: (n·Σx² − (Σx)²) / (n(n − 1)). Units: squared; divisor n − 1. None when n < 2.
    /// Checked: NIST StRD certified values, tests/oracle/nist.csv
    pub fn variance(&self) -> Option<BigRational> {
        if self.n < 2 {
            return None;
        }
        let denominator = &self.denominator * &self.denominator * self.n * (self.n - 1);
        Some(lowest_terms(self.squared_distances(), denominator))
    }

    /// n·Σx² − (Σx)² of the numerators: n times the sum of squared distances from the mean.
    fn squared_distances(&self) -> BigInt {
        &self.sum_of_squares * self.n - &self.sum * &self.sum
    }

    /// Sample standard deviation, as an exact square root.
    /// Formula: sqrt(variance). Units: those of the values; divisor n − 1. None when n < 2.
    /// Checked: NIST StRD certified values, tests/oracle/nist.csv
    pub fn sd(&self) -> Option<Exact> {
        self.variance().and_then(Exact::root)
    }

    /// Standard deviation of the values as a whole population.
    /// Formula: sqrt((n·Σx² − (Σx)²) / n²). Units: those of the values; divisor n. None when n = 0.
    /// Checked: NumPy std(ddof = 0), tests/stats/moments.rs
    pub fn population_sd(&self) -> Option<Exact> {
        let square = (self.n > 0).then(|| &self.denominator * &self.denominator * self.n * self.n)?;
        Exact::root(lowest_terms(self.squared_distances(), square))
    }

    /// Standard error of the mean.
    /// Formula: SD / sqrt(n). Units: those of the values; SD with divisor n − 1. None when n < 2.
    /// Checked: scipy.stats.sem, tests/stats/moments.rs
    pub fn se(&self) -> Option<Exact> {
        self.variance().and_then(|variance| {
            let (numerator, denominator) = variance.into_raw();
            Exact::root(lowest_terms(numerator, denominator * self.n))
        })
    }

    /// Coefficient of variation.
    /// Formula: SD / |mean|. Units: none, a fraction, not percent; SD with divisor n − 1.
    /// None when n < 2, and when the mean is 0.
    /// Checked: scipy.stats.variation(ddof = 1), tests/stats/moments.rs
    pub fn cv(&self) -> Option<Exact> {
        let mean = self.mean().filter(|mean| !mean.is_zero())?;
        self.variance().and_then(|variance| Exact::root(variance / (&mean * &mean)))
    }
}

/// Geometric mean of the values numerator / denominator, each with its count.
/// Formula: exp(Σ ln x / n). Units: those of the values. None when there are no values, when
/// one is not above 0, and when the denominator is not.
/// Checked: mpmath, tests/stats/moments.rs
pub fn geometric_mean(points: impl IntoIterator<Item = (i128, u64)>, denominator: i128) -> Option<f64> {
    let (mut n, mut sum, mut lost) = (0.0, 0.0, 0.0);
    for (numerator, count) in points.into_iter().filter(|(_, count)| *count > 0) {
        if denominator <= 0 || numerator <= 0 {
            return None;
        }
        n += count as f64;
        let term = (numerator as f64 / denominator as f64).ln() * count as f64 - lost;
        // Kahan 1965, doi:10.1145/363707.363723: what an addition loses is taken off the next term.
        let next: f64 = sum + term;
        lost = (next - sum) - term;
        sum = next;
    }
    (n > 0.0).then(|| (sum / n).exp())
}

/// A sum that stays in 128 bits while it fits: big integers for each of 10^5 distinct values cost
/// more than reading them.
#[derive(Default)]
struct PartialSum {
    small: i128,
    large: BigInt,
}

impl PartialSum {
    /// Adds a value so many times.
    fn add(&mut self, value: i128, count: u64) {
        let product = value.checked_mul(i128::from(count));
        match product.and_then(|product| self.small.checked_add(product)) {
            Some(small) => self.small = small,
            None => self.large += BigInt::from(value) * count,
        }
    }

    fn total(self) -> BigInt {
        self.large + self.small
    }
}

/// A sum of squares in 256 bits, as two halves: squares of 18 digits fill 128 bits after some 170.
#[derive(Default)]
struct SumOfSquares {
    low: u128,
    high: u128,
    /// The squares of values beyond 64 bits.
    large: BigInt,
}

impl SumOfSquares {
    /// Adds the square of a value so many times.
    fn add(&mut self, value: i128, count: u64) {
        match u64::try_from(value.unsigned_abs()) {
            Ok(value) => self.add_product(u128::from(value) * u128::from(value), count),
            Err(_) => self.large += BigInt::from(value) * value * count,
        }
    }

    fn add_product(&mut self, square: u128, count: u64) {
        let (upper, lower) = ((square >> 64) * u128::from(count), (square & u128::from(u64::MAX)) * u128::from(count));
        let (low, is_over) = self.low.overflowing_add(lower);
        let (low, is_over_again) = low.overflowing_add(upper << 64);
        // Fewer than 2^63 values are added, each less than 2^64 here.
        self.high += (upper >> 64) + u128::from(is_over) + u128::from(is_over_again);
        self.low = low;
    }

    fn total(self) -> BigInt {
        (BigInt::from(self.high) << 128) + self.low + self.large
    }
}
