//! Ages against dates: `born in 1950, ... seen in 2010 at the age of 45`, and dates of one person in their order.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::dates::{PrintedDate, dates};
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};

/// Words between a verb and its date.
const MOST_TO_DATE: usize = 3;
/// Tokens between a date and the age at it.
const MOST_TO_AGE: usize = 5;
/// The greatest age.
const OLDEST: u64 = 120;

/// What happens to a person, in the order in which it does.
const COURSE: [&[&str]; 3] =
    [&["born"], &["admitted", "diagnosed", "hospitalised", "hospitalized"], &["discharged", "died", "deceased"]];

/// Holds the ages and dates of a sentence about one person against each other.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    let dates = dates(tokens);
    if dates.len() < 2 {
        return;
    }
    found.extend(of_birth(tokens, &dates));
    found.extend(twice(tokens, &dates));
    found.extend(order(tokens, &dates));
}

/// An age, and its tokens: `5-year-old`, `the age of 40 years`, `aged 40`.
fn age(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize)> {
    let token = tokens.get(at)?;
    let words = |from: usize| tokens.get(from..).unwrap_or_default().iter().filter(|token| token.kind != Kind::Dash);
    let is_old = words(at + 1).next().is_some_and(|token| token.is_one_of(&["year-old", "years-old"]))
        || words(at + 1).take(2).map(|token| token.text).eq(["years", "old"]);
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let is_aged = before.is_some_and(|token| token.is("aged"));
    let of_age = matches!(tokens.get(at.saturating_sub(2)..at), Some([age, of]) if age.is("age") && of.is("of"));
    let is_months =
        tokens.get(at + 1).is_some_and(|token| token.is_one_of(&["month", "months", "weeks", "days", "month-old"]));
    let years = token.count().filter(|years| *years <= OLDEST)?;
    ((is_old || is_aged || of_age) && !is_months).then_some((years, at))
}

fn ages(tokens: &[Token<'_>]) -> Vec<(u64, usize)> {
    (0..tokens.len()).filter_map(|at| age(tokens, at)).collect()
}

/// The verb before a date: `born on`, `died on`, `seen in`.
fn follows(tokens: &[Token<'_>], date: &PrintedDate, verbs: &[&str]) -> bool {
    let start = date.tokens.start;
    let near = tokens.get(start.saturating_sub(MOST_TO_DATE)..start).unwrap_or_default();
    let is_joined = |token: &Token<'_>| token.is_one_of(verbs) || token.is_one_of(&["in", "on", "at", "the", "home"]);
    near.iter().rev().take_while(|token| is_joined(token)).any(|token| token.is_one_of(verbs))
}

/// One age, a birth, and one other date.
fn of_birth(tokens: &[Token<'_>], dates: &[PrintedDate]) -> Option<ComparedNumbers> {
    let [(years, at)] = ages(tokens)[..] else { return None };
    let birth = dates.iter().find(|date| follows(tokens, date, &["born"]))?;
    let mut others = dates.iter().filter(|date| *date != birth);
    let (other, None) = (others.next()?, others.next()) else { return None };
    let (low, high) = other.years_since(birth)?;
    let tokens =
        at.min(birth.tokens.start).min(other.tokens.start)..(at + 1).max(birth.tokens.end).max(other.tokens.end);
    // An age is sometimes that of the year.
    let is_possible = (low..=high + u64::from(low < high)).contains(&years);
    let shown = if low == high { low.to_string() } else { format!("{low} to {high}") };
    let (verdict, sentence) = if is_possible {
        (ScanVerdict::Consistent, format!("{years} years from {} to {}", birth.year, other.year))
    } else {
        let sentence = format!(
            "only if the age is of another date: from {} to {} are {shown} years, not {years}",
            birth.year, other.year
        );
        (ScanVerdict::Conditional, sentence)
    };
    Some(ComparedNumbers { tokens, relation: Relation::Period, verdict, sentence })
}

/// Two dates, each with the age at it: `in 2010 at the age of 40 years and died in 2015 at the age of 52`.
fn twice(tokens: &[Token<'_>], dates: &[PrintedDate]) -> Option<ComparedNumbers> {
    let [one, other] = dates else { return None };
    let all = ages(tokens);
    let [(first, of_first), (second, of_second)] = all[..] else { return None };
    let is_at = |date: &PrintedDate, age: usize| {
        let between = tokens.get(date.tokens.end..age).unwrap_or_default();
        let joins = |token: &Token<'_>| {
            token.kind == Kind::Comma || token.is_one_of(&["at", "the", "an", "age", "of", "aged", "when"])
        };
        date.tokens.end <= age && between.len() <= MOST_TO_AGE && between.iter().all(joins)
    };
    if !is_at(one, of_first) || !is_at(other, of_second) || one.latest() > other.earliest() {
        return None;
    }
    let apart = other.year.checked_sub(one.year)?;
    let aged = second.checked_sub(first);
    let is_possible = aged.is_some_and(|aged| aged.abs_diff(apart) <= 1);
    let (verdict, sentence) = if is_possible {
        (ScanVerdict::Consistent, format!("{} to {} is the time from {first} to {second} years", one.year, other.year))
    } else {
        (
            ScanVerdict::Impossible,
            format!("{} to {} is {apart} years, not the time from {first} to {second}", one.year, other.year),
        )
    };
    Some(ComparedNumbers { tokens: one.tokens.start..of_second + 1, relation: Relation::Period, verdict, sentence })
}

/// `admitted on 5 May 2010 and discharged on 2 May 2010`.
fn order(tokens: &[Token<'_>], dates: &[PrintedDate]) -> Option<ComparedNumbers> {
    let [one, other] = dates else { return None };
    let step = |date: &PrintedDate| COURSE.iter().position(|verbs| follows(tokens, date, verbs));
    let (first, second) = (step(one)?, step(other)?);
    let (before, after) = if first < second { (one, other) } else { (other, one) };
    (first != second && before.earliest() > after.latest()).then(|| ComparedNumbers {
        tokens: one.tokens.start..other.tokens.end,
        relation: Relation::Period,
        verdict: ScanVerdict::Impossible,
        sentence: "the later event is dated before the earlier one".to_owned(),
    })
}
