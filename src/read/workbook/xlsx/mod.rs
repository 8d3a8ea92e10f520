//! Workbooks of Excel since 2007 (ECMA-376): xlsx, xlsm.

mod parts;
mod sheet;
mod strings;
mod styles;

use super::book::{Book, SheetEntry};
use super::fault::Fault;
use super::package::ZipPackage;
use super::row::{RowSink, SheetFacts};
use parts::{SheetPart, Workbook, workbook_part};
use sheet::XlsxSheetReader;
use strings::SharedStrings;
use styles::XlsxStyles;

/// The name of a binary workbook of Excel, which is not read, and what to do.
const BINARY: Fault =
    Fault::Unread("a binary workbook (xlsb)", "open it in Excel and save it as \"Excel Workbook (.xlsx)\"");

/// An open workbook.
pub struct Xlsx {
    package: ZipPackage,
    workbook: Workbook,
    /// Read where they are first needed.
    tables: Option<CellTables>,
}

/// What the cells of all sheets refer to.
struct CellTables {
    strings: SharedStrings,
    styles: XlsxStyles,
}

/// What a cell may refer to.
#[derive(Clone, Copy)]
struct CellContext<'x> {
    strings: &'x SharedStrings,
    styles: &'x XlsxStyles,
    is_1904: bool,
}

impl Xlsx {
    /// Opens the workbook in a package; gives the package back where there is none.
    pub fn open(mut package: ZipPackage) -> Result<Result<Xlsx, ZipPackage>, Fault> {
        let Some(part) = workbook_part(&mut package)? else { return Ok(Err(package)) };
        if part.ends_with(".bin") {
            return Err(BINARY);
        }
        let workbook = Workbook::read(&mut package, &part)?;
        Ok(Ok(Xlsx { package, workbook, tables: None }))
    }

    /// Reads what the cells refer to, once.
    fn load(&mut self) -> Result<(), Fault> {
        if self.tables.is_none() {
            let strings = SharedStrings::read(&mut self.package, &self.workbook.strings)?;
            let styles = XlsxStyles::read(&mut self.package, &self.workbook.styles)?;
            self.tables = Some(CellTables { strings, styles });
        }
        Ok(())
    }
}

impl Book for Xlsx {
    fn sheets(&self) -> Vec<SheetEntry> {
        self.workbook.sheets.iter().map(|sheet| sheet.entry.clone()).collect()
    }

    fn read(&mut self, sheet: usize, sink: &mut dyn RowSink) -> Result<SheetFacts, Fault> {
        self.load()?;
        let (Some(SheetPart { part, .. }), Some(tables)) = (self.workbook.sheets.get(sheet), &self.tables) else {
            return Ok(SheetFacts::default());
        };
        let beside = parts::beside_sheet(&mut self.package, part)?;
        let Some(xml) = self.package.xml(part)? else {
            return Err(Fault::damaged(format!("{part} is missing")));
        };
        let context = CellContext { strings: &tables.strings, styles: &tables.styles, is_1904: self.workbook.is_1904 };
        let facts = XlsxSheetReader::new(xml, context).read(sink)?;
        Ok(SheetFacts {
            is_filtered: facts.is_filtered || beside.is_filtered,
            has_comments: beside.has_comments,
            ..facts
        })
    }
}
