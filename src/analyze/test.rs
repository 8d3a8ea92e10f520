//! The tests that can be chosen, and the automatic one.

use crate::analyze::statistic::Statistic;
use crate::schema::Kind;
use crate::stats::contingency::{chi_squared, chi_squared_corrected, fisher_exact};
use crate::stats::hypothesis::{NoTest, TestResult};
use crate::stats::means::{Sample, one_way_anova, student_t, welch_t};
use crate::stats::rank::{Ranks, kruskal_wallis, mann_whitney};
use crate::words::words;

words! {
    /// A test of the difference between groups.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Test: "test" {
        /// Fisher, Freeman and Halton, exact.
        Fisher = "fisher",
        /// Pearson's chi-squared, without correction.
        ChiSquared = "chi-squared",
        /// The same with the correction of Yates.
        ChiSquaredCorrected = "chi-squared-corrected",
        /// Cochran and Armitage: a trend over ordered groups, or over the ordered levels between two groups.
        Trend = "trend",
        /// Mann and Whitney, of two groups.
        MannWhitney = "mann-whitney",
        /// Kruskal and Wallis.
        KruskalWallis = "kruskal-wallis",
        /// Welch's t, of two groups.
        Welch = "welch",
        /// Student's t, of two groups.
        StudentT = "t",
        /// One-way analysis of variance.
        Anova = "anova",
        /// Log-rank by all arrangements of the cases into two groups.
        LogRankExact = "log-rank-exact",
        /// Student's t of the differences within pairs.
        PairedT = "paired-t",
        /// Wilcoxon's signed ranks of the differences within pairs.
        SignedRank = "signed-rank",
        /// McNemar, exact: gained against lost.
        McNemar = "mcnemar",
    }
}

/// What a test compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestSubject {
    /// The levels of groups.
    Levels,
    /// The numbers of groups.
    Numbers,
    /// The times of groups to an event.
    Times,
    /// Numbers of the same patients: their change.
    NumberChanges,
    /// Levels of the same patients: their change.
    LevelChanges,
}

/// The statistics of a test of the change within patients.
#[derive(Debug, Clone, Copy)]
pub struct TestStatistics {
    /// Its p.
    pub p: Statistic,
    /// The smallest that this can be; none where it can be any.
    pub smallest: Option<Statistic>,
    /// What it is made of.
    pub made_of: &'static [Statistic],
}

impl TestStatistics {
    /// All of them.
    pub fn all(self) -> impl Iterator<Item = Statistic> {
        std::iter::once(self.p).chain(self.smallest).chain(self.made_of.iter().copied())
    }
}

impl Test {
    /// What it compares.
    pub fn subject(self) -> TestSubject {
        match self {
            Test::Fisher | Test::ChiSquared | Test::ChiSquaredCorrected | Test::Trend => TestSubject::Levels,
            Test::MannWhitney | Test::KruskalWallis | Test::Welch | Test::StudentT | Test::Anova => {
                TestSubject::Numbers
            }
            Test::LogRankExact => TestSubject::Times,
            Test::PairedT | Test::SignedRank => TestSubject::NumberChanges,
            Test::McNemar => TestSubject::LevelChanges,
        }
    }

    /// True for a test of the change within patients, which needs no groups.
    pub fn is_of_changes(self) -> bool {
        matches!(self.subject(), TestSubject::NumberChanges | TestSubject::LevelChanges)
    }

    /// The statistics of a test of the change within patients; none of a test between groups.
    pub fn statistics(self) -> Option<TestStatistics> {
        let of = |p, smallest, made_of| Some(TestStatistics { p, smallest, made_of });
        match self {
            Test::PairedT => of(Statistic::PairedT, None, &[Statistic::PairedTStatistic, Statistic::PairedTFreedom]),
            Test::SignedRank => {
                of(Statistic::SignedRank, Some(Statistic::SignedRankSmallest), &[Statistic::SignedRankV])
            }
            Test::McNemar => of(Statistic::McNemar, Some(Statistic::McNemarSmallest), &[]),
            Test::Fisher
            | Test::ChiSquared
            | Test::ChiSquaredCorrected
            | Test::Trend
            | Test::MannWhitney
            | Test::KruskalWallis
            | Test::Welch
            | Test::StudentT
            | Test::Anova
            | Test::LogRankExact => None,
        }
    }

    /// The test of a table of counts: one row a level, one column a group.
    pub(super) fn of_levels(self, table: &[Vec<u64>]) -> Result<TestResult, NoTest> {
        // Their errors name groups and levels for a table with one row per group.
        let groups = || transposed(table);
        match self {
            Test::ChiSquared => chi_squared(&groups()),
            Test::ChiSquaredCorrected => chi_squared_corrected(&groups()),
            _ => fisher_exact(&groups()),
        }
    }

    /// The test of the ranks of values.
    pub(super) fn of_ranks(self, ranks: &Ranks) -> Result<TestResult, NoTest> {
        if self == Test::MannWhitney { mann_whitney(ranks) } else { kruskal_wallis(ranks) }
    }

    /// The test of means, with one sample a group.
    pub(super) fn of_means(self, samples: &[Sample]) -> Result<TestResult, NoTest> {
        match (self, samples) {
            (Test::Anova, _) => one_way_anova(&samples.iter().collect::<Vec<_>>()),
            (Test::Welch, [first, second]) => welch_t(first, second),
            (_, [first, second]) => student_t(first, second),
            _ => Err(NoTest::Shape),
        }
    }
}

/// Rows as columns.
pub(super) fn transposed(table: &[Vec<u64>]) -> Vec<Vec<u64>> {
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    (0..columns).map(|column| table.iter().filter_map(|row| row.get(column)).copied().collect()).collect()
}

/// The test chosen for a variable: for it, else for its kind.
pub(super) fn chosen_test(chosen_test: &[(String, Test)], name: &str, kind: Kind) -> Option<Test> {
    let of = |target: &str| chosen_test.iter().rev().find(|(known, _)| known == target).map(|(_, test)| *test);
    let is_level = matches!(kind, Kind::Category | Kind::Binary | Kind::Set);
    let of_levels = || of(Kind::Category.word()).filter(|_| is_level);
    of(name).or_else(|| of(kind.word())).or_else(of_levels)
}

/// The automatic test of numbers: a rank test, because a series has few cases and normality cannot be assumed. That of
/// levels is Fisher's.
pub(super) fn automatic_of_numbers(groups: usize) -> Test {
    if groups == 2 { Test::MannWhitney } else { Test::KruskalWallis }
}
