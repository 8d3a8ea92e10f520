//! The printed numbers of a sentence that a claim can be made of.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use crate::check::printed::Printed;
use crate::check::scan::nouns::{is_case, is_unit, is_year, names_a_part};
use crate::check::scan::token::{Kind, Token};
use crate::schema::lexical::calendar::month_of;

/// A number as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrintedNumber {
    /// Its first token in the sentence.
    pub at: usize,
    /// The text, with its unit, percentage or interval.
    pub printed: String,
    /// What it can be a number of.
    pub nature: NumberNature,
}

/// What a printed number can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberNature {
    /// A number of cases, and nothing else: `4 of 5`, `80 %`, `all`.
    Share,
    /// A whole number without a unit; true where the cases are named behind it.
    Count(bool),
    /// A measured number, a mean, a range.
    Measured,
    /// The p of a test, which is of two groups and of no variable alone.
    Probability,
    /// A ratio of two numbers, such as `1.4:1`, which is of no number alone.
    Ratio,
}

/// Most tokens of one printed number: `8/20 (40%; 95% CI 22-61%)` has 16.
const MOST_TOKENS: usize = 18;

/// The numbers of a sentence, in its order.
pub(super) fn numbers(text: &str, sentence: &[Token<'_>]) -> Vec<PrintedNumber> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.len() {
        at = match number(text, sentence, at) {
            Some((number, end)) => {
                found.push(number);
                end.max(at + 1)
            }
            None => at + 1,
        };
    }
    found
}

/// The number that begins at a token, and the position after it.
fn number(text: &str, sentence: &[Token<'_>], at: usize) -> Option<(PrintedNumber, usize)> {
    let first = sentence.get(at)?;
    if let Some(end) = all_but(sentence, at) {
        let printed = text.get(first.at..sentence.get(end - 1)?.end())?.to_owned();
        return Some((PrintedNumber { at, printed, nature: NumberNature::Share }, end));
    }
    if first.is("all") {
        return is_all_cases(sentence, at)
            .then(|| (PrintedNumber { at, printed: "all".to_owned(), nature: NumberNature::Share }, at + 1));
    }
    if let Some(end) = probability(sentence, at) {
        let printed = text.get(first.at..sentence.get(end - 1)?.end())?.to_owned();
        return Some((PrintedNumber { at, printed, nature: NumberNature::Probability }, end));
    }
    let is_name = is_name(sentence.get(..at).unwrap_or_default());
    if !matches!(first.kind, Kind::Number(_) | Kind::Compare(_)) || is_name || is_year(first) {
        return None;
    }
    let ends = (at + 1..=sentence.len().min(at + MOST_TOKENS)).rev();
    ends.filter_map(|end| {
        let written = text.get(first.at..sentence.get(end - 1)?.end())?;
        let (printed, unit) = Printed::parse_with_unit(written).ok()?;
        let nature = nature(&printed, unit.is_some(), sentence.get(at..)?);
        Some((PrintedNumber { at, printed: written.to_owned(), nature }, end))
    })
    .next()
}

/// The position after `all but two`.
fn all_but(sentence: &[Token<'_>], at: usize) -> Option<usize> {
    let [all, but, number] = sentence.get(at..at + 3)? else { return None };
    let is_form = all.is("all") && but.is("but") && number.count().is_some();
    is_form.then_some(at + 3)
}

/// The position after `P = .51`, `p-value < 0.05`.
fn probability(sentence: &[Token<'_>], at: usize) -> Option<usize> {
    let names = sentence.get(at)?.is_one_of(&["p", "p-value"]);
    let sign = at + 1 + usize::from(sentence.get(at + 1)?.is("value"));
    let is_sign = matches!(sentence.get(sign)?.kind, Kind::Equals | Kind::Compare(_));
    (names && is_sign && sentence.get(sign + 1)?.figure().is_some()).then_some(sign + 2)
}

/// True behind `Figure`, and behind `Figures 2, 3 and`.
fn is_name(before: &[Token<'_>]) -> bool {
    let is_listed = |token: &&Token<'_>| {
        matches!(token.kind, Kind::Number(_) | Kind::Pair(..) | Kind::Comma | Kind::Dash) || token.is("and")
    };
    let first = before.iter().rev().find(|token| !is_listed(token));
    first.is_some_and(|token| names_a_part(token) || month_of(token.text).is_some())
}

/// True for the `all` of `all our patients`.
fn is_all_cases(sentence: &[Token<'_>], at: usize) -> bool {
    let ahead = sentence.get(at + 1..).unwrap_or_default();
    let noun = ahead.iter().take(3).find(|token| !token.is_one_of(&["our", "the", "of", "these", "those"]));
    noun.is_some_and(is_case)
}

fn nature(printed: &Printed, has_unit: bool, from: &[Token<'_>]) -> NumberNature {
    match printed {
        Printed::OfN { .. }
        | Printed::CountPercent { .. }
        | Printed::Percent(_)
        | Printed::PercentWithInterval { .. }
        | Printed::All
        | Printed::AllBut(_)
        | Printed::None => NumberNature::Share,
        Printed::Ratio { .. } => NumberNature::Ratio,
        Printed::Number(figure) if figure.count().is_some() && !has_unit => {
            let behind = from.get(1);
            let is_measured = behind
                .is_some_and(|token| is_unit(token) || matches!(token.kind, Kind::Dash | Kind::Slash | Kind::Other));
            let names_cases = from.iter().skip(1).take(2).any(is_case);
            if is_measured { NumberNature::Measured } else { NumberNature::Count(names_cases) }
        }
        Printed::Number(_)
        | Printed::MeanSd { .. }
        | Printed::MeanSe { .. }
        | Printed::Interval(_)
        | Printed::PercentInterval(_)
        | Printed::WithInterval { .. }
        | Printed::WithTwoIntervals { .. }
        | Printed::WithBounds { .. }
        | Printed::Censored { .. } => NumberNature::Measured,
    }
}
