//! The ratio of the sexes where only one of them is counted: `Of 100 patients, 60 were men; the male-to-female ratio was
//! 1.5:1`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence and fractions do not overflow")]

use super::counts::{Count, CountOf};
use super::nouns::is_sex;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_rational::BigRational;
use num_traits::Zero;

/// Tokens from the word to the ratio.
const MOST_BETWEEN: usize = 4;

/// Holds the ratio against the one sex and the whole at the begin of the sentence.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    found.extend(of_one(context));
}

fn of_one(context: &Context<'_>) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let is_first = |count: &&Count| count.of == CountOf::Cases && count.tokens.start == 1 && !count.is_part;
    let whole = context.sentence.counts.iter().find(is_first)?;
    let is_of = tokens.first().is_some_and(|token| token.is_one_of(&["of", "among"]));
    let start = whole.tokens.end + 1;
    let one = tokens.get(start)?.count().filter(|one| *one > 0 && *one < whole.value)?;
    let were = start + 1 + tokens.get(start + 1..)?.iter().take(4).position(|token| token.is("were"))?;
    let is_of_sex = tokens.get(were + 1).is_some_and(|token| is_sex(token) || token.is_one_of(&["male", "female"]));
    let sexes = tokens.iter().filter(|token| is_sex(token)).count();
    let (left, right, end) = (were..tokens.len()).find_map(|at| printed(tokens, at))?;
    if !is_of || !is_of_sex || sexes > 1 || context.sentence.cites {
        return None;
    }
    let other = whole.value - one;
    let (verdict, sentence) = if is_given(one, other, left, right) || is_given(other, one, left, right) {
        (ScanVerdict::Consistent, format!("{one} and the other {other} are {left}:{right}"))
    } else {
        let shown = Exact::Ratio(BigRational::new(one.max(other).into(), one.min(other).into())).rounded(2);
        (ScanVerdict::Impossible, format!("{one} to the other {other} is {shown}:1, not {left}:{right}"))
    };
    Some(ComparedNumbers { tokens: 0..end, relation: Relation::Ratio, verdict, sentence })
}

/// The ratio behind its name: `male-to-female ratio was 1.5:1`.
fn printed(tokens: &[Token<'_>], word: usize) -> Option<(Figure, Figure, usize)> {
    let name = tokens.get(word.checked_sub(1)?)?;
    let is_named = name.is_one_of(&["male-to-female", "female-to-male", "sex", "gender"]);
    if !tokens.get(word)?.is("ratio") || !is_named {
        return None;
    }
    let at =
        (word + 1..word + MOST_BETWEEN).find(|at| tokens.get(*at).is_some_and(|token| token.figure().is_some()))?;
    let [left, colon, right] = tokens.get(at..at + 3)? else { return None };
    let (left, right) = (left.figure()?, right.figure()?);
    // `3:1 in those with a relapse` is of some.
    let ends = tokens.get(at + 3).is_none_or(|token| matches!(token.kind, Kind::Comma | Kind::Semicolon | Kind::Close));
    let is_ratio = ends && colon.kind == Kind::Colon && !left.value().is_zero() && !right.value().is_zero();
    is_ratio.then_some((left, right, at + 3))
}

/// True where two counts have the ratio, either side of which may be rounded.
fn is_given(one: u64, other: u64, left: Figure, right: Figure) -> bool {
    let ratio = BigRational::new(one.into(), other.into());
    RoundingInterval::nearest(left).contains_ratio(&(&ratio * right.value()))
        || RoundingInterval::nearest(right).contains_ratio(&(left.value() / ratio))
}
