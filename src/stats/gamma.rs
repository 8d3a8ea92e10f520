//! The gamma distribution, for shapes up to tens of thousands, where that of statrs keeps 7 digits.

use super::lentz::fraction;
use crate::stats::binomial::ln_poisson;

/// Steps after which a series or a fraction is no longer continued; shapes of 10^8 need some 10^5.
const MOST_STEPS: u32 = 1_000_000;

/// The upper tail of the gamma distribution with shape a and scale 1 at x.
/// Formula: the regularised incomplete gamma function: above a + 1 by its continued fraction
/// (DLMF 8.9.2), below as 1 less its power series (DLMF 8.7.1). Requires a, x > 0.
/// Checked: mpmath at 30 digits, tests/oracle/tails.csv
pub(super) fn upper_tail(a: f64, x: f64) -> f64 {
    let front = ln_poisson(a, x).exp();
    if x > a + 1.0 { front * a / denominator(a, x) } else { 1.0 - front * series(a, x) }
}

/// 1 + x/(a + 1) + x²/((a + 1)(a + 2)) + ...
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for step in 1..MOST_STEPS {
        term *= x / (a + f64::from(step));
        sum += term;
        if term <= sum * f64::EPSILON / 4.0 {
            break;
        }
    }
    sum
}

/// x + 1 − a + 1(a − 1)/(x + 3 − a + 2(a − 2)/(x + 5 − a + ...)).
fn denominator(a: f64, x: f64) -> f64 {
    fraction(x + 1.0 - a, MOST_STEPS, |n| (n * (a - n), x + 2.0 * n + 1.0 - a))
}
