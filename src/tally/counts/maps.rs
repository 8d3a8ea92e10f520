//! Adding counts to maps and lists, with a limit on how many keys are kept.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The items of a combination, or the lines of a sequence; shared by all groups that count it.
pub type NameList = Arc<[String]>;

/// Adds a count to a map that keeps the first `limit` keys in order; returns the number of cells dropped.
///
/// A dropped key can never be among the first again, so the result does not depend on the order of the rows.
pub fn add_within<K: Ord + Clone>(counts: &mut BTreeMap<K, u64>, key: &K, cells: u64, limit: usize) -> u64 {
    if let Some(count) = counts.get_mut(key) {
        *count += cells;
        return 0;
    }
    if counts.len() >= limit && counts.last_key_value().is_none_or(|(last, _)| last < key) {
        return cells;
    }
    counts.insert(key.clone(), cells);
    cut_to(counts, limit)
}

/// Drops the last keys of a map beyond its limit; returns the number of their cells.
pub fn cut_to<K: Ord>(counts: &mut BTreeMap<K, u64>, limit: usize) -> u64 {
    let mut cut = 0;
    while counts.len() > limit {
        cut += counts.pop_last().map_or(0, |(_, cells)| cells);
    }
    cut
}

/// Adds cells to the count at an index of a list, which grows as needed.
#[inline]
pub fn count_at(counts: &mut Vec<u64>, at: usize, cells: u64) {
    match counts.get_mut(at) {
        Some(count) => *count += cells,
        None => begin_count(counts, at, cells),
    }
}

#[cold]
fn begin_count(counts: &mut Vec<u64>, at: usize, cells: u64) {
    counts.resize(at + 1, 0);
    if let Some(count) = counts.get_mut(at) {
        *count = cells;
    }
}

/// Adds every count of a list to another.
pub fn add_counts(ours: &mut Vec<u64>, theirs: &[u64]) {
    ours.resize(ours.len().max(theirs.len()), 0);
    ours.iter_mut().zip(theirs).for_each(|(ours, theirs)| *ours += theirs);
}

/// Adds every count of `theirs` to `ours`.
pub fn add_all<K: Ord>(ours: &mut BTreeMap<K, u64>, theirs: BTreeMap<K, u64>) {
    if ours.len() / 8 < theirs.len() {
        return add_sorted(ours, theirs);
    }
    for (key, cells) in theirs {
        *ours.entry(key).or_default() += cells;
    }
}

/// Adds counts that are sorted by key, merging both in one walk: a search for each key would take longer.
pub fn add_sorted<K: Ord>(counts: &mut BTreeMap<K, u64>, sorted: impl IntoIterator<Item = (K, u64)>) {
    let mut ours = std::mem::take(counts).into_iter().peekable();
    let mut all = Vec::with_capacity(ours.len());
    for (key, cells) in sorted {
        while let Some(before) = ours.next_if(|(before, _)| *before < key) {
            all.push(before);
        }
        let same = ours.next_if(|(same, _)| *same == key);
        all.push((key, cells + same.map_or(0, |(_, cells)| cells)));
    }
    all.extend(ours);
    *counts = all.into_iter().collect();
}

/// Names in order, and the place in that order of each of them by its number.
pub fn in_order(names: impl Iterator<Item = NameList>) -> (Vec<NameList>, Vec<usize>) {
    let mut numbered: Vec<(NameList, usize)> = names.zip(0..).collect();
    numbered.sort_unstable();
    let mut places = vec![0; numbered.len()];
    for (place, (_, number)) in numbered.iter().enumerate() {
        if let Some(at) = places.get_mut(*number) {
            *at = place;
        }
    }
    (numbered.into_iter().map(|(name, _)| name).collect(), places)
}

/// Counts by number as counts by name, in order; see [`in_order`].
pub fn by_name(
    counts: impl IntoIterator<Item = (usize, u64)>,
    names: &[NameList],
    places: &[usize],
) -> Vec<(NameList, u64)> {
    let placed = counts.into_iter().filter_map(|(number, cells)| Some((*places.get(number)?, cells)));
    let mut placed: Vec<(usize, u64)> = placed.collect();
    placed.sort_unstable();
    placed.into_iter().filter_map(|(place, cells)| Some((Arc::clone(names.get(place)?), cells))).collect()
}
