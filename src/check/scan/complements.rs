//! Two parts of which one is what the other is not: `22 with autism and 24 without`, `9 relapsed and 16 did not`, `46 patients
//! (22 F, 24 M)`. Each case is in one of them, so that they are not more than the whole beside them.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::{Count, CountOf};
use super::nouns::{is_case, is_man, is_woman};
use super::share::{behind_percent, counting};
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict, of};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::proportion::judge_counts;

/// Tokens between a whole and the first of its parts.
const MOST_TO_PARTS: usize = 3;
/// First letters that two forms of one verb have in common.
const STEM: usize = 4;
/// What the numbers of a ratio in percent add up to.
const PERCENT: u64 = 100;

/// Two parts, and their tokens.
struct Parts {
    values: [u64; 2],
    start: usize,
    end: usize,
}

/// Holds the parts of a sentence against the whole before them.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    let parts = (0..tokens.len()).filter_map(|at| without(tokens, at).or_else(|| negated(tokens, at)));
    for parts in parts {
        found.extend(whole(context, parts.start).and_then(|whole| judged(&parts, whole)));
    }
    let counts = || context.sentence.counts.iter();
    found.extend(counts().filter_map(|whole| sexes(tokens, whole)));
    found.extend(counts().filter_map(|whole| one_sex(tokens, whole)));
}

/// Impossible where the parts are more than the whole; where they are fewer, some cases may be unknown.
fn judged(parts: &Parts, whole: u64) -> Option<ComparedNumbers> {
    let sum = parts.values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value));
    let (verdict, sentence) = of(judge_counts(&parts.values, whole));
    let tokens = parts.start..parts.end;
    (sum >= whole).then_some(ComparedNumbers { tokens, relation: Relation::Categories, verdict, sentence })
}

/// The number of cases right before parts, or the one that a sentence begins with: `Of 46 patients, 22 ...`.
fn whole(context: &Context<'_>, start: usize) -> Option<u64> {
    let tokens = context.sentence.tokens;
    let is_before = |count: &&Count| count.of == CountOf::Cases && count.tokens.end <= start && !count.is_part;
    let whole = context.sentence.counts.iter().rfind(is_before)?;
    let between = tokens.get(whole.tokens.end..start)?;
    let is_leading = whole.tokens.start == 1 && tokens.first()?.is_one_of(&["of", "among"]);
    let before = whole.tokens.start.checked_sub(1).and_then(|at| tokens.get(at));
    let is_of_some = !is_leading && before.is_some_and(|token| token.is_one_of(&["of", "among", "in", "the", "with"]));
    let joins = |token: &Token<'_>| matches!(token.kind, Kind::Comma | Kind::Colon | Kind::Open | Kind::Word);
    let is_joined = between.len() <= MOST_TO_PARTS
        && between.iter().all(joins)
        && between.iter().any(|token| token.kind != Kind::Word);
    (is_joined && !is_of_some).then_some(whole.value)
}

/// A number of cases, its percentage and its noun, and the position after them: `22 (48 %) patients`.
fn part(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize)> {
    let value = counting(tokens, at)?;
    let end = behind_percent(tokens, at + 1);
    Some((value, end + usize::from(tokens.get(end).is_some_and(is_case))))
}

/// The position at which the part before a position begins: one number, with nothing but its percentage and noun.
fn part_before(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize)> {
    let starts = (at.saturating_sub(6)..at).rev();
    starts.filter_map(|start| part(tokens, start).filter(|(_, end)| *end == at).map(|(value, _)| (value, start))).next()
}

fn has_number(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(Token::is_number)
}

fn ends(token: Option<&Token<'_>>) -> bool {
    token.is_none_or(|token| matches!(token.kind, Kind::Comma | Kind::Semicolon | Kind::Close | Kind::Stop))
}

/// `22 with autism and 34 without`, `22 with and 34 without autism`, at the last of these words.
fn without(tokens: &[Token<'_>], at: usize) -> Option<Parts> {
    if !tokens.get(at)?.is("without") {
        return None;
    }
    let (other, second) = part_before(tokens, at)?;
    let with = tokens.get(..second)?.iter().rposition(|token| token.is("with"))?;
    let (one, start) = part_before(tokens, with)?;
    let named = tokens.get(with + 1..second)?;
    let named = named.iter().rev().skip_while(|token| token.is("and") || token.kind == Kind::Comma);
    let mut named: Vec<&Token<'_>> = named.collect();
    named.reverse();
    let next =
        tokens.get(at + 1).filter(|_| !ends(tokens.get(at + 1)) && !tokens.get(at + 1).is_some_and(|t| t.is("it")));
    let is_same = match (named.first(), next) {
        (Some(first), Some(next)) => first.text.eq_ignore_ascii_case(next.text),
        (None, Some(_)) | (Some(_), None) => true,
        (None, None) => false,
    };
    let is_plain = !has_number(tokens.get(with + 1..second)?);
    (is_same && is_plain).then_some(Parts { values: [one, other], start, end: at + 1 })
}

/// `22 had autism and 34 did not`, `9 relapsed and 17 did not relapse`, `9 were positive and 17 were negative`, at the verb of
/// the second part.
fn negated(tokens: &[Token<'_>], at: usize) -> Option<Parts> {
    let [verb, not] = tokens.get(at..at + 2)? else { return None };
    let (other, second) = part_before(tokens, at)?;
    let first = (0..second).rev().find(|at| tokens.get(*at).is_some_and(|token| token.figure().is_some()))?;
    // A percentage of the first part stands behind its number.
    let first = match tokens.get(first.checked_sub(1)?) {
        Some(open) if open.kind == Kind::Open && tokens.get(first + 1)?.kind == Kind::Percent => {
            first.checked_sub(2)?
        }
        _ => first,
    };
    let (one, said) = part(tokens, first)?;
    let (own, object) = (tokens.get(said)?, tokens.get(said + 1)?);
    let next = tokens.get(at + 2);
    let is_negated = if verb.is("did") && not.is("not") {
        ends(next) || next.is_some_and(|next| is_same_verb(own, next)) && (ends(tokens.get(at + 3)) || own.is("had"))
    } else if verb.is("had") && not.is("no") {
        own.is("had") && next.is_some_and(|next| next.text.eq_ignore_ascii_case(object.text))
    } else {
        let are = |token: &Token<'_>| token.is_one_of(&["were", "was"]);
        are(verb) && are(own) && ends(next) && is_opposite(object, not)
    };
    let is_plain = own.kind == Kind::Word && !has_number(tokens.get(said..second)?);
    let has_object = !own.is("had") || !next.is_some_and(|next| next.is("have")) || {
        tokens.get(at + 3).is_some_and(|other| other.text.eq_ignore_ascii_case(object.text))
    };
    (is_negated && is_plain && has_object).then_some(Parts { values: [one, other], start: first, end: at + 2 })
}

/// `positive` and `negative`.
fn is_opposite(one: &Token<'_>, other: &Token<'_>) -> bool {
    (one.is("positive") && other.is("negative")) || (one.is("negative") && other.is("positive"))
}

/// `relapsed` and `relapse`, `had` and `have`.
fn is_same_verb(one: &Token<'_>, other: &Token<'_>) -> bool {
    let stem = |token: &Token<'_>| token.text.to_lowercase().chars().take(STEM).collect::<String>();
    (one.is("had") && other.is("have")) || (stem(one) == stem(other) && one.text.len() >= STEM)
}

/// Both sexes in the bracket behind a number of cases: `46 patients (22 F, 24 M)`, `(F/M 22/24)`, `(female:male = 22:24)`.
fn sexes(tokens: &[Token<'_>], whole: &Count) -> Option<ComparedNumbers> {
    let start = whole.tokens.end + 1;
    if whole.of != CountOf::Cases || whole.is_part || tokens.get(whole.tokens.end)?.kind != Kind::Open {
        return None;
    }
    let close = start + tokens.get(start..)?.iter().take(12).position(|token| token.kind == Kind::Close)?;
    let inner = tokens.get(start..close)?;
    let (values, is_lettered) =
        lettered(inner).map(|values| (values, true)).or_else(|| headed(inner).map(|values| (values, false)))?;
    let [one, other] = values;
    let sum = one.saturating_add(other);
    let parts = Parts { values, start: whole.tokens.start, end: close + 1 };
    if is_lettered && sum < whole.value {
        let (_, sentence) = of(judge_counts(&values, whole.value));
        let sentence = format!("only if the sex of others is unknown: {sentence}");
        let tokens = parts.start..parts.end;
        return Some(ComparedNumbers {
            tokens,
            relation: Relation::Categories,
            verdict: ScanVerdict::Conditional,
            sentence,
        });
    }
    // `F:M 60:40` is a ratio in percent.
    if is_lettered || sum != PERCENT { judged(&parts, whole.value) } else { None }
}

/// One sex in the bracket behind a number of cases is not more than they are: `27 patients (29 female; median age 38 years)`.
fn one_sex(tokens: &[Token<'_>], whole: &Count) -> Option<ComparedNumbers> {
    let start = whole.tokens.end + 1;
    let [open, number, named, end] = tokens.get(whole.tokens.end..whole.tokens.end + 4)? else { return None };
    let is_form = whole.of == CountOf::Cases && !whole.is_part && open.kind == Kind::Open && sex(named).is_some();
    let ends = matches!(end.kind, Kind::Close | Kind::Comma | Kind::Semicolon | Kind::Open);
    let value = number.count().filter(|value| is_form && ends && *value > whole.value)?;
    // Two sexes that are more than the whole are told together.
    let rest = tokens.get(start + 3..)?;
    let is_alone = !rest.iter().take_while(|token| token.kind != Kind::Close).any(|token| sex(token).is_some());
    let sentence = format!("{value} of {} cases", whole.value);
    let tokens = whole.tokens.start..start + 2;
    is_alone.then_some(ComparedNumbers { tokens, relation: Relation::Part, verdict: ScanVerdict::Impossible, sentence })
}

/// The sex that a letter or a word names: true for women.
fn sex(token: &Token<'_>) -> Option<bool> {
    let is_woman = token.is("f") || is_woman(token.text);
    let is_man = token.is("m") || is_man(token.text);
    (token.kind == Kind::Word && (is_woman || is_man)).then_some(is_woman)
}

/// `22 F, 34 M`, `22F:34M`: the numbers of letters, since words are read as categories.
fn lettered(inner: &[Token<'_>]) -> Option<[u64; 2]> {
    let [one, first, join, other, second] = inner else { return None };
    let joins = matches!(join.kind, Kind::Comma | Kind::Slash | Kind::Colon | Kind::Semicolon) || join.is("and");
    // A number behind a slash is not read as a count, and so neither as one of a category.
    let are_letters =
        (first.text.len() == 1 && second.text.len() == 1 || join.kind == Kind::Slash) && sex(first)? != sex(second)?;
    Some([one.count()?, other.count()?]).filter(|_| joins && are_letters)
}

/// `F/M 22/34`, `female:male = 22:34`, `sex (m/f): 22/34`.
fn headed(inner: &[Token<'_>]) -> Option<[u64; 2]> {
    let [first, sign, second, rest @ ..] = inner else { return None };
    let is_sign = |token: &Token<'_>| matches!(token.kind, Kind::Slash | Kind::Colon);
    let rest = match rest {
        [joins, rest @ ..] if matches!(joins.kind, Kind::Equals | Kind::Colon | Kind::Comma) => rest,
        rest => rest,
    };
    let [one, between, other] = rest else { return None };
    let is_form = is_sign(sign) && is_sign(between) && sex(first)? != sex(second)?;
    Some([one.count()?, other.count()?]).filter(|_| is_form)
}
