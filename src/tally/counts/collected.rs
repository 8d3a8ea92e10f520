//! Counts of one stratum among many: its values are collected, and counted some hundred at a time.
//!
//! The counts of one stratum fit into a near cache, those of all strata do not. Counted one by one, nearly every value
//! would have to wait for the memory; collected, only the first of some hundred does.

use rustc_hash::FxHashMap;

/// Values that are collected in all strata together.
const ROOM_OF_ALL: usize = 1 << 17;
/// Fewest and most values that are collected in one stratum.
const ROOM: (usize, usize) = (1 << 4, 1 << 9);
/// Most entries of the lists of counts of all strata together.
const LISTED_OF_ALL: usize = 1 << 22;

/// The number of cases with each value in one stratum.
#[derive(Debug, Clone, Default)]
pub struct Collected {
    /// Values that are not counted yet.
    pending: Vec<u32>,
    /// The counts of low values.
    listed: Vec<u32>,
    /// Number of cases in `listed`.
    cases: u32,
    /// The counts of all other values, and what `listed` has no room for.
    others: FxHashMap<u32, u64>,
}

impl Collected {
    /// Counts one case; `bits` are those of the stratum, see [`super::strata::bits_for`].
    #[inline(always)]
    pub fn add(&mut self, value: u32, bits: u32) {
        if self.pending.len() == self.pending.capacity() {
            self.make_room(bits);
        }
        self.pending.push(value);
    }

    /// Counts many cases at once.
    pub fn add_many(&mut self, value: u32, cases: u64) {
        *self.others.entry(value).or_default() += cases;
    }

    #[cold]
    #[inline(never)]
    fn make_room(&mut self, bits: u32) {
        let (least, most) = ROOM;
        if self.pending.len() < (ROOM_OF_ALL >> bits).clamp(least, most) {
            self.pending.reserve_exact(self.pending.len().max(least));
            return;
        }
        let Some(cases) = self.cases.checked_add(self.pending.len() as u32) else {
            self.unlist();
            return self.make_room(bits);
        };
        self.cases = cases;
        let length = self.pending.iter().max().map_or(0, |value| *value as usize + 1).min(LISTED_OF_ALL >> bits);
        if length > self.listed.len() {
            self.listed.resize(length, 0);
        }
        for value in self.pending.drain(..) {
            match self.listed.get_mut(value as usize) {
                Some(count) => *count += 1,
                None => *self.others.entry(value).or_default() += 1,
            }
        }
    }

    /// Moves the listed counts, which have 32 bits, to the others.
    fn unlist(&mut self) {
        for (value, count) in (0..).zip(std::mem::take(&mut self.listed)).filter(|(_, count)| *count > 0) {
            self.add_many(value, count.into());
        }
        self.cases = 0;
    }

    /// The values that occur, ascending, with their counts.
    pub fn counts(&self) -> Vec<(u32, u64)> {
        let mut listed: Vec<u64> = self.listed.iter().map(|count| u64::from(*count)).collect();
        let mut others = self.others.clone();
        for value in &self.pending {
            match listed.get_mut(*value as usize) {
                Some(count) => *count += 1,
                None => *others.entry(*value).or_default() += 1,
            }
        }
        // They are sorted below.
        #[allow(clippy::iter_over_hash_type)]
        others.retain(|value, count| match listed.get_mut(*value as usize) {
            Some(listed) => {
                *listed += *count;
                false
            }
            None => true,
        });
        let mut others: Vec<(u32, u64)> = others.into_iter().collect();
        others.sort_unstable();
        (0..).zip(listed).filter(|(_, count)| *count > 0).chain(others).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn counts_are_those_of_a_map(values in prop::collection::vec(prop_oneof![0_u32..9, 0_u32..600], 0..300), many in prop::collection::vec((0_u32..600, 1_u64..9), 0..4), bits in 9_u32..16) {
            let (mut collected, mut map) = (Collected::default(), BTreeMap::new());
            for (number, value) in values.iter().enumerate() {
                collected.add(*value, bits);
                *map.entry(*value).or_insert(0) += 1;
                if number == 200 {
                    collected.unlist();
                }
            }
            for (value, cases) in many {
                collected.add_many(value, cases);
                *map.entry(value).or_insert(0) += cases;
            }
            prop_assert_eq!(collected.counts(), map.into_iter().collect::<Vec<_>>());
        }
    }
}
