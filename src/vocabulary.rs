//! Sets and maps of words that are part of the program: nothing of them is read or parsed when it runs.
//!
//! The words stand in the `.toml` files beside the modules that use them; `build/` makes the tables.

use std::cmp::Ordering;

/// A set of words, ordered by their length in bytes, then by their bytes.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// One word behind the other.
    text: &'static str,
    /// Where each ends.
    ends: &'static [u16],
}

impl Words {
    /// The words of a text, in their order, each with its end.
    pub const fn new(text: &'static str, ends: &'static [u16]) -> Words {
        Words { text, ends }
    }

    /// True for a word of the set, written exactly so.
    pub fn contains(&self, word: &str) -> bool {
        self.place(word).is_some()
    }

    /// True for a word of a set of small letters, written with ASCII capitals or without.
    pub fn contains_in_any_case(&self, word: &str) -> bool {
        let small = |byte: u8| byte.to_ascii_lowercase();
        self.place_by(|known| known.len().cmp(&word.len()).then_with(|| known.bytes().cmp(word.bytes().map(small))))
            .is_some()
    }

    /// Every word.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        (0..self.ends.len()).map(|place| self.get(place))
    }

    fn get(&self, place: usize) -> &'static str {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.text.get(usize::from(start)..usize::from(end)).unwrap_or_default()
    }

    fn place(&self, word: &str) -> Option<usize> {
        self.place_by(|known| known.len().cmp(&word.len()).then_with(|| known.cmp(word)))
    }

    /// The word of which a comparison says that it is the one that is looked for.
    fn place_by(&self, compare: impl Fn(&str) -> Ordering) -> Option<usize> {
        let (mut low, mut high) = (0_usize, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            match compare(self.get(middle)) {
                Ordering::Equal => return Some(middle),
                Ordering::Less => low = middle.saturating_add(1),
                Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// Words with what each means.
#[derive(Debug, Clone, Copy)]
pub struct WordMap<V: 'static> {
    words: Words,
    values: &'static [V],
}

impl<V: Copy> WordMap<V> {
    /// The value of each word, in the order of the words.
    pub const fn new(words: Words, values: &'static [V]) -> WordMap<V> {
        WordMap { words, values }
    }

    /// What a word means; no answer for a word that is not there, written exactly so.
    pub fn get(&self, word: &str) -> Option<V> {
        self.values.get(self.words.place(word)?).copied()
    }

    /// True for a word of the map.
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Every word.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter()
    }

    /// Every word with what it means.
    #[cfg(test)]
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, V)> {
        self.words().zip(self.values.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_they_are_written() {
        let map = WordMap::new(Words::new("acabcabé", &[1, 2, 5, 9]), &[1, 2, 3, 4]);
        let all = [("a", 1), ("c", 2), ("abc", 3), ("abé", 4)];
        assert_eq!(map.iter().collect::<Vec<_>>(), all);
        assert!(all.into_iter().all(|(word, value)| map.get(word) == Some(value)));
        assert_eq!(["", "b", "ab", "A", "abcd", "abç"].map(|word| map.get(word)), [None; 6]);
        assert!(map.contains("abc") && !map.contains("ABC"));
        let words = map.words;
        assert!(
            words.contains_in_any_case("aBC") && words.contains_in_any_case("C") && !words.contains_in_any_case("B")
        );
    }
}
