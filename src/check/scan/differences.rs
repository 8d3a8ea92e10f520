//! The difference of two percentages: `60.0 % vs 30.0 % (risk difference 30.0 percentage points)`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence and fractions do not overflow")]

use super::nouns::is_unit;
use super::sentence_words::ADJUSTED;
use super::share::PrintedShare;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::proportion::percent_of;
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_traits::Signed;

/// Tokens between two values and their difference.
const MOST_JOINED: usize = 5;
/// Tokens between the word and the number.
const MOST_BETWEEN: usize = 4;

/// Holds printed differences against the two numbers of their sentence.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    found.extend((0..tokens.len()).filter_map(|at| change(tokens, at)));
    of_shares(context, found);
}

/// `from 52.1 to 23.8 points, i.e. by 28.3 points`: the change in the unit of its values.
fn change(tokens: &[Token<'_>], from: usize) -> Option<ComparedNumbers> {
    let behind = |at: usize| at + usize::from(tokens.get(at).is_some_and(is_unit));
    let first = tokens.get(from + 1)?.figure().filter(|_| tokens.get(from).is_some_and(|token| token.is("from")))?;
    let to = behind(from + 2);
    let second = tokens.get(to + 1)?.figure().filter(|_| tokens.get(to).is_some_and(|token| token.is("to")))?;
    let rest = behind(to + 2);
    let joins = |token: &&Token<'_>| {
        matches!(token.kind, Kind::Comma | Kind::Dash | Kind::Open) || token.is_one_of(&["i.e", "i", "e", "that", "is"])
    };
    let by = rest + tokens.get(rest..)?.iter().take(MOST_JOINED).take_while(joins).count();
    let printed = tokens.get(by + 1)?.figure().filter(|_| tokens.get(by).is_some_and(|token| token.is("by")))?;
    // `from 5 to 10 mg by 2 weeks` is no difference, and a percentage is of the first value.
    let unit = |at: usize| tokens.get(at).filter(|token| is_unit(token)).map(|token| token.text);
    let has_unit = unit(to + 2).is_some_and(|own| unit(by + 2).is_some_and(|other| own.eq_ignore_ascii_case(other)));
    let is_told = tokens.get(rest..by)?.iter().any(|token| token.is_one_of(&["i.e", "i", "that"]));
    let is_percent = tokens.get(by + 2).is_some_and(|token| token.kind == Kind::Percent);
    if is_percent || !(has_unit || is_told && unit(by + 2).is_none()) {
        return None;
    }
    let read = RoundingInterval::nearest;
    let (one, two) = (read(first), read(second));
    let differs = |one: &RoundingInterval, two: &RoundingInterval| {
        RoundingInterval::closed(&one.low - &two.high, &one.high - &two.low)
    };
    let is_given = differs(&one, &two).meets(&read(printed)) || differs(&two, &one).meets(&read(printed));
    let exact = Exact::Ratio((first.value() - second.value()).abs());
    let (verdict, sentence) = if is_given {
        (ScanVerdict::Consistent, format!("{first} and {second} differ by {printed}"))
    } else {
        let shown = exact.rounded(u32::from(first.decimals().max(second.decimals())));
        (ScanVerdict::Impossible, format!("{first} and {second} differ by {shown}, not {printed}"))
    };
    Some(ComparedNumbers { tokens: from..by + 2, relation: Relation::Difference, verdict, sentence })
}

/// A printed difference against the two shares of its sentence.
fn of_shares(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    let [first, other] = context.sentence.shares.as_slice() else { return };
    let printed: Vec<(usize, Figure)> = (0..tokens.len()).filter_map(|at| difference(tokens, at)).collect();
    let ([(at, figure)], false) = (printed.as_slice(), tokens.iter().any(|token| token.is_among(&ADJUSTED))) else {
        return;
    };
    let (Some(first_read), Some(other_read)) = (percents(first), percents(other)) else { return };
    let low = &first_read.low - &other_read.high;
    let high = &first_read.high - &other_read.low;
    let between = RoundingInterval::closed(low.clone(), high.clone());
    let reversed = RoundingInterval::closed(-high, -low);
    let own = RoundingInterval::nearest(*figure);
    let (verdict, sentence) = if between.meets(&own) || reversed.meets(&own) {
        (ScanVerdict::Consistent, format!("the two percentages differ by {figure}"))
    } else {
        let middle = (&between.low + &between.high) / num_bigint::BigInt::from(2);
        let shown = Exact::Ratio(middle).rounded(u32::from(figure.decimals().max(1)));
        (ScanVerdict::Impossible, format!("the two percentages differ by {shown} points, not {figure}"))
    };
    let start = first.tokens.start.min(*at);
    found.push(ComparedNumbers { tokens: start..at + 1, relation: Relation::Difference, verdict, sentence });
}

/// The number of a difference of percentages, with its token.
fn difference(tokens: &[Token<'_>], word: usize) -> Option<(usize, Figure)> {
    if !tokens.get(word)?.is("difference") {
        return None;
    }
    let at =
        (word + 1..=word + MOST_BETWEEN).find(|at| tokens.get(*at).is_some_and(|token| token.figure().is_some()))?;
    let is_joined = |token: &Token<'_>| {
        token.is_one_of(&["of", "was", "between", "groups", "in"])
            || matches!(token.kind, Kind::Comma | Kind::Colon | Kind::Equals | Kind::Open)
    };
    let joins = tokens.get(word + 1..at)?.iter().all(is_joined);
    let kind = word.checked_sub(1).and_then(|before| tokens.get(before));
    let of_risk = kind.is_some_and(|token| token.is_one_of(&["a", "absolute", "rate", "risk", "the"]));
    let in_points = tokens.get(at + 1).is_some_and(|token| token.is("percentage") || token.kind == Kind::Percent);
    Some((at, tokens.get(at)?.figure()?)).filter(|_| joins && in_points && of_risk)
}

/// What the percentage of a share can be: exact where its fraction is printed.
fn percents(share: &PrintedShare) -> Option<RoundingInterval> {
    match (share.n, share.of, share.percent) {
        (Some(n), Some(of), _) => percent_of(n, of).map(|exact| RoundingInterval::closed(exact.clone(), exact)),
        (_, _, Some(percent)) => Some(RoundingInterval::nearest(percent)),
        (_, None, None) | (None, _, None) => None,
    }
}
