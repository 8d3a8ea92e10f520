//! Compares mean, median, SD and range of the same values by inequalities.
#![expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow, and divisors are not 0")]

use super::rounding::RoundingInterval;
use super::{Judgement, ReadAs, RoundingMatch, first_way};
use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// A printed range and the number of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RangeOfValues {
    /// The printed minimum.
    pub min: Figure,
    /// The printed maximum.
    pub max: Figure,
    /// Number of values.
    pub n: u64,
}

impl RangeOfValues {
    /// The squared SDs that values with this range can have.
    /// Formula: from R²/(2(n−1)), with one value at each end and the others in the middle, to
    /// R²·⌊n/2⌋·⌈n/2⌉/(n(n−1)), with half of the values at each end; R = max − min. None for n < 2.
    /// Reference: Shiffler & Harsha 1980, Teaching Statistics 2:84.
    pub fn variances(&self, read_as: ReadAs) -> Option<RoundingInterval> {
        let others = BigInt::from(self.n.checked_sub(1).filter(|others| *others > 0)?);
        let (min, max) = (read_as(self.min), read_as(self.max));
        let (least, most) = (not_negative(max.low - min.high), not_negative(max.high - min.low));
        let half = BigInt::from(self.n / 2);
        let share = BigRational::new(&half * (BigInt::from(self.n) - &half), BigInt::from(self.n) * &others);
        Some(RoundingInterval::closed(&least * &least / (others * BigInt::from(2)), &most * &most * share))
    }

    /// The means that values with this range can have.
    /// Formula: from ((n−1)·min + max)/n to (min + (n−1)·max)/n. None for n = 0.
    pub fn means(&self, read_as: ReadAs) -> Option<RoundingInterval> {
        let others = BigInt::from(self.n.checked_sub(1)?);
        let (min, max, n) = (read_as(self.min), read_as(self.max), BigInt::from(self.n));
        Some(RoundingInterval::closed((&min.low * &others + &max.low) / &n, (&min.high + &max.high * &others) / n))
    }

    /// The means that values with this range and median can have.
    /// Formula: with h = ⌊n/2⌋ values on either side, all as low or as high as possible:
    /// h·min + h·m + max to min + h·m + h·max for an odd n, (h−1)·min + h·m + max to
    /// min + h·m + (h−1)·max for an even one, over n. For up to 2 values the mean is the median.
    /// None for n = 0.
    pub fn means_with_median(&self, median: Figure, read_as: ReadAs) -> Option<RoundingInterval> {
        let (min, max, median) = (read_as(self.min), read_as(self.max), read_as(median));
        match self.n {
            0 => return None,
            1 | 2 => return Some(median),
            _ => {}
        }
        let (n, half) = (BigInt::from(self.n), BigInt::from(self.n / 2));
        let at_end = if self.n.is_multiple_of(2) { &half - BigInt::from(1) } else { half.clone() };
        let low = min.low * &at_end + &median.low * &half + max.low;
        let high = min.high + median.high * half + max.high * at_end;
        Some(RoundingInterval::closed(low / &n, high / n))
    }

    /// Whether values with this range can have the SD.
    pub fn judge_sd(&self, sd: Figure) -> Judgement {
        let RangeOfValues { min, max, n } = *self;
        let found = first_true(|read_as| {
            let squares = read_as(sd).squares().zip(self.variances(read_as));
            squares.is_some_and(|(squares, variances)| squares.meets(&variances))
        });
        self.judged(found, format!("an SD of {sd}"), || {
            let Some(bounds) = self.variances(RoundingInterval::nearest) else {
                return format!("an SD needs at least 2 cases, but n is {n}");
            };
            let [least, most] = [bounds.low, bounds.high].map(|square| root(square, sd));
            format!("{n} values from {min} to {max} have an SD from {least} to {most}, not {sd}")
        })
    }

    /// Whether values with this range can have the mean and the SD.
    /// Formula: SD² ≤ n/(n−1)·(max − mean)(mean − min).
    /// Reference: Bhatia & Davis 2000, doi:10.2307/2589180.
    pub fn judge_mean_sd(&self, mean: Figure, sd: Figure) -> Judgement {
        let RangeOfValues { min, max, n } = *self;
        let found = first_true(|read_as| {
            let squares = read_as(sd).squares().zip(self.greatest_variance(&read_as(mean), read_as));
            squares.is_some_and(|(squares, most)| squares.low <= most)
        });
        self.judged(found, format!("a mean of {mean} with an SD of {sd}"), || {
            let Some(most) = self.greatest_variance(&RoundingInterval::nearest(mean), RoundingInterval::nearest) else {
                return format!("an SD needs at least 2 cases, but n is {n}");
            };
            format!(
                "{n} values from {min} to {max} with a mean of {mean} have an SD of at most {}, not {sd}",
                root(most, sd)
            )
        })
    }

    /// The greatest squared SD for a mean; 0 where the mean lies outside the range. None for n < 2.
    fn greatest_variance(&self, mean: &RoundingInterval, read_as: ReadAs) -> Option<BigRational> {
        let others = BigInt::from(self.n.checked_sub(1).filter(|others| *others > 0)?);
        let (min, max) = (read_as(self.min).low, read_as(self.max).high);
        // The product is greatest in the middle of the range, or at the mean nearest to it.
        let middle = (&min + &max) / BigInt::from(2);
        let at = middle.max(mean.low.clone()).min(mean.high.clone());
        let product = not_negative(&max - &at) * not_negative(at - min);
        Some(product * BigRational::new(BigInt::from(self.n), others))
    }

    /// Whether values with this range can have the mean.
    pub fn judge_mean(&self, mean: Figure) -> Judgement {
        let RangeOfValues { min, max, n } = *self;
        let found = first_true(|read_as| self.means(read_as).is_some_and(|means| means.meets(&read_as(mean))));
        self.judged(found, format!("a mean of {mean}"), || {
            match self.means(|figure| RoundingInterval::closed(figure.value(), figure.value())) {
                Some(means) => {
                    let [least, most] = [means.low, means.high].map(|end| printed(end, mean));
                    format!("{n} values from {min} to {max} have a mean from {least} to {most}, not {mean}")
                }
                None => "0 cases have no mean".to_owned(),
            }
        })
    }

    /// Whether values with this range can have the median.
    pub fn judge_median(&self, median: Figure) -> Judgement {
        let RangeOfValues { min, max, n } = *self;
        let found = first_true(|read_as| {
            let (min, max) = (read_as(min), read_as(max));
            let middle = (&min.low + &max.low) / BigInt::from(2)..=(&min.high + &max.high) / BigInt::from(2);
            let ends = if n <= 2 {
                RoundingInterval::closed(middle.start().clone(), middle.end().clone())
            } else {
                RoundingInterval::closed(min.low, max.high)
            };
            n > 0 && ends.meets(&read_as(median))
        });
        self.judged(found, format!("a median of {median}"), || match n {
            0 => "0 cases have no median".to_owned(),
            1 | 2 => format!("the median of up to 2 values from {min} to {max} is their middle, not {median}"),
            _ => format!("a median of {median} does not lie between {min} and {max}"),
        })
    }

    /// Whether values with this range can have both the median and the mean.
    pub fn judge_median_mean(&self, median: Figure, mean: Figure) -> Judgement {
        let RangeOfValues { min, max, n } = *self;
        let found = first_true(|read_as| {
            self.means_with_median(median, read_as).is_some_and(|means| means.meets(&read_as(mean)))
        });
        let exactly: ReadAs = |figure| RoundingInterval::closed(figure.value(), figure.value());
        self.judged(found, format!("a median of {median} with a mean of {mean}"), || {
            match self.means_with_median(median, exactly) {
                Some(means) => {
                    let [least, most] = [means.low, means.high].map(|end| printed(end, mean));
                    format!("{n} values from {min} to {max} with a median of {median} have a mean from {least} to {most}, not {mean}")
                }
                None => "0 cases have no mean".to_owned(),
            }
        })
    }

    fn judged(&self, found: Option<RoundingMatch<()>>, what: String, impossible: impl Fn() -> String) -> Judgement {
        let RangeOfValues { min, max, n } = *self;
        Judgement::of(found, |()| format!("{n} values from {min} to {max} can have {what}"), impossible)
    }
}

/// The first way of rounding for which a condition is true.
fn first_true(condition: impl Fn(ReadAs) -> bool) -> Option<RoundingMatch<()>> {
    first_way(|read_as| condition(read_as).then_some(()))
}

fn not_negative(value: BigRational) -> BigRational {
    if value.is_negative() { BigRational::zero() } else { value }
}

/// A bound, with one decimal more than the figure it is compared with.
fn printed(value: BigRational, like: Figure) -> String {
    Exact::Ratio(value).rounded(u32::from(like.decimals()).saturating_add(1))
}

fn root(square: BigRational, like: Figure) -> String {
    let decimals = u32::from(like.decimals()).saturating_add(1);
    Exact::root(square).map_or_else(String::new, |root| root.rounded(decimals))
}
