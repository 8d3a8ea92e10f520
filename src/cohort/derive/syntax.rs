//! A derived variable as written.

use crate::cohort::filter::Filter;
use crate::decimal::Decimal;
use crate::schema::lexical::duration::TimeUnit;
use std::fmt;

/// The levels of a comparison, and of whether an event came.
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

/// A derived variable as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// Its name.
    pub name: String,
    /// What it is, as it was written: `cut(age, 5, 10)`, of a change `crp` or `crp=baseline:month_6`.
    pub text: String,
    pub(super) expression: Expression,
    /// True for a change between two visits.
    pub is_change: bool,
    /// True where a schema has it.
    pub is_of_schema: bool,
}

impl Derived {
    /// The best response of several columns, by their names.
    pub fn best_of(name: &str, columns: &[String]) -> Derived {
        let quoted: Vec<String> = columns.iter().map(|name| format!("\"{}\"", name.replace('"', "\"\""))).collect();
        Derived {
            name: name.to_owned(),
            text: format!("best({})", quoted.join(", ")),
            expression: Expression::Best(columns.to_vec()),
            is_change: false,
            is_of_schema: false,
        }
    }

    /// Whether the event came, of a time to an event or to what stands for it: the variable `NAME_event`.
    pub fn event(&self) -> Option<Derived> {
        let Expression::Between(between) = &self.expression else { return None };
        let expression = Expression::HasEnded(between.clone());
        let name = event_of(&self.name);
        (!between.instead.is_empty()).then(|| Derived { name, expression, ..self.clone() })
    }

    /// Of a time to an event, which day is that of the event, and which others stand for it.
    pub fn ends(&self) -> Option<String> {
        if let Expression::Between(between) = &self.expression { between.ends() } else { None }
    }

    /// True for a duration of response, of which no records have the first day.
    pub fn is_of_response(&self) -> bool {
        matches!(&self.expression, Expression::Between(TimeBetween { start: TimePoint::Line(line), .. }) if line.is_of_response())
    }

    /// True for the best response of several columns.
    pub fn is_best_response(&self) -> bool {
        matches!(self.expression, Expression::Best(_))
    }

    /// The option or the key of the schema that asks for it, for messages.
    pub fn origin(&self) -> &'static str {
        match (self.is_of_schema, self.is_change) {
            (true, _) => "calcSeries.derived",
            (false, true) => "--change",
            (false, false) => "--derive",
        }
    }
}

/// The name of the variable that says whether the event of a time came.
pub fn event_of(time: &str) -> String {
    format!("{time}_event")
}

impl TimeBetween {
    /// True where `next line` or `end of response` has no line from which is counted.
    pub fn counts_from_no_line(&self) -> bool {
        let is_line = matches!(self.start, TimePoint::Line(_));
        let mut ends = std::iter::once(&self.end).chain(&self.instead);
        self.start.counts_from_a_line() || !is_line && ends.any(TimePoint::counts_from_a_line)
    }

    /// Which day is that of the event, and which others stand for it.
    pub fn ends(&self) -> Option<String> {
        let instead: Vec<String> = self.instead.iter().map(TimePoint::to_string).collect();
        let said = format!(
            "the event is {}; where it did not come, the time ends without it at {}",
            self.end,
            instead.join(", else ")
        );
        (!instead.is_empty()).then_some(said)
    }
}

impl TimePoint {
    /// True for a day that is counted from the line at the start.
    fn counts_from_a_line(&self) -> bool {
        match self {
            TimePoint::Line(LineDay::EndOfResponse) => true,
            TimePoint::Line(LineDay::First(line) | LineDay::Last(line)) => *line == WhichLine::Next,
            TimePoint::Column(_) => false,
            TimePoint::OneOf(_, points) => points.iter().any(TimePoint::counts_from_a_line),
        }
    }

    /// True for a day of a line, or one that is picked from such.
    pub fn has_line(&self) -> bool {
        match self {
            TimePoint::Line(_) => true,
            TimePoint::Column(_) => false,
            TimePoint::OneOf(_, points) => points.iter().any(TimePoint::has_line),
        }
    }
}

impl fmt::Display for TimePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimePoint::Column(name) => f.write_str(name),
            TimePoint::Line(LineDay::First(line)) => write!(f, "{line}"),
            TimePoint::Line(LineDay::Last(line)) => write!(f, "the end of {line}"),
            TimePoint::Line(LineDay::EndOfResponse) => f.write_str("the end of response"),
            TimePoint::OneOf(pick, points) => {
                let points: Vec<String> = points.iter().map(TimePoint::to_string).collect();
                let word = if *pick == Pick::Earliest { "earliest" } else { "latest" };
                write!(f, "the {word} of {}", points.join(", "))
            }
        }
    }
}

impl fmt::Display for WhichLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WhichLine::Number(number) => write!(f, "line {number}"),
            WhichLine::Responding => f.write_str("the responding line"),
            WhichLine::Next => f.write_str("the next line"),
        }
    }
}

impl LineDay {
    fn is_of_response(self) -> bool {
        matches!(self, LineDay::First(WhichLine::Responding))
    }
}

/// What a derived variable is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    /// Numbers.
    Sum(Term),
    /// The time between two days.
    Between(TimeBetween),
    /// Whether the event of such a time came: yes or no.
    HasEnded(TimeBetween),
    /// The first rule that holds.
    Rules(Rules),
    /// Whether a filter holds: yes or no.
    Comparison(Rules),
    /// The change between two visits.
    Change(Change),
    /// The best response of several columns.
    Best(Vec<String>),
}

/// The change of a variable between two visits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    pub variable: String,
    pub before: String,
    pub after: String,
}

/// A number.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Term {
    Number(Decimal),
    Column(String),
    Negative(Box<Term>),
    Two(Box<Term>, Operation, Box<Term>),
    /// The band of a number between ends.
    Cut(Box<Term>, Vec<Decimal>),
}

/// What is done with two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Plus,
    Minus,
    Times,
    Over,
}

/// The time between two days.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TimeBetween {
    pub start: TimePoint,
    /// The event.
    pub end: TimePoint,
    /// What stands for the event of a case without it, in order.
    pub instead: Vec<TimePoint>,
    pub unit: TimeUnit,
    /// Completed units by the calendar, as ages are counted; else exact days in this unit.
    pub is_completed: bool,
}

/// A day in the story of a patient.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TimePoint {
    /// The date in a column, or the number of days or months from the first day of treatment.
    Column(String),
    /// A day of a treatment line.
    Line(LineDay),
    /// One of several days.
    OneOf(Pick, Vec<TimePoint>),
}

/// Which of several days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    Earliest,
    Latest,
}

/// A day of a treatment line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineDay {
    /// Its first day.
    First(WhichLine),
    /// Its last day.
    Last(WhichLine),
    /// The end of the response to the line from which is counted: when the next line begins.
    EndOfResponse,
}

/// A treatment line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhichLine {
    /// By its number, from 1.
    Number(usize),
    /// The first to which the patient responded.
    Responding,
    /// The one after the line from which is counted.
    Next,
}

/// Rules in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rules {
    /// Each filter with its text, and the level of the cases for which it holds and none before.
    pub rules: Vec<(Filter, String, String)>,
    /// The level where none holds.
    pub otherwise: Option<String>,
    /// The level where it is not known whether a rule holds before any does.
    pub unknown: Option<String>,
}
