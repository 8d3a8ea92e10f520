//! Mean and standard deviation, computed exactly.

use crate::decimal::Exact;
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
    pub fn of(points: &[(i128, u64)], denominator: i128) -> Moments {
        if denominator <= 0 {
            return Moments::default();
        }
        let mut n = 0_u128;
        let (mut sum, mut sum_of_squares) = (PartialSum::default(), PartialSum::default());
        for &(numerator, count) in points {
            n = n.saturating_add(u128::from(count));
            sum.add(&[numerator, i128::from(count)]);
            sum_of_squares.add(&[numerator, numerator, i128::from(count)]);
        }
        Moments { n, sum: sum.total(), sum_of_squares: sum_of_squares.total(), denominator: BigInt::from(denominator) }
    }

    /// Number of values.
    pub fn n(&self) -> u64 {
        u64::try_from(self.n).unwrap_or(u64::MAX)
    }

    /// Sum of the values, in their own unit; 0 of none.
    pub fn sum(&self) -> BigRational {
        BigRational::new(self.sum.clone(), self.denominator.clone())
    }

    /// Arithmetic mean.
    /// Formula: Σx / n. Units: those of the values. None when n = 0.
    /// Checked: NIST StRD certified values, tests/oracle/nist.csv
    pub fn mean(&self) -> Option<BigRational> {
        (self.n > 0).then(|| BigRational::new(self.sum.clone(), &self.denominator * self.n))
    }

    /// Sample variance.
    /// Formula: (n·Σx² − (Σx)²) / (n(n − 1)). Units: squared; divisor n − 1. None when n < 2.
    /// Checked: NIST StRD certified values, tests/oracle/nist.csv
    pub fn variance(&self) -> Option<BigRational> {
        if self.n < 2 {
            return None;
        }
        let denominator = &self.denominator * &self.denominator * self.n * (self.n - 1);
        Some(BigRational::new(self.squared_distances(), denominator))
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
        Exact::root(BigRational::new(self.squared_distances(), square))
    }

    /// Standard error of the mean.
    /// Formula: SD / sqrt(n). Units: those of the values; SD with divisor n − 1. None when n < 2.
    /// Checked: scipy.stats.sem, tests/stats/moments.rs
    pub fn se(&self) -> Option<Exact> {
        self.variance().and_then(|variance| Exact::root(variance / BigInt::from(self.n)))
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
pub fn geometric_mean(points: &[(i128, u64)], denominator: i128) -> Option<f64> {
    let counted = || points.iter().filter(|(_, count)| *count > 0);
    if denominator <= 0 || counted().any(|(numerator, _)| *numerator <= 0) {
        return None;
    }
    let n: f64 = counted().map(|(_, count)| *count as f64).sum();
    let (mut sum, mut lost) = (0.0, 0.0);
    for (numerator, count) in counted() {
        let term = (*numerator as f64 / denominator as f64).ln() * *count as f64 - lost;
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
    /// Adds a product.
    fn add(&mut self, factors: &[i128]) {
        let product = factors.iter().try_fold(1_i128, |product, factor| product.checked_mul(*factor));
        match product.and_then(|product| self.small.checked_add(product)) {
            Some(small) => self.small = small,
            None => self.large += factors.iter().fold(BigInt::from(1), |product, factor| product * factor),
        }
    }

    fn total(self) -> BigInt {
        self.large + self.small
    }
}
