//! The denominators that a text states: in the sentence, shortly before it, and anywhere.

use super::counts::{Count, CountOf, Sentence};
use super::totals::leading_count;
use super::verdict::ScanPlace;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::RangeInclusive;

/// Counts that are remembered from the sentences before.
const REMEMBERED: usize = 30;

/// A number of cases or things, and where it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Whole {
    pub value: u64,
    pub place: ScanPlace,
}

/// What a text states to be a number of cases or things.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// The numbers of cases of the whole text, each with its first place.
    anywhere: BTreeMap<u64, ScanPlace>,
    /// The last counts before the sentence.
    before: VecDeque<Whole>,
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
            self.rows.entry((cell.table, cell.row)).or_default().push(Whole { value, place });
            // A column holds many counts of parts; only those alone in their cell are wholes.
            if sentence.tokens.len() == 1 {
                self.columns.entry((cell.table, cell.column)).or_default().push(Whole { value, place });
            }
        }
    }

    /// The counts in the row and the column of a cell, and the sum of its row.
    fn beside(&self, place: ScanPlace) -> Vec<Whole> {
        let Some(cell) = place.cell else { return Vec::new() };
        let row = self.rows.get(&(cell.table, cell.row)).map(Vec::as_slice).unwrap_or_default();
        let column = self.columns.get(&(cell.table, cell.column)).map(Vec::as_slice).unwrap_or_default();
        let sum = row.iter().fold(0_u64, |sum, whole| sum.saturating_add(whole.value));
        row.iter().chain(column).copied().chain([Whole { value: sum, place }]).collect()
    }

    /// Keeps a number of cases for all of the text.
    pub fn learn_number(&mut self, value: u64, place: ScanPlace) {
        self.anywhere.entry(value).or_insert(place);
    }

    /// Keeps all counts of a sentence for the sentences after it.
    pub fn remember(&mut self, sentence: &Sentence<'_>, place: ScanPlace) {
        self.before.extend(sentence.counts.iter().map(|count| Whole { value: count.value, place }));
        let surplus = self.before.len().saturating_sub(REMEMBERED);
        self.before.drain(..surplus);
    }

    /// Forgets the counts before a heading.
    pub fn begin_section(&mut self) {
        self.before.clear();
    }

    /// The nearest number, among those the text states, that lies in a range.
    pub fn find(&self, counts: &[Count], place: ScanPlace, range: &RangeInclusive<u64>) -> Option<Whole> {
        let own = counts.iter().map(|count| Whole { value: count.value, place });
        let mut near = own.chain(self.before.iter().rev().copied());
        let fits = |whole: &Whole| whole.value > 0 && range.contains(&whole.value);
        let found = near.find(fits).or_else(|| self.beside(place).into_iter().find(fits));
        found.or_else(|| {
            let range = (*range.start()).max(1)..=*range.end();
            let (value, place) = if range.is_empty() { None } else { self.anywhere.range(range).next() }?;
            Some(Whole { value: *value, place: *place })
        })
    }

    /// What may be a denominator in a sentence: the nearest first, each value once, so many at most.
    pub fn wholes(&self, counts: &[Count], place: ScanPlace, most: usize) -> Vec<Whole> {
        let own = counts.iter().map(|count| Whole { value: count.value, place });
        let anywhere = self.anywhere.iter().map(|(value, place)| Whole { value: *value, place: *place });
        let all = own.chain(self.before.iter().rev().copied()).chain(anywhere);
        let mut known = BTreeSet::new();
        all.filter(|whole| whole.value > 0 && known.insert(whole.value)).take(most).collect()
    }
}
