//! The default conventions of other tools, as data: `--like TOOL` sets every option to them, so
//! that the same data give the tool's published tables digit for digit.
//!
//! A field that is a word (`interval`, `overall`) is an argument of the option of that name, so
//! that each part of a preset can be chosen alone.
//! Checked: every cell of tests/oracle/like, computed from the data by these conventions.

mod presets;

use super::denominator::Denominator;
use crate::decimal::Rounding;
use crate::stats::quantile::QuantileType;
use crate::words::words;

words! {
    /// A tool whose conventions can be used.
    ///
    /// ```
    /// use calc_series::{Like, Options};
    ///
    /// let options = Options::like(Like::TableonePy);
    /// assert_eq!(options.like.map(|tool| tool.to_string()), Some("tableone-py".to_owned()));
    /// ```
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Like: "tool" {
        /// gtsummary of R: `tbl_summary()`, `add_p()`, `add_ci()`.
        Gtsummary = "gtsummary",
        /// cards of R: `ard_summary()`, `ard_tabulate()`, formatted by `apply_fmt_fun()`.
        Cards = "cards",
        /// tableone of R: `CreateTableOne()`, printed.
        TableoneR = "tableone-r",
        /// tableone of Python: `TableOne()`.
        TableonePy = "tableone-py",
        /// table1 of R: `table1()`.
        Table1 = "table1",
        /// arsenal of R: `tableby()`, its summary.
        Arsenal = "arsenal",
        /// finalfit of R: `summary_factorlist()`.
        Finalfit = "finalfit",
        /// SAS: PROC MEANS and PROC FREQ.
        Sas = "sas",
        /// SPSS Statistics: DESCRIPTIVES, FREQUENCIES, EXAMINE.
        Spss = "spss",
    }
}

impl Like {
    /// Its conventions.
    pub const fn preset(self) -> &'static Preset {
        match self {
            Like::Gtsummary => &presets::GTSUMMARY,
            Like::Cards => &presets::CARDS,
            Like::TableoneR => &presets::TABLEONE_R,
            Like::TableonePy => &presets::TABLEONE_PY,
            Like::Table1 => &presets::TABLE1,
            Like::Arsenal => &presets::ARSENAL,
            Like::Finalfit => &presets::FINALFIT,
            Like::Sas => &presets::SAS,
            Like::Spss => &presets::SPSS,
        }
    }
}

/// The conventions of one tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// The tool and the version whose source or output was read, for the footnote.
    pub tool: &'static str,
    /// The type of its quantiles, 1 to 9; see [`Preset::quantile_type`].
    pub quantile: u8,
    /// The arithmetic of its quantiles, as far as ties show it.
    pub arithmetic: Arithmetic,
    /// How ties are rounded.
    pub rounding: Rounding,
    /// The denominator of its percentages.
    pub denominator: Denominator,
    /// The order of n, N and 100 in a percentage.
    pub percentage: Percentage,
    /// How many digits it prints.
    pub digits: DigitsPolicy,
    /// True where commas separate thousands.
    pub thousands: bool,
    /// The rows of a number.
    pub number: &'static [PresetRow],
    /// The cell of a level, a template of `--stat`.
    pub category: &'static str,
    /// Which levels it shows of a variable with two.
    pub two_levels: TwoLevels,
    /// How it shows what is not reported of a number.
    pub missing_number: Missing,
    /// How it shows what is not reported of a category.
    pub missing_category: Missing,
    /// The position of the column of all cases, a word of `--overall`.
    pub overall: &'static str,
    /// How cases without a group are treated.
    pub missing_group: MissingGroup,
    /// Its interval of a proportion, a word of `--ci`; none where the program's own is used.
    pub interval: Option<&'static str>,
    /// Its tests; none where it has no default and the program's own are used.
    pub tests: Option<Tests>,
    /// True where the percentage of a row in the column of all cases is 100 without decimals.
    pub whole_row_totals: bool,
    /// How it computes and prints a difference between two groups.
    pub difference: DifferenceForm,
    /// The columns of numbers that it would read as another kind.
    pub kind_rules: &'static [KindRule],
}

impl Preset {
    /// The type of its quantiles.
    pub fn quantile_type(&self) -> QuantileType {
        QuantileType::new(self.quantile).unwrap_or_default()
    }
}

/// A row of a variable: its label and its cell, a template of `--stat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PresetRow {
    /// The label; empty where the cell is in the row of the variable.
    pub label: &'static str,
    /// The cell.
    pub template: &'static str,
}

/// The arithmetic of a quantile between two order statistics a and b with weight g.
/// It matters only in ties: the first quartile of `ast` in tests/oracle/like/tableone-r/pbc.csv
/// is 76.725 exactly, 76.725000000000009 in R, which prints 76.73.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arithmetic {
    /// Exact; also where it does not matter or is not known.
    #[default]
    Exact,
    /// (1 − g)·a + g·b in doubles, `quantile()` of R; the median is (a + b) / 2 rounded once.
    R,
    /// a + (b − a)·g, or b − (b − a)·(1 − g) from g = 1/2, in doubles, `percentile()` of NumPy.
    NumPy,
}

/// The order in which a percentage is computed in doubles; it matters only in ties of a binary
/// rounding: 23 of 80 is 28.749999999999996 by the one and 28.75 by the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Percentage {
    /// 100·n / N, rounded to a double once: arsenal, finalfit.
    #[default]
    Quotient,
    /// (n / N)·100, rounded to a double twice: R tableone and Python tableone.
    Product,
}

/// How many digits a statistic is printed with, unless a rule overrides it. Counts never have decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DigitsPolicy {
    /// Data values as in the data, and one more where the exact value needs it; mean and SD one
    /// more than the data; percentages whole below 100 cases, else with one decimal.
    #[default]
    Data,
    /// A fixed number of decimals for every number, and for every percentage. R tableone 0.13 prints
    /// 2 and 1, Python tableone 0.9 and finalfit 1.1 print 1 and 1, arsenal 3.7 prints 3 and 1.
    /// Checked: tables of those tools, tests in tables/style/tests.rs.
    Fixed {
        /// Of means, quantiles, values and their spread.
        values: u32,
        /// Of percentages.
        percentages: u32,
    },
    /// cards 0.9: one decimal, but none for a count, and for an observed value of a column of whole numbers, which is an
    /// integer of R: `min()`, `max()`, a quantile at or between equal values, the median of an odd number of values.
    Cards,
    /// gtsummary 2: numbers by the variable: whole for a variable of whole numbers, else by the
    /// spread p95 − p5 (type 7) of all its values: 4 decimals below 0.01, 3 below 0.1, 2 below
    /// 10, 1 below 20, else none. Percentages: none from 10, one from 0.1, `<0.1` below, and `0`.
    /// Reference: ddsjoberg/gtsummary R/assign_summary_digits.R, R/style_percent.R
    /// Checked: `style_percent` in the tests of gtsummary, its README.
    Gtsummary,
    /// table1 1.5 of R: three significant digits of x·(1 + 10^-6), of whole numbers too (12345
    /// is 12300), zeros kept; percentages with one decimal of p + 10^-4, but `0` and `100`.
    /// Reference: benjaminrich/table1 R/table1.R, signif_pad and round_pad
    /// Checked: `signif_pad` in R 4.2.2, tests/oracle/rounding_r.csv; its vignette.
    Table1,
    /// Seven decimals below 1000, two from there, as D12.3 of SAS; percentages with two.
    Sas,
    /// In addition to the decimals of the data: two for a mean or a quantile, three for an SD, none for
    /// minimum and maximum; percentages with one.
    Spss,
}

/// How a difference between two groups is computed and printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DifferenceForm {
    /// As the program does where a tool has no form of its own.
    #[default]
    Own,
    /// `add_difference()` of gtsummary 2: proportions by `prop.test()`, `-4.2% (-18%, 9.9%)`; two decimals below 1, one
    /// below 10, else none.
    Gtsummary,
}

/// Which levels of a variable with two are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TwoLevels {
    /// Both.
    Both,
    /// Only `yes`, 1 or `true` of a yes-or-no variable, in the row of the variable.
    OnlyYes,
    /// Only the second in order, in the row of the variable.
    OnlySecond,
}

/// How cases without a value are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Not at all.
    Hidden,
    /// By a row above the others, where any case of any group has no value.
    First(PresetRow),
    /// By a row below the others, where any case of any group has no value.
    Last(PresetRow),
    /// As a level of that name; the denominator is then all cases.
    Level(&'static str),
    /// By a column of that name, counted over all cases.
    Column(&'static str),
}

/// How cases without a group are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingGroup {
    /// They are left out, also from the column of all cases.
    Dropped,
    /// They are in the column of all cases only.
    OnlyOverall,
    /// The tool refuses them.
    Refused,
}

/// Which test belongs to which variable, and how p is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tests {
    /// Of a number between two groups.
    pub two_groups: NumberTest,
    /// Of a number between more groups.
    pub more_groups: NumberTest,
    /// Of a category.
    pub category: CategoryTest,
    /// How p is printed.
    pub p_value: PValue,
    /// Its standardised mean difference; none where the program's own is taken.
    pub smd: Option<SmdForm>,
}

/// How a tool computes and prints a standardised mean difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmdForm {
    /// How it is printed.
    pub printed: PValue,
    /// True where numbers that are all the same differ by 0, false where the tool has no number for 0/0.
    pub same_is_zero: bool,
    /// What the tool prints where nothing can be estimated, for the footnote.
    pub without_estimate: &'static str,
}

/// A test of a number between groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberTest {
    /// Wilcoxon-Mann-Whitney; exact below 50 values a group without ties, else normal with the
    /// correction for continuity: `wilcox.test()` of R.
    RankSum,
    /// Kruskal-Wallis, chi-squared.
    KruskalWallis,
    /// Welch's t.
    WelchT,
    /// One-way analysis of variance with equal variances; Student's t for two groups.
    Anova,
}

/// A test of a category between groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CategoryTest {
    /// Pearson's chi-squared without correction.
    Pearson,
    /// Without correction; Fisher's exact test where an expected count is below 5.
    PearsonOrFisher,
    /// With Yates' correction in a table of two by two.
    Yates,
    /// With Yates' correction; Fisher's exact test in a table of two by two where an expected
    /// count or a group is below 5. What is not reported is a level of its own.
    YatesOrFisher,
}

/// How a p-value is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PValue {
    /// `>0.9` above 0.9; one decimal where that rounds to 0.2 or more, two where that rounds to
    /// 0.1 or more, three from 0.001, else `<0.001`.
    Gtsummary,
    /// Three decimals; this mark where p < 0.001.
    MarkedBelow(&'static str),
    /// Three decimals; this mark where they would be 0.000, so that 0.0006 is 0.001.
    MarkedAsZero(&'static str),
}

/// A rule by which a tool reads a column of numbers as another kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindRule {
    /// Which columns.
    pub when: KindCondition,
    /// The kind, a word of `--kind`.
    pub kind: &'static str,
}

/// The condition of a rule, on the values of a column of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KindCondition {
    /// It contains only 0 and 1.
    ZeroAndOne,
    /// It contains fewer different values than this.
    FewerDistinct(u64),
    /// Its different values are less than one in this many of its values.
    DistinctLessThanOneIn(u64),
}

impl KindCondition {
    /// True for a column with these numbers of values and of distinct values, and of 0 and 1 only or not.
    pub fn holds(self, values: u64, distinct: u64, zero_and_one: bool) -> bool {
        match self {
            KindCondition::ZeroAndOne => zero_and_one,
            KindCondition::FewerDistinct(limit) => distinct > 0 && distinct < limit,
            KindCondition::DistinctLessThanOneIn(share) => distinct > 0 && distinct.saturating_mul(share) < values,
        }
    }
}

#[cfg(test)]
mod tests;
