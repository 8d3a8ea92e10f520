//! The conditions of a run: put to the columns once these are known, and counted after the pass.

use super::cohort::{CohortCondition, VariableCounts};
use super::pass::groups::GroupKey;
use super::pass::plan::{Conditions, Plan};
use super::pass::{GroupParts, PassCounts};
use super::settings::Condition;
use crate::cohort::filter::{Filter, FilterFault, Panel};
use crate::error::Error;
use crate::schema::{Kind, Role, Variable};

/// Most conditions whose cases are counted further; groups have numbers of 16 bits.
const MOST_COUNTED: usize = 50_000;

/// The conditions as the columns are understood; else what does not fit.
pub(super) fn put<'a>(asked: &[Condition], plan: &Plan<'a>) -> (Option<Conditions<'a>>, Option<Error>) {
    if asked.is_empty() {
        return (None, None);
    }
    if asked.iter().filter(|condition| !condition.keys.is_empty()).count() > MOST_COUNTED {
        let message = format!("more than {MOST_COUNTED} different conditions with statistics of their own");
        return (None, Some(Error::usage_with(message, "ask for them in several runs")));
    }
    let columns = plan.case_columns();
    let fits = |condition: &Condition| !condition.is_optional || condition.keep.filter.bind(&columns).is_ok();
    let (numbers, put): (Vec<usize>, Vec<&Condition>) =
        asked.iter().enumerate().filter(|(_, condition)| fits(condition)).unzip();
    let filters: Vec<&Filter> = put.iter().map(|condition| &condition.keep.filter).collect();
    match Panel::bind(&filters, &columns) {
        Err((place, misfit)) => (None, Some(fault(asked, (numbers.get(place).copied().unwrap_or(place), misfit)))),
        Ok(panel) => {
            let groups = numbers.iter().zip(&put).map(|(number, asked)| (*number, !asked.keys.is_empty())).collect();
            let keys: Vec<&str> = asked.iter().flat_map(|condition| &condition.keys).map(String::as_str).collect();
            (Some(Conditions { panel, groups, counted: counted_variables(plan.variables, &keys) }), None)
        }
    }
}

/// The fault of a condition by its number, with the place it was written at.
pub(super) fn fault(asked: &[Condition], (number, fault): (usize, FilterFault)) -> Error {
    let Some(condition) = asked.get(number) else { return Error::usage(fault.message) };
    fault.into_error(&condition.keep.text).within(&condition.origin)
}

/// Which variables the keys are of; all of them for a key that begins with the name of none.
fn counted_variables(variables: &[(Variable, usize)], keys: &[&str]) -> Vec<bool> {
    let is_of = |variable: &Variable, key: &str| {
        let is_response = key.contains("response") && (variable.kind == Kind::Lines || variable.role == Role::Response);
        key.starts_with(&variable.name) || is_response
    };
    let is_of_any = |key: &&str| *key == "cases" || variables.iter().any(|(variable, _)| is_of(variable, key));
    let counts_all = !keys.iter().all(is_of_any);
    variables.iter().map(|(variable, _)| counts_all || keys.iter().any(|key| is_of(variable, key))).collect()
}

/// What the conditions came to.
pub(super) fn counted(
    asked: &[Condition],
    variables: &[(Variable, usize)],
    parts: &mut PassCounts,
) -> Vec<CohortCondition> {
    let mut judged = std::mem::take(&mut parts.judged);
    let keys: Vec<&str> = asked.iter().flat_map(|condition| &condition.keys).map(String::as_str).collect();
    let is_counted = counted_variables(variables, &keys);
    let of = |(number, condition): (usize, &Condition)| {
        let group = parts.groups.remove(&GroupKey::Condition(number));
        let columns = group.map(|group| columns(group, variables, &is_counted)).unwrap_or_default();
        CohortCondition { text: condition.keep.filter.to_string(), judged: judged.remove(&number), columns }
    };
    asked.iter().enumerate().map(of).collect()
}

/// The counts of a group by variable; those of a group that has no case are empty.
fn columns(mut group: GroupParts, variables: &[(Variable, usize)], is_counted: &[bool]) -> Vec<Option<VariableCounts>> {
    let mut counted =
        |place: usize, kind| (group.take_counts(place, kind), group.ranges.get_mut(place).and_then(Option::take));
    let each = variables.iter().zip(is_counted).enumerate();
    each.map(|(place, ((variable, _), is_counted))| is_counted.then(|| counted(place, variable.kind))).collect()
}
