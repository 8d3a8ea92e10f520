//! Two lists of which the items belong together: `in 20, 17 and 12 patients, respectively (77 %, 65 % and 46 %)`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::nouns::{is_case, is_plural};
use super::share::{Bond, PrintedShare};
use super::token::{Kind, Token};

/// The shares that a list of counts and a list of percentages in a bracket behind it give.
pub(super) fn shares(tokens: &[Token<'_>]) -> Vec<PrintedShare> {
    let opens = (0..tokens.len()).filter(|at| tokens.get(*at).is_some_and(|token| token.kind == Kind::Open));
    opens.filter_map(|open| paired(tokens, open)).flatten().collect()
}

fn paired(tokens: &[Token<'_>], open: usize) -> Option<Vec<PrintedShare>> {
    let (mut percents, mut at) = (Vec::new(), open + 1);
    loop {
        let figure = tokens.get(at)?.figure()?;
        if tokens.get(at + 1)?.kind != Kind::Percent {
            return None;
        }
        percents.push(figure);
        at += 2;
        let joined = joins(tokens, at);
        if joined == 0 {
            break;
        }
        at += joined;
    }
    let inner = tokens.get(open + 1..)?;
    let close = open + 1 + inner.iter().position(|token| token.kind == Kind::Close)?;
    let between = tokens.get(at..close)?;
    let is_plain = between.iter().all(|token| token.kind == Kind::Comma || token.is("respectively"));
    let counts = counts_before(tokens, open, percents.len())?;
    let is_list = percents.len() > 1 && is_plain;
    let share = |(n, percent)| PrintedShare {
        n: Some(n),
        of: None,
        behind: None,
        percent: Some(percent),
        bond: Bond::Close,
        tokens: open..close + 1,
    };
    is_list.then(|| counts.into_iter().zip(percents).map(share).collect())
}

/// Tokens that join the items of a list.
fn joins(tokens: &[Token<'_>], at: usize) -> usize {
    let rest = tokens.get(at..).unwrap_or_default();
    let is_joined = |token: &&Token<'_>| token.kind == Kind::Comma || token.is("and");
    let joined = rest.iter().take_while(is_joined).count();
    let is_item = rest.get(joined).is_some_and(|token| token.figure().is_some());
    if is_item { joined } else { 0 }
}

/// The list of so many counts that ends before a bracket, with nothing but its noun between.
fn counts_before(tokens: &[Token<'_>], open: usize, many: usize) -> Option<Vec<u64>> {
    let is_noun =
        |token: &Token<'_>| token.kind == Kind::Comma || token.is("respectively") || is_case(token) || is_plural(token);
    let mut end = open;
    while end > 0 && tokens.get(end - 1).is_some_and(is_noun) {
        end -= 1;
    }
    let (mut counts, mut at) = (Vec::new(), end);
    while at > 0 {
        let token = tokens.get(at - 1)?;
        if token.kind == Kind::Comma || token.is("and") {
            at -= 1;
            continue;
        }
        let Some(count) = token.count() else { break };
        counts.push(count);
        at -= 1;
    }
    counts.reverse();
    (counts.len() == many).then_some(counts)
}
