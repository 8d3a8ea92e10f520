//! The groups of a cohort in the order of the columns of a table.

use super::Options;
use super::order::ordered_groups;
use super::results::Group;
use crate::schema::Variable;
use crate::tally::{Cohort, CohortGroup, Counts};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The grouping variables.
pub fn by(cohort: &Cohort) -> Vec<&Variable> {
    let indices = cohort.grouping.iter().flat_map(|grouping| &grouping.by);
    indices.filter_map(|index| cohort.variables.get(*index)).map(|column| &column.variable).collect()
}

/// The groups in the order of their levels, each with its counts; those not reported come last, and only if they have
/// cases.
pub fn ordered<'c>(cohort: &'c Cohort, options: &Options) -> Vec<(Arc<Group>, &'c CohortGroup)> {
    let Some(grouping) = &cohort.grouping else { return Vec::new() };
    let names: Vec<&str> = by(cohort).iter().map(|variable| variable.name.as_str()).collect();
    let ranks: Vec<BTreeMap<String, usize>> = grouping.by.iter().map(|index| ranks(cohort, *index, options)).collect();
    let rank = |group: &CohortGroup| -> Vec<usize> {
        let levels = group.levels.iter().zip(&ranks);
        levels.map(|(level, ranks)| level.as_ref().map_or(usize::MAX, |level| rank_of(ranks, level))).collect()
    };
    let is_shown = |group: &&CohortGroup| group.cases > 0 || group.levels.iter().all(Option::is_some);
    let mut groups: Vec<&CohortGroup> = grouping.groups.iter().filter(is_shown).collect();
    groups.sort_by_key(|group| rank(group));
    let named = |group: &CohortGroup| Group {
        levels: names.iter().zip(&group.levels).map(|(name, level)| ((*name).to_owned(), level.clone())).collect(),
    };
    groups.into_iter().map(|group| (Arc::new(named(group)), group)).collect()
}

/// The rank of a level; one in no list, the empty set, comes just before those not reported.
fn rank_of(ranks: &BTreeMap<String, usize>, level: &str) -> usize {
    ranks.get(level).copied().unwrap_or(usize::MAX - 1)
}

/// The rank of each level of a variable: as the schema lists them, then in natural order.
fn ranks(cohort: &Cohort, index: usize, options: &Options) -> BTreeMap<String, usize> {
    let Some(column) = cohort.variables.get(index) else { return BTreeMap::new() };
    let levels = match &column.counts {
        Counts::Levels(counts) => ordered_groups(&counts.levels, &column.variable, options),
        Counts::Set(counts) => ordered_groups(&counts.items, &column.variable, options),
        _ => Vec::new(),
    };
    levels.into_iter().enumerate().map(|(rank, (level, _))| (level, rank)).collect()
}

/// The level of a grouping variable as a heading: `female`, or `sex not reported`.
pub fn level_name(name: &str, level: Option<&str>) -> String {
    level.map_or_else(|| format!("{name} not reported"), str::to_owned)
}
