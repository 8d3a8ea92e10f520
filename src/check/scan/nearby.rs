//! Every number of people that stands near a percentage: the 40 of `follow-up was available for 40`, the 20 of
//! `(20 per group)`, and the cases that are left when those lost or excluded are taken off.
//!
//! None of them is taken for a denominator that the text states: a percentage that one of them gives is possible, and
//! one that none gives is held against the stated numbers of cases alone.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::{CountOf, Sentence};
use super::groups::{GroupCounts, plain_number, sum_within};
use super::near_whole::{NearOrigin, NearWhole};
use super::nouns::restricts;
use super::sentence_words;
use super::verdict::ScanPlace;
use std::collections::VecDeque;
use std::ops::RangeInclusive;

/// Numbers that are remembered from the sentences before.
const REMEMBERED: usize = 24;

/// Sentences whose groups are remembered.
const MOST_SENTENCES: usize = 12;

/// Sentences with one group each that are added.
const MOST_TOGETHER: usize = 3;

/// Numbers that a mean is tried with.
const MOST_VALUES: usize = 200;

/// Words of a sentence about the cases that the one before leaves.
const OF_THE_REST: [&str; 5] = ["others", "other", "rest", "remaining", "remainder"];

/// A number of people, or of something that may be people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Near {
    value: u64,
    place: ScanPlace,
    /// True for the number of cases of a sentence.
    is_whole: bool,
    /// True where its sentence leaves cases out.
    leaves_out: bool,
    /// The number of its sentence.
    sentence: usize,
}

/// The numbers before a sentence.
#[derive(Debug, Default)]
pub(super) struct Nearby {
    before: VecDeque<Near>,
    /// The groups of the last sentences.
    groups: VecDeque<GroupCounts>,
    sentences: usize,
}

impl Nearby {
    /// Keeps the numbers of a sentence for those after it.
    pub fn remember(&mut self, sentence: &Sentence<'_>, place: ScanPlace) {
        let numbers = self.numbers(sentence, place);
        self.sentences = self.sentences.saturating_add(1);
        if place.cell.is_none() {
            self.groups.push_back(GroupCounts::of(sentence));
            let surplus = self.groups.len().saturating_sub(MOST_SENTENCES);
            self.groups.drain(..surplus);
        }
        self.before.extend(numbers);
        let surplus = self.before.len().saturating_sub(REMEMBERED);
        self.before.drain(..surplus);
    }

    /// Forgets the numbers before a heading.
    pub fn begin_section(&mut self) {
        self.before.clear();
        self.groups.clear();
    }

    /// The cases of several groups of a sentence together, or so many of each, that lie in a range.
    pub fn together(&self, sentence: &Sentence<'_>, range: &RangeInclusive<u64>) -> Option<NearWhole> {
        let own = GroupCounts::of(sentence);
        let mut all = std::iter::once(&own).chain(self.groups.iter().rev());
        all.find_map(|groups| groups.within(range)).or_else(|| {
            let alone: Vec<u64> = self.groups.iter().rev().map_while(GroupCounts::only).take(MOST_TOGETHER).collect();
            sum_within(alone.get(..2)?, range).or_else(|| sum_within(alone.get(..3)?, range))
        })
    }

    /// The cases of the last sentence and those that it leaves out, where it has no other number.
    pub fn left_by_last(&self) -> Option<(u64, u64)> {
        let last: Vec<&Near> = self.before.iter().rev().take_while(|near| near.sentence == self.sentences).collect();
        let [out, whole] = last.as_slice() else { return None };
        (whole.is_whole && !out.is_whole && out.leaves_out).then_some((whole.value, out.value))
    }

    /// All numbers nearby, and what is left of the wholes.
    pub fn values(&self, sentence: &Sentence<'_>, place: ScanPlace, wholes: &[u64]) -> Vec<u64> {
        let own = self.numbers(sentence, place);
        let all: Vec<Near> = own.iter().chain(self.before.iter().rev()).copied().collect();
        let is_of_rest = sentence.tokens.iter().any(|token| token.is_one_of(&OF_THE_REST));
        let left_out = self.left_out(&all, is_of_rest);
        // `Of 14 eyes, 3 needed none. In the others ...`
        let of_cases = all.iter().filter(|near| near.is_whole || is_of_rest).map(|near| near.value);
        let wholes: Vec<u64> = of_cases.chain(wholes.iter().copied()).collect();
        let rest = wholes.iter().flat_map(|whole| left_out.iter().filter_map(move |out| whole.checked_sub(*out)));
        let sums = self.groups.iter().rev().flat_map(GroupCounts::sums);
        all.iter().map(|near| near.value).chain(rest).chain(sums).filter(|value| *value > 1).take(MOST_VALUES).collect()
    }

    /// A number nearby, or a whole less those left out, that lies in a range.
    pub fn find(
        &self,
        sentence: &Sentence<'_>,
        place: ScanPlace,
        range: &RangeInclusive<u64>,
        wholes: &[u64],
    ) -> Option<NearWhole> {
        let own = self.numbers(sentence, place);
        let is_near = |near: &&Near| match (place.cell, near.place.cell) {
            (Some(cell), Some(other)) => (cell.table, cell.row) == (other.table, other.row),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        let all: Vec<Near> = own.iter().chain(self.before.iter().rev()).filter(is_near).copied().collect();
        let fits = |value: u64| value > 1 && range.contains(&value);
        if let Some(near) = all.iter().find(|near| fits(near.value)) {
            return Some(NearWhole { value: near.value, origin: NearOrigin::Printed });
        }
        let is_of_rest = sentence.tokens.iter().any(|token| token.is_one_of(&OF_THE_REST));
        let left_out = self.left_out(&all, is_of_rest);
        let of_cases = all.iter().filter(|near| near.is_whole).map(|near| near.value);
        let wholes: Vec<u64> = of_cases.chain(wholes.iter().copied()).collect();
        let pairs = wholes.iter().flat_map(|whole| left_out.iter().map(move |out| (*whole, *out)));
        let found = pairs.filter_map(|(whole, out)| Some((whole, out, whole.checked_sub(out)?)));
        let mut found = found.filter(|(_, out, rest)| *out > 0 && fits(*rest));
        found.next().map(|(whole, out, rest)| NearWhole { value: rest, origin: NearOrigin::Less(whole, out) })
    }

    /// The numbers left out, and the sum of those of each sentence.
    fn left_out(&self, all: &[Near], is_of_rest: bool) -> Vec<u64> {
        let last = all.iter().filter(|near| near.sentence < self.sentences + 1).map(|near| near.sentence).max();
        let is_out = |near: &&Near| near.leaves_out || is_of_rest && Some(near.sentence) == last;
        let out: Vec<&Near> = all.iter().filter(is_out).collect();
        let mut values: Vec<u64> = out.iter().map(|near| near.value).collect();
        for of_one in out.chunk_by(|a, b| a.sentence == b.sentence) {
            let parts = of_one.iter().filter(|near| !near.is_whole);
            values.push(parts.fold(0_u64, |sum, near| sum.saturating_add(near.value)));
        }
        values
    }

    /// The whole numbers of a sentence that can be numbers of people.
    fn numbers(&self, sentence: &Sentence<'_>, place: ScanPlace) -> Vec<Near> {
        let tokens = sentence.tokens;
        let leaves_out = restricts(tokens) || tokens.iter().any(|token| token.is_among(&sentence_words::LEAVES_OUT));
        let is_whole = |at: usize| {
            sentence
                .counts
                .iter()
                .any(|count| count.of == CountOf::Cases && count.tokens.contains(&at) && !count.is_part)
        };
        let number = |at: usize| {
            let value = plain_number(tokens, at)?;
            let is_percentage = sentence
                .shares
                .iter()
                .any(|share| share.tokens.contains(&at) && share.n != Some(value) && share.of != Some(value));
            let near = Near { value, place, is_whole: is_whole(at), leaves_out, sentence: self.sentences + 1 };
            (!is_percentage).then_some(near)
        };
        (0..tokens.len()).filter_map(number).take(REMEMBERED).collect()
    }
}
