//! Counts short plain decimals in arrays indexed by their digits.

use super::maps::merge_sorted;
use super::strata::Stratified;
use crate::read::Cell;

/// Numbers of decimals (0 to 4) with an array of their own.
const SCALES: usize = 5;
/// Digits below this have an entry in an array.
const LIMIT: u32 = 1 << 16;

/// Counts of values `digits / 10^scale`, by stratum.
#[derive(Debug, Default)]
pub struct PlainNumbers {
    scales: [Stratified; SCALES],
}

impl PlainNumbers {
    /// Counts one value; false if it has no entry in the arrays.
    #[inline(always)]
    pub fn add(&mut self, digits: u32, scale: usize, stratum: usize) -> bool {
        match self.scales.get_mut(scale) {
            Some(counts) if digits < LIMIT => counts.add(digits as usize, stratum),
            _ => return false,
        }
        true
    }

    /// Calls `what` with the counts of each scale.
    pub fn each(&mut self, what: impl FnMut(&mut Stratified)) {
        self.scales.iter_mut().for_each(what);
    }

    /// The counts of one stratum.
    pub fn of(&self, stratum: usize) -> Dense {
        let of = |counts: &Stratified| counts.of(stratum).map(|(digits, cells)| (digits as u32, cells)).collect();
        Dense { counts: self.scales.each_ref().map(of) }
    }
}

/// Counts of values `digits / 10^scale`: for each scale the digits that occur, ascending, with their counts.
///
/// Most groups have few of the values, so that an array up to the greatest would be nearly empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dense {
    counts: [Vec<(u32, u64)>; SCALES],
}

impl Dense {
    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Dense) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(ours, theirs)| merge_sorted(ours, theirs));
    }

    /// Takes values out; how many cells had them.
    pub fn take(&mut self, is_taken: impl Fn(u32, u8) -> bool) -> u64 {
        let mut taken = 0;
        for (scale, counts) in (0..).zip(&mut self.counts) {
            counts.retain(|(digits, cells)| {
                let is_taken = is_taken(*digits, scale);
                taken += if is_taken { *cells } else { 0 };
                !is_taken
            });
        }
        taken
    }

    /// The values that occur: digits, scale, count.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u8, u64)> {
        let scales = (0..).zip(&self.counts);
        scales.flat_map(|(scale, counts)| counts.iter().map(move |(digits, cells)| (*digits, scale, *cells)))
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const ZEROS: u64 = 0x30 * ONES;

/// The digits and the number of decimals of a plain number such as `12.4`; `None` for anything else.
///
/// A plain number has at most eight bytes, digits with at most one `mark` between them, as in most laboratory
/// columns. All other numbers are read by `cohort::cell`, which gives the same value. All eight bytes are processed
/// together, because a loop over bytes would mispredict its end for almost every cell.
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
    // A mark at either end is left to the general reader.
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

/// The number of eight digits, the first in the lowest byte: joined to pairs, then fours, then all.
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
    fn merging_adds_counts_and_empty_is_the_identity() {
        let (mut a, mut b) = (PlainNumbers::default(), PlainNumbers::default());
        for (digits, scale) in [(25, 1), (6, 0), (300, 0)] {
            assert!(a.add(digits, scale, ALL));
        }
        assert!(b.add(6, 0, ALL) && !b.add(70_000, 0, ALL) && !b.add(1, 5, ALL));
        let (before, mut sum) = (a.of(ALL), a.of(ALL));
        sum.merge(&Dense::default());
        assert_eq!(sum, before);
        sum.merge(&b.of(ALL));
        assert_eq!(sum.iter().collect::<Vec<_>>(), [(6, 0, 2), (300, 0, 1), (25, 1, 1)]);
    }

    #[test]
    fn strata_are_counted_apart_and_keep_their_counts_when_more_come() {
        let mut counts = PlainNumbers::default();
        assert!(counts.add(41, 1, ALL));
        counts.each(|scale| scale.widen(bits_for(6)));
        for (digits, stratum) in [(41, 6), (7, 6), (41, 6), (500, 2)] {
            assert!(counts.add(digits, 1, stratum));
        }
        let of = |stratum| counts.of(stratum).iter().collect::<Vec<_>>();
        assert_eq!([of(ALL), of(1), of(2)], [vec![(41, 1, 1)], vec![], vec![(500, 1, 1)]]);
        assert_eq!(of(6), [(7, 1, 1), (41, 1, 2)]);
    }
}
