//! Which groups are masked as a whole.

use super::counts::{CountKey, PrintedCounts};
use super::network::is_small;
use crate::analyze::results::ResultTable;
use crate::analyze::statistic::Statistic;
use std::collections::BTreeSet;

/// The groups masked as a whole among groups that no case is in twice, by their printed numbers.
///
/// Together they have at least `k` cases, and more than one for each, as their sum is a difference of what is shown;
/// the smallest others are added until they do. None where that cannot be: then no group can be shown.
pub(super) fn masked_exclusive(cases: &[u64], k: u64) -> Option<Vec<usize>> {
    let mut groups: Vec<usize> = (1..cases.len()).filter(|group| cases[*group] > 0).collect();
    groups.sort_by_key(|group| (cases[*group], *group));
    let small = groups.iter().filter(|group| is_small(cases[**group], k)).count();
    if small == 0 {
        return Some(Vec::new());
    }
    let is_enough = |number: usize| {
        let sum: u64 = groups[..number].iter().map(|group| cases[*group]).sum();
        number >= 2 && sum >= k && sum > number as u64
    };
    let number = (small..=groups.len()).find(|number| is_enough(*number))?;
    let mut masked = groups[..number].to_vec();
    masked.sort_unstable();
    Some(masked)
}

/// The groups masked as a whole among groups that overlap: few cases in them, or few outside.
pub(super) fn masked_overlapping(cases: &[u64], k: u64) -> Vec<usize> {
    let all = cases.first().copied().unwrap_or(0);
    let few = |group: &usize| is_small(cases[*group], k) || is_small(all.saturating_sub(cases[*group]), k);
    (1..cases.len()).filter(few).collect()
}

/// The counts among all cases that would give away the size of masked groups: those of the levels that make them.
///
/// A variable whose level is the same in all masked groups gives nothing away.
pub(super) fn told_by_levels(printed: &PrintedCounts<'_>, masked: &[usize]) -> Vec<usize> {
    let groups = || masked.iter().filter_map(|group| printed.columns.get(*group)?.as_ref());
    let by = groups().next().map_or(0, |group| group.levels.len());
    let mut told = Vec::new();
    for place in 0..by {
        let levels: BTreeSet<_> = groups().filter_map(|group| group.levels.get(place)).collect();
        for (variable, level) in levels.iter().filter(|_| levels.len() > 1) {
            match level {
                Some(level) => {
                    told.extend(printed.id(CountKey::of_level(ResultTable::Own(variable), level, Statistic::Cases)))
                }
                None => told.extend(
                    [Statistic::Missing, Statistic::Unreadable]
                        .into_iter()
                        .filter_map(|n| printed.id(CountKey::new(ResultTable::Own(variable), n))),
                ),
            }
        }
    }
    told
}

/// The variables that make the groups.
pub(super) fn by(printed: &PrintedCounts<'_>) -> BTreeSet<String> {
    let groups = printed.columns.iter().flatten();
    groups.flat_map(|group| group.levels.iter().map(|(variable, _)| variable.clone())).collect()
}
