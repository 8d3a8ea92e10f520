//! Where a cell stands; worked out only when something has to be said of it.

use crate::diagnostic::Place;
use crate::read::{Block, excerpt};

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

impl Here<'_> {
    /// File, physical line, case and column.
    pub fn place(&self, column: &str) -> Place {
        let case = match self.id {
            Some(id) => excerpt(&self.block.cell(self.row, id).text()),
            None => format!("case {}", self.block.row_number(self.row)),
        };
        Place {
            input: self.block.input,
            line: Some(self.block.line(self.row)),
            file: Some(self.block.file.clone()),
            pointer: None,
            case: Some(case),
            column: Some(column.to_owned()),
        }
    }

    /// The cells of the record.
    pub fn cells(&self) -> impl Iterator<Item = String> {
        (0..self.block.width)
            .map(|column| String::from_utf8_lossy(&self.block.cell(self.row, column).text()).into_owned())
    }

    /// True where other cells of the record repeat the header too; `header` is that of `column`.
    ///
    /// One cell that equals its column name may be a level; two and more are a second header.
    pub fn repeats_header(&self, column: usize, header: &str) -> bool {
        let names = self.block.header.iter();
        let same = self.cells().zip(names).filter(|(cell, name)| cell == *name).count();
        same == self.block.width
            || (same > 1 && same + 1 >= self.block.width)
            || (self.block.width == 1 && column == 0 && !header.is_empty())
    }
}
