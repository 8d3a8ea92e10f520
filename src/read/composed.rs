//! A table that was composed of the records of an input, as a form of it: one record a case, each cell with its place.

use super::batch::Batch;
use super::block::RecordLines;
use super::form::{Form, RecordReader};
use super::source::Source;
use crate::diagnostic::{ComposedColumn, ComposedPlaces, Findings, PlaceTable};
use crate::error::Error;
use std::sync::Arc;

/// Bytes of the records of one block.
const BLOCK: usize = 1 << 19;

/// A composed table while its records are added.
#[derive(Debug, Default)]
pub struct ComposedTable {
    header: Vec<String>,
    places: ComposedPlaces,
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
    /// A table of columns, each with the column of the table that it comes from.
    pub fn new(columns: Vec<ComposedColumn>, tables: Vec<PlaceTable>) -> ComposedTable {
        let header = columns.iter().map(|column| column.name.clone()).collect();
        let places = ComposedPlaces { columns, tables, ..ComposedPlaces::default() };
        ComposedTable { header, places, ..ComposedTable::default() }
    }

    /// Tells which table the record comes from whose cells are added next; needed only where there are several.
    pub fn begin_record(&mut self, table: u32) {
        self.places.record_tables.push(table);
    }

    /// Adds the next cell of a record: its text, and the line or row that it comes from.
    pub fn push(&mut self, text: &str, line: u32) {
        self.open.bytes.extend_from_slice(text.as_bytes());
        self.open.ends.push(u32::try_from(self.open.bytes.len()).unwrap_or(u32::MAX));
        self.open.bytes.push(b'\n');
        self.places.lines.push(line);
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

    /// The table as the form of an input.
    pub(super) fn into_form(mut self) -> Box<dyn Form> {
        self.close();
        let (header, places, blocks) = (self.header.into(), Arc::new(self.places), self.blocks.into());
        Box::new(ComposedForm { header, places, blocks })
    }
}

#[derive(Clone)]
struct ComposedForm {
    header: Arc<[String]>,
    places: Arc<ComposedPlaces>,
    blocks: Arc<[Arc<ComposedBlock>]>,
}

impl Form for ComposedForm {
    fn header(&self) -> Option<&[String]> {
        Some(&self.header)
    }

    fn delimiter(&self) -> Option<u8> {
        None
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
