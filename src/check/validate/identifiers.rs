//! What identifies a person: columns that do, and addresses and long numbers inside words (C09).

use super::item::Items;
use super::ledger::{Ledger, Said};
use super::seen::{Found, Seen};
use super::{Rule, Severity};
use crate::cohort::case::CaseColumn;
use crate::schema::{Kind, Role};
use crate::tally::Cohort;

/// A number of as many digits may be a telephone or a record number.
const LONG_NUMBER: usize = 7;

/// Columns and cells that identify a person.
pub struct Identifiers<'a> {
    columns: Vec<String>,
    words: Vec<CaseColumn<'a>>,
    addresses: u64,
    numbers: u64,
}

impl<'a> Identifiers<'a> {
    /// For the columns of a cohort.
    pub fn new(cohort: &Cohort, found: &Found<'a>) -> Identifiers<'a> {
        let is_direct = |role: Role| role == Role::DirectIdentifier;
        let columns = cohort.variables.iter().map(|v| &v.variable).filter(|v| is_direct(v.role));
        let holds_words = |column: &CaseColumn<'_>| {
            let variable = column.variable();
            matches!(variable.kind, Kind::Text | Kind::Category | Kind::Set | Kind::Lines) && !is_direct(variable.role)
        };
        Identifiers {
            columns: columns.map(|variable| variable.header.clone()).collect(),
            words: found.all().filter(holds_words).collect(),
            addresses: 0,
            numbers: 0,
        }
    }
}

/// True for `name@clinic.org`.
fn has_address(text: &[u8]) -> bool {
    let mut at = memchr::memchr_iter(b'@', text);
    at.any(|at| {
        let (before, behind) = text.split_at_checked(at).unwrap_or_default();
        let domain: &[u8] = behind.get(1..).unwrap_or_default();
        let domain =
            domain.split(|b| !b.is_ascii_alphanumeric() && *b != b'.' && *b != b'-').next().unwrap_or_default();
        before.last().is_some_and(u8::is_ascii_alphanumeric) && domain.iter().skip(1).rev().skip(1).any(|b| *b == b'.')
    })
}

/// True for a run of digits as long as that of a telephone number; spaces and hyphens between groups do not end it.
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

impl Rule for Identifiers<'_> {
    fn look(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        const ID: &str = "identifier-in-text";
        for column in &self.words {
            let text = case.case.bytes(column.column);
            let at = (case, column.variable().header.as_str());
            if has_address(&text) {
                self.addresses = self.addresses.saturating_add(1);
                let said = || Said::new("an e-mail address stands in this cell").remedy("remove it from the file");
                ledger.say(ID, Severity::Error, at, said);
            } else if has_long_number(&text) {
                self.numbers = self.numbers.saturating_add(1);
                let message = "a full date, or a number as long as a telephone or record number, stands in this cell";
                let said = || Said::new(message).remedy("remove it from the file if it can lead to the patient");
                ledger.say(ID, Severity::Warning, at, said);
            }
        }
    }

    fn conclude(self: Box<Self>, _: &mut Ledger<'_>, items: &mut Items) {
        let columns = match self.columns.as_slice() {
            [] => "no column of names, birth dates, record numbers or addresses".to_owned(),
            columns => format!("columns that identify: {}", columns.join(", ")),
        };
        let in_text = match (self.addresses, self.numbers) {
            (0, 0) => "no e-mail address or long number in words".to_owned(),
            (addresses, numbers) => format!("in words {addresses} e-mail addresses, {numbers} long numbers"),
        };
        let said = format!("{columns}; {in_text}; names inside words, and the report itself, cannot be checked");
        let is_clean = self.columns.is_empty() && self.addresses == 0 && self.numbers == 0;
        items.judge("direct-identifier", is_clean, said);
    }
}

#[cfg(test)]
mod tests {
    use super::{has_address, has_long_number};

    #[test]
    fn addresses_and_long_numbers_are_seen() {
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
