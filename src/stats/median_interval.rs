//! The interval of a median between two order statistics.

use crate::stats::binomial::{Tail, tail_probability};
use crate::stats::distribution::is_conf_level;
use num_bigint::BigUint;
use num_traits::{One, ToPrimitive};

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
    let (rank, coverage) = if n <= EXACT_VALUES { by_sums(n, conf_level) } else { by_tails(n, conf_level) }?;
    Some(OrderInterval { low_rank: rank, high_rank: n + 1 - rank, coverage })
}

/// The probability that the range of n values contains the median.
/// Formula: 1 − 2^(1−n). Units: in [0, 1). None when n = 0.
pub fn range_coverage(n: u64) -> Option<f64> {
    (n > 0).then(|| 1.0 - (1.0 - n as f64).exp2())
}

/// The largest rank whose interval covers enough, by summing C(n, i) from i = 0.
fn by_sums(n: u64, conf_level: f64) -> Option<(u64, f64)> {
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
