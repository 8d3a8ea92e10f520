//! What was read of a header, kept: a header is asked about many times while its column is decided.

use rustc_hash::FxHashMap;
use std::sync::{LazyLock, Mutex};

/// Most headers that are kept, of some 200 bytes each; those beyond are read again each time.
const MOST_KEPT: usize = 1 << 16;

/// The answers of a function of a header.
pub(super) struct Memo<T>(LazyLock<Mutex<FxHashMap<Box<str>, T>>>);

impl<T: Clone> Memo<T> {
    pub const fn new() -> Memo<T> {
        Memo(LazyLock::new(Mutex::default))
    }

    /// The answer for a header, computed at the first time.
    pub fn get(&self, header: &str, compute: impl FnOnce(&str) -> T) -> T {
        // Another thread that failed leaves no half of an answer behind: each is inserted whole.
        let kept = || self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = kept().get(header) {
            return known.clone();
        }
        let answer = compute(header);
        let mut kept = kept();
        if kept.len() < MOST_KEPT {
            kept.insert(header.into(), answer.clone());
        }
        answer
    }
}
