//! Where the statistics of a key and of a variable are among the results.

use super::{ResultRow, Results};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

/// The positions of the rows by key, and by variable in each part.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// By the hash of the key, or the next number that is free: the keys themselves stand in the rows.
    keys: FxHashMap<u64, usize>,
    /// In the order of the parts.
    pub variables: Vec<FxHashMap<String, Vec<usize>>>,
}

impl Index {
    /// The positions of all rows; of two rows with one key that of the last.
    pub fn of(results: &Results) -> Index {
        let mut index = Index::default();
        index.keys.reserve(results.rows.len());
        for (at, row) in results.rows.iter().enumerate() {
            let (slot, _) = index.slot(&row.key, &results.rows);
            index.keys.insert(slot, at);
        }
        index.variables = results.rows_by_part().scan(0, |first, rows| Some(by_variable(first, rows))).collect();
        index
    }

    /// The position of the row with a key.
    pub fn place_of(&self, key: &str, rows: &[ResultRow]) -> Option<usize> {
        self.slot(key, rows).1
    }

    /// Where the position of a key is or would be, and the position.
    fn slot(&self, key: &str, rows: &[ResultRow]) -> (u64, Option<usize>) {
        let mut slot = FxBuildHasher.hash_one(key);
        loop {
            match self.keys.get(&slot) {
                Some(at) if rows.get(*at).is_some_and(|row| row.key == key) => return (slot, Some(*at)),
                Some(_) => slot = slot.wrapping_add(1),
                None => return (slot, None),
            }
        }
    }
}

/// The positions of the rows of each variable in a part that begins at `first`, which moves to its end.
fn by_variable(first: &mut usize, rows: &[ResultRow]) -> FxHashMap<String, Vec<usize>> {
    let mut variables: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, row) in (*first..).zip(rows) {
        let Some(variable) = &row.variable else { continue };
        match variables.get_mut(variable) {
            Some(positions) => positions.push(at),
            None => drop(variables.insert(variable.clone(), vec![at])),
        }
    }
    *first += rows.len();
    variables
}
