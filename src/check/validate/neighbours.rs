//! Pairs of records that are neighbours in some order, each once.

use std::ops::Range;

/// Least percentage of the fields reported by both records that must agree.
pub const AGREEING: usize = 90;
/// Each record is compared with this many neighbours in each sort order.
const NEIGHBOURS: usize = 3;
/// Fields that are compared at a time: so many differences fit into a byte.
const FIELDS: usize = 128;

/// The records in the order of their fields, beginning with each field in turn, and in that of their ids.
pub struct Neighbours<'r> {
    texts: &'r [&'r [u32]],
    ids: &'r [&'r str],
}

impl<'r> Neighbours<'r> {
    /// Of records with these texts and ids.
    pub fn of(texts: &'r [&'r [u32]], ids: &'r [&'r str]) -> Neighbours<'r> {
        Neighbours { texts, ids }
    }

    /// Visits the pairs of neighbours, each at least once: the earlier and the later record; what each thread has found.
    pub fn each_pair<S: Default + Send>(&self, threads: usize, visit: impl Fn(&mut S, usize, usize) + Sync) -> Vec<S> {
        let fields = self.fields();
        let part = fields.div_ceil(threads.max(1)).max(1);
        let (visit, all) = (&visit, self);
        let mut found: Vec<S> = if threads <= 1 {
            // There may be no other thread, as in a browser.
            vec![all.by_fields(0..fields, visit)]
        } else {
            all.in_threads(part, visit)
        };
        let (mut by_id, mut visited) = (S::default(), VisitedPairs::new(self.texts.len()));
        let mut order = self.all();
        order.sort_by_key(|at| self.ids.get(*at as usize));
        visited.each_new(&order, |one, other| visit(&mut by_id, one, other));
        found.push(by_id);
        found
    }

    /// The pairs in the orders that begin with each field, so many fields a thread.
    fn in_threads<S: Default + Send>(&self, part: usize, visit: &(impl Fn(&mut S, usize, usize) + Sync)) -> Vec<S> {
        let fields = self.fields();
        std::thread::scope(|scope| {
            let parts = (0..fields).step_by(part).map(|first| first..first.saturating_add(part).min(fields));
            let workers: Vec<_> = parts.map(|fields| scope.spawn(move || self.by_fields(fields, visit))).collect();
            let done = workers.into_iter().map(|one| one.join().unwrap_or_else(|e| std::panic::resume_unwind(e)));
            done.collect()
        })
    }

    fn fields(&self) -> usize {
        self.texts.first().map_or(0, |texts| texts.len())
    }

    /// The pairs in the orders that begin with some fields.
    ///
    /// The order that begins with a field is that of the field behind it, sorted once more by this field: a sort that
    /// leaves equal ones in their order needs one step a field, not a comparison of whole records.
    fn by_fields<S: Default>(&self, fields: Range<usize>, visit: &impl Fn(&mut S, usize, usize)) -> S {
        let (mut order, begin) = (self.all(), fields.end);
        order.sort_by(|a, b| self.rotated(*a, begin).cmp(&self.rotated(*b, begin)));
        let (mut found, mut visited) = (S::default(), VisitedPairs::new(self.texts.len()));
        let mut sorter = RadixSort::default();
        for field in fields.rev() {
            sorter.sort(&mut order, |at| self.text(at, field));
            visited.each_new(&order, |one, other| visit(&mut found, one, other));
        }
        found
    }

    fn all(&self) -> Vec<u32> {
        (0..self.texts.len()).filter_map(|at| u32::try_from(at).ok()).collect()
    }

    /// The fields of a record, beginning with one of them.
    fn rotated(&self, at: u32, first: usize) -> (&[u32], &[u32]) {
        let texts = self.texts.get(at as usize).copied().unwrap_or_default();
        let (before, from) = texts.split_at_checked(first).unwrap_or_default();
        (from, before)
    }

    fn text(&self, at: u32, field: usize) -> u32 {
        self.texts.get(at as usize).and_then(|texts| texts.get(field)).copied().unwrap_or(0)
    }
}

/// Sorts by small numbers, and leaves equal ones in their order; its buffers are used again.
#[derive(Default)]
struct RadixSort {
    starts: Vec<u32>,
    keys: Vec<u32>,
    sorted: Vec<u32>,
}

impl RadixSort {
    fn sort(&mut self, order: &mut Vec<u32>, key: impl Fn(u32) -> u32) {
        self.keys.clear();
        self.keys.extend(order.iter().map(|at| key(*at)));
        let most = self.keys.iter().max().map_or(0, |most| *most as usize);
        self.starts.clear();
        self.starts.resize(most.saturating_add(2), 0);
        for key in &self.keys {
            if let Some(next) = self.starts.get_mut((*key as usize).saturating_add(1)) {
                *next = next.wrapping_add(1);
            }
        }
        let mut sum = 0_u32;
        for start in &mut self.starts {
            sum = sum.wrapping_add(*start);
            *start = sum;
        }
        self.sorted.clear();
        self.sorted.resize(order.len(), 0);
        for (at, key) in order.iter().zip(&self.keys) {
            let Some(start) = self.starts.get_mut(*key as usize) else { continue };
            if let Some(slot) = self.sorted.get_mut(*start as usize) {
                *slot = *at;
            }
            *start = start.wrapping_add(1);
        }
        std::mem::swap(order, &mut self.sorted);
    }
}

/// The pairs that were visited, one bit a pair.
struct VisitedPairs(Vec<u64>);

impl VisitedPairs {
    fn new(records: usize) -> VisitedPairs {
        let bits = records.saturating_mul(records) / 2;
        VisitedPairs(vec![0; (bits / 64).saturating_add(1)])
    }

    /// Visits the neighbours in an order that were not visited before.
    fn each_new(&mut self, order: &[u32], mut visit: impl FnMut(usize, usize)) {
        for (number, one) in order.iter().enumerate() {
            let neighbours = order.iter().skip(number.saturating_add(1)).take(NEIGHBOURS);
            for other in neighbours {
                let (earlier, later) = ((*one).min(*other) as usize, (*one).max(*other) as usize);
                if self.is_new(earlier, later) {
                    visit(earlier, later);
                }
            }
        }
    }

    /// True for a pair that is asked for the first time; a later record has its bits behind those of all before it.
    fn is_new(&mut self, earlier: usize, later: usize) -> bool {
        let before = later.saturating_mul(later.saturating_sub(1)) / 2;
        let bit = before.saturating_add(earlier);
        let Some(word) = self.0.get_mut(bit / 64) else { return true };
        let mask = 1_u64.wrapping_shl((bit % 64) as u32);
        let is_new = *word & mask == 0;
        *word |= mask;
        is_new
    }
}

/// The records with one byte a field: two that differ in it differ in the field.
pub struct Sketches {
    fields: usize,
    bytes: Vec<u8>,
}

impl Sketches {
    /// Of records with these texts.
    pub fn of(texts: &[&[u32]]) -> Sketches {
        let fields = texts.first().map_or(0, |texts| texts.len());
        // 0 is a field that is not reported.
        let byte = |text: &u32| if *text == 0 { 0 } else { ((*text % 255) as u8).saturating_add(1) };
        Sketches { fields, bytes: texts.iter().flat_map(|texts| texts.iter().map(byte)).collect() }
    }

    /// False where too many fields differ even if all that may agree do.
    pub fn may_agree(&self, one: usize, other: usize) -> bool {
        let mut differ = 0_usize;
        for (some, others) in self.record(one).chunks(FIELDS).zip(self.record(other).chunks(FIELDS)) {
            // Without a branch, so that many fields are compared at a time.
            let found = some.iter().zip(others).fold(0_u8, |found, (a, b)| {
                found.wrapping_add(u8::from(*a != 0) & u8::from(*b != 0) & u8::from(a != b))
            });
            differ = differ.saturating_add(usize::from(found));
            // Nearly all pairs end here.
            if differ.saturating_mul(100) > self.fields.saturating_mul(100 - AGREEING) {
                return false;
            }
        }
        true
    }

    fn record(&self, at: usize) -> &[u8] {
        let start = at.saturating_mul(self.fields);
        self.bytes.get(start..start.saturating_add(self.fields)).unwrap_or_default()
    }
}
