//! One case as the rules see it.

use super::column_lookup::ColumnLookup;
use crate::cohort::case::{Case, CaseCell, CaseColumn};
use crate::cohort::cell::{CellState, DateState, LevelState, LinesState, SetState, date};
use crate::cohort::known_cells::{KnownCell, KnownCells, KnownPersons};
use crate::cohort::lines::Line;
use crate::cohort::quantity::Quantity;
use crate::cohort::range::Person;
use crate::schema::lexical::Date;
use crate::schema::lexical::duration::TimeUnit;
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

/// What one thread remembers of the cells, so that each distinct written cell is interpreted once.
#[derive(Default)]
pub struct Remembered {
    cells: RefCell<KnownCells>,
    persons: KnownPersons,
}

/// One case; what several rules need is read once.
pub struct CaseView<'c> {
    /// The case.
    pub case: Case<'c>,
    /// Age and sex, for reference ranges.
    pub person: Person,
    remembered: &'c Remembered,
    lines: Option<KnownCell>,
}

/// The level of a cell.
pub struct LevelText(Rc<CaseCell>);

impl Deref for LevelText {
    type Target = str;

    fn deref(&self) -> &str {
        match &*self.0 {
            CaseCell::Level(LevelState::Level(level)) => level,
            _ => "",
        }
    }
}

impl<'c> CaseView<'c> {
    /// Reads the treatment lines of a case.
    pub fn new(case: Case<'c>, lookup: &ColumnLookup<'_>, remembered: &'c Remembered) -> CaseView<'c> {
        let mut cells = remembered.cells.borrow_mut();
        let lines = lookup.lines().map(|column| cells.of(&case, &column));
        let person = remembered.persons.of(&case, cells.numbers());
        drop(cells);
        CaseView { case, person, remembered, lines }
    }

    /// What the cell of a column contains.
    pub fn cell(&self, column: &CaseColumn<'_>) -> KnownCell {
        self.remembered.cells.borrow_mut().of(&self.case, column)
    }

    /// The cell of treatment lines. None without a column of lines.
    pub fn lines_cell(&self) -> Option<&KnownCell> {
        self.lines.as_ref()
    }

    /// True unless the cell is missing; an unreadable cell counts as reported.
    pub fn reports(&self, column: &CaseColumn<'_>) -> bool {
        !matches!(
            *self.cell(column).cell,
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
            *self.cell(column).cell,
            CaseCell::Number(CellState::Unreadable(_))
                | CaseCell::Level(LevelState::Unreadable(_))
                | CaseCell::Date(DateState::Unreadable(_))
                | CaseCell::Lines(LinesState::Unreadable(_))
        )
    }

    /// The level of a category cell. None for other cells.
    pub fn level(&self, column: Option<CaseColumn<'_>>) -> Option<LevelText> {
        let cell = self.cell(&column?).cell;
        matches!(*cell, CaseCell::Level(LevelState::Level(_))).then_some(LevelText(cell))
    }

    /// The value of a number cell. None for a censored value and for other cells.
    pub fn value(&self, column: Option<CaseColumn<'_>>) -> Option<Quantity> {
        match &*self.cell(&column?).cell {
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
        matches!(*self.cell(column).cell, CaseCell::Number(CellState::Value(_) | CellState::Censored { .. }))
    }

    /// The date of a cell, also of a withheld column such as a birth date.
    pub fn date(&self, column: Option<CaseColumn<'_>>) -> Option<Date> {
        match &*self.cell(&column?).cell {
            CaseCell::Date(DateState::Date(date)) => Some(*date),
            CaseCell::Level(LevelState::Level(text)) => match date(text, &column?.rules) {
                DateState::Date(date) => Some(date),
                DateState::Unreadable(_) | DateState::Missing(_) => None,
            },
            _ => None,
        }
    }
}

/// The lines of a cell; empty for any other.
pub fn lines_of(cell: &CaseCell) -> &[Arc<Line>] {
    match cell {
        CaseCell::Lines(LinesState::Lines(lines)) => lines,
        _ => &[],
    }
}
