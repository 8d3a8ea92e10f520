//! Where a cell stands; worked out only when something has to be said of it.

use crate::cohort::filter::Record;
use crate::diagnostic::Place;
use crate::read::{Block, excerpt};
use std::borrow::Cow;

/// One record of a block.
#[derive(Clone, Copy)]
pub struct Here<'a> {
    /// The block.
    pub block: &'a Block,
    /// The record in it.
    pub row: usize,
    /// The column of the case id.
    pub id: Option<usize>,
}

impl Record for Here<'_> {
    fn text(&self, column: usize) -> Cow<'_, [u8]> {
        self.block.cell(self.row, column).text()
    }
}

impl Here<'_> {
    /// File, physical line, case and column.
    pub fn place(&self, column: &str) -> Place {
        Place {
            input: self.block.input,
            line: Some(self.block.line(self.row)),
            character: None,
            row: self.block.row_number(self.row),
            file: Some(self.block.file.clone()),
            pointer: None,
            case: Some(self.case_name()),
            column: Some(column.to_owned()),
        }
    }

    /// The id of the case; its number where it has none.
    pub fn case_name(&self) -> String {
        let id = self.id.map(|id| self.block.cell(self.row, id).text()).filter(|id| !id.is_empty());
        id.map_or_else(|| format!("case {}", self.block.row_number(self.row)), |id| excerpt(&id))
    }

    /// The cells of the record.
    pub fn cells(&self) -> impl Iterator<Item = String> {
        (0..self.block.width)
            .map(|column| String::from_utf8_lossy(&self.block.cell(self.row, column).text()).into_owned())
    }

    /// True where the record repeats the header in all columns but one at most.
    ///
    /// One cell that equals its column name may be a level; all of them are a second header.
    pub fn repeats_header(&self, names: &[String]) -> bool {
        let same = self.cells().zip(names).filter(|(cell, name)| cell.eq_ignore_ascii_case(name)).count();
        same == names.len() || (same > 1 && same.saturating_add(1) >= names.len())
    }
}
