//! What is left of a whole: `12 improved, 5 worsened and the remaining 3 were stable`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::CountOf;
use super::near_whole::NearOrigin;
use super::nouns::is_case;
use super::sentence_words;
use super::share::counting;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};

/// Parts of which every sum is tried: some of the parts may be parts of others.
const MOST_PARTS: usize = 10;
/// Wholes that are tried.
const MOST_WHOLES: usize = 40;

/// Holds what remains against the parts before it and the whole.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    for at in 0..tokens.len() {
        let Some(rest) = remaining(tokens, at) else { continue };
        if tokens.iter().take(at).any(|token| token.is_among(&sentence_words::WITHOUT_NUMBER)) {
            continue;
        }
        let parts: Vec<(usize, u64)> = (0..at).filter_map(|at| part(context, at)).take(MOST_PARTS).collect();
        let Some((first, _)) = parts.first() else {
            found.extend(behind_sentence(context, at, rest));
            continue;
        };
        let values: Vec<u64> = parts.iter().map(|(_, value)| *value).collect();
        let Some((verdict, sentence)) = judge(context, &values, rest) else { continue };
        found.push(ComparedNumbers { tokens: *first..at + 2, relation: Relation::Categories, verdict, sentence });
    }
}

/// `Among 512 adults, 87 were excluded. The remaining 425 had fever.`
fn behind_sentence(context: &Context<'_>, at: usize, rest: u64) -> Option<ComparedNumbers> {
    let (whole, out) = context.stated.left_by_last().filter(|_| at <= 1 && !context.sentence.cites)?;
    let left = whole.checked_sub(out)?;
    let (verdict, sentence) = if left == rest {
        (ScanVerdict::Consistent, format!("{whole} less {out} are {rest}"))
    } else {
        (ScanVerdict::Impossible, format!("{whole} less {out} are {left}, not {rest}"))
    };
    Some(ComparedNumbers { tokens: at..at + 2, relation: Relation::Categories, verdict, sentence })
}

/// The number of cases that remain, at the word.
fn remaining(tokens: &[Token<'_>], at: usize) -> Option<u64> {
    let is_whole = |token: &Token<'_>| {
        matches!(token.kind, Kind::Open | Kind::Close | Kind::Comma | Kind::Semicolon)
            || token.is_among(&sentence_words::BEFORE_REMAINING)
            || is_case(token)
    };
    let is_named = tokens.get(at)?.is("remaining");
    let rest = counting(tokens, at + 1)?;
    (is_named && tokens.get(at + 2).is_none_or(is_whole)).then_some(rest)
}

/// A number of some of the cases, which is no percentage.
fn part(context: &Context<'_>, at: usize) -> Option<(usize, u64)> {
    let tokens = context.sentence.tokens;
    let value = counting(tokens, at)?;
    let is_percent = tokens.get(at + 1).is_some_and(|token| token.kind == Kind::Percent);
    let is_of =
        |count: &super::counts::Count| count.of == CountOf::Cases && count.tokens.start == at && count.tokens.len() > 1;
    let follows_of =
        at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|token| token.is_one_of(&["of", "the"]));
    let is_whole = follows_of || context.sentence.counts.iter().any(is_of);
    (!is_percent && !is_whole).then_some((at, value))
}

/// Impossible where no sum of the parts and the rest is a whole that the text states, and it states one nearby.
fn judge(context: &Context<'_>, parts: &[u64], rest: u64) -> Option<(ScanVerdict, String)> {
    let wholes = context.stated.wholes(&context.sentence.counts, context.place, MOST_WHOLES);
    let sums = sums(parts);
    let is_whole = |sum: &u64| {
        let all = sum.saturating_add(rest);
        let is_near = || {
            context
                .stated
                .near(context.sentence, context.place, &(all..=all))
                .is_some_and(|near| near.origin == NearOrigin::Printed)
        };
        wholes.iter().any(|whole| whole.value == all) || is_near()
    };
    if let Some(sum) = sums.iter().find(|sum| is_whole(sum)) {
        return Some((
            ScanVerdict::Consistent,
            format!("{sum} and the remaining {rest} are {}", sum.saturating_add(rest)),
        ));
    }
    let of_sentence = context.sentence.counts.iter().find(|count| count.of == CountOf::Cases).map(|count| count.value);
    let whole = of_sentence.or(context.whole_before).filter(|_| !context.sentence.cites)?;
    let all: u64 = parts.iter().fold(rest, |sum, part| sum.saturating_add(*part));
    let listed: Vec<String> = parts.iter().chain([&rest]).map(u64::to_string).collect();
    Some((ScanVerdict::Impossible, format!("{} = {all}, not {whole}", listed.join(" + "))))
}

/// The sums of some of the parts, at least one, the sum of all first.
fn sums(parts: &[u64]) -> Vec<u64> {
    let mut sums: Vec<u64> = vec![0];
    for part in parts {
        let with: Vec<u64> = sums.iter().map(|sum| sum.saturating_add(*part)).collect();
        sums.extend(with);
    }
    sums.reverse();
    sums.truncate(sums.len().saturating_sub(1));
    sums
}
