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

#[cfg(test)]
mod tests;

use super::blank::may_be_blank;
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

/// A walk over a block, 64 bytes at a time.
trait ChunkWalk {
    /// Takes the bits of the 64 bytes that start at `base`.
    fn chunk(&mut self, base: u32, masks: Masks);
}

/// Appends the end of every cell of the whole records in `bytes`, as `scan` does; `None`, and
/// `ends` as it was, where only `scan` can tell.
pub fn index(bytes: &[u8], delimiter: u8, ends: &mut Vec<u32>) -> Option<Scanned> {
    let mut walk = CellWalk::<true>::new(ends);
    walk_over(bytes, delimiter, &mut walk);
    walk.finish()
}

/// The same for bytes that end with a record, without a mark at the ends of records.
pub fn index_cells(bytes: &[u8], delimiter: u8, ends: &mut Vec<u32>) -> Option<Scanned> {
    let mut walk = CellWalk::<false>::new(ends);
    walk_over(bytes, delimiter, &mut walk);
    walk.finish()
}

/// Where the whole records in `bytes` end, if each of them has `width` cells; `None` where only `index` or `scan` can tell.
pub fn whole_records(bytes: &[u8], delimiter: u8, width: usize) -> Option<WholeRecords> {
    let mut walk = RecordWalk::new((bytes, delimiter), width);
    walk_over(bytes, delimiter, &mut walk);
    walk.finish()
}

fn walk_over(bytes: &[u8], delimiter: u8, walk: &mut impl ChunkWalk) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2")
        && std::arch::is_x86_feature_detected!("bmi1")
        && std::arch::is_x86_feature_detected!("popcnt")
    {
        // SAFETY: the processor has AVX2, BMI1 and POPCNT, as was just checked.
        return unsafe { avx2::walk_over(bytes, delimiter, walk) };
    }
    portable(bytes, delimiter, walk);
}

/// The same walk with masks made of plain integers, for any processor.
fn portable(bytes: &[u8], delimiter: u8, walk: &mut impl ChunkWalk) {
    each_chunk(bytes, walk, |chunk| masks_portable(chunk, delimiter));
}

#[inline(always)]
fn each_chunk(bytes: &[u8], walk: &mut impl ChunkWalk, masks: impl Fn(&[u8; 64]) -> Masks) {
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
}

/// What is carried from chunk to chunk: one bit, or all bits, of the byte before.
struct Quoting {
    /// All ones inside a quoted cell.
    inside: u64,
    /// 1 where a quote may open a cell next.
    may_open: u64,
    /// 1 after a closing quote.
    closing: u64,
    /// 1 after a CR.
    carriage: u64,
    certain: bool,
}

/// What separates cells among 64 bytes, one bit a byte.
struct SeparatorBits {
    /// Delimiters and line ends outside quoted cells.
    all: u64,
    /// Line ends outside quoted cells.
    newline: u64,
    /// Line ends inside quoted cells.
    inner_newline: u64,
}

impl Quoting {
    /// At the start of a record.
    const START: Quoting = Quoting { inside: 0, may_open: 1, closing: 0, carriage: 0, certain: true };

    #[inline(always)]
    fn separators(&mut self, masks: &Masks) -> SeparatorBits {
        if masks.quote | masks.carriage | self.inside | self.closing | self.carriage == 0 {
            // Most chunks: nothing is quoted, and no line ends with a CR.
            let separator = masks.delimiter | masks.newline;
            self.may_open = separator >> 63;
            return SeparatorBits { all: separator, newline: masks.newline, inner_newline: 0 };
        }
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

        self.may_open = (separator | closing) >> 63;
        self.closing = closing >> 63;
        self.carriage = masks.carriage >> 63;
        // The sign spreads: all ones where the last byte is inside.
        self.inside = (inside.cast_signed() >> 63).cast_unsigned();
        SeparatorBits { all: separator, newline, inner_newline: masks.newline & inside }
    }
}

/// Finds the end of every cell; `MARKS` tells whether the last cell of each record is marked.
struct CellWalk<'a, const MARKS: bool> {
    quoting: Quoting,
    ends: &'a mut Vec<u32>,
    /// Length of `ends` before the walk.
    before: usize,
    inner_lines: Vec<u32>,
    /// Not 0 where a byte is not ASCII.
    high: u64,
}

impl<const MARKS: bool> ChunkWalk for CellWalk<'_, MARKS> {
    #[inline(always)]
    fn chunk(&mut self, base: u32, masks: Masks) {
        let separators = self.quoting.separators(&masks);
        self.high |= masks.high;
        for_each_bit(separators.inner_newline, |bit| self.inner_lines.push(base.wrapping_add(bit)));
        self.push_ends(base, separators.all, separators.newline);
    }
}

impl<'a, const MARKS: bool> CellWalk<'a, MARKS> {
    fn new(ends: &'a mut Vec<u32>) -> CellWalk<'a, MARKS> {
        CellWalk { quoting: Quoting::START, before: ends.len(), ends, inner_lines: Vec::new(), high: 0 }
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
        if !MARKS {
            return;
        }
        // Record ends are few: each is found by the number of ends before it.
        for_each_bit(newline, |bit| {
            let before = (separator & !(u64::MAX << bit)).count_ones() as usize;
            if let Some(end) = self.ends.get_mut(first.wrapping_add(before)) {
                *end |= RECORD_END;
            }
        });
    }

    fn finish(mut self) -> Option<Scanned> {
        while MARKS && self.ends.len() > self.before && self.ends.last().is_some_and(|end| end & RECORD_END == 0) {
            self.ends.pop();
        }
        if !self.quoting.certain || self.ends.len() == self.before {
            self.ends.truncate(self.before);
            return None;
        }
        let consumed = self.ends.last().map_or(0, |end| (end & !RECORD_END) as usize).wrapping_add(1);
        self.inner_lines.retain(|at| (*at as usize) < consumed);
        Some(Scanned { consumed, inner_lines: self.inner_lines, ascii: self.high == 0, ..Scanned::default() })
    }
}

/// The whole records at the start of a block, each of one width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WholeRecords {
    /// Their number; at least one.
    pub records: usize,
    /// Their bytes.
    pub length: usize,
    /// Their line ends, those inside quoted cells too.
    pub lines: u64,
    /// False where none of them is a row of delimiters alone.
    pub may_have_blank_rows: bool,
}

/// Finds the last record end, and counts: no more than the next block has to know.
struct RecordWalk<'b> {
    bytes: &'b [u8],
    delimiter: u8,
    quoting: Quoting,
    width: u64,
    /// Cells and lines that ended before the chunk.
    cells: u64,
    lines: u64,
    found: WholeRecords,
    /// Cells at the end of the record that is being walked over, if all are of one width.
    wanted: u64,
    /// Where that record begins.
    start: usize,
}

impl ChunkWalk for RecordWalk<'_> {
    #[inline(always)]
    fn chunk(&mut self, base: u32, masks: Masks) {
        let separators = self.quoting.separators(&masks);
        for_each_bit(separators.newline, |bit| {
            let cells = self.cells.wrapping_add(bits_upto(separators.all, bit));
            self.quoting.certain &= cells == self.wanted;
            self.wanted = self.wanted.wrapping_add(self.width);
            let end = base.wrapping_add(bit) as usize;
            let record = self.bytes.get(self.start..end).unwrap_or_default();
            self.found.may_have_blank_rows |= may_be_blank(record, self.delimiter);
            self.start = end.wrapping_add(1);
        });
        if let Some(last) = separators.newline.checked_ilog2() {
            self.found.length = base.wrapping_add(last).wrapping_add(1) as usize;
            self.found.lines = self.lines.wrapping_add(bits_upto(masks.newline, last));
            self.found.records = self.found.records.wrapping_add(separators.newline.count_ones() as usize);
        }
        self.cells = self.cells.wrapping_add(u64::from(separators.all.count_ones()));
        self.lines = self.lines.wrapping_add(u64::from(masks.newline.count_ones()));
    }
}

impl<'b> RecordWalk<'b> {
    fn new((bytes, delimiter): (&'b [u8], u8), width: usize) -> RecordWalk<'b> {
        let found = WholeRecords { records: 0, length: 0, lines: 0, may_have_blank_rows: false };
        let (quoting, width) = (Quoting::START, width as u64);
        RecordWalk { bytes, delimiter, quoting, width, cells: 0, lines: 0, found, wanted: width, start: 0 }
    }

    fn finish(self) -> Option<WholeRecords> {
        // A blank line of a one-column file is a record of one empty cell; it has to be dropped.
        (self.quoting.certain && self.width > 1 && self.found.records > 0).then_some(self.found)
    }
}

/// Number of bits up to and with this one.
#[inline(always)]
fn bits_upto(mask: u64, bit: u32) -> u64 {
    u64::from((mask & (u64::MAX >> 63_u32.wrapping_sub(bit))).count_ones())
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
    use super::{ChunkWalk, Masks, each_chunk};
    use std::arch::x86_64::{
        __m256i, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8,
    };

    #[target_feature(enable = "avx2,bmi1,popcnt")]
    pub fn walk_over(bytes: &[u8], delimiter: u8, walk: &mut impl ChunkWalk) {
        let quote = _mm256_set1_epi8(b'"' as i8);
        let comma = _mm256_set1_epi8(delimiter as i8);
        let newline = _mm256_set1_epi8(b'\n' as i8);
        let carriage = _mm256_set1_epi8(b'\r' as i8);
        each_chunk(bytes, walk, |chunk| {
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
        });
    }
}
