//! Pearson's chi-squared test, and the test for trend.

use super::TableCounts;
use crate::stats::distribution::chi_squared_p;
use crate::stats::hypothesis::{DegreesOfFreedom, NoTest, TestMethod, TestResult};

/// Pearson's chi-squared test of a table of rows and columns, not corrected for continuity.
/// Formula: X² = Σ(O − E)²/E with E = row·column/N, and (r − 1)(c − 1) degrees of freedom.
/// Units: p of the upper tail. Errors: [`NoTest::OneGroup`] for fewer than two rows with a count,
/// [`NoTest::OneLevel`] for columns, [`NoTest::TooLarge`] beyond 4·10^12 cases.
/// Reference: Pearson 1900, doi:10.1080/14786440009463897.
/// Checked: SciPy 1.17.1 chi2_contingency, tests/oracle/contingency.csv
pub fn chi_squared(table: &[Vec<u64>]) -> Result<TestResult, NoTest> {
    let counts = TableCounts::of(table)?;
    let df = (counts.row_sums.len() - 1) * (counts.column_sums.len() - 1);
    Ok(result(statistic(&counts, 0.0), df as u64, TestMethod::ChiSquared))
}

/// The same of a 2 by 2 table, with Yates' continuity correction.
/// Formula: X² = Σ(|O − E| − c)²/E with c = 1/2, but no more than |O − E|, as R chisq.test.
/// Units: p of the upper tail. Errors: as for [`chi_squared`], and [`NoTest::Shape`].
/// Reference: Yates 1934, doi:10.2307/2983604.
/// Checked: SciPy 1.17.1 chi2_contingency, tests/oracle/contingency.csv
pub fn chi_squared_corrected(table: &[Vec<u64>]) -> Result<TestResult, NoTest> {
    let counts = TableCounts::of(table)?;
    counts.four_cells().ok_or(NoTest::Shape)?;
    Ok(result(statistic(&counts, 0.5), 1, TestMethod::ChiSquaredCorrected))
}

/// X²; the differences N·O − row·column are exact, so that nothing cancels.
fn statistic(counts: &TableCounts, correction: f64) -> f64 {
    let n = counts.total as f64;
    let mut sum = 0.0;
    for (row, row_sum) in counts.rows.iter().zip(&counts.row_sums) {
        for (count, column_sum) in row.iter().zip(&counts.column_sums) {
            let product = u128::from(*row_sum) * u128::from(*column_sum);
            let distance = (u128::from(*count) * u128::from(counts.total)).abs_diff(product) as f64;
            let corrected = (distance - correction * n).max(0.0);
            sum += corrected * corrected / product as f64 / n;
        }
    }
    sum
}

fn result(x: f64, df: u64, method: TestMethod) -> TestResult {
    TestResult::of(chi_squared_p(x, df), method).with("X²", x).over(DegreesOfFreedom::One(df as f64))
}

/// The smallest expected count of a table, which decides whether chi-squared may be used.
/// Formula: the least row·column/N of rows and columns with a count. Units: cases.
/// Errors: as for [`chi_squared`].
pub fn smallest_expected_count(table: &[Vec<u64>]) -> Result<f64, NoTest> {
    let counts = TableCounts::of(table)?;
    let least = |sums: &[u64]| sums.iter().min().map_or(0, |sum| u128::from(*sum));
    Ok((least(&counts.row_sums) * least(&counts.column_sums)) as f64 / counts.total as f64)
}

/// The test of Cochran and Armitage for a trend of a binary variable over ordered columns with these
/// scores; the two rows are the two outcomes, in any order.
/// Formula: X² = N(NΣxⱼj − XΣnⱼj)² / (X(N − X)(NΣnⱼj² − (Σnⱼj)²)) with 1 degree of freedom, x the
/// first row, X its sum, n the column sums. Units: p two-sided.
/// Errors: as for [`chi_squared`], [`NoTest::Shape`] for other than two rows with a count, and
/// [`NoTest::OneScore`] when all cases have the same score.
/// Reference: Armitage 1955, doi:10.2307/3001775.
/// Checked: exact rationals by R prop.trend.test's formula, tests/oracle/contingency.csv and trend.csv
pub fn trend(table: &[Vec<u64>], scores: &[f64]) -> Result<TestResult, NoTest> {
    let counts = TableCounts::of(table)?;
    let rows: Vec<&Vec<u64>> = table.iter().filter(|row| row.iter().any(|count| *count > 0)).collect();
    let ([first, second], [events, others]) = (rows.as_slice(), counts.row_sums.as_slice()) else {
        return Err(NoTest::Shape);
    };
    let count = |row: &[u64], at: usize| row.get(at).copied().unwrap_or(0) as f64;
    let (n, events, others) = (counts.total as f64, *events as f64, *others as f64);
    let columns: Vec<(f64, f64, f64)> = scores
        .iter()
        .enumerate()
        .map(|(at, score)| (*score, count(first, at), count(first, at) + count(second, at)))
        .collect();
    let mean = columns.iter().map(|(score, _, sum)| score * sum).sum::<f64>() / n;
    let excess: f64 = columns.iter().map(|(score, events, _)| events * (score - mean)).sum();
    let spread: f64 = columns.iter().map(|(score, _, sum)| sum * (score - mean).powi(2)).sum();
    if spread == 0.0 {
        return Err(NoTest::OneScore);
    }
    let x = n / events * n / others * (excess * excess / spread);
    Ok(result(x, 1, TestMethod::CochranArmitage))
}
