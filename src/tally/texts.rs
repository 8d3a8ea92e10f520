//! Counts distinct texts: the front of every tally.
//!
//! A column of millions of cells has few different ones. Each is looked up by a key made of
//! its bytes and counted; what it means is worked out once, not once a case. The table stops
//! growing at a limit; what does not fit is handed back to be interpreted at once.

/// A text and how often it was met.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Key,
    start: u32,
    count: u64,
}

/// What became of a counted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It was met before, and has this number.
    Known(usize),
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
        let key = Key::of(text);
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = key.hash() & mask;
        loop {
            let number = match self.slots.get(slot) {
                Some(number) if *number != 0 => (*number as usize).wrapping_sub(1),
                _ => return self.insert(text, key, slot),
            };
            if let Some(entry) = self.entries.get_mut(number)
                && entry.key == key
                && (text.len() <= KEYED || of_entry(&self.arena, entry) == text)
            {
                entry.count += 1;
                return Counted::Known(number);
            }
            slot = slot.wrapping_add(1) & mask;
        }
    }

    #[cold]
    fn insert(&mut self, text: &[u8], key: Key, slot: usize) -> Counted {
        let number = self.entries.len();
        let (Ok(start), true) = (u32::try_from(self.arena.len()), u32::try_from(text.len()).is_ok()) else {
            return Counted::Full;
        };
        if number >= self.limit {
            return Counted::Full;
        }
        self.entries.push(Entry { key, start, count: 1 });
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
            let mut slot = entry.key.hash() & (size - 1);
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
        self.entries.iter().map(|entry| (of_entry(&self.arena, entry), entry.count))
    }
}

fn of_entry<'a>(arena: &'a [u8], entry: &Entry) -> &'a [u8] {
    let start = entry.start as usize;
    arena.get(start..start + entry.key.length as usize).unwrap_or_default()
}

/// Texts of up to this many bytes are told apart by their keys alone.
const KEYED: usize = 32;

/// Length and four words of a text: compared in registers, without a call and without its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    first: u64,
    second: u64,
    last_but_one: u64,
    last: u64,
    length: u32,
}

impl Key {
    /// The first and last 16 bytes; of 8 to 16 bytes the first and last 8 hold everything.
    #[inline]
    fn of(text: &[u8]) -> Key {
        let mut key = Key { first: 0, second: 0, last_but_one: 0, last: 0, length: text.len() as u32 };
        if let (Some(first), Some(last)) = (text.first_chunk::<16>(), text.last_chunk::<16>()) {
            (key.first, key.second) = two_words(*first);
            (key.last_but_one, key.last) = two_words(*last);
        } else if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            (key.first, key.last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
            (key.first, key.last) = (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)));
        } else {
            key.first = text.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte));
        }
        key
    }

    #[inline]
    fn hash(&self) -> usize {
        // Odd constants, so that no word can cancel another by being equal to it.
        let outer = self.first.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ self.last.wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
        let inner = self.second.wrapping_mul(0x1656_67B1_9E37_79F9)
            ^ self.last_but_one.wrapping_mul(0x8525_9FF7_2C1B_ED61)
            ^ u64::from(self.length);
        let mixed = outer ^ inner.rotate_left(23);
        (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93).rotate_left(29) as usize
    }
}

#[inline]
fn two_words(bytes: [u8; 16]) -> (u64, u64) {
    let both = u128::from_le_bytes(bytes);
    (both as u64, (both >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn counts_are_those_of_a_map(texts in prop::collection::vec("[ab]{0,4}|[a-c]{15,18}|abcdefgh[xy]{0,9}|[ab]{30,34}|x{16}[ab]{0,24}y{16}", 0..300)) {
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
        assert_eq!(counted, [Counted::New(0), Counted::New(1), Counted::Full, Counted::Known(0)]);
    }
}
