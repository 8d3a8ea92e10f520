//! The group that a share is of, where it is named beside it: `of the women, 12 (50 %)`, `12 of the women (50 %)`, `of 24 women
//! 12 (50 %)`. Its denominator is no number of the other sex.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::Context;
use super::nouns::{is_man, is_woman};
use super::share::PrintedShare;
use super::token::{Kind, Token};

/// A group as it is named beside a share.
pub(super) struct NamedGroup<'t> {
    pub noun: &'t str,
    /// The numbers that the text has of it, or the one that stands with its name.
    pub values: Vec<u64>,
}

/// The sex that a share is of.
pub(super) fn group<'a>(context: &'a Context<'_>, share: &PrintedShare) -> Option<NamedGroup<'a>> {
    let tokens = context.sentence.tokens;
    let start = share.tokens.start;
    let behind = tokens.get(start + 1..share.tokens.end).and_then(named_behind);
    let (noun, value) = behind.map(|noun| (noun, None)).or_else(|| named_before(tokens, start))?;
    let values: Vec<u64> = value.map_or_else(|| context.stated.named().of(noun).collect(), |value| vec![value]);
    (!values.is_empty()).then_some(NamedGroup { noun, values })
}

fn is_sex(token: &Token<'_>) -> bool {
    is_man(token.text) || is_woman(token.text)
}

/// `of the women`, right behind the count.
fn named_behind<'a>(rest: &'a [Token<'_>]) -> Option<&'a str> {
    let [of, the, noun, open, ..] = rest else { return None };
    let is_form = of.is("of") && the.is_one_of(&["the", "these", "our"]) && is_sex(noun) && open.kind == Kind::Open;
    is_form.then_some(noun.text)
}

/// `Of the women,`, `among the 24 women`, right before the count.
fn named_before<'a>(tokens: &'a [Token<'_>], start: usize) -> Option<(&'a str, Option<u64>)> {
    let before = tokens.get(..start)?;
    let end = start - before.iter().rev().take_while(|token| token.kind == Kind::Comma).count();
    let (noun, rest) = tokens.get(..end)?.split_last().filter(|(noun, _)| is_sex(noun))?;
    let (number, rest) = match rest.split_last() {
        Some((number, rest)) if number.count().is_some() => (number.count(), rest),
        _ => (None, rest),
    };
    let rest = match rest.split_last() {
        Some((the, rest)) if the.is_one_of(&["the", "these", "our"]) => rest,
        _ => rest,
    };
    rest.last().is_some_and(|token| token.is_one_of(&["of", "among", "amongst", "in"])).then_some((noun.text, number))
}
