//! Comparisons between groups, only on request: tests, differences, standardised differences.
//!
//! A test of a case series describes and does not prove: each p-value is reported with the name of its test and the
//! smallest p that groups of these sizes can give.

mod as_tool;
mod levels;
mod numbers;
mod test;

pub use test::Test;

use super::group;
use super::method::Method;
use super::part::Part;
use super::reason::Reason;
use super::results::{Context, Results, Value};
use super::rows::Rows;
use super::statistic::Statistic;
use super::{Options, shown};
use crate::schema::{Role, Variable};
use crate::stats::adjust::adjusted;
use crate::stats::hypothesis::{DegreesOfFreedom, TestResult};
use crate::stats::proportion::Difference;
use crate::tally::{Cohort, CohortGroup, CohortVariable, Counts};

/// Appends the comparisons of every variable; none where groups overlap or fewer than two are reported.
pub(super) fn compare(results: &mut Results, cohort: &Cohort, options: &Options) {
    let overlaps = cohort.grouping.as_ref().is_none_or(|grouping| grouping.overlaps);
    let groups: Vec<&CohortGroup> = reported(cohort, options);
    if !options.comparisons.any() || overlaps || groups.len() < 2 {
        return;
    }
    let by = group::by(cohort);
    let mut found: Vec<VariableComparison> = Vec::new();
    for (place, column) in shown(cohort, options).filter(|(_, column)| !by.contains(&&column.variable)) {
        let counts: Vec<&Counts> =
            groups.iter().filter_map(|group| group.columns.get(place)).map(|(counts, _)| counts).collect();
        found.extend(of_variable(column, &counts, options));
    }
    adjust(&mut found, options);
    let mut part = Part::comparison(results, options);
    found.iter().for_each(|compared| compared.push(&mut part));
}

/// The groups that are reported, in the order of the columns.
fn reported<'c>(cohort: &'c Cohort, options: &Options) -> Vec<&'c CohortGroup> {
    let groups = group::ordered(cohort, options).into_iter().map(|(_, group)| group);
    groups.filter(|group| group.levels.iter().all(Option::is_some)).collect()
}

/// The result of comparing the groups in a variable, or in one of its items.
#[derive(Debug, Default)]
struct VariableComparison {
    variable: String,
    level: Option<String>,
    unit: Option<String>,
    decimals: u8,
    /// None where no test is asked for.
    test: Option<Result<TestResult, Reason>>,
    /// The smallest p that exact tests of these group sizes can give.
    smallest: Option<f64>,
    adjusted: Option<f64>,
    smd: Option<f64>,
    /// By level, with the name of the method: differences of proportions, or one of means.
    differences: Vec<(Option<String>, Option<Difference>)>,
    difference_method: Option<Method>,
    /// Why there is no difference and no standardised difference, where it is known.
    no_difference: Option<Reason>,
}

fn of_variable(column: &CohortVariable, counts: &[&Counts], options: &Options) -> Vec<VariableComparison> {
    let variable = &column.variable;
    match &column.counts {
        Counts::Number(_) => {
            let groups = counts.iter().filter_map(|counts| if let Counts::Number(n) = counts { Some(n) } else { None });
            vec![numbers::compare(variable, &groups.collect::<Vec<_>>(), options)]
        }
        Counts::Levels(all) if all.beyond == 0 => {
            let groups = counts.iter().filter_map(|counts| if let Counts::Levels(l) = counts { Some(l) } else { None });
            vec![levels::compare(variable, all, &groups.collect::<Vec<_>>(), options)]
        }
        Counts::Set(all) if all.beyond == 0 => {
            let groups = counts.iter().filter_map(|counts| if let Counts::Set(s) = counts { Some(s) } else { None });
            levels::compare_items(variable, all, &groups.collect::<Vec<_>>(), options)
        }
        Counts::Lines(_) if options.comparisons.tests => vec![lines(variable)],
        _ => Vec::new(),
    }
}

/// Treatment lines are not independent, because a case can have several: there is no test.
fn lines(variable: &Variable) -> VariableComparison {
    VariableComparison {
        variable: variable.name.clone(),
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
    fn push(&self, part: &mut Part<'_>) {
        let options = part.options;
        let mut rows = Rows::new(part, &self.variable).in_unit(self.unit.as_deref(), self.decimals);
        let level = self.level.as_deref();
        if let Some(test) = &self.test {
            let method = test.as_ref().ok().map(|test| Method::Test(test.method));
            let real = |value: Option<f64>| value.map(Value::Real);
            if let Ok(test) = test {
                let statistic = real(test.statistic.map(|statistic| statistic.value));
                rows.compared(level, Statistic::TestStatistic, statistic, method);
                let (first, second) = match test.df {
                    DegreesOfFreedom::None => (None, None),
                    DegreesOfFreedom::One(df) => (Some(df), None),
                    DegreesOfFreedom::Two { numerator, denominator } => (Some(numerator), Some(denominator)),
                };
                rows.compared(level, Statistic::DegreesOfFreedom, real(first), method);
                rows.compared(level, Statistic::DenominatorFreedom, real(second), method);
            }
            let p = test.as_ref().map_or_else(|why| Value::NotEstimable(why.clone()), |test| Value::Real(test.p));
            rows.compared(level, Statistic::PValue, Some(p), method);
            rows.compared(level, Statistic::SmallestP, real(self.smallest), method);
            let by = options.comparisons.adjustment.map(Method::Adjustment);
            rows.compared(level, Statistic::AdjustedP, real(self.adjusted), by);
        }
        if options.comparisons.smd {
            let none = || self.no_difference.clone().unwrap_or(Reason::GroupWithoutSpread);
            let smd = self.smd.map_or_else(|| Value::NotEstimable(none()), Value::Real);
            rows.compared(level, Statistic::Smd, Some(smd), Some(Method::Smd));
        }
        for (level, difference) in &self.differences {
            let difference = difference.ok_or_else(|| self.no_difference.clone().unwrap_or(Reason::GroupTooSmall));
            rows.difference(level.as_deref(), difference, self.difference_method);
        }
    }
}

/// The footnotes of a table with comparisons.
pub fn notes(cohort: &Cohort, options: &Options, results: &Results) -> Vec<String> {
    let mut notes = Vec::new();
    if options.comparisons.differences || options.comparisons.smd {
        notes.extend(of_differences(results));
    }
    let tests = results.iter().filter(|row| row.context == Context::Test && row.statistic == Statistic::PValue);
    let count = tests.filter(|row| matches!(row.value, Value::Real(_))).count();
    if options.comparisons.tests && count > 0 {
        notes.push(match options.comparisons.adjustment {
            Some(adjustment) => format!("Tests: {count}; p-values adjusted for multiple testing: {}.", adjustment.name()),
            None => {
                format!(
                    "Tests: {count}; p-values not adjusted for multiple testing; exploratory, no prespecified hypothesis."
                )
            }
        });
        notes.extend(of_groups(cohort).map(str::to_owned));
    }
    notes
}

/// The methods and the direction of the differences.
fn of_differences(results: &Results) -> Option<String> {
    let mut methods: Vec<Method> = Vec::new();
    for method in results.iter().filter(|row| row.context == Context::Difference).filter_map(|row| row.method) {
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    (!methods.is_empty()).then(|| {
        format!(
            "Differences are first group minus second group: {}.",
            methods.iter().map(Method::to_string).collect::<Vec<_>>().join("; ")
        )
    })
}

/// Warns of groups for which a p-value is easily misread: those of an outcome or a treatment.
fn of_groups(cohort: &Cohort) -> impl Iterator<Item = &'static str> {
    let by = group::by(cohort);
    let is = |roles: &[Role]| by.iter().any(|variable| roles.contains(&variable.role));
    let outcome = "The groups are defined by the outcome: a p-value compares patients with different outcomes and does \
                   not test an effect.";
    let treatment =
        "The groups are defined by the treatment, which was not randomised: a p-value does not test an effect.";
    let notes = [(is(&[Role::Outcome, Role::Response]), outcome), (is(&[Role::Treatment]), treatment)];
    notes.into_iter().filter(|(is_so, _)| *is_so).map(|(_, note)| note)
}
