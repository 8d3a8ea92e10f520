//! Counts of numbers with any digits, in sorted lists: eight to sixteen bytes for each distinct value.

use super::segment::{DistinctValues, Segment, distinct};
use std::cmp::Reverse;
use std::sync::Arc;

/// Values that are collected before they are first looked at: few, because every column of every group has its own.
const FIRST_ROOM: usize = 1 << 10;
/// A value counted at most so many times at once is written out.
const WRITTEN_OUT: u64 = 4;
/// Most lists that are walked side by side.
const MOST_SEGMENTS: usize = 8;

/// The values of one scale, as their digits, with their counts.
///
/// New values are only collected. When there is no more room they are sorted; where most of them are repeated, they
/// become a list of values with counts, else they stay as they are and the room doubles. The lists are shared by the
/// clones of a run, and those of several runs are merged as they are walked.
#[derive(Debug, Clone, Default)]
pub struct Run {
    pending: Vec<i64>,
    /// Length of `pending` at which it is looked at; 0 stands for the first room.
    room: usize,
    /// Values that were counted several times at once.
    pending_many: Vec<(i64, u32)>,
    /// Repeated values.
    repeated: Segment,
    segments: Vec<Arc<Segment>>,
}

impl Run {
    /// The values that are given in ascending order.
    pub fn of_sorted(values: impl Iterator<Item = (i64, u64)>) -> Run {
        let segment = Segment::of_sorted(values);
        let segments = if segment.values.is_empty() { Vec::new() } else { vec![Arc::new(segment)] };
        Run { segments, ..Run::default() }
    }

    /// Counts one value.
    #[inline(always)]
    pub fn add(&mut self, digits: i64) {
        if self.pending.len() >= self.room {
            self.make_room();
        }
        self.pending.push(digits);
    }

    /// Counts a value `cells` times.
    pub fn add_many(&mut self, digits: i64, cells: u64) {
        if cells <= WRITTEN_OUT {
            return (0..cells).for_each(|_| self.add(digits));
        }
        let mut left = cells;
        while left > 0 {
            let count = u32::try_from(left).unwrap_or(u32::MAX);
            self.pending_many.push((digits, count));
            left -= u64::from(count);
        }
        if self.pending_many.len() >= room_beside(&self.repeated) {
            self.absorb_many();
        }
    }

    /// Adds the counts of another run: its lists are kept as they are while there are few.
    pub fn merge(&mut self, mut other: Run) {
        self.settle();
        other.settle();
        self.segments.append(&mut other.segments);
        self.limit_segments();
    }

    /// Sorts what was collected, so that walking and cloning the run cost nothing more.
    pub fn settle(&mut self) {
        self.absorb_many();
        self.look_at_pending();
        let (repeated, pending) = (std::mem::take(&mut self.repeated), std::mem::take(&mut self.pending));
        let once = Segment { values: pending, counts: Vec::new() };
        self.segments.extend([repeated, once].into_iter().filter(|segment| !segment.values.is_empty()).map(Arc::new));
        self.room = 0;
        self.limit_segments();
    }

    /// The values in ascending order with their counts. Settle the run first: else each walk sorts anew.
    pub fn iter(&self) -> DistinctValues {
        if self.is_settled() {
            return DistinctValues::of(&self.segments);
        }
        let mut settled = self.clone();
        settled.settle();
        DistinctValues::of(&settled.segments)
    }

    /// Number of cells counted.
    pub fn cells(&self) -> u64 {
        let many: u64 = self.pending_many.iter().map(|(_, count)| u64::from(*count)).sum();
        let segments = self.segments.iter().map(|segment| segment.cells()).sum::<u64>();
        self.pending.len() as u64 + many + self.repeated.cells() + segments
    }

    /// True if nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.is_settled() && self.segments.is_empty()
    }

    /// The least and the greatest value of a settled run.
    pub fn extent(&self) -> Option<(i64, i64)> {
        let ends = self.segments.iter().filter_map(|segment| segment.values.first().zip(segment.values.last()));
        ends.map(|(low, high)| (*low, *high)).reduce(|all, (low, high)| (all.0.min(low), all.1.max(high)))
    }

    /// Takes one value out; how many cells had it.
    pub fn take(&mut self, digits: i64) -> u64 {
        self.take_parts(|values| {
            let at = values.partition_point(|value| *value < digits);
            [at..values.partition_point(|value| *value <= digits), 0..0]
        })
        .cells()
    }

    /// Takes the values below `low` and above `high` out; the values in ascending order with their counts.
    pub fn take_outside(&mut self, low: i64, high: i64) -> DistinctValues {
        self.take_parts(|values| {
            let above = values.partition_point(|value| *value <= high);
            [above..values.len(), 0..values.partition_point(|value| *value < low).min(above)]
        })
        .iter()
    }

    /// Takes two parts of each list out, the later one first.
    fn take_parts(&mut self, parts: impl Fn(&[i64]) -> [std::ops::Range<usize>; 2]) -> Run {
        self.settle();
        let mut taken = Vec::new();
        for segment in &mut self.segments {
            for part in parts(&segment.values).into_iter().filter(|part| !part.is_empty()) {
                taken.push(Arc::new(Arc::make_mut(segment).take(part)));
            }
        }
        self.segments.retain(|segment| !segment.values.is_empty());
        Run { segments: taken, ..Run::default() }
    }

    fn is_settled(&self) -> bool {
        self.pending.is_empty() && self.pending_many.is_empty() && self.repeated.values.is_empty()
    }

    #[cold]
    fn make_room(&mut self) {
        if self.room > 0 {
            self.look_at_pending();
        }
        let collected = 2 * self.pending.len();
        self.room = collected.max(room_beside(&self.repeated));
    }

    /// Sorts what was collected, and moves it to the repeated values where that makes it shorter.
    fn look_at_pending(&mut self) {
        // The first half was sorted before: a sort that merges runs does not sort it again.
        self.pending.sort();
        let collected = self.pending.len();
        let is_repeated = distinct(&self.pending) <= collected / 2;
        if self.repeated.values.is_empty() && is_repeated {
            self.repeated = Segment::repeated(std::mem::take(&mut self.pending));
        } else if is_repeated || self.repeated.values.len() >= collected / 2 {
            self.repeated.absorb(self.pending.drain(..).map(|value| (value, 1)));
        }
    }

    fn absorb_many(&mut self) {
        self.pending_many.sort_unstable();
        self.repeated.absorb(self.pending_many.drain(..));
    }

    /// Merges the shortest lists until there are few.
    fn limit_segments(&mut self) {
        while self.segments.len() > MOST_SEGMENTS {
            self.segments.sort_by_key(|segment| Reverse(segment.values.len()));
            let shortest = self.segments.split_off(self.segments.len() - 2);
            self.segments.push(Arc::new(Segment::merged(&shortest)));
        }
    }
}

/// Runs are equal if they count the same values.
impl PartialEq for Run {
    fn eq(&self, other: &Run) -> bool {
        self.iter().eq(other.iter())
    }
}

/// What may be collected before it is merged into these values: merging costs as much as walking them.
fn room_beside(repeated: &Segment) -> usize {
    (repeated.values.len() / 4).max(FIRST_ROOM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    type Counted = BTreeMap<i64, u64>;

    fn pairs(counted: &Counted) -> Vec<(i64, u64)> {
        counted.iter().map(|(value, cells)| (*value, *cells)).collect()
    }

    /// Parts of a column: most values from a small range, or from all; often once, seldom many times.
    fn parts() -> impl Strategy<Value = Vec<Vec<(i64, u64)>>> {
        let value = prop_oneof![-9_i64..9, -3000_i64..3000, any::<i64>(), Just(i64::MAX), Just(i64::MIN)];
        let cells = prop_oneof![8 => Just(1_u64), 2 => 2..9_u64, 1 => Just(u64::from(u32::MAX) + 7)];
        prop::collection::vec(prop::collection::vec((value, cells), 0..2000), 0..12)
    }

    /// The same parts as runs and as a map.
    fn counted(parts: &[Vec<(i64, u64)>]) -> (Vec<Run>, Counted) {
        let mut all = Counted::new();
        let run = |part: &Vec<(i64, u64)>| {
            let mut run = Run::default();
            for (value, cells) in part {
                if *cells == 1 {
                    run.add(*value)
                } else {
                    run.add_many(*value, *cells)
                }
                *all.entry(*value).or_default() += cells;
            }
            run
        };
        (parts.iter().map(run).collect(), all)
    }

    fn merged(runs: Vec<Run>) -> Run {
        runs.into_iter().fold(Run::default(), |mut all, run| {
            all.merge(run);
            all
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_run_counts_what_a_map_counts(parts in parts()) {
            let (runs, all) = counted(&parts);
            let whole = counted(&[parts.concat()]).0.remove(0);
            prop_assert_eq!(whole.iter().collect::<Vec<_>>(), pairs(&all));
            let merged = merged(runs);
            prop_assert_eq!(merged.iter().collect::<Vec<_>>(), pairs(&all));
            prop_assert_eq!(merged.cells(), all.values().sum::<u64>());
            prop_assert!(merged.segments.len() <= MOST_SEGMENTS && merged == whole);
            prop_assert_eq!(merged.is_empty(), all.is_empty());
            let extent = all.first_key_value().zip(all.last_key_value()).map(|((low, _), (high, _))| (*low, *high));
            prop_assert_eq!(merged.extent(), extent);
        }

        #[test]
        fn values_are_taken_out(parts in parts(), low in -50_i64..50, width in -3_i64..50, one in -9_i64..9) {
            let (runs, mut all) = counted(&parts);
            let mut run = merged(runs);
            let shared = run.clone();
            prop_assert_eq!(run.take(one), all.remove(&one).unwrap_or(0));
            let (inside, outside): (Counted, Counted) =
                all.into_iter().partition(|(value, _)| (low..=low + width).contains(value));
            if width >= 0 {
                prop_assert_eq!(run.take_outside(low, low + width).collect::<Vec<_>>(), pairs(&outside));
                prop_assert_eq!(run.iter().collect::<Vec<_>>(), pairs(&inside));
            }
            prop_assert_eq!(shared, counted(&[parts.concat()]).0.remove(0));
        }
    }

    #[test]
    fn distinct_values_take_eight_bytes_and_repeated_ones_are_joined() {
        let (mut distinct, mut repeated) = (Run::default(), Run::default());
        for at in 0..200_000_i64 {
            distinct.add(at.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as i64));
            repeated.add(at * 7919 % 5003);
        }
        assert!(repeated.pending.len() + repeated.repeated.values.len() < 12_000);
        distinct.settle();
        repeated.settle();
        let lengths = |run: &Run| run.segments.iter().map(|s| (s.values.len(), s.counts.len())).collect::<Vec<_>>();
        assert_eq!(lengths(&distinct), [(200_000, 0)]);
        assert_eq!(lengths(&repeated), [(5003, 5003)]);
        assert_eq!((distinct.cells(), repeated.cells()), (200_000, 200_000));
    }
}
