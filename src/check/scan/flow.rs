//! The flow of cases: `Of 120 patients, 20 were excluded, leaving 100`, `20 were excluded (12 had no consent, 8 declined)`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::CountOf;
use super::nouns::{is_unit, takes_off};
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::proportion::judge_counts;

/// Words between the number of those left out and the verb.
const MOST_BETWEEN: usize = 3;
/// Words behind the cases of a flow: `79 patients with a biopsy`.
const MOST_BEHIND: usize = 4;
/// Reasons that make a list.
const FEWEST: usize = 2;

/// Holds those who are left against those left out, and those left out against their reasons.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    found.extend(left(context));
    found.extend(excluded(context));
    found.extend((0..context.sentence.tokens.len()).filter_map(|at| reasons(context, at)));
}

/// `Of 120 patients screened, 20 (17 %) were excluded (12 with A and 8 with B), leaving 100`, with no other number between.
fn left(context: &Context<'_>) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let whole = context.sentence.counts.iter().find(|count| !count.is_part && count.tokens.end > count.tokens.start)?;
    let is_of = whole.tokens.start == 1 && tokens.first()?.is_one_of(&["of", "from", "among"]);
    let rest = tokens.get(whole.tokens.end..)?;
    let words = rest.iter().take_while(|token| token.kind == Kind::Word).count();
    let at = whole.tokens.end + words;
    let divides = tokens.get(at)?.kind;
    let is_divided = divides == Kind::Semicolon || (divides == Kind::Comma && is_of);
    let is_of_cases = whole.of == CountOf::Cases || is_of;
    let (out, verb) = left_out(tokens, at + 1).filter(|_| is_divided && is_of_cases && words <= MOST_BEHIND)?;
    let from = behind_bracket(tokens, verb + 1);
    let leaving = from + tokens.get(from..)?.iter().position(|token| token.is("leaving"))?;
    let rest = tokens.get(leaving + 1)?.count()?;
    let is_measured = tokens.get(leaving + 2).is_some_and(|token| is_unit(token) || token.kind == Kind::Percent);
    if is_measured || tokens.get(from..leaving)?.iter().any(Token::is_number) || context.sentence.cites {
        return None;
    }
    Some(ComparedNumbers { tokens: 0..leaving + 2, ..less(whole.value, out, rest)? })
}

/// `After exclusion of 15 of 79 patients, 66 remained`.
fn excluded(context: &Context<'_>) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let [first, what, of, ..] = tokens else { return None };
    let is_form = first.is_one_of(&["after", "following"]) && what.is_one_of(&["exclusion", "excluding"]);
    let at = 2 + usize::from(of.is("of"));
    let out = tokens.get(at)?.count().filter(|_| is_form)?;
    let (whole, end) = super::share::denominator(tokens, at)?;
    let comma = end + tokens.get(end..)?.iter().take_while(|token| token.kind == Kind::Word).count();
    let rest = tokens.get(comma + 1)?.count()?;
    let remained = (comma + 2..comma + 5)
        .find(|at| tokens.get(*at).is_some_and(|token| token.is_one_of(&["remained", "remain"])))?;
    let is_plain = tokens.get(comma)?.kind == Kind::Comma
        && tokens.get(comma + 2..remained)?.iter().all(|token| token.kind == Kind::Word);
    if !is_plain { None } else { Some(ComparedNumbers { tokens: 0..remained + 1, ..less(whole, out, rest)? }) }
}

/// A whole less those left out against the rest; its tokens are filled in by the caller.
fn less(whole: u64, out: u64, rest: u64) -> Option<ComparedNumbers> {
    let left = whole.checked_sub(out)?;
    let (verdict, sentence) = if left == rest {
        (ScanVerdict::Consistent, format!("{whole} less {out} are {rest}"))
    } else {
        (ScanVerdict::Impossible, format!("{whole} less {out} are {left}, not {rest}"))
    };
    Some(ComparedNumbers { tokens: 0..0, relation: Relation::Categories, verdict, sentence })
}

/// The position behind a bracket at a position, if there is one.
fn behind_bracket(tokens: &[Token<'_>], at: usize) -> usize {
    let is_open = tokens.get(at).is_some_and(|token| token.kind == Kind::Open);
    let inner = tokens.get(at + 1..).unwrap_or_default();
    let close = inner.iter().position(|token| token.kind == Kind::Close).filter(|_| is_open);
    close.map_or(at, |close| at + close + 2)
}

/// The number of those left out at a position, and the position of the verb: `20 (17 %) patients were excluded`.
fn left_out(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize)> {
    let out = tokens.get(at)?.count()?;
    let is_share = tokens.get(at + 3).is_some_and(|token| token.kind == Kind::Percent);
    let from = if is_share { behind_bracket(tokens, at + 1) } else { at + 1 };
    let verb = (from..=from + MOST_BETWEEN).find(|at| tokens.get(*at).is_some_and(takes_off))?;
    let is_plain = tokens.get(from..verb)?.iter().all(|token| token.kind == Kind::Word && !token.is("not"));
    let is_verb = tokens.get(verb - 1)?.is_one_of(&["were", "was"]);
    (is_plain && is_verb).then_some((out, verb))
}

/// Those left out against the reasons in the bracket behind them, each with its number.
fn reasons(context: &Context<'_>, at: usize) -> Option<ComparedNumbers> {
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
    Some(ComparedNumbers { tokens: at..open + 1 + close, relation: Relation::Categories, verdict, sentence })
}
