//! Tails of the binomial distribution, and the probability at which a tail has a given size.
//!
//! Both are accurate for any number of cases: the terms of a tail are all positive and are added one
//! by one, so nothing cancels.

use crate::stats::root::newton_in_bracket;
use statrs::function::gamma::ln_gamma;
use std::f64::consts::PI;

/// Which end of the distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// x cases or more.
    AtLeast,
    /// x cases or fewer.
    AtMost,
}

/// Natural logarithm of a binomial probability, also where the numbers of events and of
/// others are not whole.
/// Formula: ln( Γ(a+b+1) / (Γ(a+1)Γ(b+1)) · pᵃqᵇ ), by the saddle point, which does not subtract
/// large logarithms. Requires a, b, p, q > 0 and q = 1 − p.
/// Reference: Loader 2000, Fast and accurate computation of binomial probabilities.
/// Checked: mpmath, by way of tests/oracle/proportion_large.csv and tails.csv
pub(super) fn ln_kernel(a: f64, b: f64, p: f64, q: f64) -> f64 {
    let n = a + b;
    stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * p) - deviance(b, n * q)
        + 0.5 * (n / (2.0 * PI * a * b)).ln()
}

/// Natural logarithm of the probability of x of n cases, also of none and of all.
/// Requires x ≤ n and 0 < p < 1.
pub(super) fn ln_probability(x: f64, n: f64, p: f64) -> f64 {
    if x <= 0.0 {
        n * (-p).ln_1p()
    } else if x >= n {
        n * p.ln()
    } else {
        ln_kernel(x, n - x, p, 1.0 - p)
    }
}

/// Natural logarithm of a Poisson probability, also of a number k that is not whole.
/// Formula: ln( mᵏe⁻ᵐ / Γ(k+1) ), by the saddle point. Requires k, m > 0.
/// Reference: Loader 2000, Fast and accurate computation of binomial probabilities.
pub(super) fn ln_poisson(k: f64, m: f64) -> f64 {
    -stirling_error(k) - deviance(k, m) - 0.5 * (2.0 * PI * k).ln()
}

/// ln Γ(k + 1) less Stirling's approximation of it, for k > 0.
fn stirling_error(k: f64) -> f64 {
    if k < 16.0 {
        let whole = k.fract() == 0.0;
        let factorial = || (1..=16_u32).map(f64::from).take_while(|i| *i <= k).product::<f64>();
        let ln_gamma = if whole { factorial().ln() } else { ln_gamma(k + 1.0) };
        return ln_gamma - ((k + 0.5) * k.ln() - k + 0.5 * (2.0 * PI).ln());
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

/// How much of the term at x itself belongs to a tail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointWeight {
    /// All of it.
    Whole,
    /// Half of it: the mid-P convention.
    Half,
}

/// The terms of a tail from x outwards, each from its neighbour by the ratio
/// (n − k)/(k + 1) · p/(1 − p) or its inverse, in units of the term at x.
fn outer_terms(tail: Tail, x: f64, n: f64, p: f64) -> f64 {
    // Seen from the other outcome, `at least x` is `at most n - x`.
    let (start, odds) = match tail {
        Tail::AtLeast => (n - x, p / (1.0 - p)),
        Tail::AtMost => (x, (1.0 - p) / p),
    };
    let (mut term, mut sum, mut remaining) = (1.0, 0.0, start);
    while remaining > 0.0 && term > sum * 1e-18 {
        term *= remaining / (n - remaining + 1.0) * odds;
        sum += term;
        remaining -= 1.0;
    }
    sum
}

/// The probability of a tail, the term at x included.
/// Units: in [0, 1]. Requires x ≤ n and 0 < p < 1.
pub(super) fn tail_probability(tail: Tail, x: u64, n: u64, p: f64) -> f64 {
    let (x, n) = (x as f64, n as f64);
    (ln_probability(x, n, p) + outer_terms(tail, x, n, p).ln_1p()).exp().min(1.0)
}

/// Natural logarithm of a tail, and its slope in p.
/// Formula: d P(X ≥ x)/dp = P(X = x) · x/p, and d P(X ≤ x)/dp = −P(X = x) · (n − x)/(1 − p);
/// with half the term at x, both are ±P(X = x) · (x/p + (n − x)/(1 − p))/2.
fn ln_tail_and_slope(tail: Tail, point: PointWeight, x: f64, n: f64, p: f64) -> (f64, f64) {
    let (up, down) = (x / p, (n - x) / (1.0 - p));
    let (share, slope) = match (point, tail) {
        (PointWeight::Whole, Tail::AtLeast) => (1.0, up),
        (PointWeight::Whole, Tail::AtMost) => (1.0, -down),
        (PointWeight::Half, Tail::AtLeast) => (0.5, (up + down) / 2.0),
        (PointWeight::Half, Tail::AtMost) => (0.5, -(up + down) / 2.0),
    };
    let sum = outer_terms(tail, x, n, p) + share;
    (ln_probability(x, n, p) + sum.ln(), slope / sum)
}

/// The probability p of an event at which the tail of x of n cases is `size`.
/// Formula: ln tail(p) = ln size, by Newton's method kept within a shrinking bracket; a tail
/// is monotone in p. Units: p in (0, 1).
/// None unless 0 < x < n and 0 < size < 1.
/// Checked: mpmath, tests/oracle/proportion_large.csv, to a relative 1e-12 for up to 10^7 cases
pub fn probability_of_tail(tail: Tail, point: PointWeight, x: u64, n: u64, size: f64) -> Option<f64> {
    if x == 0 || x >= n || !(size > 0.0 && size < 1.0) {
        return None;
    }
    let (x, n, target) = (x as f64, n as f64, size.ln());
    Some(newton_in_bracket((0.0, 1.0), x / n, tail == Tail::AtLeast, |p| {
        let (ln_tail, slope) = ln_tail_and_slope(tail, point, x, n, p);
        (ln_tail - target, slope)
    }))
}
