//! The flow of cases: `Of 120 patients, 20 were excluded, leaving 100`, `20 were excluded (12 had no consent, 8 declined)`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::{Count, CountOf};
use super::nouns::{is_unit, takes_off};
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{Context, Found};
use crate::check::arithmetic::proportion::judge_counts;

/// Words between the number of those left out and the verb.
const MOST_BETWEEN: usize = 3;
/// Reasons that make a list.
const FEWEST: usize = 2;

/// Holds those who are left against those left out, and those left out against their reasons.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    found.extend(left(context));
    found.extend((0..context.sentence.tokens.len()).filter_map(|at| reasons(context, at)));
}

/// `Of 120 patients, 20 were excluded, leaving 100`, with no other number between.
fn left(context: &Context<'_>) -> Option<Found> {
    let tokens = context.sentence.tokens;
    let is_first = |count: &&Count| count.of == CountOf::Cases && count.tokens.start == 1 && !count.is_part;
    let whole = context.sentence.counts.iter().find(is_first)?;
    let is_of = tokens.first().is_some_and(|token| token.is_one_of(&["of", "from", "among"]));
    let at = tokens.get(whole.tokens.end).filter(|token| token.kind == Kind::Comma).map(|_| whole.tokens.end + 1)?;
    let (out, verb) = left_out(tokens, at)?;
    let leaving = verb + 1 + tokens.get(verb + 1..)?.iter().position(|token| token.is("leaving"))?;
    let is_number = |token: &Token<'_>| matches!(token.kind, Kind::Number(_) | Kind::Pair(..) | Kind::Other);
    let rest = tokens.get(leaving + 1)?.count()?;
    let is_measured = tokens.get(leaving + 2).is_some_and(|token| is_unit(token) || token.kind == Kind::Percent);
    if !is_of || is_measured || tokens.get(verb..leaving)?.iter().any(is_number) || context.sentence.cites {
        return None;
    }
    let left = whole.value.checked_sub(out)?;
    let (verdict, sentence) = if left == rest {
        (ScanVerdict::Consistent, format!("{} less {out} are {rest}", whole.value))
    } else {
        (ScanVerdict::Impossible, format!("{} less {out} are {left}, not {rest}", whole.value))
    };
    Some(Found { tokens: 0..leaving + 2, relation: Relation::Categories, verdict, sentence })
}

/// The number of those left out at a position, and the position of the verb: `20 patients were excluded`.
fn left_out(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize)> {
    let out = tokens.get(at)?.count()?;
    let verb = (at + 1..=at + 1 + MOST_BETWEEN).find(|at| tokens.get(*at).is_some_and(takes_off))?;
    let is_plain = tokens.get(at + 1..verb)?.iter().all(|token| token.kind == Kind::Word && !token.is("not"));
    let is_verb = tokens.get(verb - 1)?.is_one_of(&["were", "was"]);
    (is_plain && is_verb).then_some((out, verb))
}

/// Those left out against the reasons in the bracket behind them, each with its number.
fn reasons(context: &Context<'_>, at: usize) -> Option<Found> {
    let tokens = context.sentence.tokens;
    let (out, verb) = left_out(tokens, at)?;
    let open = verb + 1;
    if tokens.get(open)?.kind != Kind::Open {
        return None;
    }
    let inner = tokens.get(open + 1..)?;
    let close = inner.iter().position(|token| matches!(token.kind, Kind::Close | Kind::Open))?;
    let divides = |token: &Token<'_>| matches!(token.kind, Kind::Comma | Kind::Semicolon);
    let reason = |item: &[Token<'_>]| {
        let item = if item.first().is_some_and(|token| token.is("and")) { item.get(1..)? } else { item };
        let (number, words) = item.split_first()?;
        let is_plain = !words.is_empty() && words.iter().all(|token| matches!(token.kind, Kind::Word | Kind::Dash));
        number.count().filter(|_| is_plain && !words.first().is_some_and(is_unit))
    };
    let values: Vec<u64> = inner.get(..close)?.split(divides).map(reason).collect::<Option<_>>()?;
    let sum = values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value));
    if values.len() < FEWEST || sum < out {
        return None;
    }
    let (verdict, sentence) = match super::verdict::of(judge_counts(&values, out)) {
        (ScanVerdict::Impossible, sentence) => {
            (ScanVerdict::Conditional, format!("only if a case has several reasons: {sentence}"))
        }
        judged => judged,
    };
    Some(Found { tokens: at..open + 1 + close, relation: Relation::Categories, verdict, sentence })
}
