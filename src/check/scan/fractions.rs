//! Fractions in words beside the count they say: `a third of the patients (6/18)`, `one in three (6/18)`, `all but one
//! (17/18)`, `none (0/12)`.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "sums of positions in one sentence and small products do not overflow"
)]

use super::nouns::{is_case, is_vague};
use super::share::PrintedShare;
use super::token::{Kind, Token};
use super::verdict::{Relation, ScanVerdict};
use super::{ComparedNumbers, Context};
use num_rational::BigRational;
use num_traits::Signed;

/// Tokens between the words and the count in brackets.
const MOST_BETWEEN: usize = 12;

/// What a text says in words about a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WordedShare {
    /// Nearly so much: `a third`.
    Fraction(u64, u64),
    /// More than a fraction: `more than half`, `the majority`.
    More(u64, u64),
    /// Less than a fraction.
    Less(u64, u64),
    /// All cases but so many.
    AllBut(u64),
    /// No case.
    None,
}

/// Holds every fraction in words against the count in brackets after it.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<ComparedNumbers>) {
    let tokens = context.sentence.tokens;
    for at in 0..tokens.len() {
        let Some((said, end)) = compared(tokens, at).or_else(|| said(tokens, at)) else { continue };
        let Some((share, n, of)) = beside(context, end) else { continue };
        let (verdict, sentence) = judge(said, n, of);
        found.push(ComparedNumbers { tokens: at..share.tokens.end, relation: Relation::Part, verdict, sentence });
    }
}

/// What is said at a position, and the position after it.
fn said(tokens: &[Token<'_>], at: usize) -> Option<(WordedShare, usize)> {
    let first = tokens.get(at)?;
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    if before.is_some_and(|token| is_vague(token) || token.is_one_of(&["a", "an", "just", "other"])) && !first.is("all")
    {
        return None;
    }
    if first.is("all") && tokens.get(at + 1)?.is_one_of(&["but", "except"]) {
        return Some((WordedShare::AllBut(tokens.get(at + 2)?.count()?), at + 3));
    }
    if first.is("none") {
        return Some((WordedShare::None, at + 1));
    }
    if let Some((n, of)) = one_word(first) {
        return Some((WordedShare::Fraction(n, of), at + 1));
    }
    let second = tokens.get(at + 1)?;
    let n = if first.is_one_of(&["a", "an"]) { 1 } else { first.count()? };
    if let Some(of) = part(second).filter(|_| n > 0) {
        return Some((WordedShare::Fraction(n, of), at + 2));
    }
    // `one in three`; what is larger is a count: `one in 18 patients`.
    let of = tokens.get(at + 2)?.count().filter(|of| second.is("in") && n > 0 && n < *of && *of <= 10)?;
    let is_word = first.text.starts_with(char::is_alphabetic);
    is_word.then_some((WordedShare::Fraction(n, of), at + 3))
}

/// `more than half of the patients`, `less than a third`, `the majority`, with the cases or the bracket right behind.
fn compared(tokens: &[Token<'_>], at: usize) -> Option<(WordedShare, usize)> {
    let first = tokens.get(at)?;
    let than = tokens.get(at + 1)?.is("than");
    let (said, end) = if first.is("majority") {
        (WordedShare::More(1, 2), at + 1)
    } else {
        let is_more = (first.is("more") && than) || first.is("over");
        let is_less = first.is_one_of(&["less", "fewer"]) && than;
        let (n, of, end) = plain_fraction(tokens, at + 1 + usize::from(than)).filter(|_| is_more || is_less)?;
        (if is_more { WordedShare::More(n, of) } else { WordedShare::Less(n, of) }, end)
    };
    let is_filler = |token: &&Token<'_>| token.is_one_of(&["of", "the", "our", "these", "all"]);
    let behind = end + tokens.get(end..)?.iter().take_while(is_filler).count();
    let next = tokens.get(behind)?;
    (next.kind == Kind::Open || is_case(next)).then_some((said, end))
}

/// `half`, `two-thirds`, `a third`, and the position after it.
fn plain_fraction(tokens: &[Token<'_>], at: usize) -> Option<(u64, u64, usize)> {
    if let Some((n, of)) = one_word(tokens.get(at)?) {
        return Some((n, of, at + 1));
    }
    let first = tokens.get(at)?;
    let n = if first.is_one_of(&["a", "one"]) { 1 } else { first.count()? };
    Some((n, part(tokens.get(at + 1)?)?, at + 2))
}

/// `half`, `two-thirds`, `three-quarters`.
fn one_word(token: &Token<'_>) -> Option<(u64, u64)> {
    if token.is("half") {
        return Some((1, 2));
    }
    let (n, of) = token.text.split_once('-').filter(|_| token.kind == Kind::Word)?;
    let n = ["one", "two", "three", "four"].iter().position(|word| n.eq_ignore_ascii_case(word))?;
    let of = part(&Token { text: of, ..*token })?;
    Some((n as u64 + 1, of)).filter(|(n, of)| n < of)
}

/// The parts of a fraction: `third`, `quarters`.
fn part(token: &Token<'_>) -> Option<u64> {
    let names: [(&[&str], u64); 4] = [
        (&["third", "thirds"], 3),
        (&["quarter", "quarters"], 4),
        (&["fifth", "fifths"], 5),
        (&["tenth", "tenths"], 10),
    ];
    names.into_iter().find(|(names, _)| token.is_one_of(names)).map(|(_, of)| of)
}

/// The count with its denominator in the bracket after the words, with no other number between.
fn beside<'c>(context: &'c Context<'_>, from: usize) -> Option<(&'c PrintedShare, u64, u64)> {
    let tokens = context.sentence.tokens;
    let open = (from..=from + MOST_BETWEEN)
        .find(|at| tokens.get(*at).is_none_or(|token| !matches!(token.kind, Kind::Word | Kind::Dash | Kind::Slash)))?;
    if tokens.get(open)?.kind != Kind::Open {
        return None;
    }
    let share = context.sentence.shares.iter().find(|share| share.tokens.start == open + 1)?;
    Some((share, share.n?, share.of?))
}

fn judge(said: WordedShare, n: u64, of: u64) -> (ScanVerdict, String) {
    let (is_exact, text) = match said {
        WordedShare::None => (n == 0, format!("none, but {n} of {of}")),
        WordedShare::AllBut(left) => {
            (n.saturating_add(left) == of, format!("all but {left} of {of} are {}, not {n}", of.saturating_sub(left)))
        }
        WordedShare::More(part, whole) => {
            (times(n, whole) > times(part, of), format!("{n} of {of} is not more than {part}/{whole}"))
        }
        WordedShare::Less(part, whole) => {
            (times(n, whole) < times(part, of), format!("{n} of {of} is not less than {part}/{whole}"))
        }
        WordedShare::Fraction(part, whole) => return fraction((part, whole), n, of),
    };
    if is_exact {
        (ScanVerdict::Consistent, format!("{n} of {of}, as the words say"))
    } else {
        (ScanVerdict::Impossible, text)
    }
}

fn times(one: u64, other: u64) -> u128 {
    u128::from(one) * u128::from(other)
}

/// Nearly the fraction: the whole number next to it, or within a twentieth of the cases. Within a tenth it is a round
/// figure.
fn fraction((part, whole): (u64, u64), n: u64, of: u64) -> (ScanVerdict, String) {
    if of == 0 {
        return (ScanVerdict::NotCheckable, "0 cases have no fraction".to_owned());
    }
    let ratio = |one: u64, other: u64| BigRational::new(one.into(), other.into());
    let apart = (ratio(n, of) - ratio(part, whole)).abs();
    let is_next = &apart * ratio(of, 1) < ratio(1, 1);
    let text = format!("{n} of {of} is {part}/{whole}");
    if is_next || apart <= ratio(1, 20) {
        (ScanVerdict::Consistent, format!("{text}, nearly"))
    } else if apart <= ratio(1, 10) {
        (ScanVerdict::Conditional, format!("only as a round figure: {n} of {of} is not {part}/{whole}"))
    } else {
        (ScanVerdict::Impossible, format!("{n} of {of} is not {part}/{whole}"))
    }
}
