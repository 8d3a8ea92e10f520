//! The fast twin of `scan`: 64 bytes at a time, and only where the result is certain.
//!
//! Quotes toggle between outside and inside; a running parity of the quote bits (the exclusive
//! or of all bits before) tells which delimiters and line ends count. That equals the rules of
//! `scan` exactly when every opening quote follows a delimiter, a line end, another quote or
//! the block start, and every closing quote is followed by a delimiter, a line end or another
//! quote. Both are checked; a block that fails the check is left to `scan`. So is a block with
//! a CR that is not part of a CRLF.
//!
//! This is the only file that may use `unsafe`: it calls functions compiled for AVX2 after
//! checking that the processor has it. The portable form below does the same with plain integers.

#![allow(unsafe_code)]

use super::scan::{RECORD_END, Scanned};

/// One bit a byte for each byte that matters among 64.
struct Masks {
    quote: u64,
    delimiter: u64,
    newline: u64,
    carriage: u64,
    /// Not 0 where a byte is not ASCII.
    high: u64,
}

/// What is carried from chunk to chunk: one bit, or all bits, of the byte before.
struct Walk<'a> {
    ends: &'a mut Vec<u32>,
    inner_lines: Vec<u32>,
    /// All ones inside a quoted cell.
    inside: u64,
    /// 1 where a quote may open a cell next.
    may_open: u64,
    /// 1 after a closing quote.
    closing: u64,
    /// 1 after a CR.
    carriage: u64,
    certain: bool,
    /// Not 0 where a byte is not ASCII.
    high: u64,
}

/// Appends the end of every cell of the whole records in `bytes`, as `scan` does; `None`, and
/// `ends` as it was, where only `scan` can tell.
pub fn index(bytes: &[u8], delimiter: u8, ends: &mut Vec<u32>) -> Option<Scanned> {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2")
        && std::arch::is_x86_feature_detected!("bmi1")
        && std::arch::is_x86_feature_detected!("popcnt")
    {
        // SAFETY: the processor has AVX2, BMI1 and POPCNT, as was just checked.
        return unsafe { avx2::index(bytes, delimiter, ends) };
    }
    portable(bytes, delimiter, ends)
}

/// The same walk with masks made of plain integers, for any processor.
pub fn portable(bytes: &[u8], delimiter: u8, ends: &mut Vec<u32>) -> Option<Scanned> {
    walk(bytes, ends, |chunk| masks_portable(chunk, delimiter))
}

#[inline(always)]
fn walk(bytes: &[u8], ends: &mut Vec<u32>, masks: impl Fn(&[u8; 64]) -> Masks) -> Option<Scanned> {
    let before = ends.len();
    let inner_lines = Vec::new();
    let mut walk = Walk { ends, inner_lines, inside: 0, may_open: 1, closing: 0, carriage: 0, certain: true, high: 0 };
    let (chunks, tail) = bytes.as_chunks::<64>();
    let mut base = 0_u32;
    for chunk in chunks {
        walk.chunk(base, masks(chunk));
        base = base.wrapping_add(64);
    }
    if !tail.is_empty() {
        // Zero matches nothing; a quote or CR just before the padding is left to `scan`.
        let mut padded = [0; 64];
        padded.iter_mut().zip(tail).for_each(|(to, from)| *to = *from);
        walk.chunk(base, masks(&padded));
    }
    walk.finish(before)
}

impl Walk<'_> {
    /// Takes the bits of the 64 bytes that start at `base`.
    #[inline(always)]
    fn chunk(&mut self, base: u32, masks: Masks) {
        let inside = parity(masks.quote) ^ self.inside;
        let newline = masks.newline & !inside;
        let separator = (masks.delimiter & !inside) | newline;
        let (opening, closing) = (masks.quote & inside, masks.quote & !inside);

        // Bit i of a shifted mask speaks of byte i - 1.
        let may_open = ((separator | closing) << 1) | self.may_open;
        let after_closing = (closing << 1) | self.closing;
        let after_carriage = (masks.carriage << 1) | self.carriage;
        let may_follow = separator | masks.carriage | masks.quote;
        let doubt = (opening & !may_open) | (after_closing & !may_follow) | (after_carriage & !masks.newline);
        self.certain &= doubt == 0;
        self.high |= masks.high;

        self.may_open = (separator | closing) >> 63;
        self.closing = closing >> 63;
        self.carriage = masks.carriage >> 63;
        // The sign spreads: all ones where the last byte is inside.
        self.inside = (inside.cast_signed() >> 63).cast_unsigned();

        for_each_bit(masks.newline & inside, |bit| self.inner_lines.push(base.wrapping_add(bit)));
        self.push_ends(base, separator, newline);
    }

    #[inline(always)]
    fn push_ends(&mut self, base: u32, separator: u64, newline: u64) {
        let (first, mut left) = (self.ends.len(), separator);
        let mut wanted = separator.count_ones() as usize;
        while wanted > 0 {
            // Always eight, of which `wanted` are kept: a loop of fixed length has no branch to mispredict.
            let length = self.ends.len();
            let mut group = [0_u32; 8];
            for end in &mut group {
                *end = base.wrapping_add(left.trailing_zeros());
                left &= left.wrapping_sub(1);
            }
            self.ends.extend_from_slice(&group);
            self.ends.truncate(length.wrapping_add(wanted));
            wanted = wanted.saturating_sub(8);
        }
        // Record ends are few: each is found by the number of ends before it.
        for_each_bit(newline, |bit| {
            let before = (separator & !(u64::MAX << bit)).count_ones() as usize;
            if let Some(end) = self.ends.get_mut(first.wrapping_add(before)) {
                *end |= RECORD_END;
            }
        });
    }

    fn finish(mut self, before: usize) -> Option<Scanned> {
        while self.ends.len() > before && self.ends.last().is_some_and(|end| end & RECORD_END == 0) {
            self.ends.pop();
        }
        if !self.certain || self.ends.len() == before {
            self.ends.truncate(before);
            return None;
        }
        let consumed = self.ends.last().map_or(0, |end| (end & !RECORD_END) as usize).wrapping_add(1);
        self.inner_lines.retain(|at| (*at as usize) < consumed);
        Some(Scanned { consumed, inner_lines: self.inner_lines, ascii: self.high == 0, ..Scanned::default() })
    }
}

#[inline(always)]
fn for_each_bit(mut mask: u64, mut act: impl FnMut(u32)) {
    while mask != 0 {
        act(mask.trailing_zeros());
        mask &= mask.wrapping_sub(1);
    }
}

/// Bit i is the exclusive or of the bits 0 to i: 1 from an opening quote up to the byte before its closing one.
#[inline(always)]
fn parity(quotes: u64) -> u64 {
    let mut bits = quotes;
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ (bits << 32)
}

fn masks_portable(chunk: &[u8; 64], delimiter: u8) -> Masks {
    let bits =
        |wanted: u8| chunk.iter().enumerate().fold(0, |mask, (at, byte)| mask | (u64::from(*byte == wanted) << at));
    let high = u64::from(chunk.iter().fold(0, |all, byte| all | byte) & 0x80);
    Masks { quote: bits(b'"'), delimiter: bits(delimiter), newline: bits(b'\n'), carriage: bits(b'\r'), high }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{Masks, Scanned, walk};
    use std::arch::x86_64::{
        __m256i, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8,
    };

    #[target_feature(enable = "avx2,bmi1,popcnt")]
    pub fn index(bytes: &[u8], delimiter: u8, ends: &mut Vec<u32>) -> Option<Scanned> {
        let quote = _mm256_set1_epi8(b'"' as i8);
        let comma = _mm256_set1_epi8(delimiter as i8);
        let newline = _mm256_set1_epi8(b'\n' as i8);
        let carriage = _mm256_set1_epi8(b'\r' as i8);
        walk(bytes, ends, |chunk| {
            // SAFETY: both loads stay inside the 64 bytes of the chunk; AVX2 is enabled for this function.
            unsafe {
                let low = _mm256_loadu_si256(chunk.as_ptr().cast::<__m256i>());
                let high = _mm256_loadu_si256(chunk.as_ptr().add(32).cast::<__m256i>());
                let bits = |wanted: __m256i| {
                    let low = _mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted)) as u32;
                    let high = _mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted)) as u32;
                    u64::from(low) | (u64::from(high) << 32)
                };
                let high = u64::from(_mm256_movemask_epi8(_mm256_or_si256(low, high)) as u32);
                Masks {
                    quote: bits(quote),
                    delimiter: bits(comma),
                    newline: bits(newline),
                    carriage: bits(carriage),
                    high,
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::{QuoteFlaw, scan};
    use super::*;
    use proptest::prelude::*;

    /// The vector walk and its portable form agree with `scan` wherever they are certain.
    fn agree(text: &[u8]) -> bool {
        let (mut exact, mut fast, mut plain) = (Vec::new(), Vec::new(), Vec::new());
        let scanned = scan(text, b',', false, &mut exact);
        let indexed = index(text, b',', &mut fast);
        assert_eq!(indexed, portable(text, b',', &mut plain));
        assert_eq!(fast, plain);
        let Some(indexed) = indexed else { return false };
        assert_eq!(fast, exact);
        assert_eq!(indexed, Scanned { open_quote: None, ..scanned });
        true
    }

    #[test]
    fn well_formed_blocks_are_certain() {
        let row = "P1,\"a, \"\"b\"\"\nc\",,6.5,\"\"\r\n";
        for rows in 1..60 {
            assert!(agree(row.repeat(rows).as_bytes()), "{rows} rows");
        }
    }

    #[test]
    fn a_flaw_at_any_position_is_left_to_scan() {
        for pad in 0..130 {
            let text = format!("{}\n,5\" w,\n", "x".repeat(pad));
            assert!(!agree(text.as_bytes()));
            let mut ends = Vec::new();
            assert_eq!(scan(text.as_bytes(), b',', true, &mut ends).flaws, [QuoteFlaw::StrayQuote { at: pad + 3 }]);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn never_another_answer_than_scan(text in "[a\",\n\r]{0,200}") {
            agree(text.as_bytes());
        }

        #[test]
        fn well_formed_cells_are_certain(cells in prop::collection::vec("(\"(a|,|\n|\"\"){0,40}\"|[ab]{0,20})", 1..60)) {
            let mut text = cells.join(",");
            text.push('\n');
            prop_assert!(agree(text.as_bytes()));
        }
    }
}
