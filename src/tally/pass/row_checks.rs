//! Rows that are not cases: a second header, units, totals, empty rows.
//!
//! Each row is checked once, in the column of case IDs, or in the first column if there is none,
//! so that the result does not depend on threads or blocks.

use crate::cohort::row::CaseRow;
use crate::diagnostic::{Finding, FindingId, Severity, quoted};
use crate::read::unnamed_number;
use crate::schema::Role;
use crate::schema::header::{is_unit, read_header};
use crate::schema::lexical::looks_missing;
use crate::schema::missing_words::certainly_missing;
use crate::schema::parts::{Pair, looks_like};
use crate::schema::totals::{
    TotalName, may_name_a_total, may_name_an_extent, names_a_group, names_a_total, names_a_total_of,
    reads_like_a_remark,
};

/// Number of rows below a header that may contain units.
const ROWS_OF_UNITS: u64 = 2;

/// Most bytes of an age and a sex.
const LONGEST_PAIR: usize = 24;
/// Bytes of a row beside its only text and its delimiters.
const SPACES: usize = 4;

/// What is found out about a row.
pub enum RowFinding {
    /// A finding that does not depend on other rows.
    Other(Finding),
    /// The same, about a row of totals in an input without case IDs.
    Total(Finding),
    /// A row that is a total if only totals follow.
    TotalIfLast(Finding),
}

/// Checks rows by the names of the columns.
#[derive(Clone, Copy)]
pub struct RowChecks<'a> {
    /// Names of the columns.
    pub names: &'a [String],
    /// The column of case IDs.
    pub id: Option<usize>,
    /// The first column that is a variable, which is checked where there are no IDs.
    pub first: usize,
}

impl RowChecks<'_> {
    /// The column that is checked in every row.
    pub fn column(&self) -> usize {
        self.id.unwrap_or(self.first)
    }

    /// The name of that column.
    pub fn name(&self) -> &str {
        self.names.get(self.column()).map_or("", String::as_str)
    }

    /// Reports a row that is not a case; `text` is its cell in the checked column, `number` its
    /// number in its input, from 0.
    #[inline]
    pub fn check(&self, text: &[u8], here: CaseRow<'_>, number: u64, found: &mut impl FnMut(RowFinding)) {
        if number < ROWS_OF_UNITS && self.holds_units(here) {
            let remedy = "remove the row, and write each unit after the column name: ESR (mm/h)";
            let finding = Finding::new(FindingId::UnitsRow, "this row contains units, not a case");
            return found(RowFinding::Other(at_row(finding, here, "").remedy(remedy)));
        }
        if self.id.is_some() && is_figure_and_letter(text) {
            self.pair(&String::from_utf8_lossy(text), here).map(RowFinding::Other).into_iter().for_each(&mut *found);
        }
        if !text.is_empty() && !text.iter().any(u8::is_ascii_digit) && self.begins_a_table(text, here) {
            let message = "this row has names of columns: another table begins here";
            let finding = Finding::new(FindingId::RepeatedHeader, message);
            let remedy = "put the other table into a file or a sheet of its own, or remove the row";
            return found(RowFinding::Other(at_row(finding, here, "").remedy(remedy)));
        }
        if text.is_empty() || may_name_a_total(text) || text.eq_ignore_ascii_case(self.name().as_bytes()) {
            self.word(&String::from_utf8_lossy(text), here, found);
        } else if here.block.width > 1 && (is_alone(text, here) || memchr::memchr(b':', text).is_some()) {
            self.remark(&String::from_utf8_lossy(text), here).map(RowFinding::Other).into_iter().for_each(found);
        }
    }

    /// True for a row of which at least two cells, and half of them, are called as their columns, though not all.
    fn begins_a_table(&self, text: &[u8], here: CaseRow<'_>) -> bool {
        let (same, filled) = here.named_as_columns(self.names);
        same > 1
            && same.saturating_mul(2) >= filled
            && !self.repeats_header(text, here)
            && self.names_a_column_of_patients(here)
    }

    /// True for a row of the names of the columns, with that of the checked column.
    fn repeats_header(&self, text: &[u8], here: CaseRow<'_>) -> bool {
        text.eq_ignore_ascii_case(self.name().as_bytes()) && here.repeats_header(self.names)
    }

    /// True where the cell of an ID, an age or a sex is called as its column: `fever` below `fever` may be a flag, but no
    /// patient has the sex `sex`.
    fn names_a_column_of_patients(&self, here: CaseRow<'_>) -> bool {
        here.cells().zip(self.names).any(|(cell, name)| {
            cell.eq_ignore_ascii_case(name) && matches!(read_header(name).role, Role::CaseId | Role::Age | Role::Sex)
        })
    }

    /// The warning about a case ID that is an age and a sex: `12/F` below `Patient`.
    #[cold]
    fn pair(&self, text: &str, here: CaseRow<'_>) -> Option<Finding> {
        let pair = looks_like(text)?;
        let message = format!("the case ID looks like {}", pair.described());
        let split = quoted(&format!("{}={pair}", self.name()));
        let remedy =
            format!("to read it so: --split {split}; if it names the case, add a column with a number for each");
        let finding = Finding::new(FindingId::TwoInOneCell, message).value(text);
        Some(finding.at(here.location(self.name())).remedy(remedy))
    }

    #[cold]
    fn word(&self, text: &str, here: CaseRow<'_>, found: &mut impl FnMut(RowFinding)) {
        if text.is_empty() {
            self.blank(here, found);
        } else if self.repeats_header(text.as_bytes(), here) {
            let finding = Finding::new(FindingId::RepeatedHeader, "this row repeats the header");
            found(RowFinding::Other(at_row(finding, here, text).remedy("remove the row")));
        } else {
            let remark = || self.remark(text, here).filter(|_| here.block.width > 1);
            self.total(text, here).or_else(|| remark().map(RowFinding::Other)).into_iter().for_each(found);
        }
    }

    /// The warning about a remark below the table, with nothing beside it (`Source: our clinic`, `* at diagnosis`) or cut at
    /// its commas (`Abbreviations: F, female`); the refusal of the name of a group above its patients (`Controls`).
    #[cold]
    fn remark(&self, text: &str, here: CaseRow<'_>) -> Option<Finding> {
        let is_blank = here.cells().enumerate().all(|(column, cell)| column == self.column() || cell.is_empty());
        if is_blank && self.id.is_some() && names_a_group(text) {
            let message = "this row contains only a group name and is not a case";
            let remedy = "remove the row, and write the group into a column of its own";
            return Some(at_row(Finding::new(FindingId::GroupRow, message), here, text).remedy(remedy));
        }
        let (message, remedy) = match is_blank {
            _ if !reads_like_a_remark(text, is_blank) => return None,
            true => (
                "this row has nothing but what reads like a remark; it is counted as a case",
                "if it is not a case, remove the row",
            ),
            false => (
                "this row reads like a remark below the table; it is counted as a case",
                "if it is not a case, remove the row",
            ),
        };
        Some(at_row(Finding::new(FindingId::RemarkRow, message), here, text).remedy(remedy))
    }

    /// The finding about a row that is named as a total.
    ///
    /// Without case IDs the word may be a level of the first column: the row is a total if it has statistics only, and
    /// cells without any or only such rows below it.
    fn total(&self, text: &str, here: CaseRow<'_>) -> Option<RowFinding> {
        let of_column = || names_a_total_of(text, self.names).then_some(TotalName::Word);
        let name = names_a_total(text).or_else(of_column)?;
        let other = || here.cells().enumerate().filter(|(column, _)| *column != self.column()).map(|(_, cell)| cell);
        // `Controls` alone is the name of a group above its patients.
        if names_a_group(text) && other().all(|cell| cell.is_empty()) {
            return None;
        }
        let is_ordinary = other().any(|cell| is_word(&cell));
        let is_patchy = other().any(|cell| cell.is_empty()) && other().any(|cell| !cell.is_empty());
        match (self.id.is_some(), name) {
            (true, TotalName::Quartile) => {
                let message = "the case ID is also a name for a quartile; the row is counted as a case";
                let finding = Finding::new(FindingId::TotalAsCase, message).value(text);
                let remedy =
                    format!("if it is a quartile, remove the row; if not, give the case another ID, such as {text}-1");
                let finding = finding.at(here.location(self.name())).remedy(remedy);
                (!is_ordinary).then_some(RowFinding::Other(finding))
            }
            (true, TotalName::Initials) if is_ordinary => {
                let message = "the case ID is also a name for a total; the row is counted as a case";
                let finding = Finding::new(FindingId::TotalAsCase, message).severity(Severity::Note).value(text);
                let remedy = "if it is a total, remove the row";
                Some(RowFinding::Other(finding.at(here.location(self.name())).remedy(remedy)))
            }
            (true, name) => Some(RowFinding::Other(totals_row("this row is a total, not a case", name, here, text))),
            (false, _) if is_ordinary => None,
            (false, name) => {
                let is_certain = is_patchy && !may_name_an_extent(text);
                let of = if is_certain { RowFinding::Total } else { RowFinding::TotalIfLast };
                Some(of(totals_row("this row is a total, not a case", name, here, text)))
            }
        }
    }

    /// The finding about a row without an ID that a cell without a column name calls a total: `,Mean,5.5`.
    fn total_elsewhere(&self, here: CaseRow<'_>) -> Option<Finding> {
        self.id?;
        let mut unnamed = here.cells().zip(self.names).filter(|(_, name)| unnamed_number(name).is_some());
        let (text, name) = unnamed.find_map(|(cell, _)| names_a_total(&cell).map(|name| (cell, name)))?;
        Some(totals_row("this row is a total, not a case", name, here, &text))
    }

    fn blank(&self, here: CaseRow<'_>, found: &mut impl FnMut(RowFinding)) {
        let nothing = here.cells().all(|cell| cell.is_empty());
        if let Some(total) = self.total_elsewhere(here) {
            found(RowFinding::Other(total));
        } else if self.id.is_some() {
            let remedy =
                "give every case an ID, remove rows that are not cases (such as totals), or number the rows: --no-id";
            let message = if nothing { "this row is empty and has no case ID" } else { "no case ID in this row" };
            let finding = Finding::new(FindingId::BlankCaseId, message);
            found(RowFinding::Other(finding.at(here.location(self.name())).remedy(remedy)));
        } else if nothing {
            let message = "this row is empty; it is counted as a case";
            let finding = Finding::new(FindingId::EmptyRow, message);
            found(RowFinding::Other(finding.at(without_column(here)).remedy("remove the row")));
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
}

/// True for a text from a digit to a letter with a slash or a comma in it, or from a letter to a digit.
fn is_figure_and_letter(text: &[u8]) -> bool {
    let (Some(first), Some(last)) = (text.first(), text.last()) else { return false };
    let is_apart = first.is_ascii_digit() != last.is_ascii_digit();
    is_apart && text.len() <= LONGEST_PAIR && text.iter().any(|byte| matches!(byte, b'/' | b','))
}

/// True where the other cells of a row cannot have anything in them but spaces and quotes.
fn is_alone(text: &[u8], here: CaseRow<'_>) -> bool {
    let spare = here.block.width.saturating_add(SPACES);
    here.block.record(here.row).len() <= text.len().saturating_add(spare)
}

fn without_column(here: CaseRow<'_>) -> crate::diagnostic::SourceLocation {
    here.location("").without_column()
}

/// Places a finding at a row; its value is `text`, or all cells of the row if `text` is empty.
fn at_row(finding: Finding, here: CaseRow<'_>, text: &str) -> Finding {
    let value = if text.is_empty() { here.cells().collect::<Vec<_>>().join(", ") } else { text.to_owned() };
    finding.at(without_column(here)).value(value)
}

fn totals_row(message: &str, name: TotalName, here: CaseRow<'_>, text: &str) -> Finding {
    let remedy = match name {
        TotalName::Word => "remove the row".to_owned(),
        TotalName::Initials | TotalName::Quartile => {
            format!("remove the row; if it is a patient, give the case another ID, such as {}-1", strip(text))
        }
    };
    at_row(Finding::new(FindingId::TotalsRow, message), here, text).remedy(remedy)
}

/// True for a cell of words, which a row of totals has none of: `F`, `improved`, `45/F`; not `5.9 (2.7)`, `4 F` or
/// `n/a`.
fn is_word(cell: &str) -> bool {
    if cell.contains(|c: char| c.is_ascii_digit()) {
        return looks_like(cell) == Some(Pair::AgeAndSex);
    }
    cell.contains(char::is_alphabetic) && certainly_missing(cell).is_none() && !looks_missing(cell)
}

fn strip(text: &str) -> &str {
    text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']'])
}
