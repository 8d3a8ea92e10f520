//! Fisher's exact test, of any table.

use super::Counts;
use super::hypergeometric::Hypergeometric;
use super::network::Network;
use crate::stats::arrangements::share_of_arrangements;
use crate::stats::hypothesis::{MOST_CASES, NoTest, TestMethod, TestResult};
use num_bigint::BigUint;
use num_traits::One;

/// Fisher's exact test of a table of rows and columns (Freeman and Halton's beyond 2 by 2).
/// Formula: given all margins, the probability of all tables that are no more likely than the
/// observed one, up to a relative 1e-7, as R fisher.test. Of 2 by 2 tables for any number of cases,
/// exact up to 1000; of larger ones by a network, as long as it stays within a million edges and ten
/// million steps.
/// Units: p two-sided. Errors: [`NoTest::OneGroup`] for fewer than two rows with a count,
/// [`NoTest::OneLevel`] for columns, [`NoTest::TooLarge`] beyond that work.
/// Reference: Freeman & Halton 1951, doi:10.1093/biomet/38.1-2.141.
/// Checked: R 4.2.2 values; SciPy 1.17.1 and all tables listed, tests/oracle/fisher.csv
pub fn fisher_exact(table: &[Vec<u64>]) -> Result<TestResult, NoTest> {
    let counts = Counts::of(table)?;
    if let Some(cells) = counts.four_cells() {
        return Ok(TestResult::exact(Hypergeometric::of(cells).two_sided_p(cells[0]), TestMethod::Fisher));
    }
    let table = counts.wide();
    let p = Network::of(&table.row_sums, &table.column_sums)?.p_of(table.columns())?;
    Ok(TestResult::exact(p, TestMethod::FisherFreemanHalton))
}

/// The smallest p that [`fisher_exact`] can give with the margins of this table.
/// Formula: the probability of the least likely table and of all that are as unlikely. Errors: as
/// for [`fisher_exact`].
pub fn smallest_fisher_p(table: &[Vec<u64>]) -> Result<f64, NoTest> {
    let counts = Counts::of(table)?;
    match counts.four_cells() {
        Some(cells) => {
            let distribution = Hypergeometric::of(cells);
            let ends = [distribution.low, distribution.high].map(|x| distribution.two_sided_p(x));
            Ok(ends[0].min(ends[1]).max(f64::MIN_POSITIVE))
        }
        None => {
            let table = counts.wide();
            Ok(Network::of(&table.row_sums, &table.column_sums)?.least_p()?.clamp(f64::MIN_POSITIVE, 1.0))
        }
    }
}

/// Most cases for which all margins are tried.
const MOST_TRIED_CASES: u64 = 20;

/// The smallest p that [`fisher_exact`] can give for groups of these sizes, whatever the counts of
/// their levels.
/// Formula: for two groups, and for as many levels as groups or more, every group with a level of
/// its own is the least likely outcome: k!/multinomial(N; sizes), where k! counts the orders of
/// groups of one size (for two groups of different sizes 1/C(N, n₁)). For fewer levels than groups
/// the least over all sums the levels can have, up to 20 cases.
/// Units: p two-sided. None for fewer than two groups with a case or fewer than two levels, beyond
/// 4·10^12 cases, and where the sums of levels are too many to try: [`smallest_fisher_p`] holds
/// given these sums.
/// Checked: 1 vs 4 is 0.2 and 2 vs 3 is 0.1; all outcomes listed, tests/stats/attainable.rs
pub fn smallest_fisher_p_of_sizes(sizes: &[u64], levels: usize) -> Option<f64> {
    let mut sizes: Vec<u64> = sizes.iter().copied().filter(|size| *size > 0).collect();
    let cases = sizes.iter().try_fold(0_u64, |sum, size| sum.checked_add(*size))?;
    if sizes.len() < 2 || levels < 2 || cases > MOST_CASES {
        return None;
    }
    sizes.sort_unstable();
    if sizes.len() == 2 || levels >= sizes.len() {
        return Some(separated_p(&sizes));
    }
    if cases > MOST_TRIED_CASES {
        return None;
    }
    let least_p = |sums: Vec<u64>| Network::of(&sums, &sizes).and_then(|network| network.least_p()).ok();
    let tried = sums_of(cases, levels, cases).into_iter().filter(|sums| sums.len() > 1);
    tried.map(least_p).try_fold(1.0, |least, p| Some(f64::min(least, p?)))
}

/// The p of groups that share no level: the orders of equal sizes over the multinomial coefficient.
fn separated_p(sizes: &[u64]) -> f64 {
    let orders = |equal: &[u64]| (1..=equal.len() as u64).fold(BigUint::one(), |product, i| product * i);
    share_of_arrangements(sizes.chunk_by(|left, right| left == right).map(orders).product(), sizes)
}

/// All ways to write a sum as at most so many parts, the largest first, none above `most`.
fn sums_of(sum: u64, parts: usize, most: u64) -> Vec<Vec<u64>> {
    if sum == 0 {
        return vec![Vec::new()];
    }
    let Some(rest) = parts.checked_sub(1) else { return Vec::new() };
    let with_first =
        |first: u64| sums_of(sum - first, rest, first).into_iter().map(move |tail| [vec![first], tail].concat());
    (1..=sum.min(most)).flat_map(with_first).collect()
}
