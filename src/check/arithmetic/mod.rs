//! The arithmetic of a report: whether its printed numbers are possible together, without any record.
//!
//! Each printed figure represents the interval of the values that round to it; the answers are
//! computed with exact integers and fractions. Only p-values need floating point.
//!
//! Each file checks one kind of statement and returns a [`Judgement`]; the counts, sums and samples
//! behind it are available as well.

pub mod average;
pub mod debit;
pub mod granularity;
pub mod grim;
pub mod grimmer;
pub mod integers;
pub mod interval;
pub mod p_value;
pub mod proportion;
pub mod ratio;
pub mod rounding;
pub mod sample;
pub mod spread;
pub mod two_by_two;

pub use crate::check::printed::{BoundedFigure, Figure, Printed, PrintedFault, PrintedFor, PrintedRange, Spread};
pub use crate::schema::lexical::Comparator;

use rounding::{RoundingInterval, RoundingMode};

/// Whether printed numbers are possible together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consistency {
    /// They are, each rounded to the nearest.
    Consistent,
    /// They are not.
    Inconsistent,
    /// The test could not reject any numbers of this kind.
    NotInformative,
    /// The search would exceed its limit.
    NotRun,
}

/// The result of a test of printed numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Whether they are possible together.
    pub consistency: Consistency,
    /// A rounding error that would explain impossible numbers: all of them truncated, or all rounded up.
    pub cause: Option<RoundingMode>,
    /// The reason and what would be possible, in one sentence without its full stop.
    pub sentence: String,
}

impl Judgement {
    fn new(consistency: Consistency, sentence: impl Into<String>) -> Judgement {
        Judgement { consistency, cause: None, sentence: sentence.into() }
    }

    pub(super) fn inconsistent(sentence: impl Into<String>) -> Judgement {
        Judgement::new(Consistency::Inconsistent, sentence)
    }

    /// The same, but for impossible numbers with the condition under which they are not.
    pub(super) fn unless(self, condition: &str) -> Judgement {
        if self.consistency != Consistency::Inconsistent {
            return self;
        }
        Judgement::new(Consistency::NotInformative, format!("{condition}{}", self.sentence))
    }

    /// The judgement on what was found: possible if rounding to the nearest explains it.
    fn of<T>(
        found: Option<RoundingMatch<T>>,
        possible: impl FnOnce(T) -> String,
        impossible: impl FnOnce() -> String,
    ) -> Judgement {
        match found {
            Some(RoundingMatch { cause: None, value }) => Judgement::new(Consistency::Consistent, possible(value)),
            Some(RoundingMatch { cause: Some(cause), .. }) => {
                let sentence = format!("{}; {} instead of rounding would explain it", impossible(), cause.word());
                Judgement { consistency: Consistency::Inconsistent, cause: Some(cause), sentence }
            }
            None => Judgement::inconsistent(impossible()),
        }
    }

    fn not_run(_: TooMuchWork, what: &str) -> Judgement {
        Judgement::new(Consistency::NotRun, format!("not run: too many {what} to try"))
    }
}

/// A search reached its limit without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuchWork;

/// The steps that a search may still take.
struct Work(u32);

impl Work {
    fn spend(&mut self, steps: u32) -> Result<(), TooMuchWork> {
        self.0 = self.0.checked_sub(steps).ok_or(TooMuchWork)?;
        Ok(())
    }
}

/// The values that a printed figure may represent under one way of rounding.
pub type ReadAs = fn(Figure) -> RoundingInterval;

/// The ways of rounding that are tried: rounding to the nearest, and the two errors that a message
/// can name.
const WAYS: [(Option<RoundingMode>, ReadAs); 3] = [
    (None, RoundingInterval::nearest),
    (Some(RoundingMode::Truncation), |figure| RoundingMode::Truncation.interval(figure)),
    (Some(RoundingMode::Ceiling), |figure| RoundingMode::Ceiling.interval(figure)),
];

/// A value that was found, and the rounding error that explains it, if one is needed.
struct RoundingMatch<T> {
    cause: Option<RoundingMode>,
    value: T,
}

/// The result of the first way of rounding that gives one.
fn first_found<T>(
    find: impl Fn(ReadAs) -> Result<Option<T>, TooMuchWork>,
) -> Result<Option<RoundingMatch<T>>, TooMuchWork> {
    for (cause, read_as) in WAYS {
        if let Some(value) = find(read_as)? {
            return Ok(Some(RoundingMatch { cause, value }));
        }
    }
    Ok(None)
}

/// The same without a search.
fn first_way<T>(find: impl Fn(ReadAs) -> Option<T>) -> Option<RoundingMatch<T>> {
    WAYS.into_iter().find_map(|(cause, read_as)| find(read_as).map(|value| RoundingMatch { cause, value }))
}
