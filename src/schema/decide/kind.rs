//! The kind of a column: from its role, its header and the classes of its cells.

use crate::schema::evidence::{Class, Evidence};
use crate::schema::header::HeaderReading;
use crate::schema::{Kind, KindReason, Role};

/// Roles whose columns have levels: a long cell is a long level, and a number is a code.
const TABULATED: [Role; 5] = [Role::Sex, Role::Etiology, Role::Site, Role::Response, Role::Outcome];

/// The kind of a column, and why.
pub fn kind_of(role: Role, header: &HeaderReading, cells: &Evidence) -> (Kind, KindReason) {
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
