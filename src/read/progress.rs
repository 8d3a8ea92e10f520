//! How far the inputs have been read: counted by the feed block by block, shown by another thread.

use std::sync::atomic::{AtomicU64, Ordering};

/// The counts of the current pass; updating them takes two additions per block.
#[derive(Debug, Default)]
pub struct Progress {
    passes: AtomicU64,
    bytes: AtomicU64,
    cases: AtomicU64,
}

/// The counts at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProgressCounts {
    /// Passes over the inputs begun so far.
    pub passes: u64,
    /// Bytes of the records handed out by the last of them.
    pub bytes: u64,
    /// Cases handed out by the last of them.
    pub cases: u64,
}

impl Progress {
    pub(super) fn begin(&self) {
        self.passes.fetch_add(1, Ordering::Relaxed);
        self.bytes.store(0, Ordering::Relaxed);
        self.cases.store(0, Ordering::Relaxed);
    }

    pub(super) fn add(&self, bytes: usize, cases: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.cases.fetch_add(cases as u64, Ordering::Relaxed);
    }

    pub(super) fn reached(&self) -> ProgressCounts {
        let now = |count: &AtomicU64| count.load(Ordering::Relaxed);
        ProgressCounts { passes: now(&self.passes), bytes: now(&self.bytes), cases: now(&self.cases) }
    }
}
