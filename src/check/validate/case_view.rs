//! One case as the rules see it.

use super::column_lookup::ColumnLookup;
use crate::cohort::case::{Case, CaseCell, CaseColumn};
use crate::cohort::cell::{CellState, DateState, LevelState, LinesState, SetState, date};
use crate::cohort::lines::Line;
use crate::cohort::quantity::Quantity;
use crate::cohort::range::Person;
use crate::schema::lexical::Date;
use crate::schema::lexical::duration::TimeUnit;

/// One case; what several rules need is read once.
pub struct CaseView<'c> {
    /// The case.
    pub case: Case<'c>,
    /// Age and sex, for reference ranges.
    pub person: Person,
    lines: Option<LinesState>,
}

impl<'c> CaseView<'c> {
    /// Reads the treatment lines of a case.
    pub fn new(case: Case<'c>, lookup: &ColumnLookup<'_>) -> CaseView<'c> {
        let lines = lookup.lines().map(|column| case.cell(&column)).and_then(|cell| match cell {
            CaseCell::Lines(lines) => Some(lines),
            _ => None,
        });
        CaseView { case, person: case.person(), lines }
    }

    /// The treatment lines. Empty without a column of lines, or where the cell has none.
    pub fn lines(&self) -> &[Line] {
        match &self.lines {
            Some(LinesState::Lines(lines)) => lines,
            _ => &[],
        }
    }

    /// True unless the cell is missing; an unreadable cell counts as reported.
    pub fn reports(&self, column: &CaseColumn<'_>) -> bool {
        !matches!(
            self.case.cell(column),
            CaseCell::Number(CellState::Missing(_))
                | CaseCell::Level(LevelState::Missing(_))
                | CaseCell::Set(SetState::Missing(_))
                | CaseCell::Date(DateState::Missing(_))
                | CaseCell::Lines(LinesState::Missing(_))
        )
    }

    /// True for a cell that cannot be read as its column is.
    pub fn is_unreadable(&self, column: &CaseColumn<'_>) -> bool {
        matches!(
            self.case.cell(column),
            CaseCell::Number(CellState::Unreadable(_))
                | CaseCell::Level(LevelState::Unreadable(_))
                | CaseCell::Date(DateState::Unreadable(_))
                | CaseCell::Lines(LinesState::Unreadable(_))
        )
    }

    /// The level of a category cell. None for other cells.
    pub fn level(&self, column: Option<CaseColumn<'_>>) -> Option<String> {
        match self.case.cell(&column?) {
            CaseCell::Level(LevelState::Level(level)) => Some(level),
            _ => None,
        }
    }

    /// The value of a number cell. None for a censored value and for other cells.
    pub fn value(&self, column: Option<CaseColumn<'_>>) -> Option<Quantity> {
        match self.case.cell(&column?) {
            CaseCell::Number(CellState::Value(number)) => Some(number.value),
            _ => None,
        }
    }

    /// A duration in years. None for a unit that is none of time.
    pub fn years(&self, column: &CaseColumn<'_>) -> Option<Quantity> {
        let unit = TimeUnit::of_word(column.variable().unit.as_deref()?)?;
        self.value(Some(*column))?.in_time(unit, TimeUnit::Years)
    }

    /// True for a number, censored or not.
    pub fn is_number(&self, column: &CaseColumn<'_>) -> bool {
        let cell = self.case.cell(column);
        matches!(cell, CaseCell::Number(CellState::Value(_) | CellState::Censored { .. }))
    }

    /// The date of a cell, also of a withheld column such as a birth date.
    pub fn date(&self, column: Option<CaseColumn<'_>>) -> Option<Date> {
        match self.case.cell(&column?) {
            CaseCell::Date(DateState::Date(date)) => Some(date),
            CaseCell::Level(LevelState::Level(text)) => match date(&text, &column?.rules) {
                DateState::Date(date) => Some(date),
                DateState::Unreadable(_) | DateState::Missing(_) => None,
            },
            _ => None,
        }
    }
}
