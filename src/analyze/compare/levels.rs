//! Categories and items of sets between groups.

use super::VariableComparison;
use super::test::{Test, chosen_test};
use crate::analyze::Options;
use crate::analyze::method::Method;
use crate::analyze::order::ordered;
use crate::analyze::reason::Reason;
use crate::schema::{BlankReading, Variable};
use crate::stats::contingency::{chi_squared, smallest_fisher_p_of_sizes};
use crate::stats::hypothesis::{NoTest, TestMethod, TestResult};
use crate::stats::proportion::difference;
use crate::stats::smd;
use crate::tally::counts::LevelCounts;
use crate::tally::counts::SetCounts;

/// The comparison of a category: one test of all its levels.
pub(super) fn compare(
    variable: &Variable,
    all: &LevelCounts,
    groups: &[&LevelCounts],
    options: &Options,
) -> VariableComparison {
    let levels: Vec<String> = ordered(&all.levels, variable, options).into_iter().map(|(level, _)| level).collect();
    let count = |level: &String, group: &LevelCounts| group.levels.get(level).copied().unwrap_or(0);
    let table: Vec<Vec<u64>> =
        levels.iter().map(|level| groups.iter().map(|group| count(level, group)).collect()).collect();
    let sizes: Vec<u64> = groups.iter().map(|group| group.levels.values().sum()).collect();
    let missing: Vec<u64> = groups.iter().map(|group| group.missing.values().sum()).collect();
    let mut compared = of_table(variable, &table, (&sizes, &missing), options);
    compared.differences = levels
        .into_iter()
        .zip(&table)
        .flat_map(|(level, row)| differences(Some(level), row, &sizes, options))
        .collect();
    let is_open = variable.reading.blank == BlankReading::Open && missing.iter().any(|cases| *cases > 0);
    if is_open { without_answer(compared) } else { compared }
}

/// Of a column of one answer and blanks nobody knows how many have no.
fn without_answer(compared: VariableComparison) -> VariableComparison {
    VariableComparison {
        test: compared.test.map(|_| Err(Reason::BlankMayBeNo)),
        smallest: None,
        smd: None,
        differences: compared.differences.into_iter().map(|(level, _)| (level, None)).collect(),
        no_difference: Some(Reason::BlankMayBeNo),
        ..compared
    }
}

/// The comparisons of a set: a test for each item, of cases with it against cases without.
pub(super) fn compare_items(
    variable: &Variable,
    all: &SetCounts,
    groups: &[&SetCounts],
    options: &Options,
) -> Vec<VariableComparison> {
    let sizes: Vec<u64> = groups.iter().map(|group| group.known()).collect();
    let items = ordered(&all.items, variable, options).into_iter();
    let compared = items.map(|(item, _)| {
        let with: Vec<u64> = groups.iter().map(|group| group.items.get(&item).copied().unwrap_or(0)).collect();
        let without = with.iter().zip(&sizes).map(|(with, size)| size.saturating_sub(*with)).collect();
        let differences = differences(Some(item.clone()), &with, &sizes, options);
        let table = [with, without];
        VariableComparison { level: Some(item), differences, ..of_table(variable, &table, (&sizes, &[]), options) }
    });
    compared.collect()
}

/// The comparison of a table; `sizes` and `missing` are the cases of each group with and without the item reported.
fn of_table(
    variable: &Variable,
    table: &[Vec<u64>],
    (sizes, missing): (&[u64], &[u64]),
    options: &Options,
) -> VariableComparison {
    let by_group = || (0..sizes.len()).map(|group| table.iter().filter_map(|row| row.get(group)).copied().collect());
    let mut compared = VariableComparison {
        variable: variable.name.clone(),
        difference_method: Some(Method::ProportionDifference),
        ..VariableComparison::default()
    };
    if options.comparisons.smd {
        compared.smd = smd::of_levels(&by_group().collect::<Vec<Vec<u64>>>());
    }
    if !options.comparisons.tests {
        return compared;
    }
    let chosen_test = chosen_test(&options.comparisons.chosen, &variable.name, variable.kind);
    let mut result = match (chosen_test, options.comparisons.automatic.map(|tests| tests.category)) {
        (None, Some(test)) if test.counts_missing() && missing.iter().any(|n| *n > 0) => {
            test.of_levels(&[table, &[missing.to_vec()]].concat())
        }
        (None, Some(test)) => test.of_levels(table),
        (test, _) => test.unwrap_or(Test::Fisher).of_levels(table),
    };
    if result == Err(NoTest::TooLarge) {
        // The name of the test tells that it replaces the exact one.
        result = chi_squared(table).map(|result| TestResult { method: TestMethod::ChiSquaredForExact, ..result });
    }
    let levels = table.iter().filter(|row| row.iter().any(|n| *n > 0)).count();
    let is_exact = result.as_ref().is_ok_and(|result| result.method.is_exact());
    compared.smallest = is_exact.then(|| smallest_fisher_p_of_sizes(sizes, levels)).flatten();
    compared.test = Some(result.map_err(Reason::NoTest));
    compared
}

/// The difference of proportions between two groups.
fn differences(
    level: Option<String>,
    with: &[u64],
    sizes: &[u64],
    options: &Options,
) -> Vec<(Option<String>, Option<crate::stats::proportion::Difference>)> {
    let ([x1, x2], [n1, n2], true) = (with, sizes, options.comparisons.differences) else { return Vec::new() };
    vec![(level, difference((*x1, *n1), (*x2, *n2), options.conf_level))]
}
