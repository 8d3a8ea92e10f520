//! Percentages of the cases that were just counted: `51 patients, 13.7 % of whom had pain`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::CountOf;
use super::nouns::{is_case, is_plural, is_unit, is_vague};
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict, of};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::proportion::judge_of;
use crate::check::printed::Figure;

/// Holds every percentage of `whom` against the counts before it in its sentence.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    found.extend((0..tokens.len()).filter_map(|at| counted(context, at).or_else(|| some_of_them(context, at))));
    for at in 0..tokens.len() {
        let Some((percent, end)) = of_whom(tokens, at) else { continue };
        let is_before = |count: &&super::counts::Count| count.tokens.end <= at && count.value > 0;
        let mut wholes: Vec<u64> = context.sentence.counts.iter().filter(is_before).map(|count| count.value).collect();
        // The nearest is the one that a message names.
        wholes.reverse();
        let Some((verdict, sentence)) = judged(context, &wholes, percent) else { continue };
        found.push(ComparedNumbers { tokens: at..end, relation: Relation::Percentage, verdict, sentence });
    }
}

/// `of whom 15 had a rash`: no more than the cases that were just counted.
fn counted(context: &Context<'_>, at: usize) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let [of, whom, number] = tokens.get(at..at + 3)? else { return None };
    let n = number.count().filter(|_| of.is("of") && whom.is("whom"))?;
    let is_measured = tokens.get(at + 3).is_some_and(|token| is_unit(token) || token.kind == Kind::Percent);
    // `in 3 hospitals, of whom` is of the cases before.
    let is_of_cases = |count: &&super::counts::Count| {
        count.tokens.end <= at && (count.of == CountOf::Cases || count.is_part || count.tokens.len() == 1)
    };
    let before: Vec<u64> = context.sentence.counts.iter().filter(is_of_cases).map(|count| count.value).collect();
    let nearest = *before.last()?;
    if n <= nearest || is_measured {
        return None;
    }
    let sentence = format!("{n} of whom, but only {nearest} are counted before");
    let (verdict, sentence) = if before.iter().any(|whole| n <= *whole) {
        (ScanVerdict::Conditional, format!("only if they are of the cases counted earlier: {sentence}"))
    } else {
        (ScanVerdict::Impossible, sentence)
    };
    Some(ComparedNumbers { tokens: at..at + 3, relation: Relation::Part, verdict, sentence })
}

/// `Twenty-two riders died, 24 of them at the scene`: no more than the one number that the sentence begins with.
fn some_of_them(context: &Context<'_>, at: usize) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let [number, of, them] = tokens.get(at..at + 3)? else { return None };
    let n = number.count().filter(|_| of.is("of") && them.is_one_of(&["them", "these", "whom"]))?;
    let first = context.sentence.counts.iter().find(|count| count.tokens.start <= 1 && count.tokens.end <= at)?;
    let between = tokens.get(first.tokens.end..at)?;
    let is_plain = !between.iter().any(|token| token.is_number() || is_plural(token) || is_case(token));
    let is_joined = between.iter().any(|token| token.kind == Kind::Comma || token.is("and"));
    if n <= first.value || !is_plain || !is_joined || context.sentence.cites {
        return None;
    }
    let sentence = format!("{n} of them, but only {} are counted before", first.value);
    let (verdict, sentence) = if first.of == CountOf::Cases {
        (ScanVerdict::Impossible, sentence)
    } else {
        (ScanVerdict::Conditional, format!("only if they are not what the sentence begins with: {sentence}"))
    };
    Some(ComparedNumbers { tokens: first.tokens.start..at + 3, relation: Relation::Part, verdict, sentence })
}

/// `13.7 % of whom`, and the position after it.
fn of_whom(tokens: &[Token<'_>], at: usize) -> Option<(Figure, usize)> {
    let [number, percent, of, whom] = tokens.get(at..at + 4)? else { return None };
    let is_vague = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(is_vague);
    let is_form = percent.kind == Kind::Percent && of.is("of") && whom.is_one_of(&["whom", "which"]);
    Some((number.figure()?, at + 4)).filter(|_| is_form && !is_vague)
}

/// Consistent where one of the counts has the percentage; none where nothing is counted before it.
fn judged(context: &Context<'_>, wholes: &[u64], percent: Figure) -> Option<(ScanVerdict, String)> {
    let all: Vec<(ScanVerdict, String)> = wholes.iter().map(|whole| of(judge_of(*whole, percent))).collect();
    if let Some(fitting) = all.iter().find(|(verdict, _)| *verdict != ScanVerdict::Impossible) {
        return Some(fitting.clone());
    }
    let (verdict, sentence) = all.into_iter().next()?;
    if context.sentence.cites {
        return Some((ScanVerdict::NotCheckable, format!("a sentence about other reports: {sentence}")));
    }
    if context.sentence.restricts {
        return Some((ScanVerdict::Conditional, format!("only if some cases are left out: {sentence}")));
    }
    Some((verdict, sentence))
}
