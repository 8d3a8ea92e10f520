//! A total and its mean per case: `38 sites in 25 patients, a mean of 1.52 per patient`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::CountOf;
use super::nouns::is_case;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_rational::BigRational;

/// Wholes that are tried.
const MOST_WHOLES: usize = 40;

/// Holds a mean per case against the total of its sentence and the number of cases.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    for at in 0..tokens.len() {
        let (Some(mean), Some((start, total))) = (per_case(tokens, at), total(tokens, at)) else { continue };
        let Some((verdict, sentence)) = judge(context, mean, total) else { continue };
        found.push(ComparedNumbers { tokens: start..at + 1, relation: Relation::Mean, verdict, sentence });
    }
}

/// The mean that ends with `per patient`, at its number.
fn per_case(tokens: &[Token<'_>], at: usize) -> Option<Figure> {
    let mean = tokens.get(at)?.figure()?;
    let before = tokens.get(at.saturating_sub(3)..at)?;
    let word = before.iter().rposition(|token| token.is_one_of(&["mean", "average", "averaging"]))?;
    // `the mean cost was 120 per patient` is of something else, and so is `a mean of 3 visits per patient`.
    let is_of_total = before.get(word + 1..)?.iter().all(|token| token.is_one_of(&["of", "was", "is"]));
    let is_per = tokens.get(at + 1)?.is("per") && tokens.get(at + 2).is_some_and(is_case);
    (is_of_total && is_per).then_some(mean)
}

/// The number after `a total of`, before a token; the last one.
fn total(tokens: &[Token<'_>], before: usize) -> Option<(usize, u64)> {
    let is_total = |at: &usize| {
        tokens.get(*at).is_some_and(|token| token.is("total")) && tokens.get(at + 1).is_some_and(|token| token.is("of"))
    };
    let at = (0..before.saturating_sub(2)).rev().find(is_total)?;
    let is_case =
        tokens.get(at + 3).is_some_and(is_case) || tokens.get(at + 3).is_some_and(|t| t.kind == Kind::Percent);
    Some((at, tokens.get(at + 2)?.count()?)).filter(|_| !is_case)
}

fn judge(context: &Context<'_>, mean: Figure, total: u64) -> Option<(ScanVerdict, String)> {
    let printed = RoundingInterval::nearest(mean);
    let exact = |n: u64| BigRational::new(total.into(), n.into());
    let wholes = context.stated.wholes(&context.sentence.counts, context.place, MOST_WHOLES);
    if let Some(whole) = wholes.iter().find(|whole| printed.contains_ratio(&exact(whole.value))) {
        return Some((ScanVerdict::Consistent, format!("{total} in {} is {mean} each", whole.value)));
    }
    let of_sentence = context.sentence.counts.iter().find(|count| count.of == CountOf::Cases).map(|count| count.value);
    let n = of_sentence.or(context.whole_before).filter(|n| *n > 0 && !context.sentence.cites)?;
    let shown = Exact::Ratio(exact(n)).rounded(u32::from(mean.decimals().max(1)));
    Some((ScanVerdict::Impossible, format!("{total} in {n} is {shown} each, not {mean}")))
}
