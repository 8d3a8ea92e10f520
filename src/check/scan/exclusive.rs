//! Parts of which each case has one: stages, levels of response, numbers of something, causes of death. They are not more than
//! their whole.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::{Count, CountOf};
use super::lists::STAGES;
use super::nouns::{is_case, is_level, is_response};
use super::share::{behind_percent, counting};
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::proportion::judge_counts;

/// Parts that make a list.
const FEWEST: usize = 3;
/// Causes that make a list.
const FEWEST_CAUSES: usize = 2;
/// Words between a number and what it is of.
const MOST_BETWEEN: usize = 3;

/// What one part of a whole is of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ExclusivePart {
    /// `stage II`.
    Stage(String),
    /// `partial response`.
    Response(String),
    /// `had two transplants`.
    Number(u64),
}

impl ExclusivePart {
    fn is_like(&self, other: &ExclusivePart) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// Holds exclusive parts against their whole.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    found.extend(levels(context));
    found.extend(deaths(context));
    found.extend(subset(context));
}

/// A number with its percentage at a position, and the position after them.
fn number(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize)> {
    let follows_colon = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|token| token.kind == Kind::Colon);
    let value = if follows_colon { tokens.get(at)?.count()? } else { counting(tokens, at)? };
    Some((value, behind_percent(tokens, at + 1)))
}

/// A number with what it is of, and the position after them.
fn part(tokens: &[Token<'_>], at: usize) -> Option<(u64, ExclusivePart, usize)> {
    let (value, end) = number(tokens, at)?;
    let is_filler = |token: &Token<'_>| {
        is_case(token) || token.is_one_of(&["had", "showed", "achieved", "with", "a", "in", "were", "received"])
    };
    let skipped = tokens.get(end..)?.iter().take(MOST_BETWEEN).take_while(|token| is_filler(token)).count();
    let [name, rest @ ..] = tokens.get(end + skipped..)? else { return None };
    let next = end + skipped + 1;
    if name.is("stage") {
        let stage = rest.first().filter(|stage| STAGES.contains(&stage.text))?;
        return Some((value, ExclusivePart::Stage(stage.text.to_owned()), next + 1));
    }
    if is_level(name) && rest.first().is_some_and(is_response) {
        return Some((value, ExclusivePart::Response(name.text.to_lowercase()), next + 1));
    }
    let is_had = skipped > 0 && tokens.get(end + skipped - 1).is_some_and(|token| token.is("had"));
    let count = name.count().filter(|_| is_had && name.text.starts_with(char::is_alphabetic))?;
    let ends = rest.first().is_none_or(|next| matches!(next.kind, Kind::Comma | Kind::Word));
    ends.then_some((value, ExclusivePart::Number(count), next))
}

/// `9 had stage I, 14 stage II and 15 stage III disease`.
fn levels(context: &Context<'_>) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let (mut parts, mut at): (Vec<(usize, u64, ExclusivePart, usize)>, usize) = (Vec::new(), 0);
    while at < tokens.len() {
        match part(tokens, at) {
            Some((value, of, end)) if parts.first().is_none_or(|(_, _, first, _)| first.is_like(&of)) => {
                parts.push((at, value, of, end));
                at = end;
            }
            _ => at += 1,
        }
    }
    let is_twice = parts.iter().enumerate().any(|(at, one)| parts.iter().skip(at + 1).any(|other| other.2 == one.2));
    let (start, end) = (parts.first()?.0, parts.last()?.3);
    // Nothing else may be counted between the parts.
    let is_number = |at: &usize| tokens.get(*at).is_some_and(|token| token.count().is_some());
    let is_inside = |at: &usize| parts.iter().any(|(start, _, _, end)| (*start..*end).contains(at));
    let is_plain = (start..end).filter(is_number).all(|at| is_inside(&at));
    let values: Vec<u64> = parts.iter().map(|(_, value, ..)| *value).collect();
    let whole = whole(context, start)?;
    let sum = sum_of(&values);
    let is_list = values.len() >= FEWEST && !is_twice && is_plain && sum > whole;
    (is_list && !context.stated.has_as_many(sum)).then(|| impossible(&values, whole, start..end))
}

fn sum_of(values: &[u64]) -> u64 {
    values.iter().fold(0, |sum, value| sum.saturating_add(*value))
}

fn impossible(values: &[u64], whole: u64, tokens: std::ops::Range<usize>) -> ComparedNumbers {
    let sentence = judge_counts(values, whole).sentence;
    ComparedNumbers { tokens, relation: Relation::Categories, verdict: ScanVerdict::Impossible, sentence }
}

/// The number of cases that is stated before a position, in the sentence or as the only one in the sentence before.
fn whole(context: &Context<'_>, start: usize) -> Option<u64> {
    let is_whole = |count: &&Count| count.of == CountOf::Cases && !count.is_part && count.tokens.end <= start;
    let here = context.sentence.counts.iter().rfind(is_whole).map(|count| count.value);
    here.or(context.only_before).filter(|_| !context.sentence.cites && !context.sentence.names_others)
}

/// `Nine patients died, eight of respiratory failure and two of sepsis`.
fn deaths(context: &Context<'_>) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let is_whole = |count: &&Count| {
        count.of == CountOf::Cases && tokens.get(count.tokens.end).is_some_and(|token| token.is("died"))
    };
    let whole = context.sentence.counts.iter().find(is_whole)?;
    let join = whole.tokens.end + 1;
    let is_joined = matches!(tokens.get(join)?.kind, Kind::Comma | Kind::Colon | Kind::Open);
    let (mut values, mut at) = (Vec::new(), join + 1);
    while at < tokens.len() {
        let token = tokens.get(at)?;
        if token.figure().is_some() {
            let (value, end) = number(tokens, at)?;
            let cause = tokens.get(end)?;
            let is_cause = cause.is_one_of(&["of", "from", "after", "due", "because"]);
            let is_of_them =
                tokens.get(end + 1).is_some_and(|next| next.is_one_of(&["whom", "them", "these", "which"]));
            values.push(Some(value).filter(|_| is_cause && !is_of_them)?);
            at = end + 1;
        } else {
            at += 1;
        }
    }
    let is_list = is_joined && values.len() >= FEWEST_CAUSES && sum_of(&values) > whole.value;
    is_list.then(|| impossible(&values, whole.value, whole.tokens.start..tokens.len()))
}

/// `Of the 12 patients with fever, 15 had a rash`.
fn subset(context: &Context<'_>) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let is_leading =
        |count: &&Count| count.of == CountOf::Cases && (1..=2).contains(&count.tokens.start) && !count.is_part;
    let whole =
        context.sentence.counts.iter().find(is_leading).filter(|_| tokens.first().is_some_and(|of| of.is("of")))?;
    let is_the = whole.tokens.start == 1 || tokens.get(1)?.is_one_of(&["the", "these", "our"]);
    let at = whole.tokens.end + tokens.get(whole.tokens.end..)?.iter().position(Token::is_number)?;
    let (value, end) = number(tokens, at)?;
    let is_subject = tokens.get(end)?.is_one_of(&["had", "were", "died", "relapsed", "recovered", "survived"]);
    let is_behind_comma = tokens.get(at - 1)?.kind == Kind::Comma;
    let is_too_many = is_the && is_subject && is_behind_comma && value > whole.value;
    let sentence = format!("{value} of {} cases", whole.value);
    // `Of the 12 patients, 15 were right-sided` may be of their lesions.
    let (verdict, sentence) = if tokens.get(end)?.is("were") {
        (ScanVerdict::Conditional, format!("only if something else than cases is counted: {sentence}"))
    } else {
        (ScanVerdict::Impossible, sentence)
    };
    is_too_many.then_some(ComparedNumbers { tokens: 0..end, relation: Relation::Part, verdict, sentence })
}
