//! Whether the requested comparisons fit the groups and the variables.

use crate::analyze::Options;
use crate::analyze::compare::{scores_of, scores_of_groups};
use crate::analyze::survival::SURVIVAL;
use crate::analyze::{Test, TestSubject};
use crate::cohort::cell::level_of_word;
use crate::error::Error;
use crate::schema::{Kind, Variable};
use crate::tally::{Cohort, CohortGroup, CohortVariable, Counts};

/// Finds a variable by its name.
type FindVariable = for<'c> fn(&str, &'c Cohort) -> Result<&'c CohortVariable, Error>;

/// Checks that tests of numbers are for number columns, tests of levels for columns with levels, that tests and
/// differences of two groups have two groups, and that a trend has an order. Names and levels become those of the cohort.
///
/// Errors: the first test, difference or reference that does not fit.
pub(super) fn ensure_fits(options: &mut Options, cohort: &Cohort, find: FindVariable) -> Result<(), Error> {
    let groups = cohort.grouping.iter().flat_map(|grouping| &grouping.groups);
    let groups: Vec<&CohortGroup> =
        groups.filter(|group| group.cases > 0 && group.levels.iter().all(Option::is_some)).collect();
    let comparisons = &mut options.comparisons;
    let of_two_groups = [
        (comparisons.differences, "--difference"),
        (comparisons.odds_ratio.is_some(), "--odds-ratio"),
        (comparisons.risk_ratio, "--risk-ratio"),
        (comparisons.rate_ratio, "--rate-ratio"),
    ];
    if let Some((_, option)) = of_two_groups.iter().find(|(is_asked, _)| *is_asked && groups.len() != 2) {
        let message = format!("{option} needs two groups, and there are {}", groups.len());
        return Err(Error::usage_with(message, "select two with --where, or use --tests or --smd"));
    }
    if let Some(reference) = &mut comparisons.reference {
        *reference = level_of_group(reference, &groups, cohort)?;
    }
    for (target, test) in &mut comparisons.chosen {
        if test.subject() == TestSubject::Times {
            ensure_compares_times(target, groups.len(), cohort)?;
            continue;
        }
        let column = match target.parse::<Kind>() {
            Ok(_) => None,
            Err(_) => Some(find(target, cohort)?),
        };
        if let Some(column) = column {
            target.clone_from(&column.variable.name);
        }
        let kind = column.map_or_else(|| target.parse().ok(), |column| Some(column.variable.kind));
        ensure_is_of(*test, target, kind)?;
        if matches!(test, Test::MannWhitney | Test::Welch | Test::StudentT) && groups.len() > 2 {
            let message = format!("{test} is a test of two groups, but there are {}", groups.len());
            return Err(Error::usage_with(message, "use kruskal-wallis or anova"));
        }
        if *test == Test::Trend {
            ensure_ordered(target, column, groups.len(), cohort)?;
        }
    }
    Ok(())
}

/// Checks that the exact log-rank test has times to an event and two groups.
fn ensure_compares_times(target: &str, groups: usize, cohort: &Cohort) -> Result<(), Error> {
    let test = Test::LogRankExact;
    if target != SURVIVAL {
        let message = format!("{test} is a test of times to an event, and {target} is not");
        return Err(Error::usage_with(message, format!("write --test {SURVIVAL}={test}")));
    }
    if cohort.survival.is_none() {
        let message = format!("{test} is a test of times to an event, and none are named");
        return Err(Error::usage_with(message, "add --time COLUMN --event FILTER"));
    }
    if groups != 2 {
        let message = format!("{test} is a test of two groups, and there are {groups}");
        return Err(Error::usage_with(message, "leave it out: the log-rank test of --tests compares several groups"));
    }
    Ok(())
}

fn ensure_is_of(test: Test, target: &str, kind: Option<Kind>) -> Result<(), Error> {
    let is_of_numbers = kind == Some(Kind::Number);
    let tests_numbers = test.subject() == TestSubject::Numbers;
    if is_of_numbers == tests_numbers {
        return Ok(());
    }
    let what = if tests_numbers { "numbers" } else { "levels" };
    let remedy = if is_of_numbers {
        "mann-whitney, kruskal-wallis, welch, t, anova"
    } else {
        "fisher, chi-squared, chi-squared-corrected, trend"
    };
    let message = format!("{test} is a test of {what}, but {target} has no {what}");
    Err(Error::usage_with(message, format!("possible values: {remedy}")))
}

/// Checks that the groups are ordered, or that they are two and the levels of the variable are ordered.
fn ensure_ordered(target: &str, column: Option<&CohortVariable>, groups: usize, cohort: &Cohort) -> Result<(), Error> {
    let grouping = cohort.grouping.iter().flat_map(|grouping| &grouping.by);
    let by: Vec<&CohortVariable> = grouping.filter_map(|index| cohort.variables.get(*index)).collect();
    let of_groups = || match by.as_slice() {
        [only] => no_order(&only.variable, &levels_of(only), target),
        _ => {
            let message = "a test for trend needs ordered groups: groups of several variables have no order";
            Error::usage_with(message, "group by one ordered variable")
        }
    };
    match column {
        _ if scores_of_groups(cohort).is_some() => Ok(()),
        _ if groups > 2 => Err(of_groups()),
        // Of two groups and two levels, every order gives the same p.
        Some(column) if levels_of(column).len() > 2 && scores_of(column).is_none() => {
            Err(no_order(&column.variable, &levels_of(column), target))
        }
        _ => Ok(()),
    }
}

fn no_order(variable: &Variable, levels: &[&str], target: &str) -> Error {
    let message =
        format!("a test for trend needs an order, and nobody states one for the levels of '{}'", variable.header);
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let levels: Vec<String> = levels.iter().map(|level| quoted(level)).collect();
    let field = format!(
        r#"{{"name": {}, "type": "string", "categories": [{}], "categoriesOrdered": true}}"#,
        quoted(&variable.header),
        levels.join(", ")
    );
    let remedy = format!(
        "if they are ordered, list them upwards in the schema: {field}; else compare without an order: --test {target}=fisher"
    );
    Error::usage_with(message, remedy)
}

/// The levels of a column: those of the schema, then those met, in natural order.
fn levels_of(column: &CohortVariable) -> Vec<&str> {
    let declared = column.variable.levels.iter().map(|level| level.value.as_str());
    let mut levels: Vec<&str> = declared.collect();
    if let Counts::Levels(counts) = &column.counts {
        let mut met: Vec<&str> =
            counts.levels.keys().map(String::as_str).filter(|level| !levels.contains(level)).collect();
        crate::analyze::natural::sort_naturally(&mut met, |level| level);
        levels.extend(met);
    }
    levels
}

/// The level of a group that a word of `--reference` means.
///
/// Errors: no group, or each of them, has it.
fn level_of_group(word: &str, groups: &[&CohortGroup], cohort: &Cohort) -> Result<String, Error> {
    let by = cohort.grouping.iter().flat_map(|grouping| &grouping.by);
    let variables = by.filter_map(|index| cohort.variables.get(*index)).map(|column| &column.variable);
    let meant: Vec<String> =
        variables.filter_map(|variable| level_of_word(word, variable).ok()).map(|level| level.into_owned()).collect();
    let levels: Vec<&str> = groups.iter().flat_map(|group| group.levels.iter().flatten()).map(String::as_str).collect();
    let is_of_one = |level: &str| levels.iter().filter(|known| **known == level).count() == 1;
    let known = std::iter::once(word).chain(meant.iter().map(String::as_str));
    if let Some(level) = known.into_iter().find(|level| is_of_one(level)) {
        return Ok(level.to_owned());
    }
    let mut possible: Vec<&str> = levels.iter().copied().filter(|level| is_of_one(level)).collect();
    possible.dedup();
    let all = || format!("possible values: {}", possible.join(", "));
    Err(Error::unknown(
        format!("--reference: '{word}' is not the level of one of the two groups"),
        word,
        &possible,
        all,
    ))
}
