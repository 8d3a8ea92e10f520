//! Categories that exclude each other: boys and girls, alive and dead, the arms of a division.
#![expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow")]

use super::counts::{Count, CountOf};
use super::nouns::{is_case, is_of_things};
use super::sentence_words;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::proportion::{judge_counts, judge_percents};
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::printed::Figure;
use num_rational::BigRational;
use num_traits::Zero;
use std::ops::Range;

/// Pairs of words that are all there is.
const COMPLEMENTS: [(&[&str], &[&str]); 7] = [
    (&["boys", "boy"], &["girls", "girl"]),
    (&["men", "man"], &["women", "woman"]),
    (&["males", "male"], &["females", "female"]),
    (&["alive", "survived", "survivors"], &["dead", "died", "deceased", "non-survivors", "nonsurvivors"]),
    (&["unilateral", "unilaterally"], &["bilateral", "bilaterally"]),
    (&["present"], &["absent"]),
    (&["complete"], &["incomplete"]),
];

/// Holds the categories of a sentence against their whole.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    for (one, other) in COMPLEMENTS {
        counts(context, one, other, found);
        percents(context, one, other, found);
    }
    division(context, found);
}

/// The count of a category: `20 boys`, `20 (40 %) were boys`, `boys: 20`, `unilateral in 38`.
fn count_of<'a>(context: &'a Context<'_>, words: &[&str]) -> Option<(&'a Count, usize)> {
    let tokens = context.sentence.tokens;
    let word = tokens.iter().position(|token| token.is_one_of(words))?;
    let is_near = |count: &&Count| {
        let Range { start, end } = count.tokens;
        let is_inside = (start..end).contains(&word);
        let gap = tokens.get(end..word);
        let is_before = gap.is_some_and(|gap| gap.len() <= 2 && gap.iter().all(is_of_one_phrase));
        let gap = tokens.get(word.saturating_add(1)..start);
        let leads = |token: &Token<'_>| {
            token.is_one_of(&["in", "was", "were"])
                || matches!(token.kind, Kind::Colon | Kind::Equals | Kind::Open | Kind::Comma)
        };
        let is_listed = gap.is_some_and(<[Token<'_>]>::is_empty) && stands_alone(tokens, word, end);
        is_inside || is_before || is_listed || gap.is_some_and(|gap| gap.len() == 1 && gap.iter().all(leads))
    };
    let is_whole = |count: &&Count| count.tokens.len() > 1 || count.of == CountOf::Things;
    let mut near = context.sentence.counts.iter().filter(is_near);
    let first = near.next()?;
    Some((std::iter::once(first).chain(near).find(is_whole).unwrap_or(first), word))
}

/// True for an item of a list, `boys 30 (60 %), girls 20`; not for `among girls 30 (60 %) had fever`.
fn stands_alone(tokens: &[Token<'_>], word: usize, end: usize) -> bool {
    let is_of_some =
        |token: &Token<'_>| token.is_among(&sentence_words::PAIR_OF_SOME) || token.is_one_of(&["in", "for", "the"]);
    let leads = tokens.get(word.saturating_sub(2)..word).is_some_and(|before| !before.iter().any(is_of_some));
    let ends = tokens.get(end).is_none_or(|token| {
        matches!(token.kind, Kind::Comma | Kind::Semicolon | Kind::Close)
            || token.is_one_of(&["and", "of"])
            || is_case(token)
    });
    leads && ends
}

/// True for a word between a number and its category: `38 were unilateral`, not `38 and bilateral`.
fn is_of_one_phrase(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && !token.is_one_of(&["and", "or", "in", "with", "but"])
}

fn counts(context: &Context<'_>, one: &[&str], other: &[&str], found: &mut Vec<ComparedNumbers>) {
    let (Some((one, first)), Some((other, second))) = (count_of(context, one), count_of(context, other)) else {
        return;
    };
    if one.tokens == other.tokens || !are_of_one(context.sentence.tokens, first, second) {
        return;
    }
    let parts = [one, other];
    let own = match [own_whole(context, one), own_whole(context, other)] {
        // `21 of 50 girls and 30 of 60 boys` are shares of the categories, not the categories.
        [Some(whole), Some(same)] if whole != same || one.value.saturating_add(other.value) != whole => return,
        [Some(whole), Some(_)] => Some(whole),
        [Some(whole), None] if first < one.tokens.start => Some(whole),
        [None, Some(whole)] if second < other.tokens.start => Some(whole),
        [Some(_), None] | [None, Some(_)] => return,
        [None, None] => None,
    };
    let start = one.tokens.start.min(other.tokens.start).min(first).min(second);
    let end = one.tokens.end.max(other.tokens.end).max(first.max(second).saturating_add(1));
    ratio(context, parts, end, found);
    let (verdict, sentence) = own.map_or_else(|| whole_of(context, &parts, start), |whole| of_own(&parts, whole));
    found.push(ComparedNumbers { tokens: start..end, relation: Relation::Categories, verdict, sentence });
}

/// False where a thing is named behind the first of two adjectives, so that the second may be of another one: `complete
/// remission in 30 and incomplete data in 25`.
fn are_of_one(tokens: &[Token<'_>], one: usize, other: usize) -> bool {
    let is_adjective = |at: usize| tokens.get(at).is_some_and(|token| token.is_one_of(&["complete", "incomplete"]));
    let (first, second) = (one.min(other), one.max(other));
    if !is_adjective(first) || !is_adjective(second) {
        return true;
    }
    let noun = |at: usize| tokens.get(at.saturating_add(1)).filter(|token| token.kind == Kind::Word);
    let is_open = noun(first).is_none_or(|token| token.is_one_of(&["and", "or", "in"]));
    is_open || noun(first).zip(noun(second)).is_some_and(|(one, other)| one.is(other.text))
}

/// The denominator that is printed with a count.
fn own_whole(context: &Context<'_>, count: &Count) -> Option<u64> {
    let is_its = |share: &&super::share::PrintedShare| share.tokens == count.tokens && share.n == Some(count.value);
    let share = context.sentence.shares.iter().find(is_its)?;
    share.of.or(share.behind)
}

/// The whole right before parts in brackets, or behind them: `50 children (30 boys and 21 girls)`, `... of 50 children`.
fn beside(context: &Context<'_>, parts: &[&Count]) -> Option<u64> {
    let tokens = context.sentence.tokens;
    let start = parts.iter().map(|part| part.tokens.start).min()?;
    let end = parts.iter().map(|part| part.tokens.end).max()?;
    let is_beside = |count: &&Count| {
        let is_before = count.tokens.end.saturating_add(1) == start
            && tokens.get(count.tokens.end).is_some_and(|token| token.kind == Kind::Open);
        let is_behind =
            end.saturating_add(1) == count.tokens.start && tokens.get(end).is_some_and(|token| token.is("of"));
        count.of == CountOf::Cases && (is_before || is_behind)
    };
    context.sentence.counts.iter().find(is_beside).map(|count| count.value)
}

/// Holds parts against the whole that one of them has: there may be a third part.
fn of_own(parts: &[&Count; 2], whole: u64) -> (ScanVerdict, String) {
    let values = parts.map(|part| part.value);
    let judgement = judge_counts(&values, whole);
    if values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value)) < whole {
        return (ScanVerdict::NotCheckable, format!("{}; there may be others", judgement.sentence));
    }
    super::verdict::of(judgement)
}

/// True where nothing but the words of a division stands between a whole and its parts: `50 patients were included, 25
/// women and 20 men`.
fn is_composition(tokens: &[Token<'_>], whole: &Count, start: usize) -> bool {
    let joins = |token: &Token<'_>| {
        matches!(token.kind, Kind::Open | Kind::Comma | Kind::Colon | Kind::Dash)
            || token.is_among(&sentence_words::BETWEEN_WHOLE_AND_PARTS)
    };
    let before = whole.tokens.start.checked_sub(1).and_then(|at| tokens.get(at));
    let is_of_some = before.is_some_and(|token| token.is_one_of(&["of", "among", "in"]));
    !is_of_some && tokens.get(whole.tokens.end..start).is_some_and(|between| between.iter().all(joins))
}

/// Holds parts against the whole that the text states.
fn whole_of(context: &Context<'_>, parts: &[&Count], start: usize) -> (ScanVerdict, String) {
    let values: Vec<u64> = parts.iter().map(|part| part.value).collect();
    let sum = values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value));
    if let Some(whole) = beside(context, parts).filter(|whole| sum > *whole) {
        return super::verdict::of(judge_counts(&values, whole));
    }
    let is_part = |count: &Count| parts.iter().any(|part| part.tokens == count.tokens);
    let others: Vec<Count> = context.sentence.counts.iter().filter(|count| !is_part(count)).cloned().collect();
    if let Some(whole) = context.stated.find(&others, context.place, &(sum..=sum)) {
        let at = context.elsewhere(whole.place);
        return (ScanVerdict::Consistent, format!("{}{at}", judge_counts(&values, sum).sentence));
    }
    // A third part is stated, too: `and in 2 it was not known`.
    if let Some(rest) = third(context, &others, sum) {
        return (ScanVerdict::Consistent, format!("{sum} and {rest} are {}", sum.saturating_add(rest)));
    }
    // A number that is no more than one of the parts is of that part.
    let is_cases = |count: &&Count| {
        let is_more = values.iter().all(|value| count.value > *value);
        let is_composed =
            || is_composition(context.sentence.tokens, count, start) && count.value >= values_most(&values);
        count.of == CountOf::Cases
            && !is_of_things(context.sentence.tokens, &count.tokens)
            && (is_more || is_composed())
    };
    let here = others.iter().find(is_cases);
    let is_of_some = context
        .sentence
        .tokens
        .get(..start)
        .unwrap_or_default()
        .iter()
        .any(|token| token.is_among(&sentence_words::PAIR_OF_SOME));
    let of_these = context.only_before.filter(|_| is_of_these(context.sentence.tokens));
    let before = of_these.or(context.whole_before.filter(|_| !is_of_some)).filter(|_| here.is_none());
    let is_whole = here.is_some_and(|whole| is_composition(context.sentence.tokens, whole, start));
    let Some(whole) = here.map(|count| count.value).or(before) else {
        return (
            ScanVerdict::NotCheckable,
            format!("{}: the text does not state of how many", judge_counts(&values, sum).sentence),
        );
    };
    let sentence = judge_counts(&values, whole).sentence;
    // Fewer than the whole may be some of its cases, more than it those of another whole, unless the sentence begins
    // with it: `Of the 17 with a lesion, ...`.
    let is_leading = here.is_some_and(|count| count.tokens.start <= 2)
        && context.sentence.tokens.first().is_some_and(|token| token.is("of"));
    if sum < whole && !is_whole || sum > whole && !is_leading && context.stated.has_as_many(sum) {
        return (ScanVerdict::NotCheckable, format!("{sentence}; the text does not say that they are all"));
    }
    if sum < whole && (context.sentence.restricts || context.sentence.cites) {
        return (ScanVerdict::Conditional, format!("only if the others are left out: {sentence}"));
    }
    (ScanVerdict::Impossible, sentence)
}

fn values_most(values: &[u64]) -> u64 {
    values.iter().copied().max().unwrap_or(0)
}

/// True for a sentence that begins with `Of these, `.
fn is_of_these(tokens: &[Token<'_>]) -> bool {
    matches!(tokens, [of, these, comma, ..]
        if of.is("of") && these.is_one_of(&["these", "those", "them"]) && comma.kind == Kind::Comma)
}

/// A count of the sentence that makes a sum of parts one of the numbers of cases that the text states.
fn third(context: &Context<'_>, others: &[Count], sum: u64) -> Option<u64> {
    let rests = others.iter().filter(|count| count.of == CountOf::Things).map(|count| count.value);
    let is_whole = |rest: &u64| {
        let whole = sum.saturating_add(*rest);
        *rest > 0 && context.stated.find(&[], context.place, &(whole..=whole)).is_some()
            || others.iter().any(|count| count.of == CountOf::Cases && count.value == whole)
    };
    rests.into_iter().find(is_whole)
}

/// `60 % were boys and 40 % girls`; not `60 % of the boys`.
fn percents(context: &Context<'_>, one: &[&str], other: &[&str], found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    let percent_of = |words: &[&str]| -> Option<(Figure, usize)> {
        let word = tokens.iter().position(|token| token.is_one_of(words))?;
        let skip = usize::from(
            word.checked_sub(1)
                .and_then(|at| tokens.get(at))
                .is_some_and(|token| token.is_one_of(&["were", "was", "are"])),
        );
        let sign = word.checked_sub(skip.saturating_add(1))?;
        let figure = tokens.get(sign.checked_sub(1)?)?.figure()?;
        (tokens.get(sign)?.kind == Kind::Percent).then_some((figure, sign))
    };
    let (Some((first, at)), Some((second, until))) = (percent_of(one), percent_of(other)) else { return };
    let (verdict, sentence) = super::verdict::of(judge_percents(&[first, second]));
    let tokens = at.min(until).saturating_sub(1)..at.max(until).saturating_add(1);
    found.push(ComparedNumbers { tokens, relation: Relation::Categories, verdict, sentence });
}

/// The ratio of a pair: `a ratio of 1.5:1`.
fn ratio(context: &Context<'_>, [one, other]: [&Count; 2], end: usize, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    let ratio_at = |at: usize| {
        let colon = tokens.get(at.saturating_add(1))?.kind == Kind::Colon;
        Some((at, tokens.get(at)?.figure()?, tokens.get(at.saturating_add(2))?.figure()?)).filter(|_| colon)
    };
    let is_sexes = |at: usize| {
        let sign = tokens.get(at + 1).is_some_and(|token| matches!(token.kind, Kind::Colon | Kind::Slash));
        sign && [at, at + 2].iter().all(|at| tokens.get(*at).is_some_and(|token| token.is_one_of(&["m", "f"])))
    };
    let word = (0..tokens.len()).find(|at| tokens.get(*at).is_some_and(|token| token.is("ratio")) || is_sexes(*at));
    // `34 women, 17 men (2:1)`
    let is_bracket = tokens.get(end).is_some_and(|token| token.kind == Kind::Open);
    let behind = || ratio_at(end.saturating_add(1)).filter(|_| is_bracket);
    let named = word.and_then(|word| (word..tokens.len()).find_map(ratio_at));
    // `the sex ratio was 0.9 (27 men, 30 women)`
    let alone = || {
        let word = word.filter(|word| {
            tokens.get(word.saturating_sub(1)).is_some_and(|token| token.is_one_of(&["sex", "gender"]))
        })?;
        let at = (word + 1..word + 4).find(|at| tokens.get(*at).is_some_and(|token| token.figure().is_some()))?;
        let figure = tokens.get(at)?.figure().filter(|figure| figure.decimals() > 0)?;
        Some((at, figure, Figure::of_count(1)))
    };
    let printed = named.or_else(behind).or_else(alone);
    let Some((at, left, right)) = printed else { return };
    if right.value().is_zero() || left.value().is_zero() || one.value == 0 || other.value == 0 {
        return;
    }
    // The side with more decimals is the rounded one: 11 to 7 is 1.6:1 and 1:0.6.
    let is_second = right.decimals() > left.decimals();
    let (rounded, exact) = if is_second { (right, left) } else { (left, right) };
    let [a, b] = if is_second { [other.value, one.value] } else { [one.value, other.value] };
    let scaled = |n: u64, of: u64| BigRational::new(n.into(), of.into()) * exact.value();
    let is_given = |n, of| RoundingInterval::nearest(rounded).contains_ratio(&scaled(n, of));
    let shown = |n, of| crate::decimal::Exact::Ratio(scaled(n, of)).rounded(u32::from(rounded.decimals().max(1)));
    let (verdict, sentence) = if is_given(a, b) || is_given(b, a) {
        (ScanVerdict::Consistent, format!("{a} to {b} is {left}:{right}"))
    } else {
        let side = |n, of| {
            let (shown, exact) = (shown(n, of), exact.to_string());
            let (first, second) = if is_second { (exact, shown) } else { (shown, exact) };
            format!("{first}:{second}")
        };
        let [one, other] = [one.value, other.value];
        let (given, turned) = (side(a, b), side(b, a));
        let both = format!("{one} to {other} is {given}, {other} to {one} is {turned}");
        (ScanVerdict::Impossible, format!("{both}, not {left}:{right}"))
    };
    found.push(ComparedNumbers { tokens: at..at.saturating_add(3), relation: Relation::Ratio, verdict, sentence });
}

/// The arms of a division: `50 patients were randomised to drug (n = 25) or placebo (n = 25)`.
fn division(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    let Some(verb) = tokens.iter().position(|token| token.is_among(&sentence_words::DIVIDES)) else { return };
    let is_arm = |count: &&Count| {
        let name = count.tokens.start.checked_sub(2).and_then(|at| tokens.get(at));
        count.tokens.start > verb && name.is_some_and(|name| name.is("n"))
    };
    let arms: Vec<&Count> = context.sentence.counts.iter().filter(is_arm).collect();
    let wholes: Vec<&Count> = context.sentence.counts.iter().filter(|count| count.tokens.end <= verb).collect();
    let cases = wholes.iter().rfind(|count| count.of == CountOf::Cases).map(|count| count.value);
    let (Some(cases), [first, .., last]) = (cases, arms.as_slice()) else { return };
    let mut values: Vec<u64> = arms.iter().map(|arm| arm.value).collect();
    // What follows the arms of the first division may be parts of one arm.
    let sum_of = |values: &[u64]| values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value));
    let is_whole = |sum: u64| wholes.iter().any(|whole| whole.value == sum);
    let all = (2..=values.len()).find(|arms| values.get(..*arms).map(sum_of).is_some_and(is_whole));
    values.truncate(all.unwrap_or(values.len()));
    let sum = sum_of(&values);
    let whole = if is_whole(sum) { sum } else { cases };
    let judgement = judge_counts(&values, whole);
    let (mut verdict, mut sentence) = super::verdict::of(judgement);
    if verdict == ScanVerdict::Impossible && sum < whole && context.sentence.restricts {
        verdict = ScanVerdict::Conditional;
        sentence = format!("only if the others are left out: {sentence}");
    }
    found.push(ComparedNumbers {
        tokens: first.tokens.start..last.tokens.end,
        relation: Relation::Categories,
        verdict,
        sentence,
    });
}
