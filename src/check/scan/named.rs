//! The counts of a text by what they are of: 24 women, 89 limbs; and those of groups that are named together: `12 boys and 9
//! girls`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::{Count, CountOf, Sentence};
use super::near_whole::{NearOrigin, NearWhole};
use super::nouns::{is_man, is_woman};
use super::token::{Kind, Token};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// Tokens between two groups that are named together.
const MOST_BETWEEN: usize = 5;
/// Groups that are named together.
const MOST_GROUPS: usize = 4;

/// The counts of a text by their nouns.
#[derive(Debug, Default)]
pub(super) struct NamedCounts {
    of_nouns: BTreeMap<String, BTreeSet<u64>>,
    /// The sums of groups that are named together.
    sums: BTreeMap<u64, Vec<u64>>,
}

impl NamedCounts {
    /// Keeps the counts of a sentence that are no part of others.
    pub fn learn(&mut self, sentence: &Sentence<'_>) {
        let is_share = |count: &Count| sentence.shares.iter().any(|share| share.tokens == count.tokens);
        let plain: Vec<&Count> = sentence.counts.iter().filter(|count| !count.is_part && !is_share(count)).collect();
        for count in plain.iter().filter(|count| count.tokens.len() > 1) {
            if let Some(noun) = sentence.tokens.get(count.tokens.end - 1) {
                self.of_nouns.entry(noun.text.to_lowercase()).or_default().insert(count.value);
            }
        }
        let cases: Vec<&Count> = plain.into_iter().filter(|count| count.of == CountOf::Cases).collect();
        let groups = cases.chunk_by(|one, other| are_together(sentence.tokens, one, other));
        for groups in groups.filter(|groups| (2..=MOST_GROUPS).contains(&groups.len())) {
            let values: Vec<u64> = groups.iter().map(|group| group.value).collect();
            let sum = values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value));
            self.sums.entry(sum).or_insert(values);
        }
    }

    /// The sum of groups that are named together, where it lies in a range.
    pub fn sum_in(&self, range: &RangeInclusive<u64>) -> Option<NearWhole> {
        let (sum, values) = self.sums.iter().find(|(sum, _)| range.contains(sum))?;
        Some(NearWhole { value: *sum, origin: NearOrigin::Sum(values.clone()) })
    }

    /// All numbers of what a noun names.
    pub fn of(&self, noun: &str) -> impl Iterator<Item = u64> {
        self.of_nouns.get(&noun.to_lowercase()).into_iter().flatten().copied()
    }

    /// True for a number of the other sex than a noun names, which is stated of nothing else.
    pub fn is_only_of_other_sex(&self, noun: &str, value: u64) -> bool {
        let is_other = |of: &str| (is_man(noun) && is_woman(of)) || (is_woman(noun) && is_man(of));
        self.is_of_all(value, is_other)
    }

    /// True for a number that is only one of what a noun names: the 22 of `22 fractures`.
    pub fn is_only_of(&self, noun: &str, value: u64) -> bool {
        self.is_of_all(value, |of| of.eq_ignore_ascii_case(noun))
    }

    /// True for a number of which all nouns are such, at least one.
    fn is_of_all(&self, value: u64, is_such: impl Fn(&str) -> bool) -> bool {
        let mut of =
            self.of_nouns.iter().filter(|(_, values)| values.contains(&value)).map(|(noun, _)| noun).peekable();
        of.peek().is_some() && of.all(|noun| is_such(noun))
    }
}

/// True for two groups with no other number and no bracket of parts between: `20 cases with 22 controls`, `(n = 20) and group B
/// (n = 22)`.
fn are_together(tokens: &[Token<'_>], one: &Count, other: &Count) -> bool {
    let Some(between) = tokens.get(one.tokens.end..other.tokens.start) else { return false };
    let joins = |token: &Token<'_>| {
        token.kind == Kind::Comma || token.is_one_of(&["and", "or", "vs", "versus", "with", "plus"])
    };
    let is_n = |token: &Token<'_>| token.is("n");
    let has_bracket = between.iter().any(|token| token.kind == Kind::Open) && !between.iter().any(is_n);
    between.len() <= MOST_BETWEEN + 2
        && between.iter().any(joins)
        && !has_bracket
        && !between.iter().any(|token| token.kind == Kind::Semicolon)
}
