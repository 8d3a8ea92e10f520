//! Counts of all cases and of each group, side by side.

use super::collected::Collected;
use super::maps::count_at;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// The stratum of all cases; the stratum of a group is its number plus one.
pub const ALL: usize = 0;

/// The strata in which the records of a run are counted: without groups, with one group per record, or with
/// overlapping groups.
pub trait Strata: Copy {
    /// Calls `what` with each stratum of the record at this index of the run.
    fn each(self, at: usize, what: impl FnMut(usize));

    /// The same for the strata of its groups only.
    fn each_group(self, at: usize, what: impl FnMut(usize));
}

/// All cases, without groups.
#[derive(Debug, Clone, Copy)]
pub struct Ungrouped;

impl Strata for Ungrouped {
    #[inline(always)]
    fn each(self, _: usize, mut what: impl FnMut(usize)) {
        what(ALL);
    }

    #[inline(always)]
    fn each_group(self, _: usize, _: impl FnMut(usize)) {}
}

/// One group per record: the counts of all cases are the sum of the groups and are not counted separately.
#[derive(Debug, Clone, Copy)]
pub struct Apart<'m>(pub &'m [u16]);

impl Strata for Apart<'_> {
    #[inline(always)]
    fn each(self, at: usize, what: impl FnMut(usize)) {
        self.each_group(at, what);
    }

    #[inline(always)]
    fn each_group(self, at: usize, mut what: impl FnMut(usize)) {
        if let Some(group) = self.0.get(at) {
            what(usize::from(*group).wrapping_add(1));
        }
    }
}

/// All cases, and any number of groups per record.
#[derive(Debug, Clone, Copy)]
pub struct Overlapping<'m>(pub &'m GroupMembership);

impl Strata for Overlapping<'_> {
    #[inline]
    fn each(self, at: usize, mut what: impl FnMut(usize)) {
        what(ALL);
        self.each_group(at, what);
    }

    #[inline]
    fn each_group(self, at: usize, mut what: impl FnMut(usize)) {
        for group in self.0.of(at) {
            what(usize::from(*group).wrapping_add(1));
        }
    }
}

/// The groups of each record of a run.
#[derive(Debug, Default)]
pub struct GroupMembership {
    /// Where the groups of each record start in `groups`, and where the last one ends.
    pub starts: Vec<u32>,
    pub groups: Vec<u16>,
    /// Each record is in exactly one group.
    pub is_partition: bool,
}

impl GroupMembership {
    /// The groups of a record, by its index in the run.
    #[inline]
    pub fn of(&self, at: usize) -> &[u16] {
        if self.is_partition {
            return self.groups.get(at..at + 1).unwrap_or_default();
        }
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else { return &[] };
        self.groups.get(*from as usize..*to as usize).unwrap_or_default()
    }

    /// The group of each record; `None` unless each is in exactly one.
    pub fn apart(&self) -> Option<&[u16]> {
        self.is_partition.then_some(self.groups.as_slice())
    }
}

/// Number of bits of an index that are the stratum, for this many groups.
pub fn bits_for(groups: usize) -> u32 {
    (groups + 1).next_power_of_two().trailing_zeros()
}

/// Most bits of a stratum with which the counts are one array: with more, it would not fit into a near cache.
const ARRAY_BITS: u32 = 3;

/// The values of a stratum, ascending, each with its number of cases.
type StratumValues = Vec<(u32, u64)>;

/// The number of cases with each value in each stratum; values are numbered from 0.
///
/// Of few strata, the counts are an array. The strata of one value are neighbours in memory, because a frequent value
/// occurs in all of them. The counts have 16 bits, so that the counts of all columns fit into the nearest cache;
/// overflow is carried to a map. Of many strata, each has counts of its own: their size is that of what occurs, not
/// that of all values in all groups.
#[derive(Debug, Clone, Default)]
pub struct Stratified {
    bits: u32,
    /// The counts of all cases are the sum of the groups.
    summed: bool,
    counts: Vec<u16>,
    /// Cases beyond the range of a count, by value and stratum.
    carried: FxHashMap<(usize, usize), u64>,
    /// The counts of many strata; empty for few.
    collected: Vec<Collected>,
    /// The counts by stratum, once they are asked for.
    counted: OnceCell<Vec<StratumValues>>,
}

impl Stratified {
    /// Makes room for more strata; see [`bits_for`].
    pub fn widen(&mut self, bits: u32) {
        if bits <= self.bits {
            return;
        }
        if bits > ARRAY_BITS {
            self.leave_array();
            self.collected.resize_with(1 << bits, Collected::default);
            self.bits = bits;
            return;
        }
        let mut wide = vec![0; (self.counts.len() >> self.bits) << bits];
        for (new, old) in wide.chunks_mut(1 << bits).zip(self.counts.chunks(1 << self.bits)) {
            new.iter_mut().zip(old).for_each(|(new, old)| *new = *old);
        }
        (self.counts, self.bits) = (wide, bits);
    }

    /// Number of bits of an index that are the stratum.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// Moves the counts from the array to those of many strata.
    fn leave_array(&mut self) {
        if self.counts.is_empty() {
            return;
        }
        let one = |counted: StratumValues| {
            let mut collected = Collected::default();
            counted.into_iter().for_each(|(value, count)| collected.add_many(value, count));
            collected
        };
        self.collected = self.of_array().into_iter().map(one).collect();
        (self.counts, self.carried) = (Vec::new(), FxHashMap::default());
    }

    #[inline(always)]
    fn index(&self, value: usize, stratum: usize) -> usize {
        value.wrapping_shl(self.bits) | stratum
    }

    /// Counts one case; all cases are counted before the first count is asked for.
    #[inline(always)]
    pub fn add(&mut self, value: usize, stratum: usize) {
        self.add_telling_known(value, stratum);
    }

    /// The same; true if it is known that the case is not the first of its value.
    #[inline(always)]
    pub fn add_telling_known(&mut self, value: usize, stratum: usize) -> bool {
        if let Some(collected) = self.collected.get_mut(stratum) {
            collected.add(value as u32, self.bits);
            return false;
        }
        let index = self.index(value, stratum);
        match self.counts.get_mut(index) {
            // Neither 0 nor full, in one comparison.
            Some(count) if count.wrapping_sub(1) < u16::MAX - 1 => {
                *count += 1;
                true
            }
            _ => self.add_with_room(value, stratum),
        }
    }

    /// Counts one case in the array after making room for it.
    #[inline(never)]
    fn add_with_room(&mut self, value: usize, stratum: usize) -> bool {
        debug_assert!(self.counted.get().is_none(), "a case is counted after the counts were asked for");
        let index = self.index(value, stratum);
        if index >= self.counts.len() {
            self.counts.resize((value + 1) << self.bits, 0);
        }
        let Some(count) = self.counts.get_mut(index) else { return false };
        let full = u64::from(std::mem::replace(count, 1));
        if full > 0 {
            *self.carried.entry((value, stratum)).or_default() += full;
        }
        full > 0
    }

    /// The values that occur in a stratum, ascending, with their counts.
    pub fn of(&self, stratum: usize) -> impl Iterator<Item = (usize, u64)> {
        self.in_stratum(stratum).iter().map(|(value, count)| (*value as usize, *count))
    }

    /// Makes the counts of all cases the sum of the groups.
    pub fn sum(&mut self) {
        self.summed = true;
    }

    /// The number of cases with one value.
    pub fn count(&self, value: usize, stratum: usize) -> u64 {
        let of_stratum = self.in_stratum(stratum);
        let found = of_stratum.binary_search_by_key(&value, |(value, _)| *value as usize);
        found.ok().and_then(|at| of_stratum.get(at)).map_or(0, |(_, count)| *count)
    }

    fn in_stratum(&self, stratum: usize) -> &[(u32, u64)] {
        let counted = self.counted.get_or_init(|| self.by_stratum());
        counted.get(stratum).map(Vec::as_slice).unwrap_or_default()
    }

    fn by_stratum(&self) -> Vec<StratumValues> {
        let mut counted = if self.bits > ARRAY_BITS { self.of_collected() } else { self.of_array() };
        if self.summed {
            let mut sums = Vec::new();
            for (value, count) in counted.iter().skip(ALL + 1).flatten() {
                count_at(&mut sums, *value as usize, *count);
            }
            counted.resize_with(counted.len().max(ALL + 1), Vec::new);
            counted.splice(ALL..=ALL, [(0..).zip(sums).filter(|(_, count)| *count > 0).collect()]);
        }
        counted
    }

    fn of_collected(&self) -> Vec<StratumValues> {
        self.collected.iter().map(Collected::counts).collect()
    }

    /// Reads the array once for all strata: one stratum after the other would take as many times as long.
    fn of_array(&self) -> Vec<StratumValues> {
        let mut counted = vec![Vec::new(); 1 << self.bits];
        for (value, counts) in self.counts.chunks(1 << self.bits).enumerate() {
            for (stratum, (counted, count)) in counted.iter_mut().zip(counts).enumerate().filter(|(_, (_, n))| **n > 0)
            {
                let carried = self.carried.get(&(value, stratum)).copied().unwrap_or(0);
                counted.push((value as u32, u64::from(*count) + carried));
            }
        }
        counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The counts of cases in one group each, and those that a map of all of them gives.
    fn assert_counted(cases: &[(usize, usize)], mut counts: Stratified) {
        let mut map = BTreeMap::new();
        for (value, group) in cases {
            counts.widen(bits_for(*group + 1));
            Apart(&[*group as u16]).each(0, |stratum| counts.add(*value, stratum));
            *map.entry((*group + 1, *value)).or_insert(0_u64) += 1;
            *map.entry((ALL, *value)).or_insert(0) += 1;
        }
        counts.sum();
        for stratum in 0..=600 {
            let of: Vec<(usize, u64)> = counts.of(stratum).collect();
            let expected: Vec<(usize, u64)> =
                map.range((stratum, 0)..(stratum + 1, 0)).map(|((_, value), n)| (*value, *n)).collect();
            assert_eq!(of, expected);
            assert!(of.iter().all(|(value, n)| counts.count(*value, stratum) == *n));
        }
    }

    proptest! {
        #[test]
        fn counts_are_those_of_a_map_however_many_groups_come_later(cases in prop::collection::vec((0_usize..40, prop_oneof![0_usize..20, 0_usize..600]), 0..200)) {
            assert_counted(&cases, Stratified::default());
        }

        #[test]
        fn few_and_many_strata_give_the_same_counts(cases in prop::collection::vec((0_usize..40, 0_usize..7), 0..200)) {
            let mut of_many = Stratified::default();
            of_many.widen(ARRAY_BITS + 1);
            assert_counted(&cases, Stratified::default());
            assert_counted(&cases, of_many);
        }
    }

    #[test]
    fn an_overflowing_count_is_carried() {
        let mut counts = Stratified::default();
        (0..200_000).for_each(|_| counts.add(3, ALL));
        counts.widen(bits_for(4));
        (0..70_000).for_each(|_| counts.add(3, 4));
        let mut of_many = counts.clone();
        of_many.widen(bits_for(300));
        of_many.add(3, 300);
        assert_eq!([ALL, 1, 4].map(|stratum| counts.count(3, stratum)), [200_000, 0, 70_000]);
        assert_eq!(counts.of(4).collect::<Vec<_>>(), [(3, 70_000)]);
        assert_eq!([ALL, 1, 4, 300].map(|stratum| of_many.count(3, stratum)), [200_000, 0, 70_000, 1]);
    }
}
