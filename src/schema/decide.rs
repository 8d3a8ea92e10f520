//! From the header and the lexical classes of all cells to the meaning of a column.
//!
//! The classes of every cell are counted like any tally, so that the decision does not depend
//! on the order of the rows, on how many there are, or on how many different values they hold.

use super::evidence::{Class, Evidence};
use super::header::HeaderReading;
use super::number_unit::number_unit;
use super::table_schema::DeclaredVariable;
use super::{Kind, KindReason, Role, Variable};
use crate::read::ITEM;

/// Options of the command line for one column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forced {
    /// `--role COL=ROLE`
    pub role: Option<Role>,
    /// `--kind COL=KIND`
    pub kind: Option<Kind>,
    /// `--show COL`
    pub show: bool,
}

/// The variable of one column: the command line decides, then the schema, then header and cells.
pub fn decide(header: &str, evidence: &Evidence, declared: Option<&DeclaredVariable>, forced: Forced) -> Variable {
    let reading = super::header::read_header(header);
    let mut variable = Variable::new(header);
    variable.name.clone_from(&reading.name);
    variable.unit.clone_from(&reading.unit);
    variable.role = reading.role;
    variable.why.clone_from(&reading.why);
    if let Some(declared) = declared {
        declared.apply(&mut variable);
    }
    if let Some(role) = forced.role {
        variable.role = role;
        variable.why = format!("--role {header}={role}");
    }
    let is_identifier_shown = forced.show && variable.role == Role::DirectIdentifier;
    let role = if is_identifier_shown { Role::Other } else { variable.role };
    let (kind, why) = match (forced.kind, declared.and_then(|d| d.kind)) {
        (Some(kind), _) => (kind, format!("--kind {header}={kind}")),
        (None, Some(kind)) => (kind, String::new()),
        (None, None) => {
            let (kind, reason) = kind_of(role, &reading, evidence);
            variable.kind_reason = Some(reason);
            (kind, reason.to_string())
        }
    };
    variable.kind = kind;
    let reasons: Vec<String> = [variable.why, why].into_iter().filter(|why| !why.is_empty()).collect();
    variable.why = reasons.join("; ");
    variable.shown |= forced.show;
    if kind == Kind::Number && variable.unit.is_none() {
        (variable.unit, variable.reading.bare) = number_unit(&variable, evidence);
        variable.reading.is_unit_of_cells = true;
    }
    if matches!(kind, Kind::Set | Kind::Lines) && variable.delimiter.is_none() && variable.members.is_empty() {
        variable.delimiter = Some(evidence.delimiter().filter(|d| *d != ITEM).unwrap_or(';'));
    }
    variable
}

/// Roles whose columns have levels: a long cell is a long level, and a number is a code.
const TABULATED: [Role; 5] = [Role::Sex, Role::Etiology, Role::Site, Role::Response, Role::Outcome];

fn kind_of(role: Role, header: &HeaderReading, cells: &Evidence) -> (Kind, KindReason) {
    let because = |kind, reason| (kind, reason);
    match role {
        Role::CaseId => return because(Kind::Text, KindReason::CaseId),
        Role::DirectIdentifier => return because(Kind::Text, KindReason::Identifier),
        _ if header.is_notes => return because(Kind::Text, KindReason::NotesHeader),
        _ => {}
    }
    let numbers = cells.numbers();
    let (lines, words) = (cells.cells(Class::Lines), cells.texts());
    if role == Role::Treatment && words > 0 && cells.cells(Class::YesNo) < words && words >= numbers {
        return because(Kind::Lines, KindReason::TreatmentLines);
    }
    if lines > 0 && lines.saturating_mul(2) >= words.saturating_add(numbers) {
        return because(Kind::Lines, KindReason::Responses);
    }
    if cells.cells(Class::Long) > 0 && !TABULATED.contains(&role) {
        return because(Kind::Text, KindReason::LongCells);
    }
    if role == Role::Site && words > 0 && words >= numbers {
        return because(Kind::Set, KindReason::Sites);
    }
    if cells.cells(Class::List) > 0 && words >= numbers {
        return because(Kind::Set, KindReason::Lists);
    }
    if let Some(kind) = calendar_or_number(role, header, cells, numbers, words) {
        return kind;
    }
    if cells.cells(Class::YesNo) > 0
        && words == cells.cells(Class::YesNo)
        && cells.cells(Class::Stated) == 0
        && numbers == 0
    {
        return because(Kind::Binary, KindReason::YesNo);
    }
    because(Kind::Category, if cells.anything() { KindReason::Words } else { KindReason::Empty })
}

fn calendar_or_number(
    role: Role,
    header: &HeaderReading,
    cells: &Evidence,
    numbers: u64,
    words: u64,
) -> Option<(Kind, KindReason)> {
    let because = |kind, reason| Some((kind, reason));
    let dates = cells.cells(Class::Date);
    let calendar = header.is_year || header.is_date;
    if calendar && numbers.saturating_add(dates) > 0 {
        return because(Kind::Date, KindReason::CalendarHeader);
    }
    if dates > 0 && dates >= numbers && dates.saturating_mul(2) >= words {
        return because(Kind::Date, KindReason::Dates);
    }
    if numbers > 0 && numbers >= words {
        if cells.cells(Class::ZeroOne) == numbers && words == 0 && cells.cells(Class::Stated) == 0 && role != Role::Age
        {
            return because(Kind::Binary, KindReason::ZeroOne);
        }
        if TABULATED.contains(&role) {
            return because(Kind::Category, KindReason::Codes);
        }
        return because(Kind::Number, KindReason::Numbers);
    }
    if role == Role::Age && !cells.anything() {
        return because(Kind::Number, KindReason::AgeHeader);
    }
    None
}
