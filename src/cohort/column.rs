//! A column of the cases, with how its cells are read.

use super::cell::CellRules;
use crate::schema::Variable;

/// One column of the cases: its index in the file, and how its cells are read.
#[derive(Debug, Clone, Copy)]
pub struct CaseColumn<'a> {
    /// Its index in the file, from 0.
    pub column: usize,
    /// How its cells are read.
    pub rules: CellRules<'a>,
}

impl<'a> CaseColumn<'a> {
    /// The meaning of the column.
    pub fn variable(&self) -> &'a Variable {
        self.rules.variable
    }
}
