//! Case IDs: each kept in eight bytes, so that duplicates are found exactly.
//!
//! An ID of up to nine ASCII bytes packs into 63 bits without loss. A longer one is kept as a
//! hash; two equal hashes are only suspected, and the texts are compared in a second reading.

use rustc_hash::FxHasher;
use std::hash::Hasher;

const HASHED: u64 = 1 << 63;

/// The IDs of the cases of one thread.
#[derive(Debug, Default)]
pub struct Ids {
    keys: Vec<u64>,
}

/// Eight bytes for an ID: the ID itself if it fits, else a hash.
#[inline]
pub fn key(id: &[u8]) -> u64 {
    if id.len() <= 9 && id.is_ascii() {
        return id.iter().fold(0, |key, byte| (key << 7) | u64::from(*byte));
    }
    let mut hasher = FxHasher::default();
    hasher.write(id);
    // The upper bits of FxHasher are mixed best.
    hasher.finish().rotate_left(20) | HASHED
}

impl Ids {
    /// Adds one ID.
    #[inline]
    pub fn add(&mut self, id: &[u8]) {
        self.keys.push(key(id));
    }

    /// Adds eight bytes that stand for a cell.
    pub fn add_key(&mut self, key: u64) {
        self.keys.push(key);
    }

    /// Sorts the keys, as `repeated` needs them.
    pub fn sort(&mut self) {
        if !self.keys.is_sorted() {
            self.keys.sort_unstable();
        }
    }
}

/// Keys that occur on several rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Repeated {
    /// The first of them, each once, in order.
    pub keys: Vec<u64>,
    /// Number of rows whose key occurs on an earlier row, for all keys.
    pub rows: u64,
}

/// The keys that occur more than once in sorted collections; at most `limit` of them are listed.
pub fn repeated(all: &[Ids], limit: usize) -> Repeated {
    let mut rests: Vec<&[u64]> = all.iter().map(|ids| ids.keys.as_slice()).filter(|keys| !keys.is_empty()).collect();
    let (mut last, mut found) = (None, Repeated::default());
    while let Some(at) = (0..rests.len()).min_by_key(|at| rests.get(*at).and_then(|rest| rest.first())) {
        let others = rests.iter().enumerate().filter(|(other, _)| *other != at).filter_map(|(_, rest)| rest.first());
        let bound = others.min().copied().unwrap_or(u64::MAX);
        let Some(rest) = rests.get_mut(at) else { break };
        // Threads take blocks in turn: whole runs of one precede the next key of another.
        let (run, after) = rest.split_at(rest.partition_point(|key| *key < bound).max(1));
        *rest = after;
        if after.is_empty() {
            rests.remove(at);
        }
        if last == run.first().copied() || !run.is_sorted_by(|a, b| a < b) {
            note_repeated(last, run, limit, &mut found);
        }
        last = run.last().copied();
    }
    found
}

fn note_repeated(mut last: Option<u64>, run: &[u64], limit: usize, found: &mut Repeated) {
    for key in run {
        if last == Some(*key) {
            found.rows += 1;
            if found.keys.last() != Some(key) && found.keys.len() < limit {
                found.keys.push(*key);
            }
        }
        last = Some(*key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn short_ids_have_keys_of_their_own(a in "[ -~]{1,9}", b in "[ -~]{1,9}") {
            prop_assert_eq!(a == b, key(a.as_bytes()) == key(b.as_bytes()));
        }

        #[test]
        fn repeated_ids_are_found_whichever_thread_reads_them(ids in prop::collection::vec(("[a-c]{1,2}|[a-b]{11}", 0..3_usize), 0..60)) {
            let mut threads = [Ids::default(), Ids::default(), Ids::default()];
            let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
            for (id, thread) in &ids {
                threads[*thread].add(id.as_bytes());
                *counts.entry(key(id.as_bytes())).or_default() += 1;
            }
            threads.iter_mut().for_each(Ids::sort);
            let rows = counts.values().map(|n| *n as u64 - 1).sum();
            let keys: Vec<u64> = counts.into_iter().filter(|(_, n)| *n > 1).map(|(key, _)| key).collect();
            prop_assert_eq!(repeated(&threads, 1000), Repeated { keys, rows });
        }
    }
}
