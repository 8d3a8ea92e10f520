//! Sorted lists of numbers, and the walk over several of them.

use std::sync::Arc;

/// How many different values are in a sorted list.
pub fn distinct(sorted: &[i64]) -> usize {
    let steps = sorted.windows(2).filter(|pair| pair.first() != pair.last()).count();
    steps + usize::from(!sorted.is_empty())
}

/// A sorted list of values.
#[derive(Debug, Clone, Default)]
pub struct Segment {
    /// Ascending; a value may occur several times.
    pub values: Vec<i64>,
    /// How many cells each entry stands for; empty if each stands for one.
    pub counts: Vec<u32>,
}

impl Segment {
    /// A sorted list in which equal values become one with their count.
    pub fn repeated(values: Vec<i64>) -> Segment {
        let mut segment = Segment { counts: vec![1; values.len()], values };
        segment.join();
        segment.values.shrink_to_fit();
        segment.counts.shrink_to_fit();
        segment
    }

    /// The values of several lists in one.
    pub fn merged(segments: &[Arc<Segment>]) -> Segment {
        if segments.iter().all(|segment| segment.counts.is_empty()) {
            let mut values: Vec<i64> = Vec::with_capacity(segments.iter().map(|segment| segment.values.len()).sum());
            segments.iter().for_each(|segment| values.extend_from_slice(&segment.values));
            values.sort();
            let is_repeated = distinct(&values) <= values.len() / 2;
            return if is_repeated { Segment::repeated(values) } else { Segment { values, counts: Vec::new() } };
        }
        Segment::of_sorted(DistinctValues::of(segments))
    }

    /// Values in ascending order with their counts.
    pub fn of_sorted(values: impl Iterator<Item = (i64, u64)>) -> Segment {
        let mut sorted = Segment::default();
        let mut is_once = true;
        for (value, cells) in values {
            let mut left = cells;
            while left > 0 {
                let count = u32::try_from(left).unwrap_or(u32::MAX);
                sorted.values.push(value);
                sorted.counts.push(count);
                left -= u64::from(count);
                is_once &= count == 1;
            }
        }
        if is_once {
            sorted.counts = Vec::new();
        }
        // A wide file has a list for each column.
        sorted.values.shrink_to_fit();
        sorted.counts.shrink_to_fit();
        sorted
    }

    /// Adds sorted values with their counts, in place: from the last to the first.
    pub fn absorb(&mut self, more: impl DoubleEndedIterator<Item = (i64, u32)> + ExactSizeIterator) {
        let (mut left, all) = (self.values.len(), self.values.len() + more.len());
        self.values.resize(all, 0);
        self.counts.resize(all, 0);
        let mut to = all;
        for (value, count) in more.rev() {
            while left > 0 && self.values[left - 1] > value {
                (left, to) = (left - 1, to - 1);
                (self.values[to], self.counts[to]) = (self.values[left], self.counts[left]);
            }
            to -= 1;
            (self.values[to], self.counts[to]) = (value, count);
        }
        self.join();
    }

    /// Makes entries of equal values one. Where their count is too large, they stay two.
    fn join(&mut self) {
        let mut kept = 0_usize;
        for at in 0..self.values.len() {
            let (value, count) = (self.values[at], self.counts[at]);
            let sum = match kept.checked_sub(1) {
                Some(last) if self.values[last] == value => self.counts[last].checked_add(count),
                _ => None,
            };
            match sum {
                Some(sum) => self.counts[kept - 1] = sum,
                None => {
                    (self.values[kept], self.counts[kept]) = (value, count);
                    kept += 1;
                }
            }
        }
        self.values.truncate(kept);
        self.counts.truncate(kept);
    }

    /// Takes a part of the list out.
    pub fn take(&mut self, part: std::ops::Range<usize>) -> Segment {
        let counts = if self.counts.is_empty() { Vec::new() } else { self.counts.drain(part.clone()).collect() };
        Segment { values: self.values.drain(part).collect(), counts }
    }

    /// Number of cells.
    pub fn cells(&self) -> u64 {
        if self.counts.is_empty() {
            return self.values.len() as u64;
        }
        self.counts.iter().map(|count| u64::from(*count)).sum()
    }
}

/// The values of a run in ascending order, each once, with the number of its cells.
#[derive(Debug, Clone)]
pub struct DistinctValues {
    heads: Vec<NextValue>,
}

impl DistinctValues {
    /// The values of several lists.
    pub fn of(segments: &[Arc<Segment>]) -> DistinctValues {
        DistinctValues { heads: segments.iter().filter_map(NextValue::of).collect() }
    }
}

impl Iterator for DistinctValues {
    type Item = (i64, u64);

    #[inline]
    fn next(&mut self) -> Option<(i64, u64)> {
        let value = self.heads.iter().map(|head| head.value).min()?;
        let (mut cells, mut is_over) = (0, false);
        for head in self.heads.iter_mut().filter(|head| head.value == value) {
            cells += head.cells;
            is_over |= !head.advance();
        }
        if is_over {
            self.heads.retain(|head| head.cells > 0);
        }
        Some((value, cells))
    }
}

/// The next value of a list.
#[derive(Debug, Clone)]
struct NextValue {
    value: i64,
    /// Its cells; 0 after the last value.
    cells: u64,
    /// Where the value after it begins.
    next: usize,
    segment: Arc<Segment>,
}

impl NextValue {
    fn of(segment: &Arc<Segment>) -> Option<NextValue> {
        let mut head = NextValue { value: 0, cells: 0, next: 0, segment: Arc::clone(segment) };
        head.advance().then_some(head)
    }

    /// Goes on to the next value; false after the last one.
    #[inline]
    fn advance(&mut self) -> bool {
        self.cells = 0;
        let Segment { values, counts } = &*self.segment;
        while let Some(value) = values.get(self.next)
            && (self.cells == 0 || *value == self.value)
        {
            self.value = *value;
            self.cells += counts.get(self.next).map_or(1, |count| u64::from(*count));
            self.next += 1;
        }
        self.cells > 0
    }
}
