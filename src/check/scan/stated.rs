//! The denominators that a text states: in the sentence, shortly before it, and anywhere.

use super::counts::{Count, CountOf, Sentence};
use super::nearby::{NearWhole, Nearby};
use super::totals::leading_count;
use super::verdict::ScanPlace;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::RangeInclusive;

/// Counts that are remembered from the sentences before.
const REMEMBERED: usize = 30;

/// Numbers of cases that those left out are taken off.
const MOST_WHOLES: usize = 40;

/// A number of cases or things, and where it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Whole {
    pub value: u64,
    pub place: ScanPlace,
    /// True for the numerator of a share.
    pub is_part: bool,
}

fn of_count(count: &Count, place: ScanPlace) -> Whole {
    Whole { value: count.value, place, is_part: count.is_part }
}

/// What a text states to be a number of cases or things.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// The numbers of cases of the whole text, each with its first place.
    anywhere: BTreeMap<u64, ScanPlace>,
    /// The last counts before the sentence.
    before: VecDeque<Whole>,
    /// Other numbers before it.
    nearby: Nearby,
    /// The counts of the cells of each table, by row and by column.
    rows: BTreeMap<(u32, u32), Vec<Whole>>,
    columns: BTreeMap<(u32, u32), Vec<Whole>>,
}

impl Stated {
    /// Keeps the numbers of cases of a sentence for all of the text.
    pub fn learn(&mut self, sentence: &Sentence<'_>, place: ScanPlace) {
        if !sentence.cites {
            let cases = sentence.counts.iter().filter(|count| count.of == CountOf::Cases);
            cases.for_each(|count| self.learn_number(count.value, place));
        }
        if let (Some(cell), Some(value)) = (place.cell, leading_count(sentence.tokens)) {
            let whole = Whole { value, place, is_part: sentence.tokens.len() > 1 };
            self.rows.entry((cell.table, cell.row)).or_default().push(whole);
            // A column holds many counts of parts; only those alone in their cell are wholes.
            if sentence.tokens.len() == 1 {
                self.columns.entry((cell.table, cell.column)).or_default().push(whole);
            }
        }
    }

    /// The counts in the row and the column of a cell, and the sum of its row.
    fn beside(&self, place: ScanPlace) -> Vec<Whole> {
        let Some(cell) = place.cell else { return Vec::new() };
        let row = self.rows.get(&(cell.table, cell.row)).map(Vec::as_slice).unwrap_or_default();
        let column = self.columns.get(&(cell.table, cell.column)).map(Vec::as_slice).unwrap_or_default();
        let sum = row.iter().fold(0_u64, |sum, whole| sum.saturating_add(whole.value));
        row.iter().chain(column).copied().chain([Whole { value: sum, place, is_part: false }]).collect()
    }

    /// Keeps a number of cases for all of the text.
    pub fn learn_number(&mut self, value: u64, place: ScanPlace) {
        self.anywhere.entry(value).or_insert(place);
    }

    /// Keeps all counts of a sentence for the sentences after it.
    pub fn remember(&mut self, sentence: &Sentence<'_>, place: ScanPlace) {
        self.nearby.remember(sentence, place);
        self.before.extend(sentence.counts.iter().map(|count| of_count(count, place)));
        let surplus = self.before.len().saturating_sub(REMEMBERED);
        self.before.drain(..surplus);
    }

    /// Forgets the counts before a heading.
    pub fn begin_section(&mut self) {
        self.before.clear();
        self.nearby.begin_section();
    }

    /// The nearest number, among those the text states, that lies in a range.
    pub fn find(&self, counts: &[Count], place: ScanPlace, range: &RangeInclusive<u64>) -> Option<Whole> {
        let own = counts.iter().map(|count| of_count(count, place));
        let mut near = own.chain(self.before.iter().rev().copied());
        let fits = |whole: &Whole| whole.value > 0 && range.contains(&whole.value);
        let found = near.find(fits).or_else(|| self.beside(place).into_iter().find(fits));
        found.or_else(|| {
            let range = (*range.start()).max(1)..=*range.end();
            let (value, place) = if range.is_empty() { None } else { self.anywhere.range(range).next() }?;
            Some(Whole { value: *value, place: *place, is_part: false })
        })
    }

    /// A number that the text has nearby and does not state as that of its cases, or a number of cases less those left
    /// out, that lies in a range.
    pub fn near(&self, sentence: &Sentence<'_>, place: ScanPlace, range: &RangeInclusive<u64>) -> Option<NearWhole> {
        let wholes: Vec<u64> = self.anywhere.keys().rev().take(MOST_WHOLES).copied().collect();
        self.nearby.find(sentence, place, range, &wholes)
    }

    /// True where the text states a number of cases that is at least this.
    pub fn has_as_many(&self, least: u64) -> bool {
        self.anywhere.range(least..).next().is_some()
    }

    /// What may be a denominator in a sentence: the nearest first, each value once, so many at most.
    pub fn wholes(&self, counts: &[Count], place: ScanPlace, most: usize) -> Vec<Whole> {
        let own = counts.iter().map(|count| of_count(count, place));
        let anywhere =
            self.anywhere.iter().map(|(value, place)| Whole { value: *value, place: *place, is_part: false });
        let all = own.chain(self.before.iter().rev().copied()).chain(anywhere);
        let mut known = BTreeSet::new();
        all.filter(|whole| whole.value > 0 && known.insert(whole.value)).take(most).collect()
    }
}
