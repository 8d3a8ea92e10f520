//! Fisher's exact test, of any table.

use super::TableCounts;
use super::hypergeometric::Hypergeometric;
use super::network::Network;
use crate::stats::hypothesis::{NoTest, TestMethod, TestResult};

/// Fisher's exact test of a table of rows and columns (Freeman and Halton's beyond 2 by 2).
/// Formula: given all margins, the probability of all tables that are no more likely than the
/// observed one, up to a relative 1e-7, as R fisher.test; the smallest p is that of the least likely table. Of 2 by 2
/// tables for any number of cases, exact up to 1000; of larger ones by a network, as long as it stays within
/// 200,000 edges and two million steps for each p.
/// Units: p two-sided. Errors: [`NoTest::OneGroup`] for fewer than two rows with a count,
/// [`NoTest::OneLevel`] for columns, [`NoTest::TooLarge`] beyond that work.
/// Reference: Freeman & Halton 1951, doi:10.1093/biomet/38.1-2.141.
/// Checked: R 4.2.2 values; SciPy 1.17.1 and all tables listed, tests/oracle/fisher.csv
pub fn fisher_exact(table: &[Vec<u64>]) -> Result<TestResult, NoTest> {
    let counts = TableCounts::of(table)?;
    if let Some(cells) = counts.four_cells() {
        let distribution = Hypergeometric::of(cells);
        let ends = [distribution.low, distribution.high].map(|x| distribution.two_sided_p(x));
        let result = TestResult::of(distribution.two_sided_p(cells[0]), TestMethod::Fisher);
        return Ok(result.at_least(Ok(ends[0].min(ends[1]))));
    }
    let table = counts.wide();
    let network = Network::of(&table.row_sums, &table.column_sums)?;
    let p = network.p_of(table.columns())?;
    Ok(TestResult::of(p, TestMethod::FisherFreemanHalton).at_least(network.least_p()))
}
