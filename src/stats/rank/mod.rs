//! Rank tests of independent groups, from counted values: a row is never expanded.

mod exact;
mod kruskal_wallis;
mod mann_whitney;

pub use kruskal_wallis::{kruskal_wallis, kruskal_wallis_chi_squared, kruskal_wallis_exact};
pub use mann_whitney::{mann_whitney, mann_whitney_exact, mann_whitney_normal};

use crate::stats::hypothesis::{MOST_CASES, NoTest};

/// Most distinct values that are kept one by one: an exact test adds up at least the square of
/// their number, and gives up beyond 10^8 additions.
const MOST_RUNS: usize = 10_000;

/// The midranks of the values of several groups, taken together.
///
/// Ranks are doubled, so that midranks are whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranks {
    /// Values in each group that has any.
    sizes: Vec<u64>,
    /// Doubled rank sum of each of these groups.
    doubled_sums: Vec<u128>,
    /// Each distinct value, upwards: how many there are, and their doubled midrank. Empty when
    /// there are too many for an exact test.
    runs: Vec<(u64, u128)>,
    /// Σ(t³ − t) over the numbers of equal values.
    ties: u128,
    total: u64,
}

impl Ranks {
    /// The midranks of groups of (value, count), all values over one denominator and sorted upwards in
    /// each group; groups without a value are left out.
    /// Errors: [`NoTest::OneGroup`] for fewer than two groups with a value, [`NoTest::OneLevel`]
    /// when all values are equal, [`NoTest::TooLarge`] beyond 4·10^12 values.
    pub fn of<I: IntoIterator<Item = (i128, u64)>>(groups: impl IntoIterator<Item = I>) -> Result<Ranks, NoTest> {
        let walk = |points: I| points.into_iter().filter(|(_, count)| *count > 0).peekable();
        let mut groups: Vec<_> = groups.into_iter().map(walk).collect();
        let mut ranks = Ranks {
            sizes: vec![0; groups.len()],
            doubled_sums: vec![0; groups.len()],
            runs: Vec::new(),
            ties: 0,
            total: 0,
        };
        let (mut distinct, mut counts) = (0_usize, vec![0_u64; groups.len()]);
        while let Some(value) = groups.iter_mut().filter_map(|points| points.peek().map(|(value, _)| *value)).min() {
            for (points, count) in groups.iter_mut().zip(&mut counts) {
                *count = 0;
                while let Some((_, more)) = points.next_if(|(next, _)| *next == value) {
                    *count = count.saturating_add(more);
                }
            }
            ranks.add_run(&counts)?;
            distinct += 1;
        }
        if distinct > MOST_RUNS {
            ranks.runs = Vec::new();
        }
        ranks.keep_groups_with_values();
        match (ranks.sizes.len(), distinct) {
            (0 | 1, _) => Err(NoTest::OneGroup),
            (_, 1) => Err(NoTest::OneLevel),
            _ => Ok(ranks),
        }
    }

    /// Adds equal values that are above all before, so many in each group.
    fn add_run(&mut self, counts: &[u64]) -> Result<(), NoTest> {
        let number = counts.iter().map(|count| u128::from(*count)).sum::<u128>();
        let total = u64::try_from(u128::from(self.total) + number).ok().filter(|total| *total <= MOST_CASES);
        let total = total.ok_or(NoTest::TooLarge)?;
        let number = total - self.total;
        let doubled_midrank = u128::from(self.total + total + 1);
        for ((size, sum), count) in self.sizes.iter_mut().zip(&mut self.doubled_sums).zip(counts) {
            *size += count;
            *sum += u128::from(*count) * doubled_midrank;
        }
        if self.runs.len() <= MOST_RUNS {
            self.runs.push((number, doubled_midrank));
        }
        self.ties += cubed(number);
        self.total = total;
        Ok(())
    }

    fn keep_groups_with_values(&mut self) {
        let groups = self.sizes.iter().zip(&self.doubled_sums).filter(|(size, _)| **size > 0);
        (self.sizes, self.doubled_sums) = groups.map(|(size, sum)| (*size, *sum)).unzip();
    }

    /// The distinct values for an exact test.
    /// Errors: [`NoTest::TooLarge`] when there are too many.
    fn runs(&self) -> Result<&[(u64, u128)], NoTest> {
        if self.runs.is_empty() { Err(NoTest::TooLarge) } else { Ok(&self.runs) }
    }

    /// Values in each group that has any.
    pub fn sizes(&self) -> &[u64] {
        &self.sizes
    }

    /// True when two values are equal.
    pub fn has_ties(&self) -> bool {
        self.ties > 0
    }

    /// What is left of the variance of ranks when values are tied.
    /// Formula: 1 − Σ(t³ − t)/(N³ − N). Units: in (0, 1].
    fn tie_correction(&self) -> f64 {
        let all = cubed(self.total);
        (all - self.ties) as f64 / all as f64
    }
}

/// n³ − n.
fn cubed(n: u64) -> u128 {
    u128::from(n).pow(3) - u128::from(n)
}
