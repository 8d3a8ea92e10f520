//! DEBIT: whether a printed mean and SD are possible for n zeros and ones.
#![expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow, and n > 1")]

use super::granularity::Granularity;
use super::{Judgement, ReadAs, TooMuchWork, first_found, grim};
use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Most counts that are tried.
const MOST_TRIED: usize = 10_000;

/// The SD of n values, `count` of which are 1 and the others 0.
/// Formula: √(c(n − c) / (n(n − 1))). None for n < 2 and for c outside [0, n].
pub fn sd(count: &BigInt, n: u64) -> Option<Exact> {
    let (all, others) = (BigInt::from(n), BigInt::from(n.checked_sub(1).filter(|others| *others > 0)?));
    Exact::root(BigRational::new(count * (&all - count), all * others))
}

/// All counts of ones that give the mean and the SD, in order.
/// Errors: [`TooMuchWork`] where more than 10,000 counts give the mean.
pub fn counts(mean: Figure, sd_figure: Figure, n: u64, read_as: ReadAs) -> Result<Vec<BigInt>, TooMuchWork> {
    let Some((first, last)) = grim::sums(&read_as(mean), n, Granularity::WHOLE) else { return Ok(Vec::new()) };
    let (mut count, last) = (first.max(BigInt::zero()), last.min(BigInt::from(n)));
    let (mut found, sds) = (Vec::new(), read_as(sd_figure));
    for _ in 0..MOST_TRIED {
        if count > last {
            return Ok(found);
        }
        if sd(&count, n).is_some_and(|sd| sds.contains(&sd)) {
            found.push(count.clone());
        }
        count += BigInt::one();
    }
    Err(TooMuchWork)
}

/// Whether n zeros and ones can have the mean and the SD.
/// Reference: Heathers & Brown 2019, osf.io/5vb3u.
/// Checked: exact fractions, tests/arithmetic/debit.rs
pub fn judge(mean: Figure, sd_figure: Figure, n: u64) -> Judgement {
    if n < 2 {
        return Judgement::inconsistent(format!("an SD needs at least 2 cases, but n is {n}"));
    }
    let found = first_found(|read_as| Ok(counts(mean, sd_figure, n, read_as)?.into_iter().next()));
    match found {
        Ok(found) => Judgement::of(
            found,
            |count| format!("{count} of {n} has a mean of {mean} and an SD of {sd_figure}"),
            || {
                let near = neighbours(mean, sd_figure, n);
                format!("no count of {n} has a mean of {mean} and an SD of {sd_figure}: {near}")
            },
        ),
        Err(too_much) => Judgement::not_run(too_much, "counts"),
    }
}

/// The counts next to the mean, with their printed mean and SD.
fn neighbours(mean: Figure, sd_figure: Figure, n: u64) -> String {
    let below = (mean.value() * BigInt::from(n)).floor().to_integer();
    let above = &below + BigInt::one();
    let printed = [below, above].into_iter().filter_map(|count| {
        let sd = sd(&count, n)?.rounded(u32::from(sd_figure.decimals()));
        let mean = Exact::ratio(count.clone(), BigInt::from(n))?.rounded(u32::from(mean.decimals()));
        Some(format!("{count} of {n} has {mean} and {sd}"))
    });
    let printed: Vec<String> = printed.collect();
    if printed.is_empty() { "a mean of zeros and ones lies between 0 and 1".to_owned() } else { printed.join(", ") }
}
