//! Estimates with their confidence intervals, and ratios with their p.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::heads::CellForm;
use super::nouns::{introduces_circumstance, is_circumstance, is_of_cases, is_of_change, is_unit};
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict, of};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::rounding::RoundingInterval;
use crate::check::arithmetic::{Consistency, interval, ratio};
use crate::check::printed::Figure;
use crate::schema::lexical::Comparator;
use num_rational::BigRational;
use num_traits::{One, Signed};

/// Names of estimates that are ratios.
const RATIOS: [&str; 14] =
    ["or", "hr", "rr", "aor", "ahr", "arr", "shr", "irr", "prr", "odds", "hazard", "hazards", "risk", "rate"];

/// Abbreviations of ratios, in the capitals that set `OR` apart from a word.
const ABBREVIATED: [&str; 12] = ["OR", "aOR", "AOR", "cOR", "HR", "aHR", "AHR", "RR", "aRR", "IRR", "SHR", "PRR"];

/// Tokens from the name of a ratio to its estimate.
const MOST_TO_NAME: usize = 7;

/// Tokens between the estimate and its interval.
const MOST_BETWEEN: usize = 5;

/// An estimate with its interval.
struct Estimate {
    value: Figure,
    low: Figure,
    high: Figure,
    /// The level of the interval in percent; none where it is not said.
    level: Option<Figure>,
    is_ratio: bool,
    /// True where the text says that it is a ratio: `OR`, `hazard ratio`.
    is_named_ratio: bool,
    /// True for a percentage of cases.
    is_share: bool,
    /// True for a difference of means.
    is_of_means: bool,
    start: usize,
    end: usize,
}

/// Holds every estimate of a sentence against its interval.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    for at in 0..tokens.len() {
        let of_form = context.sentence.form == CellForm::RatioInterval && at == 0;
        let next = || unnamed(tokens, at, of_form).or_else(|| in_bracket(tokens, at));
        let Some(estimate) = estimate(tokens, at).or_else(next) else { continue };
        let tokens = estimate.start..estimate.end;
        let (verdict, sentence) = judge(&estimate);
        found.push(ComparedNumbers { tokens: tokens.clone(), relation: Relation::Interval, verdict, sentence });
        if let Some((verdict, sentence)) = significance(context, &estimate) {
            found.push(ComparedNumbers { tokens, relation: Relation::PValue, verdict, sentence });
        }
    }
}

/// The estimate whose interval is named at a position: `95% CI`, `confidence interval`.
fn estimate(tokens: &[Token<'_>], at: usize) -> Option<Estimate> {
    let name = tokens.get(at)?;
    let after = if name.is_one_of(&["ci", "cri"]) {
        at + 1
    } else if name.is_one_of(&["confidence", "credible"]) && tokens.get(at + 1)?.is_one_of(&["interval", "limits"]) {
        at + 2
            + 3 * usize::from(matches!(tokens.get(at + 2..at + 5), Some([open, ci, close])
            if open.kind == Kind::Open && ci.is("ci") && close.kind == Kind::Close))
    } else {
        return None;
    };
    let (low, high, end) = ends(tokens, after)?;
    // `95 %` before the name is the level of the interval.
    let level = at.checked_sub(2).filter(|level| {
        tokens.get(*level).is_some_and(|token| token.figure().is_some())
            && tokens.get(*level + 1).is_some_and(|token| token.kind == Kind::Percent)
    });
    let before = level.unwrap_or(at);
    let nearest = last_figure(tokens, before)?;
    let is_joined = |token: &Token<'_>| {
        matches!(token.kind, Kind::Open | Kind::Comma | Kind::Semicolon | Kind::Percent | Kind::Colon)
            || token.is_one_of(&["with", "a"])
            || token.kind == Kind::Slash
            || is_unit(token)
    };
    if !tokens.get(nearest + 1..before)?.iter().all(is_joined) {
        return None;
    }
    let is_of_the =
        matches!(tokens.get(nearest.saturating_sub(2)..nearest), Some([of, the]) if of.is("of") && the.is("the"));
    let start = if is_circumstance(tokens, nearest) && !is_of_the {
        before_circumstance(tokens, nearest)?
    } else {
        of_percentage(tokens, nearest)?
    };
    let value = tokens.get(start)?.figure()?;
    let names = tokens.get(start.saturating_sub(6)..start)?;
    let is_percentage = tokens.get(start + 1).is_some_and(|token| token.kind == Kind::Percent);
    let is_ratio = names.iter().any(|token| token.is_one_of(&RATIOS))
        && !names.iter().any(|token| token.is("difference"))
        && !is_percentage;
    let is_of_means = names.windows(2).any(|pair| matches!(pair, [mean, of] if mean.is("mean") && of.is("difference")));
    let is_named_ratio = is_ratio
        && names.iter().any(|token| token.is("ratio") || ABBREVIATED.contains(&token.text))
        && !is_of_logs(names);
    let is_share = is_percentage && is_of_shares(tokens);
    let level = level.and_then(|at| tokens.get(at)?.figure());
    Some(Estimate { value, low, high, level, is_ratio, is_named_ratio, is_share, is_of_means, start, end })
}

fn last_figure(tokens: &[Token<'_>], before: usize) -> Option<usize> {
    let mut near = (before.saturating_sub(MOST_BETWEEN)..before).rev();
    near.find(|at| tokens.get(*at).is_some_and(|token| token.figure().is_some()))
}

/// The estimate before the time, the dose or the number of persons that a number is: the 2.3 of `2.3 per 100,000 (95% CI`,
/// the 12 of `12 mmHg after 30 min (95% CI`. None where something else stands there.
fn before_circumstance(tokens: &[Token<'_>], number: usize) -> Option<usize> {
    let is_between = |token: &Token<'_>| {
        introduces_circumstance(token) || is_unit(token) || token.is("the") || token.kind == Kind::Percent
    };
    let start = last_figure(tokens, number)?;
    let between = tokens.get(start + 1..number)?;
    (between.iter().all(is_between) && !is_circumstance(tokens, start)).then_some(start)
}

/// The estimate of an interval: not the denominator of `72 % (13 of 18; 95 % CI ...)`, but its percentage. None where the
/// number before the interval is a denominator without one.
fn of_percentage(tokens: &[Token<'_>], start: usize) -> Option<usize> {
    let is_of = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Slash || token.is("of"));
    let the = start.checked_sub(1).filter(|at| tokens.get(*at).is_some_and(|token| token.is("the")));
    let Some(of) = the.unwrap_or(start).checked_sub(1).filter(|at| is_of(*at)) else { return Some(start) };
    let percent = of.checked_sub(4)?;
    let [figure, sign, open] = tokens.get(percent..percent + 3)? else { return None };
    let is_form = figure.figure().is_some() && sign.kind == Kind::Percent && open.kind == Kind::Open;
    is_form.then_some(percent)
}

/// A ratio with an interval that is not named: `OR 0.65 (0.18–1.24)`, or under a head that names both.
fn unnamed(tokens: &[Token<'_>], at: usize, is_of_head: bool) -> Option<Estimate> {
    let [value, open, low, join, high, close] = tokens.get(at..at + 6)? else { return None };
    let (value, low, high) = (value.figure()?, low.figure()?, high.figure()?);
    let is_joined = matches!(join.kind, Kind::Dash | Kind::Comma | Kind::Semicolon) || join.is("to");
    let ends = matches!(close.kind, Kind::Close | Kind::Comma | Kind::Semicolon);
    // Years and the numbers of references have no decimals.
    let has_decimals = low.decimals() > 0 || high.decimals() > 0;
    let is_form = open.kind == Kind::Open && is_joined && ends && has_decimals;
    let is_ratio = is_form && (is_of_head || follows_ratio(tokens.get(..at)?));
    is_ratio.then_some(Estimate {
        value,
        low,
        high,
        level: None,
        is_ratio,
        is_named_ratio: !is_of_logs(tokens),
        is_share: false,
        is_of_means: false,
        start: at,
        end: at + 5,
    })
}

/// A ratio in a bracket with its interval behind a semicolon: `(aOR 2.13; 1.27–3.57)`.
fn in_bracket(tokens: &[Token<'_>], at: usize) -> Option<Estimate> {
    let [open, name, value, divides, low, dash, high, close] = tokens.get(at..at + 8)? else { return None };
    let is_name = ABBREVIATED.contains(&name.text);
    let is_form = matches!(open.kind, Kind::Open | Kind::Comma | Kind::Semicolon)
        && matches!(divides.kind, Kind::Semicolon | Kind::Comma)
        && dash.kind == Kind::Dash
        && matches!(close.kind, Kind::Close | Kind::Semicolon | Kind::Comma);
    let (value, low, high) = (value.figure()?, low.figure()?, high.figure()?);
    (is_name && is_form && low.decimals() > 0).then_some(Estimate {
        value,
        low,
        high,
        level: None,
        is_ratio: true,
        is_named_ratio: true,
        is_share: false,
        is_of_means: false,
        start: at + 2,
        end: at + 7,
    })
}

/// True after the name of a ratio, with nothing but words and signs between: `hazard ratio for death was`.
fn follows_ratio(before: &[Token<'_>]) -> bool {
    let is_between = |token: &&Token<'_>| matches!(token.kind, Kind::Word | Kind::Equals | Kind::Colon | Kind::Comma);
    let near: Vec<&Token<'_>> = before.iter().rev().take(MOST_TO_NAME).take_while(is_between).collect();
    let is_full = |pair: &[&Token<'_>]| match pair {
        [ratio, kind] => {
            (ratio.is("ratio") && kind.is_one_of(&["odds", "hazard", "hazards", "risk", "rate", "prevalence"]))
                || (ratio.is("risk") && kind.is("relative"))
        }
        _ => false,
    };
    near.iter().any(|token| ABBREVIATED.contains(&token.text)) || near.windows(2).any(is_full)
}

/// The ends of an interval: `: 0.18–1.24`, `0.18 to 1.24`, `[0.18, 1.24]`, `58%-84%`.
pub(super) fn ends(tokens: &[Token<'_>], from: usize) -> Option<(Figure, Figure, usize)> {
    let is_filler = |token: &Token<'_>| {
        matches!(token.kind, Kind::Colon | Kind::Equals | Kind::Comma | Kind::Open | Kind::Semicolon)
            || token.is_one_of(&["of", "was", "from"])
    };
    let at = (from..from + 3).find(|at| tokens.get(*at).is_some_and(|token| !is_filler(token)))?;
    let low = tokens.get(at)?.figure()?;
    let percent = |at: usize| usize::from(tokens.get(at).is_some_and(|token| token.kind == Kind::Percent));
    let joins = at + 1 + percent(at + 1);
    let token = tokens.get(joins)?;
    if !(matches!(token.kind, Kind::Dash | Kind::Comma | Kind::Semicolon) || token.is("to")) {
        return None;
    }
    let high = tokens.get(joins + 1)?.figure()?;
    Some((low, high, joins + 2 + percent(joins + 2)))
}

/// True for the logarithm of a ratio, which can be below 0.
fn is_of_logs(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| token.is_one_of(&["log", "ln", "logarithm", "log-odds", "coefficient", "beta"]))
}

/// True for a sentence whose percentages are of cases, and of no change.
fn is_of_shares(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(is_of_cases) && !tokens.iter().any(is_of_change)
}

/// What no method can give, or only one that goes beyond what is possible.
fn beyond(Estimate { value, low, high, is_named_ratio, is_share, .. }: &Estimate) -> Option<(ScanVerdict, String)> {
    if *is_named_ratio && (low.is_negative() || value.is_negative()) {
        return Some((ScanVerdict::Impossible, format!("a ratio is never below 0: {value}, {low} to {high}")));
    }
    let hundred = BigRational::from_integer(100.into());
    let is_beyond = low.is_negative() || high.value() > hundred;
    let is_possible = !value.is_negative() && value.value() <= hundred;
    (*is_share && is_beyond && is_possible).then(|| {
        let sentence = format!("only by Wald's method: {low} to {high} goes beyond 0 and 100 %");
        (ScanVerdict::Conditional, sentence)
    })
}

fn judge(estimate: &Estimate) -> (ScanVerdict, String) {
    let Estimate { value, low, high, is_ratio, is_of_means, .. } = *estimate;
    // A fall by 1.1 is printed beside -1.5 to -0.7.
    let is_fall = !value.is_negative() && low.is_negative() && high.is_negative();
    let fallen = is_fall.then(|| of(interval::judge(value.negated(), low, high)));
    let inside = fallen
        .filter(|(verdict, _)| *verdict == ScanVerdict::Consistent)
        .unwrap_or_else(|| of(interval::judge(value, low, high)));
    if let Some(beyond) = beyond(estimate).filter(|_| inside.0 == ScanVerdict::Consistent) {
        return beyond;
    }
    if is_of_means && inside.0 == ScanVerdict::Consistent && is_off_center(estimate) {
        let sentence =
            format!("only with an interval that is not symmetric: {value} is not the middle of {low} and {high}");
        return (ScanVerdict::Conditional, sentence);
    }
    if is_ratio && inside.0 == ScanVerdict::Consistent {
        let judgement = ratio::judge(value, low, high);
        if judgement.consistency == Consistency::Inconsistent {
            return (ScanVerdict::Conditional, judgement.sentence);
        }
    }
    inside
}

/// True where an estimate is not in the middle of its interval, by more than rounding and a twelfth of its half explain.
fn is_off_center(Estimate { value, low, high, .. }: &Estimate) -> bool {
    let half = BigRational::new(1.into(), 2.into());
    let read = RoundingInterval::nearest;
    let middle = read(*low).sum(&read(*high)).times(&half);
    let off = ((low.value() + high.value()) * &half - value.value()).abs();
    let slack = (high.value() - low.value()) * BigRational::new(1.into(), 25.into());
    !middle.meets(&read(*value)) && off > slack
}

/// Whether a ratio's 95 % interval and its p agree on 1.
fn significance(context: &Context<'_>, estimate: &Estimate) -> Option<(ScanVerdict, String)> {
    let tokens = context.sentence.tokens;
    let at = (estimate.end..estimate.end + 4)
        .find(|at| tokens.get(*at).is_some_and(|token| token.is_one_of(&["p", "p-value"])))?;
    let comparator = match tokens.get(at + 1)?.kind {
        Kind::Equals => None,
        Kind::Compare(comparator) => Some(comparator),
        _ => return None,
    };
    let p = tokens.get(at + 2)?.figure()?;
    if !estimate.is_ratio {
        return None;
    }
    let one = BigRational::one();
    let excludes = estimate.low.value() > one || estimate.high.value() < one;
    let includes = estimate.low.value() < one && estimate.high.value() > one;
    let level = estimate.level.map_or_else(|| BigRational::from_integer(95.into()), |level| level.value());
    let hundred = BigRational::from_integer(100.into());
    let alpha = (&hundred - level) / hundred;
    let is_small = p.value() < alpha && matches!(comparator, None | Some(Comparator::Below | Comparator::AtMost));
    let is_large = p.value() > alpha && matches!(comparator, None | Some(Comparator::Above | Comparator::AtLeast));
    let (low, high) = (estimate.low, estimate.high);
    let said = |contains: &str| {
        format!("the interval {low} to {high} {contains} 1, but p is {}{p}", comparator.map_or("", Comparator::sign))
    };
    match (excludes, includes) {
        (true, _) if is_large => {
            Some((ScanVerdict::Conditional, format!("only if they are of different tests: {}", said("excludes"))))
        }
        (_, true) if is_small => {
            Some((ScanVerdict::Conditional, format!("only if they are of different tests: {}", said("includes"))))
        }
        _ => None,
    }
}
