//! The sheets of a workbook that read as tables.

#[cfg(feature = "workbook")]
use super::bytes::InputBytes;
use super::bytes::STDIN;
use super::sheet_header::SheetHeader;
#[cfg(feature = "workbook")]
use super::workbook;
use crate::error::Error;
use std::path::Path;

/// The sheets of a workbook that read as tables; none of a file that is no workbook, or cannot be read as one.
///
/// Errors: a file that cannot be opened.
pub fn sheets(path: &Path) -> Result<Vec<SheetHeader>, Error> {
    // Standard input is read once; a folder is no workbook.
    if path == Path::new(STDIN) || !path.is_file() {
        return Ok(Vec::new());
    }
    of_file(path)
}

#[cfg(feature = "workbook")]
fn of_file(path: &Path) -> Result<Vec<SheetHeader>, Error> {
    let bytes = InputBytes::open(path, 0, None)?.seekable()?;
    Ok(bytes.map_or_else(Vec::new, workbook::tables))
}

#[cfg(not(feature = "workbook"))]
fn of_file(_: &Path) -> Result<Vec<SheetHeader>, Error> {
    Ok(Vec::new())
}
