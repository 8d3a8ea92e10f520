//! The time between two days of a case, and whether the event at its end came.

use super::date_column::DateColumn;
use super::day::DayOfCase;
use super::line_days::{LineDays, lines_column};
use super::precision::of_time;
use super::syntax::{LineDay, Pick, TimeBetween, TimePoint};
use super::used::Used;
use crate::cohort::case::{Case, CaseCell};
use crate::cohort::cell::CellState;
use crate::cohort::column::CaseColumn;
use crate::error::Error;
use crate::schema::Kind;
use crate::schema::lexical::Date;
use crate::schema::lexical::calendar::{day_number, elapsed_months, elapsed_years};
use crate::schema::lexical::duration::TimeUnit;
use crate::words::Word;
use num_bigint::BigInt;
use num_rational::BigRational;

/// A time between two days that is known for each case.
#[derive(Debug)]
pub(super) struct BoundBetween<'a> {
    start: BoundPoint<'a>,
    end: BoundPoint<'a>,
    instead: Vec<BoundPoint<'a>>,
    unit: TimeUnit,
    is_completed: bool,
    lines: Option<LineDays<'a>>,
}

/// A day in the story of a case.
#[derive(Debug)]
enum BoundPoint<'a> {
    Date(DateColumn<'a>),
    /// A time from the first day of treatment.
    Since(CaseColumn<'a>, TimeUnit),
    Line(LineDay),
    OneOf(Pick, Vec<BoundPoint<'a>>),
}

impl<'a> BoundBetween<'a> {
    /// Binds it to the columns; `starts` are the first days of treatment of the cases, in their order, where they are known.
    ///
    /// Errors: a name that is no column of dates; a date beside lines whose days are no dates.
    pub fn bind(
        between: &TimeBetween,
        used: &mut Used<'_, 'a>,
        starts: &'a [Option<i64>],
    ) -> Result<BoundBetween<'a>, Error> {
        let TimeBetween { start, end, instead, unit, is_completed } = between;
        let points = || [start, end].into_iter().chain(instead);
        let has_lines = points().any(TimePoint::has_line);
        let lines = if has_lines { Some(lines_column(used)?) } else { None };
        let mut bound =
            points().map(|point| BoundPoint::bind(point, used, has_lines)).collect::<Result<Vec<_>, _>>()?;
        let has_dates = !starts.is_empty() && !bound.iter().any(BoundPoint::is_since);
        let is_by_calendar = *is_completed && matches!(unit, TimeUnit::Years | TimeUnit::Months);
        match bound.iter().find_map(BoundPoint::date_header) {
            Some(header) if has_lines && starts.is_empty() => return Err(without_first_day(header)),
            _ if has_lines && !has_dates && is_by_calendar => return Err(without_calendar(*unit)),
            _ => {}
        }
        let lines = lines.map(|column| LineDays { column, starts, has_dates });
        let rest = bound.split_off(2);
        let (Some(end), Some(start)) = (bound.pop(), bound.pop()) else { return Err(Error::usage("no time")) };
        Ok(BoundBetween { start, end, instead: rest, unit: *unit, is_completed: *is_completed, lines })
    }

    /// The time of a case; none where a day is not known.
    pub fn elapsed(&mut self, case: &Case<'_>) -> Option<BigRational> {
        self.dates().for_each(|dates| dates.see(case));
        let (start, (end, _)) = (self.start.day(case, self.lines.as_ref(), None), self.last_day(case)?);
        match (start, end) {
            (DayOfCase::Date(start), DayOfCase::Date(end)) => elapsed(start, end, self.unit, self.is_completed),
            (DayOfCase::Since(start), DayOfCase::Since(end)) => {
                Some(between(&start, &end, self.unit, self.is_completed))
            }
            _ => None,
        }
    }

    /// Whether the event came; none where nobody knows.
    pub fn has_ended(&self, case: &Case<'_>) -> Option<bool> {
        self.last_day(case).map(|(_, is_event)| is_event)
    }

    /// The day of the event, else of what stands for it, and whether it is that of the event.
    fn last_day(&self, case: &Case<'_>) -> Option<(DayOfCase, bool)> {
        let from = self.start.line();
        let mut is_event = true;
        for point in std::iter::once(&self.end).chain(&self.instead) {
            match point.day(case, self.lines.as_ref(), from) {
                DayOfCase::NotCome => is_event = false,
                DayOfCase::Unknown => return None,
                // That a patient was seen later, nobody knows when, is no last visit.
                DayOfCase::Came if !is_event => return None,
                day => return Some((day, is_event)),
            }
        }
        None
    }

    /// True for an event that lies after what else would stand for it: who is dead was not seen later, but a visit is.
    pub fn is_after_last_visit(&self, case: &Case<'_>) -> bool {
        let (from, lines) = (self.start.line(), self.lines.as_ref());
        let Some(last) = self.instead.first() else { return false };
        last.day(case, lines, from).is_before(&self.end.day(case, lines, from))
    }

    /// How many decimals it is printed with; none for all of them.
    pub fn decimals(&self) -> Option<u8> {
        (!self.is_completed).then(|| of_time(self.unit))
    }

    fn dates(&mut self) -> impl Iterator<Item = &mut DateColumn<'a>> {
        let points = [&mut self.start, &mut self.end].into_iter().chain(&mut self.instead);
        points.flat_map(BoundPoint::dates)
    }

    /// The column of a date that all cases share; none where fewer than two have been seen.
    pub fn shared_date(&self) -> Option<&str> {
        [&self.start, &self.end].into_iter().chain(&self.instead).find_map(BoundPoint::shared_date)
    }
}

impl<'a> BoundPoint<'a> {
    fn bind(point: &TimePoint, used: &mut Used<'_, 'a>, has_lines: bool) -> Result<BoundPoint<'a>, Error> {
        let name = match point {
            TimePoint::Line(line) => return Ok(BoundPoint::Line(*line)),
            TimePoint::OneOf(pick, points) => {
                let points = points.iter().map(|point| BoundPoint::bind(point, used, has_lines));
                return Ok(BoundPoint::OneOf(*pick, points.collect::<Result<_, _>>()?));
            }
            TimePoint::Column(name) => name,
        };
        let variable = used.find(name)?.variable();
        let unit = variable.unit.as_deref().and_then(TimeUnit::of_word);
        match unit {
            Some(unit) if has_lines && variable.kind == Kind::Number => {
                Ok(BoundPoint::Since(used.column(name, Kind::Number)?, unit))
            }
            _ => Ok(BoundPoint::Date(DateColumn::bind(name, used)?)),
        }
    }

    fn date_header(&self) -> Option<&str> {
        match self {
            BoundPoint::Date(dates) => Some(dates.header()),
            BoundPoint::OneOf(_, points) => points.iter().find_map(BoundPoint::date_header),
            BoundPoint::Since(..) | BoundPoint::Line(_) => None,
        }
    }

    fn is_since(&self) -> bool {
        match self {
            BoundPoint::Since(..) => true,
            BoundPoint::OneOf(_, points) => points.iter().any(BoundPoint::is_since),
            BoundPoint::Date(_) | BoundPoint::Line(_) => false,
        }
    }

    fn dates(&mut self) -> Vec<&mut DateColumn<'a>> {
        match self {
            BoundPoint::Date(dates) => vec![dates],
            BoundPoint::OneOf(_, points) => points.iter_mut().flat_map(BoundPoint::dates).collect(),
            BoundPoint::Since(..) | BoundPoint::Line(_) => Vec::new(),
        }
    }

    /// The column of a date that all cases share.
    fn shared_date(&self) -> Option<&str> {
        match self {
            BoundPoint::Date(dates) => dates.shared(),
            BoundPoint::OneOf(_, points) => points.iter().find_map(BoundPoint::shared_date),
            BoundPoint::Since(..) | BoundPoint::Line(_) => None,
        }
    }

    /// The line that it is a day of.
    fn line(&self) -> Option<LineDay> {
        if let BoundPoint::Line(line) = self { Some(*line) } else { None }
    }

    /// Its day in a case; `from` is the line from which is counted.
    fn day(&self, case: &Case<'_>, lines: Option<&LineDays<'_>>, from: Option<LineDay>) -> DayOfCase {
        match (self, lines) {
            (BoundPoint::Date(dates), None) => dates.day(case),
            (BoundPoint::Date(dates), Some(lines)) => lines.counted(dates.day(case), case),
            (BoundPoint::Line(line), Some(lines)) => lines.day(*line, from, case),
            (BoundPoint::Line(_), None) => DayOfCase::Unknown,
            (BoundPoint::OneOf(pick, points), _) => {
                picked(*pick, points.iter().map(|point| point.day(case, lines, from)))
            }
            (BoundPoint::Since(column, unit), _) => match case.cell(column) {
                CaseCell::Number(CellState::Value(stated)) => {
                    DayOfCase::Since(in_days(&stated.value.to_ratio(), *unit))
                }
                CaseCell::Number(CellState::Missing(_)) => DayOfCase::NotCome,
                _ => DayOfCase::Unknown,
            },
        }
    }
}

/// One of several days; where one of them is not known, nobody knows which it is.
fn picked(pick: Pick, days: impl Iterator<Item = DayOfCase>) -> DayOfCase {
    let mut found = DayOfCase::NotCome;
    for day in days {
        found = match (found, day) {
            (DayOfCase::Unknown, _) | (_, DayOfCase::Unknown) => DayOfCase::Unknown,
            (DayOfCase::Came, _) | (_, DayOfCase::Came) => DayOfCase::Came,
            (DayOfCase::NotCome, day) | (day, DayOfCase::NotCome) => day,
            (one, other) if one.is_before(&other) == (pick == Pick::Earliest) => one,
            (_, other) => other,
        };
    }
    found
}

fn without_first_day(header: &str) -> Error {
    let message = format!("'{header}' holds dates, and of the treatment lines the days are known, not their dates");
    let remedy = "take a column with the time from the first day of treatment: 'line 1 to next line or followup in days'; \
                  or give the treatments as a table with dates: --table treatments=FILE";
    Error::usage_with(message, remedy)
}

fn without_calendar(unit: TimeUnit) -> Error {
    let message =
        format!("{} completed are counted by the calendar, and the days of the lines are no dates", unit.as_word());
    Error::usage_with(message, format!("leave out completed: 'line 1 to next line in {}'", unit.as_word()))
}

#[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow")]
fn in_days(number: &BigRational, unit: TimeUnit) -> BigRational {
    number * BigRational::new(BigInt::from(unit.minutes()), BigInt::from(TimeUnit::Days.minutes()))
}

/// The time between two numbers of days.
#[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow, and no unit is 0")]
fn between(start: &BigRational, end: &BigRational, unit: TimeUnit, is_completed: bool) -> BigRational {
    let time = (end - start) / in_days(&BigRational::from_integer(BigInt::from(1)), unit);
    if is_completed { time.floor() } else { time }
}

/// The time between two full dates, below 0 where the second is before the first: completed units backwards, one at
/// least. None where one is not full.
///
/// Exact years and months are counted by the calendar, so that an anniversary is a whole number of both.
#[expect(clippy::arithmetic_side_effects, reason = "a year has four digits, and a year 12 months")]
pub(super) fn elapsed(start: Date, end: Date, unit: TimeUnit, is_completed: bool) -> Option<BigRational> {
    let days = day_number(end)? - day_number(start)?;
    let whole = |number: i64| BigRational::from_integer(BigInt::from(number));
    if days < 0 {
        let forwards = elapsed(end, start, unit, is_completed)?;
        return Some(-if is_completed { forwards.max(whole(1)) } else { forwards });
    }
    match (unit, is_completed) {
        (TimeUnit::Years, true) => elapsed_years(start, end).map(|years| whole(i64::from(years))),
        (TimeUnit::Years, false) => Some(elapsed_months(start, end)? / whole(12)),
        (TimeUnit::Months, true) => elapsed_months(start, end).map(|months| months.floor()),
        (TimeUnit::Months, false) => elapsed_months(start, end),
        (TimeUnit::Weeks, true) => Some(whole(days / 7)),
        (TimeUnit::Weeks, false) => Some(whole(days) / whole(7)),
        (TimeUnit::Days | TimeUnit::Hours | TimeUnit::Minutes, _) => {
            Some(whole(days * TimeUnit::Days.minutes() as i64) / whole(unit.minutes() as i64))
        }
    }
}
