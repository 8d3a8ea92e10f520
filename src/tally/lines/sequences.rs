//! Sequences of treatment lines: counted by number, and named once at the end for all strata.

use crate::tally::counts::MOST_LEVELS;
use crate::tally::counts::maps::{NameList, add_sorted, add_within, by_name, cut_to, in_order};
use crate::tally::counts::names::Names;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Labels that fit into one 64-bit word.
const FIT: usize = 4;

/// The distinct sequences of labels of a column in one thread.
#[derive(Debug, Default)]
pub struct SequenceTable {
    /// Up to four labels below 2^16, packed into one word, so that no patient needs an allocation.
    short: FxHashMap<u64, u32>,
    long: FxHashMap<Box<[u32]>, u32>,
    all: Vec<Box<[u32]>>,
    /// The names of the sequences, in order.
    named: Vec<NameList>,
    /// The place of each sequence in that order.
    places: Vec<usize>,
}

impl SequenceTable {
    /// The number of a sequence, from 0 in order of first occurrence; `None` for a new one beyond the limit.
    #[inline]
    pub fn number(&mut self, sequence: &[u32]) -> Option<u32> {
        let packed = pack(sequence);
        let known = packed.map_or_else(|| self.long.get(sequence), |packed| self.short.get(&packed));
        match known {
            Some(number) => Some(*number),
            None => self.add(sequence, packed),
        }
    }

    #[cold]
    fn add(&mut self, sequence: &[u32], packed: Option<u64>) -> Option<u32> {
        if self.all.len() >= MOST_LEVELS {
            return None;
        }
        let number = self.all.len() as u32;
        self.all.push(sequence.into());
        match packed {
            Some(packed) => self.short.insert(packed, number),
            None => self.long.insert(sequence.into(), number),
        };
        Some(number)
    }

    /// Names all sequences, once for all strata.
    pub fn name_all(&mut self, names: &Names) {
        (self.named, self.places) = in_order(self.all.iter().map(|sequence| named(sequence, names)));
    }

    /// Number of lines of a sequence.
    pub fn length(&self, number: usize) -> usize {
        self.all.get(number).map_or(0, |sequence| sequence.len())
    }
}

/// Patients with each sequence in one stratum.
#[derive(Debug, Default)]
pub struct Sequences {
    /// By the number of the sequence; a group has few of them.
    patients: BTreeMap<usize, u64>,
    /// Those of sequences without a number, by name.
    named: BTreeMap<NameList, u64>,
    beyond: u64,
}

impl Sequences {
    /// Counts patients with the sequence of a number.
    pub fn add(&mut self, number: usize, patients: u64) {
        *self.patients.entry(number).or_default() += patients;
    }

    /// Counts patients with a sequence without a number.
    #[cold]
    pub fn add_unnumbered(&mut self, sequence: &[u32], patients: u64, names: &Names) {
        self.beyond += add_within(&mut self.named, &named(sequence, names), patients, MOST_LEVELS);
    }

    /// Adds the counts of a group, which uses the same table.
    pub fn absorb(&mut self, group: &Sequences) {
        group.patients.iter().for_each(|(number, patients)| self.add(*number, *patients));
        for (sequence, patients) in &group.named {
            self.beyond += add_within(&mut self.named, sequence, *patients, MOST_LEVELS);
        }
        self.beyond += group.beyond;
    }

    /// The patients by sequence, and the number of patients with sequences beyond the limit.
    pub fn into_named(mut self, table: &SequenceTable) -> (BTreeMap<NameList, u64>, u64) {
        add_sorted(&mut self.named, by_name(self.patients, &table.named, &table.places));
        self.beyond += cut_to(&mut self.named, MOST_LEVELS);
        (self.named, self.beyond)
    }
}

fn named(sequence: &[u32], names: &Names) -> NameList {
    sequence.iter().map(|label| names.name(*label).to_owned()).collect()
}

/// Packs labels plus one into 16 bits each, the last one on top; 0 means no label.
#[inline]
fn pack(sequence: &[u32]) -> Option<u64> {
    if sequence.len() > FIT || sequence.iter().any(|label| *label >= 0xFFFF) {
        return None;
    }
    Some(sequence.iter().rev().fold(0, |packed, label| (packed << 16) | u64::from(label + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_sequence_has_a_number_of_its_own(sequences in prop::collection::vec(prop::collection::vec(prop_oneof![0_u32..3, 65_533_u32..65_537], 0..6), 0..60)) {
            let (mut table, mut known) = (SequenceTable::default(), Vec::new());
            for sequence in sequences {
                let number = table.number(&sequence).expect("there is room") as usize;
                if number == known.len() {
                    known.push(sequence.clone());
                }
                prop_assert_eq!((&known[number], table.length(number)), (&sequence, sequence.len()));
                prop_assert_eq!(known.iter().position(|other| *other == sequence), Some(number));
            }
        }
    }

    #[test]
    fn beyond_the_limit_the_order_of_the_patients_does_not_matter() {
        let mut names = Names::default();
        (0..400).for_each(|label| assert_eq!(names.number(&format!("agent {label:03}")), label));
        let count = |all: &mut dyn Iterator<Item = u32>| {
            let (mut table, mut counts) = (SequenceTable::default(), Sequences::default());
            for sequence in all.map(|number| [number / 400, number % 400]) {
                match table.number(&sequence) {
                    Some(number) => counts.add(number as usize, 1),
                    None => counts.add_unnumbered(&sequence, 1, &names),
                }
            }
            table.name_all(&names);
            counts.into_named(&table)
        };
        let (up, down) = (count(&mut (0..160_000)), count(&mut (0..160_000).rev()));
        assert_eq!((up.0.len(), up.1), (MOST_LEVELS, 160_000 - MOST_LEVELS as u64));
        assert_eq!(up, down);
    }
}
