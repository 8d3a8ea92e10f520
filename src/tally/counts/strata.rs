//! Counts of all cases and of each group, side by side.

use rustc_hash::FxHashMap;

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

/// The number of cases with each value in each stratum; values are numbered from 0.
///
/// The strata of one value are neighbours in memory, because a frequent value occurs in all of them. The counts have
/// 16 bits, so that the counts of all columns fit into the nearest cache; overflow is carried to a map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stratified {
    bits: u32,
    /// The counts of all cases are the sum of the groups.
    summed: bool,
    counts: Vec<u16>,
    /// Cases beyond the range of a count, by value and stratum.
    carried: FxHashMap<(usize, usize), u64>,
}

impl Stratified {
    /// Makes room for more strata; see [`bits_for`].
    pub fn widen(&mut self, bits: u32) {
        if bits <= self.bits {
            return;
        }
        let mut wide = vec![0; (self.counts.len() >> self.bits) << bits];
        for (new, old) in wide.chunks_mut(1 << bits).zip(self.counts.chunks(1 << self.bits)) {
            new.iter_mut().zip(old).for_each(|(new, old)| *new = *old);
        }
        (self.counts, self.bits) = (wide, bits);
    }

    #[inline(always)]
    fn index(&self, value: usize, stratum: usize) -> usize {
        value.wrapping_shl(self.bits) | stratum
    }

    /// Counts one case.
    #[inline(always)]
    pub fn add(&mut self, value: usize, stratum: usize) {
        self.add_telling_first(value, stratum);
    }

    /// Counts one case; true if it is the first of its value in the stratum.
    #[inline(always)]
    pub fn add_telling_first(&mut self, value: usize, stratum: usize) -> bool {
        let index = self.index(value, stratum);
        match self.counts.get_mut(index) {
            // Neither 0 nor full, in one comparison.
            Some(count) if count.wrapping_sub(1) < u16::MAX - 1 => {
                *count += 1;
                false
            }
            _ => self.make_room(value, stratum),
        }
    }

    /// Counts one case that is the first of its value, or for which there is no more room.
    #[cold]
    fn make_room(&mut self, value: usize, stratum: usize) -> bool {
        let index = self.index(value, stratum);
        if index >= self.counts.len() {
            self.counts.resize((value + 1) << self.bits, 0);
        }
        let Some(count) = self.counts.get_mut(index) else { return false };
        let full = u64::from(std::mem::replace(count, 1));
        if full > 0 {
            *self.carried.entry((value, stratum)).or_default() += full;
        }
        full == 0
    }

    /// The values that occur in a stratum, with their counts.
    pub fn of(&self, stratum: usize) -> impl Iterator<Item = (usize, u64)> {
        let values = 0..self.counts.len() >> self.bits;
        values.map(move |value| (value, self.count(value, stratum))).filter(|(_, count)| *count > 0)
    }

    /// Makes the counts of all cases the sum of the groups.
    pub fn sum(&mut self) {
        self.summed = true;
    }

    /// The number of cases with one value.
    pub fn count(&self, value: usize, stratum: usize) -> u64 {
        if stratum == ALL && self.summed {
            return (ALL + 1..1 << self.bits).map(|stratum| self.count(value, stratum)).sum();
        }
        let count = self.counts.get(self.index(value, stratum)).copied().map_or(0, u64::from);
        if count == 0 {
            return 0;
        }
        count + self.carried.get(&(value, stratum)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn counts_are_those_of_a_map_however_many_groups_come_later(cases in prop::collection::vec((0_usize..40, 0_usize..20), 0..200)) {
            let (mut counts, mut map) = (Stratified::default(), BTreeMap::new());
            for (value, group) in &cases {
                counts.widen(bits_for(*group + 1));
                Apart(&[*group as u16]).each(0, |stratum| counts.add(*value, stratum));
                *map.entry((*group + 1, *value)).or_insert(0_u64) += 1;
                *map.entry((ALL, *value)).or_insert(0) += 1;
            }
            counts.sum();
            for stratum in 0..=20 {
                let of: Vec<(usize, u64)> = if stratum < 1 << counts.bits { counts.of(stratum).collect() } else { Vec::new() };
                let expected: Vec<(usize, u64)> = map.range((stratum, 0)..(stratum + 1, 0)).map(|((_, value), n)| (*value, *n)).collect();
                prop_assert_eq!(&of, &expected);
                prop_assert!(of.iter().all(|(value, n)| counts.count(*value, stratum) == *n));
            }
        }
    }

    #[test]
    fn an_overflowing_count_is_carried() {
        let mut counts = Stratified::default();
        (0..200_000).for_each(|_| counts.add(3, ALL));
        counts.widen(bits_for(4));
        (0..70_000).for_each(|_| counts.add(3, 4));
        assert_eq!([ALL, 1, 4].map(|stratum| counts.count(3, stratum)), [200_000, 0, 70_000]);
        assert_eq!(counts.of(4).collect::<Vec<_>>(), [(3, 70_000)]);
    }
}
