//! Items that together tell how few cases have both of them.

use super::counts::{CountKey, PrintedCounts};
use super::family::{Family, FamilyKind};
use super::tree::Tree;
use super::view::ColumnVisibility;
use crate::analyze::statistic::Statistic;

/// Masks the smaller of two items where their counts are 1 to K - 1 more than the cases with an answer: so many cases
/// have both, unless some case has neither.
///
/// Formula: n(a) + n(b) - N, the least number of cases with both.
pub(super) fn mask_told_overlaps(printed: &PrintedCounts<'_>, tree: &mut Tree<'_>, family: &Family<'_>, k: u64) {
    if family.kind != FamilyKind::Own || !printed.is_set(family.own()) {
        return;
    }
    let Some(known) = printed.id(CountKey::new(family.own(), Statistic::N)) else { return };
    let view = tree.view;
    for (at, column) in view.columns.iter().enumerate() {
        let ColumnVisibility::Printed(number) = column.visibility else { continue };
        let of = |level: &&str| printed.id(CountKey::of_level(family.own(), level, Statistic::Cases));
        let items = printed.levels(family.own()).iter().filter_map(of);
        let counts: Vec<(u64, usize)> = items.map(|id| (printed.values(id)[number], id)).collect();
        for id in told_overlaps(counts, printed.values(known)[number], k) {
            tree.force(id, at);
        }
    }
}

/// The items to mask, of these with their numbers of cases, where `all` cases have an answer.
fn told_overlaps(mut counts: Vec<(u64, usize)>, all: u64, k: u64) -> Vec<usize> {
    // A count of few cases is masked, and what is masked tells nothing together with another.
    counts.retain(|(n, _)| *n >= k);
    counts.sort_unstable();
    let is_told = |(place, (n, _)): &(usize, &(u64, usize))| {
        let larger = counts.get(place + 1..).unwrap_or_default();
        let least = (all + 1).saturating_sub(*n);
        let first = larger.partition_point(|(other, _)| *other < least);
        larger.get(first).is_some_and(|(other, _)| n + other < all + k)
    };
    counts.iter().enumerate().filter(is_told).map(|(_, (_, id))| *id).collect()
}

#[cfg(test)]
mod tests {
    use super::told_overlaps;

    #[test]
    fn the_smaller_of_two_items_that_few_cases_share_is_masked() {
        let items = |counts: &[u64]| counts.iter().copied().zip(0..).collect::<Vec<_>>();
        for (counts, all, k, masked) in [
            (&[5, 6][..], 9, 3, &[0][..]),
            (&[5, 6], 9, 2, &[]),
            (&[5, 4], 9, 3, &[]),
            (&[6, 6], 9, 3, &[]),
            (&[2, 8], 9, 3, &[]),
            (&[9, 3], 9, 3, &[]),
            (&[6, 3, 5], 9, 3, &[2]),
            (&[7, 4, 6], 9, 3, &[1]),
        ] {
            assert_eq!(told_overlaps(items(counts), all, k), masked, "{counts:?} of {all}");
        }
    }
}
