//! Cells with several items or lines: cut at every delimiter, and each distinct part is interpreted once.
//!
//! Among a million cells with several parts, few cells are equal, but most parts are. A cell whose parts are all
//! simple (no quote, bracket or second delimiter, no missing token) can be cut at every delimiter, and means what its
//! parts mean. All other cells are read by the general reader in `cohort`, which also decides what a part means.

use super::cell::CellRules;
use crate::read::ITEM;
use crate::read::block::BESIDE;
use crate::read::texts::{Interned, Texts};
use crate::schema::Kind;
use crate::schema::evidence::Class;
use crate::schema::lexical::NumberFormat;

/// Most distinct parts that are kept; cells with others are read by the general reader.
const MOST_PARTS: usize = 1 << 14;

/// A part with the same meaning in every cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CellPart {
    /// Number of its item or line.
    number: u32,
    /// A cell with this part reads as treatment lines.
    names_response: bool,
}

/// The result of cutting a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// All parts are known; the cell has this lexical class.
    Known(Class),
    /// The general reader must read the cell, after which its parts can be learned.
    Careful,
}

/// The distinct parts of a column.
#[derive(Debug)]
pub struct CellParts {
    /// `None` if no cell of the column can be cut this way.
    delimiter: Option<u8>,
    texts: Texts,
    /// `None` for a part that is not simple, or not learned yet.
    parts: Vec<Option<CellPart>>,
    numbers: Vec<u32>,
}

impl CellParts {
    /// An empty table for a column that is read by these rules.
    pub fn new(rules: &CellRules<'_>) -> CellParts {
        let own = rules.variable.missing.iter().flatten().map(|(token, _)| token);
        let mut tokens = rules.extra_missing.iter().chain(own);
        // No built-in missing token contains one of these; one of the user's may.
        let simple = |c: &char| matches!(*c, ';' | '|') && !tokens.any(|token| token.contains(*c));
        let is_split =
            rules.variable.reading.split.is_some_and(|marks| !marks.is_empty() || rules.variable.kind != Kind::Lines);
        let delimiter = rules.variable.delimiter.filter(|_| !is_split).filter(simple).map(|c| c as u8);
        CellParts { delimiter, texts: Texts::new(MOST_PARTS), parts: Vec::new(), numbers: Vec::new() }
    }

    /// The delimiter at which cells are cut.
    pub fn delimiter(&self) -> Option<char> {
        self.delimiter.map(char::from)
    }

    /// The numbers of the parts of the last cell that was cut.
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Cuts a cell with two parts or more: the first `length` bytes of `from`.
    #[inline]
    pub fn cut(&mut self, from: &[u8], length: usize) -> Cut {
        let Some(delimiter) = self.delimiter else { return Cut::Careful };
        let Some(mut at) = position(from, length, delimiter) else { return Cut::Careful };
        let (mut rest, mut left, mut class) = (from, length, Class::List);
        self.numbers.clear();
        loop {
            let part = match self.texts.count(rest, at) {
                Interned::Known(number) => self.parts.get(number).copied().flatten(),
                Interned::New(_) | Interned::Full => None,
            };
            let Some(part) = part else { return Cut::Careful };
            self.numbers.push(part.number);
            if part.names_response {
                class = Class::Lines;
            }
            if at == left {
                return Cut::Known(class);
            }
            rest = rest.get(at.saturating_add(1)..).unwrap_or_default();
            left = left.saturating_sub(at).saturating_sub(1);
            at = position(rest, left, delimiter).unwrap_or(left);
        }
    }

    /// Learns the parts of a cell; `number` gives the number of a trimmed part that is one item or line.
    #[cold]
    pub fn learn(&mut self, text: &[u8], reading: NumberFormat, mut number: impl FnMut(&str) -> Option<u32>) {
        let Some(delimiter) = self.delimiter else { return };
        for bytes in text.split(|byte| *byte == delimiter) {
            let (Interned::New(at) | Interned::Known(at)) = self.texts.count(bytes, bytes.len()) else { return };
            if self.parts.get(at).is_some_and(Option::is_some) {
                continue;
            }
            if self.parts.len() <= at {
                self.parts.resize(at.saturating_add(1), None);
            }
            let simple = std::str::from_utf8(bytes).ok().filter(|part| is_simple(part));
            let part = simple.and_then(|part| {
                let class = class_in_list(part, char::from(delimiter), reading);
                let names_response = class == Class::Lines;
                let certain = names_response || class == Class::List;
                certain.then(|| number(part.trim())).flatten().map(|number| CellPart { number, names_response })
            });
            if let Some(known) = self.parts.get_mut(at) {
                *known = part;
            }
        }
    }
}

/// True for a part that contains nothing that could join it to its neighbours.
fn is_simple(part: &str) -> bool {
    const JOINING: [char; 11] = [';', '|', ITEM, BESIDE, '"', '[', ']', '(', ')', '{', '}'];
    !part.contains(JOINING) && !part.trim().is_empty()
}

/// The class of a list of short plain items that contains this one.
fn class_in_list(part: &str, delimiter: char, reading: NumberFormat) -> Class {
    Class::of_text(&format!("x{delimiter}{part}"), reading)
}

/// The position of a byte in a text, eight bytes at a time: parts are too short for a call to a search function.
#[inline]
fn position(from: &[u8], length: usize, wanted: u8) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let pattern = u64::from(wanted).wrapping_mul(ONES);
    let (mut rest, mut at) = (from, 0);
    while let (Some((word, behind)), true) = (rest.split_first_chunk::<8>(), at < length) {
        let differs = u64::from_le_bytes(*word) ^ pattern;
        // The lowest top bit that is set belongs to the first zero byte.
        let found = differs.wrapping_sub(ONES) & !differs & TOPS;
        if found != 0 {
            let behind = (found.trailing_zeros() >> 3) as usize;
            return Some(at.saturating_add(behind)).filter(|at| *at < length);
        }
        (rest, at) = (behind, at.saturating_add(8));
    }
    // The end of a block.
    let tail = from.get(at..length).unwrap_or_default();
    tail.iter().position(|byte| *byte == wanted).map(|found| at.saturating_add(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_position_is_that_of_a_plain_search(text in "[ab;:é\u{80}]{0,40}", length in 0_usize..41) {
            let length = length.min(text.len());
            let plain = text.bytes().take(length).position(|b| b == b';');
            prop_assert_eq!(position(text.as_bytes(), length, b';'), plain);
        }
    }
}
