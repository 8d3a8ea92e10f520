//! Tails of the binomial distribution, and the probability that gives a tail its size.
//!
//! Both hold for any number of cases: the terms of a tail are all positive and are added one
//! by one, so nothing cancels.

use std::f64::consts::PI;

/// Which end of the distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// x cases or more.
    AtLeast,
    /// x cases or fewer.
    AtMost,
}

/// Natural logarithm of a binomial probability.
/// Formula: ln( n! / (x!(n−x)!) · pˣ(1−p)ⁿ⁻ˣ ), by the saddle point, which does not subtract
/// large logarithms. Requires 0 < x < n and 0 < p < 1.
/// Reference: Loader 2000, Fast and accurate computation of binomial probabilities.
/// Checked: mpmath, by way of tests/oracle/proportion_large.csv
fn ln_probability(x: f64, n: f64, p: f64) -> f64 {
    let rest = n - x;
    stirling_error(n) - stirling_error(x) - stirling_error(rest) - deviance(x, n * p) - deviance(rest, n * (1.0 - p))
        + 0.5 * (n / (2.0 * PI * x * rest)).ln()
}

/// ln k! less Stirling's approximation of it, for a whole k ≥ 1.
fn stirling_error(k: f64) -> f64 {
    if k < 16.0 {
        let factorial = (1..=16_u32).map(f64::from).take_while(|i| *i <= k).product::<f64>();
        return factorial.ln() - ((k + 0.5) * k.ln() - k + 0.5 * (2.0 * PI).ln());
    }
    let square = k * k;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square) / square) / square)
        / k
}

/// x·ln(x/m) + m − x. Near x = m, where that subtracts equals, ln(x/m) is the series
/// 2(v + v³/3 + v⁵/5 + ...) with v = (x − m)/(x + m), whose first term is taken out.
fn deviance(x: f64, m: f64) -> f64 {
    let v = (x - m) / (x + m);
    if v.abs() > 0.1 {
        return x * (x / m).ln() + m - x;
    }
    let series = [15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0].iter().fold(0.0, |sum, odd| sum * v * v + 1.0 / odd);
    (x - m) * v + 2.0 * x * v * v * v * series
}

/// Natural logarithm of a tail, the term at x included, and its slope in p.
/// Formula: the sum of the terms from x outwards, each from its neighbour by the ratio
/// (n − k)/(k + 1) · p/(1 − p) or its inverse; d P(X ≥ x)/dp = P(X = x) · x/p, and
/// d P(X ≤ x)/dp = −P(X = x) · (n − x)/(1 − p).
fn ln_tail_and_slope(tail: Tail, x: f64, n: f64, p: f64) -> (f64, f64) {
    // Seen from the other outcome, `at least x` is `at most n - x`.
    let (start, odds) = match tail {
        Tail::AtLeast => (n - x, p / (1.0 - p)),
        Tail::AtMost => (x, (1.0 - p) / p),
    };
    let (mut term, mut sum, mut remaining) = (1.0, 1.0, start);
    while remaining > 0.0 && term > sum * 1e-18 {
        term *= remaining / (n - remaining + 1.0) * odds;
        sum += term;
        remaining -= 1.0;
    }
    let slope = match tail {
        Tail::AtLeast => x / p,
        Tail::AtMost => -(n - x) / (1.0 - p),
    };
    (ln_probability(x, n, p) + sum.ln(), slope / sum)
}

/// The probability p of an event at which the tail of x of n cases is `size`.
/// Formula: ln tail(p) = ln size, by Newton's method kept within a shrinking bracket; a tail
/// is monotone in p. Units: p in (0, 1).
/// None unless 0 < x < n and 0 < size < 1.
/// Checked: mpmath, tests/oracle/proportion_large.csv, to a relative 1e-12 for up to 10^7 cases
pub fn probability_of_tail(tail: Tail, x: u64, n: u64, size: f64) -> Option<f64> {
    if x == 0 || x >= n || !(size > 0.0 && size < 1.0) {
        return None;
    }
    let (x, n, target) = (x as f64, n as f64, size.ln());
    let (mut low, mut high, mut p) = (0.0, 1.0, x / n);
    for _ in 0..200 {
        let (ln_tail, slope) = ln_tail_and_slope(tail, x, n, p);
        let excess = ln_tail - target;
        if (excess > 0.0) == (tail == Tail::AtLeast) {
            high = p;
        } else {
            low = p;
        }
        let newton = p - excess / slope;
        let next = if newton > low && newton < high { newton } else { low + (high - low) / 2.0 };
        if (next - p).abs() <= f64::EPSILON * p {
            return Some(next);
        }
        p = next;
    }
    Some(p)
}
