//! One patient: a view of a record that interprets its cells, by role or by column.

use super::cell::{CellState, DateState, LevelState, LinesState, SetState, binary, date, items, level, lines, number};
pub use super::column::CaseColumn;
use super::filter::Record;
use super::range::{Demographics, Person};
use super::row::CaseRow;
use crate::diagnostic::{CellPlace, SourceLocation};
use crate::read::block::UNSPLIT;
use crate::read::{Block, Cell};
use crate::schema::{Kind, Role};
use std::borrow::Cow;

/// The columns of the cases, in the order of the tables.
#[derive(Debug, Clone, Default)]
pub struct CaseColumns<'a> {
    all: Vec<CaseColumn<'a>>,
    id: Option<CaseColumn<'a>>,
    demographics: Demographics<'a>,
}

/// What a cell contains, by the kind of its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseCell {
    /// A number column.
    Number(CellState),
    /// A category, binary or text column.
    Level(LevelState),
    /// A set column.
    Set(SetState),
    /// A date column.
    Date(DateState),
    /// A column of treatment lines.
    Lines(LinesState),
}

/// One record of a block, as a case.
#[derive(Debug, Clone, Copy)]
pub struct Case<'c> {
    row: CaseRow<'c>,
    columns: &'c CaseColumns<'c>,
}

impl<'a> CaseColumns<'a> {
    /// The columns of a cohort; `id` is the index in the file of the column of case IDs.
    pub fn new(all: Vec<CaseColumn<'a>>, id: Option<usize>) -> CaseColumns<'a> {
        let id = all.iter().find(|column| Some(column.column) == id).copied();
        let of_role = |role| all.iter().find(|column| column.variable().role == role).copied();
        let demographics = Demographics { age: of_role(Role::Age), sex: of_role(Role::Sex) };
        CaseColumns { id, demographics, all }
    }

    /// Every column.
    pub fn all(&self) -> &[CaseColumn<'a>] {
        &self.all
    }

    /// The column of case IDs.
    pub fn id(&self) -> Option<CaseColumn<'a>> {
        self.id
    }

    /// The columns of a role.
    pub fn of_role(&self, role: Role) -> impl Iterator<Item = CaseColumn<'a>> {
        self.all.iter().copied().filter(move |column| column.variable().role == role)
    }
}

impl Record for Case<'_> {
    fn text(&self, column: usize) -> Cow<'_, [u8]> {
        self.bytes(column)
    }
}

impl<'c> Case<'c> {
    /// The case of a record.
    pub fn new(block: &'c Block, row: usize, columns: &'c CaseColumns<'c>) -> Case<'c> {
        Case { row: CaseRow { block, row, id: columns.id.map(|id| id.column) }, columns }
    }

    /// Number of the case over all inputs, from 1.
    pub fn number(&self) -> u64 {
        self.row.number()
    }

    /// The cell of a column of the file, as it is written.
    pub fn raw(&self, column: usize) -> Cell<'c> {
        self.row.block.cell(self.row.row, column)
    }

    /// The text of the cell of a column of the file, without quotes, trimmed.
    pub fn bytes(&self, column: usize) -> Cow<'c, [u8]> {
        self.row.bytes(column)
    }

    /// The same as UTF-8, as it is written in the file.
    pub fn text(&self, column: usize) -> Cow<'c, str> {
        match self.marked_text(column) {
            Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix(UNSPLIT).unwrap_or(text)),
            Cow::Owned(text) => Cow::Owned(text),
        }
    }

    fn marked_text(&self, column: usize) -> Cow<'c, str> {
        match self.bytes(column) {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }

    /// The ID of the case; its number if there is no ID column, or the cell is empty.
    pub fn id(&self) -> String {
        let id = self.columns.id.map(|id| self.text(id.column)).filter(|id| !id.is_empty());
        id.map_or_else(|| self.number().to_string(), Cow::into_owned)
    }

    /// File, physical line, case and column of a cell.
    pub fn location(&self, column: &str) -> SourceLocation {
        self.row.location(column)
    }

    /// Where the cell of a column comes from, if from another row than the ID of the case does.
    pub fn other_place(&self, column: usize) -> Option<CellPlace> {
        let place = |column: usize| self.row.block.place(self.row.row, column);
        let id = self.columns.id.and_then(|id| place(id.column));
        place(column).filter(|place| Some(*place) != id)
    }

    /// Age and sex, as reference ranges need them.
    pub fn person(&self) -> Person {
        self.columns.demographics.of(&self.row)
    }

    /// The columns of age and sex.
    pub fn demographics(&self) -> &'c Demographics<'c> {
        &self.columns.demographics
    }

    /// What the cell of a column contains.
    pub fn cell(&self, column: &CaseColumn<'_>) -> CaseCell {
        let (text, rules) = (self.marked_text(column.column), &column.rules);
        match column.variable().kind {
            Kind::Number => CaseCell::Number(number(&text, rules)),
            Kind::Category | Kind::Text => CaseCell::Level(level(&text, rules)),
            Kind::Binary => CaseCell::Level(binary(&text, rules)),
            Kind::Set => CaseCell::Set(items(&text, rules)),
            Kind::Date => CaseCell::Date(date(&text, rules)),
            Kind::Lines => CaseCell::Lines(lines(&text, rules)),
        }
    }
}
