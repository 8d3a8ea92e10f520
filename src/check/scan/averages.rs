//! Means and medians with what is printed beside them: SD, range, quartiles, the number of cases.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::heads::CellForm;
use super::nouns::{is_case, is_circumstance, is_unit, is_year};
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict, of};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::Judgement;
use crate::check::arithmetic::average::{PrintedMean, Steps};
use crate::check::arithmetic::granularity::Granularity;
use crate::check::arithmetic::interval;
use crate::check::arithmetic::spread::RangeOfValues;
use crate::check::printed::Figure;
use std::ops::Range;

/// Words between the name of an average and its number.
const MOST_BEFORE: usize = 14;
/// Words between a range and the average behind it.
const MOST_JOINED: usize = 3;
/// Numbers of cases that a mean is tried with.
const MOST_TRIED: usize = 40;

/// Which average it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Average {
    Mean,
    Median,
}

/// What the two numbers of an interval are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IntervalEnds {
    /// The smallest and the largest value.
    Extremes,
    /// Quartiles, or the text does not say.
    Other,
}

/// An average with what is printed after it.
struct PrintedAverage<'a, 't> {
    average: Average,
    /// The words between its name and its number.
    about: &'a [Token<'t>],
    value: Figure,
    unit: Option<&'a Token<'t>>,
    sd: Option<Figure>,
    ends: Option<(Figure, Figure, IntervalEnds)>,
    /// The quartiles and the extremes, where both are named.
    both: Option<[(Figure, Figure); 2]>,
    tokens: Range<usize>,
}

/// Holds every mean and median of a sentence against what is printed beside it.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    found.extend((0..tokens.len()).filter_map(|at| unnamed(tokens, at).or_else(|| with_range(tokens, at))));
    found.extend(cell(context));
    for (at, token) in tokens.iter().enumerate() {
        let average = match token {
            token if token.is_one_of(&["mean", "average"]) => Average::Mean,
            token if token.is("median") => Average::Median,
            _ => continue,
        };
        let Some(printed) = printed(tokens, at, average) else { continue };
        let mut judged = Vec::new();
        range(&printed, &mut judged);
        if printed.average == Average::Mean {
            mean(context, &printed, &mut judged);
        }
        let relation = if average == Average::Mean { Relation::Mean } else { Relation::Median };
        let found_of =
            |(verdict, sentence)| ComparedNumbers { tokens: printed.tokens.clone(), relation, verdict, sentence };
        found.extend(judged.into_iter().map(found_of));
    }
}

fn printed<'a, 't>(tokens: &'a [Token<'t>], name: usize, average: Average) -> Option<PrintedAverage<'a, 't>> {
    let at = (name + 1..=name + MOST_BEFORE).find(|at| is_value(tokens, *at))?;
    let about = tokens.get(name + 1..at)?;
    let is_other = |token: &Token<'_>| {
        token.is_one_of(&["mean", "median", "average", "standard", "difference", "ratio", "respectively", "sd"])
            || matches!(token.kind, Kind::Semicolon | Kind::Percent | Kind::Compare(_) | Kind::Reference | Kind::Other)
            || matches!(token.kind, Kind::Pair(..))
    };
    if about.iter().any(is_other) || is_circumstance(tokens, at) {
        return None;
    }
    let value = tokens.get(at)?.figure()?;
    let (unit, mut end) = unit(tokens, at + 1);
    let mut printed =
        PrintedAverage { average, about, value, unit, sd: None, ends: None, both: None, tokens: name..end };
    if tokens.get(end).is_some_and(|token| token.kind == Kind::PlusMinus) {
        printed.sd = tokens.get(end + 1).and_then(Token::figure);
        end += 2 + usize::from(tokens.get(end + 2).is_some_and(is_unit));
    }
    printed.tokens.end = end;
    beside(tokens, &mut printed);
    if printed.ends.is_none() {
        before(tokens, &mut printed);
    }
    Some(printed)
}

/// The unit at a position and the position after it: `years`, `mg/L`, `cells/µL`.
fn unit<'a, 't>(tokens: &'a [Token<'t>], at: usize) -> (Option<&'a Token<'t>>, usize) {
    let is_per =
        |at: usize| matches!(tokens.get(at..at + 2), Some([slash, of]) if slash.kind == Kind::Slash && is_unit(of));
    let first = tokens.get(at).filter(|token| is_unit(token) || token.kind == Kind::Word && is_per(at + 1));
    let mut end = at + usize::from(first.is_some());
    while first.is_some() && is_per(end) {
        end += 2;
    }
    (first, end)
}

/// Reads the range before a bracket that holds the average: `aged 3-16 years (mean 8.9)`.
fn before(tokens: &[Token<'_>], printed: &mut PrintedAverage<'_, '_>) {
    const NAMES: [&str; 6] = ["aged", "range", "ranged", "ranging", "from", "between"];
    let Some(open) = behind_range(tokens, printed) else { return };
    for start in open.saturating_sub(5)..open {
        let named = tokens.get(start.saturating_sub(2)..start).unwrap_or_default();
        let Some((low, high, end)) = interval(tokens, start, printed.unit) else { continue };
        // `between 2010 and 2020 (median follow-up 5 years)`
        if tokens.get(start).is_some_and(is_year) {
            return;
        }
        if end == open && named.iter().any(|token| token.is_one_of(&NAMES)) {
            printed.ends = Some((low, high, IntervalEnds::Extremes));
            printed.tokens.start = start;
            return;
        }
    }
}

/// The position behind the range that may stand before an average: that of the bracket it is in, or of the words that join
/// them, `ranged from 4 to 76 years with a mean of 44.3 years`, where nothing else is averaged.
fn behind_range(tokens: &[Token<'_>], printed: &PrintedAverage<'_, '_>) -> Option<usize> {
    let name = printed.tokens.start;
    let before = name.checked_sub(1)?;
    if tokens.get(before)?.kind == Kind::Open {
        return Some(before);
    }
    let joins = |token: &&Token<'_>| token.kind == Kind::Comma || token.is_one_of(&["with", "a", "and", "the"]);
    let joined = tokens.get(..name)?.iter().rev().take(MOST_JOINED).take_while(joins).count();
    let is_of_same = printed.about.iter().all(|token| {
        matches!(token.kind, Kind::Equals | Kind::Colon) || token.is_one_of(&["of", "was", "age", "value"])
    });
    let is_age = |token: &Token<'_>| token.is_one_of(&["age", "ages", "aged"]);
    let is_of_ages = !printed.about.iter().any(is_age) || tokens.get(..name)?.iter().any(is_age);
    (joined > 0 && is_of_same && is_of_ages && printed.unit.is_some()).then(|| name - joined)
}

/// A number with its quartiles in a bracket and without a name, which is a median: `score 4 (IQR 3-5)`.
fn unnamed(tokens: &[Token<'_>], at: usize) -> Option<ComparedNumbers> {
    let value = tokens.get(at)?.figure()?;
    let (unit, open) = unit(tokens, at + 1);
    let is_named = tokens
        .get(at.saturating_sub(MOST_BEFORE)..at)?
        .iter()
        .any(|token| token.is_one_of(&["mean", "median", "average"]));
    let is_quartiles =
        tokens.get(open)?.kind == Kind::Open && tokens.get(open + 1)?.is_one_of(&["iqr", "interquartile"]);
    if !is_quartiles || is_named {
        return None;
    }
    let (low, high, end) = interval(tokens, open + 2, unit)?;
    let (verdict, sentence) = of(interval::judge(value, low, high));
    Some(ComparedNumbers { tokens: at..end, relation: Relation::Median, verdict, sentence })
}

/// A number with its SD and an interval that has no name, which is its range: `14.2 ± 5.6 mm (7–31 mm)`.
fn with_range(tokens: &[Token<'_>], at: usize) -> Option<ComparedNumbers> {
    let [value, sign, sd] = tokens.get(at..at + 3)? else { return None };
    let value = value.figure().filter(|_| sign.kind == Kind::PlusMinus && sd.figure().is_some())?;
    let (unit, open) = unit(tokens, at + 3);
    let (low, high, end) = interval(tokens, open + 1, unit)?;
    let is_form = tokens.get(open)?.kind == Kind::Open
        && tokens.get(open + 1)?.figure().is_some()
        && tokens.get(end).is_some_and(|token| token.kind == Kind::Close);
    let (verdict, sentence) = match of(interval::judge(value, low, high)) {
        (ScanVerdict::Impossible, sentence) => {
            (ScanVerdict::Conditional, format!("only if it is the range of other values: {sentence}"))
        }
        judged => judged,
    };
    is_form.then_some(ComparedNumbers { tokens: at..end, relation: Relation::Mean, verdict, sentence })
}

/// A cell under a head, or beside a label, that names a median and its interval: `6 (4-9)`.
fn cell(context: &Context<'_>) -> Option<ComparedNumbers> {
    if context.sentence.form != CellForm::MedianInterval {
        return None;
    }
    let [value, open, low, join, high, close] = context.sentence.tokens else { return None };
    let joins = matches!(join.kind, Kind::Dash | Kind::Semicolon | Kind::Comma) || join.is("to");
    let is_form = open.kind == Kind::Open && joins && close.kind == Kind::Close;
    let (verdict, sentence) = of(interval::judge(value.figure()?, low.figure()?, high.figure()?));
    is_form.then_some(ComparedNumbers { tokens: 0..6, relation: Relation::Median, verdict, sentence })
}

/// True for a number that is not one of cases: the 5.9 of `the mean age of our 5 patients was 5.9`.
fn is_value(tokens: &[Token<'_>], at: usize) -> bool {
    let is_number = tokens.get(at).is_some_and(|token| token.figure().is_some());
    let is_of_cases = tokens.iter().skip(at + 1).take(2).any(is_case);
    let is_stated = matches!(tokens.get(at.saturating_sub(2)..at), Some([name, equals]) if name.is("n") && equals.kind == Kind::Equals);
    is_number && !is_of_cases && !is_stated
}

/// Reads the SD and the interval after an average.
fn beside<'t>(tokens: &[Token<'t>], printed: &mut PrintedAverage<'_, 't>) {
    let start = printed.tokens.end;
    let is_opening = tokens.get(start).is_some_and(|token| matches!(token.kind, Kind::Open | Kind::Comma));
    let is_running = tokens.get(start).is_some_and(|token| token.is_one_of(&["range", "ranging", "sd", "with"]));
    if !is_opening && !is_running {
        return;
    }
    let is_bracket = tokens.get(start).is_some_and(|token| token.kind == Kind::Open);
    let is_end = |token: &Token<'_>| {
        if is_bracket {
            token.kind == Kind::Close
        } else {
            matches!(token.kind, Kind::Open | Kind::Close | Kind::Semicolon)
                || token.is_one_of(&["and", "mean", "median", "p"])
        }
    };
    let rest = tokens.get(start + 1..).unwrap_or_default();
    let length = rest.iter().take(16).position(is_end).unwrap_or(rest.len().min(16));
    let inner = rest.get(..length).unwrap_or_default();
    let named = |names: &[&str]| {
        let from = if is_running { start } else { start + 1 };
        (from..start + 1 + length).find(|at| tokens.get(*at).is_some_and(|token| token.is_one_of(names)))
    };
    if let Some(sd) = named(&["sd", "deviation"]) {
        let figure = tokens.get(sd + 1..sd + 3).unwrap_or_default().iter().find_map(Token::figure);
        if figure.is_some() {
            printed.sd = printed.sd.or(figure);
            printed.tokens.end = start + 1 + length;
        }
    }
    let extremes = named(&["range", "ranging", "ranged", "min-max"]);
    let quartiles = named(&["iqr", "interquartile", "quartiles", "quartile"]);
    let is_confidence = inner.iter().any(|token| token.is_one_of(&["ci", "confidence", "se", "sem", "n"]));
    let from = match (extremes, quartiles) {
        (Some(at), None) => at + 1 - start,
        (_, Some(at)) => at + 1 - start,
        (None, None) if is_bracket && printed.sd.is_none() && !is_confidence => 1,
        (None, None) => return,
    };
    if let (Some(extremes), Some(quartiles)) = (extremes, quartiles) {
        let of = |at: usize| interval(tokens, at + 1, printed.unit).map(|(low, high, _)| (low, high));
        printed.both = of(quartiles).zip(of(extremes)).map(|(quartiles, extremes)| [quartiles, extremes]);
    }
    let Some((low, high, end)) = interval(tokens, start + from, printed.unit) else { return };
    let is_extremes = extremes.is_some() && quartiles.is_none();
    printed.ends = Some((low, high, if is_extremes { IntervalEnds::Extremes } else { IntervalEnds::Other }));
    printed.tokens.end = end;
}

/// Two numbers in the unit of the average: `5–10`, `from 5 to 10 years`, `: 5, 10`.
fn interval(tokens: &[Token<'_>], from: usize, unit: Option<&Token<'_>>) -> Option<(Figure, Figure, usize)> {
    let is_filler = |token: &Token<'_>| {
        matches!(token.kind, Kind::Colon | Kind::Equals | Kind::Comma | Kind::Open)
            || token.is_one_of(&["from", "of", "range", "was", "between"])
    };
    let at = (from..from + 4).find(|at| tokens.get(*at).is_none_or(|token| !is_filler(token)))?;
    let low = tokens.get(at)?.figure()?;
    let mut next = at + 1;
    let of_low = tokens.get(next).filter(|token| is_unit(token));
    next += usize::from(of_low.is_some());
    let joins = tokens.get(next)?;
    if !(matches!(joins.kind, Kind::Dash | Kind::Comma) || joins.is_one_of(&["to", "and"])) {
        return None;
    }
    let high = tokens.get(next + 1)?.figure()?;
    let of_high = tokens.get(next + 2).filter(|token| is_unit(token));
    let is_percent = tokens.get(next + 2).is_some_and(|token| token.kind == Kind::Percent);
    let units = [of_low, of_high, unit];
    let mut known = units.iter().flatten();
    let first = known.next();
    let is_one_unit = first.is_none_or(|first| known.all(|unit| unit.is(first.text)));
    (is_one_unit && !is_percent).then_some((low, high, next + 2 + usize::from(of_high.is_some())))
}

/// Whether the average lies in its interval, and the quartiles in the range.
fn range(printed: &PrintedAverage<'_, '_>, judged: &mut Vec<(ScanVerdict, String)>) {
    if let Some([(first, third), (least, greatest)]) = printed.both
        && (interval::is_below(first, least) || interval::is_below(greatest, third))
    {
        let sentence = format!("the quartiles {first} and {third} do not lie between {least} and {greatest}");
        judged.push((ScanVerdict::Impossible, sentence));
    }
    let Some((low, high, ends)) = printed.ends else { return };
    let (verdict, sentence) = of(interval::judge(printed.value, low, high));
    // A mean may lie outside the quartiles.
    let is_free = printed.average == Average::Mean && ends == IntervalEnds::Other && low.value() <= high.value();
    if !is_free {
        judged.push((verdict, sentence));
    }
}

/// Whether cases that the text states can have the mean, with its SD and its range.
fn mean(context: &Context<'_>, printed: &PrintedAverage<'_, '_>, judged: &mut Vec<(ScanVerdict, String)>) {
    let wholes = context.stated.wholes(&context.sentence.counts, context.place, MOST_TRIED + 1);
    let mut tried: Vec<u64> = wholes.iter().map(|whole| whole.value).filter(|n| *n > 1).take(MOST_TRIED).collect();
    // `22 fractures` is no number of cases that a mean number of fractures is of.
    let noun =
        printed.about.windows(3).find(|part| matches!(part, [number, of, _] if number.is("number") && of.is("of")));
    if let Some([_, _, noun]) = noun {
        let is_of_cases = |n: &u64| !context.stated.named().is_only_of(noun.text, *n);
        if tried.iter().any(is_of_cases) {
            tried.retain(is_of_cases);
        }
    }
    if let (Some((min, max, IntervalEnds::Extremes)), Some(sd)) = (printed.ends, printed.sd) {
        let of_range = |n: u64| RangeOfValues { min, max, n }.judge_mean_sd(printed.value, sd);
        judged.extend(any(&tried, of_range));
    }
    let Some(steps) = steps(printed.about, printed.unit.map(|unit| unit.text)) else { return };
    let mean = PrintedMean { mean: printed.value, sd: printed.sd, steps };
    let near = || context.stated.near_values(context.sentence, context.place);
    let of_near = || any(&near(), |n| mean.judge(n)).filter(|(verdict, _)| *verdict == ScanVerdict::Consistent);
    let Some((verdict, sentence)) = any(&tried, |n| mean.judge(n)) else { return };
    let (verdict, sentence) = match verdict {
        ScanVerdict::Impossible | ScanVerdict::Conditional => of_near().unwrap_or((verdict, sentence)),
        ScanVerdict::Consistent | ScanVerdict::NotCheckable => (verdict, sentence),
    };
    judged.push(match verdict {
        ScanVerdict::Impossible if steps.is_assumed => (ScanVerdict::Conditional, steps.condition(&sentence)),
        verdict => (verdict, sentence),
    });
}

/// The steps of what is averaged, by the words about it and its unit. None where nothing is counted.
pub(in crate::check) fn steps(about: &[Token<'_>], unit: Option<&str>) -> Option<Steps> {
    let says = |words: &[&str]| about.iter().any(|token| token.is_one_of(words));
    let has_unit = |units: &[&str]| unit.is_some_and(|unit| units.iter().any(|known| unit.eq_ignore_ascii_case(known)));
    let is_number_of = about.windows(2).any(|pair| matches!(pair, [number, of] if number.is("number") && of.is("of")));
    if is_number_of && is_rate(about) {
        return None;
    }
    let whole = |is_assumed| Steps { granularity: Granularity::WHOLE, is_assumed };
    if is_number_of || (says(&["score", "scores"]) && has_unit(&["points"])) {
        return Some(whole(false));
    }
    let is_age = says(&["age", "ages"]) && has_unit(&["years", "yr", "yrs", "y"]);
    is_age.then(|| whole(!says(&["completed", "whole"])))
}

/// True for a number in a time, which is averaged over it: `per year`, `weekly`.
fn is_rate(about: &[Token<'_>]) -> bool {
    const RATES: [&str; 10] =
        ["hourly", "daily", "nightly", "weekly", "monthly", "yearly", "annual", "annualised", "annualized", "annually"];
    let per_time = |pair: &[Token<'_>]| matches!(pair, [per, time] if per.is_one_of(&["per", "a", "each", "every"]) && is_unit(time));
    about.iter().any(|token| token.is_one_of(&RATES)) || about.windows(2).any(per_time)
}

/// The judgement of the first number of cases for which something is possible, else that of the first that is tested.
fn any(tried: &[u64], judge: impl Fn(u64) -> Judgement) -> Option<(ScanVerdict, String)> {
    let mut judged: Vec<(ScanVerdict, String)> = Vec::new();
    for n in tried {
        let one = of(judge(*n));
        if matches!(one.0, ScanVerdict::Consistent | ScanVerdict::NotCheckable) {
            return Some(one);
        }
        judged.push(one);
    }
    let conditional = judged.iter().position(|(verdict, _)| *verdict == ScanVerdict::Conditional);
    let others = judged.len().saturating_sub(1);
    let (verdict, sentence) = judged.into_iter().nth(conditional.unwrap_or(0))?;
    let also =
        if others > 0 { format!(" (nor with the other {others} numbers of cases in the text)") } else { String::new() };
    Some((verdict, format!("{sentence}{also}")))
}
