//! Patients by the sequence of their lines, counted by number until the end.

use super::level::MOST_LEVELS;
use super::names::Names;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Labels of one line each that fit into one word.
const FIT: usize = 4;

/// How often each sequence of labels was met.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    /// Up to four labels below 2^16, packed into one word: no allocation a patient.
    short: FxHashMap<u64, u64>,
    long: FxHashMap<Box<[u32]>, u64>,
    named: BTreeMap<Vec<String>, u64>,
    beyond: u64,
}

impl Sequences {
    /// Counts one sequence for so many patients.
    #[inline]
    pub fn add(&mut self, sequence: &[u32], patients: u64, names: &Names) {
        if let Some(packed) = pack(sequence) {
            *self.short.entry(packed).or_default() += patients;
        } else if let Some(count) = self.long.get_mut(sequence) {
            *count += patients;
        } else {
            self.long.insert(sequence.into(), patients);
        }
        if self.short.len() + self.long.len() > MOST_LEVELS {
            self.name_all(names);
        }
    }

    /// Adds those of a group, by the same names.
    pub fn absorb(&mut self, group: &Sequences, names: &Names) {
        // The order of a hash map does not matter to a sum.
        #[allow(clippy::iter_over_hash_type)]
        for (sequence, patients) in &group.short {
            *self.short.entry(*sequence).or_default() += patients;
        }
        #[allow(clippy::iter_over_hash_type)]
        for (sequence, patients) in &group.long {
            *self.long.entry(sequence.clone()).or_default() += patients;
        }
        for (sequence, patients) in &group.named {
            self.beyond += super::add_within(&mut self.named, sequence, *patients, MOST_LEVELS);
        }
        self.beyond += group.beyond;
        if self.short.len() + self.long.len() > MOST_LEVELS {
            self.name_all(names);
        }
    }

    /// Moves what was counted by number to what is counted by name, as far as the limit allows.
    #[cold]
    fn name_all(&mut self, names: &Names) {
        let (short, long) = (std::mem::take(&mut self.short), std::mem::take(&mut self.long));
        // The order of a hash map does not matter to a sum.
        #[allow(clippy::iter_over_hash_type)]
        for (packed, patients) in short {
            self.add_named(&unpack(packed), patients, names);
        }
        #[allow(clippy::iter_over_hash_type)]
        for (sequence, patients) in long {
            self.add_named(&sequence, patients, names);
        }
    }

    fn add_named(&mut self, sequence: &[u32], patients: u64, names: &Names) {
        let named: Vec<String> = sequence.iter().map(|label| names.name(*label).to_owned()).collect();
        self.beyond += super::add_within(&mut self.named, &named, patients, MOST_LEVELS);
    }

    /// The sequences by name, and how many patients had those beyond the limit.
    pub fn into_named(mut self, names: &Names) -> (BTreeMap<Vec<String>, u64>, u64) {
        self.name_all(names);
        (self.named, self.beyond)
    }
}

/// Labels plus one in 16 bits each, the last on top; 0 is no label.
#[inline]
fn pack(sequence: &[u32]) -> Option<u64> {
    if sequence.len() > FIT || sequence.iter().any(|label| *label >= 0xFFFF) {
        return None;
    }
    Some(sequence.iter().rev().fold(0, |packed, label| (packed << 16) | u64::from(label + 1)))
}

fn unpack(packed: u64) -> Vec<u32> {
    let labels = (0..FIT).map(|place| (packed >> (16 * place)) as u32 & 0xFFFF);
    labels.take_while(|label| *label != 0).map(|label| label - 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back(sequence in prop::collection::vec(prop_oneof![0_u32..9, 65_530_u32..65_540], 0..6)) {
            if let Some(packed) = pack(&sequence) {
                prop_assert_eq!(unpack(packed), sequence);
            } else {
                prop_assert!(sequence.len() > FIT || sequence.iter().any(|label| *label >= 65_535));
            }
        }
    }
}
