//! The arithmetic of a report: whether printed numbers can stand together, without any record.
//!
//! Printed digits are evidence: each figure stands for the interval of the values that round to
//! it, and the answers are found in exact integers and fractions. Only a p-value needs doubles.
//!
//! Each file judges one kind of statement and ends in a [`Judgement`]; the counts, sums and
//! samples behind it can be asked for as such.

pub mod debit;
pub mod granularity;
pub mod grim;
pub mod grimmer;
pub mod integers;
pub mod p_value;
pub mod proportion;
pub mod ratio;
pub mod rounding;
pub mod sample;
pub mod spread;

use crate::check::printed::Figure;
use rounding::{Interval, RoundingMode};

/// Whether printed numbers can stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consistency {
    /// They can, each rounded to the nearest.
    Consistent,
    /// They cannot.
    Inconsistent,
    /// The test could not find a fault in any such numbers.
    NotInformative,
    /// The search would take more work than its limit allows.
    NotRun,
}

/// What a test says of printed numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Whether they can stand together.
    pub consistency: Consistency,
    /// A slip that would explain numbers that cannot: all of them cut off, or all raised.
    pub cause: Option<RoundingMode>,
    /// Why, with what would be possible, in one sentence without its full stop.
    pub sentence: String,
}

impl Judgement {
    fn new(consistency: Consistency, sentence: impl Into<String>) -> Judgement {
        Judgement { consistency, cause: None, sentence: sentence.into() }
    }

    fn inconsistent(sentence: impl Into<String>) -> Judgement {
        Judgement::new(Consistency::Inconsistent, sentence)
    }

    /// What was found, in words for what rounding to the nearest explains and for what it does not.
    fn of<T>(
        found: Option<Found<T>>,
        possible: impl FnOnce(T) -> String,
        impossible: impl FnOnce() -> String,
    ) -> Judgement {
        match found {
            Some(Found { cause: None, found }) => Judgement::new(Consistency::Consistent, possible(found)),
            Some(Found { cause: Some(cause), .. }) => {
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

/// A search ended at its limit without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuchWork;

/// Steps that a search may still take.
struct Work(u32);

impl Work {
    fn spend(&mut self, steps: u32) -> Result<(), TooMuchWork> {
        self.0 = self.0.checked_sub(steps).ok_or(TooMuchWork)?;
        Ok(())
    }
}

/// The values that a printed figure may stand for, in one way of rounding.
pub type ReadAs = fn(Figure) -> Interval;

/// The ways of rounding in which numbers are tried: what an author is taken to have done, and
/// the two slips that a message can name.
const WAYS: [(Option<RoundingMode>, ReadAs); 3] = [
    (None, Interval::nearest),
    (Some(RoundingMode::Truncation), |figure| RoundingMode::Truncation.interval(figure)),
    (Some(RoundingMode::Ceiling), |figure| RoundingMode::Ceiling.interval(figure)),
];

/// Something that was found, and by which slip.
struct Found<T> {
    cause: Option<RoundingMode>,
    found: T,
}

/// What is found in the first way of rounding in which there is anything to find.
fn first_found<T>(find: impl Fn(ReadAs) -> Result<Option<T>, TooMuchWork>) -> Result<Option<Found<T>>, TooMuchWork> {
    for (cause, read_as) in WAYS {
        if let Some(found) = find(read_as)? {
            return Ok(Some(Found { cause, found }));
        }
    }
    Ok(None)
}

/// The same of what is found without a search.
fn first_way<T>(find: impl Fn(ReadAs) -> Option<T>) -> Option<Found<T>> {
    WAYS.into_iter().find_map(|(cause, read_as)| find(read_as).map(|found| Found { cause, found }))
}
