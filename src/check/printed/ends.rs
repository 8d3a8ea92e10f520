//! Two ends printed beside a number, and what the text calls them: `IQR 5-10`, `95% CI 39-76`, `Q1 5, Q3 10`.

use super::token::PrintedToken;
use super::{Figure, PrintedFault, PrintedRange, Spread};

/// The unit in which ends are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    /// That of the number before them, which is no percentage.
    Plain,
    /// Percent, with its sign.
    Percent,
    /// Percent, with its sign or without it: a percentage stands before them.
    PercentOrPlain,
}

/// The ends that tokens consist of, with their name. None where they consist of something else.
/// Errors: the low end is above the high end.
pub(super) fn ends(tokens: &[PrintedToken], unit: In) -> Result<Option<PrintedRange>, PrintedFault> {
    let (spread, rest) = named(tokens);
    let Some((low, high, spread)) = pair(rest, unit, spread) else { return Ok(None) };
    PrintedRange::ordered(low, high, spread).map(Some)
}

/// The ends of two spreads that are printed together: `IQR 5-10, range 2-13`. None where there are not two.
/// Errors: those of [`ends`].
pub(super) fn two_ends(tokens: &[PrintedToken]) -> Result<Option<(PrintedRange, PrintedRange)>, PrintedFault> {
    for (at, token) in tokens.iter().enumerate() {
        let (before, after) = (tokens.get(..at).unwrap_or_default(), tokens.get(at.saturating_add(1)..));
        let after = after.unwrap_or_default();
        let is_border = matches!(token, PrintedToken::Comma | PrintedToken::Semicolon);
        if is_border
            && is_named(after)
            && let (Some(first), Some(second)) = (ends(before, In::Plain)?, ends(after, In::Plain)?)
        {
            return Ok(Some((first, second)));
        }
    }
    Ok(None)
}

/// True for tokens that begin with the name of ends.
pub(super) fn is_named(tokens: &[PrintedToken]) -> bool {
    named(tokens).0 != Spread::Unnamed
}

/// What is in brackets, without its name: `95 % CI,`, `range`.
fn named(tokens: &[PrintedToken]) -> (Spread, &[PrintedToken]) {
    use PrintedToken::{Colon, Comma, Equals, Number, Percent, Semicolon};
    let (spread, rest) = match tokens {
        [Number(level), Percent, PrintedToken::Spread(Spread::Confidence(_)), rest @ ..] => {
            (Spread::Confidence(Some(*level)), rest)
        }
        [PrintedToken::Spread(Spread::Confidence(_)), Number(level), Percent, rest @ ..]
            if matches!(rest.first(), Some(Number(_) | Comma | Colon)) =>
        {
            (Spread::Confidence(Some(*level)), rest)
        }
        [PrintedToken::Spread(spread), rest @ ..] => (*spread, rest),
        other => return (Spread::Unnamed, other),
    };
    match rest {
        [Comma | Colon | Semicolon | Equals, rest @ ..] => (spread, rest),
        rest => (spread, rest),
    }
}

fn pair(tokens: &[PrintedToken], unit: In, spread: Spread) -> Option<(Figure, Figure, Spread)> {
    use PrintedToken::{Comma, Dash, Number, Percent, Q1, Q3, Semicolon};
    match tokens {
        [Number(low), Dash | Comma | Semicolon, Number(high)] if unit != In::Percent => Some((*low, *high, spread)),
        [Q1, Number(low), Dash | Comma | Semicolon, Q3, Number(high)] if unit == In::Plain => {
            Some((*low, *high, Spread::Quartiles))
        }
        [Number(low), Dash | Comma | Semicolon, Number(high), Percent]
        | [Number(low), Percent, Dash | Comma | Semicolon, Number(high), Percent]
            if unit != In::Plain =>
        {
            Some((*low, *high, spread))
        }
        _ => None,
    }
}
