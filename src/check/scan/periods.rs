//! Numbers of years against the years themselves: `a 17-year period from 2003 to 2019`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::dates::dates;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};
use crate::check::printed::spelled;
use std::ops::Range;

/// Tokens from the number of years to the word that says it is a period.
const MOST_BETWEEN: usize = 4;

/// The first and the last year of a period, and their tokens.
struct Years {
    first: u64,
    last: u64,
    tokens: Range<usize>,
}

/// Holds the number of years of a period against its first and last year.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    let spans = spans(tokens);
    let periods: Vec<(usize, u64)> = (0..tokens.len()).filter_map(|at| period(tokens, at, &spans)).collect();
    let ([years], [(at, period)]) = (spans.as_slice(), periods.as_slice()) else { return };
    let (first, last) = (years.first, years.last);
    let Some(difference) = last.checked_sub(first) else { return };
    // From December of the first year or to January of the last, it is nearly one less; with both whole, one more.
    let is_possible = (difference.saturating_sub(1)..=difference + 1).contains(period);
    let (verdict, sentence) = if is_possible {
        (ScanVerdict::Consistent, format!("{first} to {last} can be {period} years"))
    } else {
        (
            ScanVerdict::Impossible,
            format!("{first} to {last} is {difference} years, or {} with both whole, not {period}", difference + 1),
        )
    };
    let tokens = years.tokens.start.min(*at)..years.tokens.end.max(at + 1);
    found.push(ComparedNumbers { tokens, relation: Relation::Period, verdict, sentence });
}

/// `2003 to 2019`, `between 1 June 2003 and 31 May 2019`.
fn spans(tokens: &[Token<'_>]) -> Vec<Years> {
    let dates = dates(tokens);
    let pairs = dates.iter().zip(dates.iter().skip(1));
    let joined = pairs.filter_map(|(first, last)| {
        let [join] = tokens.get(first.tokens.end..last.tokens.start)? else { return None };
        let joins = join.kind == Kind::Dash || join.is_one_of(&["to", "and", "until", "through"]);
        joins.then_some(Years { first: first.year, last: last.year, tokens: first.tokens.start..last.tokens.end })
    });
    joined.collect()
}

/// The years of `17`, `17-year` or `seventeen-year` at a position, and the position after them.
fn years(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize)> {
    let token = tokens.get(at)?;
    if let Some((number, unit)) = token.text.split_once('-').filter(|_| token.kind == Kind::Word) {
        let (value, length) = spelled(number)?;
        let is_whole = length == number.len() && unit.eq_ignore_ascii_case("year");
        return value.filter(|_| is_whole).map(|value| (value, at + 1));
    }
    let unit = at + 1 + usize::from(tokens.get(at + 1)?.kind == Kind::Dash);
    let is_years = tokens.get(unit)?.is_one_of(&["year", "years"]);
    Some((token.count()?, unit + 1)).filter(|_| is_years)
}

/// `17-year study period`, `a period of 17 years`, `over 17 years, from 2003 to 2019`.
fn period(tokens: &[Token<'_>], at: usize, spans: &[Years]) -> Option<(usize, u64)> {
    let (years, end) = years(tokens, at)?;
    let names = |token: &Token<'_>| token.is_one_of(&["period", "span", "interval"]);
    let after = tokens.get(end..(end + MOST_BETWEEN).min(tokens.len())).unwrap_or_default();
    let before = tokens.get(at.saturating_sub(2)..at).unwrap_or_default();
    let is_period = before.first().is_some_and(names) && before.get(1).is_some_and(|token| token.is("of"));
    let is_named = after.first().is_some_and(names)
        || after.first().is_some_and(|token| token.is_one_of(&["study", "observation", "inclusion", "recruitment"]))
            && after.get(1).is_some_and(names);
    let opens = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Open);
    // `from 2000 through 2020 (12 years)`
    let is_behind =
        at.checked_sub(1).is_some_and(|open| opens(open) && spans.iter().any(|span| span.tokens.end == open))
            && after.first().is_some_and(|token| token.kind == Kind::Close);
    // `over 12 years (2005-2016)`
    let closes = |at: usize| {
        tokens.get(at).is_none_or(|token| matches!(token.kind, Kind::Close | Kind::Comma | Kind::Semicolon))
    };
    let is_bracket = opens(end) && spans.iter().any(|span| span.tokens.start == end + 1 && closes(span.tokens.end));
    // `over 12 years, from 2005 to 2016`
    let is_over = before.last().is_some_and(|token| token.is_one_of(&["over", "during"]));
    let is_told = is_over
        && matches!(after, [comma, from, ..] if comma.kind == Kind::Comma && from.is_one_of(&["from", "between"]))
        && spans.iter().any(|span| span.tokens.start == end + 2);
    // `during the 15 years from 2011 to 2020`
    let is_within = before.iter().any(|token| token.is_one_of(&["over", "during", "in", "within"]))
        && before.last().is_some_and(|token| token.is_one_of(&["over", "during", "in", "within", "the", "these"]))
        && matches!(after, [from, ..] if from.is_one_of(&["from", "between"]))
        && spans.iter().any(|span| span.tokens.start == end + 1);
    (is_within || is_period || is_bracket || is_behind || is_told || is_named).then_some((at, years))
}
