//! The distinct short texts of a column.

use super::{Evidence, MOST_WORDS, MetWord};
use crate::decimal::Decimal;
use crate::diagnostic::SourceLocation;
use crate::read::block::joined;
use std::sync::Arc;

/// Most characters of a word that is kept.
const LONGEST_WORD: usize = 40;
/// Most digits of a code, such as 999 for not known.
const LONGEST_CODE: usize = 3;
/// The least number with more digits than that.
const BEYOND_CODES: i64 = 10_i64.pow(LONGEST_CODE as u32);

impl Evidence {
    /// Counts cells of one text by the text itself; `place` gives the record of the first of them.
    pub fn count_word(&mut self, text: &str, cells: u64, place: impl FnOnce() -> Option<Arc<SourceLocation>>) {
        if text.is_empty() || self.has_more_words {
            return;
        }
        let text = &*joined(text);
        if text.chars().nth(LONGEST_WORD).is_some()
            || is_measured(text)
            || (!self.words.contains_key(text) && self.words.len() >= MOST_WORDS)
        {
            return self.forget_words();
        }
        self.add_word(text.into(), MetWord::new(cells, place()));
    }

    /// True as long as all distinct words are kept.
    pub fn keeps_words(&self) -> bool {
        !self.has_more_words
    }

    /// Notes that the column has more distinct words than are kept.
    pub fn forget_words(&mut self) {
        self.has_more_words = true;
        self.words.clear();
    }

    pub(super) fn add_word(&mut self, word: Box<str>, theirs: MetWord) {
        if self.has_more_words {
            return;
        }
        self.words.entry(word).or_default().merge(theirs);
        if self.words.len() > MOST_WORDS {
            self.forget_words();
        }
    }

    /// The distinct short texts with their cells, where all of them are kept; codes are among them, but a column
    /// with any other number keeps none.
    pub fn words(&self) -> impl Iterator<Item = (&str, &MetWord)> {
        self.words.iter().map(|(word, met)| (&**word, met))
    }

    /// True where the words of the cells are all codes: `II`, `N1`, `3a`.
    pub(in crate::schema) fn are_codes(&self) -> bool {
        let mut words = self.words.keys().flat_map(|word| word.split([';', '|'])).map(str::trim).peekable();
        words.peek().is_some() && words.all(is_code)
    }
}

/// True for numbers of which some is no code, or that are more than are kept: of their column, no words are.
pub fn outnumber_words(different: impl Iterator<Item = Decimal>) -> bool {
    // A text with a minus is no number here.
    let is_measured =
        |number: Decimal| number.mantissa() >= BEYOND_CODES || (number.scale() > 0 && number.mantissa() >= 0);
    different.enumerate().any(|(before, number)| before >= MOST_WORDS || is_measured(number))
}

/// True for a number with a decimal mark or more digits than a code has.
fn is_measured(text: &str) -> bool {
    let is_number = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b','));
    is_number
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && (text.len() > LONGEST_CODE || text.contains(['.', ',']))
}

/// True for a few letters and digits of which no two are small letters.
fn is_code(word: &str) -> bool {
    word.chars().count() <= LONGEST_CODE.saturating_add(1) && word.chars().filter(|c| c.is_lowercase()).count() < 2
}

#[cfg(test)]
mod tests {
    use super::super::Evidence;
    use super::outnumber_words;
    use crate::decimal::Decimal;

    fn words(cells: &[&str]) -> Vec<String> {
        let mut evidence = Evidence::default();
        cells.iter().for_each(|cell| evidence.count_word(cell, 1, || None));
        evidence.words().map(|(word, _)| word.to_owned()).collect()
    }

    #[test]
    fn numbers_outnumber_the_words_where_counting_them_would_keep_none() {
        let number = |digits: i64, scale| Decimal::new(digits, scale);
        for numbers in [
            (0..64).map(|digits| number(digits, 0)).collect(),
            (0..65).map(|digits| number(digits, 0)).collect(),
            vec![number(999, 0), number(-1000, 0), number(-15, 1)],
            vec![number(1000, 0)],
            vec![number(5, 1)],
            vec![number(0, 1)],
            Vec::new(),
        ] {
            let texts: Vec<String> = numbers.iter().map(Decimal::to_string).collect();
            let mut evidence = Evidence::default();
            texts.iter().for_each(|text| evidence.count_word(text, 1, || None));
            assert_eq!(outnumber_words(numbers.into_iter()), !evidence.keeps_words(), "{texts:?}");
        }
    }

    #[test]
    fn codes_are_words_and_a_column_with_another_number_keeps_none() {
        assert_eq!(words(&["F", "M", "1", "999", "---"]), ["---", "1", "999", "F", "M"]);
        for measured in ["12.5", "1,5", "1000"] {
            assert!(words(&["F", measured, "M"]).is_empty(), "{measured}");
        }
    }
}
