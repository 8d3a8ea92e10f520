//! Where a monotone function reaches a value.

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

/// The point at which a rising condition turns true, anywhere on the line.
/// Formula: doubling steps from `start` until the point is enclosed, then halving, until two
/// neighbouring doubles are left.
pub(super) fn turning_point(start: f64, is_beyond: impl Fn(f64) -> bool) -> f64 {
    let mut step = if is_beyond(start) { -1.0 } else { 1.0 };
    let mut far = start + step;
    // 2^10 is far beyond the logarithm of any double.
    while is_beyond(far) == (step < 0.0) && f64::abs(step) < 1024.0 {
        step *= 2.0;
        far = start + step;
    }
    let (mut low, mut high) = (start.min(far), start.max(far));
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if is_beyond(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    low + (high - low) / 2.0
}
