//! A column that the rows of a child table become.

use crate::diagnostic::{Finding, NamePart};
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::{Kind, Role};

/// A cell with the line, or the row of the sheet, that it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChildCell {
    /// Its text; empty where the case has none.
    pub text: String,
    /// The line; 0 where there is none.
    pub line: u32,
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
    pub cells: Vec<ChildCell>,
}

impl ChildColumn {
    /// A column of this name.
    pub fn new(name: &str, role: Role, kind: Option<Kind>, source: &str) -> ChildColumn {
        let declared = DeclaredVariable { role: Some(role), kind, ..DeclaredVariable::named(name) };
        ChildColumn { declared, source: source.to_owned(), parts: Vec::new(), cells: Vec::new() }
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
    pub notes: Vec<Finding>,
    /// The number of the first day of treatment of each case, where it is known.
    pub starts: Vec<Option<i64>>,
}
