//! Rows of an input without case IDs that are totals if nothing but totals follows: `Mean`, `SD` below the records.

use crate::diagnostic::{Finding, Findings};
use std::collections::BTreeMap;

/// Most rows of one thread that are kept, those met last: a column of levels may have many such words.
const MOST: usize = 1024;

/// Rows that are named as totals, by their number over all inputs; none of those that are reported already has a
/// finding.
#[derive(Debug, Default)]
pub struct LastTotals {
    rows: BTreeMap<u64, Option<Finding>>,
}

impl LastTotals {
    /// Adds a row.
    pub fn add(&mut self, row: u64, finding: Option<Finding>) {
        self.rows.insert(row, finding);
        if self.rows.len() > MOST {
            self.rows.pop_first();
        }
    }

    /// Adds the rows of another thread.
    pub fn merge(&mut self, other: LastTotals) {
        self.rows.extend(other.rows);
    }

    /// Reports the rows at the end of each input.
    pub fn report(mut self, rows_by_input: &[u64], findings: &mut Findings) {
        let mut before = 0_u64;
        for rows in rows_by_input {
            let last = before.saturating_add(*rows);
            let mut row = last;
            while row > before
                && let Some(finding) = self.rows.remove(&row)
            {
                finding.into_iter().for_each(|finding| findings.add(finding));
                row = row.saturating_sub(1);
            }
            before = last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LastTotals;
    use crate::diagnostic::{Finding, FindingId, Findings};

    #[test]
    fn only_the_rows_at_the_end_of_an_input_are_reported() {
        let mut totals = LastTotals::default();
        let mut reported = Findings::default();
        for row in [2, 4, 5, 6, 8] {
            totals.add(row, (row != 5).then(|| Finding::new(FindingId::TotalsRow, format!("{row}"))));
        }
        totals.report(&[6, 3], &mut reported);
        let found: Vec<&str> = reported.groups().flat_map(|g| &g.first).map(|f| f.message.as_str()).collect();
        assert_eq!(found, ["4", "6"]);
    }
}
