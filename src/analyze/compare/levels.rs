//! Categories and items of sets between groups.

use super::VariableComparison;
use super::groups::ComparedGroups;
use super::ratios::ratios;
use crate::analyze::like::DifferenceForm;
use crate::analyze::method::Method;
use crate::analyze::order::ordered;
use crate::analyze::reason::Reason;
use crate::analyze::scores::Scores;
use crate::analyze::test::{Test, chosen_test, transposed};
use crate::schema::{BlankReading, Variable};
use crate::stats::contingency::{self, chi_squared};
use crate::stats::hypothesis::{NoTest, TestMethod, TestResult};
use crate::stats::proportion::{Difference, difference, difference_corrected};
use crate::stats::smd;
use crate::tally::counts::LevelCounts;
use crate::tally::counts::SetCounts;
use std::sync::Arc;

/// The comparison of a category: one test of all its levels.
pub(super) fn compare(
    variable: &Variable,
    all: &LevelCounts,
    groups: &[&LevelCounts],
    compared_groups: &ComparedGroups<'_>,
) -> VariableComparison {
    let options = compared_groups.options;
    let levels: Vec<String> = ordered(&all.levels, variable, options).into_iter().map(|(level, _)| level).collect();
    let count = |level: &String, group: &LevelCounts| group.levels.get(level).copied().unwrap_or(0);
    let table: Vec<Vec<u64>> =
        levels.iter().map(|level| groups.iter().map(|group| count(level, group)).collect()).collect();
    let sizes: Vec<u64> = groups.iter().map(|group| group.levels.values().sum()).collect();
    let missing: Vec<u64> = groups.iter().map(|group| group.missing.values().sum()).collect();
    let mut compared = of_table(variable, (&levels, &table), (&sizes, &missing), compared_groups);
    compared.ratios =
        levels.iter().zip(&table).flat_map(|(level, row)| ratios(level, row, &sizes, compared_groups)).collect();
    compared.differences = levels
        .into_iter()
        .zip(&table)
        .flat_map(|(level, row)| differences(Some(level), row, &sizes, compared_groups))
        .collect();
    let is_open = variable.reading.blank == BlankReading::Open && missing.iter().any(|cases| *cases > 0);
    if is_open { without_answer(compared) } else { compared }
}

/// Of a column of one answer and blanks nobody knows how many have no.
fn without_answer(compared: VariableComparison) -> VariableComparison {
    VariableComparison {
        test: compared.test.map(|_| Err(Reason::BlankMayBeNo)),
        smd: None,
        differences: compared.differences.into_iter().map(|(level, _)| (level, Err(Reason::BlankMayBeNo))).collect(),
        no_difference: Some(Reason::BlankMayBeNo),
        ratios: compared.ratios.into_iter().map(|ratio| ratio.without_value(&Reason::BlankMayBeNo)).collect(),
        ..compared
    }
}

/// The comparisons of a set: a test for each item, of cases with it against cases without.
pub(super) fn compare_items(
    variable: &Variable,
    all: &SetCounts,
    groups: &[&SetCounts],
    compared_groups: &ComparedGroups<'_>,
) -> Vec<VariableComparison> {
    let options = compared_groups.options;
    let sizes: Vec<u64> = groups.iter().map(|group| group.known()).collect();
    let items = ordered(&all.items, variable, options).into_iter();
    let compared = items.map(|(item, _)| {
        let with: Vec<u64> = groups.iter().map(|group| group.items.get(&item).copied().unwrap_or(0)).collect();
        let without = with.iter().zip(&sizes).map(|(with, size)| size.saturating_sub(*with)).collect();
        let differences = differences(Some(item.clone()), &with, &sizes, compared_groups);
        let ratios = ratios(&item, &with, &sizes, compared_groups);
        let table = [with, without];
        VariableComparison {
            level: Some(item),
            differences,
            ratios,
            ..of_table(variable, (&[], &table), (&sizes, &[]), compared_groups)
        }
    });
    compared.collect()
}

/// The comparison of a table; `sizes` and `missing` are the cases of each group with and without the item reported.
fn of_table(
    variable: &Variable,
    (levels, table): (&[String], &[Vec<u64>]),
    (sizes, missing): (&[u64], &[u64]),
    compared_groups: &ComparedGroups<'_>,
) -> VariableComparison {
    let options = compared_groups.options;
    let by_group = || (0..sizes.len()).map(|group| table.iter().filter_map(|row| row.get(group)).copied().collect());
    let mut compared = VariableComparison {
        variable: Some(variable.name.clone()),
        difference_method: Some(match options.comparisons.difference_form {
            DifferenceForm::Own => Method::ProportionDifference,
            DifferenceForm::Gtsummary => Method::ProportionDifferenceCorrected,
        }),
        ..VariableComparison::default()
    };
    if options.comparisons.smd {
        let counts_missing =
            options.comparisons.automatic.is_some_and(|tests| tests.smd.is_some() && tests.category.counts_missing());
        let missing = if counts_missing { missing } else { &[] };
        let with_missing = by_group().enumerate().map(|(group, mut counts): (usize, Vec<u64>)| {
            counts.extend(missing.get(group));
            counts
        });
        compared.smd = smd::of_levels(&with_missing.collect::<Vec<Vec<u64>>>());
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
        (Some(Test::Trend), _) => trend(variable, (levels, table), compared_groups).map(|(result, scores)| {
            compared.scores = Some(scores);
            result
        }),
        (test, _) => test.unwrap_or(Test::Fisher).of_levels(table),
    };
    if result == Err(NoTest::TooLarge) {
        // The name of the test tells that it replaces the exact one.
        result = chi_squared(table).map(|result| TestResult { method: TestMethod::ChiSquaredForExact, ..result });
    }
    compared.test = Some(result.map_err(Reason::NoTest));
    compared
}

/// The difference of proportions between two groups.
fn differences(
    level: Option<String>,
    with: &[u64],
    sizes: &[u64],
    groups: &ComparedGroups<'_>,
) -> Vec<(Option<String>, Result<Difference, Reason>)> {
    let (Some([x1, x2]), Some([n1, n2]), true) =
        (groups.pair(with), groups.pair(sizes), groups.comparisons().differences)
    else {
        return Vec::new();
    };
    let difference = match groups.comparisons().difference_form {
        DifferenceForm::Own => difference,
        DifferenceForm::Gtsummary => difference_corrected,
    };
    let difference = difference((*x1, *n1), (*x2, *n2), groups.options.conf_level);
    vec![(level, difference.ok_or(Reason::GroupWithoutValue))]
}

/// The test for trend: over ordered groups for two levels, or over ordered levels for two groups.
fn trend(
    variable: &Variable,
    (levels, table): (&[String], &[Vec<u64>]),
    groups: &ComparedGroups<'_>,
) -> Result<(TestResult, Arc<Scores>), NoTest> {
    let used = table.iter().filter(|row| row.iter().any(|n| *n > 0)).count();
    let with = |scores: Arc<Scores>, names: &[String], table: &[Vec<u64>]| {
        let result = contingency::trend(table, &scores.of_levels(names).ok_or(NoTest::NoOrder)?)?;
        Ok((result, scores))
    };
    let of_levels = || Scores::of(variable, levels.iter().map(String::as_str)).map(Arc::new);
    match (groups.names.as_slice(), &groups.scores) {
        (names, Some(scores)) if used <= 2 => with(scores.clone(), names, table),
        ([one, other], _) => match of_levels() {
            Some(scores) => with(scores, levels, &transposed(table)),
            // Of two groups and two levels, every order gives the same p.
            None if used <= 2 => with(Arc::new(Scores::of_two([one, other])), groups.names.as_slice(), table),
            None => Err(NoTest::NoOrder),
        },
        (_, Some(_)) => Err(NoTest::Shape),
        (_, None) => Err(NoTest::NoOrder),
    }
}
