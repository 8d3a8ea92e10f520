//! How the dates of a column are read: their order from all cells, unless it is stated.

use super::Forced;
use super::kind::are_day_numbers;
use crate::decimal::Decimal;
use crate::schema::evidence::{Class, Evidence};
use crate::schema::header::HeaderReading;
use crate::schema::lexical::calendar::{DateFormat, OrderDecision, order};
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::{DateReading, Role};

/// Bare numbers that may be day numbers of a spreadsheet or dates without separators.
const FIRST_DAY_NUMBER: i64 = 10_000;

/// The reading of a column of dates.
///
/// The command line decides, then the schema, then the cells. A number is a date under a header that names one,
/// where dates stand beside it, or where the column is said to hold dates; a laboratory value never is.
pub fn date_reading(
    role: Role,
    header: &HeaderReading,
    cells: &Evidence,
    declared: Option<&DeclaredVariable>,
    forced: &Forced,
) -> DateReading {
    let is_stated = forced.kind.is_some() || declared.is_some_and(|declared| declared.kind.is_some());
    let are_dates = cells.cells(Class::Date) > 0 || are_day_numbers(role, header, cells);
    let has_numbers = role != Role::Lab && (header.is_date || are_dates || (is_stated && !header.is_year));
    let stated = forced.date_order.or_else(|| declared.and_then(|declared| declared.date_order));
    let format = declared.and_then(|declared| declared.date_format.clone());
    let format = format.filter(|format| *format != DateFormat::Any && forced.date_order.is_none());
    let order = match (&format, stated) {
        (Some(_), _) => OrderDecision::NotNeeded,
        (None, Some(order)) => OrderDecision::Certain(order),
        (None, None) => order_of_cells(cells, has_numbers),
    };
    DateReading { format, order, has_numbers }
}

/// The order that the cells show. Where some of them are numbers, a spreadsheet has converted them.
fn order_of_cells(cells: &Evidence, has_numbers: bool) -> OrderDecision {
    let mut evidence = cells.dates().order;
    let greatest = cells.bare().extent.map(|(_, greatest)| greatest);
    if has_numbers && greatest.is_some_and(|greatest| greatest >= Decimal::from_int(FIRST_DAY_NUMBER)) {
        evidence.serial = evidence.serial.saturating_add(1);
    }
    order(&evidence)
}
