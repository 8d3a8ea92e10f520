//! The text of a number by its format: the same text that the spreadsheet program writes into a CSV file, but with all
//! digits that are stored.

use super::fault::Fault;
use super::moment::{duration, moment};
use super::number::{decimal, percent};
use super::number_format::NumberFormat;
use super::row::{CellFault, CellKind, SheetRow};

/// Appends a number to a row.
pub fn write_number(
    row: &mut SheetRow,
    column: u32,
    number: f64,
    format: &NumberFormat,
    is_1904: bool,
) -> Result<(), Fault> {
    match format {
        NumberFormat::Number => row.push(column, CellKind::Data, &decimal(number)),
        NumberFormat::Percent => row.push(column, CellKind::Data, &percent(number)),
        NumberFormat::Worded(worded) => row.push(column, CellKind::Data, &worded.text(number)),
        NumberFormat::Duration => row.push(column, CellKind::Data, &duration(number)),
        NumberFormat::Moment(shown) => match moment(number, *shown, is_1904) {
            Some(text) => row.push(column, CellKind::Data, &text),
            None => row.push(column, CellKind::Faulty(CellFault::NoDate), &decimal(number)),
        },
    }
}
