//! Test statistics with their p, p of a printed two by two table, and p alone.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::nouns::is_power;
use super::sentence_words;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict, of};
use super::{ComparedNumbers, Context};
use crate::check::arithmetic::p_value::{PrintedTest, TestDistribution};
use crate::check::arithmetic::two_by_two::PrintedTwoByTwo;
use crate::check::printed::Figure;
use crate::decimal::Decimal;
use crate::schema::lexical::Comparator;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::ops::Range;

/// A p as printed.
struct P {
    comparator: Option<Comparator>,
    figure: Figure,
    tokens: Range<usize>,
}

/// Tokens from a test statistic to its p.
const MOST_BETWEEN: usize = 10;

/// Holds every p of a sentence against its test statistic, or against the two fractions that are printed.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    let ps: Vec<P> = (0..tokens.len()).filter_map(|at| p_at(tokens, at)).collect();
    for p in &ps {
        alone(p, found);
    }
    found.extend((0..tokens.len()).filter_map(|at| coefficient(tokens, at)));
    for at in 0..tokens.len() {
        let Some((distribution, statistic, end)) = statistic(tokens, at) else { continue };
        let Some(p) = ps.iter().find(|p| (end..=end + MOST_BETWEEN).contains(&p.tokens.start)) else { continue };
        let (verdict, sentence) = match (judge(context, distribution, statistic, p), distribution) {
            ((ScanVerdict::Impossible, sentence), TestDistribution::R(_)) if degrees(tokens, at + 1).is_none() => {
                (ScanVerdict::Conditional, format!("only with another correlation than Pearson's: {sentence}"))
            }
            (judged, _) => judged,
        };
        found.push(ComparedNumbers { tokens: at..p.tokens.end, relation: Relation::Test, verdict, sentence });
    }
    if let [p] = ps.as_slice() {
        found.extend(two_by_two(context, p));
    }
}

/// `r = 1.3`, `κ = 1.2`: neither is ever beyond 1.
fn coefficient(tokens: &[Token<'_>], at: usize) -> Option<ComparedNumbers> {
    let [name, equals, number] = tokens.get(at..at + 3)? else { return None };
    let is_named = ["r", "κ", "kappa"].contains(&name.text) && name.kind == Kind::Word;
    let figure = number.figure().filter(|figure| figure.decimals() > 0)?;
    let one = BigRational::one();
    let is_beyond = figure.value() > one || figure.value() < -one;
    (is_named && equals.kind == Kind::Equals && is_beyond).then(|| ComparedNumbers {
        tokens: at..at + 3,
        relation: Relation::Test,
        verdict: ScanVerdict::Impossible,
        sentence: format!("{} = {figure} is impossible: it lies between -1 and 1", name.text),
    })
}

/// `p = 0.036`, `P < 0.001`, `p-value of 0.03`.
fn p_at(tokens: &[Token<'_>], at: usize) -> Option<P> {
    if !tokens.get(at)?.is_one_of(&["p", "p-value"]) {
        return None;
    }
    let mut next = at + 1;
    next += usize::from(tokens.get(next)?.is_one_of(&["value", "values"]));
    let comparator = match tokens.get(next)?.kind {
        Kind::Equals => None,
        Kind::Compare(comparator) => Some(comparator),
        _ => return None,
    };
    // `p = 2.3 × 10⁻⁵`
    let figure = tokens.get(next + 1)?.figure().filter(|_| !tokens.get(next + 2).is_some_and(is_power))?;
    Some(P { comparator, figure, tokens: at..next + 2 })
}

/// Whether p lies between 0 and 1.
fn alone(p: &P, found: &mut Vec<ComparedNumbers>) {
    let figure = p.figure;
    let judged = if figure.is_negative() || figure.value() > BigRational::one() {
        (ScanVerdict::Impossible, format!("p = {figure} is impossible: p lies between 0 and 1"))
    } else if figure.value().is_zero() && p.comparator.is_none() {
        (ScanVerdict::Conditional, format!("p = {figure} only as a figure of a program that rounds to 0: p is never 0"))
    } else {
        return;
    };
    found.push(ComparedNumbers {
        tokens: p.tokens.clone(),
        relation: Relation::PValue,
        verdict: judged.0,
        sentence: judged.1,
    });
}

/// The test statistic at a position, and the position after it: `t(28) = 2.20`, `F(2, 27) = 3.1`, `χ²(1, N = 90) = 3.84`.
fn statistic(tokens: &[Token<'_>], at: usize) -> Option<(TestDistribution, Figure, usize)> {
    let name = tokens.get(at)?;
    let is_chi = name.is_one_of(&["χ2", "χ²", "x2", "x²", "chi2", "chi-square", "chi-squared", "q"]);
    if !(is_chi || name.is_one_of(&["t", "f", "r", "z"])) {
        return None;
    }
    let number = |figure: Figure| figure.exact().to_f64();
    let (degrees, mut next) = degrees(tokens, at + 1).unwrap_or((Vec::new(), at + 1));
    if tokens.get(next)?.kind != Kind::Equals {
        return None;
    }
    next += 1;
    let statistic = tokens.get(next)?.figure()?;
    next += 1;
    let degrees = match (degrees.is_empty(), later_degrees(tokens, next)) {
        (true, Some((df, end))) => {
            next = end;
            vec![df]
        }
        _ => degrees,
    };
    let distribution = match (degrees.as_slice(), is_chi) {
        ([df], true) => TestDistribution::ChiSquared(df.count()?),
        ([df], false) if name.is("t") => TestDistribution::T(number(*df)),
        ([df], false) if name.is("r") => TestDistribution::R(number(*df)),
        ([one, two], false) if name.is("f") => TestDistribution::F(number(*one), number(*two)),
        ([], false) if name.is("r") => TestDistribution::R(number(cases_of_r(tokens, next)?) - 2.0),
        ([], false) if name.is("z") => TestDistribution::Z,
        _ => return None,
    };
    Some((distribution, statistic, next))
}

/// The degrees of freedom in brackets, without the number of cases.
fn degrees(tokens: &[Token<'_>], open: usize) -> Option<(Vec<Figure>, usize)> {
    if tokens.get(open)?.kind != Kind::Open {
        return None;
    }
    let close = (open + 1..open + 10).find(|at| tokens.get(*at).is_some_and(|token| token.kind == Kind::Close))?;
    let mut found = Vec::new();
    for at in open + 1..close {
        let is_of_cases = at.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(|token| token.is("n"));
        match tokens.get(at)?.kind {
            Kind::Number(figure) if !is_of_cases => found.push(figure),
            Kind::Pair(one, two) => found.extend([one, two]),
            _ => {}
        }
    }
    Some((found, close + 1))
}

/// `, n = 40` after a correlation of more than two cases.
fn cases_of_r(tokens: &[Token<'_>], from: usize) -> Option<Figure> {
    let [join, n, equals, number] = tokens.get(from..from + 4)? else { return None };
    let is_form = matches!(join.kind, Kind::Comma | Kind::Semicolon) && n.is("n") && equals.kind == Kind::Equals;
    number.figure().filter(|figure| is_form && figure.count().is_some_and(|n| n > 2))
}

/// `, df = 28` after a test statistic.
fn later_degrees(tokens: &[Token<'_>], from: usize) -> Option<(Figure, usize)> {
    let at = (from..from + 3).find(|at| tokens.get(*at).is_some_and(|token| token.is_one_of(&["df", "d.f"])))?;
    Some((tokens.get(at + 2)?.figure()?, at + 3)).filter(|_| tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Equals))
}

/// Whether the statistic has the p, two-sided or, where that fails, one-sided.
fn judge(context: &Context<'_>, distribution: TestDistribution, statistic: Figure, p: &P) -> (ScanVerdict, String) {
    let test = |is_one_tailed| {
        PrintedTest { distribution, statistic, comparator: p.comparator, p: p.figure, is_one_tailed }.judge().judgement
    };
    if p.figure.value().is_zero() && p.comparator.is_none() {
        return of_zero(distribution, statistic, p);
    }
    let (verdict, sentence) = of(test(false));
    if verdict != ScanVerdict::Impossible {
        return (verdict, sentence);
    }
    match of(test(true)) {
        (ScanVerdict::Consistent, one_sided) if context.is_one_sided => (ScanVerdict::Consistent, one_sided),
        (ScanVerdict::Consistent, one_sided) => {
            (ScanVerdict::Conditional, format!("only if the test is one-sided: {one_sided}"))
        }
        _ => (ScanVerdict::Impossible, sentence),
    }
}

/// p = 0.000 is the figure of a program that rounds: conditional where p of the statistic rounds to it.
fn of_zero(distribution: TestDistribution, statistic: Figure, p: &P) -> (ScanVerdict, String) {
    let half = Figure::new(Decimal::new(5, p.figure.decimals().saturating_add(1)));
    let comparator = Some(Comparator::Below);
    let test = PrintedTest { distribution, statistic, comparator, p: half, is_one_tailed: false };
    match of(test.judge().judgement) {
        (ScanVerdict::Consistent, sentence) => {
            (ScanVerdict::Conditional, format!("only as a figure of a program that rounds to 0: {sentence}"))
        }
        other => other,
    }
}

/// The p of two fractions that a sentence compares.
fn two_by_two(context: &Context<'_>, p: &P) -> Option<ComparedNumbers> {
    let tokens = context.sentence.tokens;
    let fractions = context.sentence.fractions();
    let [(first, a, m), (second, b, n)] = fractions.as_slice() else { return None };
    let compares = tokens.iter().any(|token| token.is_one_of(&["vs", "versus", "compared", "than", "against", "and"]));
    if !compares
        || second.tokens.end > p.tokens.start
        || tokens.iter().any(|token| token.is_among(&sentence_words::ADJUSTED))
    {
        return None;
    }
    let table = PrintedTwoByTwo { first: (*a, *m), other: (*b, *n), comparator: p.comparator, p: p.figure };
    let (verdict, sentence) = match of(table.judge()?) {
        (ScanVerdict::Impossible, sentence) if !context.names_test => {
            (ScanVerdict::Conditional, format!("only with another test: {sentence}"))
        }
        judged => judged,
    };
    Some(ComparedNumbers { tokens: first.tokens.start..p.tokens.end, relation: Relation::TwoByTwo, verdict, sentence })
}
