//! Counts with their denominators and percentages. A denominator that the text does not print beside the count is
//! looked for in everything it states nearby; impossible is only what none of them gives.
#![expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow")]

use super::near_whole::NearOrigin;
use super::nouns::{is_case, is_of_things};
use super::own_whole::{self, of_whole};
use super::section::Section;
use super::share::{Bond, PrintedShare};
use super::stated::StatedWhole;
use super::token::Kind;
use super::verdict::{Relation, ScanVerdict, of};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::interval;
use crate::check::arithmetic::proportion::{self, Denominators, denominators, percent_of};
use crate::check::arithmetic::rounding::{RoundingInterval, RoundingMode};
use crate::check::printed::{Figure, PrintedRange, Spread};
use crate::decimal::Exact;
use num_rational::BigRational;
use num_traits::Signed;

/// Denominators tried for a message: so many different ones no report has.
const MOST_TRIED: usize = 400;
/// Denominators that a message names.
const NAMED: usize = 5;

/// Holds every share of a sentence against its denominator.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    for share in &context.sentence.shares {
        let judged = match (share.n, share.of, share.percent) {
            (Some(n), Some(whole), Some(percent)) => {
                Some((Relation::Percentage, of(proportion::judge(n, whole, 0, percent))))
            }
            (Some(n), Some(whole), None) => part(context, share, n, whole),
            (None, Some(whole), Some(percent)) => {
                Some((Relation::Percentage, of(proportion::judge_of(whole, percent))))
            }
            (Some(n), None, Some(percent)) => {
                Some((Relation::Percentage, without_denominator(context, share, n, percent)))
            }
            (_, None, None) | (None, _, None) | (None, None, Some(_)) => None,
        };
        found.extend(interval_of(context, share));
        found.extend(judged.map(|(relation, (verdict, sentence))| ComparedNumbers {
            tokens: share.tokens.clone(),
            relation,
            verdict,
            sentence,
        }));
    }
}

/// The interval in the bracket of a share of printed or stated cases: possible only by another method where none in use
/// gives it.
fn interval_of(context: &Context<'_>, share: &PrintedShare) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let (n, percent) = (share.n?, share.percent?);
    let inner = tokens.get(share.tokens.clone())?;
    let name = share.tokens.start + inner.iter().position(|token| token.is_one_of(&["ci", "confidence"]))?;
    let level = match tokens.get(name.checked_sub(2)?..name)? {
        [level, sign] if sign.kind == Kind::Percent => level.figure()?,
        _ => return None,
    };
    let after = name + 1 + usize::from(tokens.get(name + 1)?.is_one_of(&["interval", "limits"]));
    let (low, high, _) = super::intervals::ends(tokens, after)?;
    let of_share = |fitting: Denominators| {
        let range = fitting.least..=fitting.most.unwrap_or(u64::MAX);
        context.stated.find(&context.sentence.counts, context.place, &range)
    };
    let stated = || denominators(n, &RoundingInterval::nearest(percent)).and_then(of_share);
    let whole = share.of.or_else(|| stated().map(|whole| whole.value))?;
    let (verdict, sentence) =
        of(interval::judge_share(n, whole, PrintedRange { low, high, spread: Spread::Confidence(Some(level)) })?);
    let (verdict, sentence) = match verdict {
        // That an estimate lies outside of its interval is said where its interval is read.
        ScanVerdict::Impossible if percent.value() < low.value() || percent.value() > high.value() => return None,
        ScanVerdict::Impossible => (ScanVerdict::Conditional, format!("only by another method: {sentence}")),
        verdict => (verdict, sentence),
    };
    Some(ComparedNumbers { tokens: share.tokens.clone(), relation: Relation::Interval, verdict, sentence })
}

/// A part without a percentage; `120/80` need not be one.
fn part(context: &Context<'_>, share: &PrintedShare, n: u64, whole: u64) -> Option<(Relation, (ScanVerdict, String))> {
    let tokens = context.sentence.tokens;
    let second = tokens.get(share.tokens.start.saturating_add(1))?;
    let noun = tokens.get(share.tokens.end).is_some_and(is_case);
    let is_part = noun || (second.kind != Kind::Slash && n <= whole);
    is_part.then(|| (Relation::Part, of(proportion::judge_part(n, whole))))
}

/// A count with a percentage whose denominator is stated elsewhere, if at all.
fn without_denominator(context: &Context<'_>, share: &PrintedShare, n: u64, percent: Figure) -> (ScanVerdict, String) {
    let fitting = denominators(n, &RoundingInterval::nearest(percent));
    if let Some(judged) = share.behind.and_then(|whole| of_behind(context, (n, percent), fitting, whole)) {
        return judged;
    }
    if let Some(judged) = of_them(context, share, (n, percent), fitting) {
        return judged;
    }
    if let Some(judged) = own_whole::judge(context, share, (n, percent), fitting) {
        return judged;
    }
    let given_by = |fitting: Option<Denominators>| given_by(context, fitting);
    if let Some(whole) = given_by(fitting) {
        let printed = of_whole(n, whole.value, percent);
        let at = context.elsewhere(whole.place);
        return (ScanVerdict::Consistent, format!("{n} of {} is {printed} %{at}", whole.value));
    }
    if let Some((sum, whole)) = given_to_list(context, share, percent) {
        let printed = of_whole(sum, whole, percent);
        return (ScanVerdict::Consistent, format!("{sum} of {whole} in the list is {printed} %"));
    }
    let near = fitting.and_then(|Denominators { least, most }| {
        context.stated.near(context.sentence, context.place, &(least..=most.unwrap_or(u64::MAX)))
    });
    if let Some(near) = near.filter(|_| n > 0) {
        let printed = of_whole(n, near.value, percent);
        return (ScanVerdict::Consistent, format!("{n} of {}{} is {printed} %", near.value, near.origin));
    }
    let truncated = RoundingMode::Truncation.interval(percent);
    if let Some(whole) = given_by(denominators(n, &truncated)) {
        let printed = one_more_digit(n, whole.value, percent);
        let sentence = format!("{n} of {} is {printed} %: {percent} only if it was truncated", whole.value);
        return (ScanVerdict::Conditional, sentence);
    }
    if let Some(judged) = own_whole::of_another(context, (n, percent), fitting) {
        return judged;
    }
    let wholes = context.stated.wholes(&context.sentence.counts, context.place, MOST_TRIED);
    unfit(context, share, (n, percent), fitting, wholes)
}

/// The nearest number that the text states and that gives a percentage.
fn given_by(context: &Context<'_>, fitting: Option<Denominators>) -> Option<StatedWhole> {
    let Denominators { least, most } = fitting?;
    let (range, place) = (least..=most.unwrap_or(u64::MAX), context.place);
    context.stated.find_where(&context.sentence.counts, place, &range, |whole| context.stated.can_be_of(place, whole))
}

/// A share whose denominator stands behind it: `19 (63 %) of 30`. The percentage may be of all cases, of whom the denominator
/// is a part, where a larger number of cases that the text states gives it.
fn of_behind(
    context: &Context<'_>,
    (n, percent): (u64, Figure),
    fitting: Option<Denominators>,
    whole: u64,
) -> Option<(ScanVerdict, String)> {
    let is_of_larger = fitting.is_some_and(|Denominators { least, most }| {
        let range = least.max(whole.saturating_add(1))..=most.unwrap_or(u64::MAX);
        !range.is_empty() && context.stated.find(&context.sentence.counts, context.place, &range).is_some()
    });
    let judged = of(proportion::judge(n, whole, 0, percent));
    (n <= whole && (judged.0 == ScanVerdict::Consistent || !is_of_larger)).then_some(judged)
}

/// The sum of a list that ends with the count of a share, and the whole of which it is the percentage: `one boy and two
/// girls relapsed (30%)`.
fn given_to_list(context: &Context<'_>, share: &PrintedShare, percent: Figure) -> Option<(u64, u64)> {
    let (tokens, counts) = (context.sentence.tokens, &context.sentence.counts);
    let joins = |token: &super::token::Token<'_>| token.kind == Kind::Comma || token.is("and");
    let (mut sum, mut start) = (share.n?, share.tokens.start);
    loop {
        let gap = tokens.get(..start)?.iter().rev().take_while(|token| joins(token)).count();
        let end = start.checked_sub(gap).filter(|_| gap > 0)?;
        let item = counts.iter().find(|count| count.tokens.end == end && !count.is_part)?;
        sum = sum.saturating_add(item.value);
        start = item.tokens.start;
        let of_sum = denominators(sum, &RoundingInterval::nearest(percent));
        let whole = of_sum.and_then(|Denominators { least, most }| {
            context.stated.find(counts, context.place, &(least..=most.unwrap_or(u64::MAX)))
        });
        if let Some(whole) = whole {
            return Some((sum, whole.value));
        }
    }
}

/// A share of the cases that its sentence has just counted: `of whom 12 (40%)`, `five of them (63%)`.
fn of_them(
    context: &Context<'_>,
    share: &PrintedShare,
    (n, percent): (u64, Figure),
    fitting: Option<Denominators>,
) -> Option<(ScanVerdict, String)> {
    let tokens = context.sentence.tokens;
    let before = share.tokens.start.checked_sub(1).and_then(|at| tokens.get(at));
    let of_whom = before.is_some_and(|token| token.is_one_of(&["whom", "which"]));
    let own = tokens.get(share.tokens.start + 1..share.tokens.start + 3);
    let of_them = matches!(own, Some([of, them]) if of.is("of") && them.is_one_of(&["them", "these", "those"]));
    if !of_whom && !of_them {
        return None;
    }
    let counted = context.sentence.counts.iter().filter(|count| count.tokens.end <= share.tokens.start);
    let wholes: Vec<u64> = counted.rev().map(|count| count.value).filter(|whole| *whole >= n && *whole > 0).collect();
    let nearest = wholes.first()?;
    if let Some(whole) = wholes.iter().find(|whole| fitting.is_some_and(|fitting| fitting.contains(**whole))) {
        return Some((ScanVerdict::Consistent, format!("{n} of {whole} is {} %", of_whole(n, *whole, percent))));
    }
    // `Three biopsies each were taken from 40 patients; 12 of them (10%)`
    let near = fitting.and_then(|Denominators { least, most }| {
        context.stated.near(context.sentence, context.place, &(least..=most.unwrap_or(u64::MAX)))
    });
    if let Some(near) = near.filter(|near| near.origin != NearOrigin::Printed) {
        let printed = of_whole(n, near.value, percent);
        return Some((ScanVerdict::Consistent, format!("{n} of {}{} is {printed} %", near.value, near.origin)));
    }
    let sentence = format!("{n} of {nearest} is {} %, not {percent} %", of_whole(n, *nearest, percent));
    if context.sentence.restricts {
        return Some((ScanVerdict::Conditional, format!("only if some cases are left out: {sentence}")));
    }
    let is_cited = context.sentence.cites;
    Some((if is_cited { ScanVerdict::NotCheckable } else { ScanVerdict::Impossible }, sentence))
}

/// A count with a percentage that no stated denominator gives.
fn unfit(
    context: &Context<'_>,
    share: &PrintedShare,
    (n, percent): (u64, Figure),
    fitting: Option<Denominators>,
    mut wholes: Vec<StatedWhole>,
) -> (ScanVerdict, String) {
    // What is a part itself may be a denominator, but states none.
    let own = context.stated.sizes_of(context.place);
    wholes.extend(own.iter().map(|size| StatedWhole { value: *size, place: context.place, is_part: false }));
    wholes.retain(|whole| whole.value > n && !whole.is_part);
    // In a table the size of its own column is meant, whatever else is near.
    wholes.sort_by_cached_key(|whole| (!own.contains(&whole.value), distance(n, whole.value, percent)));
    let needed = fitting.map(|fitting| range(n, percent, fitting));
    let Some(nearest) = wholes.first() else {
        return match needed {
            Some(needed) => {
                (ScanVerdict::NotCheckable, format!("the text states no denominator of at least {n}; {needed}"))
            }
            None if share.bond == Bond::Close => (ScanVerdict::Impossible, nothing_fits(n, percent)),
            None => (ScanVerdict::NotCheckable, nothing_fits(n, percent)),
        };
    };
    let needed = needed.unwrap_or_else(|| nothing_fits(n, percent));
    let is_smaller = fitting.is_some_and(|fitting| wholes.iter().any(|whole| fitting.least <= whole.value));
    if (context.sentence.cites || context.sentence.names_others) && fitting.is_some() {
        return (
            ScanVerdict::NotCheckable,
            format!("a sentence about other reports without its denominator; {needed}"),
        );
    }
    if let Some(judged) = own_whole::of_things(context, share, (n, percent), fitting) {
        return judged;
    }
    if share.bond == Bond::Loose || (fitting.is_some() && is_of_things(context.sentence.tokens, &share.tokens)) {
        return (ScanVerdict::NotCheckable, format!("no stated number of cases gives it; {needed}"));
    }
    if fitting.is_some() && own_whole::is_of_unsized_group(context, share) {
        return (ScanVerdict::NotCheckable, format!("the text does not say how many are in its group; {needed}"));
    }
    if context.sentence.restricts && is_smaller {
        return (
            ScanVerdict::Conditional,
            format!("only if some cases are left out: {needed}, which the text does not state"),
        );
    }
    let tried: Vec<String> = wholes.iter().take(NAMED).map(|whole| whole.value.to_string()).collect();
    let more = if wholes.len() > NAMED { ", ..." } else { "" };
    let printed = of_whole(n, nearest.value, percent);
    let sentence = format!(
        "{n} of {} is {printed} %, not {percent} %; {needed} (tried: {}{more})",
        nearest.value,
        tried.join(", ")
    );
    if context.section == Section::Discussion && fitting.is_some() {
        return (ScanVerdict::Conditional, format!("only if they are of other people's patients: {sentence}"));
    }
    (ScanVerdict::Impossible, sentence)
}

fn nothing_fits(n: u64, percent: Figure) -> String {
    format!("{n} is {percent} % of no number of cases")
}

/// `36 is 72 % of 50`, `3 is 5 % of 55 to 66`.
fn range(n: u64, percent: Figure, Denominators { least, most }: Denominators) -> String {
    let of = match most {
        Some(most) if most == least => least.to_string(),
        Some(most) => format!("{least} to {most}"),
        None => format!("{least} or more"),
    };
    format!("{n} is {percent} % of {of}")
}

/// How far n of a whole is from a percentage.
fn distance(n: u64, whole: u64, percent: Figure) -> Option<BigRational> {
    Some((percent_of(n, whole)? - percent.value()).abs())
}

fn one_more_digit(n: u64, whole: u64, like: Figure) -> String {
    let decimals = u32::from(like.decimals()).saturating_add(1);
    percent_of(n, whole).map_or_else(String::new, |value| Exact::Ratio(value).rounded(decimals))
}
