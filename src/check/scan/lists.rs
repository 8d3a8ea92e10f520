//! Numbers in a list that are all parts of one whole: the stages of a disease, the numbers behind `a total of 23 events:`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::{Count, CountOf};
use super::nouns::{is_grade, is_unit};
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::proportion::judge_counts;

/// The stages of a disease in their order.
pub(super) const STAGES: [&str; 5] = ["I", "II", "III", "IV", "V"];
/// Parts that make a list.
const FEWEST: usize = 3;

/// Holds the parts of a list against their whole.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    found.extend(stages(context));
    found.extend(total(context));
    found.extend(context.sentence.counts.iter().filter_map(|whole| grades(context, whole)));
    found.extend(context.sentence.counts.iter().filter_map(|whole| in_bracket(context, whole)));
}

/// `stage I in 10, II in 14, III in 13`: each case has one stage, so that they are not more than the cases.
fn stages(context: &Context<'_>) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let word = tokens.iter().position(|token| token.is_one_of(&["stage", "stages", "grade", "class"]))?;
    let (mut at, mut values) = (word + 1, Vec::new());
    for stage in STAGES {
        while tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Comma || token.is_one_of(&["and", "stage", "grade", "class"]))
        {
            at += 1;
        }
        let Some([name, within, number]) = tokens.get(at..at + 3) else { break };
        let Some(value) = number.count().filter(|_| name.is(stage) && within.is("in")) else { break };
        values.push(value);
        at += 3;
    }
    let sum = values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value));
    let here = context.sentence.counts.iter().find(|count| count.of == CountOf::Cases).map(|count| count.value);
    let whole = here.or(context.whole_before).filter(|_| !context.sentence.cites)?;
    let is_too_many = values.len() >= FEWEST && sum > whole && !context.stated.has_as_many(sum);
    is_too_many.then(|| ComparedNumbers {
        tokens: word..at,
        relation: Relation::Categories,
        verdict: ScanVerdict::Impossible,
        sentence: judge_counts(&values, whole).sentence,
    })
}

/// The grades of cases behind a colon: `38 children: small in 24, medium in 9 and giant in 5`.
fn grades(context: &Context<'_>, whole: &Count) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let colon = whole.tokens.end;
    if whole.of != CountOf::Cases || tokens.get(colon)?.kind != Kind::Colon {
        return None;
    }
    let (mut at, mut values) = (colon + 1, Vec::new());
    while let Some([name, within, number]) = tokens.get(at..at + 3) {
        let Some(value) = number.count().filter(|_| is_grade(name) && within.is("in")) else { break };
        values.push(value);
        at += 3;
        let joins = |token: &&Token<'_>| matches!(token.kind, Kind::Comma | Kind::Semicolon) || token.is("and");
        at += tokens.get(at..).unwrap_or_default().iter().take_while(joins).count();
    }
    let sum = values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value));
    if values.len() < FEWEST || at < tokens.len() || sum < whole.value {
        return None;
    }
    let (verdict, sentence) = match super::verdict::of(judge_counts(&values, whole.value)) {
        (ScanVerdict::Impossible, sentence) => {
            (ScanVerdict::Conditional, format!("only if a case can be in several of them: {sentence}"))
        }
        judged => judged,
    };
    Some(ComparedNumbers { tokens: whole.tokens.start..at, relation: Relation::Categories, verdict, sentence })
}

/// The parts of a whole in the bracket behind it, each with a number: `nine adults (five with a graft, three with leukaemia,
/// one with HIV)`. They may overlap, and need not be all.
fn in_bracket(context: &Context<'_>, whole: &Count) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let open = whole.tokens.end;
    if whole.of != CountOf::Cases || tokens.get(open)?.kind != Kind::Open {
        return None;
    }
    let inner = tokens.get(open + 1..)?;
    let close = inner.iter().position(|token| matches!(token.kind, Kind::Close | Kind::Open))?;
    let inner = inner.get(..close)?;
    let divides = |token: &Token<'_>| matches!(token.kind, Kind::Comma | Kind::Semicolon);
    let item = |item: &[Token<'_>]| {
        let item = if item.first().is_some_and(|token| token.is("and")) { item.get(1..)? } else { item };
        let (number, words) = item.split_first()?;
        let is_plain = !words.is_empty() && words.iter().all(|token| matches!(token.kind, Kind::Word | Kind::Dash));
        number.count().filter(|_| is_plain && !words.first().is_some_and(is_unit))
    };
    let values: Vec<u64> = inner.split(divides).map(item).collect::<Option<_>>()?;
    let sum = values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value));
    if values.len() < FEWEST || sum < whole.value {
        return None;
    }
    let (verdict, sentence) = match super::verdict::of(judge_counts(&values, whole.value)) {
        (ScanVerdict::Impossible, sentence) => {
            (ScanVerdict::Conditional, format!("only if a case can be in several of them: {sentence}"))
        }
        judged => judged,
    };
    Some(ComparedNumbers { tokens: open + 1..open + 1 + close, relation: Relation::Categories, verdict, sentence })
}

/// `A total of 23 events occurred: 9, 7 and 5`, with nothing behind the numbers.
fn total(context: &Context<'_>) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let at = tokens.windows(2).position(|pair| matches!(pair, [total, of] if total.is("total") && of.is("of")))?;
    let whole = tokens.get(at + 2)?.count()?;
    let colon = at + 3 + tokens.get(at + 3..)?.iter().position(|token| token.kind != Kind::Word)?;
    if tokens.get(colon)?.kind != Kind::Colon {
        return None;
    }
    let list = tokens.get(colon + 1..)?;
    let joins = |token: &&Token<'_>| token.kind != Kind::Comma && !token.is("and");
    let values: Vec<u64> = list.iter().filter(joins).map(Token::count).collect::<Option<_>>()?;
    let judgement = judge_counts(&values, whole);
    let (verdict, sentence) = super::verdict::of(judgement);
    let found = ComparedNumbers { tokens: at..tokens.len(), relation: Relation::Categories, verdict, sentence };
    (values.len() >= FEWEST).then_some(found)
}
