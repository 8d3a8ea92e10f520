//! An odds ratio or a risk ratio against the two fractions of its sentence: `31/60 vs 17/60 (OR 2.70)`.
#![expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow, and divisors are not 0")]

use super::nouns::is_of_time;
use super::sentence_words::ADJUSTED;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Tokens from the name of a ratio to its number.
const MOST_BETWEEN: usize = 4;

/// Tokens from the fractions to the name of a ratio that is no bracket of theirs.
const CLOSE: usize = 4;

/// What a ratio is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RatioOf {
    Odds,
    Risks,
}

impl RatioOf {
    fn name(self) -> &'static str {
        match self {
            RatioOf::Odds => "odds ratio",
            RatioOf::Risks => "risk ratio",
        }
    }

    fn with_article(self) -> String {
        let article = match self {
            RatioOf::Odds => "an",
            RatioOf::Risks => "a",
        };
        format!("{article} {}", self.name())
    }
}

/// Holds a ratio against the two fractions that its sentence compares.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    let fractions = context.sentence.fractions();
    let [(first, a, m), (second, b, n)] = fractions.as_slice() else { return };
    let ratios: Vec<(usize, (RatioOf, Figure, usize))> =
        (0..tokens.len()).filter_map(|at| Some((at, ratio(tokens, at)?))).collect();
    let ([(name, (of, printed, at))], 2) = (ratios.as_slice(), context.sentence.shares.len()) else { return };
    let compares = tokens.iter().any(|token| token.is_one_of(&["vs", "versus", "compared", "than", "against", "and"]));
    let is_other = |token: &Token<'_>| token.is_among(&ADJUSTED) || is_of_time(token);
    if !compares || !follows(tokens, second.tokens.end, *name) || context.sentence.cites || tokens.iter().any(is_other)
    {
        return;
    }
    let Some((verdict, sentence)) = judge([(*a, *m), (*b, *n)], *of, *printed) else { return };
    let (verdict, sentence) = match verdict {
        ScanVerdict::Impossible if context.adjusts => {
            (ScanVerdict::Conditional, format!("only if it is adjusted: {sentence}"))
        }
        verdict => (verdict, sentence),
    };
    found.push(ComparedNumbers { tokens: first.tokens.start..at + 1, relation: Relation::Ratio, verdict, sentence });
}

/// True where a ratio stands in the bracket behind the fractions, or close behind them. Elsewhere it may be of other cases.
fn follows(tokens: &[Token<'_>], end: usize, name: usize) -> bool {
    let is_close =
        |between: &[Token<'_>]| between.len() <= CLOSE || between.last().is_some_and(|token| token.kind == Kind::Open);
    tokens.get(end..name).is_some_and(is_close)
}

/// The ratio whose name begins at a position: `OR 2.70`, `odds ratio, 2.70`, `RR = 1.8`.
fn ratio(tokens: &[Token<'_>], at: usize) -> Option<(RatioOf, Figure, usize)> {
    let [name, next] = tokens.get(at..at + 2)? else { return None };
    let of = match name.text {
        "OR" => RatioOf::Odds,
        "RR" => RatioOf::Risks,
        _ if name.is("odds") && next.is("ratio") => RatioOf::Odds,
        _ if (name.is("risk") && next.is("ratio")) || (name.is("relative") && next.is("risk")) => RatioOf::Risks,
        _ => return None,
    };
    let joins = |token: &Token<'_>| {
        matches!(token.kind, Kind::Equals | Kind::Comma | Kind::Colon | Kind::Open | Kind::Close)
            || token.is_one_of(&["ratio", "risk", "of", "was", "or", "rr"])
    };
    let number = (at + 1..at + 2 + MOST_BETWEEN).find(|at| tokens.get(*at).is_none_or(|token| !joins(token)))?;
    // `odds ratio (OR) 2.70` is named once.
    let is_second = tokens.get(at.checked_sub(1)?)?.kind == Kind::Open
        && at.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(|token| token.is_one_of(&["ratio", "risk"]));
    let figure = tokens.get(number)?.figure()?;
    let is_ratio = figure.decimals() > 0 && tokens.get(number + 1).is_none_or(|token| token.kind != Kind::Percent);
    (is_ratio && !is_second).then_some((of, figure, number))
}

/// None where a ratio has no value, or where a correction of small numbers, a conditional estimate or rounded percentages
/// may explain it.
fn judge([(a, m), (b, n)]: [(u64, u64); 2], of: RatioOf, printed: Figure) -> Option<(ScanVerdict, String)> {
    let (c, d) = (m.checked_sub(a)?, n.checked_sub(b)?);
    if [a, b, c, d].contains(&0) || printed.is_negative() || printed.value().is_zero() {
        return None;
    }
    let half = BigRational::new(1.into(), 2.into());
    let of_cells = |add: &BigRational, of: RatioOf| {
        let [a, b, c, d] = [a, b, c, d].map(|cell| BigRational::from_integer(cell.into()) + add);
        let risks = |part: &BigRational, rest: &BigRational| part / (part + rest);
        match of {
            RatioOf::Odds => vec![(&a * &d) / (&b * &c)],
            RatioOf::Risks => vec![
                risks(&a, &c) / risks(&b, &d),
                risks(&c, &a) / risks(&d, &b),
                risks(&a, &b) / risks(&c, &d),
                risks(&b, &a) / risks(&d, &c),
            ],
        }
    };
    let both = |values: Vec<BigRational>| -> Vec<BigRational> {
        values.into_iter().flat_map(|value| [value.recip(), value]).collect()
    };
    let (exact, corrected) = (both(of_cells(&BigRational::zero(), of)), both(of_cells(&half, of)));
    let read = RoundingInterval::nearest(printed);
    let shown = |value: &BigRational| Exact::Ratio(value.clone()).rounded(u32::from(printed.decimals().max(1)));
    let own = exact.get(1).map(shown)?;
    let fractions = format!("{a} of {m} and {b} of {n}");
    if exact.iter().any(|value| read.contains_ratio(value)) {
        return Some((ScanVerdict::Consistent, format!("the {} of {fractions} is {own} or its inverse", of.name())));
    }
    // Estimates in use lie between the two, a tenth aside.
    let slack = BigRational::new(11.into(), 10.into());
    let value = printed.value();
    let is_near = |(one, other): (&BigRational, &BigRational)| {
        let (low, high) = if one < other { (one, other) } else { (other, one) };
        low / &slack <= value && value <= high * &slack
    };
    if exact.iter().zip(&corrected).any(is_near) {
        return None;
    }
    let sentence = format!("the {} of {fractions} is {own}, not {printed}", of.name());
    let other = if of == RatioOf::Odds { RatioOf::Risks } else { RatioOf::Odds };
    let is_other = both(of_cells(&BigRational::zero(), other)).iter().any(|value| read.contains_ratio(value));
    if is_other && value != BigRational::one() {
        return Some((ScanVerdict::Conditional, format!("only as {}: {sentence}", other.with_article())));
    }
    Some((ScanVerdict::Impossible, sentence))
}
