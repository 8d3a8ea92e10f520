//! What the user wants tables to show, resolved once the variables and levels of the cohort are known.

mod against;
mod change;
mod comparison;

use crate::analyze::like::{DigitsPolicy, Like, MissingGroup};
use crate::analyze::{Denominator, LevelOrder, Options};
use crate::cohort::cell::level_of_word;
use crate::decimal::Rounding;
use crate::error::Error;
use crate::schema::only_but_for_case;
use crate::stats::proportion::IntervalMethod;
use crate::stats::quantile::QuantileType;
use crate::tables::digits::DigitsOption;
use crate::tables::number_marks::Language;
use crate::tables::options::{Intervals, Overall, TableOptions};
use crate::tables::stat_rules::{StatOption, StatRules};
use crate::tables::style::decimals_by_spread;
use crate::tally::{Cohort, CohortVariable, Counts};
use crate::words::Word;
use std::borrow::Cow;

/// What the user requested. `None` means the convention of the tool of `like`, else the default.
#[derive(Debug, Clone, Default)]
pub struct TableRequest {
    /// The tool whose conventions are used.
    pub like: Option<Like>,
    /// What is analysed, and options for which tools have no convention.
    pub options: Options,
    /// Type of the quantiles.
    pub quantile: Option<QuantileType>,
    /// Interval of a proportion.
    pub interval: Option<IntervalMethod>,
    /// Confidence level.
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
    /// How ties are rounded.
    pub rounding: Option<Rounding>,
    /// Position of the column of all cases.
    pub overall: Option<Overall>,
    /// Counts of fewer cases are masked.
    pub suppress_below: Option<u64>,
    /// Nothing that identifies a case is shown.
    pub deidentify: bool,
    /// Most levels of a variable shown in tables.
    pub most_levels: Option<usize>,
    /// Which intervals are shown.
    pub intervals: IntervalRequest,
    /// Shares are shown as counts.
    pub counts_only: bool,
    /// Shares to compare with a reference: `best_response=0.2`.
    pub against: Vec<String>,
    /// The language whose marks numbers have; none for those of the layout.
    pub language: Option<Language>,
}

/// What `--ci` takes: a method, or all intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalWord {
    /// Every interval, with the method of the program or of the tool.
    All,
    /// The name that other programs give to Clopper and Pearson's.
    Exact,
    /// A method.
    Method(IntervalMethod),
}

impl IntervalWord {
    /// The two words of its own, then every method.
    const ALL: [IntervalWord; 2 + IntervalMethod::ALL.len()] = {
        let mut all = [IntervalWord::All; 2 + IntervalMethod::ALL.len()];
        all[1] = IntervalWord::Exact;
        let mut at = 0;
        while at < IntervalMethod::ALL.len() {
            all[at + 2] = IntervalWord::Method(IntervalMethod::ALL[at]);
            at += 1;
        }
        all
    };

    /// The method it names; none where it names none.
    pub fn method(self) -> Option<IntervalMethod> {
        match self {
            IntervalWord::All => None,
            IntervalWord::Exact => Some(IntervalMethod::ClopperPearson),
            IntervalWord::Method(method) => Some(method),
        }
    }
}

impl Word for IntervalWord {
    const WHAT: &'static str = IntervalMethod::WHAT;
    const EVERY: &'static [IntervalWord] = &IntervalWord::ALL;

    fn as_word(self) -> &'static str {
        match self {
            IntervalWord::All => "all",
            IntervalWord::Exact => "exact",
            IntervalWord::Method(method) => method.word(),
        }
    }

    fn endings(self) -> &'static [&'static str] {
        &[]
    }
}

/// Which intervals the tables are to show, beyond those of the tool or of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IntervalRequest {
    /// Those of all levels.
    pub of_levels: bool,
    /// Those of means and medians.
    pub of_means: bool,
    /// None.
    pub none: bool,
}

impl TableRequest {
    /// The conventions and the table options for a cohort.
    ///
    /// Errors: names that are no variable, no level or no statistic, with the nearest that is.
    pub fn resolve(&self, cohort: &Cohort) -> Result<(Options, TableOptions), Error> {
        let mut options = self.conventions();
        for name in options.vars.iter_mut().chain(options.exclude.iter_mut()) {
            *name = variable(name, cohort)?.variable.name.clone();
        }
        let kinds: Vec<_> = cohort.variables.iter().map(|v| (v.variable.name.as_str(), v.variable.kind)).collect();
        let names: Vec<&str> = kinds.iter().map(|(name, _)| *name).collect();
        let stats = StatRules::resolve(&change::with_rows(&self.stats, cohort)?, &kinds)?;
        change::choose_tests(&mut options, cohort, variable)?;
        comparison::ensure_fits(&mut options, cohort, variable)?;
        options.against = against::resolve(&self.against, cohort, &options)?;
        let rules = self.digits.iter().map(|digits| digits.resolve(&names)).collect::<Result<_, _>>()?;
        let value = self.value.iter().map(|(name, level)| one_level(name, level, cohort)).collect::<Result<_, _>>()?;
        let mut shown = TableOptions::new(&options);
        (shown.style.rules, shown.stats, shown.value) = (rules, stats, value);
        shown.overall = self.overall.unwrap_or(shown.overall);
        shown.most_levels = self.most_levels.unwrap_or(shown.most_levels);
        shown.intervals = self.shown_intervals(shown.intervals);
        if self.counts_only {
            shown = shown.counts_only();
        }
        // A list of values would tell what de-identification hides, and has no place in a column a group.
        shown.condenses &= !self.deidentify && cohort.grouping.is_none();
        if shown.style.policy == DigitsPolicy::Gtsummary {
            shown.style.by_spread = decimals_by_spread(cohort);
        }
        if let Some(language) = self.language {
            shown = shown.in_language(language);
        }
        for statistic in shown.statistics() {
            if statistic.is_on_request() && !options.on_request.contains(&statistic) {
                options.on_request.push(statistic);
            }
        }
        Ok((options, shown))
    }

    /// The intervals requested, else those of the tool or of the program.
    fn shown_intervals(&self, own: Intervals) -> Intervals {
        let IntervalRequest { of_levels, of_means, none } = self.intervals;
        if none {
            return Intervals::NONE;
        }
        // Who names a method or a level wants to see intervals.
        let of_levels = of_levels || self.interval.is_some() || self.conf_level.is_some();
        let of_means = of_means || (of_levels && self.like.is_some());
        Intervals { of_outcomes: own.of_outcomes || of_levels, of_levels, of_means }
    }

    /// The conventions: those requested, else those of the tool, else the defaults.
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
        options.comparisons.difference_form = as_tool.comparisons.difference_form;
        options
    }

    /// True where something of the records is withheld.
    pub fn withholds(&self) -> bool {
        self.suppress_below.is_some() || self.deidentify
    }

    /// True where the tool excludes cases whose group is not reported.
    pub fn leaves_out_unreported_groups(&self) -> bool {
        self.like.is_some_and(|like| like.preset().missing_group == MissingGroup::Dropped)
    }
}

/// The variable with this name or header, or the only one that differs from it in capitals.
///
/// Errors: there is none; the nearest name is suggested.
fn variable<'c>(name: &str, cohort: &'c Cohort) -> Result<&'c CohortVariable, Error> {
    let found = cohort.variables.iter().find(|v| v.variable.name == name || v.variable.header == name);
    let by_case = || {
        let names = cohort.variables.iter().map(|v| v.variable.names());
        only_but_for_case(name, names).and_then(|at| cohort.variables.get(at))
    };
    found.or_else(by_case).ok_or_else(|| {
        let names: Vec<&str> = cohort.variables.iter().map(|v| v.variable.name.as_str()).collect();
        let all = || format!("possible values: {}", names.join(", "));
        Error::unknown(format!("there is no variable '{name}'"), name, &names, all)
    })
}

/// The name of the variable and the level to show.
///
/// Errors: an unknown variable, a variable without levels, and an unknown level.
fn one_level(name: &str, level: &str, cohort: &Cohort) -> Result<(String, String), Error> {
    let column = variable(name, cohort)?;
    let variable = &column.variable;
    let counted: Vec<&String> = match &column.counts {
        Counts::Levels(counts) => counts.levels.keys().collect(),
        Counts::Set(counts) => counts.items.keys().collect(),
        _ => {
            let message = format!("'{name}' is a {} column and has no levels", variable.kind);
            return Err(Error::usage_with(message, "use a category, binary or set column"));
        }
    };
    let declared = variable.levels.iter().map(|level| &level.value);
    let mut levels: Vec<&str> = declared.chain(counted).map(String::as_str).collect();
    levels.dedup();
    let meant = level_of_word(level, variable).unwrap_or(Cow::Borrowed(level));
    if let Some(level) = [level, &meant].into_iter().find(|level| levels.contains(level)) {
        return Ok((variable.name.clone(), level.to_owned()));
    }
    levels.truncate(12);
    let all = || format!("possible values: {}", levels.join(", "));
    Err(Error::unknown(format!("{name} has no level '{level}'"), level, &levels, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_has_its_word() {
        let of = |word| IntervalWord::from_word(word).ok().map(IntervalWord::method);
        assert_eq!([of("all"), of("exact")], [Some(None), Some(Some(IntervalMethod::ClopperPearson))]);
        for method in IntervalMethod::ALL {
            assert_eq!(IntervalWord::from_word(method.word()).ok().and_then(IntervalWord::method), Some(method));
        }
    }
}
