//! The footnotes of a table with comparisons.

use crate::analyze::Options;
use crate::analyze::contrast::Contrast;
use crate::analyze::group;
use crate::analyze::method::Method;
use crate::analyze::results::{Context, ResultRow, Results, Value};
use crate::analyze::statistic::Statistic;
use crate::analyze::test::Test;
use crate::schema::Role;
use crate::tally::Cohort;
use std::sync::Arc;

/// The footnotes of a table with comparisons and tests; `is_printed` is true for a result that a row of it was asked to show.
pub fn notes(
    cohort: &Cohort,
    options: &Options,
    results: &Results,
    is_printed: impl Fn(&ResultRow) -> bool,
) -> Vec<String> {
    let mut notes = Vec::new();
    if options.comparisons.differences || options.comparisons.smd {
        notes.extend(of_differences(results));
    }
    notes.extend(of_tool(options, results));
    notes.extend(of_ratios(results));
    let of_groups =
        if options.comparisons.tests { count(results, |row| row.statistic == Statistic::PValue) } else { 0 };
    let others = count(results, |row| {
        is_test_of_patients(row, options) || is_test_alone(row) || is_test_of_row(row) && is_printed(row)
    });
    notes.extend(of_tests(options, of_groups, others));
    if of_groups > 0 {
        notes.extend(misread(cohort).map(str::to_owned));
    }
    notes
}

/// How many tests of some kind gave a p.
fn count(results: &Results, is_meant: impl Fn(&ResultRow) -> bool) -> usize {
    results.iter().filter(|row| is_meant(row) && matches!(row.value, Value::Real(_))).count()
}

/// A test against a reference, or of two numbers. Of one test the two-sided p counts, and not what stands beside it.
fn is_test_alone(row: &ResultRow) -> bool {
    use Statistic::{AgainstP, KendallP, PearsonP, SpearmanP};
    matches!(row.statistic, AgainstP | PearsonP | SpearmanP | KendallP)
}

/// The p of a test within patients, which may be computed of every number.
fn is_test_of_row(row: &ResultRow) -> bool {
    matches!(row.statistic, Statistic::PairedT | Statistic::SignedRank | Statistic::McNemar)
}

/// A test within patients that was asked for by its variable.
fn is_test_of_patients(row: &ResultRow, options: &Options) -> bool {
    let is_asked = |(name, test): &(String, Test)| {
        row.variable.as_ref() == Some(name) && test.statistics().is_some_and(|of| of.p == row.statistic)
    };
    options.paired_tests.iter().any(is_asked)
}

/// How many tests there are, and which of their p-values are adjusted.
fn of_tests(options: &Options, of_groups: usize, others: usize) -> Option<String> {
    let all = of_groups.saturating_add(others);
    let exploratory = "exploratory, no prespecified hypothesis";
    match options.comparisons.adjustment.map(|adjustment| adjustment.name()) {
        _ if all == 0 => None,
        None => Some(format!("Tests: {all}; p-values not adjusted for multiple testing; {exploratory}.")),
        Some(how) if others == 0 => Some(format!("Tests: {of_groups}; p-values adjusted for multiple testing: {how}.")),
        Some(how) => Some(format!(
            "Tests: {all}; the p-values of the {of_groups} between groups adjusted for multiple testing: {how}; those of the \
             {others} within patients, against a reference and of associations not adjusted; {exploratory}."
        )),
    }
}

/// The methods and the direction of the differences.
fn of_differences(results: &Results) -> Option<String> {
    let methods = methods_of(results, Context::Difference);
    // Standardised differences have no direction.
    match contrast_of(results, Context::Difference) {
        Some(contrast) => Some(format!("Differences are {contrast}: {methods}.")),
        None => (!methods.is_empty()).then(|| format!("Differences: {methods}.")),
    }
}

/// What the tool prints in place of a standardised difference that cannot be estimated.
fn of_tool(options: &Options, results: &Results) -> Option<String> {
    let tool = options.like?.preset();
    let smd = tool.tests?.smd?;
    let is_not_estimable =
        |row: &&ResultRow| row.statistic == Statistic::Smd && matches!(row.value, Value::NotEstimable(_));
    let rows = results.iter().filter(is_not_estimable);
    let mut names: Vec<&str> = rows.filter_map(|row| row.variable.as_deref()).collect();
    names.dedup();
    let names = Some(names.join(", ")).filter(|names| !names.is_empty())?;
    Some(format!("SMD of {names}: {} prints {}.", tool.tool, smd.without_estimate))
}

/// The methods and the direction of the ratios.
fn of_ratios(results: &Results) -> Option<String> {
    let contrast = contrast_of(results, Context::Ratio)?;
    let are_of_levels = results.iter().any(|row| row.context == Context::Ratio && row.level.is_some());
    let of_levels = if are_of_levels { ", of a level against all others" } else { "" };
    Some(format!("Ratios are {contrast}{of_levels}: {}.", methods_of(results, Context::Ratio)))
}

/// The contrast of the rows of a context.
pub fn contrast_of(results: &Results, context: Context) -> Option<&Arc<Contrast>> {
    results.iter().filter(|row| row.context == context).find_map(|row| row.contrast.as_ref())
}

/// The different methods of the rows of a context, in their order.
fn methods_of(results: &Results, context: Context) -> String {
    let mut methods: Vec<Method> = Vec::new();
    for method in results.iter().filter(|row| row.context == context).filter_map(|row| row.method.clone()) {
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    methods.iter().map(Method::to_string).collect::<Vec<_>>().join("; ")
}

/// Warns of groups for which a p-value is easily misread: those of an outcome or a treatment.
fn misread(cohort: &Cohort) -> impl Iterator<Item = &'static str> {
    let by = group::by(cohort);
    let is = |roles: &[Role]| by.iter().any(|variable| roles.contains(&variable.role));
    let outcome = "The groups are defined by the outcome: a p-value compares patients with different outcomes and does \
                   not test an effect.";
    let treatment =
        "The groups are defined by the treatment, which was not randomised: a p-value does not test an effect.";
    let notes = [(is(&[Role::Outcome, Role::Response]), outcome), (is(&[Role::Treatment]), treatment)];
    notes.into_iter().filter(|(is_so, _)| *is_so).map(|(_, note)| note)
}
