//! The automatic tests of other tools, and their approximations.

use crate::analyze::like::{CategoryTest, NumberTest, Tests};
use crate::analyze::test::Test;
use crate::stats::contingency::{chi_squared, chi_squared_corrected, fisher_exact, smallest_expected_count};
use crate::stats::hypothesis::{NoTest, TestResult};
use crate::stats::rank::{Ranks, kruskal_wallis_chi_squared, mann_whitney_exact, mann_whitney_normal};

/// With fewer values in each group, `wilcox.test()` of R computes an exact p.
const EXACT_BELOW: u64 = 50;
/// With a smaller expected count, Fisher's exact test is used.
const LEAST_EXPECTED: f64 = 5.0;

impl Tests {
    /// The test of a number between so many groups.
    pub(super) fn of_numbers(self, groups: usize) -> Test {
        match if groups == 2 { self.two_groups } else { self.more_groups } {
            NumberTest::RankSum => Test::MannWhitney,
            NumberTest::KruskalWallis => Test::KruskalWallis,
            NumberTest::WelchT => Test::Welch,
            NumberTest::Anova => Test::Anova,
        }
    }
}

impl CategoryTest {
    /// The test of a table of counts: one row a level, one column a group.
    pub(super) fn of_levels(self, table: &[Vec<u64>]) -> Result<TestResult, NoTest> {
        let is_two_by_two = table.len() == 2 && table.iter().all(|row| row.len() == 2);
        let is_sparse = smallest_expected_count(table)? < LEAST_EXPECTED;
        match self {
            CategoryTest::PearsonOrFisher if is_sparse => fisher_exact(table),
            CategoryTest::YatesOrFisher if is_sparse && is_two_by_two => fisher_exact(table),
            CategoryTest::Yates | CategoryTest::YatesOrFisher if is_two_by_two => chi_squared_corrected(table),
            _ => chi_squared(table),
        }
    }

    /// True where cases not reported are a level of their own.
    pub(super) fn counts_missing(self) -> bool {
        self == CategoryTest::YatesOrFisher
    }
}

/// Rank tests as computed by `wilcox.test()` and `kruskal.test()` of R.
pub(super) fn of_ranks(test: Test, ranks: &Ranks) -> Result<TestResult, NoTest> {
    let is_small = ranks.sizes().iter().all(|size| *size < EXACT_BELOW) && !ranks.has_ties();
    match test {
        Test::MannWhitney if is_small => mann_whitney_exact(ranks),
        Test::MannWhitney => mann_whitney_normal(ranks, true),
        _ => kruskal_wallis_chi_squared(ranks),
    }
}
