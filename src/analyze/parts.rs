//! The statistics of a cohort part by part, so that those of ten thousand groups need not be in memory together.

use super::results::{ResultRow, Results};
use super::{Options, Until, each_part, group, table_names};
use crate::tally::Cohort;
use std::convert::Infallible;
use std::io;

/// Statistics that are taken from memory together, few enough to stay in a near cache; a table of 20,000 columns has 300,000.
const MOST_ROWS: usize = 1 << 8;

/// Statistics that are read part by part: those of all cases, then those of each group, condition and comparison.
pub trait ResultParts {
    /// Number of variables that form the groups; 0 without groups.
    fn grouping_variables(&self) -> usize;

    /// Calls `take` with the rows of one part after the other; those of a large part come in several calls, each with
    /// whole variables.
    ///
    /// Errors: those of `take`.
    fn each_part(&self, take: &mut dyn FnMut(&[ResultRow]) -> io::Result<()>) -> io::Result<()>;
}

impl ResultParts for Results {
    fn grouping_variables(&self) -> usize {
        self.parts().filter_map(|part| part.group()).map(|group| group.levels.len()).max().unwrap_or(0)
    }

    fn each_part(&self, take: &mut dyn FnMut(&[ResultRow]) -> io::Result<()>) -> io::Result<()> {
        self.rows_by_part().try_for_each(take)
    }
}

/// Statistics that are computed while they are read, and are not kept.
#[derive(Debug, Clone, Copy)]
pub struct ComputedParts<'a> {
    /// The counts.
    pub cohort: &'a Cohort,
    /// The conventions.
    pub options: &'a Options,
}

impl ComputedParts<'_> {
    /// Calls `take` with the statistics of all cases and of up to `most` groups, batch after batch; the last one, for
    /// which the flag is true, has the comparisons of all groups.
    pub fn each_batch(&self, most: usize, mut take: impl FnMut(&Results, bool)) {
        let (mut results, mut of_all) = (Results::beside(table_names(self.cohort)), None);
        let Ok(()) = each_part(&mut results, self.cohort, self.options, |results, until| {
            if until == Until::Variable {
                return Ok::<_, Infallible>(());
            }
            let of_all = of_all.get_or_insert_with(|| results.clone());
            if results.parts().count() > most {
                take(results, false);
                results.clone_from(of_all);
            }
            Ok(())
        });
        take(&results, true);
    }
}

impl ResultParts for ComputedParts<'_> {
    fn grouping_variables(&self) -> usize {
        if group::ordered(self.cohort, self.options).is_empty() { 0 } else { group::by(self.cohort).len() }
    }

    fn each_part(&self, take: &mut dyn FnMut(&[ResultRow]) -> io::Result<()>) -> io::Result<()> {
        let mut results = Results::beside(table_names(self.cohort));
        each_part(&mut results, self.cohort, self.options, |part, until| {
            if until == Until::Variable && part.len() < MOST_ROWS {
                return Ok(());
            }
            part.take().rows_by_part().filter(|rows| !rows.is_empty()).try_for_each(&mut *take)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ComputedParts, ResultParts};
    use crate::analyze::{Comparisons, Options, summarize};
    use crate::read::Inputs;
    use crate::tally::{Settings, read_cohort};

    #[test]
    fn of_levels_that_no_table_shows_one_by_one_there_is_only_the_count() {
        let rows: String = (0..40).map(|n| format!("P{n},w{},a; b{}\n", n % 20, n % 20)).collect();
        let text = Box::leak(format!("case_id,word,sites\n{rows}").into_boxed_str());
        let inputs = Inputs::embedded("cases.csv", text).expect("readable");
        let cohort = read_cohort(&inputs, &Settings::default()).expect("no error");
        let all = summarize(&cohort, &Options::default()).0;
        let few = summarize(&cohort, &Options { most_shares: 3, ..Options::default() }).0;
        let shares = |results: &crate::analyze::results::Results, statistic| {
            results.iter().filter(|row| row.level.is_some() && row.statistic == statistic).count()
        };
        use crate::analyze::statistic::Statistic::{Cases, Proportion};
        assert_eq!(shares(&all, Cases), shares(&few, Cases));
        assert!(shares(&all, Proportion) >= 41 && shares(&few, Proportion) <= 3 + 3 + 12);
        let is_same = |row: &crate::analyze::results::ResultRow| all.get(&row.key) == Some(row);
        assert!(few.iter().all(is_same));
    }

    #[test]
    fn statistics_computed_part_by_part_are_those_that_are_kept() {
        let series = include_str!("../../data/cutaneous-calcinosis-2021/cases.csv");
        let inputs = Inputs::embedded("cases.csv", series).expect("readable");
        let comparisons = Comparisons { tests: true, ..Comparisons::default() };
        let options = Options { comparisons, ..Options::default() };
        for by in [vec![], vec!["etiology"], vec!["sex", "outcome"], vec!["sites"]] {
            let by = by.into_iter().map(str::to_owned).collect();
            let cohort = read_cohort(&inputs, &Settings { by, ..Settings::default() }).expect("no error");
            let kept = summarize(&cohort, &options).0;
            let computed = ComputedParts { cohort: &cohort, options: &options };
            let rows = |parts: &dyn ResultParts| {
                let mut rows = Vec::new();
                let written = parts.each_part(&mut |part| {
                    rows.extend_from_slice(part);
                    Ok(())
                });
                written.expect("no error");
                rows
            };
            assert_eq!(rows(&computed), rows(&kept));
            assert!(rows(&kept).iter().eq(kept.iter()));
            assert_eq!(computed.grouping_variables(), kept.grouping_variables());
        }
    }
}
