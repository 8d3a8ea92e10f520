//! Numbers of years against the years themselves: `a 17-year period from 2003 to 2019`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::nouns::is_year;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{Context, Found};

/// Tokens from the number of years to the word that says it is a period.
const MOST_BETWEEN: usize = 4;

/// Holds the number of years of a period against its first and last year.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let tokens = context.sentence.tokens;
    let years: Vec<(usize, u64, u64)> = (0..tokens.len()).filter_map(|at| span(tokens, at)).collect();
    let periods: Vec<(usize, u64)> = (0..tokens.len()).filter_map(|at| period(tokens, at)).collect();
    let ([(from, first, last)], [(at, period)]) = (years.as_slice(), periods.as_slice()) else { return };
    let Some(difference) = last.checked_sub(*first) else { return };
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
    let tokens = (*from).min(*at)..(from + 3).max(at + 1);
    found.push(Found { tokens, relation: Relation::Period, verdict, sentence });
}

/// `2003 to 2019`, `between 2003 and 2019`.
fn span(tokens: &[Token<'_>], at: usize) -> Option<(usize, u64, u64)> {
    let [first, join, last] = tokens.get(at..at + 3)? else { return None };
    let joins = join.kind == Kind::Dash || join.is_one_of(&["to", "and", "until", "through"]);
    (is_year(first) && joins && is_year(last)).then(|| Some((at, first.count()?, last.count()?)))?
}

/// `17-year period`, `a period of 17 years`.
fn period(tokens: &[Token<'_>], at: usize) -> Option<(usize, u64)> {
    let years = tokens.get(at)?.count()?;
    let unit = at + 1 + usize::from(tokens.get(at + 1)?.kind == Kind::Dash);
    let names = |token: &Token<'_>| token.is_one_of(&["period", "span", "interval"]);
    let is_one_word = tokens.get(unit)?.is_one_of(&["year", "years"]);
    let after = tokens.get(unit + 1..(unit + 1 + MOST_BETWEEN).min(tokens.len())).unwrap_or_default();
    let before = tokens.get(at.saturating_sub(2)..at).unwrap_or_default();
    let is_period = before.first().is_some_and(names) && before.get(1).is_some_and(|token| token.is("of"));
    // `from 2000 through 2020 (12 years)`
    let is_behind = at.checked_sub(4).is_some_and(|first| span(tokens, first).is_some())
        && tokens.get(at - 1).is_some_and(|token| token.kind == Kind::Open)
        && after.first().is_some_and(|token| token.kind == Kind::Close);
    // `over 12 years (2005-2016)`
    let is_bracket = after.first().is_some_and(|token| token.kind == Kind::Open) && span(tokens, unit + 2).is_some();
    (is_one_word && (is_period || is_bracket || is_behind || after.first().is_some_and(names))).then_some((at, years))
}
