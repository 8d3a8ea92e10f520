//! Compares a ratio (odds ratio, hazard ratio, relative risk) with its confidence interval.
#![expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow")]

use super::rounding::RoundingInterval;
use super::{Consistency, Judgement, first_way};
use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_traits::{Signed, Zero};

/// The middle of an interval on the log scale, √(low·high). None where an end is below 0.
pub fn middle(low: Figure, high: Figure) -> Option<Exact> {
    (!low.is_negative() && !high.is_negative()).then(|| Exact::root(low.value() * high.value()))?
}

/// Whether a ratio lies in the middle of its interval on the log scale, as with a Wald interval.
/// Formula: √(low·high) = estimate for some values that round to the three figures, compared by
/// squares. An exact or profile-likelihood interval need not be symmetric.
/// Checked: published odds ratios, tests/arithmetic/ratio.rs
pub fn judge(estimate: Figure, low: Figure, high: Figure) -> Judgement {
    if low.value() > estimate.value() || estimate.value() > high.value() {
        return Judgement::inconsistent(format!("{estimate} does not lie between {low} and {high}"));
    }
    let Some(middle) = middle(low, high).filter(|_| low.value().is_positive()) else {
        let sentence = "an interval of a ratio that includes 0 has no middle on the log scale";
        return Judgement::new(Consistency::NotInformative, sentence);
    };
    let middle = middle.rounded(u32::from(estimate.decimals()).saturating_add(1));
    let found = first_way(|read_as| {
        let squares = read_as(estimate).squares();
        let products = products(&read_as(low), &read_as(high));
        squares.zip(products).filter(|(squares, products)| squares.meets(products)).map(|_| ())
    });
    let middle = format!("the middle of {low} to {high} on the log scale is {middle}");
    Judgement::of(
        found,
        |()| format!("{middle}, which agrees with {estimate}"),
        || format!("{middle}, not {estimate}; only an exact or profile-likelihood interval can be this asymmetric"),
    )
}

/// The products of the values of two intervals, without values below 0.
fn products(low: &RoundingInterval, high: &RoundingInterval) -> Option<RoundingInterval> {
    if high.high.is_negative() {
        return None;
    }
    let end = |value: &num_rational::BigRational| {
        if value.is_negative() { num_rational::BigRational::zero() } else { value.clone() }
    };
    Some(RoundingInterval {
        low: end(&low.low) * end(&high.low),
        is_low_closed: low.is_low_closed && high.is_low_closed,
        high: end(&low.high) * &high.high,
        is_high_closed: low.is_high_closed && high.is_high_closed,
    })
}
