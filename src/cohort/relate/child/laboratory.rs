//! From rows of measurements to columns of the cases.

use super::column::{ChildCell, ChildCells, ChildColumn, ChildColumns};
use super::extreme::{End, Extreme, ExtremeCandidate, extreme};
use super::fields::Field;
use super::measurement::{CaseMeasurement, LabRules, NoNumber, Test, tests};
use super::pick::{Dated, NoPick, Occasion, pick};
use super::row_state::not_counted;
use super::table::KeyedTable;
use crate::cohort::relate::rows::RowIndex;
use crate::cohort::visit_order::{folded, in_time};
use crate::diagnostic::{CellPlace, Finding, FindingId, Findings, NamePart, SourceLocation, quoted};
use crate::error::Error;
use crate::schema::lexical::calendar::OrderDecision;
use crate::schema::{Kind, Role, visit_column};
use crate::words::{counted, for_number};
use std::collections::BTreeMap;

/// What the column of the number of measurements is called.
pub const MEASUREMENTS: &str = "measurements";

/// The columns of each test.
///
/// One measurement a case is one column, `crp`. Several become one a visit, `crp@month_6`, where the table has visits;
/// else `@first`, `@last`, `@baseline`, `@peak`, `@lowest` and the number of `@measurements`.
///
/// Errors: a row without its test, or two of one test and visit.
pub fn laboratory(table: &KeyedTable<'_>, rules: &LabRules<'_>) -> Result<ChildColumns, Error> {
    let (mut refused, mut said) = (Findings::default(), Findings::default());
    let tests = tests(table, rules, &mut refused, &mut said);
    let mut made = columns(table, &tests, rules, refused)?;
    made.notes.merge(said);
    made.told = told(table, &tests, visits(table).len()) + &not_counted(table);
    Ok(made)
}

/// The columns of tests, unless something is refused already.
///
/// Errors: what is refused, and two of one test and visit.
pub fn columns(
    table: &KeyedTable<'_>,
    tests: &[Test],
    rules: &LabRules<'_>,
    mut refused: Findings,
) -> Result<ChildColumns, Error> {
    let visits = visits(table);
    let mut made = ChildColumns::default();
    for test in tests {
        if test.is_once && visits.is_empty() {
            made.columns.push(column(table, test, None, |rows| rows.first().map(|only| cell(table, only, only.text))));
        } else if visits.is_empty() {
            occasions(table, test, rules, &mut made);
        } else {
            by_visit(table, test, &visits, &mut made, &mut refused);
        }
    }
    if refused.is_empty() { Ok(made) } else { Err(refused.into()) }
}

/// The visits in the order of time where their names tell it, else as they first appear, each by its folded name, with
/// what it is in the names of its columns.
fn visits(table: &KeyedTable<'_>) -> Vec<(String, NamePart)> {
    // The earliest row of each visit, the last case that has it, and the number of its cases.
    let mut found: BTreeMap<String, (RowIndex, usize, usize)> = BTreeMap::new();
    for (case, row) in table.rows() {
        let visit = table.text(row, Field::Visit);
        if visit.is_empty() {
            continue;
        }
        let (earliest, last, cases) = found.entry(folded(visit)).or_insert((row, case, 1));
        *earliest = row.min(*earliest);
        *cases = cases.saturating_add(usize::from(*last != case));
        *last = case;
    }
    let mut visits: Vec<_> = found.into_iter().map(|(visit, (row, _, cases))| (row, visit, cases)).collect();
    visits.sort();
    let names: Vec<&str> = visits.iter().map(|(row, ..)| table.text(*row, Field::Visit)).collect();
    let order = in_time(&names).unwrap_or_else(|| (0..names.len()).collect());
    let visit = |at: usize| {
        let ((_, folded, cases), name) = visits.get(at).zip(names.get(at))?;
        Some((folded.clone(), NamePart::word(name, *cases)))
    };
    order.into_iter().filter_map(visit).collect()
}

fn source(table: &KeyedTable<'_>, column: usize) -> String {
    table.table.rows.columns.get(column).cloned().unwrap_or_default()
}

/// A column of a test on an occasion; `cell` gives the cell of a case.
fn column(
    table: &KeyedTable<'_>,
    test: &Test,
    occasion: Option<NamePart>,
    cell: impl FnMut(&[CaseMeasurement<'_>]) -> Option<ChildCell>,
) -> ChildColumn {
    let declared = match &occasion {
        Some(NamePart::Column(occasion) | NamePart::Word { text: occasion, .. }) => test.declared.at_visit(occasion),
        None => test.declared.clone(),
    };
    let parts = std::iter::once(test.part()).chain(occasion).collect();
    let mut column = ChildColumn { declared, source: source(table, test.column), parts, cells: ChildCells::default() };
    column.cells = test.cells(table, cell);
    column
}

fn cell(table: &KeyedTable<'_>, of: &CaseMeasurement<'_>, text: &str) -> ChildCell {
    ChildCell { text: text.to_owned(), place: table.table.rows.place(of.row, None) }
}

fn by_visit(
    table: &KeyedTable<'_>,
    test: &Test,
    visits: &[(String, NamePart)],
    made: &mut ChildColumns,
    refused: &mut Findings,
) {
    for (visit, part) in visits {
        let at = |rows: &[CaseMeasurement<'_>]| {
            let mut of_visit = rows.iter().filter(|one| folded(one.visit) == *visit);
            let first = of_visit.next()?;
            for other in of_visit {
                let before = table.location(first.row, Field::Visit).position;
                let message = format!("two rows of one case, test and visit, the first at{before}");
                let finding = Finding::new(FindingId::DuplicateVisit, message);
                let finding = finding.at(table.location(other.row, Field::Visit)).value(visit.clone());
                refused
                    .add(finding.remedy(
                        "keep one of them, or name the column of visits otherwise if the days tell them apart",
                    ));
            }
            Some(cell(table, first, first.text))
        };
        made.columns.push(column(table, test, Some(part.clone()), at));
    }
    for row in test.rows().filter(|row| table.text(*row, Field::Visit).is_empty()) {
        let finding = Finding::new(FindingId::BlankVisit, "a row without its visit");
        refused.add(finding.at(table.location(row, Field::Visit)).remedy("fill the visit in, or remove the row"));
    }
}

/// First, last, baseline, peak, lowest and the number of measurements.
fn occasions(table: &KeyedTable<'_>, test: &Test, rules: &LabRules<'_>, made: &mut ChildColumns) {
    let mut said = Findings::default();
    if [Field::Day, Field::Age].iter().any(|field| table.fields.get(*field).is_some()) {
        let mut words = vec![("first", 0), ("last", 1)];
        // An age is neither before nor after the day of a treatment.
        let has_days = table.fields.get(Field::Day).is_some();
        words.extend((has_days && !rules.starts.is_empty()).then_some(("baseline", 2)));
        for (word, which) in words {
            let mut starts = rules.starts.iter();
            let of_case = |rows: &[CaseMeasurement<'_>]| {
                let start = starts.next().copied().flatten();
                let occasion = [Occasion::First, Occasion::Last, Occasion::Baseline(start)].get(which).copied()?;
                picked((table, test), rows, occasion, &mut said)
            };
            made.columns.push(column(table, test, Some(NamePart::Column(word.to_owned())), of_case));
        }
    }
    if test.has_number {
        for (word, end) in [("peak", End::Peak), ("lowest", End::Lowest)] {
            let word = NamePart::Column(word.to_owned());
            made.columns.push(column(table, test, Some(word), |rows| extreme_of((table, test), rows, end, &mut said)));
        }
    }
    made.columns.push(number_of_measurements(table, test));
    made.notes.merge(said);
}

/// Those of the measurements that have a result.
fn reported<'r, 't>(rows: &'r [CaseMeasurement<'t>]) -> Vec<&'r CaseMeasurement<'t>> {
    rows.iter().filter(|one| !matches!(one.value, Err(NoNumber::Missing))).collect()
}

fn picked(
    (table, test): (&KeyedTable<'_>, &Test),
    rows: &[CaseMeasurement<'_>],
    occasion: Occasion,
    said: &mut Findings,
) -> Option<ChildCell> {
    let rows = reported(rows);
    let dated: Vec<Dated<'_>> = rows.iter().map(|one| Dated { day: one.day, text: one.text }).collect();
    let one = |at: usize| rows.get(at).map_or_else(SourceLocation::default, |one| table.place(one.row, test.column));
    let (message, place, value, remedy) = match pick(&dated, occasion) {
        Ok(at) => return rows.get(at?).map(|one| cell(table, one, one.text)),
        // A single measurement is the first and the last on whatever day it was.
        Err(NoPick::NoDate(_)) if rows.len() == 1 && !matches!(occasion, Occasion::Baseline(_)) => {
            return rows.first().map(|one| cell(table, one, one.text));
        }
        Err(NoPick::NoDate(at)) => (
            "a measurement without its full date or its age: the first and the last of this case are not known",
            rows.get(at).map_or_else(SourceLocation::default, |one| table.location(one.row, Field::Day)),
            rows.get(at).map_or("", |one| table.text(one.row, Field::Day)),
            match table.variable(Field::Day).map(|day| &day.reading.dates.order) {
                Some(OrderDecision::Ambiguous(_)) => {
                    "state what comes first in all of these dates: --date-order dmy or --date-order mdy"
                }
                Some(_) | None => {
                    "write the day of every measurement as YYYY-MM-DD, or in a table without days the age"
                }
            },
        ),
        Err(NoPick::SameDay(at)) => (
            "two results of one test on one day: nobody knows which is the first or the last",
            one(at),
            rows.get(at).map_or("", |one| one.text),
            "keep one of them, or tell them apart by visits",
        ),
    };
    let finding = Finding::new(FindingId::MeasurementOrder, message).at(place).remedy(remedy);
    said.add(finding.value(value));
    None
}

fn extreme_of(
    (table, test): (&KeyedTable<'_>, &Test),
    rows: &[CaseMeasurement<'_>],
    end: End,
    said: &mut Findings,
) -> Option<ChildCell> {
    let rows = reported(rows);
    if let [only] = rows.as_slice() {
        return Some(cell(table, only, only.text));
    }
    let is_negative = |one: &&&CaseMeasurement<'_>| one.value == Err(NoNumber::Negative);
    if let Some(other) = rows.iter().filter(|one| !is_negative(one)).find(|one| one.value.is_err()) {
        said.add(without_number(other).at(table.place(other.row, test.column)));
        return None;
    }
    // A negative result lies below every number.
    let numbers = rows.iter().filter(|one| one.value.is_ok()).count();
    if let Some(negative) = rows.iter().find(is_negative).filter(|_| end == End::Lowest || numbers == 0) {
        return Some(cell(table, negative, negative.text));
    }
    let rows: Vec<&CaseMeasurement<'_>> = rows.into_iter().filter(|one| one.value.is_ok()).collect();
    let all: Vec<ExtremeCandidate> = rows.iter().filter_map(|one| one.value.ok()).collect();
    let found = extreme(&all, end)?;
    let (Extreme::Is(at) | Extreme::AtOrBeyond(at)) = found;
    let one = rows.get(at)?;
    let sign = match (found, end) {
        (Extreme::Is(_), _) => "",
        (Extreme::AtOrBeyond(_), End::Peak) => ">=",
        (Extreme::AtOrBeyond(_), End::Lowest) => "<=",
    };
    Some(cell(table, one, &format!("{sign}{}", one.text)))
}

/// What is said of a result among others of which nobody knows how high it is.
fn without_number(other: &CaseMeasurement<'_>) -> Finding {
    let (what, remedy) = match other.value {
        Err(NoNumber::Stated) => ("a result without a number", "write its number, or its bound, such as >160".to_owned()),
        Err(NoNumber::Unit) => (
            "a result without the unit of the others",
            "write the unit of each result behind its number or in a column unit, one that converts into the others, or \
             give what is measured otherwise another name of the test"
                .to_owned(),
        ),
        Err(NoNumber::Unread) => (
            "a number that cannot be read",
            "write it as the others are, with their decimal mark and their unit".to_owned(),
        ),
        Err(NoNumber::Missing | NoNumber::Negative | NoNumber::Other) | Ok(_) => (
            "a result without a number",
            format!("correct it; if it means not reported: --missing={}", quoted(other.text)),
        ),
    };
    let message = format!("{what} beside others: the highest and the lowest of this case are not known");
    Finding::new(FindingId::MeasurementOrder, message).value(other.text).remedy(remedy)
}

fn number_of_measurements(table: &KeyedTable<'_>, test: &Test) -> ChildColumn {
    let word = MEASUREMENTS;
    let name = visit_column(&test.declared.name, word);
    let source = source(table, test.named_in.unwrap_or(test.column));
    let mut column = ChildColumn::new(&name, Role::Other, Some(Kind::Number), &source);
    column.parts = vec![test.part(), NamePart::Column(word.to_owned())];
    let count = |rows: &[CaseMeasurement<'_>]| {
        let place = rows.first().map_or_else(CellPlace::default, |one| table.table.rows.place(one.row, None));
        Some(ChildCell { text: reported(rows).len().to_string(), place })
    };
    column.cells = test.cells(table, count);
    column
}

/// What became of the rows.
fn told(table: &KeyedTable<'_>, tests: &[Test], visits: usize) -> String {
    let rows = tests.iter().flat_map(Test::rows).count();
    let blank = tests.iter().map(Test::blank).fold(0, usize::saturating_add);
    let at = if visits > 0 { format!(" at {}", counted(visits, "visit")) } else { String::new() };
    let without = if blank > 0 { format!(", {blank} of them without a result") } else { String::new() };
    let are = for_number(rows, "is a measurement", "are measurements");
    let (rows, tests, cases) = (counted(rows, "row"), counted(tests.len(), "test"), counted(table.cases(), "case"));
    format!("{rows} {are} of {tests}{at} in {cases}{without}")
}
