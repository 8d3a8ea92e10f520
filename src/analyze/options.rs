//! The conventions a user can choose, and the variables to analyse.

use super::denominator::Denominator;
use super::like::{Arithmetic, DifferenceForm, Like, Tests};
use super::results::Rate;
use super::statistic::Statistic;
use super::test::{Test, TestStatistics};
use crate::decimal::{Decimal, Rounding};
use crate::schema::Variable;
use crate::stats::adjust::Adjustment;
use crate::stats::odds::OddsRatioMethod;
use crate::stats::proportion::IntervalMethod;
use crate::stats::quantile::QuantileType;
use crate::words::words;

words! {
    /// In which direction percentages add to 100.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum Percent: "direction of percentages" {
        /// Of the cases of a column.
        #[default]
        Column = "column",
        /// Of the cases with the level, over the groups.
        Row = "row",
        /// Of the cases of all groups.
        Cell = "cell",
    }
}

words! {
    /// The order of levels.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum LevelOrder: "order of levels" {
        /// As the schema lists them, then the most frequent first.
        #[default]
        Schema = "schema",
        /// The most frequent first.
        Frequency = "frequency",
        /// By name, numbers in it as numbers.
        Natural = "natural",
        /// As the schema lists them, then by name.
        SchemaNatural = "schema-natural",
    }
}

/// A share that is compared with a reference.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareAgainst {
    /// The variable.
    pub variable: String,
    /// The level; none of a response rate.
    pub level: Option<String>,
    /// The response rate.
    pub rate: Option<Rate>,
    /// The reference, between 0 and 1.
    pub reference: Decimal,
}

/// The comparisons between the groups.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparisons {
    /// Tests.
    pub tests: bool,
    /// The tests chosen for variables or kinds; the automatic one for all others.
    pub chosen: Vec<(String, Test)>,
    /// The automatic tests of the tool whose conventions are used.
    pub automatic: Option<Tests>,
    /// The adjustment of p-values for multiple testing.
    pub adjustment: Option<Adjustment>,
    /// Differences between two groups with their intervals.
    pub differences: bool,
    /// The level of the group that is subtracted; none where the order of the groups and their words decide.
    pub reference: Option<String>,
    /// How differences are computed and printed.
    pub difference_form: DifferenceForm,
    /// Standardised mean differences.
    pub smd: bool,
    /// Odds ratios of two groups.
    pub odds_ratio: Option<OddsRatioMethod>,
    /// Risk ratios of two groups.
    pub risk_ratio: bool,
    /// The ratio of the rates of two groups.
    pub rate_ratio: bool,
}

impl Comparisons {
    /// True where something is compared.
    pub fn any(&self) -> bool {
        self.tests || self.differences || self.smd || self.odds_ratio.is_some() || self.risk_ratio || self.rate_ratio
    }
}

/// The conventions a user can choose, and what is analysed.
///
/// ```
/// use calc_series::{Like, Options};
///
/// let mut options = Options::like(Like::Gtsummary);
/// options.vars = vec!["age".to_owned()];
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// The tool whose conventions are used.
    pub like: Option<Like>,
    /// Type of the quantiles.
    pub quantile: QuantileType,
    /// The arithmetic of the quantiles.
    pub arithmetic: Arithmetic,
    /// How ties are rounded where a number is printed.
    pub rounding: Rounding,
    /// Interval of a proportion.
    pub interval: IntervalMethod,
    /// Its confidence level.
    pub conf_level: f64,
    /// Denominator of a percentage.
    pub denominator: Denominator,
    /// Direction of percentages by group.
    pub percent: Percent,
    /// Order of levels.
    pub level_order: LevelOrder,
    /// Levels that come last, in this order.
    pub last: Vec<String>,
    /// Names of the variables that are shown; empty for all.
    pub vars: Vec<String>,
    /// Names of the variables that are not shown.
    pub exclude: Vec<String>,
    /// Counts of fewer cases are masked.
    pub(crate) suppress_below: Option<u64>,
    /// The comparisons between the groups.
    pub comparisons: Comparisons,
    /// Statistics that are computed only on request.
    pub on_request: Vec<Statistic>,
    /// Shares that are compared with a reference.
    pub against: Vec<ShareAgainst>,
    /// Tests of changes within patients, by the name of the variable.
    pub paired_tests: Vec<(String, Test)>,
    /// Most levels of a variable that have results of their own: the most frequent, and those that the schema declares.
    pub most_levels: usize,
    /// Most levels of a variable with shares: of those behind them in the order, there is only the number of cases.
    pub most_shares: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            like: None,
            quantile: QuantileType::default(),
            arithmetic: Arithmetic::default(),
            rounding: Rounding::default(),
            interval: IntervalMethod::default(),
            conf_level: 0.95,
            denominator: Denominator::default(),
            percent: Percent::default(),
            level_order: LevelOrder::default(),
            last: Vec::new(),
            vars: Vec::new(),
            exclude: Vec::new(),
            suppress_below: None,
            comparisons: Comparisons::default(),
            on_request: Vec::new(),
            against: Vec::new(),
            paired_tests: Vec::new(),
            most_levels: usize::MAX,
            most_shares: usize::MAX,
        }
    }
}

impl Options {
    /// The conventions of a tool; the program's own where it has none.
    pub fn like(like: Like) -> Options {
        let preset = like.preset();
        let own = Options::default();
        Options {
            like: Some(like),
            quantile: preset.quantile_type(),
            arithmetic: preset.arithmetic,
            rounding: preset.rounding,
            interval: preset.interval.and_then(|word| word.parse().ok()).unwrap_or(own.interval),
            denominator: preset.denominator,
            level_order: LevelOrder::SchemaNatural,
            comparisons: Comparisons {
                automatic: preset.tests,
                difference_form: preset.difference,
                ..Comparisons::default()
            },
            ..own
        }
    }

    /// The statistics that are computed of a variable on request: those that are named, and those of its own test.
    pub fn requested_of(&self, name: &str) -> Vec<Statistic> {
        let own = self.paired_tests.iter().filter(|(tested, _)| tested == name);
        let of_tests = own.filter_map(|(_, test)| test.statistics()).flat_map(TestStatistics::all);
        let mut all = self.on_request.clone();
        for statistic in of_tests {
            if !all.contains(&statistic) {
                all.push(statistic);
            }
        }
        all
    }

    /// True for a variable that is analysed.
    pub fn shows(&self, variable: &Variable) -> bool {
        let named = |names: &[String]| names.iter().any(|name| *name == variable.name || *name == variable.header);
        (self.vars.is_empty() || named(&self.vars)) && !named(&self.exclude)
    }
}
