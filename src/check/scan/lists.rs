//! Numbers in a list that are all parts of one whole: the stages of a disease, the numbers behind `a total of 23 events:`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::counts::CountOf;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{Context, Found};
use crate::check::arithmetic::proportion::judge_counts;

/// The stages of a disease in their order.
const STAGES: [&str; 5] = ["I", "II", "III", "IV", "V"];
/// Parts that make a list.
const FEWEST: usize = 3;

/// Holds the parts of a list against their whole.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    found.extend(stages(context));
    found.extend(total(context));
}

/// `stage I in 10, II in 14, III in 13`: each case has one stage, so that they are not more than the cases.
fn stages(context: &Context<'_>) -> Option<Found> {
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
    is_too_many.then(|| Found {
        tokens: word..at,
        relation: Relation::Categories,
        verdict: ScanVerdict::Impossible,
        sentence: judge_counts(&values, whole).sentence,
    })
}

/// `A total of 23 events occurred: 9, 7 and 5`, with nothing behind the numbers.
fn total(context: &Context<'_>) -> Option<Found> {
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
    let found = Found { tokens: at..tokens.len(), relation: Relation::Categories, verdict, sentence };
    (values.len() >= FEWEST).then_some(found)
}
