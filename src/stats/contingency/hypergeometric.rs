//! The hypergeometric distribution of the first cell of a 2 by 2 table with given margins,
//! for any number of cases.

use crate::decimal::Exact;
use crate::stats::binomial::ln_probability;
use num_bigint::{BigInt, BigUint};
use num_traits::{One, Zero};

/// Most cases for which probabilities are exact integers; beyond, they are logarithms.
const EXACT_CASES: u64 = 1000;

/// Probabilities up to this factor above the observed one count as equal to it, as in R:
/// (10^7 + 1) / 10^7.
pub(in crate::stats) const TIE: u32 = 10_000_000;

/// The distribution of the number x of events in the first row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stats) struct Hypergeometric {
    /// Cases in the first row.
    row: u64,
    /// Events: cases in the first column.
    events: u64,
    /// Cases in the second column.
    others: u64,
    /// Least possible x.
    pub low: u64,
    /// Greatest possible x.
    pub high: u64,
}

impl Hypergeometric {
    /// The distribution given the margins of a table.
    pub fn of([a, b, c, d]: [u64; 4]) -> Hypergeometric {
        let (row, events, others) = (a + b, a + c, b + d);
        Hypergeometric { row, events, others, low: row.saturating_sub(others), high: row.min(events) }
    }

    /// P(x + 1)/P(x), which falls as x grows. Requires low ≤ x < high.
    pub fn ratio(&self, x: u64) -> f64 {
        let (up, down) = ((self.events - x) as f64, (x + 1) as f64);
        up / down * ((self.row - x) as f64 / (self.others + x + 1 - self.row) as f64)
    }

    /// The most probable x.
    fn mode(&self) -> u64 {
        first(self.low, self.high, |x| self.ratio(x) <= 1.0)
    }

    /// Natural logarithm of P(x).
    /// Formula: three binomial probabilities with p = row/N, whose powers of p cancel.
    /// Reference: Loader 2000, Fast and accurate computation of binomial probabilities.
    pub fn ln_probability(&self, x: u64) -> f64 {
        let (row, events, others) = (self.row as f64, self.events as f64, self.others as f64);
        let p = row / (events + others);
        if p >= 1.0 {
            return 0.0;
        }
        ln_probability(x as f64, events, p) + ln_probability(row - x as f64, others, p)
            - ln_probability(row, events + others, p)
    }

    /// Fisher's two-sided p of x: the sum of all probabilities up to that of x.
    pub fn two_sided_p(&self, x: u64) -> f64 {
        let is_small = self.events + self.others <= EXACT_CASES;
        if is_small { self.exact_p(x) } else { self.summed_p(x) }.min(1.0)
    }

    fn exact_p(&self, x: u64) -> f64 {
        let mut weights = Vec::new();
        let mut weight = choose(self.events, self.low) * choose(self.others, self.row - self.low);
        for at in self.low..self.high {
            let next = &weight * (self.events - at) * (self.row - at) / (at + 1) / (self.others + at + 1 - self.row);
            weights.push(std::mem::replace(&mut weight, next));
        }
        weights.push(weight);
        let observed = usize::try_from(x - self.low).ok().and_then(|at| weights.get(at)).cloned().unwrap_or_default();
        let limit = observed * (TIE + 1);
        let extreme: BigUint = weights.iter().filter(|weight| *weight * TIE <= limit).sum();
        let all: BigUint = weights.iter().sum();
        Exact::ratio(BigInt::from(extreme), BigInt::from(all)).map_or(1.0, |p| p.to_f64())
    }

    /// The same for many cases: both tails, found by bisection and summed outwards.
    fn summed_p(&self, x: u64) -> f64 {
        let limit = self.ln_probability(x) + (1.0 / f64::from(TIE)).ln_1p();
        let mode = self.mode();
        let is_extreme = |x: u64| self.ln_probability(x) <= limit;
        if is_extreme(mode) {
            return 1.0;
        }
        let above = first(mode + 1, self.high + 1, is_extreme);
        let from_below = first(self.low, mode, |x| !is_extreme(x));
        let upper = if above <= self.high { self.ln_probability(above).exp() * self.sum(above, true) } else { 0.0 };
        let lower = match from_below.checked_sub(1) {
            Some(below) if from_below > self.low => self.ln_probability(below).exp() * self.sum(below, false),
            _ => 0.0,
        };
        lower + upper
    }

    /// The sum of the probabilities of x and everything above it, or below it, in units of P(x).
    fn sum(&self, x: u64, upwards: bool) -> f64 {
        let (mut term, mut sum, mut at) = (1.0, 1.0, x);
        while term > sum * 1e-20 && if upwards { at < self.high } else { at > self.low } {
            if upwards {
                term *= self.ratio(at);
                at += 1;
            } else {
                at -= 1;
                term /= self.ratio(at);
            }
            sum += term;
        }
        sum
    }
}

/// The distribution of the first cell at another odds ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::stats) struct Tilted {
    /// Its mean.
    pub mean: f64,
    /// P(X ≥ x).
    pub at_least: f64,
    /// P(X ≤ x).
    pub at_most: f64,
}

impl Hypergeometric {
    /// The distribution with the odds ratio exp(log): its mean, and its tails at x.
    /// Formula: from the most probable value outwards, as far as terms count.
    pub fn tilted(&self, x: u64, log: f64) -> Tilted {
        let odds = log.exp();
        let mode = first(self.low, self.high, |at| self.ratio(at) * odds <= 1.0);
        let (mut all, mut first, mut at_least, mut at_most) = (0.0, 0.0, 0.0, 0.0);
        let mut add = |at: u64, term: f64| {
            all += term;
            first += term * (at as f64 - mode as f64);
            at_least += if at >= x { term } else { 0.0 };
            at_most += if at <= x { term } else { 0.0 };
        };
        let (mut term, mut at) = (1.0, mode);
        add(mode, term);
        while at < self.high && (term > 1e-30 || at < x) && term > 0.0 {
            term *= self.ratio(at) * odds;
            at += 1;
            add(at, term);
        }
        (term, at) = (1.0, mode);
        while at > self.low && (term > 1e-30 || at > x) && term > 0.0 {
            at -= 1;
            term /= self.ratio(at) * odds;
            add(at, term);
        }
        Tilted { mean: mode as f64 + first / all, at_least: at_least / all, at_most: at_most / all }
    }
}

/// The first x in `from..to` for which a condition is true that stays true once it is; `to` if
/// there is none.
pub(in crate::stats) fn first(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The binomial coefficient. 0 for k > n.
fn choose(n: u64, k: u64) -> BigUint {
    if k > n {
        return BigUint::zero();
    }
    (0..k.min(n - k)).fold(BigUint::one(), |product, i| product * (n - i) / (i + 1))
}
