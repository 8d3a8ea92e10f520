//! Rank tests of independent groups, from counted values: a row is never expanded.

mod exact;
mod kruskal_wallis;
mod mann_whitney;

pub use kruskal_wallis::{kruskal_wallis, kruskal_wallis_chi_squared, kruskal_wallis_exact, smallest_kruskal_wallis_p};
pub use mann_whitney::{mann_whitney, mann_whitney_exact, mann_whitney_normal, smallest_mann_whitney_p};

use crate::stats::hypothesis::{MOST_CASES, NoTest};

/// The midranks of the values of several groups, taken together.
///
/// Ranks are doubled, so that midranks are whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranks {
    /// Values in each group that has any.
    sizes: Vec<u64>,
    /// Doubled rank sum of each of these groups.
    doubled_sums: Vec<u128>,
    /// Each distinct value, upwards: how many there are, and their doubled midrank.
    runs: Vec<(u64, u128)>,
    total: u64,
}

impl Ranks {
    /// The midranks of groups of (value, count), all values over one denominator, in any order;
    /// groups without a value are left out.
    /// Errors: [`NoTest::OneGroup`] for fewer than two groups with a value, [`NoTest::OneLevel`]
    /// when all values are equal, [`NoTest::TooLarge`] beyond 4·10^12 values.
    pub fn of(groups: &[&[(i128, u64)]]) -> Result<Ranks, NoTest> {
        let counts = groups.iter().map(|points| points.iter().map(|(_, count)| u128::from(*count)).sum::<u128>());
        let sizes: Vec<u128> = counts.collect();
        let total = sizes.iter().fold(0_u128, |sum, size| sum.saturating_add(*size));
        let total = u64::try_from(total).ok().filter(|total| *total <= MOST_CASES).ok_or(NoTest::TooLarge)?;
        let mut points: Vec<(i128, usize, u64)> = groups
            .iter()
            .enumerate()
            .flat_map(|(group, points)| points.iter().map(move |(value, count)| (*value, group, *count)))
            .filter(|(_, _, count)| *count > 0)
            .collect();
        points.sort_unstable();
        let (mut doubled_sums, mut runs, mut before) = (vec![0_u128; groups.len()], Vec::new(), 0_u64);
        for run in points.chunk_by(|(left, ..), (right, ..)| left == right) {
            let number: u64 = run.iter().map(|(_, _, count)| count).sum();
            let doubled_midrank = u128::from(2 * before + number + 1);
            for (_, group, count) in run {
                doubled_sums[*group] += u128::from(*count) * doubled_midrank;
            }
            runs.push((number, doubled_midrank));
            before += number;
        }
        let used = sizes.iter().zip(doubled_sums).filter(|(size, _)| **size > 0);
        let (sizes, doubled_sums): (Vec<u64>, Vec<u128>) = used.map(|(size, sum)| (*size as u64, sum)).unzip();
        match (sizes.len(), runs.len()) {
            (0 | 1, _) => Err(NoTest::OneGroup),
            (_, 1) => Err(NoTest::OneLevel),
            _ => Ok(Ranks { sizes, doubled_sums, runs, total }),
        }
    }

    /// Values in each group that has any.
    pub fn sizes(&self) -> &[u64] {
        &self.sizes
    }

    /// True when two values are equal.
    pub fn has_ties(&self) -> bool {
        self.runs.iter().any(|(number, _)| *number > 1)
    }

    /// What is left of the variance of ranks when values are tied.
    /// Formula: 1 − Σ(t³ − t)/(N³ − N). Units: in (0, 1].
    fn tie_correction(&self) -> f64 {
        let cubed = |n: u64| u128::from(n).pow(3) - u128::from(n);
        let all = cubed(self.total);
        let ties: u128 = self.runs.iter().map(|(number, _)| cubed(*number)).sum();
        (all - ties) as f64 / all as f64
    }
}
