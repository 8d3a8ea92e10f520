//! Comparisons between groups, only on request: tests, differences, standardised differences.
//!
//! A test of a case series describes and does not prove: each p-value is reported with the name of its test, and an exact
//! one with the smallest p that the margins allow.

mod as_tool;
mod groups;
mod levels;
mod notes;
mod numbers;
mod ratios;

pub use groups::{of_column as scores_of, scores as scores_of_groups};
pub use notes::{contrast_of, notes};

use super::contrast::Contrast;
use super::group;
use super::method::Method;
use super::part::PartStatistics;
use super::reason::Reason;
use super::results::{ResultTable, Results, Value};
use super::rows::Rows;
use super::scores::Scores;
use super::statistic::Statistic;
use super::test::Test;
use super::{Comparisons, Options, shown, survival};
use crate::schema::Variable;
use crate::stats::adjust::adjusted;
use crate::stats::hypothesis::{DegreesOfFreedom, TestResult};
use crate::stats::proportion::Difference;
use crate::tally::{Cohort, CohortVariable, Counts, EventTimes};
use groups::ComparedGroups;
use ratios::{GroupRatio, of_rates};
use std::sync::Arc;

/// Appends the comparisons of every variable; none where groups overlap or fewer than two are reported.
pub(super) fn compare(results: &mut Results, cohort: &Cohort, options: &Options) {
    let overlaps = cohort.grouping.as_ref().is_none_or(|grouping| grouping.overlaps);
    if !options.comparisons.any() || overlaps {
        return;
    }
    let groups = ComparedGroups::of(cohort, options);
    if groups.of_cohort.len() < 2 {
        return;
    }
    let by = group::by(cohort);
    let mut found: Vec<VariableComparison> = Vec::new();
    // Times to an event are compared by their curves.
    let is_of_curve = |place| cohort.survival.as_ref().is_some_and(|counts| counts.variable == place);
    let is_compared =
        |(place, column): &(usize, &CohortVariable)| !by.contains(&&column.variable) && !is_of_curve(*place);
    for (place, column) in shown(cohort, options).filter(is_compared) {
        let counts: Vec<&Counts> =
            groups.of_cohort.iter().filter_map(|group| group.columns.get(place)).map(|(counts, _)| counts).collect();
        found.extend(of_variable(column, &counts, &groups));
    }
    found.extend(of_survival(cohort, &groups));
    adjust(&mut found, options);
    let mut part = PartStatistics::comparison(results, options);
    found.iter().for_each(|compared| compared.push(&mut part, groups.contrast.as_ref()));
}

/// The result of comparing the groups in a variable, or in one of its items.
#[derive(Debug, Default)]
struct VariableComparison {
    /// None where the times to an event are compared.
    variable: Option<String>,
    level: Option<String>,
    unit: Option<String>,
    decimals: u8,
    /// None where no test is asked for.
    test: Option<Result<TestResult, Reason>>,
    /// The scores of a test for trend.
    scores: Option<Arc<Scores>>,
    adjusted: Option<f64>,
    smd: Option<f64>,
    /// By level, with the name of the method: differences of proportions, or one of means.
    differences: Vec<(Option<String>, Result<Difference, Reason>)>,
    difference_method: Option<Method>,
    ratios: Vec<GroupRatio>,
    /// Why there is no standardised difference, where it is known.
    no_difference: Option<Reason>,
}

fn of_variable(column: &CohortVariable, counts: &[&Counts], compared: &ComparedGroups<'_>) -> Vec<VariableComparison> {
    let variable = &column.variable;
    match &column.counts {
        Counts::Number(_) => {
            let groups = counts.iter().filter_map(|counts| if let Counts::Number(n) = counts { Some(n) } else { None });
            vec![numbers::compare(variable, &groups.collect::<Vec<_>>(), compared)]
        }
        Counts::Levels(all) if all.beyond == 0 => {
            let groups = counts.iter().filter_map(|counts| if let Counts::Levels(l) = counts { Some(l) } else { None });
            vec![levels::compare(variable, all, &groups.collect::<Vec<_>>(), compared)]
        }
        Counts::Set(all) if all.beyond == 0 => {
            let groups = counts.iter().filter_map(|counts| if let Counts::Set(s) = counts { Some(s) } else { None });
            levels::compare_items(variable, all, &groups.collect::<Vec<_>>(), compared)
        }
        Counts::Lines(_) if compared.options.comparisons.tests => vec![lines(variable)],
        _ => Vec::new(),
    }
}

/// The log-rank test and the ratio of the rates, where times to an event and these are requested.
fn of_survival(cohort: &Cohort, groups: &ComparedGroups<'_>) -> Option<VariableComparison> {
    let Comparisons { tests, rate_ratio, chosen, .. } = groups.comparisons();
    let counts = survival::requested(cohort, groups.options).filter(|_| *tests || *rate_ratio)?;
    let times: Vec<&EventTimes> = groups.of_cohort.iter().map(|group| &group.times).collect();
    let is_exact = chosen.iter().any(|(_, test)| *test == Test::LogRankExact);
    let test = tests.then(|| survival::test(counts, &times, is_exact));
    let rates: Option<Vec<_>> = times.iter().map(|times| survival::events_and_time(counts, times)).collect();
    let rates = rates.filter(|_| *rate_ratio).unwrap_or_default();
    let ratios = groups.pair(&rates).map(|pair| of_rates(pair, groups.options.conf_level)).into_iter().collect();
    Some(VariableComparison { test, ratios, ..VariableComparison::default() })
}

/// Treatment lines are not independent, because a case can have several: there is no test.
fn lines(variable: &Variable) -> VariableComparison {
    VariableComparison {
        variable: Some(variable.name.clone()),
        test: Some(Err(Reason::DependentLines)),
        ..VariableComparison::default()
    }
}

/// Adjusts every p for the number of tests that gave one.
fn adjust(found: &mut [VariableComparison], options: &Options) {
    let Some(adjustment) = options.comparisons.adjustment else { return };
    let ps: Vec<Option<f64>> =
        found.iter().map(|compared| compared.test.as_ref()?.as_ref().ok().map(|test| test.p)).collect();
    for (compared, p) in found.iter_mut().zip(adjusted(&ps, adjustment)) {
        compared.adjusted = p;
    }
}

impl VariableComparison {
    fn table(&self) -> ResultTable<&str> {
        self.variable.as_deref().map_or(ResultTable::Survival, ResultTable::Own)
    }

    fn push(&self, part: &mut PartStatistics<'_>, contrast: Option<&Arc<Contrast>>) {
        let options = part.options;
        let mut rows = Rows::of(part, self.table()).in_unit(self.unit.as_deref(), self.decimals);
        let level = self.level.as_deref();
        if let Some(test) = &self.test {
            let named = |test: &TestResult| self.scores.clone().map_or(Method::Test(test.method), Method::Trend);
            let method = test.as_ref().ok().map(named);
            let real = |value: Option<f64>| value.map(Value::Real);
            if let Ok(test) = test {
                let statistic = real(test.statistic.map(|statistic| statistic.value));
                rows.compared(level, Statistic::TestStatistic, statistic, method.clone());
                let (first, second) = match test.df {
                    DegreesOfFreedom::None => (None, None),
                    DegreesOfFreedom::One(df) => (Some(df), None),
                    DegreesOfFreedom::Two { numerator, denominator } => (Some(numerator), Some(denominator)),
                };
                rows.compared(level, Statistic::DegreesOfFreedom, real(first), method.clone());
                rows.compared(level, Statistic::DenominatorFreedom, real(second), method.clone());
            }
            let p = test.as_ref().map_or_else(|why| Value::NotEstimable(why.clone()), |test| Value::Real(test.p));
            rows.compared(level, Statistic::PValue, Some(p), method.clone());
            let smallest = test.as_ref().ok().and_then(|test| test.smallest_p);
            let smallest = smallest.map(|p| p.map_or_else(|why| Value::NotEstimable(Reason::NoTest(why)), Value::Real));
            rows.compared(level, Statistic::SmallestP, smallest, method);
            let by = options.comparisons.adjustment.map(Method::Adjustment);
            rows.compared(level, Statistic::AdjustedP, real(self.adjusted), by);
        }
        if options.comparisons.smd {
            let none = || self.no_difference.clone().unwrap_or(Reason::GroupWithoutSpread);
            let smd = self.smd.map_or_else(|| Value::NotEstimable(none()), Value::Real);
            rows.compared(level, Statistic::Smd, Some(smd), Some(Method::Smd));
        }
        for (level, difference) in &self.differences {
            rows.difference(level.as_deref(), (difference.clone(), self.difference_method.clone()), contrast);
        }
        self.ratios.iter().for_each(|ratio| ratio.push(&mut rows, contrast));
    }
}
