//! GRIMMER: whether a printed mean and SD are possible for n values of a granularity.
#![expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow, and divisors are not 0")]

use super::granularity::Granularity;
use super::rounding::RoundingInterval;
use super::{Consistency, Judgement, ReadAs, TooMuchWork, Work, first_found, grim, integers};
use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// Steps after which a search is given up, and the steps that one sum or sum of squares costs.
const MOST_STEPS: u32 = 1 << 18;
const STEPS_OF_ONE: u32 = 32;

/// A sum and a sum of squares that give the printed mean and SD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Sum of the values, in steps.
    pub sum: BigInt,
    /// Sum of their squares, in squared steps.
    pub squares: BigInt,
    /// Values with these sums, in steps and in order, for up to [`integers::MOST_NUMBERS`] cases.
    pub sample: Option<Vec<BigInt>>,
}

/// A printed mean with its SD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeanSd {
    /// The printed mean.
    pub mean: Figure,
    /// The printed SD, with the divisor n − 1.
    pub sd: Figure,
    /// Number of cases.
    pub n: u64,
    /// The step of the values.
    pub granularity: Granularity,
}

impl MeanSd {
    /// The pairs that give the mean and the SD, for every sum that gives the mean, at most `most`.
    /// Formula: T as in GRIM; every whole Q with (n−1)·k²·SD² + T²/n = Q for an SD of the
    /// interval, with the parity of T (x² − x is even) and not below the least that T allows; for up to
    /// 7 cases only if n whole numbers have both sums. Empty for n < 2.
    /// Errors: [`TooMuchWork`] after 2^18 steps, which is about 8,000 pairs.
    pub fn pairs(&self, read_as: ReadAs, most: usize) -> Result<Vec<Pair>, TooMuchWork> {
        let (mut pairs, mut work) = (Vec::new(), Work(MOST_STEPS));
        let Some((mut sum, last)) = grim::sums(&read_as(self.mean), self.n, self.granularity) else {
            return Ok(pairs);
        };
        let Some(spread) = self.spread(&read_as(self.sd)) else { return Ok(pairs) };
        while sum <= last && pairs.len() < most {
            work.spend(STEPS_OF_ONE)?;
            let (mut squares, last) = self.squares(&sum, &spread);
            while squares <= last && pairs.len() < most {
                work.spend(STEPS_OF_ONE)?;
                pairs.extend(self.pair(&sum, &squares, &mut work)?);
                squares += BigInt::one();
            }
            sum += BigInt::one();
        }
        Ok(pairs)
    }

    /// The first and the last whole number n·Q − T² for an SD in the interval.
    /// Formula: n(n−1)·k²·SD². None where there is none, and for n < 2.
    fn spread(&self, sd: &RoundingInterval) -> Option<(BigInt, BigInt)> {
        let others = BigInt::from(self.n.checked_sub(1).filter(|others| *others > 0)?);
        let step = self.granularity.per_unit();
        sd.squares()?.times(&BigRational::from_integer(others * BigInt::from(self.n) * &step * &step)).integers()
    }

    /// The first and the last sum of squares for a sum, not below the least that the sum allows. The
    /// first is above the last where there is none.
    fn squares(&self, sum: &BigInt, (least, most): &(BigInt, BigInt)) -> (BigInt, BigInt) {
        let (n, square) = (BigInt::from(self.n.max(1)), sum * sum);
        let first = (least + &square).div_ceil(&n);
        let possible = integers::least_squares(self.n, sum).unwrap_or_else(BigInt::zero);
        (first.max(possible), (most + square).div_floor(&n))
    }

    /// T²/n.
    fn of_mean(&self, sum: &BigInt) -> BigRational {
        BigRational::new(sum * sum, BigInt::from(self.n.max(1)))
    }

    /// The pair of a sum and a sum of squares. None where no whole numbers have both.
    fn pair(&self, sum: &BigInt, squares: &BigInt, work: &mut Work) -> Result<Option<Pair>, TooMuchWork> {
        let is_possible =
            (sum - squares).is_even() && integers::least_squares(self.n, sum).is_some_and(|least| least <= *squares);
        if !is_possible {
            return Ok(None);
        }
        let pair = |sample| Pair { sum: sum.clone(), squares: squares.clone(), sample };
        if self.n > integers::MOST_NUMBERS {
            return Ok(Some(pair(None)));
        }
        Ok(integers::search(self.n, sum, squares, work)?.map(|sample| pair(Some(sample))))
    }

    /// Whether n values of the granularity can have the mean and the SD.
    /// Reference: Anaya 2016, doi:10.7287/peerj.preprints.2400v1; made exact, and exhaustive for
    /// up to 7 cases.
    /// Checked: all samples of small numbers and published examples, tests/oracle/arithmetic_grimmer.csv
    pub fn judge(&self) -> Judgement {
        let MeanSd { mean, n, granularity, .. } = *self;
        if n < 2 {
            return Judgement::inconsistent(format!("an SD needs at least 2 cases, but n is {n}"));
        }
        let mean_alone = grim::judge(mean, n, granularity);
        if mean_alone.consistency == Consistency::Inconsistent {
            return mean_alone;
        }
        match first_found(|read_as| Ok(self.pairs(read_as, 1)?.into_iter().next())) {
            Ok(found) => Judgement::of(found, |pair| self.possible(&pair), || self.impossible()),
            Err(too_much) => Judgement::not_run(too_much, "sums"),
        }
    }

    fn impossible(&self) -> String {
        let MeanSd { mean, sd, n, granularity } = *self;
        let nearest = self.nearest_sds().map_or_else(String::new, |sds| format!(": {sds}"));
        format!("no {n} {granularity} with a mean of {mean} have an SD of {sd}{nearest}")
    }

    fn possible(&self, pair: &Pair) -> String {
        let MeanSd { mean, sd, n, granularity } = *self;
        let values = match &pair.sample {
            Some(sample) => {
                let values: Vec<String> = sample.iter().map(|value| granularity.in_units(value)).collect();
                format!("such as {}", values.join(", "))
            }
            None => format!("with a sum of {}", granularity.in_units(&pair.sum)),
        };
        format!("{n} {granularity} {values} have a mean of {mean} and an SD of {sd}")
    }

    /// The possible SDs next to an impossible one, for the first sum that gives the mean.
    fn nearest_sds(&self) -> Option<String> {
        let (sum, _) = grim::sums(&RoundingInterval::nearest(self.mean), self.n, self.granularity)?;
        let step = BigRational::from_integer(self.granularity.per_unit());
        let wanted = self.sd.value() * step;
        let about_mean = &wanted * &wanted * BigInt::from(self.n.checked_sub(1)?);
        let start = (about_mean + self.of_mean(&sum)).floor().to_integer();
        let [below, above] = [-1, 1].map(|way| self.next_sd(&sum, &start, &BigInt::from(way)));
        let sds: Vec<String> = below.into_iter().chain(above).collect();
        let verb = if sds.len() == 1 { "SD is" } else { "SDs are" };
        (!sds.is_empty()).then(|| {
            format!("with a sum of {} the nearest {verb} {}", self.granularity.in_units(&sum), sds.join(" and "))
        })
    }

    /// The next possible SD from a sum of squares on, as printed.
    fn next_sd(&self, sum: &BigInt, start: &BigInt, way: &BigInt) -> Option<String> {
        let mut work = Work(MOST_STEPS / 16);
        let mut squares = if way.is_positive() { start + way } else { start.clone() };
        while self.pair(sum, &squares, &mut work).ok()?.is_none() {
            work.spend(STEPS_OF_ONE).ok()?;
            squares += way;
        }
        self.sd_of(sum, &squares)
    }

    /// √((Q − T²/n) / (n − 1)) / k with the decimals of the printed SD. None below 0.
    fn sd_of(&self, sum: &BigInt, squares: &BigInt) -> Option<String> {
        let step = self.granularity.per_unit();
        let divisor = BigInt::from(self.n.checked_sub(1).filter(|others| *others > 0)?) * &step * &step;
        let variance = (BigRational::from_integer(squares.clone()) - self.of_mean(sum)) / divisor;
        Some(Exact::root(variance)?.rounded(u32::from(self.sd.decimals())))
    }
}
