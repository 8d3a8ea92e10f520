//! What identifies a person: identifying columns, and e-mail addresses and long numbers in text (C09).

use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::item::Conclusions;
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::cohort::case::CaseColumn;
use crate::cohort::known_cells::AnswerByCell;
use crate::diagnostic::{FindingId, Severity};
use crate::schema::{Kind, Role, holds_a_long_number, holds_an_address};
use crate::tally::Cohort;
use crate::words::counted;

/// Columns and cells that identify a person.
#[derive(Clone)]
pub struct Identifiers<'a> {
    columns: Vec<String>,
    texts: Vec<(CaseColumn<'a>, AnswerByCell<Option<Identifier>>)>,
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
            texts: lookup.all().filter(has_text).map(|column| (column, AnswerByCell::default())).collect(),
            addresses: 0,
            numbers: 0,
        }
    }
}

/// What may identify a person in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Identifier {
    Address,
    LongNumber,
}

impl Identifier {
    fn in_text(text: &[u8]) -> Option<Identifier> {
        let number = || holds_a_long_number(text).then_some(Identifier::LongNumber);
        holds_an_address(text).then_some(Identifier::Address).or_else(number)
    }
}

impl ValidationRule for Identifiers<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        const ID: FindingId = FindingId::IdentifierInText;
        for (column, known) in &self.texts {
            let text = || case.case.bytes(column.column);
            let found = match column.variable().kind {
                // Free text is rarely repeated: to look it up would take as long.
                Kind::Text => Identifier::in_text(&text()),
                Kind::Number | Kind::Category | Kind::Binary | Kind::Set | Kind::Date | Kind::Lines => {
                    known.of(&case.cell(column), |_| Identifier::in_text(&text()))
                }
            };
            let at = (case, column.variable().header.as_str());
            match found {
                Some(Identifier::Address) => {
                    self.addresses = self.addresses.saturating_add(1);
                    let found =
                        || CellFinding::new("the cell contains an e-mail address").remedy("remove it from the file");
                    sink.of_case(ID, at, found);
                }
                Some(Identifier::LongNumber) => {
                    self.numbers = self.numbers.saturating_add(1);
                    let message = "the cell contains a full date, or a number as long as a telephone or record number";
                    let found = || {
                        CellFinding::new(message)
                            .severity(Severity::Warning)
                            .remedy("remove it from the file if it can identify the patient")
                    };
                    sink.of_case(ID, at, found);
                }
                None => {}
            }
        }
    }

    fn absorb(&mut self, other: Self) {
        self.addresses = self.addresses.saturating_add(other.addresses);
        self.numbers = self.numbers.saturating_add(other.numbers);
    }

    fn conclude(self, _: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        let columns = match self.columns.as_slice() {
            [] => "no column with names, birth dates, record numbers or addresses".to_owned(),
            columns => format!("identifying columns: {}", columns.join(", ")),
        };
        let in_text = match (self.addresses, self.numbers) {
            (0, 0) => "no e-mail address or long number in text".to_owned(),
            (addresses, numbers) => format!(
                "{} and {} found in text",
                counted(addresses, "e-mail address"),
                counted(numbers, "long number")
            ),
        };
        let found = format!("{columns}; {in_text}; names in text and the report itself cannot be checked");
        let is_clean = self.columns.is_empty() && self.addresses == 0 && self.numbers == 0;
        conclusions.judge(FindingId::DirectIdentifier, is_clean, found);
    }
}
