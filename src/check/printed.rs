//! Reads printed numbers with their digits: `5.9`, `80 %`, `4 of 5`, `all`, `04`.
//!
//! `80` and `80.0` are different figures, since the digits show how the number was rounded. Nothing
//! is guessed: a text with two possible meanings is refused, with the alternatives to write.

mod figure;
mod token;
mod unit;

pub use figure::Figure;

use crate::decimal::Decimal;
use crate::schema::lexical::Comparator;
use std::fmt;
pub(in crate::check) use token::number_word;
use token::{Token, tokens};
pub use unit::PrintedUnit;

/// What a report prints in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// `5.9`, `04`, `four`, `only one`.
    Number(Figure),
    /// `80 %`.
    Percent(Figure),
    /// `4 of 5`, `4/5`, `four of five`, `4 of 5 (80 %)`, `4/5 (80%; 38–96%)`, `all five`.
    OfN {
        /// The count.
        n: u64,
        /// The denominator.
        of: u64,
        /// The printed percentage.
        percent: Option<Figure>,
        /// The ends of its confidence interval, in percent; low ≤ high.
        interval: Option<(Figure, Figure)>,
    },
    /// `4 (80 %)`: the denominator is not printed.
    CountPercent {
        /// The count.
        n: u64,
        /// The printed percentage.
        percent: Figure,
    },
    /// `5.9 ± 2.7`, `5.9 (SD 2.7)`.
    MeanSd {
        /// The mean.
        mean: Figure,
        /// The SD; not negative.
        sd: Figure,
    },
    /// `2.5-10`, `2.5 to 10`; low ≤ high.
    Interval {
        /// The lower end.
        low: Figure,
        /// The higher end.
        high: Figure,
    },
    /// `38–96 %`; low ≤ high.
    PercentInterval {
        /// The lower end.
        low: Figure,
        /// The higher end.
        high: Figure,
    },
    /// `6 (5-10)`, `6 (5, 10)`, `4.01 [1.08 to 14.87]`: a median with its range or quartiles, a ratio with its
    /// interval; low ≤ high.
    WithInterval {
        /// The number before the brackets.
        value: Figure,
        /// The lower end.
        low: Figure,
        /// The higher end.
        high: Figure,
    },
    /// `>1280 (640, >1280)`: a median with its range or quartiles, some of them known only to lie beyond a bound.
    WithBounds {
        /// The number before the brackets.
        value: Bounded,
        /// The lower end.
        low: Bounded,
        /// The higher end.
        high: Bounded,
    },
    /// `1.3:1`, `9:8`; neither is 0.
    Ratio {
        /// Before the colon.
        first: Figure,
        /// Behind it.
        second: Figure,
    },
    /// `>1280`, `< 0.001`.
    Censored {
        /// The sign before the figure.
        comparator: Comparator,
        /// The figure.
        figure: Figure,
    },
    /// `all`: every case of the denominator.
    All,
    /// `none`: no case of the denominator.
    None,
}

/// A figure with the sign before it, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounded {
    /// The sign.
    pub comparator: Option<Comparator>,
    /// The figure.
    pub figure: Figure,
}

impl From<Figure> for Bounded {
    fn from(figure: Figure) -> Bounded {
        Bounded { comparator: None, figure }
    }
}

impl fmt::Display for Bounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.comparator.map_or("", Comparator::sign), self.figure)
    }
}

/// Why a text cannot be read, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedFault {
    /// What is wrong with it.
    pub message: String,
    /// What to write instead.
    pub remedy: String,
}

impl fmt::Display for PrintedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.remedy)
    }
}

impl std::error::Error for PrintedFault {}

/// The accepted forms, for messages.
pub const ACCEPTED: &str = "write one of: 5.9; 80 %; 4 of 5; 4 of 5 (80 %); 4/5 (80%; 38-96%); 4 (80 %); 5.9 ± 2.7; \
     2.5-10; 6 (5-10); 6 (5, 10); 4.01 (95% CI 1.08-14.87); 1.3:1; >1280; p < 0.05; n = 24; all; both; none; half; a number \
     word such as four; a number with its unit, such as 27 months";

impl PrintedFault {
    fn new(message: impl Into<String>, remedy: impl Into<String>) -> PrintedFault {
        PrintedFault { message: message.into(), remedy: remedy.into() }
    }
}

impl Printed {
    /// Reads a printed text, in upper or lower case.
    /// Errors: [`PrintedFault`], for a text of another form, for one with two possible meanings, and for one with a
    /// unit.
    pub fn parse(text: &str) -> Result<Printed, PrintedFault> {
        without_unit(text, Printed::parse_with_unit(text)?)
    }

    /// Reads what is printed for a mean, whose only number in brackets is its SD: `5.9 (2.7)`.
    /// Errors: those of [`Printed::parse`].
    pub fn parse_mean(text: &str) -> Result<Printed, PrintedFault> {
        without_unit(text, Printed::parse_mean_with_unit(text)?)
    }

    /// Reads a printed text that may have a unit: `50 years`, `27 months (12–48 months)`.
    /// Errors: those of [`Printed::parse`], but for a unit; two units.
    pub fn parse_with_unit(text: &str) -> Result<(Printed, Option<PrintedUnit>), PrintedFault> {
        let (tokens, unit) = tokens(text)?;
        Ok((meaning(text, &tokens)?, unit))
    }

    /// Reads what is printed for a mean, which may have a unit: `5.9 (2.7) years`.
    /// Errors: those of [`Printed::parse_with_unit`].
    pub fn parse_mean_with_unit(text: &str) -> Result<(Printed, Option<PrintedUnit>), PrintedFault> {
        use Token::{Close, Number, Open};
        let (tokens, unit) = tokens(text)?;
        let printed = match tokens.as_slice() {
            [Number(mean), Open, Number(sd), Close] => mean_sd(*mean, *sd)?,
            tokens => meaning(text, tokens)?,
        };
        Ok((printed, unit))
    }
}

fn without_unit(text: &str, (printed, unit): (Printed, Option<PrintedUnit>)) -> Result<Printed, PrintedFault> {
    match unit {
        None => Ok(printed),
        Some(unit) => Err(PrintedFault::new(
            format!("'{text}' has a unit, {unit}, which does not belong here"),
            "write the numbers without it",
        )),
    }
}

/// The meaning of the tokens of a text.
fn meaning(text: &str, tokens: &[Token]) -> Result<Printed, PrintedFault> {
    use Token::{All, Close, Dash, Number, Of, Only, Open, Percent, PlusMinus, Sd, Semicolon, Sign, Zero};
    match tokens {
        [Token::Both] => of_n(Figure::of_count(2), Figure::of_count(2), None, None),
        [Token::Fraction(percent)] => Ok(Printed::Percent(*percent)),
        [Token::N, Token::Equals, rest @ ..] if !rest.contains(&Token::N) => meaning(text, rest),
        [Token::P, Token::Equals, Number(p)] => Ok(Printed::Number(*p)),
        [Token::P, Sign(comparator), Number(figure)] => {
            Ok(Printed::Censored { comparator: *comparator, figure: *figure })
        }
        [Number(value), Token::Comma | Semicolon, inner @ ..] if unnamed(inner).len() < inner.len() => {
            with_interval(text, *value, inner)
        }
        [Token::SpreadName, rest @ ..] if !rest.contains(&Token::SpreadName) => meaning(text, rest),
        [All] => Ok(Printed::All),
        [Zero] => Ok(Printed::None),
        [Number(figure)] | [Only, Number(figure)] => Ok(Printed::Number(*figure)),
        [Number(figure), Percent] | [Only, Number(figure), Percent] => Ok(Printed::Percent(*figure)),
        [Sign(comparator), Number(figure)] => Ok(Printed::Censored { comparator: *comparator, figure: *figure }),
        [All, Number(of)] | [All, Of, Number(of)] => of_n(*of, *of, None, None),
        [Zero, Of, Number(of)] => of_n(Figure::new(Decimal::from_int(0)), *of, None, None),
        [Number(n), Of, Number(of)] | [Only, Number(n), Of, Number(of)] => of_n(*n, *of, None, None),
        [Number(n), Of, Number(of), Open, Number(percent), Percent, Close]
        | [Number(percent), Percent, Open, Number(n), Of, Number(of), Close] => of_n(*n, *of, Some(*percent), None),
        [Number(n), Of, Number(of), Open, Number(percent), Percent, Semicolon, ends @ .., Close] => {
            let ends = percent_ends(unnamed(ends)).ok_or_else(|| unknown_form(text))?;
            of_n(*n, *of, Some(*percent), Some(ends))
        }
        [Number(n), Open, Number(percent), Percent, Close] | [Number(percent), Percent, Open, Number(n), Close] => {
            Ok(Printed::CountPercent { n: count(*n)?, percent: *percent })
        }
        [Number(mean), PlusMinus, Number(sd)] | [Number(mean), Open, Sd, Number(sd), Close] => mean_sd(*mean, *sd),
        [Number(first), Token::Colon, Number(second)] => ratio(*first, *second),
        [Number(low), Dash, Number(high)] => {
            ordered(*low, *high)?;
            Ok(Printed::Interval { low: *low, high: *high })
        }
        [Number(_), Dash, Number(_), Percent] | [Number(_), Percent, Dash, Number(_), Percent] => {
            let (low, high) = percent_ends(tokens).ok_or_else(|| unknown_form(text))?;
            ordered(low, high)?;
            Ok(Printed::PercentInterval { low, high })
        }
        [Number(value), Open, inner @ .., Close] if !inner.iter().any(|token| matches!(token, Sign(_))) => {
            with_interval(text, *value, inner)
        }
        [.., Close] => with_bounds(tokens).ok_or_else(|| unknown_form(text)),
        [] => Err(PrintedFault::new("the printed value is empty", ACCEPTED)),
        _ => Err(unknown_form(text)),
    }
}

/// The meaning of a number followed by brackets that do not contain a percentage.
fn with_interval(text: &str, value: Figure, inner: &[Token]) -> Result<Printed, PrintedFault> {
    use Token::{Comma, Dash, Number};
    match unnamed(inner) {
        [Number(low), Dash | Comma, Number(high)] => {
            ordered(*low, *high)?;
            Ok(Printed::WithInterval { value, low: *low, high: *high })
        }
        [Number(second)] => Err(PrintedFault::new(
            format!("'{text}' is ambiguous: a mean with its SD, or a number with something else"),
            format!("write {value} ± {second} for a mean with its SD, {value} ({second} %) for a percentage"),
        )),
        _ => Err(unknown_form(text)),
    }
}

/// What is in brackets, without its name: `95 % CI,`, `range`.
fn unnamed(inner: &[Token]) -> &[Token] {
    use Token::{Colon, Comma, Number, Percent, SpreadName};
    match inner {
        [Number(_), Percent, SpreadName, Comma | Colon, rest @ ..]
        | [Number(_), Percent, SpreadName, rest @ ..]
        | [SpreadName, Comma | Colon, rest @ ..]
        | [SpreadName, rest @ ..] => rest,
        other => other,
    }
}

/// The ends of an interval in percent: `38-96%`, `38% to 96%`.
fn percent_ends(tokens: &[Token]) -> Option<(Figure, Figure)> {
    use Token::{Comma, Dash, Number, Percent};
    match tokens {
        [Number(low), Dash | Comma, Number(high), Percent]
        | [Number(low), Percent, Dash | Comma, Number(high), Percent] => Some((*low, *high)),
        _ => None,
    }
}

/// A number followed by two others in brackets, some of them with a sign.
fn with_bounds(tokens: &[Token]) -> Option<Printed> {
    let (value, rest) = bounded(tokens)?;
    let (low, rest) = bounded(rest.strip_prefix(&[Token::Open])?)?;
    let (Token::Comma | Token::Dash, rest) = rest.split_first()? else { return None };
    let (high, rest) = bounded(rest)?;
    (rest == [Token::Close]).then_some(Printed::WithBounds { value, low, high })
}

/// The figure at the start, with the sign before it, and the rest.
fn bounded(tokens: &[Token]) -> Option<(Bounded, &[Token])> {
    match tokens {
        [Token::Sign(sign), Token::Number(figure), rest @ ..] => {
            Some((Bounded { comparator: Some(*sign), figure: *figure }, rest))
        }
        [Token::Number(figure), rest @ ..] => Some((Bounded::from(*figure), rest)),
        _ => None,
    }
}

fn unknown_form(text: &str) -> PrintedFault {
    PrintedFault::new(format!("'{text}' is not understood as a printed value"), ACCEPTED)
}

fn of_n(
    n: Figure,
    of: Figure,
    percent: Option<Figure>,
    interval: Option<(Figure, Figure)>,
) -> Result<Printed, PrintedFault> {
    if let Some((low, high)) = interval {
        ordered(low, high)?;
    }
    Ok(Printed::OfN { n: count(n)?, of: count(of)?, percent, interval })
}

fn ratio(first: Figure, second: Figure) -> Result<Printed, PrintedFault> {
    if [first, second].iter().any(|side| side.is_negative() || side.count() == Some(0)) {
        return Err(PrintedFault::new("a side of a ratio is not above 0", "write the number of cases, such as 0 of 5"));
    }
    Ok(Printed::Ratio { first, second })
}

fn mean_sd(mean: Figure, sd: Figure) -> Result<Printed, PrintedFault> {
    if sd.is_negative() {
        return Err(PrintedFault::new(format!("an SD of {sd} is impossible"), "write an SD that is not negative"));
    }
    Ok(Printed::MeanSd { mean, sd })
}

/// A figure that is a number of cases.
fn count(figure: Figure) -> Result<u64, PrintedFault> {
    figure.count().ok_or_else(|| {
        PrintedFault::new(format!("{figure} is not a number of cases"), "write a whole number that is not negative")
    })
}

fn ordered(low: Figure, high: Figure) -> Result<(), PrintedFault> {
    if low.value() > high.value() {
        return Err(PrintedFault::new(
            format!("the low end {low} is above the high end {high}"),
            format!("write {high} to {low}"),
        ));
    }
    Ok(())
}

/// In a form that can be read back: `4 of 5 (80 %)`, `5.9 ± 2.7`, `6 (5 to 10)`.
impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Printed::Number(figure) => write!(f, "{figure}"),
            Printed::Percent(figure) => write!(f, "{figure} %"),
            Printed::OfN { n, of, percent: None, .. } => write!(f, "{n} of {of}"),
            Printed::OfN { n, of, percent: Some(percent), interval: None } => write!(f, "{n} of {of} ({percent} %)"),
            Printed::OfN { n, of, percent: Some(percent), interval: Some((low, high)) } => {
                write!(f, "{n} of {of} ({percent} %; {low} to {high} %)")
            }
            Printed::CountPercent { n, percent } => write!(f, "{n} ({percent} %)"),
            Printed::MeanSd { mean, sd } => write!(f, "{mean} ± {sd}"),
            Printed::Interval { low, high } => write!(f, "{low} to {high}"),
            Printed::PercentInterval { low, high } => write!(f, "{low} to {high} %"),
            Printed::WithBounds { value, low, high } => write!(f, "{value} ({low} to {high})"),
            Printed::WithInterval { value, low, high } => write!(f, "{value} ({low} to {high})"),
            Printed::Ratio { first, second } => write!(f, "{first}:{second}"),
            Printed::Censored { comparator, figure } => write!(f, "{}{figure}", comparator.sign()),
            Printed::All => f.write_str("all"),
            Printed::None => f.write_str("none"),
        }
    }
}
