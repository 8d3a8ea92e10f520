//! Counts short plain decimals in arrays indexed by their digits.

use super::strata::{place, widened};
use crate::read::Cell;

/// Decimals that have an array of their own.
const SCALES: usize = 5;
/// Digits below this have a place in an array.
const LIMIT: u32 = 1 << 16;

/// Counts of values `digits / 10^scale` in each stratum, one array a scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dense {
    bits: u32,
    /// Half the size of other counts: the arrays of all columns together then stay close to the processor.
    counts: [Vec<u32>; SCALES],
}

impl Dense {
    /// Counts one value; false where it has no place here.
    #[inline(always)]
    pub fn add(&mut self, digits: u32, scale: usize, stratum: usize) -> bool {
        let Some(counts) = self.counts.get_mut(scale) else { return false };
        let at = place(digits as usize, stratum, self.bits);
        match counts.get_mut(at) {
            Some(count) => match count.checked_add(1) {
                Some(more) => *count = more,
                // Full: the next are counted with the values that have no place here.
                None => return false,
            },
            None => return begin(counts, digits, at, self.bits),
        }
        true
    }

    /// Makes room for strata.
    pub fn widen(&mut self, bits: u32) {
        if bits > self.bits {
            self.counts.iter_mut().for_each(|counts| *counts = widened(counts, self.bits, bits));
            self.bits = bits;
        }
    }

    /// The counts of one stratum.
    pub fn of(&self, stratum: usize) -> Dense {
        let of = |counts: &Vec<u32>| {
            let mut of: Vec<u32> = counts.iter().skip(stratum).step_by(1 << self.bits).copied().collect();
            of.truncate(of.iter().rposition(|count| *count > 0).map_or(0, |last| last + 1));
            of.shrink_to_fit();
            of
        };
        Dense { bits: 0, counts: self.counts.each_ref().map(of) }
    }

    /// Adds the counts of another, both of one stratum; gives those that have no room: digits, scale, count.
    pub fn merge(&mut self, other: &Dense) -> Vec<(u32, u8, u64)> {
        let mut spilled = Vec::new();
        for (scale, (ours, theirs)) in self.counts.iter_mut().zip(&other.counts).enumerate() {
            if ours.len() < theirs.len() {
                ours.resize(theirs.len(), 0);
            }
            for (digits, (ours, theirs)) in ours.iter_mut().zip(theirs).enumerate() {
                match ours.checked_add(*theirs) {
                    Some(sum) => *ours = sum,
                    None => spilled.push((digits as u32, scale as u8, u64::from(*theirs))),
                }
            }
        }
        spilled
    }

    /// The values met in the only stratum: digits, scale, count.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u8, u64)> {
        self.counts.iter().enumerate().flat_map(|(scale, counts)| {
            let met = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            met.map(move |(digits, count)| (digits as u32, scale as u8, u64::from(*count)))
        })
    }
}

/// The first count beyond an array; false for digits that have no place in one.
#[cold]
fn begin(counts: &mut Vec<u32>, digits: u32, at: usize, bits: u32) -> bool {
    if digits >= LIMIT {
        return false;
    }
    counts.resize((digits as usize + 1).next_power_of_two().max(256) << bits, 0);
    if let Some(count) = counts.get_mut(at) {
        *count = 1;
    }
    true
}

const ONES: u64 = 0x0101_0101_0101_0101;
const ZEROS: u64 = 0x30 * ONES;

/// The digits and the decimals of a plain number such as `12.4`; `None` for anything else.
///
/// At most eight bytes, digits with at most one `mark` between them: the cells of a laboratory
/// column. All other numbers take the way of `cohort::cell`, which gives the same value. All
/// eight bytes are looked at together, as the lengths of neighbours cannot be foreseen.
#[inline(always)]
pub fn plain_number(cell: Cell<'_>, mark: u8) -> Option<(u32, usize)> {
    let word = cell.short()?;
    let spare = 64 - 8 * cell.raw().len() as u32;
    let word = word | (ZEROS & ((1 << spare) - 1));
    let marks = bytes_equal(word, mark);
    if marks == 0 {
        return Some((eight_digits(word)?, 0));
    }
    let at = marks.trailing_zeros() & !7;
    // A mark at either end is not this grammar.
    if at == spare || at == 56 {
        return None;
    }
    // The digits before the mark move up into its place.
    let below = word & ((1 << at) - 1);
    let digits = (word & !((1 << (at + 8)) - 1)) | (below << 8) | u64::from(b'0');
    Some((eight_digits(digits)?, (7 - at / 8) as usize))
}

/// The top bit of each byte of a word that equals `byte`.
#[inline]
fn bytes_equal(word: u64, byte: u8) -> u64 {
    let low_bits = 0x7F * ONES;
    let differs = word ^ (u64::from(byte) * ONES);
    !((differs & low_bits).wrapping_add(low_bits) | differs | low_bits)
}

/// The number that eight digits are, the first in the lowest byte: pairs, then fours, then all are joined.
#[inline]
fn eight_digits(word: u64) -> Option<u32> {
    let digits = word ^ ZEROS;
    if (digits.wrapping_add(0x06 * ONES) | digits) & (0xF0 * ONES) != 0 {
        return None;
    }
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_FFFF_0000_FFFF;
    Some(fours.wrapping_mul(10_000).wrapping_add(fours >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use super::super::strata::{ALL, bits_for};
    use super::*;
    use crate::decimal::Decimal;
    use crate::read::Block;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_plain_number_is_the_decimal_that_the_grammar_reads(text in "[0-9.]{0,9}|[-+e0-9,]{0,4}|[0-9]{1,4}[.][0-9]{0,4}|\\PC{0,8}", after in ".{0,9}") {
            let block = Block { bytes: format!("{text}\n{after}").into(), ends: vec![text.len() as u32], width: 1, ..Block::default() };
            let read = plain_number(block.cell(0, 0), b'.');
            let is_plain = text.len() <= 8 && !text.starts_with('.') && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            prop_assert_eq!(read.is_some(), is_plain && Decimal::parse(&text).is_ok());
            if let Some((digits, scale)) = read {
                prop_assert_eq!(Ok(Decimal::new(i64::from(digits), scale as u8)), Decimal::parse(&text));
            }
        }
    }

    #[test]
    fn a_full_count_loses_nothing() {
        let mut full = Dense::default();
        assert!(full.add(6, 0, ALL));
        full.counts[0][6] = u32::MAX;
        assert!(!full.add(6, 0, ALL));
        let mut other = Dense::default();
        assert!(other.add(6, 0, ALL));
        assert_eq!(full.merge(&other), [(6, 0, 1)]);
        assert_eq!(full.iter().collect::<Vec<_>>(), [(6, 0, u64::from(u32::MAX))]);
    }

    #[test]
    fn merging_adds_counts_and_empty_is_the_identity() {
        let (mut a, mut b) = (Dense::default(), Dense::default());
        for (digits, scale) in [(25, 1), (6, 0), (300, 0)] {
            assert!(a.add(digits, scale, ALL));
        }
        assert!(b.add(6, 0, ALL) && !b.add(70_000, 0, ALL) && !b.add(1, 5, ALL));
        let before: Vec<_> = a.iter().collect();
        a.merge(&Dense::default());
        assert_eq!(a.iter().collect::<Vec<_>>(), before);
        a.merge(&b);
        assert_eq!(a.iter().collect::<Vec<_>>(), [(6, 0, 2), (300, 0, 1), (25, 1, 1)]);
    }

    #[test]
    fn strata_are_counted_apart_and_keep_their_counts_when_more_come() {
        let mut counts = Dense::default();
        assert!(counts.add(41, 1, ALL));
        counts.widen(bits_for(6));
        for (digits, stratum) in [(41, 6), (7, 6), (41, 6), (500, 2)] {
            assert!(counts.add(digits, 1, stratum));
        }
        let of = |stratum| counts.of(stratum).iter().collect::<Vec<_>>();
        assert_eq!([of(ALL), of(1), of(2)], [vec![(41, 1, 1)], vec![], vec![(500, 1, 1)]]);
        assert_eq!(of(6), [(7, 1, 1), (41, 1, 2)]);
    }
}
