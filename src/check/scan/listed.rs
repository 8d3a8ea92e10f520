//! Values that are listed one by one against the mean and the median in the bracket behind them: `ages were 34, 41, 47 and 58
//! years (mean 45 years; median 44 years)`.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "sums of positions and fractions do not overflow, and divisors are not 0"
)]

use super::nouns::is_unit;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::rounding::{RoundingInterval, RoundingMode};
use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_bigint::BigInt;
use num_rational::BigRational;

/// Values that make a list.
const FEWEST: usize = 4;
/// Tokens from the name of an average to its number.
const MOST_BETWEEN: usize = 3;

/// Holds every list of values against its averages.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    let mut at = 0;
    while at < tokens.len() {
        let (values, end) = list(tokens, at);
        if values.len() >= FEWEST && is_led(tokens, at) {
            averages(tokens, at, &values, end, found);
        }
        at = end.max(at + 1);
    }
}

/// True behind a word that says what the values are.
fn is_led(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    before.is_some_and(|token| token.is_one_of(&["were", "aged", "ages"]) || token.kind == Kind::Colon)
}

/// The numbers of a list that begins at a position, and the position after it.
fn list(tokens: &[Token<'_>], from: usize) -> (Vec<Figure>, usize) {
    let (mut values, mut at) = (Vec::new(), from);
    while let Some(figure) = tokens.get(at).and_then(Token::figure) {
        values.push(figure);
        let rest = tokens.get(at + 1..).unwrap_or_default();
        let joined = rest.iter().take_while(|token| token.kind == Kind::Comma || token.is("and")).count();
        at += 1;
        if joined == 0 {
            break;
        }
        at += joined;
    }
    (values, at)
}

fn averages(tokens: &[Token<'_>], start: usize, values: &[Figure], end: usize, found: &mut Vec<ComparedNumbers>) {
    let [unit, open] = tokens.get(end..end + 2).unwrap_or_default() else { return };
    if !is_unit(unit) || open.kind != Kind::Open {
        return;
    }
    let inner = tokens.get(end + 2..).unwrap_or_default();
    let close = inner.iter().position(|token| matches!(token.kind, Kind::Close | Kind::Open)).unwrap_or(inner.len());
    for (name, relation) in [("mean", Relation::Mean), ("median", Relation::Median)] {
        let Some(word) = inner.iter().take(close).position(|token| token.is(name)) else { continue };
        let joins = |token: &&Token<'_>| {
            matches!(token.kind, Kind::Equals | Kind::Colon | Kind::Comma) || token.is_one_of(&["of", "was", "age"])
        };
        let rest = inner.get(word + 1..close).unwrap_or_default();
        let joined = rest.iter().take(MOST_BETWEEN).take_while(joins).count();
        let Some(printed) = rest.get(joined).and_then(Token::figure) else { continue };
        let of = if relation == Relation::Mean { mean(values) } else { median(values) };
        let read = [RoundingInterval::nearest(printed), RoundingMode::Truncation.interval(printed)];
        let (verdict, sentence) = if read.iter().any(|read| read.meets(&of.possible)) {
            (ScanVerdict::Consistent, format!("the {} values can have a {name} of {printed}", values.len()))
        } else {
            let shown = Exact::Ratio(of.exact).rounded(u32::from(printed.decimals().max(1)));
            (ScanVerdict::Impossible, format!("the {name} of the {} values is {shown}, not {printed}", values.len()))
        };
        found.push(ComparedNumbers { tokens: start..end + 3 + word + joined + 1, relation, verdict, sentence });
    }
}

/// An average of printed values, and what it can be where each of them is rounded, or truncated as an age is.
struct ListedAverage {
    exact: BigRational,
    possible: RoundingInterval,
}

fn ends(value: Figure) -> (BigRational, BigRational) {
    (RoundingInterval::nearest(value).low, RoundingMode::Truncation.interval(value).high)
}

fn mean(values: &[Figure]) -> ListedAverage {
    let n = BigRational::from_integer(BigInt::from(values.len()));
    let low: BigRational = values.iter().map(|value| ends(*value).0).sum();
    let high: BigRational = values.iter().map(|value| ends(*value).1).sum();
    let exact: BigRational = values.iter().map(|value| value.value()).sum();
    ListedAverage { exact: exact / &n, possible: RoundingInterval::closed(low / &n, high / n) }
}

/// The middle value, or anything between the two in the middle.
fn median(values: &[Figure]) -> ListedAverage {
    let mut sorted: Vec<Figure> = values.to_vec();
    sorted.sort_by_key(|value| value.value());
    let half = sorted.len() / 2;
    let upper = sorted.get(half).copied();
    let lower = if sorted.len().is_multiple_of(2) { sorted.get(half.saturating_sub(1)).copied() } else { upper };
    let (lower, upper) = lower.zip(upper).unwrap_or((Figure::of_count(0), Figure::of_count(0)));
    let exact = (lower.value() + upper.value()) / BigInt::from(2);
    ListedAverage { exact, possible: RoundingInterval::closed(ends(lower).0, ends(upper).1) }
}
