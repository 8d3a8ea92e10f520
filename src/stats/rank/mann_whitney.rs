//! The test of Mann, Whitney and Wilcoxon for two groups.

use super::Ranks;
use super::exact::{Tails, sums_of_chosen};
use crate::stats::distribution::normal_p;
use crate::stats::hypothesis::{NoTest, TestMethod, TestResult};

/// The Mann-Whitney test: exact while the work is bounded ([`mann_whitney_exact`]), then by the
/// normal distribution with continuity correction; the method of the result tells which.
/// Errors: [`NoTest::Shape`] for other than two groups.
pub fn mann_whitney(ranks: &Ranks) -> Result<TestResult, NoTest> {
    match mann_whitney_exact(ranks) {
        Err(NoTest::TooLarge) => mann_whitney_normal(ranks, true),
        result => result,
    }
}

/// The exact Mann-Whitney test, with or without ties.
/// Formula: W = R₁ − n₁(n₁ + 1)/2, R₁ the sum of the midranks of the first group, as R wilcox.test;
/// p is the share of all choices of n₁ of the N midranks whose W is as far from its mean n₁n₂/2 as
/// the observed one, or farther; the smallest p is the share of those that are farthest. Choices are counted tie by tie, in doubles: exactly up to 2^53 of
/// them, to a relative 1e-13 beyond. Units: p two-sided.
/// Errors: [`NoTest::Shape`] for other than two groups, [`NoTest::TooLarge`] when counting takes
/// more than 10^8 additions (some 130 values in two equal groups without ties).
/// Reference: Mann & Whitney 1947, doi:10.1214/aoms/1177730491.
/// Checked: R 4.2.2 exactRankTests values; SciPy 1.17.1 permutation_test, tests/oracle/rank.csv
pub fn mann_whitney_exact(ranks: &Ranks) -> Result<TestResult, NoTest> {
    let (w, _) = statistic(ranks)?;
    // The sums of both groups are as far from their means: the smaller one is counted.
    let smaller = usize::from(ranks.sizes[1] < ranks.sizes[0]);
    let size = ranks.sizes[smaller];
    let distribution = sums_of_chosen(ranks.runs()?, size)?;
    let doubled_mean = u128::from(size) * u128::from(ranks.total + 1);
    let observed = ranks.doubled_sums[smaller].abs_diff(doubled_mean);
    let tails = Tails::of(distribution.iter().map(|(sum, ways)| (sum.abs_diff(doubled_mean), *ways)), observed);
    Ok(TestResult::of(tails.p, TestMethod::MannWhitneyExact).with("W", w).at_least(Ok(tails.smallest)))
}

/// The Mann-Whitney test by the normal distribution, corrected for ties.
/// Formula: z = (W − n₁n₂/2 ∓ c)/σ with σ² = n₁n₂(N + 1)/12 · (1 − Σ(t³ − t)/(N³ − N)), and c = 1/2
/// with continuity correction unless W is at its mean. Units: p two-sided.
/// Errors: [`NoTest::Shape`] for other than two groups.
/// Reference: Mann & Whitney 1947, doi:10.1214/aoms/1177730491.
/// Checked: SciPy 1.17.1 mannwhitneyu, tests/oracle/rank.csv; R 4.2.2 values
pub fn mann_whitney_normal(ranks: &Ranks, continuity: bool) -> Result<TestResult, NoTest> {
    let (w, doubled_distance) = statistic(ranks)?;
    let [n1, n2] = [ranks.sizes[0], ranks.sizes[1]].map(|size| size as f64);
    let correction = if continuity && doubled_distance > 0.0 { 1.0 } else { 0.0 };
    let variance = n1 * n2 * (ranks.total + 1) as f64 / 12.0 * ranks.tie_correction();
    let z = (doubled_distance - correction) / 2.0 / variance.sqrt();
    let method = if continuity { TestMethod::MannWhitneyCorrected } else { TestMethod::MannWhitneyNormal };
    Ok(TestResult::of(normal_p(z), method).with("W", w))
}

/// W, and twice its distance from its mean.
fn statistic(ranks: &Ranks) -> Result<(f64, f64), NoTest> {
    let [n1, n2] = ranks.sizes[..] else { return Err(NoTest::Shape) };
    let least = u128::from(n1) * u128::from(n1 + 1);
    let doubled_w = ranks.doubled_sums[0] - least;
    let distance = doubled_w.abs_diff(u128::from(n1) * u128::from(n2));
    Ok((doubled_w as f64 / 2.0, distance as f64))
}
