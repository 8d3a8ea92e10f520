//! Counts, denominators and percentages: whether n of N has a percentage, and which n or N fit it.
#![expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow, and divisors are not 0")]

use super::rounding::{Modes, RoundingInterval, agrees};
use super::{Consistency, Judgement, first_way};
use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use std::ops::RangeInclusive;

/// Largest denominator up to which fractions are listed.
pub const MOST_CASES_LISTED: u64 = 10_000;

/// 100·n/N. None when N is 0.
pub fn percent_of(n: u64, of: u64) -> Option<BigRational> {
    (of > 0).then(|| BigRational::new(BigInt::from(n) * BigInt::from(100), BigInt::from(of)))
}

/// The modes of rounding that print n of N as a percentage. Empty when N is 0.
pub fn modes(n: u64, of: u64, percent: Figure) -> Modes {
    percent_of(n, of).map_or_else(Modes::default, |value| agrees(&Exact::Ratio(value), percent))
}

/// The counts n of N cases that have a percentage. None where there is none.
/// Formula: the whole numbers n in [0, N] with 100·n/N in the interval. There is at most one
/// while N < 100·10^d.
pub fn counts(percent: &RoundingInterval, of: u64) -> Option<RangeInclusive<u64>> {
    if of == 0 {
        return None;
    }
    let all = RoundingInterval::closed(BigRational::zero(), BigRational::from_integer(of.into()));
    let (first, last) = percent.times(&BigRational::new(of.into(), 100.into())).and(&all).integers()?;
    Some(first.to_u64()?..=last.to_u64()?)
}

/// The denominators N for which n cases have a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Denominators {
    /// The smallest.
    pub least: u64,
    /// The largest; none where there is no limit.
    pub most: Option<u64>,
}

impl Denominators {
    /// True where a denominator is one of them.
    pub fn contains(self, of: u64) -> bool {
        of >= self.least && self.most.is_none_or(|most| of <= most)
    }
}

/// The denominators N ≥ n, N > 0, for which n cases have a percentage. None where there is none.
/// Formula: N in [100·n/p_high, 100·n/p_low]; for n = 0 every N, or none.
pub fn denominators(n: u64, percent: &RoundingInterval) -> Option<Denominators> {
    if n == 0 {
        return percent.contains_ratio(&BigRational::zero()).then_some(Denominators { least: 1, most: None });
    }
    if !percent.high.is_positive() {
        return None;
    }
    let hundredfold = BigRational::from_integer(BigInt::from(n) * BigInt::from(100));
    let low = &hundredfold / &percent.high;
    let all = BigRational::from_integer(n.into());
    let mut range = RoundingInterval {
        high: low.clone(),
        low,
        is_low_closed: percent.is_high_closed,
        is_high_closed: percent.is_low_closed,
    };
    if range.low < all {
        (range.low, range.is_low_closed) = (all, true);
    }
    if percent.low.is_positive() {
        range.high = hundredfold / &percent.low;
        let (least, most) = range.integers()?;
        return Some(Denominators { least: least.to_u64()?, most: most.to_u64() });
    }
    let least = range.low.ceil().to_integer();
    let is_left_out = range.low.is_integer() && !range.is_low_closed;
    Some(Denominators { least: (least + u32::from(is_left_out)).to_u64()?, most: None })
}

/// Every n of N that has a percentage, in order of N and n, for N up to a limit of at most
/// [`MOST_CASES_LISTED`].
pub fn fractions(percent: Figure, most: u64) -> impl Iterator<Item = (u64, u64)> {
    let interval = RoundingInterval::nearest(percent);
    let of = 1..=most.min(MOST_CASES_LISTED);
    of.flat_map(move |of| counts(&interval, of).into_iter().flatten().map(move |n| (n, of)))
}

/// The denominator without the missing cases, if it explains the percentage and N does not.
pub fn without_missing(n: u64, of: u64, missing: u64, percent: Figure) -> Option<u64> {
    let reported = of.checked_sub(missing).filter(|reported| *reported >= n && missing > 0)?;
    let explains = modes(n, reported, percent).is_nearest() && !modes(n, of, percent).is_nearest();
    explains.then_some(reported)
}

/// Whether n of N has a percentage; `missing` of the N cases are not reported.
/// Checked: every n of N up to 60 and the published abstracts, tests/arithmetic/proportion.rs
pub fn judge(n: u64, of: u64, missing: u64, percent: Figure) -> Judgement {
    let Some(value) = percent_of(n, of) else { return Judgement::inconsistent("0 cases have no percentage") };
    if n > of {
        return Judgement::inconsistent(format!("{n} is more than {of}"));
    }
    let value = Exact::Ratio(value);
    let modes = agrees(&value, percent);
    let printed = value.rounded(u32::from(percent.decimals()));
    Judgement::of(
        first_way(|read_as| read_as(percent).contains(&value).then_some(())),
        |()| {
            if printed == percent.to_string() {
                return format!("{n} of {of} is {percent} %");
            }
            format!("{n} of {of} lies halfway between two figures; it is {percent} % by {modes}")
        },
        || format!("{n} of {of} is {printed} %, not {percent} %{}", cause(n, of, missing, percent)),
    )
}

/// What a percentage that does not fit would be of.
fn cause(n: u64, of: u64, missing: u64, percent: Figure) -> String {
    if let Some(reported) = without_missing(n, of, missing, percent) {
        return format!(": it is {n} of {reported}, the denominator without the {missing} not reported");
    }
    let interval = RoundingInterval::nearest(percent);
    let numerator =
        counts(&interval, of).map(|counts| format!("{} of {of}", shown(*counts.start(), Some(*counts.end()))));
    let denominator = denominators(n, &interval).map(|of| format!("{n} of {}", shown(of.least, of.most)));
    let known: Vec<String> = numerator.into_iter().chain(denominator).collect();
    if known.is_empty() { String::new() } else { format!(", which would be {}", known.join(" or ")) }
}

fn shown(first: u64, last: Option<u64>) -> String {
    match last {
        Some(last) if first == last => first.to_string(),
        Some(last) => format!("{first} to {last}"),
        None => format!("{first} or more"),
    }
}

/// Whether any count of N has a percentage.
pub fn judge_of(of: u64, percent: Figure) -> Judgement {
    if of == 0 {
        return Judgement::inconsistent("0 cases have no percentage");
    }
    let figures = num_traits::pow(BigInt::from(10), usize::from(percent.decimals())) * BigInt::from(100);
    if (0..=100).contains(&percent.value().ceil().to_integer().to_i64().unwrap_or(-1)) && BigInt::from(of) >= figures {
        let sentence = format!("{of} cases can have any percentage with {} decimals", percent.decimals());
        return Judgement::new(Consistency::NotInformative, sentence);
    }
    Judgement::of(
        first_way(|read_as| counts(&read_as(percent), of)),
        |counts| format!("{percent} % of {of} is {}", shown(*counts.start(), Some(*counts.end()))),
        || format!("no count of {of} is {percent} %{}", examples(percent)),
    )
}

/// The smallest fractions that have the percentage.
fn examples(percent: Figure) -> String {
    let known: Vec<String> = fractions(percent, 100).take(3).map(|(n, of)| format!("{n} of {of}")).collect();
    if known.is_empty() { String::new() } else { format!("; possible are {}", known.join(", ")) }
}

/// Whether the counts of mutually exclusive, exhaustive categories add up to N. Not for sites, drugs
/// and other fields with several values per case.
pub fn judge_counts(counts: &[u64], of: u64) -> Judgement {
    let sum: BigInt = counts.iter().map(|count| BigInt::from(*count)).sum();
    let terms: Vec<String> = counts.iter().map(u64::to_string).collect();
    let sum_of = format!("{} = {sum}", terms.join(" + "));
    if sum == BigInt::from(of) {
        return Judgement::new(Consistency::Consistent, sum_of);
    }
    let difference = (&sum - BigInt::from(of)).abs();
    let side = if sum > BigInt::from(of) { "too many" } else { "missing" };
    Judgement::inconsistent(format!("{sum_of}, not {of}: {difference} {side}"))
}

/// Whether the percentages of such categories add up to 100.
/// Formula: |Σp − 100| ≤ Σu/2, the sum of the possible rounding errors.
pub fn judge_percents(percents: &[Figure]) -> Judgement {
    let hundred = BigRational::from_integer(100.into());
    let sum: BigRational = percents.iter().map(|percent| percent.value()).sum();
    let found = first_way(|read_as| {
        let zero = RoundingInterval::closed(BigRational::zero(), BigRational::zero());
        percents
            .iter()
            .map(|percent| read_as(*percent))
            .fold(zero, |sum, one| sum.sum(&one))
            .contains_ratio(&hundred)
            .then_some(())
    });
    let decimals = percents.iter().map(|percent| percent.decimals()).max().unwrap_or(0);
    let printed = Exact::Ratio(sum).rounded(u32::from(decimals));
    Judgement::of(
        found,
        |()| format!("the percentages add up to {printed}, within rounding"),
        || format!("the percentages add up to {printed}, further from 100 than rounding explains"),
    )
}

/// Whether a part can belong to a whole, such as those with a finding to those examined.
pub fn judge_part(part: u64, whole: u64) -> Judgement {
    if part <= whole {
        return Judgement::new(Consistency::Consistent, format!("{part} can be a part of {whole}"));
    }
    Judgement::inconsistent(format!("{part} cannot be a part of {whole}"))
}
