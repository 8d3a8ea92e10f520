//! The result of a test: its statistic, its p, its name; or the reason why there is none.

use std::fmt;

/// Most cases of a test: up to here sums of ranks and of ties are exact in 128 bits.
pub const MOST_CASES: u64 = 1 << 42;

/// A test statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TestStatistic {
    /// Its symbol: `t`, `F`, `W`, `H`, `X²`.
    pub symbol: &'static str,
    /// Its value, not rounded.
    pub value: f64,
}

/// The degrees of freedom of a test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DegreesOfFreedom {
    /// The test has none.
    None,
    /// Of t and of chi-squared; Welch's need not be whole.
    One(f64),
    /// Of F.
    Two {
        /// Between groups.
        numerator: f64,
        /// Within groups.
        denominator: f64,
    },
}

/// The result of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct TestResult {
    /// Its statistic, for a test that has one.
    pub statistic: Option<TestStatistic>,
    /// Its degrees of freedom.
    pub df: DegreesOfFreedom,
    /// Two-sided p, in (0, 1]; one smaller than 2.2e-308 is given as that, the smallest
    /// number with the full precision of a double.
    pub p: f64,
    /// The least p of all arrangements of the observed values or levels into groups of these sizes, both margins fixed,
    /// two-sided by the same rule as p: never above p. None where p is not exact; an error where it takes more work than
    /// the limit allows.
    pub smallest_p: Option<Result<f64, NoTest>>,
    /// The test, whether it is exact, and its corrections.
    pub method: TestMethod,
}

/// A test with its corrections; its `Display` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TestMethod {
    /// Fisher's exact test of a 2 x 2 table.
    Fisher,
    /// The same of a larger table.
    FisherFreemanHalton,
    /// Pearson's chi-squared test.
    ChiSquared,
    /// Pearson's chi-squared test with the continuity correction of Yates.
    ChiSquaredCorrected,
    /// Pearson's chi-squared test where the exact test is too much work.
    ChiSquaredForExact,
    /// Trend of a proportion over ordered groups.
    CochranArmitage,
    /// Rank test of two groups by the exact distribution.
    MannWhitneyExact,
    /// Rank test of two groups by the normal distribution.
    MannWhitneyNormal,
    /// The same with a continuity correction.
    MannWhitneyCorrected,
    /// Rank test of several groups by the chi-squared distribution.
    KruskalWallis,
    /// Rank test of several groups by the exact distribution.
    KruskalWallisExact,
    /// t test with unequal variances.
    Welch,
    /// t test with equal variances.
    Student,
    /// Analysis of variance of several groups.
    Anova,
    /// Log-rank test of groups by the chi-squared distribution.
    LogRank,
    /// Log-rank test of two groups by all arrangements.
    LogRankExact,
    /// A proportion against a reference.
    Binomial,
    /// t test of differences within pairs.
    PairedT,
    /// Signed rank test of differences within pairs by the exact distribution.
    SignedRankExact,
    /// The same by the normal distribution.
    SignedRankNormal,
    /// Changes of a binary item within pairs.
    McNemar,
    /// Product-moment correlation of two numbers.
    Pearson,
    /// Rank correlation by all permutations.
    SpearmanExact,
    /// Rank correlation by the t distribution.
    SpearmanT,
    /// Concordance of two numbers without ties by the exact distribution.
    KendallExact,
    /// Concordance of two numbers by the normal distribution.
    KendallNormal,
}

impl TestMethod {
    /// True where the values enter by their ranks.
    pub fn is_of_ranks(self) -> bool {
        match self {
            TestMethod::MannWhitneyExact
            | TestMethod::MannWhitneyNormal
            | TestMethod::MannWhitneyCorrected
            | TestMethod::KruskalWallis
            | TestMethod::KruskalWallisExact
            | TestMethod::LogRankExact
            | TestMethod::SignedRankExact
            | TestMethod::SignedRankNormal
            | TestMethod::SpearmanExact
            | TestMethod::SpearmanT
            | TestMethod::KendallExact
            | TestMethod::KendallNormal => true,
            TestMethod::Fisher
            | TestMethod::FisherFreemanHalton
            | TestMethod::ChiSquared
            | TestMethod::ChiSquaredCorrected
            | TestMethod::ChiSquaredForExact
            | TestMethod::CochranArmitage
            | TestMethod::Welch
            | TestMethod::Student
            | TestMethod::Anova
            | TestMethod::LogRank
            | TestMethod::Binomial
            | TestMethod::PairedT
            | TestMethod::McNemar
            | TestMethod::Pearson => false,
        }
    }

    /// True where p is by the exact distribution.
    pub fn is_exact(self) -> bool {
        match self {
            TestMethod::Fisher
            | TestMethod::FisherFreemanHalton
            | TestMethod::MannWhitneyExact
            | TestMethod::KruskalWallisExact
            | TestMethod::LogRankExact
            | TestMethod::Binomial
            | TestMethod::SignedRankExact
            | TestMethod::McNemar
            | TestMethod::SpearmanExact
            | TestMethod::KendallExact => true,
            TestMethod::ChiSquared
            | TestMethod::ChiSquaredCorrected
            | TestMethod::ChiSquaredForExact
            | TestMethod::CochranArmitage
            | TestMethod::MannWhitneyNormal
            | TestMethod::MannWhitneyCorrected
            | TestMethod::KruskalWallis
            | TestMethod::Welch
            | TestMethod::Student
            | TestMethod::Anova
            | TestMethod::LogRank
            | TestMethod::PairedT
            | TestMethod::SignedRankNormal
            | TestMethod::Pearson
            | TestMethod::SpearmanT
            | TestMethod::KendallNormal => false,
        }
    }

    /// The name without how an exact p is made two-sided.
    pub fn name(self) -> &'static str {
        match self {
            TestMethod::Fisher => "Fisher exact test",
            TestMethod::FisherFreemanHalton => "Fisher-Freeman-Halton exact test",
            TestMethod::ChiSquared => "Pearson chi-squared test, no continuity correction",
            TestMethod::ChiSquaredCorrected => "Pearson chi-squared test, Yates continuity correction",
            TestMethod::ChiSquaredForExact => {
                "Pearson chi-squared test, no continuity correction (too many cases for the exact test)"
            }
            TestMethod::CochranArmitage => "Cochran-Armitage test for trend",
            TestMethod::MannWhitneyExact => "Mann-Whitney test, exact permutation of midranks",
            TestMethod::MannWhitneyNormal => "Mann-Whitney test, normal approximation, tie corrected",
            TestMethod::MannWhitneyCorrected => "Mann-Whitney test, normal approximation, tie and continuity corrected",
            TestMethod::KruskalWallis => "Kruskal-Wallis test, chi-squared approximation, tie corrected",
            TestMethod::KruskalWallisExact => "Kruskal-Wallis test, exact permutation of midranks",
            TestMethod::Welch => "Welch t test, unequal variances",
            TestMethod::Student => "Student t test, equal variances",
            TestMethod::Anova => "one-way ANOVA, equal variances",
            TestMethod::LogRank => "log-rank test, chi-squared approximation",
            TestMethod::LogRankExact => "log-rank test, exact permutation of scores",
            TestMethod::Binomial => "exact binomial test",
            TestMethod::PairedT => "paired t test",
            TestMethod::SignedRankExact => "Wilcoxon signed rank test, exact, zeros left out, midranks",
            TestMethod::SignedRankNormal => {
                "Wilcoxon signed rank test, normal approximation, tie and continuity corrected, zeros left out"
            }
            TestMethod::McNemar => "McNemar exact test",
            TestMethod::Pearson => "Pearson correlation, t distribution",
            TestMethod::SpearmanExact => "Spearman rank correlation, exact permutation of midranks",
            TestMethod::SpearmanT => "Spearman rank correlation, t approximation",
            TestMethod::KendallExact => "Kendall tau, exact",
            TestMethod::KendallNormal => "Kendall tau-b, normal approximation, tie corrected",
        }
    }
}

impl fmt::Display for TestMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_by_probability =
            matches!(self, TestMethod::Fisher | TestMethod::FisherFreemanHalton | TestMethod::Binomial);
        write!(f, "{}{}", self.name(), if is_by_probability { ", two-sided by probability" } else { "" })
    }
}

impl TestResult {
    /// A result without a statistic, as of Fisher's test.
    pub(super) fn of(p: f64, method: TestMethod) -> TestResult {
        let p = p.clamp(f64::MIN_POSITIVE, 1.0);
        TestResult { statistic: None, df: DegreesOfFreedom::None, p, smallest_p: None, method }
    }

    /// The same with the smallest p that the margins allow.
    pub(super) fn at_least(self, smallest_p: Result<f64, NoTest>) -> TestResult {
        // Sums of doubles in another order may differ in their last digit.
        let smallest_p = smallest_p.map(|smallest| smallest.clamp(f64::MIN_POSITIVE, self.p));
        TestResult { smallest_p: Some(smallest_p), ..self }
    }

    /// The same with a statistic.
    pub(super) fn with(self, symbol: &'static str, value: f64) -> TestResult {
        TestResult { statistic: Some(TestStatistic { symbol, value }), ..self }
    }

    /// The same with degrees of freedom.
    pub(super) fn over(self, df: DegreesOfFreedom) -> TestResult {
        TestResult { df, ..self }
    }
}

/// Why a test has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoTest {
    /// Fewer than two groups have a value.
    OneGroup,
    /// All cases have the same level or value.
    OneLevel,
    /// A group has fewer than two values, so its variance does not exist.
    OneValue,
    /// No value differs from the mean of its group.
    NoVariance,
    /// The test is for another number of groups or levels.
    Shape,
    /// A trend needs an order, and neither the levels nor the groups have one.
    NoOrder,
    /// All cases have the same score, so that there is no trend over it.
    OneScore,
    /// Fewer than two pairs are complete.
    OnePair,
    /// Fewer than three pairs are complete.
    FewPairs,
    /// No pair differs.
    NoChange,
    /// No case has the event, or none while two groups were at risk.
    NoEvent,
    /// The exact distribution takes more work than the limit allows.
    TooLarge,
}

/// The reason, as a footnote gives it.
impl fmt::Display for NoTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoTest::OneGroup => "fewer than two groups have a value",
            NoTest::OneLevel => "all cases have the same value",
            NoTest::OneValue => "a group has fewer than two values",
            NoTest::NoVariance => "no value differs from the mean of its group",
            NoTest::Shape => "the test is for another number of groups or levels",
            NoTest::NoOrder => "no order of the levels is stated, which a test for trend needs",
            NoTest::OneScore => "all cases have the same score",
            NoTest::OnePair => "fewer than two pairs are complete",
            NoTest::FewPairs => "fewer than three pairs are complete",
            NoTest::NoChange => "no pair differs",
            NoTest::NoEvent => "no event while two groups were at risk",
            NoTest::TooLarge => "too many cases for the exact distribution",
        })
    }
}

impl std::error::Error for NoTest {}
