//! From rows of measurements to columns of the cases.

use super::column::{ChildCell, ChildColumn, ChildColumns};
use super::dates::day;
use super::extreme::{End, Extreme, Measured, extreme};
use super::fields::Field;
use super::pick::{Dated, NoPick, Occasion, pick};
use super::table::KeyedTable;
use crate::cohort::cell::{CellRules, CellState, missing, number};
use crate::cohort::relate::rows::RowIndex;
use crate::cohort::unit::same_unit;
use crate::diagnostic::{Finding, Findings, NamePart, Severity, SourceLocation, quoted};
use crate::error::Error;
use crate::schema::{DecimalMark, Kind, Role, Variable, visit_column};
use std::collections::{BTreeMap, BTreeSet};

/// One measurement of a case.
struct Measurement {
    row: RowIndex,
    /// The result as a cell of the column of its test.
    text: String,
    visit: String,
    day: Option<i64>,
    value: Result<Measured, NoNumber>,
}

/// Why a result is no number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NoNumber {
    /// There is no result.
    Missing,
    /// It is a word, or it cannot be read.
    Other,
}

/// All measurements of one test.
struct Test {
    /// Its name as it is written first in the order of texts.
    name: String,
    /// The unit of its results: that of most of them, where each has one.
    unit: Option<String>,
    /// Its results are numbers, and not all of them 0 or 1.
    is_number: bool,
    /// By case.
    by_case: Vec<Vec<Measurement>>,
}

impl Test {
    /// Its name as a part of the names of its columns.
    fn part(&self) -> NamePart {
        NamePart::word(&self.name, self.by_case.iter().filter(|rows| !rows.is_empty()).count())
    }
}

/// How the measurements of a table are read.
pub struct LabRules<'r> {
    /// Further words for a missing value.
    pub extra_missing: &'r [String],
    /// The number of the first day of treatment of each case; empty where no table tells it.
    pub starts: &'r [Option<i64>],
}

/// The columns of each test.
///
/// One measurement a case is one column, `crp`. Several become one a visit, `crp@month_6`, where the table has visits;
/// else `@first`, `@last`, `@baseline`, `@peak`, `@lowest` and the number of `@measurements`.
///
/// Errors: a row without its test, or two of one test and visit.
pub fn laboratory(table: &KeyedTable<'_>, rules: &LabRules<'_>) -> Result<ChildColumns, Error> {
    let mut refused = Findings::default();
    let tests = tests(table, rules, &mut refused);
    let visits = visits(table);
    let mut made = ChildColumns::default();
    for test in &tests {
        if test.by_case.iter().all(|rows| rows.len() < 2) && visits.is_empty() {
            made.columns.push(column(table, test, None, |rows| rows.first().map(|only| cell(table, only, &only.text))));
        } else if visits.is_empty() {
            occasions(table, test, rules, &mut made);
        } else {
            by_visit(table, test, &visits, &mut made, &mut refused);
        }
    }
    if !refused.is_empty() {
        return Err(refused.into());
    }
    made.told = told(table, &tests, visits.len());
    Ok(made)
}

fn tests(table: &KeyedTable<'_>, rules: &LabRules<'_>, refused: &mut Findings) -> Vec<Test> {
    let mut rows: BTreeMap<String, Vec<(usize, RowIndex)>> = BTreeMap::new();
    for (case, row) in table.rows() {
        let name = table.text(row, Field::Test);
        if name.is_empty() {
            let finding = Finding::new("measurement-row", Severity::Error, "a row of a measurement without its test");
            refused.add(finding.at(table.location(row, Field::Test)).remedy("name the test, or remove the row"));
            continue;
        }
        rows.entry(name.to_lowercase()).or_default().push((case, row));
    }
    rows.into_values().map(|rows| test(table, &rows, rules)).collect()
}

fn test(table: &KeyedTable<'_>, rows: &[(usize, RowIndex)], rules: &LabRules<'_>) -> Test {
    let name = rows.iter().map(|(_, row)| table.text(*row, Field::Test)).min().unwrap_or_default().into_owned();
    let units: Vec<String> = rows
        .iter()
        .filter(|(_, row)| begins_as_number(&table.text(*row, Field::Value)))
        .map(|(_, row)| table.text(*row, Field::Unit).into_owned())
        .collect();
    let unit = most_frequent(&units).filter(|_| units.iter().all(|unit| !unit.is_empty()));
    let is_same = unit.as_deref().is_some_and(|most| units.iter().all(|unit| same_unit(most, unit)));
    let mut variable =
        Variable { kind: Kind::Number, role: Role::Lab, unit: most_frequent(&units), ..Variable::new(&name) };
    variable.reading.mark = table.variable(Field::Value).map_or(DecimalMark::default(), |value| value.reading.mark);
    let cells = CellRules::new(&variable, rules.extra_missing);
    let mut by_case: Vec<Vec<Measurement>> = table.by_case.iter().map(|_| Vec::new()).collect();
    for (case, row) in rows {
        let value = table.text(*row, Field::Value);
        let own = table.text(*row, Field::Unit);
        let text = match !is_same && !own.is_empty() && begins_as_number(&value) {
            true => format!("{value} {own}"),
            false => value.into_owned(),
        };
        let one = Measurement {
            row: *row,
            visit: table.text(*row, Field::Visit).into_owned(),
            day: day(table, *row, Field::Day, rules.extra_missing).day(),
            value: measured(&text, &cells),
            text,
        };
        if let Some(rows) = by_case.get_mut(*case) {
            rows.push(one);
        }
    }
    let is_number = is_number(&by_case);
    Test { name, unit, is_number, by_case }
}

/// True for results of which all are numbers, and some another one than 0 and 1, which may be codes.
fn is_number(by_case: &[Vec<Measurement>]) -> bool {
    let all = || by_case.iter().flatten().filter(|one| !matches!(one.value, Err(NoNumber::Missing)));
    all().all(|one| one.value.is_ok()) && all().any(|one| !matches!(one.text.as_str(), "0" | "1"))
}

/// The unit of most results, the first in the order of texts among equals.
fn most_frequent(units: &[String]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in units.iter().filter(|unit| !unit.is_empty()) {
        let count = counts.entry(unit).or_default();
        *count = count.saturating_add(1);
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(unit, _)| (*unit).to_owned())
}

fn begins_as_number(text: &str) -> bool {
    text.trim_start_matches(['<', '>', '=', '≤', '≥', '~', ' ', '-', '+']).starts_with(|c: char| c.is_ascii_digit())
}

fn measured(text: &str, rules: &CellRules<'_>) -> Result<Measured, NoNumber> {
    if missing(text, rules).is_some() {
        return Err(NoNumber::Missing);
    }
    match number(text, rules) {
        CellState::Value(stated) => Ok(Measured { value: stated.value, side: None }),
        CellState::Censored { comparator, value, .. } => Ok(Measured { value, side: Some(comparator) }),
        CellState::Missing(_) => Err(NoNumber::Missing),
        CellState::StatedOnly(_) | CellState::Unreadable(_) => Err(NoNumber::Other),
    }
}

/// The visits in the order in which they first appear, each as a part of the names of its columns.
fn visits(table: &KeyedTable<'_>) -> Vec<(String, NamePart)> {
    let mut first: BTreeMap<String, (RowIndex, BTreeSet<usize>)> = BTreeMap::new();
    for (case, row) in table.rows() {
        let visit = table.text(row, Field::Visit);
        if !visit.is_empty() {
            let (earliest, cases) = first.entry(visit.into_owned()).or_insert((row, BTreeSet::new()));
            *earliest = row.min(*earliest);
            cases.insert(case);
        }
    }
    let mut visits: Vec<_> = first.into_iter().map(|(visit, (row, cases))| (row, visit, cases.len())).collect();
    visits.sort();
    visits.into_iter().map(|(_, visit, cases)| (visit.clone(), NamePart::word(&visit, cases))).collect()
}

fn source(table: &KeyedTable<'_>, field: Field) -> String {
    let column = table.fields.get(field).and_then(|column| table.table.rows.columns.get(column));
    column.cloned().unwrap_or_default()
}

/// A column of a test on an occasion; `cell` gives the cell of a case.
fn column(
    table: &KeyedTable<'_>,
    test: &Test,
    occasion: Option<NamePart>,
    cell: impl FnMut(&[Measurement]) -> Option<ChildCell>,
) -> ChildColumn {
    let name = match &occasion {
        Some(NamePart::Column(occasion) | NamePart::Word { text: occasion, .. }) => visit_column(&test.name, occasion),
        None => test.name.clone(),
    };
    let mut column = ChildColumn::new(&name, Role::Lab, None, &source(table, Field::Value));
    column.parts = std::iter::once(test.part()).chain(occasion).collect();
    column.declared.unit.clone_from(&test.unit);
    column.declared.kind = test.is_number.then_some(Kind::Number);
    column.cells = test.by_case.iter().map(Vec::as_slice).map(cell).map(Option::unwrap_or_default).collect();
    column
}

fn cell(table: &KeyedTable<'_>, of: &Measurement, text: &str) -> ChildCell {
    ChildCell { text: text.to_owned(), line: table.table.rows.line(of.row) }
}

fn by_visit(
    table: &KeyedTable<'_>,
    test: &Test,
    visits: &[(String, NamePart)],
    made: &mut ChildColumns,
    refused: &mut Findings,
) {
    for (visit, part) in visits {
        let at = |rows: &[Measurement]| {
            let mut of_visit = rows.iter().filter(|one| one.visit == *visit);
            let first = of_visit.next()?;
            for other in of_visit {
                let before = table.location(first.row, Field::Visit).position;
                let message = format!("two rows of one case, test and visit, the first at{before}");
                let finding = Finding::new("duplicate-visit", Severity::Error, message);
                let finding = finding.at(table.location(other.row, Field::Visit)).value(visit.clone());
                refused
                    .add(finding.remedy(
                        "keep one of them, or name the column of visits otherwise if the days tell them apart",
                    ));
            }
            Some(cell(table, first, &first.text))
        };
        made.columns.push(column(table, test, Some(part.clone()), at));
    }
    for one in test.by_case.iter().flatten().filter(|one| one.visit.is_empty()) {
        let finding = Finding::new("blank-visit", Severity::Error, "a row without its visit");
        refused.add(finding.at(table.location(one.row, Field::Visit)).remedy("fill the visit in, or remove the row"));
    }
}

/// First, last, baseline, peak, lowest and the number of measurements.
fn occasions(table: &KeyedTable<'_>, test: &Test, rules: &LabRules<'_>, made: &mut ChildColumns) {
    let mut said = Findings::default();
    if table.fields.get(Field::Day).is_some() {
        let mut words = vec![("first", 0), ("last", 1)];
        words.extend((!rules.starts.is_empty()).then_some(("baseline", 2)));
        for (word, which) in words {
            let mut starts = rules.starts.iter();
            let of_case = |rows: &[Measurement]| {
                let start = starts.next().copied().flatten();
                let occasion = [Occasion::First, Occasion::Last, Occasion::Baseline(start)].get(which).copied()?;
                picked(table, rows, occasion, &mut said)
            };
            made.columns.push(column(table, test, Some(NamePart::Column(word.to_owned())), of_case));
        }
    }
    if test.by_case.iter().flatten().any(|one| one.value.is_ok()) {
        for (word, end) in [("peak", End::Peak), ("lowest", End::Lowest)] {
            let word = NamePart::Column(word.to_owned());
            made.columns.push(column(table, test, Some(word), |rows| extreme_of(table, rows, end, &mut said)));
        }
    }
    made.columns.push(number_of_measurements(table, test));
    made.notes.extend(said.groups().flat_map(|group| group.first.iter().cloned()));
}

/// Those of the measurements that have a result.
fn reported(rows: &[Measurement]) -> Vec<&Measurement> {
    rows.iter().filter(|one| !matches!(one.value, Err(NoNumber::Missing))).collect()
}

fn picked(table: &KeyedTable<'_>, rows: &[Measurement], occasion: Occasion, said: &mut Findings) -> Option<ChildCell> {
    let rows = reported(rows);
    let dated: Vec<Dated<'_>> = rows.iter().map(|one| Dated { day: one.day, text: &one.text }).collect();
    let (message, at, remedy) = match pick(&dated, occasion) {
        Ok(at) => return rows.get(at?).map(|one| cell(table, one, &one.text)),
        // A single measurement is the first and the last on whatever day it was.
        Err(NoPick::NoDate(_)) if rows.len() == 1 && !matches!(occasion, Occasion::Baseline(_)) => {
            return rows.first().map(|one| cell(table, one, &one.text));
        }
        Err(NoPick::NoDate(at)) => (
            "a measurement without its full date: nobody knows which is the first and which the last of this case",
            at,
            "write the day of every measurement as YYYY-MM-DD",
        ),
        Err(NoPick::SameDay(at)) => (
            "two results of one test on one day: nobody knows which is the first or the last",
            at,
            "keep one of them, or tell them apart by visits",
        ),
    };
    let place = rows.get(at).map_or_else(SourceLocation::default, |one| table.location(one.row, Field::Day));
    let finding = Finding::new("measurement-order", Severity::Warning, message).at(place).remedy(remedy);
    said.add(finding.value(rows.get(at).map_or("", |one| one.text.as_str())));
    None
}

fn extreme_of(table: &KeyedTable<'_>, rows: &[Measurement], end: End, said: &mut Findings) -> Option<ChildCell> {
    let rows = reported(rows);
    if let Some(other) = rows.iter().find(|one| one.value.is_err()) {
        if rows.len() == 1 {
            return Some(cell(table, other, &other.text));
        }
        let message = "a result without a number beside others: the highest and the lowest of this case are not known";
        let finding = Finding::new("measurement-order", Severity::Warning, message);
        let finding = finding.at(table.location(other.row, Field::Value)).value(other.text.clone());
        let of_missing = quoted(&other.text);
        said.add(finding.remedy(format!("correct it; if it means not reported: --missing={of_missing}")));
        return None;
    }
    let all: Vec<Measured> = rows.iter().filter_map(|one| one.value.ok()).collect();
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

fn number_of_measurements(table: &KeyedTable<'_>, test: &Test) -> ChildColumn {
    let word = "measurements";
    let name = visit_column(&test.name, word);
    let mut column = ChildColumn::new(&name, Role::Other, Some(Kind::Number), &source(table, Field::Test));
    column.parts = vec![test.part(), NamePart::Column(word.to_owned())];
    let count = |rows: &Vec<Measurement>| {
        let line = rows.first().map_or(0, |one| table.table.rows.line(one.row));
        ChildCell { text: reported(rows).len().to_string(), line }
    };
    column.cells = test.by_case.iter().map(count).collect();
    column
}

/// What became of the rows.
fn told(table: &KeyedTable<'_>, tests: &[Test], visits: usize) -> String {
    let all = || tests.iter().flat_map(|test| test.by_case.iter().flatten());
    let blank = all().filter(|one| matches!(one.value, Err(NoNumber::Missing))).count();
    let cases = table.by_case.iter().filter(|rows| !rows.is_empty()).count();
    let at = if visits > 0 { format!(" at {visits} visits") } else { String::new() };
    let without = if blank > 0 { format!(", {blank} of them without a result") } else { String::new() };
    format!("{} rows are measurements of {} tests{at} in {cases} cases{without}", all().count(), tests.len())
}
