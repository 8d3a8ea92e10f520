//! The cells of one column in one thread, counted as they are written: nothing here knows what they mean.
//!
//! ```text
//! blank cell                  counted
//! 12.4, 0.5, 180              short numbers: arrays indexed by the digits
//! 1.24829, -3, 396000000      long numbers: lists of digits, one for each scale
//! <5, normal, 3 mg/dL, 099    texts, by number
//! ```
//! The first numbers of a column are kept one by one: a small file needs no arrays.

use super::places::Place;
use crate::cohort::bare_number::BareNumber;
use crate::read::Cell;
use crate::read::texts::{Interned, Texts};
use crate::tally::counts::dense::{Added, PlainNumbers};
use crate::tally::counts::runs::Run;
use crate::tally::counts::strata::{ALL, Strata, Stratified};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Numbers of a column that are kept one by one, with their places.
const MOST_AT_FIRST: usize = 1 << 11;
/// Most numbers of a column with a place, but for the least and the greatest.
const MOST_PLACED: usize = 1 << 9;
/// The index of blank cells.
const BLANK: usize = 0;

/// The counts of one column in one thread.
#[derive(Debug)]
pub struct WrittenCells {
    blank: Stratified,
    texts: Texts,
    /// Cells with each text, by its number, in the groups; all cases are counted in the table of texts.
    by_text: Stratified,
    /// Where each text was first met; `None` where that was reported at once.
    text_places: Vec<Option<Place>>,
    /// The first numbers.
    first: Vec<FirstNumber>,
    is_beyond_first: bool,
    /// None of most columns of a wide file.
    short: Option<Box<PlainNumbers>>,
    /// Long numbers by stratum and scale.
    long: Vec<Vec<LongNumbers>>,
    number_places: FxHashMap<BareNumber, Place>,
}

/// One of the first numbers, and where it was met; half of the memory of a wide file.
#[derive(Debug, Clone, Copy)]
struct FirstNumber {
    digits: i64,
    place: Place,
    scale: u8,
}

impl FirstNumber {
    fn number(&self) -> BareNumber {
        BareNumber { scale: self.scale, digits: self.digits }
    }
}

/// Long numbers of one scale in one stratum.
#[derive(Debug)]
struct LongNumbers {
    scale: u8,
    run: Run,
    /// The least and the greatest.
    extremes: (i64, i64),
}

impl WrittenCells {
    /// Empty counts with at most `most_texts` distinct texts.
    pub fn new(most_texts: usize) -> WrittenCells {
        WrittenCells {
            blank: Stratified::default(),
            texts: Texts::new(most_texts),
            by_text: Stratified::default(),
            text_places: Vec::new(),
            first: Vec::new(),
            is_beyond_first: false,
            short: None,
            long: Vec::new(),
            number_places: FxHashMap::default(),
        }
    }

    /// Makes room for more groups; see [`crate::tally::counts::strata::bits_for`].
    pub fn widen(&mut self, bits: u32) {
        self.each(|counts| counts.widen(bits));
    }

    /// Makes the counts of all cases the sum of the groups.
    pub fn sum(&mut self) {
        self.each(Stratified::sum);
        let of_groups: Vec<(u8, Run)> = self.long.iter().flatten().map(|of| (of.scale, of.run.clone())).collect();
        for (scale, run) in of_groups {
            self.long_of(ALL, scale).run.merge(run);
        }
    }

    fn each(&mut self, what: impl Fn(&mut Stratified)) {
        [&mut self.blank, &mut self.by_text].into_iter().for_each(&what);
        self.short.iter_mut().for_each(|short| short.each(&what));
    }

    /// Counts a blank cell.
    #[inline]
    pub fn add_blank<S: Strata>(&mut self, strata: S, at: usize) {
        strata.each(at, |stratum| self.blank.add(BLANK, stratum));
    }

    /// Counts a cell by its text.
    #[inline(always)]
    pub fn add_text<S: Strata>(&mut self, cell: Cell<'_>, strata: S, at: usize) -> Interned {
        let counted = self.texts.count_cell(cell);
        self.count_groups(counted, strata, at);
        counted
    }

    /// Counts a text that is joined from several cells.
    #[inline]
    pub fn add_joined<S: Strata>(&mut self, text: &[u8], strata: S, at: usize) -> Interned {
        let counted = self.texts.count(text, text.len());
        self.count_groups(counted, strata, at);
        counted
    }

    #[inline(always)]
    fn count_groups<S: Strata>(&mut self, counted: Interned, strata: S, at: usize) {
        if let Interned::Known(number) | Interned::New(number) = counted {
            strata.each_group(at, |stratum| self.by_text.add(number, stratum));
        }
    }

    /// Keeps the place of the text that was counted as new.
    pub fn place_text(&mut self, place: Option<Place>) {
        self.text_places.push(place);
    }

    /// True as long as the numbers of a column are kept one by one.
    #[inline]
    pub fn keeps_first(&self) -> bool {
        !self.is_beyond_first
    }

    /// True as long as there may be more numbers that are kept one by one: not in a column that began with texts alone.
    pub fn has_room_for_first(&self) -> bool {
        let may_have_numbers = !self.first.is_empty() || self.texts.is_empty();
        self.keeps_first() && may_have_numbers && self.first.len() < MOST_AT_FIRST
    }

    /// Makes room for so many of the first numbers.
    pub fn expect_first(&mut self, cells: usize) {
        if self.first.is_empty() {
            self.first.reserve_exact(cells.min(MOST_AT_FIRST));
        }
    }

    /// Keeps one of the first numbers.
    pub fn add_first(&mut self, BareNumber { scale, digits }: BareNumber, place: Place) {
        self.first.push(FirstNumber { digits, place, scale });
    }

    /// Counts the first numbers once there are too many to keep them.
    pub fn end_first(&mut self, is_now: bool) {
        if self.is_beyond_first || (!is_now && self.first.len() < MOST_AT_FIRST) {
            return;
        }
        self.is_beyond_first = true;
        for first in std::mem::take(&mut self.first) {
            let (number, place) = (first.number(), first.place);
            let short = u32::try_from(number.digits).ok();
            match short.map_or(Added::NoEntry, |digits| self.add_short(digits, number.scale.into(), ALL)) {
                Added::Again => {}
                Added::First => self.place_number(number, place),
                Added::NoEntry => self.add_long(number, ALL, || place),
            }
        }
    }

    /// Counts a short number.
    #[inline(always)]
    pub fn add_short(&mut self, digits: u32, scale: usize, stratum: usize) -> Added {
        match &mut self.short {
            Some(short) => short.add(digits, scale, stratum),
            None => self.begin_short().add(digits, scale, stratum),
        }
    }

    #[cold]
    fn begin_short(&mut self) -> &mut PlainNumbers {
        // The groups so far are those of the blank cells, too.
        let bits = self.blank.bits();
        let short = self.short.get_or_insert_default();
        short.each(|counts| counts.widen(bits));
        short
    }

    /// Keeps where a number was first met.
    pub fn place_number(&mut self, number: BareNumber, place: Place) {
        self.number_places.entry(number).or_insert(place);
    }

    /// True as long as the places of all numbers are kept.
    pub fn has_room_for_places(&self) -> bool {
        self.number_places.len() < MOST_PLACED
    }

    /// Counts a long number; the first ones, the least and the greatest keep their place.
    pub fn add_long(&mut self, number: BareNumber, stratum: usize, place: impl FnOnce() -> Place) {
        let is_extreme = self.long_of(stratum, number.scale).add(number.digits);
        if is_extreme || self.has_room_for_places() {
            self.number_places.entry(number).or_insert_with(place);
        }
    }

    fn long_of(&mut self, stratum: usize, scale: u8) -> &mut LongNumbers {
        if stratum >= self.long.len() {
            self.long.resize_with(stratum + 1, Vec::new);
        }
        let of_stratum = &mut self.long[stratum];
        let at = of_stratum.iter().position(|of| of.scale == scale).unwrap_or(of_stratum.len());
        if at == of_stratum.len() {
            of_stratum.push(LongNumbers { scale, run: Run::default(), extremes: (i64::MAX, i64::MIN) });
        }
        &mut of_stratum[at]
    }

    /// Sorts the numbers, as walking them needs.
    pub fn settle(&mut self) {
        // Equal numbers stay in the order of their records, in which a thread meets them.
        self.first.sort_by_key(|first| first.number().order());
        self.long.iter_mut().flatten().for_each(|of| of.run.settle());
    }

    /// The texts that occur in a stratum: the text, its cells, and the place where it was first met.
    pub fn texts(&self, stratum: usize) -> impl Iterator<Item = (Cow<'_, str>, u64, Option<Place>)> {
        let all = (stratum == ALL).then(|| self.texts.iter().map(|(_, cells)| cells).enumerate());
        let of_group = (stratum != ALL).then(|| self.by_text.of(stratum));
        let counted = all.into_iter().flatten().chain(of_group.into_iter().flatten());
        counted.filter_map(|(number, cells)| {
            Some((lossy(self.texts.text(number)?), cells, self.text_places.get(number).copied()?))
        })
    }

    /// Blank cells in a stratum.
    pub fn blanks(&self, stratum: usize) -> u64 {
        self.blank.count(BLANK, stratum)
    }

    /// The first numbers and the short ones in a stratum, with their cells.
    pub fn short(&self, stratum: usize) -> impl Iterator<Item = (BareNumber, u64)> {
        let first = if stratum == ALL { self.first.as_slice() } else { &[] };
        let first = first.chunk_by(|one, other| one.number() == other.number());
        let first = first.filter_map(|same| same.first().map(|first| (first.number(), same.len() as u64)));
        first.chain(self.short.iter().flat_map(move |short| short.of(stratum)))
    }

    /// The long numbers in a stratum, one run for each scale.
    pub fn long(&self, stratum: usize) -> impl Iterator<Item = (u8, &Run)> {
        self.long.get(stratum).into_iter().flatten().map(|of| (of.scale, &of.run))
    }

    /// All numbers in a stratum, with their cells.
    pub fn numbers(&self, stratum: usize) -> impl Iterator<Item = (BareNumber, u64)> {
        let of_run =
            |(scale, run): (u8, &Run)| run.iter().map(move |(digits, cells)| (BareNumber { scale, digits }, cells));
        self.short(stratum).chain(self.long(stratum).flat_map(of_run))
    }

    /// Where a number was first met, if that was kept.
    pub fn place_of(&self, number: BareNumber) -> Option<Place> {
        let at = self.first.partition_point(|first| first.number() < number);
        let first = self.first.get(at).filter(|first| first.number() == number).map(|first| first.place);
        first.or_else(|| self.number_places.get(&number).copied())
    }

    /// The numbers whose first place was kept.
    pub fn placed_numbers(&self) -> impl Iterator<Item = (BareNumber, Place)> {
        // The order of a hash map does not matter to one who looks for the first place.
        #[allow(clippy::iter_over_hash_type)]
        let placed = self.number_places.iter().map(|(number, place)| (*number, *place));
        self.first.iter().map(|first| (first.number(), first.place)).chain(placed)
    }
}

impl LongNumbers {
    /// Counts a number; true if it is the least or the greatest so far.
    fn add(&mut self, digits: i64) -> bool {
        self.run.add(digits);
        let (least, greatest) = &mut self.extremes;
        let is_extreme = digits < *least || digits > *greatest;
        if is_extreme {
            (*least, *greatest) = ((*least).min(digits), (*greatest).max(digits));
        }
        is_extreme
    }
}

/// Blocks are UTF-8; a file that is not is refused.
pub fn lossy(text: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(text).map_or_else(|_| String::from_utf8_lossy(text), Cow::Borrowed)
}
