//! Root finding for monotone functions.

/// The root of a monotone function between `low` and `high`.
/// Formula: Newton's method from `start`, kept within a shrinking bracket; a step that leaves
/// the bracket halves it. `excess_and_slope` gives the function less its target, and its slope.
pub(super) fn newton_in_bracket(
    bracket: (f64, f64),
    start: f64,
    rises: bool,
    excess_and_slope: impl Fn(f64) -> (f64, f64),
) -> f64 {
    let ((mut low, mut high), mut at) = (bracket, start);
    for _ in 0..200 {
        let (excess, slope) = excess_and_slope(at);
        if (excess > 0.0) == rises {
            high = at;
        } else {
            low = at;
        }
        let newton = at - excess / slope;
        let next = if newton > low && newton < high { newton } else { low + (high - low) / 2.0 };
        if (next - at).abs() <= f64::EPSILON * at.abs() {
            return next;
        }
        at = next;
    }
    at
}
