//! Texts by number: each distinct one is kept once.

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Distinct texts, up to 4 GiB of them.
#[derive(Debug, Default, Clone)]
pub struct DistinctTexts {
    /// One text behind the other.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    numbers: HashTable<u32>,
}

impl DistinctTexts {
    /// The number of a text, which is added if it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        let hash = FxBuildHasher.hash_one(text);
        if let Some(number) = self.numbers.find(hash, |number| self.get(*number) == text) {
            return *number;
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        let (texts, ends) = (&self.text, &self.ends);
        self.numbers.insert_unique(hash, number, |number| FxBuildHasher.hash_one(text_of(texts, ends, *number)));
        number
    }

    /// The text of a number; an empty one of a number that there is not.
    pub fn get(&self, number: u32) -> &str {
        text_of(&self.text, &self.ends, number)
    }

    /// All of them in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..).take(self.ends.len()).map(|number| self.get(number))
    }

    /// True where the places of further texts cannot be told.
    fn is_full(&self) -> bool {
        u32::try_from(self.text.len()).is_err()
    }

    /// Frees what is only needed to add more.
    pub fn finish(&mut self) {
        self.numbers = HashTable::new();
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

fn text_of<'t>(text: &'t str, ends: &[u32], number: u32) -> &'t str {
    let at = number as usize;
    let start = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let end = ends.get(at).copied().unwrap_or(start);
    text.get(start as usize..end as usize).unwrap_or_default()
}

/// Numbers in as few bytes as the greatest of them needs.
#[derive(Debug, Clone)]
pub enum PackedNumbers {
    /// One byte each.
    One(Vec<u8>),
    /// Two bytes.
    Two(Vec<u16>),
    /// Four bytes.
    Four(Vec<u32>),
}

impl Default for PackedNumbers {
    fn default() -> PackedNumbers {
        PackedNumbers::One(Vec::new())
    }
}

impl PackedNumbers {
    /// Adds a number.
    pub fn push(&mut self, number: u32) {
        match self {
            PackedNumbers::One(numbers) => match u8::try_from(number) {
                Ok(number) => numbers.push(number),
                Err(_) => self.push_wider(number),
            },
            PackedNumbers::Two(numbers) => match u16::try_from(number) {
                Ok(number) => numbers.push(number),
                Err(_) => self.push_wider(number),
            },
            PackedNumbers::Four(numbers) => numbers.push(number),
        }
    }

    fn push_wider(&mut self, number: u32) {
        *self = match std::mem::take(self) {
            PackedNumbers::One(numbers) => PackedNumbers::Two(numbers.into_iter().map(u16::from).collect()),
            PackedNumbers::Two(numbers) => PackedNumbers::Four(numbers.into_iter().map(u32::from).collect()),
            PackedNumbers::Four(numbers) => PackedNumbers::Four(numbers),
        };
        self.push(number);
    }

    /// The number at a place.
    pub fn get(&self, at: usize) -> Option<u32> {
        match self {
            PackedNumbers::One(numbers) => numbers.get(at).copied().map(u32::from),
            PackedNumbers::Two(numbers) => numbers.get(at).copied().map(u32::from),
            PackedNumbers::Four(numbers) => numbers.get(at).copied(),
        }
    }

    /// Frees what is only needed to add more.
    pub fn finish(&mut self) {
        match self {
            PackedNumbers::One(numbers) => numbers.shrink_to_fit(),
            PackedNumbers::Two(numbers) => numbers.shrink_to_fit(),
            PackedNumbers::Four(numbers) => numbers.shrink_to_fit(),
        }
    }
}

/// Texts in a row, each by the number of its distinct text.
#[derive(Debug, Default, Clone)]
pub struct TextColumn {
    texts: DistinctTexts,
    numbers: PackedNumbers,
}

impl TextColumn {
    /// True where its distinct texts are more than it can hold.
    pub fn is_full(&self) -> bool {
        self.texts.is_full()
    }

    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        let number = self.texts.number(text);
        self.numbers.push(number);
    }

    /// The text of a row.
    pub fn get(&self, row: usize) -> &str {
        self.number(row).map_or("", |number| self.texts.get(number))
    }

    /// The number of the text of a row: the same text has the same number.
    pub fn number(&self, row: usize) -> Option<u32> {
        self.numbers.get(row)
    }

    /// The distinct texts.
    pub fn texts(&self) -> &DistinctTexts {
        &self.texts
    }

    /// Frees what is only needed to add more.
    pub fn finish(&mut self) {
        self.texts.finish();
        self.numbers.finish();
    }
}

#[cfg(test)]
mod tests {
    use super::TextColumn;

    #[test]
    fn a_text_is_kept_once() {
        let mut column = TextColumn::default();
        let all = ["CRP", "", "ck", "CRP", "é", "", "CRP"];
        all.iter().for_each(|text| column.push(text));
        column.finish();
        assert_eq!((0..8).map(|row| column.get(row)).collect::<Vec<_>>(), [&all[..], &[""]].concat());
        assert_eq!(column.texts().iter().collect::<Vec<_>>(), ["CRP", "", "ck", "é"]);
        assert_eq!([0, 3, 6].map(|row| column.number(row)), [Some(0); 3]);
        assert_eq!(column.number(7), None);
    }

    #[test]
    fn many_texts_need_wider_numbers() {
        let mut column = TextColumn::default();
        (0..70_000).for_each(|text: u32| column.push(&text.to_string()));
        column.push("300");
        let rows = [0, 255, 256, 65_535, 65_536, 69_999, 70_000];
        assert_eq!(rows.map(|row| column.get(row)), ["0", "255", "256", "65535", "65536", "69999", "300"]);
    }
}
