//! A table that was composed of the records of an input, as a form of it: one record a case, each cell with its place.

use super::batch::Batch;
use super::block::RecordLines;
use super::form::{Form, RecordReader};
use super::source::Source;
use crate::diagnostic::{CellPlace, ComposedColumn, ComposedPlaces, Findings, PlaceTable};
use crate::error::Error;
use std::sync::Arc;

/// Bytes of the records of one block.
const BLOCK: usize = 1 << 19;

/// A composed table while its records are added.
#[derive(Debug, Default)]
pub struct ComposedTable {
    header: Vec<String>,
    places: ComposedPlaces,
    /// What separates the cells of the file, if it is a text.
    delimiter: Option<u8>,
    /// Some cell comes from another table than its column.
    has_cell_tables: bool,
    open: ComposedBlock,
    blocks: Vec<Arc<ComposedBlock>>,
    records: u32,
}

/// Some records.
#[derive(Debug, Default)]
struct ComposedBlock {
    first: u32,
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl ComposedTable {
    /// A table of columns, each with the column of the table that it comes from, and these tables.
    pub fn new(columns: Vec<ComposedColumn>, tables: Vec<PlaceTable>) -> ComposedTable {
        let header = columns.iter().map(|column| column.name.clone()).collect();
        let places = ComposedPlaces { columns, tables, ..ComposedPlaces::default() };
        ComposedTable { header, places, ..ComposedTable::default() }
    }

    /// Makes room for this number of records.
    pub fn reserve(&mut self, records: usize) {
        self.places.lines.reserve_exact(records.saturating_mul(self.header.len()));
    }

    /// Adds the next cell of a record: its text, and the line or row that it comes from in the table of its column.
    pub fn push(&mut self, text: &str, line: u32) {
        let table = self.table_of_column();
        self.push_from(text, CellPlace { table, line });
    }

    /// Adds the next cell of a record with its own place.
    pub fn push_from(&mut self, text: &str, place: CellPlace) {
        let usual = self.table_of_column();
        let places = &mut self.places;
        if place.line > 0 && place.table != usual && places.cell_tables.is_empty() {
            let tables: Vec<u32> = places.columns.iter().map(|column| column.table).collect();
            places.cell_tables = tables.into_iter().cycle().take(places.lines.len()).collect();
            self.has_cell_tables = true;
        }
        if self.has_cell_tables {
            places.cell_tables.push(place.table);
        }
        places.lines.push(place.line);
        self.open.bytes.extend_from_slice(text.as_bytes());
        self.open.ends.push(u32::try_from(self.open.bytes.len()).unwrap_or(u32::MAX));
        self.open.bytes.push(b'\n');
    }

    /// The table of the column whose cell is next.
    fn table_of_column(&self) -> u32 {
        let at = self.places.lines.len().checked_rem(self.places.columns.len()).unwrap_or(0);
        self.places.columns.get(at).map_or(0, |column| column.table)
    }

    /// Ends a record, which has one cell for each column.
    pub fn end_record(&mut self) {
        self.records = self.records.saturating_add(1);
        if self.open.bytes.len() >= BLOCK {
            self.close();
        }
    }

    fn close(&mut self) {
        let next = ComposedBlock { first: self.records, ..ComposedBlock::default() };
        let block = std::mem::replace(&mut self.open, next);
        if !block.ends.is_empty() {
            self.blocks.push(Arc::new(block));
        }
    }

    /// The same table, of a text whose cells this separates: it tells how its decimals may be written.
    pub(super) fn delimited_by(self, delimiter: Option<u8>) -> ComposedTable {
        ComposedTable { delimiter, ..self }
    }

    /// The table as the form of an input.
    pub(super) fn into_form(mut self) -> Box<dyn Form> {
        self.close();
        let (header, places, blocks) = (self.header.into(), Arc::new(self.places), self.blocks.into());
        Box::new(ComposedForm { header, delimiter: self.delimiter, places, blocks })
    }
}

#[derive(Clone)]
struct ComposedForm {
    header: Arc<[String]>,
    delimiter: Option<u8>,
    places: Arc<ComposedPlaces>,
    blocks: Arc<[Arc<ComposedBlock>]>,
}

impl Form for ComposedForm {
    fn header(&self) -> Option<&[String]> {
        Some(&self.header)
    }

    fn delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    fn composed(&self) -> &[ComposedColumn] {
        &self.places.columns
    }

    fn reader(&self, source: Source, _: usize) -> Result<Box<dyn RecordReader>, Error> {
        Ok(Box::new(ComposedReader { source, form: self.clone(), next: 0 }))
    }
}

struct ComposedReader {
    source: Source,
    form: ComposedForm,
    next: usize,
}

impl RecordReader for ComposedReader {
    fn next(&mut self, batch: &mut Batch) -> Result<bool, Error> {
        let block = batch.cells();
        block.clear();
        let Some(records) = self.form.blocks.get(self.next) else { return Ok(false) };
        self.next = self.next.saturating_add(1);
        block.width = self.form.header.len();
        block.input = self.source.input;
        block.file = self.source.file.clone();
        block.header = self.form.header.clone();
        block.quoted = false;
        block.bytes.extend_from_slice(&records.bytes);
        block.ends.extend_from_slice(&records.ends);
        block.lines = RecordLines::Composed { places: self.form.places.clone(), first: records.first };
        Ok(true)
    }

    fn take_findings(&mut self) -> Findings {
        Findings::default()
    }
}
