//! The sheets of a workbook that read as tables.

use super::bytes::InputBytes;
use super::bytes::STDIN;
use super::sheet_header::SheetHeader;
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
    let bytes = InputBytes::open(path, 0, None)?.seekable()?;
    Ok(bytes.map_or_else(Vec::new, workbook::tables))
}
