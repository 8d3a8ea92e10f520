//! Lists of the most frequent combinations or sequences: shown whole or left out.

use super::counts::{CountKey, PrintedCounts};
use super::family::{Family, FamilyKind};
use super::network::is_small;
use super::view::View;
use crate::analyze::results::ResultTable;
use crate::analyze::statistic::Statistic;
use rustc_hash::FxHashMap;

const AND: &str = " + ";

/// True where no count of a list is small, nor what is left beside it, nor what is left of an item beside the
/// combinations that hold it.
pub(super) fn is_safe<'r>(
    printed: &PrintedCounts<'r>,
    views: &[View],
    family: &Family<'r>,
    list: ResultTable<&'r str>,
    k: u64,
) -> bool {
    let Some(total) = printed.id(CountKey::new(list, Statistic::N)) else { return true };
    views.iter().all(|view| {
        let values = |id: usize| view.values(printed.values(id));
        let listed: Vec<(&str, Vec<u64>)> = printed
            .levels(list)
            .iter()
            .filter_map(|level| {
                printed.id(CountKey::of_level(list, level, Statistic::Cases)).map(|id| (*level, values(id)))
            })
            .collect();
        let total = values(total);
        let few =
            |n: &[u64]| n.iter().zip(&total).any(|(n, all)| is_small(*n, k) || is_small(all.saturating_sub(*n), k));
        let together = sum(total.len(), listed.iter().map(|(_, n)| n));
        let is_complete = together == total;
        !few(&together)
            && !listed.iter().any(|(_, n)| few(n))
            && (is_complete
                || family.kind != FamilyKind::Treatment && items_are_safe(printed, view, family, &listed, k))
    })
}

fn sum<'n>(width: usize, all: impl Iterator<Item = &'n Vec<u64>>) -> Vec<u64> {
    let mut total = vec![0; width];
    all.for_each(|n| total.iter_mut().zip(n).for_each(|(total, n)| *total += n));
    total
}

/// True where the cases of no item that are in no listed combination are few.
fn items_are_safe<'r>(
    printed: &PrintedCounts<'r>,
    view: &View,
    family: &Family<'r>,
    listed: &[(&str, Vec<u64>)],
    k: u64,
) -> bool {
    let mut held: FxHashMap<&str, Vec<&Vec<u64>>> = FxHashMap::default();
    for (level, n) in listed {
        level.split(AND).for_each(|item| held.entry(item).or_default().push(n));
    }
    printed.levels(family.own()).iter().all(|item| {
        let Some(id) = printed.id(CountKey::of_level(family.own(), item, Statistic::Cases)) else { return true };
        let with = view.values(printed.values(id));
        let held = sum(with.len(), held.get(item).into_iter().flatten().copied());
        // An item that is written like a combination cannot be told from one.
        !item.contains(AND) && with.iter().zip(held).all(|(with, held)| !is_small(with.saturating_sub(held), k))
    })
}
