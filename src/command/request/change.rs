//! The rows and the tests of changes between visits.

use crate::analyze::Options;
use crate::analyze::{Test, TestSubject};
use crate::error::Error;
use crate::schema::Kind;
use crate::tables::stat_rules::StatOption;
use crate::tally::{Cohort, CohortVariable};

/// Pairs, mean and median change with their intervals, the least and the greatest change.
const ROWS: [&str; 4] = [
    "{N}",
    "{mean} ({mean.low}, {mean.high})",
    "{hodges_lehmann} ({hodges_lehmann.low}, {hodges_lehmann.high})",
    "{min}, {max}",
];

/// The changes between visits among the variables.
fn changes(cohort: &Cohort) -> impl Iterator<Item = &CohortVariable> {
    cohort.variables.iter().filter(|column| column.visits.is_some())
}

/// The rows of each change of numbers beside those that are stated; a change whose rows are stated has only these.
///
/// Errors: none but a row that is no template.
pub(super) fn with_rows(stated: &[StatOption], cohort: &Cohort) -> Result<Vec<StatOption>, Error> {
    let mut stats = stated.to_vec();
    for change in changes(cohort).filter(|column| column.variable.kind == Kind::Number) {
        let name = &change.variable.name;
        if stated.iter().any(|stat| stat.is_of(name)) {
            continue;
        }
        for row in ROWS {
            stats.push(format!("{name}={row}").parse()?);
        }
    }
    Ok(stats)
}

/// Takes the tests of changes out of the tests of groups: those that are chosen, for all other changes the automatic
/// ones.
///
/// Errors: a test that does not fit its variable.
pub(super) fn choose_tests(
    options: &mut Options,
    cohort: &Cohort,
    find: impl for<'c> Fn(&str, &'c Cohort) -> Result<&'c CohortVariable, Error>,
) -> Result<(), Error> {
    let (of_changes, of_groups): (Vec<_>, Vec<_>) =
        std::mem::take(&mut options.comparisons.chosen).into_iter().partition(|(_, test)| test.is_of_changes());
    options.comparisons.chosen = of_groups;
    if !options.comparisons.tests {
        return Ok(());
    }
    let mut tests: Vec<(String, Test)> = Vec::new();
    for (target, test) in of_changes {
        if target.parse::<Kind>().is_ok() {
            let fitting = changes(cohort).filter(|column| fits(test, column.variable.kind));
            tests.extend(fitting.map(|column| (column.variable.name.clone(), test)));
            continue;
        }
        let column = find(&target, cohort)?;
        ensure_fits(test, column)?;
        tests.push((column.variable.name.clone(), test));
    }
    for column in changes(cohort) {
        let (name, kind) = (&column.variable.name, column.variable.kind);
        if !tests.iter().any(|(tested, _)| tested == name) {
            tests.push((name.clone(), if kind == Kind::Number { Test::SignedRank } else { Test::McNemar }));
        }
    }
    options.paired_tests = tests;
    Ok(())
}

fn fits(test: Test, kind: Kind) -> bool {
    match test.subject() {
        TestSubject::NumberChanges => kind == Kind::Number,
        TestSubject::LevelChanges => kind == Kind::Category,
        TestSubject::Levels | TestSubject::Numbers | TestSubject::Times => false,
    }
}

fn ensure_fits(test: Test, column: &CohortVariable) -> Result<(), Error> {
    let (name, kind) = (&column.variable.name, column.variable.kind);
    // Any number may be one of each patient that changed; levels tell what changed only where they were made of it.
    if fits(test, kind) && (column.visits.is_some() || kind == Kind::Number) {
        return Ok(());
    }
    let (what, remedy) = match test.subject() {
        TestSubject::LevelChanges => {
            ("what was gained and lost between two visits", "mcnemar needs --change of yes and no")
        }
        _ => ("a change of numbers", "paired-t and signed-rank need --change of numbers"),
    };
    Err(Error::usage_with(format!("{test} is a test of {what}, and {name} is a {kind}"), remedy))
}
