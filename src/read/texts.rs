//! A table of distinct texts and their counts: what the cells of a column are looked up in.
//!
//! A column with millions of cells has few distinct texts. Each cell is looked up by its first bytes and counted;
//! a text is interpreted once, not once per case. The table stops growing at a limit; a text that does not fit is
//! handed back to be interpreted at once.

use super::block::Cell;

/// A text and its count.
#[derive(Debug, Clone, Copy)]
struct TextEntry {
    key: TextKey,
    start: u32,
    count: u64,
}

/// The number of a counted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interned {
    /// It was counted before and has this number.
    Known(usize),
    /// It is new and now has this number.
    New(usize),
    /// The table is full, and the text is not in it.
    Full,
}

/// Number of slots of an empty table.
const SLOTS: usize = 64;
/// Below this size, a table has eight slots per text: a collision is a branch the processor cannot predict.
const ROOMY: usize = 1 << 12;

/// A table of distinct texts with their counts.
#[derive(Debug)]
pub struct Texts {
    /// Number of an entry plus one; 0 is free. Its length is a power of two.
    slots: Vec<u32>,
    entries: Vec<TextEntry>,
    arena: Vec<u8>,
    limit: usize,
}

impl Texts {
    /// An empty table of at most `limit` texts.
    pub fn new(limit: usize) -> Texts {
        Texts { slots: Vec::new(), entries: Vec::new(), arena: Vec::new(), limit }
    }

    /// True before the first text.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Counts the text of a cell.
    #[inline]
    pub fn count_cell(&mut self, cell: Cell<'_>) -> Interned {
        match cell.plain() {
            Some(text) => self.count(cell.onward(), text.len()),
            None => {
                let text = cell.text();
                self.count(&text, text.len())
            }
        }
    }

    /// Counts the text that is the first `length` bytes of `from`.
    #[inline]
    pub fn count(&mut self, from: &[u8], length: usize) -> Interned {
        // Most cells fit into one word.
        if length <= 8 {
            let key = TextKey { first: word(from, length), more: [0; 3], rest: 0, length: length as u32 };
            return self.count_key(key, from, |known, _| (known.first, known.length) == (key.first, key.length));
        }
        self.count_long(from, length)
    }

    fn count_long(&mut self, from: &[u8], length: usize) -> Interned {
        let key = TextKey::of(from, length);
        if length <= KEYED {
            return self.count_key(key, from, |known, _| *known == key);
        }
        let text = from.get(..length).unwrap_or(from);
        self.count_key(key, from, |known, bytes| *known == key && bytes == text)
    }

    #[inline]
    fn count_key(&mut self, key: TextKey, from: &[u8], is_same: impl Fn(&TextKey, &[u8]) -> bool) -> Interned {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = key.hash() & mask;
        loop {
            let number = match self.slots.get(slot) {
                Some(number) if *number != 0 => (*number as usize).wrapping_sub(1),
                _ => return self.insert(from, key, slot),
            };
            if let Some(entry) = self.entries.get_mut(number) {
                let bytes = || of_entry(&self.arena, entry);
                if is_same(&entry.key, if key.length as usize > KEYED { bytes() } else { &[] }) {
                    // The number of cells cannot reach 2^64.
                    entry.count = entry.count.wrapping_add(1);
                    return Interned::Known(number);
                }
            }
            slot = slot.wrapping_add(1) & mask;
        }
    }

    #[cold]
    fn insert(&mut self, from: &[u8], key: TextKey, mut slot: usize) -> Interned {
        if self.slots.is_empty() {
            // Most columns of a wide file have no texts.
            self.slots.resize(SLOTS, 0);
            slot = key.hash() & (SLOTS - 1);
        }
        let number = self.entries.len();
        let text = from.get(..key.length as usize).unwrap_or(from);
        let Ok(start) = u32::try_from(self.arena.len()) else { return Interned::Full };
        if number >= self.limit {
            return Interned::Full;
        }
        self.entries.push(TextEntry { key, start, count: 1 });
        self.arena.extend_from_slice(text);
        if let Some(free) = self.slots.get_mut(slot) {
            *free = (number as u32).wrapping_add(1);
        }
        let spread = if self.slots.len() < ROOMY { 8 } else { 2 };
        if self.entries.len().wrapping_mul(spread) > self.slots.len() {
            self.grow();
        }
        Interned::New(number)
    }

    fn grow(&mut self) {
        let size = self.slots.len().wrapping_mul(4);
        let mut slots = vec![0; size];
        for (number, entry) in self.entries.iter().enumerate() {
            let mut slot = entry.key.hash() & size.wrapping_sub(1);
            while slots.get(slot).is_some_and(|taken| *taken != 0) {
                slot = slot.wrapping_add(1) & size.wrapping_sub(1);
            }
            if let Some(free) = slots.get_mut(slot) {
                *free = (number as u32).wrapping_add(1);
            }
        }
        self.slots = slots;
    }

    /// The text of a number.
    pub fn text(&self, number: usize) -> Option<&[u8]> {
        self.entries.get(number).map(|entry| of_entry(&self.arena, entry))
    }

    /// The texts with their counts, in order of first occurrence.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], u64)> {
        self.entries.iter().map(|entry| (of_entry(&self.arena, entry), entry.count))
    }
}

fn of_entry<'a>(arena: &'a [u8], entry: &TextEntry) -> &'a [u8] {
    let start = entry.start as usize;
    arena.get(start..start.wrapping_add(entry.key.length as usize)).unwrap_or_default()
}

/// Texts of at most this many bytes are compared by their keys alone.
const KEYED: usize = 32;

/// Length and first 32 bytes of a text as 64-bit words, so that most texts are compared in registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TextKey {
    first: u64,
    more: [u64; 3],
    /// The bytes behind them, mixed: treatments of many patients begin alike. 0 where there are none.
    rest: u64,
    length: u32,
}

impl TextKey {
    /// The key of a text of more than eight bytes.
    #[inline(always)]
    fn of(from: &[u8], length: usize) -> TextKey {
        let mut padded = [0; KEYED];
        let bytes = from.first_chunk::<KEYED>().unwrap_or_else(|| {
            padded.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
            &padded
        });
        let (words, _) = bytes.as_chunks::<8>();
        let word = |number| masked(words, number, length);
        let rest = from.get(KEYED..length).map_or(0, mixed);
        TextKey { first: word(0), more: [word(1), word(2), word(3)], rest, length: length as u32 }
    }

    #[inline]
    fn hash(&self) -> usize {
        let [a, b, c] = self.more;
        // Rotated, so that equal words do not cancel each other.
        let words = self.first ^ a.rotate_left(17) ^ b.rotate_left(31) ^ c.rotate_left(47) ^ self.rest;
        let mixed = (words ^ u64::from(self.length)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        // The upper bits of a product are mixed best.
        (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93).rotate_left(29) as usize
    }
}

/// All bytes of a text, mixed into one word.
fn mixed(text: &[u8]) -> u64 {
    let (words, end) = text.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word)).chain([word(end, end.len())]);
    words.fold(0, |mixed: u64, word| (mixed.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// A word of a text of this length, zeros behind it.
#[inline(always)]
fn masked(words: &[[u8; 8]], number: usize, length: usize) -> u64 {
    let word = words.get(number).map_or(0, |word| u64::from_le_bytes(*word));
    word & low_bytes(length.saturating_sub(number.wrapping_mul(8)))
}

/// All ones in so many of the low bytes.
#[inline]
fn low_bytes(bytes: usize) -> u64 {
    // From a table: a shift by a variable takes three steps on the plainest processors.
    const MASKS: [u64; 9] =
        [0, 0xFF, 0xFFFF, 0xFF_FFFF, 0xFFFF_FFFF, 0xFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF, 0xFF_FFFF_FFFF_FFFF, u64::MAX];
    MASKS.get(bytes).copied().unwrap_or(u64::MAX)
}

/// A text of at most eight bytes as one word, zeros behind it.
#[inline]
fn word(from: &[u8], length: usize) -> u64 {
    let word = match from.first_chunk::<8>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        // The end of a block.
        None => from.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte)),
    };
    word & low_bytes(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn counts_are_those_of_a_map(texts in prop::collection::vec("[ab]{0,4}|[a-c]{15,18}|abcdefgh[xy]{0,9}|[ab]{30,34}|x{16}[ab]{0,24}y{16}|x{31}[ab]{0,9}", 0..300), after in "[a]{0,40}") {
            let (mut table, mut map) = (Texts::new(1000), BTreeMap::new());
            for text in &texts {
                let more = [text.as_bytes(), after.as_bytes()].concat();
                table.count(&more, text.len());
                let count = map.entry(text.as_bytes().to_vec()).or_insert(0_u64);
                *count = count.saturating_add(1);
            }
            let counted: BTreeMap<Vec<u8>, u64> = table.iter().map(|(t, n)| (t.to_vec(), n)).collect();
            prop_assert_eq!(counted, map);
        }
    }

    #[test]
    fn a_full_table_hands_new_texts_back_and_goes_on_counting_old_ones() {
        let mut table = Texts::new(2);
        let counted: Vec<Interned> = [b"a", b"b", b"c", b"a"].iter().map(|t| table.count(*t, 1)).collect();
        assert_eq!(counted, [Interned::New(0), Interned::New(1), Interned::Full, Interned::Known(0)]);
    }
}
