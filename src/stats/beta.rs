//! The beta distribution, for shapes up to tens of millions.
//!
//! statrs ends its continued fraction too early for large shapes (its issue 434); here the
//! fraction runs until it has converged.

use super::lentz::fraction;
use crate::stats::binomial::ln_kernel;
use crate::stats::root::newton_in_bracket;

/// Steps after which the fraction is no longer continued; shapes of 10^8 need some 10^4.
const MOST_STEPS: u32 = 1_000_000;

/// The two tails of the beta distribution with shapes a and b at x = 1 − y: (below x, above x).
/// Formula: the regularised incomplete beta function by its continued fraction, on the side of x
/// that lies away from the mean. That tail is computed, the other is its complement. Requires
/// a, b > 0; x and y in [0, 1], both given so that neither loses digits.
/// Reference: DiDonato & Morris 1992, doi:10.1145/131766.131776, formula 9.
/// Checked: mpmath at 30 digits, tests/oracle/tails.csv
pub(super) fn tails(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    let front = ln_kernel(a, b, x, y).exp() * a / (a + b) * b;
    // How far the mean lies above x, times a + b.
    let excess = if x <= y { a - (a + b) * x } else { (a + b) * y - b };
    if excess >= 0.0 {
        let below = front / denominator(a, b, (x, y), excess);
        (below, 1.0 - below)
    } else {
        let above = front / denominator(b, a, (y, x), -excess);
        (1.0 - above, above)
    }
}

/// β₁ + α₂/(β₂ + α₃/(β₃ + ...)) with
/// αₙ₊₁ = n(a + n − 1)(a + b + n − 1)(b − n)x² / (a + 2n − 1)² and
/// βₙ₊₁ = n + n(b − n)x/(a + 2n − 1) + (a + n)(λ + 1 + n(1 + y))/(a + 2n + 1), λ = a − (a + b)x.
fn denominator(a: f64, b: f64, (x, y): (f64, f64), excess: f64) -> f64 {
    fraction(a * (excess + 1.0) / (a + 1.0), MOST_STEPS, |n| {
        let (left, middle) = ((b - n) * x, a + 2.0 * n - 1.0);
        let alpha = n / middle * (a + n - 1.0) * ((a + b + n - 1.0) / middle) * left * x;
        (alpha, n + n * left / middle + (a + n) * (excess + 1.0 + n * (1.0 + y)) / (middle + 2.0))
    })
}

/// The quantile of the beta distribution with shapes a and b.
/// Formula: ln of the tail at p = ln of its size, by Newton's method; for sizes above 1/2 by
/// the other tail. Units: in [0, 1]. Requires a, b > 0 and 0 < size < 1.
/// Checked: mpmath at 40 digits, tests/oracle/proportion_methods.csv
pub(super) fn quantile(a: f64, b: f64, size: f64) -> f64 {
    let is_low = size <= 0.5;
    let target = if is_low { size.ln() } else { (-size).ln_1p() };
    newton_in_bracket((0.0, 1.0), a / (a + b), is_low, |p| {
        let (below, above) = tails(a, b, p, 1.0 - p);
        let density = ln_kernel(a, b, p, 1.0 - p).exp() * a * b / (a + b) / (p * (1.0 - p));
        let (tail, slope) = if is_low { (below, density) } else { (above, -density) };
        (tail.ln() - target, slope / tail)
    })
}
