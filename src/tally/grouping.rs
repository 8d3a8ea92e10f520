//! The groups of a cohort: which variables make them, and their counts.

use super::cohort::{CohortGroup, Grouping};
use super::columns::column_of;
use super::pass::GroupParts;
use super::pass::groups::{GroupKey, MOST_GROUPS};
use super::set_columns::{all_names, ensure_no_member};
use super::settings::Settings;
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::read::Columns;
use crate::schema::{Kind, Role, Variable};
use std::collections::BTreeMap;

/// The places of the grouping variables among the variables.
///
/// Errors: a name that is no column, and a column whose kind has no levels.
pub(super) fn by(variables: &[(Variable, usize)], columns: &Columns, settings: &Settings) -> Result<Vec<usize>, Error> {
    let mut places = Vec::new();
    let all = all_names(columns, settings);
    for name in settings.by.iter().flat_map(|names| one_or_several(names, &all)) {
        ensure_no_member(name, &all, settings)?;
        let column = column_of(name, &all)?;
        // The columns of a set may come with later JSON cases: then all are read once more.
        let Some(place) = variables.iter().position(|(_, known)| *known == column) else { continue };
        if places.contains(&place) {
            return Err(Error::usage_with(format!("'{name}' is asked for twice as a group"), "name it once in --by"));
        }
        places.push(place);
    }
    Ok(places)
}

/// `etiology,sex` is two names, unless a column is called that.
fn one_or_several<'n>(names: &'n str, all: &[String]) -> Vec<&'n str> {
    if column_of(names, all).is_ok() { vec![names] } else { names.split(',').map(str::trim).collect() }
}

/// Groups are made of levels: other kinds have none. Only known once the kinds are settled.
fn ensure_levels(variable: &Variable) -> Result<(), Error> {
    if variable.is_withheld() || variable.role == Role::CaseId {
        let message = format!("'{}' names a case: it makes no groups", variable.header);
        return Err(Error::usage_with(message, "name a column of groups, such as etiology or sex"));
    }
    if matches!(variable.kind, Kind::Category | Kind::Binary | Kind::Set) {
        return Ok(());
    }
    let message = format!("'{}' is a {} column: it has no levels to make groups of", variable.header, variable.kind);
    let kind = quoted(&format!("{}=category", variable.header));
    Err(Error::usage_with(message, format!("if each of its values is a group: --kind {kind}")))
}

/// The counts of each group; none where no groups were asked for.
///
/// A level that the schema declares and no case has is a group of no case, where one variable makes the groups.
///
/// Errors: a variable without levels, and more groups than a table can show.
pub(super) fn grouping(
    variables: &[(Variable, usize)],
    by: Vec<usize>,
    mut groups: BTreeMap<GroupKey, GroupParts>,
    too_many: bool,
) -> Result<Option<Grouping>, Error> {
    let of = |place: &usize| variables.get(*place).map(|(variable, _)| variable);
    by.iter().filter_map(of).try_for_each(ensure_levels)?;
    if let ([place], Some(variable)) = (by.as_slice(), by.first().and_then(of)) {
        for level in variable.levels.iter().filter(|_| place < &variables.len()) {
            groups.entry(GroupKey::Levels(vec![Some(level.value.clone())])).or_default();
        }
    }
    let of_levels = |(key, parts): (GroupKey, GroupParts)| match key {
        GroupKey::Levels(levels) => Some(of_parts(levels, parts, variables)),
        GroupKey::Kept | GroupKey::Condition(_) => None,
    };
    let groups: Vec<CohortGroup> = groups.into_iter().filter_map(of_levels).collect();
    let reported = groups.iter().filter(|group| group.levels.iter().all(Option::is_some)).count();
    if too_many || reported > MOST_GROUPS {
        let names: Vec<&str> = by.iter().filter_map(of).map(|variable| variable.header.as_str()).collect();
        let message = format!("{} makes more than {MOST_GROUPS} groups", names.join(" with "));
        return Err(Error::usage_with(message, "name a column of fewer levels in --by"));
    }
    let overlaps = by.iter().filter_map(of).any(|variable| variable.kind == Kind::Set);
    Ok((!by.is_empty()).then_some(Grouping { by, overlaps, groups }))
}

fn of_parts(levels: Vec<Option<String>>, mut parts: GroupParts, variables: &[(Variable, usize)]) -> CohortGroup {
    let column = |(place, (variable, _)): (usize, &(Variable, usize))| {
        (parts.take_counts(place, variable.kind), parts.ranges.get_mut(place).and_then(Option::take))
    };
    let columns = variables.iter().enumerate().map(column).collect();
    CohortGroup { levels, cases: parts.cases, columns }
}
