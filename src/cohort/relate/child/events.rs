//! From rows of events to the set of those of a case.

use super::column::{ChildCell, ChildCells, ChildColumn, ChildColumns};
use super::event_grade::{EventGrade, GradeScale};
use super::fields::Field;
use super::row_state::{not_counted, state_unclear};
use super::row_words::RowState;
use super::table::KeyedTable;
use crate::cohort::relate::rows::RowIndex;
use crate::diagnostic::{Finding, FindingId, Findings, NamePart};
use crate::error::Error;
use crate::read::ITEM;
use crate::schema::header::read_header;
use crate::schema::items::{Separators, items, unsplit};
use crate::schema::missing_words::certainly_missing;
use crate::schema::no_items::{Asked, denies, says_none};
use crate::schema::{Kind, Role, visit_column};
use crate::words::counted;

/// What the column of the number of events is called.
pub const EVENTS: &str = "events";

/// The events of each case as a set, the number of its rows, and the most severe grade where all of them are graded.
///
/// A case without a row is not reported: nobody knows whether it was asked.
///
/// Errors: a row without its event.
pub fn events(table: &KeyedTable<'_>, extra_missing: &[String]) -> Result<ChildColumns, Error> {
    let is_blank = |text: &str| {
        certainly_missing(text).is_some() && !says_none(text, Asked::Events)
            || extra_missing.iter().any(|word| word.eq_ignore_ascii_case(text))
    };
    let mut refused = Findings::default();
    for (_, row) in table.rows().filter(|(_, row)| is_blank(table.text(*row, Field::Event))) {
        let finding = Finding::new(FindingId::EventRow, "a row without its event");
        let finding = finding.at(table.place(row, column(table, Field::Event))).value(table.text(row, Field::Event));
        refused.add(finding.remedy("name the event, or remove the row"));
    }
    if !refused.is_empty() {
        return Err(refused.into());
    }
    let notes = doubts(table);
    let name = header(table, Field::Event);
    let mut columns = vec![made(table, &name, Kind::Set, Field::Event, |rows| Some(set(table, rows)))];
    columns.push(made(table, &visit_column(&name, EVENTS), Kind::Number, Field::Event, |rows| {
        (!set(table, rows).is_empty()).then(|| named(table, rows).count().to_string())
    }));
    let mut told = format!("{} rows are events of {} cases", table.rows().count(), table.cases());
    told.push_str(&not_counted(table));
    if table.cases() < table.by_case.groups() {
        told.push_str("; if a case without a row had none, add a row for it with the event 'none'");
    }
    let all = table.by_case.iter().flat_map(|rows| named(table, rows));
    let grades = all.map(|row| table.text(row, Field::Severity)).filter(|text| !is_blank(text));
    if let Some(scale) = table.fields.get(Field::Severity).and_then(|_| GradeScale::of(grades)) {
        let worst = visit_column(&header(table, Field::Severity), "worst");
        let is_unknown =
            |rows: &&[RowIndex]| named(table, rows).next().is_some() && worst_of(scale, table, rows).is_none();
        let unknown = table.by_case.iter().filter(is_unknown).count();
        columns.push(made(table, &worst, Kind::Category, Field::Severity, |rows| worst_of(scale, table, rows)));
        if unknown > 0 {
            let cases = counted(unknown, "case");
            told.push_str(&format!("; the worst grade of {cases} is not known, as an event has no grade"));
        }
    } else if table.fields.get(Field::Severity).is_some() {
        told.push_str("; the order of the grades is not known");
    }
    Ok(ChildColumns { columns, told, notes, ..ChildColumns::default() })
}

/// What is said of cells that may be several events, and of `none` beside an event of the same case.
fn doubts(table: &KeyedTable<'_>) -> Findings {
    let mut said = Findings::default();
    for (_, row) in table.rows() {
        match table.state(row) {
            RowState::NotSaid => said.add(state_unclear(table, row, "the event is left out")),
            RowState::Other => said.add(state_unclear(table, row, "the event counts")),
            RowState::TookPlace | RowState::DidNot => {}
        }
        if denies(table.text(row, Field::Event)) {
            said.add(denied(table, row));
        }
    }
    for rows in table.by_case.iter() {
        let Some(event) = named(table, rows).next() else { continue };
        for row in rows {
            let text = table.text(*row, Field::Event);
            let finding = match says_none(text, Asked::Events) {
                true => none_beside(table, event),
                false if may_be_several(text) => {
                    Finding::new(FindingId::UnsplitItems, "this may be several events, and is counted as one")
                        .remedy("write each event into a row of its own")
                }
                false => continue,
            };
            said.add(finding.at(table.location(*row, Field::Event)).value(text));
        }
    }
    said
}

fn denied(table: &KeyedTable<'_>, row: RowIndex) -> Finding {
    let message = "this row says what the patient did not have: it is no event";
    let finding = Finding::new(FindingId::DeniedItem, message).at(table.location(row, Field::Event));
    let remedy = "name the event, with a column that says whether it occurred; for a patient without events, none";
    finding.value(table.text(row, Field::Event)).remedy(remedy)
}

/// True for `nausea, vomiting`; not for `pain in extremity`.
fn may_be_several(text: &str) -> bool {
    !unsplit(text, Separators::UNNOTICED).is_empty() || items(text, Separators::LISTS).len() > 1
}

fn none_beside(table: &KeyedTable<'_>, event: RowIndex) -> Finding {
    let (name, at) = (table.text(event, Field::Event), table.location(event, Field::Event).position);
    let message = format!("this row says none, and another one of the same patient names '{name}' at{at}");
    Finding::new(FindingId::NoneBesideEvents, message).remedy("remove this row, or correct the other one")
}

fn column(table: &KeyedTable<'_>, field: Field) -> usize {
    table.fields.get(field).unwrap_or(table.case)
}

fn header(table: &KeyedTable<'_>, field: Field) -> String {
    table.table.rows.columns.get(column(table, field)).map_or_else(String::new, |header| read_header(header).name)
}

/// A column with the text of each case that has a row.
fn made(
    table: &KeyedTable<'_>,
    name: &str,
    kind: Kind,
    field: Field,
    text: impl Fn(&[RowIndex]) -> Option<String>,
) -> ChildColumn {
    let source = table.table.rows.columns.get(column(table, field)).map_or("", String::as_str);
    let mut made = ChildColumn::new(name, Role::Other, Some(kind), source);
    made.parts = vec![NamePart::Column(name.to_owned())];
    made.cells = ChildCells::of(table.by_case.iter().map(|rows| {
        let first = rows.first()?;
        Some(ChildCell { text: text(rows)?, place: table.table.rows.place(*first, None) })
    }));
    made
}

/// The rows that name an event that occurred; `none` says that the case had none.
fn named<'r>(table: &'r KeyedTable<'_>, rows: &'r [RowIndex]) -> impl Iterator<Item = RowIndex> + 'r {
    let is_none = |text: &str| says_none(text, Asked::Events) || denies(text);
    let occurred = |row: RowIndex| matches!(table.state(row), RowState::TookPlace | RowState::Other);
    rows.iter().copied().filter(move |row| occurred(*row) && !is_none(table.text(*row, Field::Event)))
}

/// Each event once, in the order of the rows.
fn set(table: &KeyedTable<'_>, rows: &[RowIndex]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in named(table, rows).map(|row| table.text(row, Field::Event)) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name);
        }
    }
    let is_unknown = names.is_empty() && rows.iter().all(|row| table.state(*row) == RowState::NotSaid);
    match names.is_empty() {
        true if is_unknown => String::new(),
        true => "none".to_owned(),
        false => names.iter().map(|name| format!("{ITEM}{name}")).collect(),
    }
}

/// The worst grade of a case: known where each of its events has a grade, and where one has the worst of all.
fn worst_of(scale: GradeScale, table: &KeyedTable<'_>, rows: &[RowIndex]) -> Option<String> {
    let grades: Vec<Option<EventGrade>> =
        named(table, rows).map(|row| scale.grade(table.text(row, Field::Severity))).collect();
    let worst = grades.iter().flatten().max()?;
    (grades.iter().all(Option::is_some) || worst.is_the_worst()).then(|| worst.text.clone())
}
