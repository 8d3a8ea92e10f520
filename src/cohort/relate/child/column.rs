//! A column that the rows of a child table become.

use crate::cohort::relate::texts::{PackedNumbers, TextColumn};
use crate::diagnostic::{CellPlace, Findings, NamePart};
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::{Kind, Role};

/// A cell with the place that it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChildCell {
    /// Its text; empty where the case has none.
    pub text: String,
    /// Where it comes from.
    pub place: CellPlace,
}

/// One cell for each case.
#[derive(Debug, Clone, Default)]
pub struct ChildCells {
    texts: TextColumn,
    lines: PackedNumbers,
    tables: PackedNumbers,
}

impl ChildCells {
    /// The cells of all cases in order.
    pub fn of(cells: impl Iterator<Item = Option<ChildCell>>) -> ChildCells {
        let mut all = ChildCells::default();
        for ChildCell { text, place } in cells.map(Option::unwrap_or_default) {
            all.texts.push(&text);
            all.lines.push(place.line);
            all.tables.push(place.table);
        }
        all.texts.finish();
        all.lines.finish();
        all.tables.finish();
        all
    }

    /// The text of the cell of a case, and its place.
    pub fn get(&self, case: usize) -> (&str, CellPlace) {
        let of = |numbers: &PackedNumbers| numbers.get(case).unwrap_or(0);
        (self.texts.get(case), CellPlace { table: of(&self.tables), line: of(&self.lines) })
    }
}

/// A column of the cases.
#[derive(Debug, Clone)]
pub struct ChildColumn {
    /// What it is.
    pub declared: DeclaredVariable,
    /// The column of the child table that it comes from.
    pub source: String,
    /// What its name is made of; empty for a name of this program.
    pub parts: Vec<NamePart>,
    /// One cell for each case.
    pub cells: ChildCells,
}

impl ChildColumn {
    /// A column of this name.
    pub fn new(name: &str, role: Role, kind: Option<Kind>, source: &str) -> ChildColumn {
        let declared = DeclaredVariable { role: Some(role), kind, ..DeclaredVariable::named(name) };
        ChildColumn { declared, source: source.to_owned(), parts: Vec::new(), cells: ChildCells::default() }
    }
}

/// The columns of a child table, and what is said of them.
#[derive(Debug, Default)]
pub struct ChildColumns {
    /// The columns.
    pub columns: Vec<ChildColumn>,
    /// What became of the rows, in words.
    pub told: String,
    /// What is said of single rows.
    pub notes: Findings,
    /// The number of the first day of treatment of each case, where it is known.
    pub starts: Vec<Option<i64>>,
}
