//! The conditions of a run: bound to the columns before a pass, and their counts after it.

use super::cohort::{CohortCondition, VariableCounts};
use super::needs::NeededCounts;
use super::pass::groups::GroupKey;
use super::pass::plan::{Conditions, Plan};
use super::pass::{GroupParts, PassCounts};
use super::settings::Condition;
use crate::cohort::filter::{Filter, FilterFault, Panel};
use crate::error::Error;
use crate::schema::Variable;

/// Most conditions with statistics of their own: the numbers of groups have 16 bits.
const MOST_COUNTED: usize = 50_000;

/// Binds the conditions to the columns of a plan; the error of those that do not fit, without which the others are bound.
pub(super) fn put<'a>(asked: &'a [Condition], plan: &Plan<'a>) -> (Option<Conditions<'a>>, Option<Error>) {
    if asked.is_empty() {
        return (None, None);
    }
    if asked.iter().filter(|condition| !condition.needs.is_empty()).count() > MOST_COUNTED {
        let message = format!("more than {MOST_COUNTED} different conditions with statistics");
        return (None, Some(Error::usage_with(message, "split them over several runs")));
    }
    let columns = plan.case_columns();
    let fits = |condition: &Condition| !condition.is_optional || condition.keep.filter.bind(&columns).is_ok();
    let mut put: Vec<(usize, &'a Condition)> =
        asked.iter().enumerate().filter(|(_, condition)| fits(condition)).collect();
    let bind = |put: &[(usize, &'a Condition)]| {
        let filters: Vec<&'a Filter> = put.iter().map(|(_, condition)| &condition.keep.filter).collect();
        Panel::bind(&filters, &columns)
    };
    let mut misfits = Vec::new();
    let bound = bind(&put).or_else(|found| {
        misfits = found.into_iter().filter_map(|(index, fault)| Some((put.get(index)?.0, fault))).collect();
        put.retain(|(number, _)| !misfits.iter().any(|(misfit, _)| misfit == number));
        bind(&put)
    });
    let conditions = bound.ok().map(|panel| {
        let groups = put.iter().map(|(number, asked)| (*number, !asked.needs.is_empty())).collect();
        Conditions { panel, groups, counted: counted_variables(plan.variables, asked) }
    });
    (conditions, faults(asked, misfits))
}

/// The errors of the conditions with these numbers, each with every place it comes from.
pub(super) fn faults(asked: &[Condition], faults: Vec<(usize, FilterFault)>) -> Option<Error> {
    let of = |(number, fault): (usize, FilterFault)| {
        let Some(Condition { keep, origins, .. }) = asked.get(number) else { return vec![Error::usage(fault.message)] };
        origins.iter().map(|origin| fault.clone().into_error(&keep.text).within(origin)).collect()
    };
    Error::of_all(faults.into_iter().flat_map(of).collect())
}

/// For each variable, whether one of the conditions needs its counts.
fn counted_variables(variables: &[(Variable, usize)], asked: &[Condition]) -> Vec<bool> {
    NeededCounts::counted(variables, asked.iter().flat_map(|condition| &condition.needs))
}

/// The results of the conditions, in the order in which they were asked.
pub(super) fn counted(
    asked: &[Condition],
    variables: &[(Variable, usize)],
    parts: &mut PassCounts,
) -> Vec<CohortCondition> {
    let mut judged = std::mem::take(&mut parts.judged);
    let is_counted = counted_variables(variables, asked);
    let of = |(number, condition): (usize, &Condition)| {
        let group = parts.groups.remove(&GroupKey::Condition(number));
        let columns = group.map(|group| columns(group, variables, &is_counted)).unwrap_or_default();
        let judged = judged.remove(&number);
        CohortCondition { text: condition.keep.filter.to_string(), judged, columns, ..CohortCondition::default() }
    };
    asked.iter().enumerate().map(of).collect()
}

/// The counts of a group by variable; a group without cases has empty counts.
fn columns(mut group: GroupParts, variables: &[(Variable, usize)], is_counted: &[bool]) -> Vec<Option<VariableCounts>> {
    let mut counted =
        |index: usize, kind| (group.take_counts(index, kind), group.ranges.get_mut(index).and_then(Option::take));
    let each = variables.iter().zip(is_counted).enumerate();
    each.map(|(index, ((variable, _), is_counted))| is_counted.then(|| counted(index, variable.kind))).collect()
}
