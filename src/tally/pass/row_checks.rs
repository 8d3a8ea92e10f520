//! Rows that are not cases: a second header, units, totals, empty rows.
//!
//! Each row is checked once, in the column of case IDs, or in the first column if there is none,
//! so that the result does not depend on threads or blocks.

use crate::cohort::row::CaseRow;
use crate::diagnostic::{Finding, Severity};
use crate::read::Batch;
use crate::schema::header::is_unit;

/// Number of rows below a header that may contain units.
const ROWS_OF_UNITS: u64 = 2;

/// Checks rows by the names of the columns.
#[derive(Clone, Copy)]
pub struct RowChecks<'a> {
    /// Names of the columns.
    pub names: &'a [String],
    /// The column of case IDs.
    pub id: Option<usize>,
}

impl RowChecks<'_> {
    /// The column that is checked in every row.
    pub fn column(&self) -> usize {
        self.id.unwrap_or(0)
    }

    /// The name of that column.
    pub fn name(&self) -> &str {
        self.names.get(self.column()).map_or("", String::as_str)
    }

    /// Reports a row that is not a case; `text` is its cell in the checked column, `number` its
    /// number in its input, from 0.
    #[inline]
    pub fn check(&self, text: &[u8], here: CaseRow<'_>, number: u64, found: &mut impl FnMut(Finding)) {
        if number < ROWS_OF_UNITS && self.holds_units(here) {
            let remedy = "remove the row, and write each unit after the column name: ESR (mm/h)";
            let finding = Finding::new("units-row", Severity::Error, "this row contains units, not a case");
            return found(at_row(finding, here, "").remedy(remedy));
        }
        // Longer than any word for a total, and not the name of the column.
        if text.len() > 11 && text.len() != self.name().len() {
            return;
        }
        if !text.iter().any(u8::is_ascii_digit) || text.eq_ignore_ascii_case(self.name().as_bytes()) {
            self.word(&String::from_utf8_lossy(text), here, found);
        }
    }

    #[cold]
    fn word(&self, text: &str, here: CaseRow<'_>, found: &mut impl FnMut(Finding)) {
        if text.is_empty() {
            self.blank(here, found);
        } else if text.eq_ignore_ascii_case(self.name()) && here.repeats_header(self.names) {
            let finding = Finding::new("repeated-header", Severity::Error, "this row repeats the header");
            found(at_row(finding, here, text).remedy("remove the row"));
        } else if self.id.is_some() && is_total(text) {
            let finding = Finding::new("totals-row", Severity::Error, "this row is a total, not a case");
            found(at_row(finding, here, text).remedy("remove the row"));
        }
    }

    fn blank(&self, here: CaseRow<'_>, found: &mut impl FnMut(Finding)) {
        let nothing = here.cells().all(|cell| cell.is_empty());
        if self.id.is_some() {
            let remedy =
                "give every case an ID, remove rows that are not cases (such as totals), or number the rows: --no-id";
            let message = if nothing { "this row is empty and has no case ID" } else { "no case ID in this row" };
            found(
                Finding::new("blank-case-id", Severity::Error, message).at(here.location(self.name())).remedy(remedy),
            );
        } else if nothing {
            let message = "this row is empty; it is counted as a case";
            found(
                Finding::new("empty-row", Severity::Warning, message).at(without_column(here)).remedy("remove the row"),
            );
        }
    }

    /// True for a row of units: two units or more, not all of one letter (`y` may be yes), and no number.
    fn holds_units(&self, here: CaseRow<'_>) -> bool {
        let (mut units, mut longest) = (0_usize, 0);
        for (column, cell) in here.cells().enumerate() {
            let unit = strip(&cell);
            if is_unit(unit) {
                units = units.saturating_add(1);
                longest = longest.max(unit.chars().count());
            } else if cell.starts_with(|c: char| c.is_ascii_digit())
                || (Some(column) == self.id && cell.contains(|c: char| c.is_ascii_digit()))
            {
                return false;
            }
        }
        units > 1 && longest > 1
    }

    /// The finding about a last row that is named as a total, in an input without IDs.
    ///
    /// On other rows, the same word may be a level of the first column.
    pub fn last_row_is_a_total(&self, batch: &Batch) -> Option<Finding> {
        let row = batch.block.rows().checked_sub(1).filter(|_| self.id.is_none())?;
        let here = CaseRow { block: &batch.block, row, id: None };
        let text = batch.block.cell(row, 0).text();
        let text = String::from_utf8_lossy(&text);
        let finding = Finding::new("totals-row", Severity::Error, "the last row is a total, not a case");
        is_total(&text).then(|| at_row(finding, here, &text).remedy("remove the row"))
    }
}

fn without_column(here: CaseRow<'_>) -> crate::diagnostic::SourceLocation {
    here.location("").without_column()
}

/// Places a finding at a row; its value is `text`, or all cells of the row if `text` is empty.
fn at_row(finding: Finding, here: CaseRow<'_>, text: &str) -> Finding {
    let value = if text.is_empty() { here.cells().collect::<Vec<_>>().join(", ") } else { text.to_owned() };
    finding.at(without_column(here)).value(value)
}

fn is_total(text: &str) -> bool {
    const WORDS: [&str; 9] = ["total", "totals", "sum", "mean", "average", "median", "subtotal", "grand total", "sd"];
    let word = text.trim().trim_end_matches(':');
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn strip(text: &str) -> &str {
    text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']'])
}
