//! Counts of all cases and of each group of them, side by side.

use super::group::Members;

/// The stratum of all cases; that of a group is its number plus one.
pub(super) const ALL: usize = 0;

/// The strata in which the records of a run are counted: what differs between runs without groups, with
/// groups that are apart, and with groups that overlap.
pub(super) trait Strata: Copy {
    /// Does something for each stratum of the record at this place of the run.
    fn each(self, at: usize, what: impl FnMut(usize));

    /// The same for those of its groups alone.
    fn each_group(self, at: usize, what: impl FnMut(usize));
}

/// All cases, without groups.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole;

impl Strata for Whole {
    #[inline(always)]
    fn each(self, _: usize, mut what: impl FnMut(usize)) {
        what(ALL);
    }

    #[inline(always)]
    fn each_group(self, _: usize, _: impl FnMut(usize)) {}
}

/// The one group of each record; the counts of all cases are the sum of the groups, and are not counted twice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Apart<'m>(pub &'m [u16]);

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

/// All cases, and any number of groups of each record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Overlapping<'m>(pub &'m Members);

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

/// Binary digits of a place that number the stratum, for so many groups.
pub(super) fn bits_for(groups: usize) -> u32 {
    (groups + 1).next_power_of_two().trailing_zeros()
}

/// The place of the count of one thing in one stratum: those of one thing are neighbours, as values that many
/// cases have are met in all strata.
#[inline(always)]
pub(super) fn place(thing: usize, stratum: usize, bits: u32) -> usize {
    thing.wrapping_shl(bits) | stratum
}

/// The same counts with room for more strata.
pub(super) fn widened<T: Copy + Default>(counts: &[T], from: u32, to: u32) -> Vec<T> {
    let mut wide = vec![T::default(); (counts.len() >> from) << to];
    for (new, old) in wide.chunks_mut(1 << to).zip(counts.chunks(1 << from)) {
        new.iter_mut().zip(old).for_each(|(new, old)| *new = *old);
    }
    wide
}

/// How often each thing was met in each stratum; things are numbered from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stratified {
    bits: u32,
    counts: Vec<u64>,
}

impl Stratified {
    /// Makes room for strata; see [`bits_for`].
    pub fn widen(&mut self, bits: u32) {
        if bits > self.bits {
            self.counts = widened(&self.counts, self.bits, bits);
            self.bits = bits;
        }
    }

    /// Counts one case.
    #[inline(always)]
    pub fn add(&mut self, thing: usize, stratum: usize) {
        match self.counts.get_mut(place(thing, stratum, self.bits)) {
            // No number of cases reaches 2^64.
            Some(count) => *count = count.wrapping_add(1),
            None => self.begin(thing, stratum),
        }
    }

    #[cold]
    fn begin(&mut self, thing: usize, stratum: usize) {
        self.counts.resize((thing + 1) << self.bits, 0);
        if let Some(count) = self.counts.get_mut(place(thing, stratum, self.bits)) {
            *count = 1;
        }
    }

    /// Makes the counts of all cases the sum of those of the groups.
    pub fn sum(&mut self) {
        for counts in self.counts.chunks_mut(1 << self.bits) {
            let sum = counts.iter().sum();
            if let Some(all) = counts.first_mut() {
                *all = sum;
            }
        }
    }

    /// The things met in a stratum, each with its count.
    pub fn of(&self, stratum: usize) -> impl Iterator<Item = (usize, u64)> {
        let counts = self.counts.iter().skip(stratum).step_by(1 << self.bits).copied();
        counts.enumerate().filter(|(_, count)| *count > 0)
    }

    /// How often one thing was met.
    pub fn count(&self, thing: usize, stratum: usize) -> u64 {
        self.counts.get(place(thing, stratum, self.bits)).copied().unwrap_or(0)
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
            for (thing, group) in &cases {
                counts.widen(bits_for(*group + 1));
                Apart(&[*group as u16]).each(0, |stratum| counts.add(*thing, stratum));
                *map.entry((*group + 1, *thing)).or_insert(0_u64) += 1;
                *map.entry((ALL, *thing)).or_insert(0) += 1;
            }
            counts.sum();
            for stratum in 0..=20 {
                let of: Vec<(usize, u64)> = if stratum < 1 << counts.bits { counts.of(stratum).collect() } else { Vec::new() };
                let expected: Vec<(usize, u64)> = map.range((stratum, 0)..(stratum + 1, 0)).map(|((_, thing), n)| (*thing, *n)).collect();
                prop_assert_eq!(&of, &expected);
                prop_assert!(of.iter().all(|(thing, n)| counts.count(*thing, stratum) == *n));
            }
        }
    }
}
