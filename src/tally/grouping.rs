//! The groups of a cohort: the variables that form them, and the counts of each group.

use super::cohort::{CohortGroup, Grouping};
use super::columns::column_of;
use super::pass::GroupParts;
use super::pass::groups::GroupKey;
use super::set_columns::{all_names, ensure_no_member, ensure_no_whole};
use super::settings::{GroupLimit, Settings};
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::read::Columns;
use crate::schema::{Kind, Role, Variable};
use std::collections::BTreeMap;

/// The indices of the grouping variables among all variables.
///
/// Errors: an unknown column, a column given twice, and a column inside a set.
pub(super) fn by(variables: &[(Variable, usize)], columns: &Columns, settings: &Settings) -> Result<Vec<usize>, Error> {
    let mut indices = Vec::new();
    let all = all_names(columns, settings);
    for name in settings.by.iter().flat_map(|names| one_or_several(names, &all)) {
        ensure_no_member(name, &all, settings)?;
        ensure_no_whole(name, columns, settings)?;
        let column = column_of(name, &all)?;
        // Later JSON cases may add the columns of a set; then everything is read again.
        let Some(index) = variables.iter().position(|(_, known)| *known == column) else { continue };
        if indices.contains(&index) {
            return Err(Error::usage_with(format!("'{name}' is given twice as a group"), "name it once in --by"));
        }
        indices.push(index);
    }
    Ok(indices)
}

/// Splits `etiology,sex` into two names, unless a column has this name.
fn one_or_several<'n>(names: &'n str, all: &[String]) -> Vec<&'n str> {
    if column_of(names, all).is_ok() { vec![names] } else { names.split(',').map(str::trim).collect() }
}

/// Only columns with levels can form groups. Checked after the last pass, when every kind is known.
fn ensure_levels(variable: &Variable) -> Result<(), Error> {
    if variable.is_withheld() || variable.role == Role::CaseId {
        let message = format!("'{}' identifies cases and cannot form groups", variable.header);
        return Err(Error::usage_with(message, "name a column with groups, such as etiology or sex"));
    }
    if matches!(variable.kind, Kind::Category | Kind::Binary | Kind::Set | Kind::Lines) {
        return Ok(());
    }
    let message = format!("'{}' is a {} column and has no levels to group by", variable.header, variable.kind);
    let kind = quoted(&format!("{}=category", variable.header));
    Err(Error::usage_with(message, format!("if each of its values is a group: --kind {kind}")))
}

/// The counts of each group of `cases`; `None` without grouping variables.
///
/// The groups of a set overlap. Those of treatment lines are of the cases with each agent: they overlap where a case has
/// several.
///
/// With a single grouping variable, a level that is declared in the schema but has no case is an empty group.
///
/// Errors: a variable without levels, and more groups than there may be.
pub(super) fn grouping(
    variables: &[(Variable, usize)],
    by: Vec<usize>,
    mut groups: BTreeMap<GroupKey, GroupParts>,
    too_many: bool,
    (limit, cases): (GroupLimit, u64),
) -> Result<Option<Grouping>, Error> {
    let of = |index: &usize| variables.get(*index).map(|(variable, _)| variable);
    by.iter().filter_map(of).try_for_each(ensure_levels)?;
    // The threads met different groups; beside those reported there may be one of the cases whose group is not.
    let is_of_levels = |key: &&GroupKey| matches!(key, GroupKey::Levels(_));
    let too_many = too_many || groups.keys().filter(is_of_levels).count() > limit.most() + 1;
    if let ([index], Some(variable)) = (by.as_slice(), by.first().and_then(of)) {
        for level in variable.levels.iter().filter(|_| index < &variables.len()) {
            groups.entry(GroupKey::Levels(vec![Some(level.value.clone())])).or_default();
        }
    }
    let of_levels = |(key, parts): (GroupKey, GroupParts)| match key {
        GroupKey::Levels(levels) => Some(of_parts(levels, parts, variables)),
        GroupKey::Kept | GroupKey::Others | GroupKey::Condition(_) => None,
    };
    let groups: Vec<CohortGroup> = groups.into_iter().filter_map(of_levels).collect();
    let reported = groups.iter().filter(|group| group.levels.iter().all(Option::is_some)).count();
    if too_many || reported > limit.most() {
        let names: Vec<&str> = by.iter().filter_map(of).map(|variable| variable.header.as_str()).collect();
        return Err(too_many_groups(&names, limit));
    }
    let memberships = groups.iter().map(|group| group.cases).fold(0, u64::saturating_add);
    let overlaps = by.iter().filter_map(of).any(|variable| match variable.kind {
        Kind::Set => true,
        Kind::Lines => memberships > cases,
        Kind::Number | Kind::Category | Kind::Binary | Kind::Date | Kind::Text => false,
    });
    Ok((!by.is_empty()).then_some(Grouping { by, overlaps, groups }))
}

fn too_many_groups(names: &[&str], limit: GroupLimit) -> Error {
    let message = format!("{} gives more than {} groups", names.join(" with "), limit.most());
    let remedy = match limit {
        GroupLimit::Tables => format!(
            "name a column with fewer levels in --by; or write data for programs, with up to {} groups: --format json",
            GroupLimit::Data.most()
        ),
        GroupLimit::Data => "name a column with fewer levels in --by".to_owned(),
    };
    Error::usage_with(message, remedy)
}

fn of_parts(levels: Vec<Option<String>>, mut parts: GroupParts, variables: &[(Variable, usize)]) -> CohortGroup {
    let column = |(index, (variable, _)): (usize, &(Variable, usize))| {
        (parts.take_counts(index, variable.kind), parts.ranges.get_mut(index).and_then(Option::take))
    };
    let columns = variables.iter().enumerate().map(column).collect();
    CohortGroup { levels, cases: parts.cases, columns, ..CohortGroup::default() }
}
