//! Where the statistics of a key and of a variable are among the results.

use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

/// What rows are looked up by.
pub(super) trait Keyed {
    /// The key.
    fn key(&self) -> &str;
    /// The variable, if it is one of a variable.
    fn variable(&self) -> Option<&str>;
}

/// The positions of the rows by key, and by variable in each part.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// By the hash of the key, or the next number that is free: the keys themselves stand in the rows.
    keys: FxHashMap<u64, usize>,
    /// In the order of the parts.
    pub variables: Vec<FxHashMap<String, Vec<usize>>>,
}

impl Index {
    /// The positions of all rows, which are also given part by part; of two rows with one key that of the last.
    pub fn of<'a, T: Keyed + 'a>(all: &[T], parts: impl Iterator<Item = &'a [T]>) -> Index {
        let mut index = Index::default();
        index.keys.reserve(all.len());
        for (at, row) in all.iter().enumerate() {
            let (slot, _) = index.slot(row.key(), all);
            index.keys.insert(slot, at);
        }
        index.variables = parts.scan(0, |first, rows| Some(by_variable(first, rows))).collect();
        index
    }

    /// The position of the row with a key.
    pub fn place_of<T: Keyed>(&self, key: &str, rows: &[T]) -> Option<usize> {
        self.slot(key, rows).1
    }

    /// Where the position of a key is or would be, and the position.
    fn slot<T: Keyed>(&self, key: &str, rows: &[T]) -> (u64, Option<usize>) {
        let mut slot = FxBuildHasher.hash_one(key);
        loop {
            match self.keys.get(&slot) {
                Some(at) if rows.get(*at).is_some_and(|row| row.key() == key) => return (slot, Some(*at)),
                Some(_) => slot = slot.wrapping_add(1),
                None => return (slot, None),
            }
        }
    }
}

/// The positions of the rows of each variable in a part that begins at `first`, which moves to its end.
fn by_variable<T: Keyed>(first: &mut usize, rows: &[T]) -> FxHashMap<String, Vec<usize>> {
    let mut variables: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, row) in (*first..).zip(rows) {
        let Some(variable) = row.variable() else { continue };
        match variables.get_mut(variable) {
            Some(positions) => positions.push(at),
            None => drop(variables.insert(variable.to_owned(), vec![at])),
        }
    }
    *first += rows.len();
    variables
}
