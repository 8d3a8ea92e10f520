//! The days of a child table.

use super::certain_order::DaySpan;
use super::fields::Field;
use super::table::KeyedTable;
use crate::cohort::cell::{CellRules, CellState, DateState, date, number};
use crate::cohort::relate::rows::RowIndex;
use crate::schema::header::read_header;
use crate::schema::lexical::Date;
use crate::schema::lexical::calendar::day_number;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{Kind, Role, Variable};

/// What a cell says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayState {
    /// A full date, as its number.
    Day(i64),
    /// The first and the last day that a month or a year may mean; of day numbers the number twice.
    Between(i64, i64),
    /// Nothing.
    Missing,
    /// A text that is no date.
    Unclear,
}

impl DayState {
    /// The number of the day.
    pub fn day(self) -> Option<i64> {
        match self {
            DayState::Day(day) => Some(day),
            DayState::Between(..) | DayState::Missing | DayState::Unclear => None,
        }
    }

    /// The first and the last day that it may be.
    pub fn span(self) -> Option<DaySpan> {
        match self {
            DayState::Day(day) => Some((day, day)),
            DayState::Between(first, last) => Some((first, last)),
            DayState::Missing | DayState::Unclear => None,
        }
    }
}

/// The days that a date may mean; an exact one is one day.
fn days_of(date: Date) -> DayState {
    if let Some(day) = day_number(date) {
        return DayState::Day(day);
    }
    let first = |year: u16, month: u8| day_number(Date { year, month: Some(month), day: Some(1) });
    let months = date.month.map_or((1, 12), |month| (month, month));
    let behind = match months.1 {
        12 => first(date.year.saturating_add(1), 1),
        month => first(date.year, month.saturating_add(1)),
    };
    let last = behind.map(|day| day.saturating_sub(1));
    first(date.year, months.0).zip(last).map_or(DayState::Unclear, |(first, last)| DayState::Between(first, last))
}

/// A number of a day, where all starts and stops are numbers.
fn numbered_day(text: &str, rules: &CellRules<'_>) -> DayState {
    match number(text, rules) {
        CellState::Value(stated) => {
            let whole = stated.value.ratio().filter(|value| value.is_integer());
            let day = whole.and_then(|value| i64::try_from(value.to_integer()).ok());
            day.map_or(DayState::Unclear, |day| DayState::Between(day, day))
        }
        CellState::Missing(_) => DayState::Missing,
        CellState::Censored { .. } | CellState::StatedOnly(_) | CellState::Unreadable(_) => DayState::Unclear,
    }
}

/// The day in a column of a table.
pub fn day(table: &KeyedTable<'_>, row: RowIndex, field: Field, extra_missing: &[String]) -> DayState {
    let Some(variable) = table.variable(field) else { return DayState::Missing };
    let rules = CellRules::new(variable, extra_missing);
    let is_numbered = |field: Field| table.variable(field).is_none_or(|of| of.kind == Kind::Number);
    if variable.kind == Kind::Number && is_numbered(Field::Start) && is_numbered(Field::Stop) {
        return numbered_day(table.text(row, field), &rules);
    }
    match date(table.text(row, field), &rules) {
        DateState::Date(date) => days_of(date),
        DateState::Missing(_) => DayState::Missing,
        DateState::Unreadable(_) => DayState::Unclear,
    }
}

/// When something was measured: the number of the day; in a table without days the age in whole days, where it has ages.
pub fn moment(table: &KeyedTable<'_>, row: RowIndex, extra_missing: &[String]) -> Option<i64> {
    if table.fields.get(Field::Day).is_some() {
        return day(table, row, Field::Day, extra_missing).day();
    }
    let header = table.fields.get(Field::Age).and_then(|column| table.table.rows.columns.get(column));
    let of_header = header.and_then(|header| read_header(header).unit).and_then(|unit| TimeUnit::of_word(&unit));
    let own = of_header.unwrap_or(TimeUnit::Years);
    let unit = Some(own.word().to_owned());
    let age = Variable { kind: Kind::Number, role: Role::Age, unit, ..Variable::new("age") };
    let state = number(table.text(row, Field::Age), &CellRules::new(&age, extra_missing));
    let CellState::Value(age) = state else { return None };
    let days = age.value.in_time(own, TimeUnit::Days)?.ratio()?;
    i64::try_from(days.floor().to_integer()).ok()
}
