//! The text of a number by its format: the same text that the spreadsheet program writes into a CSV file, but with all
//! digits that are stored.

use super::fault::Fault;
use super::moment::{duration, moment};
use super::number::{decimal, percent};
use super::number_format::CellFormat;
use super::row::{CellFault, CellKind, SheetRow};

/// Appends a number to a row.
pub fn write_number(
    row: &mut SheetRow,
    column: u32,
    number: f64,
    format: &CellFormat,
    is_1904: bool,
) -> Result<(), Fault> {
    match format {
        CellFormat::Number => row.push(column, CellKind::Data, &decimal(number)),
        CellFormat::Percent => row.push(column, CellKind::Data, &percent(number)),
        CellFormat::Worded(worded) => row.push(column, CellKind::Data, &worded.text(number)),
        CellFormat::Duration => row.push(column, CellKind::Data, &duration(number)),
        CellFormat::Moment(shown) => match moment(number, *shown, is_1904) {
            Some(text) => row.push(column, CellKind::Data, &text),
            None => row.push(column, CellKind::Faulty(CellFault::NoDate), &decimal(number)),
        },
    }
}
