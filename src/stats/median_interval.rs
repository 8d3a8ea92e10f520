//! The interval of a median between two order statistics.

use crate::stats::binomial::{Tail, tail_probability};
use crate::stats::distribution::is_conf_level;
use crate::stats::kept::{Question, kept};
use num_bigint::BigUint;
use num_traits::{One, ToPrimitive};
use std::cell::RefCell;

/// Most values for which coverages come from exact binomial sums; 2^1000 is still a double.
const EXACT_VALUES: u64 = 1000;

/// Two order statistics that enclose the median.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrderInterval {
    /// Rank of the lower one, from 1.
    pub low_rank: u64,
    /// Rank of the upper one: n + 1 less the other.
    pub high_rank: u64,
    /// The probability with which they do, at least the level that was asked for.
    pub coverage: f64,
}

/// A question with its rank and coverage, if there is one.
type Answered = (Question, Option<(u64, f64)>);

/// The narrowest symmetric pair of order statistics that contains the median of a population with
/// at least the probability `conf_level`.
/// Formula: the largest k with 1 − 2·P(X ≤ k − 1) ≥ level, X binomial (n, 1/2): from the k-th
/// smallest to the k-th largest value. Exact for continuous populations, conservative for ties;
/// the binomial sums are exact up to 1000 values and of relative error below 1e-12 beyond.
/// Units: ranks. None where even the range covers less ([`range_coverage`]), and when
/// `conf_level` is outside 0.5 to 1 − 1e-9.
/// Reference: Conover 1999, Practical Nonparametric Statistics, 3rd edition, section 3.2.
/// Checked: exact rationals and mpmath, tests/oracle/median_interval.csv
pub fn median_interval(n: u64, conf_level: f64) -> Option<OrderInterval> {
    if !is_conf_level(conf_level) {
        return None;
    }
    thread_local!(static RANKS: RefCell<Vec<Answered>> = const { RefCell::new(Vec::new()) });
    let by_count = || if n <= EXACT_VALUES { by_sums(n, conf_level) } else { by_tails(n, conf_level) };
    let (rank, coverage) = kept(&RANKS, (n, conf_level.to_bits()), by_count)?;
    Some(OrderInterval { low_rank: rank, high_rank: n + 1 - rank, coverage })
}

/// The probability that the range of n values contains the median.
/// Formula: 1 − 2^(1−n). Units: in [0, 1). None when n = 0.
pub fn range_coverage(n: u64) -> Option<f64> {
    (n > 0).then(|| 1.0 - (1.0 - n as f64).exp2())
}

/// The largest rank whose interval covers enough, by summing C(n, i) from i = 0.
///
/// Each sum is enclosed between two integers, so that its double is certain where both have the same.
fn by_sums(n: u64, conf_level: f64) -> Option<(u64, f64)> {
    let all = (n as f64).exp2();
    let (mut term, mut sum, mut scale) = (Enclosed::ONE, Enclosed::ONE, 1.0);
    let mut found = None;
    for rank in 1..=n / 2 + 1 {
        let Some(double) = sum.double() else { return by_exact_sums(n, conf_level) };
        let coverage = 1.0 - 2.0 * (double * scale / all);
        if coverage < conf_level {
            break;
        }
        found = Some((rank, coverage));
        term = term.times_ratio(n + 1 - rank, rank);
        sum = sum.plus(term);
        if sum.high >> (u128::BITS - 16) != 0 {
            (term, sum, scale) = (term.scaled_down(), sum.scaled_down(), scale * 65_536.0);
        }
    }
    found
}

/// A number between two integers.
#[derive(Debug, Clone, Copy)]
struct Enclosed {
    low: u128,
    high: u128,
}

impl Enclosed {
    const ONE: Enclosed = Enclosed { low: 1, high: 1 };

    fn plus(self, other: Enclosed) -> Enclosed {
        Enclosed { low: self.low + other.low, high: self.high + other.high }
    }

    fn times_ratio(self, above: u64, below: u64) -> Enclosed {
        let (above, below) = (u128::from(above), u128::from(below));
        Enclosed { low: self.low * above / below, high: (self.high * above).div_ceil(below) }
    }

    /// Divided by 2^16.
    fn scaled_down(self) -> Enclosed {
        Enclosed { low: self.low >> 16, high: (self.high >> 16) + 1 }
    }

    /// The double nearest to it; none where that is not certain.
    fn double(self) -> Option<f64> {
        let (low, high) = (self.low as f64, self.high as f64);
        (low == high).then_some(low)
    }
}

/// The same by exact sums.
fn by_exact_sums(n: u64, conf_level: f64) -> Option<(u64, f64)> {
    let all = (n as f64).exp2();
    let (mut term, mut sum) = (BigUint::one(), BigUint::one());
    let mut found = None;
    for rank in 1..=n / 2 + 1 {
        let coverage = 1.0 - 2.0 * (sum.to_f64()? / all);
        if coverage < conf_level {
            break;
        }
        found = Some((rank, coverage));
        term = term * (n + 1 - rank) / rank;
        sum += &term;
    }
    found
}

/// The same by bisection, each coverage from the tail of the distribution.
fn by_tails(n: u64, conf_level: f64) -> Option<(u64, f64)> {
    let coverage = |rank: u64| 1.0 - 2.0 * tail_probability(Tail::AtMost, rank - 1, n, 0.5);
    // The range of so many values covers enough; the two middle values do not.
    let (mut enough, mut too_few) = (1, n / 2 + 1);
    while too_few - enough > 1 {
        let middle = enough + (too_few - enough) / 2;
        if coverage(middle) >= conf_level {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    Some((enough, coverage(enough)))
}

#[cfg(test)]
mod tests {
    use super::{by_exact_sums, by_sums};

    #[test]
    fn enclosed_sums_have_the_doubles_of_the_exact_ones() {
        for n in (1..=130).chain((137..=1000).step_by(41)).chain([999, 1000]) {
            for conf_level in [0.5, 0.9, 0.95, 0.99, 0.999_999] {
                assert_eq!(by_sums(n, conf_level), by_exact_sums(n, conf_level), "{n} {conf_level}");
            }
        }
    }
}
