//! The beta distribution, for shapes up to tens of millions.
//!
//! statrs ends its continued fraction too early for large shapes (its issue 434); here the
//! fraction runs until it has converged.

use crate::stats::binomial::ln_kernel;
use crate::stats::root::newton_in_bracket;

/// Steps after which the fraction is taken as it stands; shapes of 10^8 need some 10^4.
const MOST_STEPS: u32 = 1_000_000;

/// The two tails of the beta distribution with shapes a and b at x = 1 − y: (below x, above x).
/// Formula: the regularised incomplete beta function, by its continued fraction
/// (DLMF 8.17.22) on the side of x where it converges fast. The smaller tail is computed, the
/// other is its complement. Requires a, b > 0; x and y in [0, 1], both given so that neither
/// loses digits.
/// Checked: mpmath at 40 digits, tests/oracle/tails.csv
pub(super) fn tails(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    let kernel = ln_kernel(a, b, x, y).exp() / (a + b);
    if x < (a + 1.0) / (a + b + 2.0) {
        let below = kernel * b * fraction(a, b, x);
        (below, 1.0 - below)
    } else {
        let above = kernel * a * fraction(b, a, y);
        (1.0 - above, above)
    }
}

/// The continued fraction 1/(1 + d₁/(1 + d₂/(1 + ...))), evaluated forwards by Lentz's method
/// as Thompson and Barnett modified it.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let guard = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut upper, mut lower) = (1.0, 1.0 / guard(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = lower;
    for step in 1..MOST_STEPS {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for coefficient in [even, odd] {
            lower = 1.0 / guard(1.0 + coefficient * lower);
            upper = guard(1.0 + coefficient / upper);
            change = upper * lower;
            value *= change;
        }
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
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
