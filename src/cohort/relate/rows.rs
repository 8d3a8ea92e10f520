//! All rows of the inputs in memory: one, two or four bytes a cell, and each distinct text of a column once.

use super::texts::TextColumn;
use crate::diagnostic::{
    CellPlace, ComposedColumn, ComposedPlaces, ComposedRecord, FilePosition, Findings, NamePart, PlaceTable, Severity,
    SheetCell, SheetTable, SourceLocation,
};
use crate::error::Error;
use crate::read::{Batch, Block, Columns, Feed, Inputs, RecordLines};
use crate::schema::totals::reads_like_a_remark;
use std::sync::Arc;

/// The rows of the inputs.
#[derive(Default)]
pub struct KeptRows {
    /// Their columns.
    pub columns: Vec<String>,
    cells: Vec<TextColumn>,
    /// How many rows there are.
    count: u32,
    /// Rows whose line does not follow that of the row before, with their line: the line in the file, the row in the
    /// sheet, or the number among composed records.
    lines: Vec<(u32, u32)>,
    inputs: Vec<KeptInput>,
    /// What was found about their structure.
    pub findings: Findings,
}

/// The rows of one input.
struct KeptInput {
    /// The first of them.
    first: u32,
    number: u32,
    file: Arc<str>,
    origin: LineOrigin,
}

/// What the lines of an input are.
enum LineOrigin {
    Lines,
    Sheet(Arc<SheetTable>),
    Composed(Arc<ComposedPlaces>),
}

/// One row, by its number over all inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowIndex(u32);

impl KeptRows {
    /// Reads all rows.
    ///
    /// Errors: what is wrong with the structure of the inputs.
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
        let cells = vec![TextColumn::default(); columns.names().len()];
        let mut rows = KeptRows { columns: columns.names().to_vec(), cells, ..KeptRows::default() };
        let (mut feed, mut batch) = (Feed::new(inputs), Batch::default());
        while feed.next(&mut batch)? {
            batch.decode(&columns, &mut rows.findings)?;
            rows.add(&batch.block);
            if rows.cells.iter().any(TextColumn::is_full) {
                let message = "a column has more than 4 GiB of distinct texts";
                return Err(Error::usage_with(message, "leave this column out"));
            }
        }
        rows.findings.merge(feed.into_findings());
        if rows.findings.count(Severity::Error) > 0 {
            return Err(rows.findings.into());
        }
        rows.cells.iter_mut().for_each(TextColumn::finish);
        rows.lines.shrink_to_fit();
        Ok(rows)
    }

    fn add(&mut self, block: &Block) {
        if self.inputs.last().is_none_or(|input| input.number != block.input) {
            let origin = match &block.lines {
                RecordLines::Counted { .. } | RecordLines::Listed(_) => LineOrigin::Lines,
                RecordLines::Sheet { table, .. } => LineOrigin::Sheet(table.clone()),
                RecordLines::Composed { places, .. } => LineOrigin::Composed(places.clone()),
            };
            self.inputs.push(KeptInput { first: self.count, number: block.input, file: block.file.clone(), origin });
        }
        for row in 0..block.rows() {
            let line = u32::try_from(block.line(row)).unwrap_or(u32::MAX);
            if self.line_of(self.count) != Some(line) {
                self.lines.push((self.count, line));
            }
            self.count = self.count.saturating_add(1);
            for (column, cells) in self.cells.iter_mut().enumerate() {
                cells.push(&String::from_utf8_lossy(&block.cell(row, column).text()));
            }
        }
    }

    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = RowIndex> + Clone {
        (0..self.count).map(RowIndex)
    }

    /// True for a row that reads like a remark below the table, with its first words in a column.
    pub fn is_remark(&self, row: RowIndex, column: usize) -> bool {
        let is_blank = (0..self.columns.len()).all(|other| other == column || self.text(row, other).is_empty());
        reads_like_a_remark(self.text(row, column), is_blank)
    }

    /// The trimmed text of a cell.
    pub fn text(&self, row: RowIndex, column: usize) -> &str {
        self.column(column).map_or("", |cells| cells.get(row.0 as usize))
    }

    /// The number of the text of a cell among those of its column.
    pub fn text_number(&self, row: RowIndex, column: usize) -> Option<u32> {
        self.column(column)?.number(row.0 as usize)
    }

    /// The cells of a column.
    pub fn column(&self, column: usize) -> Option<&TextColumn> {
        self.cells.get(column)
    }

    /// The line of a row, as far as the rows before tell.
    fn line_of(&self, row: u32) -> Option<u32> {
        let behind = self.lines.partition_point(|(first, _)| *first <= row);
        let (first, line) = self.lines.get(behind.checked_sub(1)?)?;
        Some(line.saturating_add(row.saturating_sub(*first)))
    }

    /// The input of a row with its number among those that have rows.
    fn input(&self, row: RowIndex) -> Option<(usize, &KeptInput)> {
        let behind = self.inputs.partition_point(|input| input.first <= row.0);
        behind.checked_sub(1).and_then(|at| Some((at, self.inputs.get(at)?)))
    }

    /// Where the input of a row is on the command line.
    pub fn position(&self, row: RowIndex) -> Option<u32> {
        self.input(row).map(|(_, input)| input.number)
    }

    /// The line of a row, or its row in the sheet; of a composed one that of its first cell.
    pub fn line(&self, row: RowIndex) -> u32 {
        self.place(row, None).line
    }

    /// Where a cell comes from: a table of [`KeptRows::place_tables`], and its line or row in it.
    pub fn place(&self, row: RowIndex, column: Option<usize>) -> CellPlace {
        let line = self.line_of(row.0).unwrap_or(0);
        match self.input(row) {
            Some((_, KeptInput { origin: LineOrigin::Composed(places), .. })) => places.place(line, column),
            Some((number, _)) => CellPlace { table: u32::try_from(number).unwrap_or(0), line },
            None => CellPlace::default(),
        }
    }

    /// The place of a cell, for a message.
    pub fn location(&self, row: RowIndex, column: usize) -> SourceLocation {
        let name = self.columns.get(column).cloned().unwrap_or_default();
        let Some((_, input)) = self.input(row) else { return SourceLocation::default() };
        let line = self.line_of(row.0).unwrap_or(0);
        let position = match &input.origin {
            LineOrigin::Lines => FilePosition::Line(line.into()),
            LineOrigin::Sheet(table) => FilePosition::Cell(SheetCell { table: table.clone(), column: 0, row: line }),
            LineOrigin::Composed(places) => {
                FilePosition::Composed(ComposedRecord { places: places.clone(), record: line })
            }
        };
        let number = u64::from(row.0).saturating_add(1);
        let place = SourceLocation::input(input.number, input.file.clone()).at(position);
        SourceLocation { row: number, ..place }.in_column(name)
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
        self.places()?.columns.get(column)
    }

    fn places(&self) -> Option<&ComposedPlaces> {
        match &self.inputs.first()?.origin {
            LineOrigin::Composed(places) => Some(places),
            LineOrigin::Lines | LineOrigin::Sheet(_) => None,
        }
    }

    /// The tables that the cells come from, which [`KeptRows::place`] numbers.
    pub fn place_tables(&self) -> Vec<PlaceTable> {
        let of_input = |input: &KeptInput| {
            let sheet = if let LineOrigin::Sheet(table) = &input.origin { Some(table.clone()) } else { None };
            PlaceTable { file: Some(input.file.clone()), sheet }
        };
        let own = || self.inputs.iter().map(of_input).collect();
        self.places().map_or_else(own, |places| places.tables.clone())
    }
}
