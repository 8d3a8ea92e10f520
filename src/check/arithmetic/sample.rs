//! Whether any sample has the printed size, range, median, mean and SD, by trying all samples.

use super::granularity::Granularity;
use super::rounding::RoundingInterval;
use super::{Judgement, ReadAs, TooMuchWork, Work, first_found};
use crate::check::printed::Figure;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// Largest sample that is searched.
pub const MOST_CASES: u64 = 64;

/// Largest magnitude of a value in steps, so that every sum of squares fits in 64 bits.
const MOST_VALUE: i64 = 1 << 20;

/// Number of tried values after which a search is given up.
const MOST_STEPS: u32 = 2_000_000;

/// What a report prints for one variable; the range is required, the others are optional.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintedSummary {
    /// Number of cases.
    pub n: u64,
    /// The step of the values.
    pub granularity: Granularity,
    /// The printed minimum.
    pub min: Figure,
    /// The printed maximum.
    pub max: Figure,
    /// The printed median.
    pub median: Option<Figure>,
    /// The printed mean.
    pub mean: Option<Figure>,
    /// The printed SD, with the divisor n − 1.
    pub sd: Option<Figure>,
}

impl PrintedSummary {
    /// A sample in steps, in order, that fits everything printed. None where there is none.
    /// Errors: [`TooMuchWork`] for more than [`MOST_CASES`] cases, values above 2^20 steps, and
    /// after two million tried values.
    pub fn sample(&self, read_as: ReadAs) -> Result<Option<Vec<i64>>, TooMuchWork> {
        if self.n > MOST_CASES {
            return Err(TooMuchWork);
        }
        let Some(bounds) = self.bounds(read_as) else { return Ok(None) };
        if bounds.min.0.min(bounds.max.0) < -MOST_VALUE || bounds.min.1.max(bounds.max.1) > MOST_VALUE {
            return Err(TooMuchWork);
        }
        let mut search = SampleSearch { bounds, chosen: Vec::new(), work: Work(MOST_STEPS) };
        Ok(search.run()?.then_some(search.chosen))
    }

    /// The requirements on the sample, as ranges of whole numbers. None where one of them is empty.
    #[expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow")]
    fn bounds(&self, read_as: ReadAs) -> Option<SampleBounds> {
        let n = BigInt::from(self.n);
        let step = self.granularity.per_unit();
        let whole =
            |interval: RoundingInterval, factor: BigInt| ends(&interval.times(&BigRational::from_integer(factor)));
        let within = |figure: Option<Figure>, factor: BigInt| {
            figure.map_or(Some((i64::MIN, i64::MAX)), |figure| whole(read_as(figure), factor))
        };
        let others = &n - BigInt::from(1);
        let spread = match self.sd {
            None => (0, i64::MAX),
            Some(_) if self.n < 2 => return None,
            Some(sd) => whole(read_as(sd).squares()?, &n * others * &step * &step)?,
        };
        Some(SampleBounds {
            n: self.n.to_i64().filter(|n| *n > 0)?,
            min: within(Some(self.min), step.clone())?,
            max: within(Some(self.max), step.clone())?,
            twice_median: within(self.median, &step * BigInt::from(2))?,
            sum: within(self.mean, &step * &n)?,
            spread,
        })
    }

    /// Whether any sample fits everything printed.
    /// Checked: all samples of small numbers, tests/arithmetic/sample.rs
    pub fn judge(&self) -> Judgement {
        match first_found(|read_as| self.sample(read_as)) {
            Ok(found) => Judgement::of(
                found,
                |sample| format!("the sample {} has {}", self.values(&sample), self.printed()),
                || {
                    let PrintedSummary { n, granularity, .. } = self;
                    format!("no {n} {granularity} have {}; every sample was tried", self.printed())
                },
            ),
            Err(too_much) => Judgement::not_run(too_much, "samples"),
        }
    }

    fn values(&self, sample: &[i64]) -> String {
        let values = sample.iter().map(|value| self.granularity.in_units(&BigInt::from(*value)));
        values.collect::<Vec<String>>().join(", ")
    }

    fn printed(&self) -> String {
        let named = [("a median of", self.median), ("a mean of", self.mean), ("an SD of", self.sd)];
        let named = named.into_iter().filter_map(|(name, figure)| Some(format!("{name} {}", figure?)));
        let range = format!("a range of {} to {}", self.min, self.max);
        std::iter::once(range).chain(named).collect::<Vec<String>>().join(", ")
    }
}

/// The first and the last whole number of an interval, limited to 64 bits. None where it has none.
fn ends(interval: &RoundingInterval) -> Option<(i64, i64)> {
    let (first, last) = interval.integers()?;
    let fitted = |end: &BigInt| end.clamp(&i64::MIN.into(), &i64::MAX.into()).to_i64();
    Some((fitted(&first)?, fitted(&last)?))
}

/// What a sample must fulfil: closed ranges of whole numbers, in steps.
#[derive(Clone, Copy)]
struct SampleBounds {
    n: i64,
    min: (i64, i64),
    max: (i64, i64),
    twice_median: (i64, i64),
    sum: (i64, i64),
    /// n·Σy² − (Σy)².
    spread: (i64, i64),
}

/// Chooses the values in ascending order; the greatest is fixed beforehand.
struct SampleSearch {
    bounds: SampleBounds,
    chosen: Vec<i64>,
    work: Work,
}

/// The values chosen so far, with the greatest one: their number, sum and sum of squares.
#[derive(Clone, Copy)]
struct Partial {
    count: i64,
    sum: i64,
    squares: i64,
}

#[expect(clippy::arithmetic_side_effects, reason = "at most 64 values up to 2^20: no sum is above 2^53")]
impl SampleSearch {
    fn run(&mut self) -> Result<bool, TooMuchWork> {
        let SampleBounds { n, min, max, .. } = self.bounds;
        for greatest in max.0.max(min.0)..=max.1 {
            for least in min.0..=min.1.min(greatest) {
                self.work.spend(1)?;
                if n == 1 && least != greatest {
                    continue;
                }
                self.chosen.push(least);
                let of_least = Partial { count: 1, sum: least, squares: least * least };
                let partial = if n == 1 { of_least } else { of_least.with(greatest) };
                if self.median_allows() && self.choose(partial, greatest)? {
                    return Ok(true);
                }
                self.chosen.pop();
            }
        }
        Ok(false)
    }

    /// Chooses the values in between. True where a complete sample is found.
    fn choose(&mut self, partial: Partial, greatest: i64) -> Result<bool, TooMuchWork> {
        let SampleBounds { n, sum, spread, .. } = self.bounds;
        if !partial.is_within(n, spread.1) {
            return Ok(false);
        }
        let left = n - partial.count;
        if left == 0 {
            return Ok(self.is_complete(partial, greatest));
        }
        let last = self.chosen.last().copied().unwrap_or(greatest);
        // The most that the other values can add gives the start, the least gives the end.
        let needed = sum.0.saturating_sub(partial.sum + (left - 1) * greatest);
        let affordable = (sum.1.saturating_sub(partial.sum)).div_euclid(left);
        for value in last.max(needed)..=greatest.min(affordable) {
            self.work.spend(1)?;
            self.chosen.push(value);
            if self.median_allows() && self.choose(partial.with(value), greatest)? {
                return Ok(true);
            }
            self.chosen.pop();
        }
        Ok(false)
    }

    /// Adds the greatest value where the sample fits everything printed.
    fn is_complete(&mut self, all: Partial, greatest: i64) -> bool {
        let SampleBounds { n, sum, spread, .. } = self.bounds;
        let found = n * all.squares - all.sum * all.sum;
        let fits = (sum.0..=sum.1).contains(&all.sum) && (spread.0..=spread.1).contains(&found);
        if n > 1 {
            self.chosen.push(greatest);
        }
        let is_complete = fits && self.median_allows();
        if !is_complete && n > 1 {
            self.chosen.pop();
        }
        is_complete
    }

    /// False where the value chosen last completes a median that does not fit.
    fn median_allows(&self) -> bool {
        let (n, count) = (self.bounds.n, self.chosen.len() as i64);
        if count != n / 2 + 1 {
            return true;
        }
        let mut latest = self.chosen.iter().rev();
        let (upper, lower) = (latest.next().copied().unwrap_or(0), latest.next().copied().unwrap_or(0));
        let twice = if n % 2 == 0 { lower + upper } else { 2 * upper };
        let (first, last) = self.bounds.twice_median;
        (first..=last).contains(&twice)
    }
}

#[expect(clippy::arithmetic_side_effects, reason = "at most 64 values up to 2^20: no sum is above 2^53")]
impl Partial {
    fn with(self, value: i64) -> Partial {
        Partial { count: self.count + 1, sum: self.sum + value, squares: self.squares + value * value }
    }

    /// True while the sum of squares about the mean, which further values cannot reduce, is not too large.
    fn is_within(self, n: i64, most: i64) -> bool {
        let found = i128::from(self.count * self.squares - self.sum * self.sum) * i128::from(n);
        found <= i128::from(most) * i128::from(self.count)
    }
}
