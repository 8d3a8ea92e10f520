//! A derived variable as written.

use crate::cohort::filter::Filter;
use crate::decimal::Decimal;
use crate::schema::lexical::duration::TimeUnit;

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

/// What a derived variable is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    /// Numbers.
    Sum(Term),
    /// The time between two dates.
    Between(TimeBetween),
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

/// The time between two dates.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TimeBetween {
    pub start: String,
    pub end: String,
    pub unit: TimeUnit,
    /// Completed units by the calendar, as ages are counted; else exact days in this unit.
    pub is_completed: bool,
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
