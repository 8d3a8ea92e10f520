//! Change within pairs: tests of differences, and the interval of their middle.

use crate::stats::binomial_test::binomial_test;
use crate::stats::distribution::{is_conf_level, normal_p, t_p};
use crate::stats::hypothesis::{DegreesOfFreedom, NoTest, TestMethod, TestResult};
use crate::stats::means::Sample;
use crate::stats::permutation::Tails;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

/// The t test of the differences of pairs.
/// Formula: t = m/(s/√n) with n − 1 degrees of freedom. Units: p two-sided.
/// Errors: [`NoTest::OnePair`], [`NoTest::NoVariance`], [`NoTest::TooLarge`].
/// Reference: Student 1908, doi:10.1093/biomet/6.1.1.
/// Checked: R 4.2.2 t.test(paired = TRUE), tests/oracle/paired.csv
pub fn paired_t(differences: &Sample) -> Result<TestResult, NoTest> {
    let variance = differences.variance.as_ref().ok_or(NoTest::OnePair)?;
    if variance.is_zero() {
        return Err(NoTest::NoVariance);
    }
    let square = &differences.mean * &differences.mean * BigInt::from(differences.n) / variance;
    let size = square.to_f64().filter(|square| square.is_finite()).ok_or(NoTest::TooLarge)?.sqrt();
    let (t, df) = (if differences.mean.is_negative() { -size } else { size }, (differences.n - 1) as f64);
    Ok(TestResult::of(t_p(t, df), TestMethod::PairedT).with("t", t).over(DegreesOfFreedom::One(df)))
}

/// The exact test of McNemar: of the pairs that changed, how many changed one way.
/// Formula: the two-sided binomial test of `gained` of `gained + lost` against 1/2. Units: p two-sided.
/// Errors: [`NoTest::NoChange`], [`NoTest::TooLarge`].
/// Reference: McNemar 1947, doi:10.1007/BF02295996.
/// Checked: R 4.2.2 binom.test, tests/oracle/binomial_test.csv
pub fn mcnemar(gained: u64, lost: u64) -> Result<TestResult, NoTest> {
    let changed = gained.checked_add(lost).ok_or(NoTest::TooLarge)?;
    let half = BigRational::new(BigInt::from(1), BigInt::from(2));
    let tests = binomial_test(gained, changed, &half).ok_or(NoTest::NoChange)?;
    let smallest = binomial_test(0, changed, &half).ok_or(NoTest::NoChange)?.two_sided;
    Ok(TestResult::of(tests.two_sided, TestMethod::McNemar).at_least(Ok(smallest)))
}

/// The signed ranks of differences that are not 0: the doubled midrank of each run of equal magnitudes, and the doubled
/// sum of those of differences above 0.
struct SignedRanks {
    runs: Vec<(u64, u128)>,
    doubled_v: u128,
    n: u64,
}

/// Most pairs of an exact test, and of the interval of the middle.
const MOST_EXACT_PAIRS: u64 = 400;

impl SignedRanks {
    /// Of (difference, count).
    fn of(differences: &[(i128, u64)]) -> Result<SignedRanks, NoTest> {
        let mut sizes: Vec<(u128, bool, u64)> = differences
            .iter()
            .filter(|(value, count)| *value != 0 && *count > 0)
            .map(|(value, count)| (value.unsigned_abs(), *value > 0, *count))
            .collect();
        sizes.sort_unstable();
        let (mut runs, mut doubled_v, mut n) = (Vec::new(), 0, 0_u64);
        for run in sizes.chunk_by(|one, other| one.0 == other.0) {
            let number = run.iter().try_fold(0_u64, |sum, (_, _, count)| sum.checked_add(*count));
            let total = number.and_then(|number| n.checked_add(number)).filter(|total| *total < 1 << 40);
            let (number, total) = number.zip(total).ok_or(NoTest::TooLarge)?;
            let doubled_midrank = u128::from(n) + u128::from(total) + 1;
            let above: u64 = run.iter().filter(|(_, is_above, _)| *is_above).map(|(_, _, count)| *count).sum();
            doubled_v += u128::from(above) * doubled_midrank;
            runs.push((number, doubled_midrank));
            n = total;
        }
        if n == 0 { Err(NoTest::NoChange) } else { Ok(SignedRanks { runs, doubled_v, n }) }
    }

    /// Twice the sum of all ranks: the doubled mean of V, doubled.
    fn doubled_all(&self) -> u128 {
        u128::from(self.n) * u128::from(self.n + 1)
    }

    /// How far twice V is from its mean, doubled.
    fn distance(&self, doubled_v: u128) -> u128 {
        (2 * doubled_v).abs_diff(self.doubled_all())
    }
}

/// The signed rank test of Wilcoxon: exact up to 400 pairs that differ, then by the normal distribution; the method of
/// the result tells which. Differences of 0 are left out before ranking, equal magnitudes share their midrank.
/// Formula: V, the sum of the ranks of the differences above 0; p is the share of all signs whose V is as far from its
/// mean, or farther. Normal: z = (|V − n(n + 1)/4| − 1/2)/σ with σ² = Σr²/4. Units: p two-sided.
/// Errors: [`NoTest::NoChange`] when no pair differs, [`NoTest::TooLarge`].
/// Reference: Wilcoxon 1945, doi:10.2307/3001968.
/// Checked: R 4.2.2 wilcox.test(paired = TRUE); all signs listed, tests/oracle/signed_rank.csv
pub fn signed_rank(differences: &[(i128, u64)]) -> Result<TestResult, NoTest> {
    let ranks = SignedRanks::of(differences)?;
    let (v, distance) = (ranks.doubled_v as f64 / 2.0, ranks.distance(ranks.doubled_v));
    if ranks.n > MOST_EXACT_PAIRS {
        let squares: f64 = ranks.runs.iter().map(|(number, rank)| *number as f64 * (*rank as f64 / 2.0).powi(2)).sum();
        let correction = if distance > 0 { 0.5 } else { 0.0 };
        let z = (distance as f64 / 4.0 - correction) / (squares / 4.0).sqrt();
        return Ok(TestResult::of(normal_p(z), TestMethod::SignedRankNormal).with("V", v));
    }
    let ways = sums_of_signs(ranks.runs.iter().copied(), ranks.doubled_all());
    let tails = Tails::of(ways.iter().enumerate().map(|(sum, ways)| (ranks.distance(sum as u128), *ways)), distance);
    Ok(TestResult::of(tails.p, TestMethod::SignedRankExact).with("V", v).at_least(Ok(tails.smallest)))
}

/// In what share of all signs each doubled sum of ranks comes about. A share, as 2^400 is beyond what counts add up to
/// with a margin.
fn sums_of_signs(runs: impl Iterator<Item = (u64, u128)>, doubled_all: u128) -> Vec<f64> {
    let mut shares = vec![0.0; usize::try_from(doubled_all).unwrap_or(0) + 1];
    shares[0] = 1.0;
    for (number, rank) in runs {
        let rank = usize::try_from(rank).unwrap_or(0);
        for _ in 0..number {
            for sum in (0..shares.len()).rev() {
                let with = sum.checked_sub(rank).map_or(0.0, |rest| shares[rest]);
                shares[sum] = (shares[sum] + with) / 2.0;
            }
        }
    }
    shares
}

/// The middle of all means of two differences, with its interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HodgesLehmann {
    /// The median of the means of two differences, in units of the numerators.
    pub estimate: BigRational,
    /// Lower bound; none where so few pairs cover less than the level.
    pub low: Option<BigRational>,
    /// Upper bound.
    pub high: Option<BigRational>,
}

/// How [`hodges_lehmann`] makes its interval.
pub const HODGES_LEHMANN_METHOD: &str = "Hodges-Lehmann, exact interval by the signed rank distribution";

/// The median change: the median of the means of two differences (each with itself too).
/// Formula: bounds are the k-th mean from both ends, k the greatest rank with 2·P(V < k) ≤ 1 − level for differences
/// without ties; with ties and zeros, which stay in, they cover at least as much.
/// Units: those of the numerators. None when there is no pair, beyond 400 pairs, and when `conf_level` is outside 0.5
/// to 1 − 1e-9.
/// Reference: Hodges & Lehmann 1963, doi:10.1214/aoms/1177704172.
/// Checked: R 4.2.2 wilcox.test(conf.int = TRUE), tests/oracle/signed_rank.csv
pub fn hodges_lehmann(differences: &[(i128, u64)], conf_level: f64) -> Option<HodgesLehmann> {
    let n = differences.iter().try_fold(0_u64, |sum, (_, count)| sum.checked_add(*count))?;
    if n == 0 || n > MOST_EXACT_PAIRS || !is_conf_level(conf_level) {
        return None;
    }
    let values: Vec<i128> = differences.iter().flat_map(|(value, count)| (0..*count).map(|_| *value)).collect();
    let mut sums = Vec::with_capacity(values.len() * (values.len() + 1) / 2);
    for (place, first) in values.iter().enumerate() {
        for second in &values[place..] {
            sums.push(first.checked_add(*second)?);
        }
    }
    sums.sort_unstable();
    let mean = |place: usize| sums.get(place).map(|sum| BigRational::new((*sum).into(), BigInt::from(2)));
    let middle = (mean((sums.len() - 1) / 2)? + mean(sums.len() / 2)?) / BigInt::from(2);
    let rank = interval_rank(n, (1.0 - conf_level) / 2.0);
    let (low, high) = match rank {
        Some(rank) => (mean(rank - 1), mean(sums.len() - rank)),
        None => (None, None),
    };
    Some(HodgesLehmann { estimate: middle, low, high })
}

/// The greatest k with P(V < k) ≤ tail, V of n differences without ties. None where there is none above 0.
fn interval_rank(n: u64, tail: f64) -> Option<usize> {
    let shares = sums_of_signs((1..=n).map(|rank| (1, u128::from(rank))), u128::from(n) * u128::from(n + 1) / 2);
    let mut sum = 0.0;
    let within = shares.iter().take_while(|share| {
        sum += **share;
        sum <= tail
    });
    Some(within.count()).filter(|rank| *rank > 0)
}
