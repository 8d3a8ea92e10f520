//! A count with its denominator and its percentage, as one of many forms: `36/50`, `36 (72 %)`, `72 % (36 patients)`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::nouns::{is_case, is_label, is_plural, is_unit, is_vague, is_year};
use super::sentence_words;
use super::token::{Kind, Token};
use crate::check::printed::Figure;
use std::ops::Range;

/// How sure it is that a count and a percentage belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bond {
    /// They are side by side, or with the noun of the count between them.
    Close,
    /// There are other words between them.
    Loose,
}

/// A share of cases as printed: two or three of a count, its denominator and a percentage.
#[derive(Debug, Clone)]
pub(super) struct PrintedShare {
    pub n: Option<u64>,
    pub of: Option<u64>,
    /// The denominator behind the percentage: `19 (63 %) of 30`.
    pub behind: Option<u64>,
    pub percent: Option<Figure>,
    pub bond: Bond,
    pub tokens: Range<usize>,
}

/// Words that may stand between a count and its percentage.
const MOST_BETWEEN: usize = 6;

/// What a share can be of, without its number.
const WHOLES: [&str; 12] =
    ["them", "total", "whole", "all", "series", "cohort", "sample", "population", "these", "those", "whom", "our"];

/// `18 (36)`, `18/50 (36)` under a head that says `n (%)`.
pub(super) fn bare_percent(tokens: &[Token<'_>]) -> Option<PrintedShare> {
    let (n, of, open, percent, close) = match tokens {
        [n, open, percent, close] => (n, None, open, percent, close),
        [n, slash, of, open, percent, close] if slash.kind == Kind::Slash => {
            (n, Some(of.count()?), open, percent, close)
        }
        _ => return None,
    };
    let (n, percent) = (n.count()?, percent.figure()?);
    let is_form = open.kind == Kind::Open && close.kind == Kind::Close && !percent.is_negative();
    let tokens = 0..tokens.len();
    is_form.then_some(PrintedShare { n: Some(n), of, behind: None, percent: Some(percent), bond: Bond::Close, tokens })
}

/// A percentage in a cell of its own, beside the cell of its count.
pub(super) fn beside_count(tokens: &[Token<'_>], n: u64) -> Option<PrintedShare> {
    let (figure, rest) = tokens.split_first()?;
    let is_alone = rest.is_empty() || matches!(rest, [sign] if sign.kind == Kind::Percent);
    let percent = figure.figure().filter(|figure| is_alone && !figure.is_negative())?;
    Some(PrintedShare {
        n: Some(n),
        of: None,
        behind: None,
        percent: Some(percent),
        bond: Bond::Close,
        tokens: 0..tokens.len(),
    })
}

/// A share that begins at a position.
pub(super) fn share(tokens: &[Token<'_>], at: usize) -> Option<PrintedShare> {
    let number = tokens.get(at)?.figure()?;
    let is_vague = before(tokens, at).is_some_and(|token| is_vague(token) && !token.is("to"));
    if kind(tokens, at + 1) == Some(Kind::Percent) {
        return if is_vague { None } else { percent_first(tokens, at, number) };
    }
    if is_year(tokens.get(at)?) && kind(tokens, at + 1) == Some(Kind::Open) {
        return None;
    }
    // Behind a colon only a fraction is a count: `Relapse: 3 of 14 (21 %)`, `Relapse: 3/14 (21 %)`.
    let follows_colon = before(tokens, at).is_some_and(|token| token.kind == Kind::Colon);
    let has_percent = || denominator(tokens, at).and_then(|(_, end)| percent_after(tokens, end)).is_some();
    let is_fraction = || {
        tokens.get(at + 1).is_some_and(|token| token.is_one_of(&["of", "out"]))
            || kind(tokens, at + 1) == Some(Kind::Slash) && has_percent()
    };
    let n = match counting(tokens, at) {
        None if follows_colon && is_fraction() => tokens.get(at)?.count()?,
        counted => counted?,
    };
    if let Some((of, end)) = denominator(tokens, at) {
        let (percent, end) = percent_after(tokens, end).unwrap_or((None, end));
        return Some(PrintedShare {
            n: Some(n),
            of: Some(of),
            behind: None,
            percent,
            bond: Bond::Close,
            tokens: at..end,
        });
    }
    if let Some(share) = behind_noun(tokens, at, n) {
        return Some(share);
    }
    let next = before(tokens, at).map(|token| token.kind);
    if let (Some(Kind::Open | Kind::Equals), Some(Kind::Comma | Kind::Semicolon), Some(Kind::Percent)) =
        (next, kind(tokens, at + 1), kind(tokens, at + 3))
    {
        let percent = tokens.get(at + 2)?.figure()?;
        let is_share = !tokens.get(at + 4).is_some_and(|token| token.is_among(&sentence_words::NO_SHARE));
        return is_share.then(|| PrintedShare {
            n: Some(n),
            of: None,
            behind: None,
            percent: Some(percent),
            bond: Bond::Close,
            tokens: at..at + 4,
        });
    }
    let (words, bond) = words_between(tokens, at + 1)?;
    let (percent, end) = percent_bracket(tokens, words)?;
    Some(PrintedShare { n: Some(n), of: None, behind: None, percent: Some(percent), bond, tokens: at..end })
}

/// A count with its noun and its percentage in a bracket: `(76 boys, 52.4%)`.
fn behind_noun(tokens: &[Token<'_>], at: usize, n: u64) -> Option<PrintedShare> {
    let [open, _, noun, comma, percent, sign, end] = tokens.get(at.checked_sub(1)?..at + 6)? else { return None };
    let is_form = open.kind == Kind::Open && is_case(noun) && comma.kind == Kind::Comma && sign.kind == Kind::Percent;
    let ends = matches!(end.kind, Kind::Close | Kind::Semicolon | Kind::Comma);
    let percent = Some(percent.figure()?);
    (is_form && ends).then(|| PrintedShare {
        n: Some(n),
        of: None,
        behind: None,
        percent,
        bond: Bond::Close,
        tokens: at..at + 5,
    })
}

/// The denominator after a count: `/50`, `of 50`, `out of the 50`, and the position after it.
pub(super) fn denominator(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize)> {
    if kind(tokens, at + 1) == Some(Kind::Slash) {
        let of = tokens.get(at + 2)?.count()?;
        let is_date = kind(tokens, at + 3) == Some(Kind::Slash) || tokens.get(at + 3).is_some_and(is_unit);
        return (!is_date).then_some((of, at + 3));
    }
    let mut next = at + 1;
    if tokens.get(next)?.is("out") {
        next += 1;
    }
    if !tokens.get(next)?.is_one_of(&["of", "among"]) {
        return None;
    }
    next += 1;
    while tokens.get(next)?.is_one_of(&["the", "these", "those", "our", "all", "a", "total"]) {
        next += 1;
    }
    let of = tokens.get(next)?.count()?;
    let is_measured = tokens
        .get(next + 1)
        .is_some_and(|token| is_unit(token) || matches!(token.kind, Kind::Percent | Kind::Dash | Kind::Slash));
    (!is_measured && !is_year(tokens.get(next)?)).then_some((of, next + 1))
}

/// The position behind the percentage in brackets that may stand at a position: `(48 %)`.
pub(super) fn behind_percent(tokens: &[Token<'_>], at: usize) -> usize {
    let is_percent = matches!(tokens.get(at..at + 4), Some([open, number, sign, close])
        if open.kind == Kind::Open && number.figure().is_some() && sign.kind == Kind::Percent && close.kind == Kind::Close);
    if is_percent { at + 4 } else { at }
}

/// The percentage after a denominator, and the position after it.
fn percent_after(tokens: &[Token<'_>], end: usize) -> Option<(Option<Figure>, usize)> {
    if matches!(kind(tokens, end), Some(Kind::Comma | Kind::Semicolon)) && kind(tokens, end + 2) == Some(Kind::Percent)
    {
        let is_share =
            !tokens.get(end + 3).is_some_and(|token| token.is_among(&sentence_words::NO_SHARE) || token.is("of"));
        return is_share.then(|| tokens.get(end + 1)?.figure().map(|percent| (Some(percent), end + 3)))?;
    }
    let (open, _) = words_between(tokens, end)?;
    if let Some([name, number, percent, close]) = tokens.get(open + 1..open + 5)
        && name.is_one_of(&["mortality", "fatality", "rate"])
        && percent.kind == Kind::Percent
        && close.kind == Kind::Close
    {
        return Some((Some(number.figure()?), open + 5));
    }
    let (percent, end) = percent_bracket(tokens, open)?;
    Some((Some(percent), end))
}

/// The position of a bracket after some words, and how close what is before them is to it.
fn words_between(tokens: &[Token<'_>], from: usize) -> Option<(usize, Bond)> {
    let mut has_noun = false;
    let (mut at, end) = (from, from + MOST_BETWEEN);
    while at <= end {
        at = behind_time(tokens, at);
        let token = tokens.get(at)?;
        match token.kind {
            Kind::Open => return Some((at, if at == from || has_noun { Bond::Close } else { Bond::Loose })),
            Kind::Word if !is_unit(token) => has_noun |= is_case(token),
            _ => return None,
        }
        at += 1;
    }
    None
}

/// The position behind a time that may stand at a position: `within 30 days`, `after a year`.
fn behind_time(tokens: &[Token<'_>], at: usize) -> usize {
    let is_time = matches!(tokens.get(at..at + 3), Some([within, number, unit])
        if within.is_one_of(&["within", "by", "after"])
            && (number.count().is_some() || number.is_one_of(&["a", "the"]))
            && is_unit(unit));
    if is_time { at + 3 } else { at }
}

/// The percentage in a bracket: `(72 %)`, `(72.0%; 58-84%)`, `(80% of cases)`, and the position after it.
fn percent_bracket(tokens: &[Token<'_>], open: usize) -> Option<(Figure, usize)> {
    let percent = tokens.get(open + 1)?.figure()?;
    if kind(tokens, open) != Some(Kind::Open) || kind(tokens, open + 2) != Some(Kind::Percent) {
        return None;
    }
    let rest = tokens.get(open + 3..)?;
    let close = rest.iter().take(24).position(|token| matches!(token.kind, Kind::Close | Kind::Open))?;
    let inner = rest.get(..close)?;
    let is_share = match inner.first() {
        None => true,
        Some(first) if first.is("of") => {
            inner.iter().skip(1).take(4).any(|token| is_case(token) || token.is_one_of(&WHOLES))
        }
        Some(first) => !first.is_among(&sentence_words::NO_SHARE) && first.kind != Kind::Dash,
    };
    (is_share && rest.get(close)?.kind == Kind::Close).then_some((percent, open + 3 + close + 1))
}

/// `72% (36/50)`, `72 % (36 patients)`, `70 % of the 50 patients`.
fn percent_first(tokens: &[Token<'_>], at: usize, percent: Figure) -> Option<PrintedShare> {
    let share = |n, of, bond, end| PrintedShare { n, of, behind: None, percent: Some(percent), bond, tokens: at..end };
    if before(tokens, at).is_some_and(|token| matches!(token.kind, Kind::Dash | Kind::Slash | Kind::PlusMinus)) {
        return None;
    }
    if tokens.get(at + 2)?.is("of")
        && let Some((of, end)) = denominator(tokens, at + 1)
    {
        return tokens.get(end).is_some_and(is_case).then(|| share(None, Some(of), Bond::Close, end));
    }
    if let Some((number, of, end)) = fraction_behind(tokens, at) {
        return Some(share(Some(number), Some(of), Bond::Close, end));
    }
    let (open, _) = words_between(tokens, at + 2)?;
    let n = open + 1;
    if tokens.get(n)?.is("n") {
        let (equals, number) = (kind(tokens, n + 1)?, tokens.get(n + 2)?.count()?);
        if let Some((of, end)) = denominator(tokens, n + 2).filter(|(_, end)| kind(tokens, *end) == Some(Kind::Close)) {
            return Some(share(Some(number), Some(of), Bond::Close, end + 1));
        }
        let is_whole = equals == Kind::Equals && kind(tokens, n + 3) == Some(Kind::Close);
        return is_whole.then(|| share(Some(number), None, Bond::Loose, n + 4));
    }
    let number = counting(tokens, n)?;
    if let Some((of, end)) = denominator(tokens, n) {
        return Some(share(
            Some(number),
            Some(of),
            Bond::Close,
            end + usize::from(kind(tokens, end) == Some(Kind::Close)),
        ));
    }
    let bond = if is_case(tokens.get(n + 1)?) { Bond::Close } else { Bond::Loose };
    let close = (n + 1..=n + 4).find(|at| kind(tokens, *at) == Some(Kind::Close))?;
    let is_plain = tokens.get(n + 1..close)?.iter().all(|token| token.kind == Kind::Word);
    is_plain.then(|| share(Some(number), None, bond, close + 1))
}

/// The fraction behind a percentage in one bracket: `(42.7 %, 17/36)`, and the position after it.
fn fraction_behind(tokens: &[Token<'_>], at: usize) -> Option<(u64, u64, usize)> {
    let is_in_bracket = before(tokens, at).is_some_and(|token| token.kind == Kind::Open);
    let is_joined = matches!(kind(tokens, at + 2), Some(Kind::Comma | Kind::Semicolon));
    let n = at + 3 + 2 * usize::from(tokens.get(at + 3)?.is("n") && kind(tokens, at + 4) == Some(Kind::Equals));
    let number = tokens.get(n)?.count()?;
    let (of, end) = denominator(tokens, n)?;
    let noun = usize::from(tokens.get(end).is_some_and(is_case));
    let ends = matches!(kind(tokens, end + noun), Some(Kind::Close | Kind::Semicolon | Kind::Comma));
    (is_in_bracket && is_joined && ends).then_some((number, of, end))
}

pub(super) fn kind(tokens: &[Token<'_>], at: usize) -> Option<Kind> {
    tokens.get(at).map(|token| token.kind)
}

pub(super) fn before<'a, 't>(tokens: &'a [Token<'t>], at: usize) -> Option<&'a Token<'t>> {
    tokens.get(at.checked_sub(1)?)
}

/// The number at a position, if it counts something for all that stands before it.
pub(super) fn counting(tokens: &[Token<'_>], at: usize) -> Option<u64> {
    let value = tokens.get(at)?.count()?;
    // `50 patients: 30 boys`, but not `score: 30`.
    let is_listed =
        at.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(|token| is_case(token) || is_plural(token));
    let is_named = before(tokens, at).is_some_and(|token| {
        is_label(token)
            || matches!(token.kind, Kind::Compare(_) | Kind::Slash | Kind::PlusMinus)
            || (token.kind == Kind::Colon && !is_listed && !tokens.get(at + 1).is_some_and(is_case))
    });
    let is_end_of_range = before(tokens, at).is_some_and(|token| token.kind == Kind::Dash)
        && at.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(|token| token.figure().is_some());
    let is_measured = tokens.get(at + 1).is_some_and(|next| is_unit(next) || next.kind == Kind::Dash);
    (!is_named && !is_end_of_range && !is_measured && !is_pronoun(tokens, at)).then_some(value)
}

/// True for the `one` of `a partial one`.
fn is_pronoun(tokens: &[Token<'_>], at: usize) -> bool {
    let is_one = tokens.get(at).is_some_and(|token| token.text.eq_ignore_ascii_case("one"));
    is_one
        && before(tokens, at)
            .is_some_and(|token| token.kind == Kind::Word && !token.is_among(&sentence_words::BEFORE_ONE))
}
