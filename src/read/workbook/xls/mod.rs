//! Workbooks of Excel from 97 to 2003 ([MS-XLS]): xls.

mod globals;
mod record;
mod sheet;
mod text;

use super::book::{Book, SheetEntry};
use super::compound::Compound;
use super::fault::Fault;
use super::row::{RowSink, SheetFacts};
use globals::Globals;
use sheet::XlsSheetReader;

/// An open workbook.
pub struct Xls {
    stream: Vec<u8>,
    globals: Globals,
}

impl Xls {
    /// Opens the workbook in a compound file; none where it holds something else.
    pub fn open(file: &Compound) -> Result<Option<Xls>, Fault> {
        if file.has("EncryptedPackage") {
            return Err(Fault::Protected);
        }
        let Some(stream) = file.stream("Workbook")?.map_or_else(|| file.stream("Book"), |stream| Ok(Some(stream)))?
        else {
            return Ok(None);
        };
        let globals = Globals::read(&stream)?;
        Ok(Some(Xls { stream, globals }))
    }
}

impl Book for Xls {
    fn sheets(&self) -> Vec<SheetEntry> {
        self.globals.sheets.iter().map(|(entry, _)| entry.clone()).collect()
    }

    fn read(&mut self, sheet: usize, sink: &mut dyn RowSink) -> Result<SheetFacts, Fault> {
        match self.globals.sheets.get(sheet) {
            Some((_, at)) => XlsSheetReader::new(&self.globals).read(&self.stream, *at, sink),
            None => Ok(SheetFacts::default()),
        }
    }
}
