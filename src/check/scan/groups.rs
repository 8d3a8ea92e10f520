//! The groups of a sentence: what they are together, and so many of each of their cases. `Fifteen men and 10 women were treated`
//! states 25 cases, `40 patients completed 3 questionnaires each` 120 questionnaires.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::Sentence;
use super::near_whole::{NearOrigin, NearWhole};
use super::nouns::is_year;
use super::sentence_words;
use super::share::counting;
use super::token::{Kind, Token};
use std::ops::RangeInclusive;

/// Groups of one sentence of which the sums are tried.
const MOST_GROUPS: usize = 6;
/// Groups of which a sentence states the size, but not the number.
const MOST_EACH_GROUPS: u64 = 4;
/// Parts of one sentence of which the sum is tried.
const MOST_PARTS: usize = 3;
/// Things that each case has at most.
const MOST_OF_EACH: u64 = 12;

/// The numbers of a sentence that may be those of groups.
#[derive(Debug, Default)]
pub(super) struct GroupCounts {
    plain: Vec<u64>,
    /// The denominators of its fractions: `8/15 men and 4/10 women`.
    denominators: Vec<u64>,
    /// Its parts: `12 of the 24 women and 9 of the 20 men smoked`.
    numerators: Vec<u64>,
    /// How many of each there may be.
    of_each: Vec<u64>,
}

impl GroupCounts {
    /// The groups of a sentence.
    pub fn of(sentence: &Sentence<'_>) -> GroupCounts {
        let tokens = sentence.tokens;
        let is_in_share = |at: &usize| sentence.shares.iter().any(|share| share.tokens.contains(at));
        let plain: Vec<u64> =
            (0..tokens.len()).filter(|at| !is_in_share(at)).filter_map(|at| plain_number(tokens, at)).collect();
        let denominators = sentence.fractions().into_iter().map(|(_, _, of)| of).collect();
        let of_each = of_each(tokens, &plain);
        let numerators = sentence.shares.iter().filter_map(|share| share.n).collect();
        GroupCounts { plain, denominators, numerators, of_each }
    }

    /// The number of a sentence that has no other.
    pub fn only(&self) -> Option<u64> {
        let [only] = self.plain.as_slice() else { return None };
        Some(*only)
    }

    /// All groups of each kind together.
    pub fn sums(&self) -> impl Iterator<Item = u64> {
        let lists = [&self.plain, &self.denominators, &self.numerators];
        lists.into_iter().filter(|list| list.len() > 1).map(|list| sum_of(list))
    }

    /// Some groups together, or so many of each, that lie in a range.
    pub fn within(&self, range: &RangeInclusive<u64>) -> Option<NearWhole> {
        let lists = [&self.plain, &self.denominators];
        let sum = lists.into_iter().find_map(|list| {
            let list = list.get(..list.len().min(MOST_GROUPS))?;
            let runs = (2..=list.len()).rev().flat_map(|length| list.windows(length));
            let mut found = runs.filter_map(|groups| sum_within(groups, range));
            found.next()
        });
        let few = || self.numerators.get(..).filter(|all| (2..=MOST_PARTS).contains(&all.len()));
        sum.or_else(|| sum_within(few()?, range)).or_else(|| self.of_each_within(range))
    }

    /// So many of each of some cases, where they lie in a range.
    fn of_each_within(&self, range: &RangeInclusive<u64>) -> Option<NearWhole> {
        let cases = || self.plain.iter().chain(&self.denominators);
        let products = self.of_each.iter().flat_map(|each| cases().map(move |cases| (*each, *cases)));
        let mut products =
            products.filter(|(each, cases)| each < cases && range.contains(&each.saturating_mul(*cases)));
        let (each, cases) = products.next()?;
        Some(NearWhole { value: each.saturating_mul(cases), origin: NearOrigin::Times(each, cases) })
    }
}

fn sum_of(groups: &[u64]) -> u64 {
    groups.iter().fold(0_u64, |sum, group| sum.saturating_add(*group))
}

/// Groups together, where they lie in a range.
pub(super) fn sum_within(groups: &[u64], range: &RangeInclusive<u64>) -> Option<NearWhole> {
    let value = sum_of(groups);
    range.contains(&value).then(|| NearWhole { value, origin: NearOrigin::Sum(groups.to_vec()) })
}

/// How many of each case a sentence may speak of: 2 of `both`, 3 of `3 biopsies each`, 2 and 3 of `matched 1:2`.
fn of_each(tokens: &[Token<'_>], plain: &[u64]) -> Vec<u64> {
    let is_many = |token: &Token<'_>| token.is("many") || token.is_among(&sentence_words::OF_EACH);
    if !tokens.iter().any(is_many) {
        return Vec::new();
    }
    let small = plain.iter().copied().filter(|each| (2..=MOST_OF_EACH).contains(each));
    let ratios = tokens.windows(3).filter_map(|part| match part {
        [one, colon, other] if colon.kind == Kind::Colon && one.count() == Some(1) => other.count(),
        _ => None,
    });
    let ratios = ratios.filter(|of| *of <= MOST_OF_EACH).flat_map(|of| [of, of + 1]);
    let as_many = tokens.windows(2).any(|pair| matches!(pair, [same, many] if same.is("as") && many.is("many")));
    // `the groups (25 patients each)` does not say how many groups.
    let are_groups = tokens.iter().any(|token| token.is_one_of(&["groups", "arms"]));
    let groups = are_groups.then_some(2..=MOST_EACH_GROUPS).into_iter().flatten();
    let two = as_many
        || tokens
            .iter()
            .any(|token| token.is_one_of(&["both", "bilateral", "bilaterally", "pairs", "couples", "eyes", "sides"]));
    small.chain(ratios).chain(two.then_some(2)).chain(groups).collect()
}

/// A number that may count people: no measurement, no percentage, no year.
pub(super) fn plain_number(tokens: &[Token<'_>], at: usize) -> Option<u64> {
    let value = counting(tokens, at)?;
    let token = tokens.get(at)?;
    let next = tokens.get(at + 1).map(|token| token.kind);
    let is_other = matches!(next, Some(Kind::Percent | Kind::Colon | Kind::Slash | Kind::PlusMinus)) || is_year(token);
    (!is_other).then_some(value)
}
