//! All rows of an input in memory.

use crate::diagnostic::{ComposedColumn, Findings, NamePart, PlaceTable, Severity, SourceLocation};
use crate::error::Error;
use crate::read::{Batch, Block, Columns, Feed, Inputs, RecordLines};
use std::borrow::Cow;
use std::sync::Arc;

/// The rows of an input.
pub struct KeptRows {
    /// Its columns.
    pub columns: Vec<String>,
    blocks: Vec<Block>,
    /// What was found about its structure.
    pub findings: Findings,
}

/// One row: a block and the row in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowIndex(u32, u32);

impl KeptRows {
    /// Reads all rows.
    ///
    /// Errors: what is wrong with the structure of the input.
    pub fn read(inputs: &Inputs) -> Result<KeptRows, Error> {
        let mut columns = Columns::default();
        match inputs.headers().next() {
            Some((_, names)) => columns.extend(names.to_vec()),
            None => {
                let (mut feed, mut batch) = (Feed::new(inputs), Batch::default());
                while feed.next(&mut batch)? {
                    let found = batch.discover()?;
                    columns.extend(found.names().to_vec());
                }
            }
        }
        let (mut feed, mut blocks, mut findings) = (Feed::new(inputs), Vec::new(), Findings::default());
        loop {
            let mut batch = Batch::default();
            if !feed.next(&mut batch)? {
                break;
            }
            batch.decode(&columns, &mut findings)?;
            blocks.push(batch.block);
        }
        findings.merge(feed.into_findings());
        if findings.count(Severity::Error) > 0 {
            return Err(findings.into());
        }
        Ok(KeptRows { columns: columns.names().to_vec(), blocks, findings })
    }

    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = RowIndex> {
        let of = |(block, rows): (usize, usize)| (0..rows).map(move |row| RowIndex(block as u32, row as u32));
        self.blocks.iter().map(Block::rows).enumerate().flat_map(of)
    }

    /// The block of a row, and its row in it.
    pub fn block(&self, row: RowIndex) -> Option<(&Block, usize)> {
        self.blocks.get(row.0 as usize).map(|block| (block, row.1 as usize))
    }

    /// The text of a cell.
    pub fn text(&self, row: RowIndex, column: usize) -> Cow<'_, str> {
        let Some((block, row)) = self.block(row) else { return Cow::Borrowed("") };
        match block.cell(row, column).text() {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }

    /// The line of a row, or its row in the sheet; of a composed one that of its first cell.
    pub fn line(&self, row: RowIndex) -> u32 {
        self.cell_line(row, None)
    }

    /// The line of a cell, or its row in the sheet.
    pub fn cell_line(&self, row: RowIndex, column: Option<usize>) -> u32 {
        let Some((block, row)) = self.block(row) else { return 0 };
        let line = u32::try_from(block.line(row)).unwrap_or(u32::MAX);
        match &block.lines {
            RecordLines::Composed { places, .. } => places.line_of(line, column),
            RecordLines::Counted { .. } | RecordLines::Listed(_) | RecordLines::Sheet { .. } => line,
        }
    }

    /// The place of a cell.
    pub fn location(&self, row: RowIndex, column: usize) -> SourceLocation {
        let name = self.columns.get(column).cloned().unwrap_or_default();
        self.block(row).map_or_else(SourceLocation::default, |(block, row)| block.location(row).in_column(name))
    }

    /// The column of the file that a composed column comes from; none of a column of the file itself.
    pub fn source(&self, column: usize) -> Option<&String> {
        self.composed(column).map(|column| &column.source)
    }

    /// What the name of a composed column is made of.
    pub fn parts(&self, column: usize) -> &[NamePart] {
        self.composed(column).map_or(&[], |column| &column.parts)
    }

    fn composed(&self, column: usize) -> Option<&ComposedColumn> {
        match &self.blocks.first()?.lines {
            RecordLines::Composed { places, .. } => places.columns.get(column),
            RecordLines::Counted { .. } | RecordLines::Listed(_) | RecordLines::Sheet { .. } => None,
        }
    }

    /// The table as one that cells come from; `file` is its name where it is not that of the input.
    pub fn place_table(&self, file: Option<Arc<str>>) -> PlaceTable {
        let sheet = self.blocks.first().and_then(|block| match &block.lines {
            RecordLines::Sheet { table, .. } => Some(table.clone()),
            RecordLines::Composed { places, .. } => places.tables.first().and_then(|table| table.sheet.clone()),
            RecordLines::Counted { .. } | RecordLines::Listed(_) => None,
        });
        PlaceTable { file, sheet }
    }
}
