//! One proportion against a reference.

use crate::decimal::Exact;
use crate::stats::binomial::{Tail, ln_probability, tail_probability};
use crate::stats::contingency::{TIE, first};
use num_bigint::BigUint;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

/// The exact binomial test of a proportion against a reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BinomialTest {
    /// p two-sided: the probability of all counts no more likely than the observed one, up to a relative 1e-7.
    pub two_sided: f64,
    /// P(X ≥ x).
    pub at_least: f64,
    /// P(X ≤ x).
    pub at_most: f64,
}

/// Most cases for which the probabilities are exact integers.
const EXACT_TRIALS: u64 = 1000;

/// The test of x of n cases against the proportion `reference`.
/// Formula: X binomial with the reference; the two-sided rule is that of R binom.test. Exact integers up to 1000 cases,
/// rounded once. None when n = 0, when x > n, and for a reference outside 0 to 1, both ends excluded.
/// Reference: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404.
/// Checked: R 4.2.2 binom.test, tests/oracle/binomial_test.csv
pub fn binomial_test(x: u64, n: u64, reference: &BigRational) -> Option<BinomialTest> {
    let is_proportion = reference.is_positive() && reference.numer() < reference.denom();
    if n == 0 || x > n || !is_proportion {
        return None;
    }
    if n <= EXACT_TRIALS { exact_test(x, n, reference) } else { summed_test(x, n, reference.to_f64()?) }
}

fn exact_test(x: u64, n: u64, reference: &BigRational) -> Option<BinomialTest> {
    let (event, all) = (reference.numer().magnitude(), reference.denom().magnitude());
    let other = all - event;
    let mut weight = other.pow(u32::try_from(n).ok()?);
    let mut weights = Vec::new();
    for k in 0..n {
        let next = &weight * (n - k) * event / ((k + 1) * &other);
        weights.push(std::mem::replace(&mut weight, next));
    }
    weights.push(weight);
    let place = usize::try_from(x).ok()?;
    let limit = weights.get(place)? * (TIE + 1);
    let total: BigUint = weights.iter().sum();
    let share = |part: BigUint| Some(Exact::ratio(part.into(), total.clone().into())?.to_f64());
    Some(BinomialTest {
        two_sided: share(weights.iter().filter(|weight| *weight * TIE <= limit).sum())?,
        at_least: share(weights.iter().skip(place).sum())?,
        at_most: share(weights.iter().take(place + 1).sum())?,
    })
}

fn summed_test(x: u64, n: u64, p: f64) -> Option<BinomialTest> {
    let [at_least, at_most] = [Tail::AtLeast, Tail::AtMost].map(|tail| tail_probability(tail, x, n, p));
    let ln_of = |k: u64| ln_probability(k as f64, n as f64, p);
    let limit = ln_of(x) + (1.0 / f64::from(TIE)).ln_1p();
    let is_extreme = |k: u64| ln_of(k) <= limit;
    let mode = ((n as f64 + 1.0) * p).floor().min(n as f64) as u64;
    let two_sided = if is_extreme(mode) {
        1.0
    } else if x > mode {
        let below = first(0, mode, |k| !is_extreme(k)).checked_sub(1);
        at_least + below.map_or(0.0, |k| tail_probability(Tail::AtMost, k, n, p))
    } else {
        let above = first(mode, n + 1, is_extreme);
        at_most + if above <= n { tail_probability(Tail::AtLeast, above, n, p) } else { 0.0 }
    };
    Some(BinomialTest { two_sided: two_sided.min(1.0), at_least, at_most })
}
