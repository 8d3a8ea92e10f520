//! Continued fractions, evaluated forwards by Lentz's method.

/// β₁ + α₂/(β₂ + α₃/(β₃ + ...)); `terms` gives αₙ₊₁ and βₙ₊₁ for n = 1, 2, ... and fewer than `most` are used.
pub(super) fn fraction(first: f64, most: u32, terms: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut value = first;
    let (mut upper, mut lower) = (value, 0.0);
    for step in 1..most {
        let (alpha, beta) = terms(f64::from(step));
        lower = 1.0 / (beta + alpha * lower);
        upper = beta + alpha / upper;
        value *= upper * lower;
        if (upper * lower - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}
