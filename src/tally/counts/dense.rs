//! Counts short plain decimals in arrays indexed by their digits.

use super::strata::Stratified;
use crate::cohort::bare_number::BareNumber;
use crate::read::Cell;

/// Numbers of decimals (0 to 4) with an array of their own.
const SCALES: usize = 5;
/// Digits below this have an entry in an array.
const LIMIT: u32 = 1 << 16;

/// Counts of values `digits / 10^scale`, by stratum.
#[derive(Debug, Default)]
pub struct PlainNumbers {
    scales: [Stratified; SCALES],
    /// Bits of the values that were counted, by scale.
    met: [Vec<u64>; SCALES],
}

impl PlainNumbers {
    /// Counts one value.
    #[inline(always)]
    pub fn add(&mut self, digits: u32, scale: usize, stratum: usize) -> Added {
        match self.scales.get_mut(scale) {
            Some(counts) if digits < LIMIT => {
                if counts.add_telling_known(digits as usize, stratum) {
                    return Added::Again;
                }
                self.meet(digits, scale)
            }
            _ => Added::NoEntry,
        }
    }

    /// Notes that a value was counted in some stratum.
    #[inline]
    fn meet(&mut self, digits: u32, scale: usize) -> Added {
        let (word, bit) = ((digits / u64::BITS) as usize, 1 << (digits % u64::BITS));
        let Some(met) = self.met.get_mut(scale) else { return Added::NoEntry };
        match met.get_mut(word) {
            Some(bits) if *bits & bit != 0 => return Added::Again,
            Some(bits) => *bits |= bit,
            None => {
                met.resize(word, 0);
                met.push(bit);
            }
        }
        Added::First
    }

    /// Calls `what` with the counts of each scale.
    pub fn each(&mut self, what: impl FnMut(&mut Stratified)) {
        self.scales.iter_mut().for_each(what);
    }

    /// The values that occur in a stratum, with their counts.
    pub fn of(&self, stratum: usize) -> impl Iterator<Item = (BareNumber, u64)> {
        self.scales.iter().enumerate().flat_map(move |(scale, counts)| {
            let number = move |digits: usize| BareNumber { scale: scale as u8, digits: digits as i64 };
            counts.of(stratum).map(move |(digits, cells)| (number(digits), cells))
        })
    }
}

/// How a value was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was counted before.
    Again,
    /// It was counted for the first time.
    First,
    /// It has no entry in the arrays, and was not counted.
    NoEntry,
}

const ONES: u64 = 0x0101_0101_0101_0101;
const ZEROS: u64 = 0x30 * ONES;

/// The digits and the number of decimals of a plain number such as `12.4`; `None` for anything else.
///
/// A plain number is a [`BareNumber`] of at most eight bytes without a sign, as in most laboratory columns. All eight bytes are processed
/// together, because a loop over bytes would mispredict its end for almost every cell.
#[inline(always)]
pub fn plain_number(cell: Cell<'_>, mark: u8) -> Option<(u32, usize)> {
    let word = cell.short()?;
    let spare = 64 - 8 * cell.raw().len() as u32;
    let word = word | (ZEROS & ((1 << spare) - 1));
    let marks = bytes_equal(word, mark);
    let starts_with_zero = (word >> spare) as u8 == b'0';
    if marks == 0 {
        // A zero in front of another digit would be lost.
        return if starts_with_zero && spare < 56 { None } else { Some((eight_digits(word)?, 0)) };
    }
    let at = marks.trailing_zeros() & !7;
    // A mark at either end is left to the general reader.
    if at == spare || at == 56 || (starts_with_zero && at > spare + 8) {
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
    use crate::read::Block;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_plain_number_is_a_short_bare_number(text in "[0-9.]{0,9}|[-+e0-9,]{0,4}|[0-9]{1,4}[.][0-9]{0,4}|\\PC{0,8}", after in ".{0,9}") {
            let block = Block { bytes: format!("{text}\n{after}").into(), ends: vec![text.len() as u32], width: 1, ..Block::default() };
            let read = plain_number(block.cell(0, 0), b'.');
            let read = read.map(|(digits, scale)| BareNumber { scale: scale as u8, digits: i64::from(digits) });
            let is_short = text.len() <= 8 && !text.starts_with('-');
            prop_assert_eq!(read, BareNumber::parse(text.as_bytes(), b'.').filter(|_| is_short));
        }
    }

    #[test]
    fn strata_are_counted_apart_and_keep_their_counts_when_more_come() {
        let mut counts = PlainNumbers::default();
        assert_eq!(counts.add(41, 1, ALL), Added::First);
        counts.each(|scale| scale.widen(bits_for(6)));
        for (digits, stratum) in [(41, 6), (7, 6), (41, 6), (500, 2)] {
            assert_ne!(counts.add(digits, 1, stratum), Added::NoEntry);
        }
        assert_eq!([counts.add(70_000, 0, ALL), counts.add(1, 5, ALL)], [Added::NoEntry; 2]);
        let of = |stratum| {
            counts.of(stratum).map(|(number, cells)| (number.digits, number.scale, cells)).collect::<Vec<_>>()
        };
        assert_eq!([of(ALL), of(1), of(2)], [vec![(41, 1, 1)], vec![], vec![(500, 1, 1)]]);
        assert_eq!(of(6), [(7, 1, 1), (41, 1, 2)]);
    }
}
