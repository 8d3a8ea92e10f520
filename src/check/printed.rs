//! Reads printed numbers with their digits: `5.9`, `80 %`, `4 of 5`, `all`, `04`.
//!
//! `80` and `80.0` are different figures, since the digits show how the number was rounded. Nothing
//! is guessed: a text with two possible meanings is refused, with the alternatives to write.

mod figure;
mod token;

pub use figure::Figure;

use crate::decimal::Decimal;
use crate::schema::lexical::Comparator;
use std::fmt;
use token::{Token, tokens};

/// What a report prints in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// `5.9`, `04`, `four`, `only one`.
    Number(Figure),
    /// `80 %`.
    Percent(Figure),
    /// `4 of 5`, `4/5`, `four of five`, `4 of 5 (80 %)`, `all five`.
    OfN {
        /// The count.
        n: u64,
        /// The denominator.
        of: u64,
        /// The printed percentage.
        percent: Option<Figure>,
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
    /// `6 (5-10)`, `4.01 [1.08 to 14.87]`: a median with its range or quartiles, a ratio with its
    /// interval; low ≤ high.
    WithInterval {
        /// The number before the brackets.
        value: Figure,
        /// The lower end.
        low: Figure,
        /// The higher end.
        high: Figure,
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
pub const ACCEPTED: &str = "write one of: 5.9; 80 %; 4 of 5; 4 of 5 (80 %); 4 (80 %); 5.9 ± 2.7; 2.5-10; 6 (5-10); \
     >1280; all; none; a number word such as four";

impl PrintedFault {
    fn new(message: impl Into<String>, remedy: impl Into<String>) -> PrintedFault {
        PrintedFault { message: message.into(), remedy: remedy.into() }
    }
}

impl Printed {
    /// Reads a printed text, in upper or lower case.
    /// Errors: [`PrintedFault`], for a text of another form and for one with two possible meanings.
    pub fn parse(text: &str) -> Result<Printed, PrintedFault> {
        meaning(text, &tokens(text)?)
    }
}

/// The meaning of the tokens of a text.
fn meaning(text: &str, tokens: &[Token]) -> Result<Printed, PrintedFault> {
    use Token::{All, Close, Dash, Number, Of, Only, Open, Percent, PlusMinus, Sd, Sign, Zero};
    match tokens {
        [All] => Ok(Printed::All),
        [Zero] => Ok(Printed::None),
        [Number(figure)] | [Only, Number(figure)] => Ok(Printed::Number(*figure)),
        [Number(figure), Percent] | [Only, Number(figure), Percent] => Ok(Printed::Percent(*figure)),
        [Sign(comparator), Number(figure)] => Ok(Printed::Censored { comparator: *comparator, figure: *figure }),
        [All, Number(of)] | [All, Of, Number(of)] => of_n(*of, *of, None),
        [Zero, Of, Number(of)] => of_n(Figure::new(Decimal::from_int(0)), *of, None),
        [Number(n), Of, Number(of)] | [Only, Number(n), Of, Number(of)] => of_n(*n, *of, None),
        [Number(n), Of, Number(of), Open, Number(percent), Percent, Close]
        | [Number(percent), Percent, Open, Number(n), Of, Number(of), Close] => of_n(*n, *of, Some(*percent)),
        [Number(n), Open, Number(percent), Percent, Close] | [Number(percent), Percent, Open, Number(n), Close] => {
            Ok(Printed::CountPercent { n: count(*n)?, percent: *percent })
        }
        [Number(mean), PlusMinus, Number(sd)] | [Number(mean), Open, Sd, Number(sd), Close] => mean_sd(*mean, *sd),
        [Number(low), Dash, Number(high)] => {
            ordered(*low, *high)?;
            Ok(Printed::Interval { low: *low, high: *high })
        }
        [Number(value), Open, inner @ .., Close] => with_interval(text, *value, inner),
        [] => Err(PrintedFault::new("the printed value is empty", ACCEPTED)),
        _ => Err(unknown_form(text)),
    }
}

/// The meaning of a number followed by brackets that do not contain a percentage.
fn with_interval(text: &str, value: Figure, inner: &[Token]) -> Result<Printed, PrintedFault> {
    use Token::{Dash, Number, Percent, SpreadName};
    match inner {
        [Number(low), Dash, Number(high)]
        | [SpreadName, Number(low), Dash, Number(high)]
        | [Number(_), Percent, SpreadName, Number(low), Dash, Number(high)] => {
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

fn unknown_form(text: &str) -> PrintedFault {
    PrintedFault::new(format!("'{text}' is not understood as a printed value"), ACCEPTED)
}

fn of_n(n: Figure, of: Figure, percent: Option<Figure>) -> Result<Printed, PrintedFault> {
    Ok(Printed::OfN { n: count(n)?, of: count(of)?, percent })
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
            Printed::OfN { n, of, percent: None } => write!(f, "{n} of {of}"),
            Printed::OfN { n, of, percent: Some(percent) } => write!(f, "{n} of {of} ({percent} %)"),
            Printed::CountPercent { n, percent } => write!(f, "{n} ({percent} %)"),
            Printed::MeanSd { mean, sd } => write!(f, "{mean} ± {sd}"),
            Printed::Interval { low, high } => write!(f, "{low} to {high}"),
            Printed::WithInterval { value, low, high } => write!(f, "{value} ({low} to {high})"),
            Printed::Censored { comparator, figure } => write!(f, "{}{figure}", comparator.sign()),
            Printed::All => f.write_str("all"),
            Printed::None => f.write_str("none"),
        }
    }
}
