//! Whether any sample at all has the printed size, range, median, mean and SD: by trying them.

use super::granularity::Granularity;
use super::rounding::Interval;
use super::{Judgement, ReadAs, TooMuchWork, Work, first_found};
use crate::check::printed::Figure;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// Most cases of a sample that is searched for.
pub const MOST_CASES: u64 = 64;

/// Largest magnitude of a value in steps, so that 64 bits hold every sum of squares.
const MOST_VALUE: i64 = 1 << 20;

/// Values tried after which a search is given up.
const MOST_STEPS: u32 = 2_000_000;

/// What a report prints of one variable; the range is needed, the others where they are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
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

impl Summary {
    /// A sample in steps and in order that has everything that is printed. None where there is none.
    /// Errors: [`TooMuchWork`] for more than [`MOST_CASES`] cases, values above 2^20 steps, and
    /// after two million values that were tried.
    pub fn sample(&self, read_as: ReadAs) -> Result<Option<Vec<i64>>, TooMuchWork> {
        if self.n > MOST_CASES {
            return Err(TooMuchWork);
        }
        let Some(wanted) = self.wanted(read_as) else { return Ok(None) };
        if wanted.min.0.min(wanted.max.0) < -MOST_VALUE || wanted.min.1.max(wanted.max.1) > MOST_VALUE {
            return Err(TooMuchWork);
        }
        let mut search = Search { wanted, chosen: Vec::new(), work: Work(MOST_STEPS) };
        Ok(search.run()?.then_some(search.chosen))
    }

    /// What is asked of the sample, as ranges of whole numbers. None where one of them is empty.
    #[expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow")]
    fn wanted(&self, read_as: ReadAs) -> Option<Wanted> {
        let n = BigInt::from(self.n);
        let step = self.granularity.per_unit();
        let whole = |interval: Interval, factor: BigInt| ends(&interval.times(&BigRational::from_integer(factor)));
        let within = |figure: Option<Figure>, factor: BigInt| {
            figure.map_or(Some((i64::MIN, i64::MAX)), |figure| whole(read_as(figure), factor))
        };
        let others = &n - BigInt::from(1);
        let spread = match self.sd {
            None => (0, i64::MAX),
            Some(_) if self.n < 2 => return None,
            Some(sd) => whole(read_as(sd).squares()?, &n * others * &step * &step)?,
        };
        Some(Wanted {
            n: self.n.to_i64().filter(|n| *n > 0)?,
            min: within(Some(self.min), step.clone())?,
            max: within(Some(self.max), step.clone())?,
            twice_median: within(self.median, &step * BigInt::from(2))?,
            sum: within(self.mean, &step * &n)?,
            spread,
        })
    }

    /// Whether a sample can have everything that is printed.
    /// Checked: all samples of small numbers, tests/arithmetic/sample.rs
    pub fn judge(&self) -> Judgement {
        match first_found(|read_as| self.sample(read_as)) {
            Ok(found) => Judgement::of(
                found,
                |sample| format!("the sample {} has {}", self.values(&sample), self.printed()),
                || {
                    let Summary { n, granularity, .. } = self;
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

/// The whole numbers of an interval, at the ends of 64 bits where they lie beyond.
fn ends(interval: &Interval) -> Option<(i64, i64)> {
    let (first, last) = interval.integers()?;
    let fitted = |end: &BigInt| end.clamp(&i64::MIN.into(), &i64::MAX.into()).to_i64();
    Some((fitted(&first)?, fitted(&last)?))
}

/// Closed ranges of whole numbers, in steps.
#[derive(Clone, Copy)]
struct Wanted {
    n: i64,
    min: (i64, i64),
    max: (i64, i64),
    twice_median: (i64, i64),
    sum: (i64, i64),
    /// n·Σy² − (Σy)².
    spread: (i64, i64),
}

/// Chooses the values in order; the smallest stands first, the greatest is fixed beside them.
struct Search {
    wanted: Wanted,
    chosen: Vec<i64>,
    work: Work,
}

/// The values chosen so far with the greatest one: how many, their sum, their sum of squares.
#[derive(Clone, Copy)]
struct Partial {
    count: i64,
    sum: i64,
    squares: i64,
}

#[expect(clippy::arithmetic_side_effects, reason = "at most 64 values up to 2^20: no sum is above 2^53")]
impl Search {
    fn run(&mut self) -> Result<bool, TooMuchWork> {
        let Wanted { n, min, max, .. } = self.wanted;
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

    /// Chooses the values between; true where a sample is found, which is then complete.
    fn choose(&mut self, partial: Partial, greatest: i64) -> Result<bool, TooMuchWork> {
        let Wanted { n, sum, spread, .. } = self.wanted;
        if !partial.is_within(n, spread.1) {
            return Ok(false);
        }
        let left = n - partial.count;
        if left == 0 {
            return Ok(self.is_complete(partial, greatest));
        }
        let last = self.chosen.last().copied().unwrap_or(greatest);
        // What the others can add at most says where to begin, what they add at least where to end.
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

    /// Adds the greatest value where everything that is printed holds.
    fn is_complete(&mut self, all: Partial, greatest: i64) -> bool {
        let Wanted { n, sum, spread, .. } = self.wanted;
        let found = n * all.squares - all.sum * all.sum;
        let is_wanted = (sum.0..=sum.1).contains(&all.sum) && (spread.0..=spread.1).contains(&found);
        if n > 1 {
            self.chosen.push(greatest);
        }
        let holds = is_wanted && self.median_allows();
        if !holds && n > 1 {
            self.chosen.pop();
        }
        holds
    }

    /// False where the value chosen last completes a wrong median.
    fn median_allows(&self) -> bool {
        let (n, count) = (self.wanted.n, self.chosen.len() as i64);
        if count != n / 2 + 1 {
            return true;
        }
        let mut latest = self.chosen.iter().rev();
        let (upper, lower) = (latest.next().copied().unwrap_or(0), latest.next().copied().unwrap_or(0));
        let twice = if n % 2 == 0 { lower + upper } else { 2 * upper };
        let (first, last) = self.wanted.twice_median;
        (first..=last).contains(&twice)
    }
}

#[expect(clippy::arithmetic_side_effects, reason = "at most 64 values up to 2^20: no sum is above 2^53")]
impl Partial {
    fn with(self, value: i64) -> Partial {
        Partial { count: self.count + 1, sum: self.sum + value, squares: self.squares + value * value }
    }

    /// True while the squares about the mean, which no further value makes smaller, are not too many.
    fn is_within(self, n: i64, most: i64) -> bool {
        let found = i128::from(self.count * self.squares - self.sum * self.sum) * i128::from(n);
        found <= i128::from(most) * i128::from(self.count)
    }
}
