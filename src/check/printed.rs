//! Reads printed numbers with their digits: `5.9`, `80 %`, `4 of 5`, `all`, `04`.
//!
//! `80` and `80.0` are different figures, since the digits show how the number was rounded. Nothing
//! is guessed: a text with two possible meanings is refused, with the alternatives to write.

mod ends;
mod figure;
mod meaning;
mod spelled;
mod spread;
mod token;
mod unit;

pub use figure::Figure;
pub use spread::{PrintedRange, Spread};

use crate::schema::lexical::Comparator;
pub(in crate::check) use spelled::{multiplies, next_word, spelled};
use std::fmt;
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
        /// Its confidence interval, in percent.
        interval: Option<PrintedRange>,
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
    /// `7.4 (SEM 0.64)`, `7.4 ± 0.64 SE`.
    MeanSe {
        /// The mean.
        mean: Figure,
        /// Its standard error; not negative.
        se: Figure,
    },
    /// `2.5-10`, `2.5 to 10`, `IQR 5-10`.
    Interval(PrintedRange),
    /// `38–96 %`.
    PercentInterval(PrintedRange),
    /// `58 % (95% CI 39–76)`: a percentage with its interval, in percent.
    PercentWithInterval {
        /// The percentage.
        percent: Figure,
        /// The interval.
        ends: PrintedRange,
    },
    /// `6 (5-10)`, `6 (5, 10)`, `4.01 [1.08 to 14.87]`: a median with its range or quartiles, a ratio with its
    /// interval.
    WithInterval {
        /// The number before the brackets.
        value: Figure,
        /// The ends.
        ends: PrintedRange,
    },
    /// `7 (IQR 5-10, range 2-13)`.
    WithTwoIntervals {
        /// The number before the brackets.
        value: Figure,
        /// The ends in their order.
        both: (PrintedRange, PrintedRange),
    },
    /// `>1280 (640, >1280)`: a median with its range or quartiles, some of them known only to lie beyond a bound.
    WithBounds {
        /// The number before the brackets.
        value: BoundedFigure,
        /// The lower end.
        low: BoundedFigure,
        /// The higher end.
        high: BoundedFigure,
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
    /// `all but one`: so many cases less than the denominator.
    AllBut(u64),
    /// `none`, `no patient`: no case of the denominator.
    None,
}

/// A figure with the sign before it, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoundedFigure {
    /// The sign.
    pub comparator: Option<Comparator>,
    /// The figure.
    pub figure: Figure,
}

impl From<Figure> for BoundedFigure {
    fn from(figure: Figure) -> BoundedFigure {
        BoundedFigure { comparator: None, figure }
    }
}

impl fmt::Display for BoundedFigure {
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
     5.9 (SEM 0.6); 2.5-10; 6 (5-10); 6 (IQR 5-10, range 2-13); 4.01 (95% CI 1.08-14.87); 58% (95% CI 39-76); 1.3:1; \
     >1280; p < 0.05; n = 24; all; all but one; both; none; half; a number word such as four; a number with its unit, such \
     as 27 months";

impl PrintedFault {
    fn new(message: impl Into<String>, remedy: impl Into<String>) -> PrintedFault {
        PrintedFault { message: message.into(), remedy: remedy.into() }
    }
}

impl Printed {
    /// The same without the names of its ends: `6 (range 5-10)` is printed as `6 (5-10)` elsewhere.
    #[must_use]
    pub fn unnamed(self) -> Printed {
        let plain = |ends: PrintedRange| PrintedRange { spread: Spread::Unnamed, ..ends };
        match self {
            Printed::OfN { n, of, percent, interval } => Printed::OfN { n, of, percent, interval: interval.map(plain) },
            Printed::Interval(ends) => Printed::Interval(plain(ends)),
            Printed::PercentInterval(ends) => Printed::PercentInterval(plain(ends)),
            Printed::PercentWithInterval { percent, ends } => {
                Printed::PercentWithInterval { percent, ends: plain(ends) }
            }
            Printed::WithInterval { value, ends } => Printed::WithInterval { value, ends: plain(ends) },
            other => other,
        }
    }
}

/// What a printed text is of: it says what a single number in brackets means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintedFor {
    /// A mean: `5.9 (2.7)` has its SD in brackets.
    Mean,
    /// A number of cases, which has no SD: `14 (58.3)` has its percentage in brackets.
    Count,
    /// Something else: a single number in brackets is refused.
    Anything,
}

/// In a form that can be read back: `4 of 5 (80 %)`, `5.9 ± 2.7`, `6 (5 to 10)`.
impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Printed::Number(figure) => write!(f, "{figure}"),
            Printed::Percent(figure) => write!(f, "{figure} %"),
            Printed::OfN { n, of, percent: None, .. } => write!(f, "{n} of {of}"),
            Printed::OfN { n, of, percent: Some(percent), interval: None } => write!(f, "{n} of {of} ({percent} %)"),
            Printed::OfN { n, of, percent: Some(percent), interval: Some(ends) } => {
                write!(f, "{n} of {of} ({percent} %; {ends} %)")
            }
            Printed::CountPercent { n, percent } => write!(f, "{n} ({percent} %)"),
            Printed::MeanSd { mean, sd } => write!(f, "{mean} ± {sd}"),
            Printed::MeanSe { mean, se } => write!(f, "{mean} (SE {se})"),
            Printed::Interval(ends) => write!(f, "{ends}"),
            Printed::PercentInterval(ends) => write!(f, "{ends} %"),
            Printed::PercentWithInterval { percent, ends } => write!(f, "{percent} % ({ends} %)"),
            Printed::WithBounds { value, low, high } => write!(f, "{value} ({low} to {high})"),
            Printed::WithInterval { value, ends } => write!(f, "{value} ({ends})"),
            Printed::WithTwoIntervals { value, both: (first, second) } => write!(f, "{value} ({first}, {second})"),
            Printed::Ratio { first, second } => write!(f, "{first}:{second}"),
            Printed::Censored { comparator, figure } => write!(f, "{}{figure}", comparator.sign()),
            Printed::All => f.write_str("all"),
            Printed::AllBut(n) => write!(f, "all but {n}"),
            Printed::None => f.write_str("none"),
        }
    }
}
