//! A printed ratio of two numbers, such as `1.3:1`.
#![expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow; no divisor is 0")]

use super::verdict::Verdict;
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::printed::Figure;
use num_rational::BigRational;
use num_traits::Zero;

/// A number of the records: its value, and its least and greatest if all cases reported it.
pub(super) struct PossibleValue {
    pub value: BigRational,
    pub possible: Option<(BigRational, BigRational)>,
}

/// The verdict on `first:second` printed for two numbers.
///
/// The side with more decimals is the rounded one: 17 to 13 is 1.3:1 and 1:0.8. Where both sides are whole, the ratio is
/// that of the numbers within a twentieth of itself: 14 to 10 is 7:5, and neither 1:1 nor 3:2; 47 to 5 is 9:1.
pub(super) fn verdict((first, second): (Figure, Figure), left: &PossibleValue, right: &PossibleValue) -> Verdict {
    let is_second = second.decimals() > first.decimals();
    let (rounded, exact) = if is_second { (second, first) } else { (first, second) };
    let (above, below) = if is_second { (right, left) } else { (left, right) };
    let printed = if rounded.decimals() == 0 && exact.decimals() == 0 {
        within_a_twentieth(rounded)
    } else {
        RoundingInterval::nearest(rounded)
    };
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

/// The ratios within a twentieth of a printed one, or of which it is within a twentieth: the same for 4:1 and for 1:4.
fn within_a_twentieth(figure: Figure) -> RoundingInterval {
    let of = |part: i64, whole: i64| figure.value() * BigRational::new(part.into(), whole.into());
    RoundingInterval::closed(of(19, 20), of(20, 19))
}
