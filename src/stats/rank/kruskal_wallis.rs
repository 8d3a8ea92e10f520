//! The test of Kruskal and Wallis for two groups or more.

use super::Ranks;
use super::exact::sums_of_groups;
use crate::stats::arrangements::share_of_arrangements;
use crate::stats::distribution::chi_squared_p;
use crate::stats::hypothesis::{DegreesOfFreedom, NoTest, TestMethod, TestResult};
use num_bigint::BigUint;

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
    Ok(TestResult::exact(p, TestMethod::KruskalWallis).with("H", h).over(DegreesOfFreedom::One(df as f64)))
}

/// The exact Kruskal-Wallis test, with or without ties.
/// Formula: p is the share of all arrangements of the midranks into groups of these sizes whose H is
/// the observed one or greater, compared in integers. Arrangements are counted tie by tie.
/// Errors: [`NoTest::TooLarge`] beyond two million steps of counting, eight groups
/// or 200 values.
/// Reference: Kruskal & Wallis 1952, doi:10.1080/01621459.1952.10483441.
/// Checked: all arrangements listed, tests/oracle/rank.csv; R 4.2.2 values
pub fn kruskal_wallis_exact(ranks: &Ranks) -> Result<TestResult, NoTest> {
    if ranks.sizes.len() > MOST_GROUPS || ranks.total > MOST_EXACT_VALUES {
        return Err(NoTest::TooLarge);
    }
    let shares = shares(&ranks.sizes);
    let spread = |sums: &[u128]| sums.iter().zip(&shares).map(|(sum, share)| sum * sum * share).sum::<u128>();
    let observed = spread(&ranks.doubled_sums);
    let (mut extreme, mut all) = (0.0, 0.0);
    for (sums, ways) in sums_of_groups(ranks.runs()?, &ranks.sizes)? {
        all += ways;
        if spread(&sums) >= observed {
            extreme += ways;
        }
    }
    let p = extreme / all;
    Ok(TestResult::exact(p, TestMethod::KruskalWallisExact).with("H", statistic(ranks)))
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

/// The smallest p that [`kruskal_wallis_exact`] can give for groups of these sizes.
/// Formula: H is greatest when groups follow each other without overlap and without ties, in the
/// right order; p is the number of orders of the groups with the greatest H over the multinomial
/// coefficient. Units: a probability. None for fewer than two groups with values, more than eight,
/// or more than 200 values.
/// Checked: all arrangements listed, tests/stats/attainable.rs
pub fn smallest_kruskal_wallis_p(sizes: &[u64]) -> Option<f64> {
    let sizes: Vec<u64> = sizes.iter().copied().filter(|size| *size > 0).collect();
    let total = sizes.iter().try_fold(0_u64, |sum, size| sum.checked_add(*size))?;
    if sizes.len() < 2 || sizes.len() > MOST_GROUPS || total > MOST_EXACT_VALUES {
        return None;
    }
    let mut best = Best { shares: shares(&sizes), sizes, spread: 0, orders: 0 };
    best.try_orders(&mut Vec::new(), 0, 0);
    Some(share_of_arrangements(BigUint::from(best.orders), &best.sizes))
}

/// The orders of groups with the greatest H so far.
struct Best {
    shares: Vec<u128>,
    sizes: Vec<u64>,
    spread: u128,
    orders: u64,
}

impl Best {
    /// Tries all orders that start with these groups, which have the lowest ranks.
    fn try_orders(&mut self, placed: &mut Vec<usize>, before: u128, spread: u128) {
        if placed.len() == self.sizes.len() {
            if spread > self.spread {
                (self.spread, self.orders) = (spread, 0);
            }
            self.orders += u64::from(spread == self.spread);
            return;
        }
        for group in 0..self.sizes.len() {
            if placed.contains(&group) {
                continue;
            }
            let size = u128::from(self.sizes[group]);
            let doubled_sum = size * (2 * before + size + 1);
            placed.push(group);
            self.try_orders(placed, before + size, spread + doubled_sum * doubled_sum * self.shares[group]);
            placed.pop();
        }
    }
}
