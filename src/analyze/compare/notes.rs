//! The footnotes of a table with comparisons.

use crate::analyze::Options;
use crate::analyze::group;
use crate::analyze::method::Method;
use crate::analyze::results::{Context, Results, Value};
use crate::analyze::statistic::Statistic;
use crate::schema::Role;
use crate::tally::Cohort;

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
    let of_context = || results.iter().filter(|row| row.context == Context::Difference);
    let mut methods: Vec<Method> = Vec::new();
    for method in of_context().filter_map(|row| row.method.clone()) {
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    let methods: Vec<String> = methods.iter().map(Method::to_string).collect();
    let methods = methods.join("; ");
    // Standardised differences have no direction.
    match of_context().find_map(|row| row.contrast.as_ref()) {
        Some(contrast) => Some(format!("Differences are {contrast}: {methods}.")),
        None => (!methods.is_empty()).then(|| format!("Differences: {methods}.")),
    }
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
