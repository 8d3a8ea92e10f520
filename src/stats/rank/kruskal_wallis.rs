//! The test of Kruskal and Wallis for two groups or more.

use super::Ranks;
use super::exact::{Tails, sums_of_groups};
use crate::stats::distribution::chi_squared_p;
use crate::stats::hypothesis::{DegreesOfFreedom, NoTest, TestMethod, TestResult};

/// The Kruskal-Wallis test: exact while the work is bounded ([`kruskal_wallis_exact`]), then by the
/// chi-squared distribution; the method of the result tells which.
pub fn kruskal_wallis(ranks: &Ranks) -> Result<TestResult, NoTest> {
    match kruskal_wallis_exact(ranks) {
        Err(NoTest::TooLarge) => kruskal_wallis_chi_squared(ranks),
        result => result,
    }
}

/// The Kruskal-Wallis test by the chi-squared distribution, corrected for ties.
/// Formula: H = 12/(N(N + 1)) · Σnᵢ(R̄ᵢ − (N + 1)/2)² / (1 − Σ(t³ − t)/(N³ − N)), R̄ᵢ the mean
/// midrank of a group, with k − 1 degrees of freedom. Units: p of the upper tail.
/// Reference: Kruskal & Wallis 1952, doi:10.1080/01621459.1952.10483441.
/// Checked: SciPy 1.17.1 kruskal, tests/oracle/rank.csv; R 4.2.2 values
pub fn kruskal_wallis_chi_squared(ranks: &Ranks) -> Result<TestResult, NoTest> {
    let (h, df) = (statistic(ranks), ranks.sizes.len() as u64 - 1);
    let p = chi_squared_p(h, df);
    Ok(TestResult::of(p, TestMethod::KruskalWallis).with("H", h).over(DegreesOfFreedom::One(df as f64)))
}

/// The exact Kruskal-Wallis test, with or without ties.
/// Formula: p is the share of all arrangements of the midranks into groups of these sizes whose H is
/// the observed one or greater, compared in integers; the smallest p is the share of the greatest H. Arrangements are
/// counted tie by tie.
/// Errors: [`NoTest::TooLarge`] beyond 300,000 steps of counting, eight groups or 200 values.
/// Reference: Kruskal & Wallis 1952, doi:10.1080/01621459.1952.10483441.
/// Checked: all arrangements listed, tests/oracle/rank.csv; R 4.2.2 values
pub fn kruskal_wallis_exact(ranks: &Ranks) -> Result<TestResult, NoTest> {
    if ranks.sizes.len() > MOST_GROUPS || ranks.total > MOST_EXACT_VALUES {
        return Err(NoTest::TooLarge);
    }
    let shares = shares(&ranks.sizes);
    let spread = |sums: &[u128]| sums.iter().zip(&shares).map(|(sum, share)| sum * sum * share).sum::<u128>();
    let observed = spread(&ranks.doubled_sums);
    let sums = sums_of_groups(ranks.runs()?, &ranks.sizes)?;
    let tails = Tails::of(sums.iter().map(|(sums, ways)| (spread(sums), *ways)), observed);
    let result = TestResult::of(tails.p, TestMethod::KruskalWallisExact).with("H", statistic(ranks));
    Ok(result.at_least(Ok(tails.smallest)))
}

/// Most groups and most values of the exact test. H is then compared within 128 bits: the common
/// multiple of eight sizes that add up to 200 has at most 38, squared rank sums have 33.
const MOST_GROUPS: usize = 8;
const MOST_EXACT_VALUES: u64 = 200;

/// The common multiple of the sizes over each of them: H rises with Σ Rᵢ²·shareᵢ.
fn shares(sizes: &[u64]) -> Vec<u128> {
    let multiple = sizes.iter().fold(1, |multiple: u128, size| num_integer::lcm(multiple, u128::from(*size)));
    sizes.iter().map(|size| multiple / u128::from(*size)).collect()
}

/// H; the distances of rank sums from their means are exact, so that nothing cancels.
fn statistic(ranks: &Ranks) -> f64 {
    let n = ranks.total as f64;
    let term = |(size, sum): (&u64, &u128)| {
        let distance = sum.abs_diff(u128::from(*size) * u128::from(ranks.total + 1)) as f64;
        distance * distance / *size as f64
    };
    let sum: f64 = ranks.sizes.iter().zip(&ranks.doubled_sums).map(term).sum();
    3.0 / (n * (n + 1.0)) * sum / ranks.tie_correction()
}
