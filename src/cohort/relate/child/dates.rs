//! The days of a child table.

use super::fields::Field;
use super::table::KeyedTable;
use crate::cohort::cell::{CellRules, CellState, DateState, date, number};
use crate::cohort::relate::rows::RowIndex;
use crate::schema::header::read_header;
use crate::schema::lexical::calendar::day_number;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{Kind, Role, Variable};

/// What a cell says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayState {
    /// A full date, as its number.
    Day(i64),
    /// Nothing.
    Missing,
    /// No full date: a month alone, or a text.
    Unclear,
}

impl DayState {
    /// The number of the day.
    pub fn day(self) -> Option<i64> {
        match self {
            DayState::Day(day) => Some(day),
            DayState::Missing | DayState::Unclear => None,
        }
    }
}

/// The day in a column of a table.
pub fn day(table: &KeyedTable<'_>, row: RowIndex, field: Field, extra_missing: &[String]) -> DayState {
    let Some(variable) = table.variable(field) else { return DayState::Missing };
    let rules = CellRules::new(variable, extra_missing);
    match date(table.text(row, field), &rules) {
        DateState::Date(date) => day_number(date).map_or(DayState::Unclear, DayState::Day),
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
