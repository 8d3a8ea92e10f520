//! Days of treatment lines.

use super::day::DayOfCase;
use super::syntax::{LineDay, WhichLine};
use super::used::Used;
use crate::cohort::case::{Case, CaseCell};
use crate::cohort::cell::LinesState;
use crate::cohort::column::CaseColumn;
use crate::cohort::lines::{GivenDays, Line, days_of_lines};
use crate::error::Error;
use crate::schema::lexical::calendar::{date_of, day_number};
use crate::schema::response::Response;
use crate::schema::{Kind, Role};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::sync::Arc;

/// The days of the treatment lines of the cases.
#[derive(Debug)]
pub(super) struct LineDays<'a> {
    pub column: CaseColumn<'a>,
    /// The first day of treatment of each case, by its place.
    pub starts: &'a [Option<i64>],
    /// True where days are dates, else they are counted from the first day of treatment.
    pub has_dates: bool,
}

/// The column of treatment lines.
///
/// Errors: there is none.
pub(super) fn lines_column<'a>(used: &mut Used<'_, 'a>) -> Result<CaseColumn<'a>, Error> {
    let lines = || used.columns.iter().copied().filter(|column| column.variable().kind == Kind::Lines);
    let found = lines().find(|column| column.variable().role == Role::Treatment).or_else(|| lines().next());
    let column = found.ok_or_else(|| {
        let remedy = "name it: --role COLUMN=treatment; or give the treatments as a table: --table treatments=FILE";
        Error::usage_with("there is no column of treatment lines", remedy)
    })?;
    used.met.push(column);
    Ok(column)
}

/// The place of a line among those of a case.
enum LinePlace {
    At(usize),
    /// The patient has lines, and not this one.
    Without,
    Unknown,
}

impl LineDays<'_> {
    /// A day of a line of a case; `from` is the line from which is counted.
    pub fn day(&self, line: LineDay, from: Option<LineDay>, case: &Case<'_>) -> DayOfCase {
        let CaseCell::Lines(LinesState::Lines(lines)) = case.cell(&self.column) else { return DayOfCase::Unknown };
        let place = |which: WhichLine| place(which, from, &lines);
        let days = days_of_lines(&lines);
        match line {
            LineDay::First(which) => self.of_line(place(which), &days, case, |days| Some(days.first)),
            LineDay::Last(which) => self.of_line(place(which), &days, case, |days| days.last),
            LineDay::EndOfResponse => match (place(WhichLine::Next), from.map(|from| place_of(from, &lines))) {
                (LinePlace::Without, Some(LinePlace::At(at))) if has_ended(lines.get(at)) => DayOfCase::Came,
                (next, _) => self.of_line(next, &days, case, |days| Some(days.first)),
            },
        }
    }

    fn of_line(
        &self,
        place: LinePlace,
        days: &[Option<GivenDays>],
        case: &Case<'_>,
        of: impl Fn(GivenDays) -> Option<u32>,
    ) -> DayOfCase {
        let at = match place {
            LinePlace::At(at) => at,
            LinePlace::Without => return DayOfCase::NotCome,
            LinePlace::Unknown => return DayOfCase::Unknown,
        };
        let Some(days) = days.get(at).copied().flatten() else { return DayOfCase::Came };
        of(days).map_or(DayOfCase::NotCome, |day| self.on(day, case))
    }

    /// The day of this number from the first day of treatment.
    fn on(&self, day: u32, case: &Case<'_>) -> DayOfCase {
        if !self.has_dates {
            return DayOfCase::Since(BigRational::from_integer(BigInt::from(day)));
        }
        let date = self.start(case).and_then(|start| date_of(start.checked_add(i64::from(day))?));
        date.map_or(DayOfCase::Came, DayOfCase::Date)
    }

    fn start(&self, case: &Case<'_>) -> Option<i64> {
        let place = usize::try_from(case.number()).ok()?.checked_sub(1)?;
        self.starts.get(place).copied().flatten()
    }

    /// A date as lines are counted.
    pub fn counted(&self, day: DayOfCase, case: &Case<'_>) -> DayOfCase {
        match day {
            DayOfCase::Date(date) if !self.has_dates => {
                let days = self.start(case).and_then(|start| day_number(date)?.checked_sub(start));
                days.map_or(DayOfCase::Came, |days| DayOfCase::Since(BigRational::from_integer(BigInt::from(days))))
            }
            other => other,
        }
    }
}

fn place_of(day: LineDay, lines: &[Arc<Line>]) -> LinePlace {
    match day {
        LineDay::First(which) | LineDay::Last(which) => place(which, None, lines),
        LineDay::EndOfResponse => LinePlace::Unknown,
    }
}

fn place(which: WhichLine, from: Option<LineDay>, lines: &[Arc<Line>]) -> LinePlace {
    let of = |at: Option<usize>| match at {
        Some(at) if at < lines.len() => LinePlace::At(at),
        // Who was never treated has no next treatment that could come.
        _ if lines.is_empty() => LinePlace::Unknown,
        _ => LinePlace::Without,
    };
    match (which, from) {
        (WhichLine::Number(number), _) => of(number.checked_sub(1)),
        (WhichLine::Responding, _) => responding(lines).map_or(LinePlace::Unknown, LinePlace::At),
        (WhichLine::Next, Some(from)) => match place_of(from, lines) {
            LinePlace::At(at) => of(at.checked_add(1)),
            LinePlace::Without | LinePlace::Unknown => LinePlace::Unknown,
        },
        (WhichLine::Next, None) => LinePlace::Unknown,
    }
}

/// The first line with a response; none where the response of a line before it is not known, which may be one.
fn responding(lines: &[Arc<Line>]) -> Option<usize> {
    let known = |line: &Line| {
        let response = line.target.response.filter(|response| *response != Response::NotReported);
        response.filter(|_| line.unclear.is_none())
    };
    for (at, line) in lines.iter().enumerate() {
        if known(line)?.is_responder() {
            return Some(at);
        }
    }
    None
}

/// True for a response that has ended on a day that the records do not have.
fn has_ended(line: Option<&Arc<Line>>) -> bool {
    line.is_some_and(|line| line.target.modifiers.relapsed || line.target.modifiers.transient)
}
