//! Tests of a table of counts: rows and columns of patients, each patient in one cell.
//!
//! Empty rows and columns carry no information and are left out of every test.

mod chi_squared;
mod fisher;
mod hypergeometric;
mod network;

pub use chi_squared::{chi_squared, chi_squared_corrected, smallest_expected_count, trend};
pub use fisher::fisher_exact;
pub(super) use hypergeometric::{Hypergeometric, TIE, first};

use crate::stats::hypothesis::{MOST_CASES, NoTest};

/// A table without empty rows and columns, at least 2 by 2, with its margins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TableCounts {
    rows: Vec<Vec<u64>>,
    row_sums: Vec<u64>,
    column_sums: Vec<u64>,
    total: u64,
}

impl TableCounts {
    /// The table of these rows; a row that is shorter than others ends in zeros.
    fn of(rows: &[Vec<u64>]) -> Result<TableCounts, NoTest> {
        let all = rows.iter().flatten().try_fold(0_u64, |sum, count| sum.checked_add(*count));
        let total = all.filter(|total| *total <= MOST_CASES).ok_or(NoTest::TooLarge)?;
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |row: &Vec<u64>, column: usize| row.get(column).copied().unwrap_or(0);
        let sums = (0..width).map(|column| rows.iter().map(|row| cell(row, column)).sum());
        let used: Vec<(usize, u64)> = sums.enumerate().filter(|(_, sum)| *sum > 0).collect();
        let kept = rows.iter().filter(|row| row.iter().any(|count| *count > 0));
        let rows: Vec<Vec<u64>> = kept.map(|row| used.iter().map(|(at, _)| cell(row, *at)).collect()).collect();
        if rows.len() < 2 {
            return Err(NoTest::OneGroup);
        }
        if used.len() < 2 {
            return Err(NoTest::OneLevel);
        }
        let row_sums = rows.iter().map(|row| row.iter().sum()).collect();
        Ok(TableCounts { rows, row_sums, column_sums: used.into_iter().map(|(_, sum)| sum).collect(), total })
    }

    /// Its columns.
    fn columns(&self) -> Vec<Vec<u64>> {
        (0..self.column_sums.len()).map(|at| self.rows.iter().map(|row| row[at]).collect()).collect()
    }

    /// The same table, turned if it has more rows than columns.
    fn wide(self) -> TableCounts {
        if self.row_sums.len() <= self.column_sums.len() {
            return self;
        }
        TableCounts { rows: self.columns(), row_sums: self.column_sums, column_sums: self.row_sums, total: self.total }
    }

    /// Its four cells, row by row. None for another shape.
    fn four_cells(&self) -> Option<[u64; 4]> {
        match self.rows.as_slice() {
            [first, second] => match (first.as_slice(), second.as_slice()) {
                ([a, b], [c, d]) => Some([*a, *b, *c, *d]),
                _ => None,
            },
            _ => None,
        }
    }
}
