//! What identifies a person: identifying columns, and e-mail addresses and long numbers in text (C09).

use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::item::Check;
use super::item::Conclusions;
use super::rule::ValidationRule;
use super::sink::{CellFinding, FindingSink};
use crate::cohort::case::CaseColumn;
use crate::diagnostic::Severity;
use crate::schema::{Kind, Role};
use crate::tally::Cohort;

/// A number with at least this many digits may be a telephone or record number.
const LONG_NUMBER: usize = 7;

/// Columns and cells that identify a person.
pub struct Identifiers<'a> {
    columns: Vec<String>,
    texts: Vec<CaseColumn<'a>>,
    addresses: u64,
    numbers: u64,
}

impl<'a> Identifiers<'a> {
    /// For the columns of a cohort.
    pub fn new(cohort: &Cohort, lookup: &ColumnLookup<'a>) -> Identifiers<'a> {
        let is_direct = |role: Role| role == Role::DirectIdentifier;
        let columns = cohort.variables.iter().map(|v| &v.variable).filter(|v| is_direct(v.role));
        let has_text = |column: &CaseColumn<'_>| {
            let variable = column.variable();
            matches!(variable.kind, Kind::Text | Kind::Category | Kind::Set | Kind::Lines) && !is_direct(variable.role)
        };
        Identifiers {
            columns: columns.map(|variable| variable.header.clone()).collect(),
            texts: lookup.all().filter(has_text).collect(),
            addresses: 0,
            numbers: 0,
        }
    }
}

fn counted(n: u64, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// True for `name@clinic.org`.
fn has_address(text: &[u8]) -> bool {
    let mut at = memchr::memchr_iter(b'@', text);
    at.any(|at| {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        let domain: &[u8] = after.get(1..).unwrap_or_default();
        let domain =
            domain.split(|b| !b.is_ascii_alphanumeric() && *b != b'.' && *b != b'-').next().unwrap_or_default();
        before.last().is_some_and(u8::is_ascii_alphanumeric) && domain.iter().skip(1).rev().skip(1).any(|b| *b == b'.')
    })
}

/// True for at least [`LONG_NUMBER`] digits, in groups separated by a space or hyphen or not.
fn has_long_number(text: &[u8]) -> bool {
    let (mut run, mut before) = (0_usize, b' ');
    for b in text {
        match b {
            b'0'..=b'9' => run = run.saturating_add(1),
            b' ' | b'-' if before.is_ascii_digit() && run >= 2 => {}
            _ => run = 0,
        }
        if run >= LONG_NUMBER {
            return true;
        }
        before = *b;
    }
    false
}

impl ValidationRule for Identifiers<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut FindingSink<'_>) {
        const ID: Check = Check::IdentifierInText;
        for column in &self.texts {
            let text = case.case.bytes(column.column);
            let at = (case, column.variable().header.as_str());
            if has_address(&text) {
                self.addresses = self.addresses.saturating_add(1);
                let found =
                    || CellFinding::new("the cell contains an e-mail address").remedy("remove it from the file");
                sink.of_case(ID, at, found);
            } else if has_long_number(&text) {
                self.numbers = self.numbers.saturating_add(1);
                let message = "the cell contains a full date, or a number as long as a telephone or record number";
                let found = || {
                    CellFinding::new(message)
                        .severity(Severity::Warning)
                        .remedy("remove it from the file if it can identify the patient")
                };
                sink.of_case(ID, at, found);
            }
        }
    }

    fn conclude(self: Box<Self>, _: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        let columns = match self.columns.as_slice() {
            [] => "no column with names, birth dates, record numbers or addresses".to_owned(),
            columns => format!("identifying columns: {}", columns.join(", ")),
        };
        let in_text = match (self.addresses, self.numbers) {
            (0, 0) => "no e-mail address or long number in text".to_owned(),
            (addresses, numbers) => format!(
                "{} and {} found in text",
                counted(addresses, "e-mail address", "e-mail addresses"),
                counted(numbers, "long number", "long numbers")
            ),
        };
        let found = format!("{columns}; {in_text}; names in text and the report itself cannot be checked");
        let is_clean = self.columns.is_empty() && self.addresses == 0 && self.numbers == 0;
        conclusions.judge(Check::DirectIdentifier, is_clean, found);
    }
}

#[cfg(test)]
mod tests {
    use super::{has_address, has_long_number};

    #[test]
    fn addresses_and_long_numbers_are_found() {
        for (text, address, number) in [
            ("write to a.b@clinic.org please", true, false),
            ("2 mg @ night", false, false),
            ("a@b", false, false),
            ("@x.y", false, false),
            ("tel. 06 12 34 56 78", false, true),
            ("record 1234567", false, true),
            ("2018-03-14", false, true),
            ("60 to 150 mg/day 6 months", false, false),
            ("L14-19", false, false),
            ("elbow;knee", false, false),
        ] {
            assert_eq!((has_address(text.as_bytes()), has_long_number(text.as_bytes())), (address, number), "{text}");
        }
    }
}
