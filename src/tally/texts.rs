//! Counts distinct texts: the front of every tally.
//!
//! A column of millions of cells has few different ones. Each is looked up by two words made of
//! its bytes and counted; what it means is worked out once, not once a case. The table stops
//! growing at a limit; what does not fit is handed back to be interpreted at once.

/// A text and how often it was met.
#[derive(Debug, Clone, Copy)]
struct Entry {
    head: u64,
    tail: u64,
    start: u32,
    length: u32,
    count: u64,
}

/// What became of a counted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It was met before.
    Known,
    /// It is new, and now has this number.
    New(usize),
    /// The table is full, and the text is not in it.
    Full,
}

/// A table of distinct texts with their counts.
#[derive(Debug)]
pub struct Texts {
    /// Number of an entry plus one; 0 is free. Its length is a power of two.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    arena: Vec<u8>,
    limit: usize,
}

impl Texts {
    /// An empty table of at most `limit` texts.
    pub fn new(limit: usize) -> Texts {
        Texts { slots: vec![0; 16], entries: Vec::new(), arena: Vec::new(), limit }
    }

    /// Counts one text.
    #[inline]
    pub fn count(&mut self, text: &[u8]) -> Counted {
        let (head, tail) = words(text);
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash(head, tail, text.len()) & mask;
        loop {
            match self.slots.get(slot).copied().unwrap_or(0) {
                0 => return self.insert(text, head, tail, slot),
                number => {
                    if self.is(number as usize - 1, text, head, tail) {
                        if let Some(entry) = self.entries.get_mut(number as usize - 1) {
                            entry.count += 1;
                        }
                        return Counted::Known;
                    }
                }
            }
            slot = slot.wrapping_add(1) & mask;
        }
    }

    #[inline]
    fn is(&self, number: usize, text: &[u8], head: u64, tail: u64) -> bool {
        self.entries.get(number).is_some_and(|entry| {
            entry.head == head
                && entry.tail == tail
                && entry.length as usize == text.len()
                && (text.len() <= 16 || self.bytes(entry) == text)
        })
    }

    fn bytes(&self, entry: &Entry) -> &[u8] {
        let start = entry.start as usize;
        self.arena.get(start..start + entry.length as usize).unwrap_or_default()
    }

    #[cold]
    fn insert(&mut self, text: &[u8], head: u64, tail: u64, slot: usize) -> Counted {
        let number = self.entries.len();
        let (Ok(start), Ok(length)) = (u32::try_from(self.arena.len()), u32::try_from(text.len())) else {
            return Counted::Full;
        };
        if number >= self.limit {
            return Counted::Full;
        }
        self.entries.push(Entry { head, tail, start, length, count: 1 });
        self.arena.extend_from_slice(text);
        if let Some(free) = self.slots.get_mut(slot) {
            *free = number as u32 + 1;
        }
        if self.entries.len() * 2 > self.slots.len() {
            self.grow();
        }
        Counted::New(number)
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        let mut slots = vec![0; size];
        for (number, entry) in self.entries.iter().enumerate() {
            let mut slot = hash(entry.head, entry.tail, entry.length as usize) & (size - 1);
            while slots.get(slot).is_some_and(|taken| *taken != 0) {
                slot = (slot + 1) & (size - 1);
            }
            if let Some(free) = slots.get_mut(slot) {
                *free = number as u32 + 1;
            }
        }
        self.slots = slots;
    }

    /// The texts with their counts, in the order they were first met.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], u64)> {
        self.entries.iter().map(|entry| (self.bytes(entry), entry.count))
    }
}

/// Two words that, with the length, tell any two texts of up to 16 bytes apart, and most longer ones.
#[inline]
fn words(text: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        if text.len() <= 16 {
            return (first, last);
        }
        let (chunks, _) = text.as_chunks::<8>();
        let mixed = chunks.iter().fold(0_u64, |mixed, chunk| {
            (mixed ^ u64::from_le_bytes(*chunk)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(27)
        });
        return (first, mixed ^ last);
    }
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        return (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)));
    }
    let head = text.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte));
    (head, 0)
}

#[inline]
fn hash(head: u64, tail: u64, length: usize) -> usize {
    let mixed = (head ^ (length as u64)).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ tail.wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93).rotate_left(29) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn counts_are_those_of_a_map(texts in prop::collection::vec("[ab]{0,4}|[a-c]{15,18}|abcdefgh[xy]{0,9}", 0..300)) {
            let (mut table, mut map) = (Texts::new(1000), BTreeMap::new());
            for text in &texts {
                table.count(text.as_bytes());
                *map.entry(text.as_bytes().to_vec()).or_insert(0_u64) += 1;
            }
            let counted: BTreeMap<Vec<u8>, u64> = table.iter().map(|(t, n)| (t.to_vec(), n)).collect();
            prop_assert_eq!(counted, map);
        }
    }

    #[test]
    fn a_full_table_hands_new_texts_back_and_goes_on_counting_old_ones() {
        let mut table = Texts::new(2);
        let counted: Vec<Counted> = [b"a", b"b", b"c", b"a"].iter().map(|t| table.count(*t)).collect();
        assert_eq!(counted, [Counted::New(0), Counted::New(1), Counted::Full, Counted::Known]);
    }
}
