//! A printed ratio of two numbers, such as `1.3:1`.
#![expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow; no divisor is 0")]

use super::verdict::Verdict;
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::printed::Figure;
use num_rational::BigRational;
use num_traits::Zero;

/// A number of the records: its value, and its least and greatest if all cases reported it.
pub(super) struct Ends {
    pub value: BigRational,
    pub possible: Option<(BigRational, BigRational)>,
}

/// The verdict on `first:second` printed for two numbers.
///
/// The side with more decimals is the rounded one, and the first where both have as many: 17 to 13 is 1.3:1 and 1:0.8.
pub(super) fn verdict((first, second): (Figure, Figure), left: &Ends, right: &Ends) -> Verdict {
    let is_second = second.decimals() > first.decimals();
    let (rounded, exact) = if is_second { (second, first) } else { (first, second) };
    let (above, below) = if is_second { (right, left) } else { (left, right) };
    let printed = RoundingInterval::nearest(rounded);
    let scaled = |above: &BigRational, below: &BigRational| (!below.is_zero()).then(|| above * exact.value() / below);
    if scaled(&above.value, &below.value)
        .is_some_and(|ratio| printed.meets(&RoundingInterval::closed(ratio.clone(), ratio)))
    {
        return Verdict::Agrees;
    }
    let (Some(above), Some(below)) = (&above.possible, &below.possible) else { return Verdict::Undetermined };
    let low = scaled(&above.0, &below.1);
    let high = scaled(&above.1, &below.0);
    let could_be = match (low, high) {
        (Some(low), Some(high)) => printed.meets(&RoundingInterval::closed(low, high)),
        (Some(low), None) => low <= printed.high,
        (None, _) => false,
    };
    if could_be { Verdict::Undetermined } else { Verdict::Contradicts }
}
