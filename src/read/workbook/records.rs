//! The records of a table: the rows below its header, kept as cells, with what is wrong with them.

use super::fault::Fault;
use super::layout::{SheetLayout, is_of_names};
use super::row::{CellFault, CellKind, RowSink, SheetRow};
use crate::diagnostic::KEPT;
use crate::read::text_number::{OF_TEXT, may_be_thousands};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Most bytes of all records together: texts, and five bytes a cell.
const MOST_BYTES: usize = 1 << 29;
/// Rows of one cell that may be the last of a sheet and are kept apart until another row follows.
const MOST_PENDING: usize = 200;

/// Some records: their cells, and their rows in the sheet.
#[derive(Debug, Default, Clone)]
pub struct RecordBlock {
    /// The text of the cells, with one byte between two of them.
    pub bytes: Vec<u8>,
    /// Where each cell ends.
    pub ends: Vec<u32>,
    /// The row of each record.
    pub rows: Vec<u32>,
}

/// Rows of a kind: how many, and the first of them.
#[derive(Debug, Default, Clone, Copy)]
pub struct RowCount {
    /// Their number.
    pub count: u64,
    /// The first one.
    pub first: u32,
}

impl RowCount {
    fn add(&mut self, row: u32, rows: u64) {
        if self.count == 0 {
            self.first = row;
        }
        self.count = self.count.saturating_add(rows);
    }
}

/// Cells of one column that cannot be read for one reason.
#[derive(Debug, Default)]
pub struct FaultyCells {
    /// Their number.
    pub count: u64,
    /// Row and text of the first ones.
    pub first: Vec<(u32, String)>,
}

/// What a sheet holds below its header.
#[derive(Debug)]
pub struct SheetRecords {
    layout: SheetLayout,
    /// The last row that is read.
    last_row: Option<u32>,
    block_size: usize,
    open: RecordBlock,
    /// The records.
    pub blocks: Vec<Arc<RecordBlock>>,
    size: usize,
    /// The last row with a cell.
    pub end: u32,
    /// Rows of one cell after the last whole row.
    pending: Vec<SheetRow>,
    /// Rows without a cell between others.
    pub blank: RowCount,
    /// Rows that are hidden.
    pub hidden: RowCount,
    /// The last row with a cell in each column of the table.
    pub ends: Vec<u32>,
    /// Rows with coloured cells.
    pub coloured: RowCount,
    /// Rows behind the last one that was to be read.
    pub cut: RowCount,
    /// Rows with cells beside the columns of the table: the column of the first, too.
    pub outside: (RowCount, u32),
    /// Cells that cannot be read.
    pub faulty: BTreeMap<(u32, CellFault), FaultyCells>,
    /// The columns that have had numbers or dates, and no text.
    of_data: Vec<(bool, bool)>,
    /// Another table below, as far as its rows tell.
    pub second: Option<SecondTable>,
}

/// Another table below that of the cases: names behind a blank row, some of them below numbers, and the rows below them.
#[derive(Debug, Clone)]
pub struct SecondTable {
    /// The row of its names.
    pub header: u32,
    /// Its rows with that of the names.
    pub rows: u64,
    /// The last row of the table of the cases.
    pub last: u32,
    /// The first of its names.
    pub name: String,
    columns: (u32, u32),
}

impl SheetRecords {
    /// Records of a layout, in blocks of about this size.
    pub fn new(layout: SheetLayout, last_row: Option<u32>, block_size: usize) -> SheetRecords {
        let (end, ends) = (layout.header, vec![layout.header; layout.width()]);
        SheetRecords {
            ends,
            layout,
            last_row,
            block_size,
            open: RecordBlock::default(),
            blocks: Vec::new(),
            size: 0,
            end,
            pending: Vec::new(),
            blank: RowCount::default(),
            hidden: RowCount::default(),
            coloured: RowCount::default(),
            cut: RowCount::default(),
            outside: (RowCount::default(), 0),
            faulty: BTreeMap::new(),
            of_data: Vec::new(),
            second: None,
        }
    }

    /// Looks for another table below: its names fill fewer columns, or stand behind several blank rows.
    fn look_below(&mut self, row: &SheetRow) {
        let columns = (row.cells().first(), row.cells().last());
        let (Some(first), Some(last)) = columns else { return };
        let (left, right) = (first.column, last.column);
        if let Some(second) = &mut self.second {
            let fits = second.columns.0 <= left && right <= second.columns.1;
            second.rows = second.rows.saturating_add(1);
            if fits {
                return;
            }
            self.second = None;
        }
        let gap = row.number.saturating_sub(self.end).saturating_sub(1);
        let is_narrower = row.cells().len() < self.layout.width();
        let at = |column: u32| column.checked_sub(self.layout.first).map(|at| at as usize);
        let is_below_data = |column: u32| at(column).and_then(|at| self.of_data.get(at)) == Some(&(true, false));
        let is_header = is_of_names(row)
            && row.cells().len() > 1
            && (is_narrower && gap > 0 || gap > 1)
            && row.cells().iter().any(|cell| is_below_data(cell.column));
        if is_header && self.end > self.layout.header {
            let name = row.text(first).to_owned();
            self.second =
                Some(SecondTable { header: row.number, rows: 1, last: self.end, name, columns: (left, right) });
        }
        self.of_data.resize(self.layout.width(), (false, false));
        for cell in row.cells() {
            let place = at(cell.column).and_then(|at| self.of_data.get_mut(at));
            match (place, cell.kind) {
                (Some(place), CellKind::Data) => place.0 = true,
                (Some(place), CellKind::Text) => place.1 = true,
                (Some(_), CellKind::Faulty(_)) | (None, _) => {}
            }
        }
    }

    /// The texts of a column of the table, from the first record on.
    pub fn texts(&self, column: usize) -> Vec<&str> {
        let width = self.layout.width();
        let of_block = |block: &'_ Arc<RecordBlock>| {
            (0..block.rows.len()).map(|row| row.saturating_mul(width).saturating_add(column)).collect::<Vec<usize>>()
        };
        let text = |block: &'_ RecordBlock, at: usize| {
            let start = at
                .checked_sub(1)
                .and_then(|before| block.ends.get(before))
                .map_or(0, |end| (*end as usize).saturating_add(1));
            (start, block.ends.get(at).map_or(start, |end| *end as usize))
        };
        let mut texts = Vec::new();
        for block in &self.blocks {
            for at in of_block(block) {
                let (start, end) = text(block, at);
                texts.push(
                    block
                        .bytes
                        .get(start..end)
                        .and_then(|bytes| std::str::from_utf8(bytes).ok())
                        .unwrap_or_default()
                        .trim(),
                );
            }
        }
        texts
    }

    /// Ends the records; returns the rows below the table, which are none of it.
    pub fn finish(&mut self) -> Vec<SheetRow> {
        self.close();
        std::mem::take(&mut self.pending)
    }

    /// Drops the first record, which turned out to be the row of the column names.
    pub fn drop_first(&mut self) {
        let width = self.layout.width();
        let Some(block) = self.blocks.first_mut().and_then(Arc::get_mut) else { return };
        let length = block.ends.get(width.saturating_sub(1)).map_or(0, |end| (*end as usize).saturating_add(1));
        block.bytes.drain(..length.min(block.bytes.len()));
        block.ends.drain(..width.min(block.ends.len()));
        block.ends.iter_mut().for_each(|end| *end = end.saturating_sub(length as u32));
        block.rows.drain(..block.rows.len().min(1));
    }

    fn close(&mut self) {
        if !self.open.rows.is_empty() {
            self.blocks.push(Arc::new(std::mem::take(&mut self.open)));
        }
    }

    /// True for a row that may be a footnote: one cell with several words, or few cells below a blank row.
    fn is_narrow(&self, row: &SheetRow) -> bool {
        let width = self.layout.width();
        let filled = row.cells().len();
        let is_behind_gap = row.number > self.end.saturating_add(1) && self.end > self.layout.header;
        let has_words = row.cells().iter().all(|cell| row.text(cell).trim().contains([' ', '=', '*']));
        match filled {
            1 => width > 2 && (has_words || is_behind_gap || !self.pending.is_empty()),
            2 => width > 3 && (is_behind_gap || !self.pending.is_empty()),
            _ => false,
        }
    }

    fn push(&mut self, row: &SheetRow) -> Result<(), Fault> {
        self.look_below(row);
        let gap = row.number.saturating_sub(self.end).saturating_sub(1);
        if gap > 0 {
            self.blank.add(self.end.saturating_add(1), gap.into());
        }
        self.end = row.number;
        if row.is_hidden {
            self.hidden.add(row.number, 1);
        }
        if row.is_coloured {
            self.coloured.add(row.number, 1);
        }
        let before = self.open.bytes.len();
        self.push_cells(row);
        let added = self.open.bytes.len().saturating_sub(before);
        self.size = self.size.saturating_add(added).saturating_add(self.layout.width().saturating_mul(4));
        if self.size > MOST_BYTES {
            return Err(Fault::TooLarge("its cells need more than 512 MiB"));
        }
        if self.open.bytes.len() >= self.block_size {
            self.close();
        }
        Ok(())
    }

    /// One cell for each column of the table; a cell that cannot be read is empty, and noted.
    fn push_cells(&mut self, row: &SheetRow) {
        let inside = self.layout.first..=self.layout.last;
        let mut cells = row.cells().iter().filter(|cell| inside.contains(&cell.column)).peekable();
        for (column, end) in inside.clone().zip(&mut self.ends) {
            if let Some(cell) = cells.next_if(|cell| cell.column == column) {
                *end = row.number;
                match cell.kind {
                    CellKind::Text | CellKind::Data => {
                        let text = row.text(cell).as_bytes();
                        self.open.bytes.extend_from_slice(text);
                        if cell.kind == CellKind::Text && may_be_thousands(text) {
                            self.open.bytes.push(OF_TEXT as u8);
                        }
                    }
                    CellKind::Faulty(fault) => note(&mut self.faulty, (row.number, column), fault, row.text(cell)),
                }
            }
            self.open.ends.push(u32::try_from(self.open.bytes.len()).unwrap_or(u32::MAX));
            self.open.bytes.push(b'\n');
        }
        self.open.rows.push(row.number);
        if let Some(cell) = row.cells().iter().find(|cell| !inside.contains(&cell.column)) {
            if self.outside.0.count == 0 {
                self.outside.1 = cell.column;
            }
            self.outside.0.add(row.number, 1);
        }
    }
}

fn note(faulty: &mut BTreeMap<(u32, CellFault), FaultyCells>, (row, column): (u32, u32), fault: CellFault, text: &str) {
    let cells = faulty.entry((column, fault)).or_default();
    cells.count = cells.count.saturating_add(1);
    if cells.first.len() < KEPT {
        cells.first.push((row, text.to_owned()));
    }
}

impl RowSink for SheetRecords {
    fn row(&mut self, row: &SheetRow) -> Result<ControlFlow<()>, Fault> {
        if row.number <= self.layout.header || row.cells().is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        if self.last_row.is_some_and(|last| row.number > last) {
            self.cut.add(row.number, 1);
            return Ok(ControlFlow::Continue(()));
        }
        if self.is_narrow(row) && self.pending.len() < MOST_PENDING {
            self.pending.push(row.clone());
            return Ok(ControlFlow::Continue(()));
        }
        for pending in std::mem::take(&mut self.pending) {
            self.push(&pending)?;
        }
        self.push(row)?;
        Ok(ControlFlow::Continue(()))
    }
}
