//! Rows that are no cases: a second header, units, totals.

use super::place::Here;
use crate::diagnostic::{Finding, Severity};
use crate::schema::header::is_unit;

/// A row that repeats the header.
pub fn repeated_header() -> Finding {
    Finding::new("repeated-header", Severity::Error, "this row repeats the header").remedy("remove the row")
}

/// A row whose first cell says that it sums up the rows above.
pub fn totals_row(text: &str, column: usize) -> Option<Finding> {
    const WORDS: [&str; 9] = ["total", "totals", "sum", "mean", "average", "median", "subtotal", "grand total", "sd"];
    let word = text.trim().trim_end_matches(':');
    if column != 0 || !WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)) {
        return None;
    }
    Some(Finding::new("totals-row", Severity::Error, "this row sums up others and is no case").remedy("remove the row"))
}

/// A row of units below the header: two units or more, and no number.
pub fn units_row(text: &str, here: Here<'_>) -> Option<Finding> {
    let first_rows = here.block.row_number(here.row) <= 2;
    if !first_rows || !is_unit(strip(text)) {
        return None;
    }
    let (mut units, mut numbers) = (0, 0);
    for cell in here.cells() {
        if is_unit(strip(&cell)) {
            units += 1;
        } else if cell.starts_with(|c: char| c.is_ascii_digit()) {
            numbers += 1;
        }
    }
    (units > 1 && numbers == 0).then(|| {
        let remedy = "remove the row, and write each unit behind the column name: ESR (mm/h)";
        Finding::new("units-row", Severity::Error, "this row holds units and is no case").remedy(remedy)
    })
}

fn strip(text: &str) -> &str {
    text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']'])
}
