//! A workbook as one of the forms of an input: its table, its records, and what is said of them.

use super::book::Book;
use super::choose::{Chosen, choose, table_sheets, without_table};
use super::fault::Fault;
use super::findings::ReadSheet;
use super::layout::{ColumnNames, SheetLayout};
use super::open::open;
use super::records::{RecordBlock, SheetRecords};
use crate::diagnostic::{Finding, Findings, SheetTable};
use crate::error::Error;
use crate::read::batch::Batch;
use crate::read::block::RecordLines;
use crate::read::bytes::ReadSeek;
use crate::read::csv::header_refusals;
use crate::read::form::{Form, Recognised, RecordReader};
use crate::read::options::ReadOptions;
use crate::read::sheet_header::SheetHeader;
use crate::read::source::Source;
use crate::read::unnamed::unnamed;
use std::sync::Arc;

/// Reads a workbook; none where the bytes are none.
///
/// Errors: why it cannot be read as a table of cases.
pub fn recognise(bytes: Box<dyn ReadSeek>, options: &ReadOptions) -> Option<Result<Recognised, Vec<Finding>>> {
    let refused = |fault: Fault| Some(Err(vec![fault.finding()]));
    match open(bytes) {
        Ok(Some(mut book)) => Some(read(&mut *book, options).unwrap_or_else(|fault| Err(vec![fault.finding()]))),
        Ok(None) => None,
        Err(fault) => refused(fault),
    }
}

/// The sheets that read as tables; none where the bytes are no workbook, or one that cannot be read.
pub fn tables(bytes: Box<dyn ReadSeek>) -> Vec<SheetHeader> {
    let book = open(bytes).ok().flatten();
    book.and_then(|mut book| table_sheets(&mut *book).ok()).unwrap_or_default()
}

fn read(book: &mut dyn Book, options: &ReadOptions) -> Result<Result<Recognised, Vec<Finding>>, Fault> {
    let stated = options.header_row.map(|row| u32::try_from(row).unwrap_or(u32::MAX));
    let Chosen { sheet, notes } = match choose(book, options.sheet.as_deref(), stated)? {
        Ok(chosen) => chosen,
        Err(refusal) => return Ok(Err(vec![refusal])),
    };
    let layout = match &sheet.layout {
        Ok(layout) => layout.clone(),
        Err(fault) => return Ok(Err(vec![without_table(&sheet, *fault, stated)])),
    };
    let last_row = options.last_row.map(|row| u32::try_from(row).unwrap_or(u32::MAX));
    let mut records = SheetRecords::new(layout.clone(), last_row, options.block_size);
    let facts = book.read(sheet.index, &mut records)?;
    let below = records.finish();
    let names = layout.names(&sheet.rows, &facts.merged);
    if names.header > layout.header {
        records.drop_first();
    }
    let table = Arc::new(SheetTable { sheet: sheet.entry.name.clone(), columns: columns(&layout, &names) });
    let read = ReadSheet {
        table: &table,
        sheet: &sheet,
        layout: &layout,
        names: &names,
        records: &records,
        facts: &facts,
        is_stated: stated.is_some(),
        is_related: options.is_related,
    };
    let problems = header_problems(&read);
    let (above, mut all) = (read.refusals(&below), read.notes());
    all.merge(read.left_out(&below));
    notes.into_iter().for_each(|note| all.add(note));
    let header = table.columns.iter().map(|(name, _)| name.clone()).collect();
    let form = WorkbookForm { header, table: table.clone(), blocks: records.blocks.into(), notes: all };
    Ok(Ok(Recognised { form: Box::new(form), problems, above }))
}

/// The name of each column with its number in the sheet.
fn columns(layout: &SheetLayout, names: &ColumnNames) -> Vec<(String, u32)> {
    let numbered = (1_usize..).zip(&names.names).zip(layout.first..);
    let named = |((number, name), column): ((usize, &String), u32)| match name.is_empty() {
        true => (unnamed(number), column),
        false => (name.clone(), column),
    };
    numbered.map(named).collect()
}

/// What is wrong with the names of the columns, as it is of those of a CSV file.
fn header_problems(read: &ReadSheet<'_>) -> Vec<Finding> {
    let problems = header_refusals(&read.names.names, read.names.header.into());
    problems.into_iter().map(|problem| read.in_row(problem, read.names.header)).collect()
}

/// A workbook whose table was read.
struct WorkbookForm {
    header: Arc<[String]>,
    table: Arc<SheetTable>,
    blocks: Arc<[Arc<RecordBlock>]>,
    notes: Findings,
}

impl Form for WorkbookForm {
    fn header(&self) -> Option<&[String]> {
        Some(&self.header)
    }

    fn delimiter(&self) -> Option<u8> {
        None
    }

    fn reader(&self, source: Source, _: usize) -> Result<Box<dyn RecordReader>, Error> {
        let mut notes = self.notes.clone();
        notes.each(|note| (note.location.input, note.location.file) = (source.input, Some(source.file.clone())));
        let (header, table, blocks) = (self.header.clone(), self.table.clone(), self.blocks.clone());
        Ok(Box::new(WorkbookReader { source, header, table, blocks, next: 0, notes }))
    }
}

/// Hands out the records of a workbook.
struct WorkbookReader {
    source: Source,
    header: Arc<[String]>,
    table: Arc<SheetTable>,
    blocks: Arc<[Arc<RecordBlock>]>,
    next: usize,
    notes: Findings,
}

impl RecordReader for WorkbookReader {
    fn next(&mut self, batch: &mut Batch) -> Result<bool, Error> {
        let block = batch.cells();
        block.clear();
        let Some(records) = self.blocks.get(self.next) else { return Ok(false) };
        self.next = self.next.saturating_add(1);
        block.width = self.header.len();
        block.input = self.source.input;
        block.file = self.source.file.clone();
        block.header = self.header.clone();
        block.quoted = false;
        block.bytes.extend_from_slice(&records.bytes);
        block.ends.extend_from_slice(&records.ends);
        block.lines = RecordLines::Sheet { table: self.table.clone(), rows: records.rows.clone() };
        Ok(true)
    }

    fn take_findings(&mut self) -> Findings {
        std::mem::take(&mut self.notes)
    }
}
