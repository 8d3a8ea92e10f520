//! Whether the cells of a column name or number the rows of a file.

use crate::diagnostic::SourceLocation;

/// What is known of the cells of a column whose header may name the case, or number the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Naming {
    /// Every row has a cell with a text of its own.
    pub are_unique: bool,
    /// The cells of each file that hold anything are the numbers from 0 or 1 on, one each: a row without one is a total.
    pub are_numbered: bool,
    /// The cells of each file are the numbers from 0 or 1 on, one each, in whatever order.
    pub count_rows: bool,
    /// Nothing but the names of totals: `Mean`, `SD` in front of a row of totals.
    pub are_totals: bool,
    /// The first cell with anything in it; none in a blank column.
    pub first: Option<SourceLocation>,
}
