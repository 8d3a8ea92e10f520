//! Of several columns of one thing, as one for each visit: that of the last visit.

use crate::cohort::visit_order::in_time;
use crate::tally::CohortVariable;

/// The column of the last visit, and the name of the visit: `month12` of `outcome_month3` and `outcome_month12`.
///
/// The first column, without a visit, where there is no other or the names tell no order in time.
pub(super) fn last_visit<'a>(columns: &[&'a CohortVariable]) -> Option<(&'a CohortVariable, Option<String>)> {
    let first = columns.first()?;
    let names: Vec<&str> = columns.iter().map(|column| column.variable.name.as_str()).collect();
    let same = names.iter().skip(1).fold(first.variable.name.as_str(), |same, name| same_start(same, name));
    let start = same.rfind(['@', '_', ' ']).map_or(0, |at| at.saturating_add(1));
    let visits: Vec<&str> = names.iter().filter_map(|name| name.get(start..)).collect();
    let has_visits = columns.len() > 1 && start > 0 && visits.iter().all(|visit| !visit.is_empty());
    let last = in_time(&visits).filter(|_| has_visits).and_then(|order| order.last().copied());
    match last {
        Some(last) => Some((columns.get(last)?, visits.get(last).map(|visit| (*visit).to_owned()))),
        None => Some((first, None)),
    }
}

/// The characters with which both begin.
fn same_start<'t>(one: &'t str, other: &str) -> &'t str {
    let differs = one.char_indices().zip(other.chars()).find(|((_, one), other)| one != other);
    let end = differs.map_or(one.len().min(other.len()), |((at, _), _)| at);
    one.get(..end).unwrap_or_default()
}
