//! What the user asked tables to show, held against a cohort once its variables and levels are known.

use crate::analyze::compare::Test;
use crate::analyze::like::{DigitsPolicy, Like, MissingGroup};
use crate::analyze::{Denominator, LevelOrder, Options};
use crate::decimal::Rounding;
use crate::error::Error;
use crate::schema::Kind;
use crate::stats::proportion::IntervalMethod;
use crate::stats::quantile::QuantileType;
use crate::tables::digits::DigitsOption;
use crate::tables::shown::{Overall, TableOptions};
use crate::tables::stat_rules::{StatOption, StatRules};
use crate::tables::style::decimals_by_spread;
use crate::tally::{Cohort, CohortVariable, Counts};

/// What the user asked for. What is none is as the tool of `like` has it, else the program's own.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The tool whose conventions are taken over.
    pub like: Option<Like>,
    /// What is analysed, and what no tool has a convention of.
    pub options: Options,
    /// Type of the quantiles.
    pub quantile: Option<QuantileType>,
    /// Interval of a proportion.
    pub interval: Option<IntervalMethod>,
    /// Its confidence level.
    pub conf_level: Option<f64>,
    /// Denominator of a percentage.
    pub denominator: Option<Denominator>,
    /// Order of levels.
    pub level_order: Option<LevelOrder>,
    /// Rows of statistics.
    pub stats: Vec<StatOption>,
    /// Digits.
    pub digits: Vec<DigitsOption>,
    /// The one level shown of a variable.
    pub value: Vec<(String, String)>,
    /// What becomes of ties.
    pub rounding: Option<Rounding>,
    /// Where the column of all cases stands.
    pub overall: Option<Overall>,
    /// Counts of fewer cases are masked.
    pub suppress_below: Option<u64>,
    /// Nothing that leads to a case is shown.
    pub deidentify: bool,
    /// Levels of a variable shown in tables.
    pub most_levels: Option<usize>,
}

impl Asked {
    /// The conventions and the tables of a cohort.
    ///
    /// Errors: names that are no variable, no level or no statistic, with the nearest that is.
    pub fn of(&self, cohort: &Cohort) -> Result<(Options, TableOptions), Error> {
        let mut options = self.conventions();
        for name in options.vars.iter_mut().chain(options.exclude.iter_mut()) {
            *name = variable(name, cohort)?.variable.name.clone();
        }
        let kinds: Vec<_> = cohort.variables.iter().map(|v| (v.variable.name.as_str(), v.variable.kind)).collect();
        let names: Vec<&str> = kinds.iter().map(|(name, _)| *name).collect();
        let stats = StatRules::resolve(&self.stats, &kinds)?;
        ensure_tests_fit(&mut options, cohort)?;
        let rules = self.digits.iter().map(|digits| digits.resolve(&names)).collect::<Result<_, _>>()?;
        let value = self.value.iter().map(|(name, level)| one_level(name, level, cohort)).collect::<Result<_, _>>()?;
        let mut shown = TableOptions::new(&options);
        (shown.style.rules, shown.stats, shown.value) = (rules, stats, value);
        shown.overall = self.overall.unwrap_or(shown.overall);
        shown.most_levels = self.most_levels.unwrap_or(shown.most_levels);
        shown.shows_intervals |= self.interval.is_some() || self.conf_level.is_some();
        if shown.style.policy == DigitsPolicy::Gtsummary {
            shown.style.by_spread = decimals_by_spread(cohort);
        }
        for statistic in shown.statistics() {
            if statistic.is_on_request() && !options.on_request.contains(&statistic) {
                options.on_request.push(statistic);
            }
        }
        Ok((options, shown))
    }

    /// The conventions: those asked for, else those of the tool, else the program's own.
    fn conventions(&self) -> Options {
        let as_tool = self.like.map_or_else(Options::default, Options::like);
        let mut options = Options {
            like: self.like,
            quantile: self.quantile.unwrap_or(as_tool.quantile),
            arithmetic: as_tool.arithmetic,
            rounding: self.rounding.unwrap_or(as_tool.rounding),
            interval: self.interval.unwrap_or(as_tool.interval),
            conf_level: self.conf_level.unwrap_or(as_tool.conf_level),
            denominator: self.denominator.unwrap_or(as_tool.denominator),
            level_order: self.level_order.unwrap_or(as_tool.level_order),
            suppress_below: self.suppress_below,
            ..self.options.clone()
        };
        options.comparisons.automatic = as_tool.comparisons.automatic;
        options
    }

    /// True where the tool leaves out cases whose group is not reported.
    pub fn leaves_out_unreported_groups(&self) -> bool {
        self.like.is_some_and(|like| like.preset().missing_group == MissingGroup::Dropped)
    }
}

/// A test of numbers is of number columns, a test of levels of columns with levels, and two groups are two.
fn ensure_tests_fit(options: &mut Options, cohort: &Cohort) -> Result<(), Error> {
    let groups = cohort.grouping.iter().flat_map(|grouping| &grouping.groups);
    let groups = groups.filter(|group| group.cases > 0 && group.levels.iter().all(Option::is_some)).count();
    if options.comparisons.differences && groups != 2 {
        let message = format!("--difference is of two groups, and there are {groups}");
        return Err(Error::usage_with(message, "keep two with --where, or take --tests or --smd"));
    }
    for (target, test) in &mut options.comparisons.chosen {
        let is_of_numbers = match target.parse::<Kind>() {
            Ok(kind) => kind == Kind::Number,
            Err(_) => {
                let column = variable(target, cohort)?;
                target.clone_from(&column.variable.name);
                column.variable.kind == Kind::Number
            }
        };
        if is_of_numbers != test.is_of_numbers() {
            let what = if test.is_of_numbers() { "numbers" } else { "levels" };
            let remedy = if is_of_numbers {
                "mann-whitney, kruskal-wallis, welch, t, anova"
            } else {
                "fisher, chi-squared, chi-squared-corrected, trend"
            };
            let message = format!("{test} is a test of {what}, and {target} has none");
            return Err(Error::usage_with(message, format!("one of {remedy}")));
        }
        if matches!(test, Test::MannWhitney | Test::Welch | Test::StudentT) && groups > 2 {
            let message = format!("{test} is a test of two groups, and there are {groups}");
            return Err(Error::usage_with(message, "kruskal-wallis or anova"));
        }
    }
    Ok(())
}

/// The variable of a name or header.
fn variable<'c>(name: &str, cohort: &'c Cohort) -> Result<&'c CohortVariable, Error> {
    let found = cohort.variables.iter().find(|v| v.variable.name == name || v.variable.header == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = cohort.variables.iter().map(|v| v.variable.name.as_str()).collect();
        let all = || format!("the variables are: {}", names.join(", "));
        Error::unknown(format!("there is no variable '{name}'"), name, &names, all)
    })
}

/// The variable and the level that is shown of it.
fn one_level(name: &str, level: &str, cohort: &Cohort) -> Result<(String, String), Error> {
    let column = variable(name, cohort)?;
    let variable = &column.variable;
    let counted: Vec<&String> = match &column.counts {
        Counts::Levels(counts) => counts.levels.keys().collect(),
        Counts::Set(counts) => counts.items.keys().collect(),
        _ => {
            let message = format!("'{name}' is a {} column: it has no levels", variable.kind);
            return Err(Error::usage_with(message, "name a category, a yes-or-no or a set column"));
        }
    };
    let declared = variable.levels.iter().map(|level| &level.value);
    let mut levels: Vec<&str> = declared.chain(counted).map(String::as_str).collect();
    levels.dedup();
    if levels.contains(&level) {
        return Ok((variable.name.clone(), level.to_owned()));
    }
    levels.truncate(12);
    let all = || format!("its levels are: {}", levels.join(", "));
    Err(Error::unknown(format!("{name} has no level '{level}'"), level, &levels, all))
}
