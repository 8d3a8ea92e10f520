//! The counts of a set column: patients with each item, items per patient, combinations.

use super::level::MOST_LEVELS;
use super::maps::{NameList, add_all, add_sorted, add_within, by_name, cut_to, in_order};
use super::names::{Names, level_name};
use crate::cohort::cell::{CellRules, Items, SetState, items};
use crate::schema::MissingReason;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Counts of the cells of a set column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetCounts {
    /// Patients with each item.
    pub items: BTreeMap<String, u64>,
    /// Patients with each number of items.
    pub sizes: BTreeMap<i128, u64>,
    /// Patients with each combination; its items are in alphabetical order.
    pub combinations: BTreeMap<NameList, u64>,
    /// Cells without a set, by reason.
    pub missing: BTreeMap<MissingReason, u64>,
    /// Cells with combinations beyond the limit.
    pub combinations_beyond: u64,
    /// Mentions of items beyond the limit.
    pub beyond: u64,
}

impl SetCounts {
    /// Counts `cells` cells with this text, and returns its items.
    pub fn add(&mut self, text: &str, cells: u64, rules: &CellRules<'_>) -> Option<Items> {
        let set = match items(text, rules) {
            SetState::Missing(reason) => {
                *self.missing.entry(reason).or_default() += cells;
                return None;
            }
            SetState::Items(set) => set,
        };
        self.add_items(set.items.clone(), cells);
        Some(set)
    }

    /// Counts `cells` patients with these items, each once.
    pub fn add_items(&mut self, mut items: Vec<String>, cells: u64) {
        for item in &mut items {
            if let Cow::Owned(short) = level_name(item) {
                *item = short;
            }
        }
        for item in &items {
            self.beyond += add_within(&mut self.items, item, cells, MOST_LEVELS);
        }
        *self.sizes.entry(items.len() as i128).or_default() += cells;
        items.sort_unstable();
        self.combinations_beyond += add_within(&mut self.combinations, &items.into(), cells, MOST_LEVELS);
    }

    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: SetCounts) {
        add_all(&mut self.items, other.items);
        add_all(&mut self.sizes, other.sizes);
        add_all(&mut self.combinations, other.combinations);
        add_all(&mut self.missing, other.missing);
        self.combinations_beyond += other.combinations_beyond;
        self.beyond += other.beyond;
        self.beyond += cut_to(&mut self.items, MOST_LEVELS);
        self.combinations_beyond += cut_to(&mut self.combinations, MOST_LEVELS);
    }

    /// Patients with a known set, including an empty one.
    pub fn known(&self) -> u64 {
        self.sizes.values().sum()
    }
}

/// Most items with a bit of their own.
const BITS: u32 = u128::BITS;

/// The items of a set column in one thread, and their combinations, by number.
#[derive(Debug, Default)]
pub struct ItemTable {
    items: Names,
    /// The number of each combination, one bit per item.
    combinations: FxHashMap<u128, u32>,
    /// The combinations by number.
    patients: Vec<u128>,
    /// The names of the combinations, in order.
    named: Vec<NameList>,
    /// The place of each combination in that order.
    places: Vec<usize>,
}

impl ItemTable {
    /// The number of the item that a part of a cell is; `None` if it is not exactly one item, or there is no bit
    /// left.
    pub fn number(&mut self, text: &str, rules: &CellRules<'_>) -> Option<u32> {
        let SetState::Items(set) = items(text, rules) else { return None };
        let [item] = set.items.as_slice() else { return None };
        let simple =
            !set.mixed_delimiters && !set.missing_item && !set.denied_item && !set.doubted_item && !set.repeated;
        simple.then(|| self.items.number(item)).filter(|number| *number < BITS)
    }

    /// The number of the combination of these items; `None` if an item is repeated, and beyond the limit.
    #[inline]
    pub fn combination(&mut self, numbers: &[u32]) -> Option<u32> {
        let (mut patient, mut repeated) = (0_u128, 0_u128);
        for number in numbers {
            let bit = 1 << (number % BITS);
            repeated |= patient & bit;
            patient |= bit;
        }
        if repeated != 0 {
            return None;
        }
        match self.combinations.get(&patient) {
            Some(number) => Some(*number),
            None => self.add(patient),
        }
    }

    #[cold]
    fn add(&mut self, patient: u128) -> Option<u32> {
        let number = self.patients.len();
        if number >= MOST_LEVELS {
            return None;
        }
        self.patients.push(patient);
        self.combinations.insert(patient, number as u32);
        Some(number as u32)
    }

    /// Names all combinations, once for all strata; must be called before [`ItemTable::count`].
    pub fn name_all(&mut self) {
        let names = |patient: &u128| {
            let mut names: Vec<String> = present(*patient).map(|bit| self.items.name(bit).to_owned()).collect();
            names.sort_unstable();
            NameList::from(names)
        };
        (self.named, self.places) = in_order(self.patients.iter().map(names));
    }

    /// Adds the patients of the combinations that occur, each by its number, to the counts.
    pub fn count(&self, patients: impl Iterator<Item = (usize, u64)>, counts: &mut SetCounts) {
        let mut items = [0_u64; BITS as usize];
        let patients: Vec<(usize, u64)> = patients.collect();
        for (combination, cells) in &patients {
            let Some(patient) = self.patients.get(*combination) else { continue };
            *counts.sizes.entry(i128::from(patient.count_ones())).or_default() += cells;
            present(*patient).for_each(|bit| items[bit as usize] += cells);
        }
        for (item, cells) in items.into_iter().enumerate().filter(|(_, cells)| *cells > 0) {
            let name = self.items.name(item as u32).to_owned();
            counts.beyond += add_within(&mut counts.items, &name, cells, MOST_LEVELS);
        }
        add_sorted(&mut counts.combinations, by_name(patients, &self.named, &self.places));
        counts.combinations_beyond += cut_to(&mut counts.combinations, MOST_LEVELS);
    }
}

/// The numbers of the items of a combination.
fn present(patient: u128) -> impl Iterator<Item = u32> {
    (0..BITS).filter(move |bit| patient & (1 << bit) != 0)
}

#[cfg(test)]
mod tests {
    use super::super::strata::{ALL, Stratified};
    use super::*;

    #[test]
    fn beyond_the_limit_the_order_of_the_patients_does_not_matter() {
        let items = |bits: u32| -> Vec<u32> { (0..17).filter(|bit| bits & (1 << bit) != 0).collect() };
        let count = |all: &mut dyn Iterator<Item = u32>| {
            let (mut counts, mut patients) = (SetCounts::default(), Stratified::default());
            let mut book = ItemTable::default();
            (0..17).for_each(|number| assert_eq!(book.items.number(&format!("item {number:02}")), number));
            for numbers in all.map(items) {
                match book.combination(&numbers) {
                    Some(combination) => patients.add(combination as usize, ALL),
                    // Like a cell that is read by its text.
                    None => counts.add_items(numbers.iter().map(|n| book.items.name(*n).to_owned()).collect(), 1),
                }
            }
            book.name_all();
            book.count(patients.of(ALL), &mut counts);
            counts
        };
        let (up, down) = (count(&mut (1..1 << 17)), count(&mut (1..1 << 17).rev()));
        assert_eq!(up, down);
        assert_eq!((up.combinations.len(), up.combinations_beyond), (MOST_LEVELS, (1 << 17) - 1 - MOST_LEVELS as u64));
    }
}
