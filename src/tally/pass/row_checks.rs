//! Rows that are no cases: a second header, units, totals, nothing at all.
//!
//! Each is looked for once a row, in the column that names the case, or in the first column
//! where none does, so that what is found depends neither on threads nor on blocks.

use crate::cohort::row::CaseRow;
use crate::diagnostic::{Finding, Severity};
use crate::read::Batch;
use crate::schema::header::is_unit;

/// How many rows below a header may hold units.
const ROWS_OF_UNITS: u64 = 2;

/// What a run knows of its columns.
#[derive(Clone, Copy)]
pub struct RowChecks<'a> {
    /// Names of the columns.
    pub names: &'a [String],
    /// The column that names the case.
    pub id: Option<usize>,
}

impl RowChecks<'_> {
    /// The column that is looked at in every row.
    pub fn column(&self) -> usize {
        self.id.unwrap_or(0)
    }

    /// The name of that column.
    pub fn name(&self) -> &str {
        self.names.get(self.column()).map_or("", String::as_str)
    }

    /// What is wrong with one row as a row; `text` is its cell in the column looked at, `number` its
    /// number in its input, from 0.
    #[inline]
    pub fn check(&self, text: &[u8], here: CaseRow<'_>, number: u64, found: &mut impl FnMut(Finding)) {
        if number < ROWS_OF_UNITS && self.holds_units(here) {
            let remedy = "remove the row, and write each unit behind the column name: ESR (mm/h)";
            let finding = Finding::new("units-row", Severity::Error, "this row holds units and is no case");
            return found(at_row(finding, here, "").remedy(remedy));
        }
        // Longer than any word for a total, and than the name of the column.
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
            let finding = Finding::new("totals-row", Severity::Error, "this row sums up others and is no case");
            found(at_row(finding, here, text).remedy("remove the row"));
        }
    }

    fn blank(&self, here: CaseRow<'_>, found: &mut impl FnMut(Finding)) {
        let nothing = here.cells().all(|cell| cell.is_empty());
        let of_nothing = if nothing { ", nor anything else" } else { "" };
        if self.id.is_some() {
            let remedy = "give every case an id, remove rows that are no cases (a total?), or number the rows: --no-id";
            let message = format!("this row has no case id{of_nothing}");
            found(
                Finding::new("blank-case-id", Severity::Error, message).at(here.location(self.name())).remedy(remedy),
            );
        } else if nothing {
            let message = "no cell of this row holds anything; it is counted as a case";
            found(
                Finding::new("empty-row", Severity::Warning, message).at(without_column(here)).remedy("remove the row"),
            );
        }
    }

    /// A row of units below the header: two units or more, not all of one letter (`y` may be yes), and no number.
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

    /// A row without an id that seems to sum up others: the last of its input, named as a total.
    ///
    /// Elsewhere the same word may be a level of the first column.
    pub fn last_row_is_a_total(&self, batch: &Batch) -> Option<Finding> {
        let row = batch.block.rows().checked_sub(1).filter(|_| self.id.is_none())?;
        let here = CaseRow { block: &batch.block, row, id: None };
        let text = batch.block.cell(row, 0).text();
        let text = String::from_utf8_lossy(&text);
        let finding = Finding::new("totals-row", Severity::Error, "the last row sums up others and is no case");
        is_total(&text).then(|| at_row(finding, here, &text).remedy("remove the row"))
    }
}

fn without_column(here: CaseRow<'_>) -> crate::diagnostic::SourceLocation {
    here.location("").without_column()
}

/// The finding at a row; its value is `text`, or the cells of the row where that is empty.
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
