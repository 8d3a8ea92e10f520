//! One row of a block as the record of a case: its cells, and their location in the file.

use super::filter::Record;
use crate::diagnostic::{CaseName, SourceLocation};
use crate::read::{Block, excerpt};
use std::borrow::Cow;

/// One row of a block, with the column that names its case.
#[derive(Debug, Clone, Copy)]
pub struct CaseRow<'b> {
    /// The block.
    pub block: &'b Block,
    /// The index of the row in the block.
    pub row: usize,
    /// The column of the case ID; none where rows are numbered.
    pub id: Option<usize>,
}

impl Record for CaseRow<'_> {
    fn text(&self, column: usize) -> Cow<'_, [u8]> {
        self.bytes(column)
    }
}

impl<'b> CaseRow<'b> {
    /// The text of a cell, without quotes, trimmed.
    pub fn bytes(&self, column: usize) -> Cow<'b, [u8]> {
        self.block.cell(self.row, column).text()
    }

    /// The number of the case over all inputs, from 1.
    pub fn number(&self) -> u64 {
        self.block.row_number(self.row)
    }

    /// File, physical line, case and column of a cell.
    pub fn location(&self, column: &str) -> SourceLocation {
        SourceLocation { case: Some(self.case_name()), ..self.block.location(self.row).in_column(column) }
    }

    /// The ID of the case; `case 3` where it has none.
    pub fn case_name(&self) -> CaseName {
        let id = self.id.map(|id| self.bytes(id)).filter(|id| !id.is_empty());
        id.map_or_else(|| CaseName::Numbered(format!("case {}", self.number())), |id| CaseName::Id(excerpt(&id)))
    }

    /// The cells of the row.
    pub fn cells(&self) -> impl Iterator<Item = String> {
        (0..self.block.width).map(|column| String::from_utf8_lossy(&self.bytes(column)).into_owned())
    }

    /// How many cells are called as their column, of how many cells that are not blank.
    ///
    /// One cell that equals its column name may be a level; several of them are a second header.
    pub fn named_as_columns(&self, names: &[String]) -> (usize, usize) {
        let cells = || (0..self.block.width).map(|column| self.bytes(column)).zip(names);
        let same = cells().filter(|(cell, name)| cell.eq_ignore_ascii_case(name.as_bytes())).count();
        (same, cells().filter(|(cell, _)| !cell.is_empty()).count())
    }

    /// True where the row repeats the header in all columns but one at most.
    pub fn repeats_header(&self, names: &[String]) -> bool {
        let (same, _) = self.named_as_columns(names);
        same == names.len() || (same > 1 && same.saturating_add(1) >= names.len())
    }
}
