//! The measurements of each test: every distinct result is read once.

use super::column::{ChildCell, ChildCells};
use super::dates::moment;
use super::extreme::ExtremeCandidate;
use super::fields::Field;
use super::grouped::GroupedRows;
use super::row_state::state_unclear;
use super::row_words::{ResultSign, RowState};
use super::same_tests::{begins_as_number, joined};
use super::specimens::{RowKey, Specimens, row_key, several_methods};
use super::status::RowStatus;
use super::table::KeyedTable;
use crate::cohort::Unreadable;
use crate::cohort::cell::{CellRules, CellState, missing, number};
use crate::cohort::relate::rows::RowIndex;
use crate::cohort::unit::{same_unit, unit_behind};
use crate::diagnostic::{Finding, FindingId, Findings, NamePart};
use crate::schema::header::normalise;
use crate::schema::lexical::Comparator;
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::{BareReading, DecimalMark, Kind, Role, Status, Variable};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How the measurements of a table are read.
pub struct LabRules<'r> {
    /// Further words for a missing value.
    pub extra_missing: &'r [String],
    /// The number of the first day of treatment of each case; empty where no table tells it.
    pub starts: &'r [Option<i64>],
}

/// One measurement of a case.
#[derive(Clone, Copy)]
pub struct CaseMeasurement<'t> {
    /// Its row.
    pub row: RowIndex,
    /// The result as a cell of the column of its test.
    pub text: &'t str,
    /// The visit.
    pub visit: &'t str,
    /// When it was.
    pub day: Option<i64>,
    /// The result as a number.
    pub value: Result<ExtremeCandidate, NoNumber>,
}

/// Why a result is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNumber {
    /// There is no result.
    Missing,
    /// It is negative: below whatever is measured.
    Negative,
    /// Another status is stated, such as positive: its number may be any.
    Stated,
    /// It is a number without a unit, or in a unit that is not converted, beside results with a unit.
    Unit,
    /// It is a number that cannot be read, such as one with another decimal mark.
    Unread,
    /// It is a word.
    Other,
}

/// A distinct result.
struct DistinctResult {
    text: String,
    value: Result<ExtremeCandidate, NoNumber>,
    /// The flag of its rows and what their limits give, where they differ.
    contradicted: Option<(Status, Status)>,
}

/// All measurements of one test.
pub struct Test {
    /// What is known of each of its columns; its name is that of the test.
    pub declared: DeclaredVariable,
    /// The column of its results.
    pub column: usize,
    /// The column of its name.
    pub named_in: Option<usize>,
    /// No case has two.
    pub is_once: bool,
    /// Some results are numbers.
    pub has_number: bool,
    /// How many cases have one.
    cases: usize,
    readings: Vec<DistinctResult>,
    /// Its rows, case by case, each with the number of its reading.
    rows: Vec<(RowIndex, u32)>,
    /// When the measurements were, by the number of the text of their day.
    moments: FxHashMap<Option<u32>, Option<i64>>,
}

impl Test {
    /// Its name as a part of the names of its columns.
    pub fn part(&self) -> NamePart {
        match self.named_in {
            Some(_) => NamePart::word(&self.declared.name, self.cases),
            None => NamePart::Column(self.declared.name.clone()),
        }
    }

    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = RowIndex> {
        self.rows.iter().map(|(row, _)| *row)
    }

    /// The rows whose flag their limits contradict.
    fn contradicted(&self) -> impl Iterator<Item = (RowIndex, (Status, Status))> {
        let pair = |reading: u32| self.readings.get(reading as usize).and_then(|reading| reading.contradicted);
        self.rows.iter().filter_map(move |(row, reading)| Some((*row, pair(*reading)?)))
    }

    /// The number of rows without a result.
    pub fn blank(&self) -> usize {
        let is_blank = |(_, reading): &&(RowIndex, u32)| {
            self.readings.get(*reading as usize).is_some_and(|reading| reading.value == Err(NoNumber::Missing))
        };
        self.rows.iter().filter(is_blank).count()
    }

    /// One cell for each case, made of its measurements.
    pub fn cells(
        &self,
        table: &KeyedTable<'_>,
        mut cell: impl FnMut(&[CaseMeasurement<'_>]) -> Option<ChildCell>,
    ) -> ChildCells {
        let mut rows = self.rows.iter().peekable();
        let mut of_case = Vec::new();
        ChildCells::of((0..table.by_case.groups()).map(|case| {
            of_case.clear();
            while let Some((row, reading)) = rows.next_if(|(row, _)| table.case_of(*row) == Some(case)) {
                let Some(DistinctResult { text, value, .. }) = self.readings.get(*reading as usize) else { continue };
                let day = self.moments.get(&moment_number(table, *row)).copied().flatten();
                let visit = table.text(*row, Field::Visit);
                of_case.push(CaseMeasurement { row: *row, text, visit, day, value: *value });
            }
            cell(&of_case)
        }))
    }
}

/// The number of the text that tells when a measurement was.
fn moment_number(table: &KeyedTable<'_>, row: RowIndex) -> Option<u32> {
    table.text_number(row, Field::Day).or_else(|| table.text_number(row, Field::Age))
}

/// The measurements by test, in the order of their names, one that has two names as one; rows without a test are added to `refused`, what is said of
/// others to `said`.
pub fn tests(table: &KeyedTable<'_>, rules: &LabRules<'_>, refused: &mut Findings, said: &mut Findings) -> Vec<Test> {
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for (_, row) in table.rows() {
        let name = table.text(row, Field::Test);
        if name.is_empty() {
            let finding = Finding::new(FindingId::MeasurementRow, "a row of a measurement without its test");
            refused.add(finding.at(table.location(row, Field::Test)).remedy("name the test, or remove the row"));
        }
    }
    let names = joined(table, said);
    let specimens = Specimens::of(table, &names, said);
    said.extend(several_methods(table, &names));
    let named = specimens.names(table, &names);
    groups.extend(named.values().map(|name| (name.clone(), 0)));
    groups.values_mut().zip(0..).for_each(|(number, at)| *number = at);
    let numbers: FxHashMap<RowKey, usize> =
        named.iter().filter_map(|(key, name)| Some((*key, *groups.get(name)?))).collect();
    let rows = table.rows().filter_map(|(_, row)| Some((*numbers.get(&row_key(table, row))?, row)));
    let by_test = GroupedRows::of(groups.len(), rows);
    let statuses = RowStatus::of(table, rules.extra_missing);
    let all: Vec<Test> = by_test
        .iter()
        .filter(|rows| !rows.is_empty())
        .map(|rows| test(table, rows, rules, (&specimens, statuses.as_ref())))
        .collect();
    let other = table.rows().map(|(_, row)| row).filter(|row| table.state(*row) == RowState::Other);
    said.extend(other.map(|row| state_unclear(table, row, "the result counts")));
    if let Some(statuses) = &statuses {
        let contradicted = all.iter().flat_map(Test::contradicted);
        contradicted.for_each(|(row, pair)| said.add(statuses.contradiction(row, pair)));
    }
    all
}

fn test(
    table: &KeyedTable<'_>,
    rows: &[RowIndex],
    rules: &LabRules<'_>,
    (specimens, statuses): (&Specimens, Option<&RowStatus<'_>>),
) -> Test {
    let label = rows.first().map_or("", |row| specimens.label(table, *row));
    let name = &format!("{}{label}", named(table, rows));
    let units = ResultUnits::of(table, rows);
    let mark = table.variable(Field::Value).map_or(DecimalMark::default(), |value| value.reading.mark);
    let mut variable =
        Variable { kind: Kind::Number, role: Role::Lab, unit: units.most.clone(), ..Variable::new(name) };
    variable.reading.mark = mark;
    // Beside results in several units, one without is in none that anybody knows.
    if units.most.is_some() && !units.has_all {
        variable.reading.bare = BareReading::Unreadable;
    }
    let cells = CellRules::new(&variable, rules.extra_missing);
    let mut readings = Readings::default();
    let read = |row: RowIndex| {
        let of = statuses.map(|of| of.status(row, &result(table, row))).unwrap_or_default();
        let text = units.text(table, row, of.status);
        DistinctResult { value: measured(&text, &cells), text, contradicted: of.contradicted }
    };
    for row in rows {
        readings.add(*row, READ.map(|field| table.text_number(*row, field)), read);
    }
    let is_number = is_number(&readings.all, units.most.is_some() && units.has_all);
    let declared = DeclaredVariable {
        role: Some(role_of_results(table)),
        unit: units.most.filter(|_| units.has_all),
        mark: (mark == DecimalMark::Comma).then_some(mark),
        kind: is_number.then_some(Kind::Number),
        header: name.clone(),
        name: name.clone(),
        ..DeclaredVariable::default()
    };
    let column = table.fields.get(Field::Value).unwrap_or(table.case);
    let has_number = readings.all.iter().any(|reading| reading.value.is_ok());
    Test { has_number, named_in: table.fields.get(Field::Test), ..readings.test(table, declared, column, rules) }
}

/// What the results are: the responses of a tumour in a table of SDTM, else of a laboratory.
fn role_of_results(table: &KeyedTable<'_>) -> Role {
    let column = table.fields.get(Field::Value).and_then(|column| table.table.rows.columns.get(column));
    let is_response = column.is_some_and(|name| matches!(normalise(name).as_str(), "rsorres" | "rsstresc"));
    if is_response { Role::Response } else { Role::Lab }
}

/// The name of a test: the one that most of its rows have but for capitals, as the first in the order of texts writes it.
fn named<'t>(table: &KeyedTable<'t>, rows: &[RowIndex]) -> &'t str {
    let mut spellings: BTreeMap<String, (usize, &'t str)> = BTreeMap::new();
    for name in rows.iter().map(|row| table.text(*row, Field::Test)) {
        let (count, first) = spellings.entry(name.to_lowercase()).or_insert((0, name));
        (*count, *first) = (count.saturating_add(1), name.min(*first));
    }
    let most = spellings.into_values().rev().max_by_key(|(count, _)| *count);
    most.map_or("", |(_, name)| name)
}

/// The measurements in a column of their own, with what is declared of it; blank cells are none.
pub fn of_column(table: &KeyedTable<'_>, column: usize, declared: DeclaredVariable, rules: &LabRules<'_>) -> Test {
    let variable = table.table.variables.get(column).cloned().unwrap_or_else(|| Variable::new(&declared.header));
    let cells = CellRules::new(&variable, rules.extra_missing);
    let mut readings = Readings::default();
    let rows = &table.table.rows;
    for (_, row) in table.rows().filter(|(_, row)| !rows.text(*row, column).is_empty()) {
        let read = |row| {
            let text = rows.text(row, column);
            let value = match variable.kind {
                Kind::Number => measured(text, &cells),
                _ if missing(text, &cells).is_some() => Err(NoNumber::Missing),
                _ => Err(NoNumber::Other),
            };
            DistinctResult { value, text: text.to_owned(), contradicted: None }
        };
        let number = rows.text_number(row, column);
        readings.add(row, READ.map(|field| number.filter(|_| field == Field::Value)), read);
    }
    let has_number = readings.all.iter().any(|reading| reading.value.is_ok());
    Test { has_number, ..readings.test(table, declared, column, rules) }
}

/// The distinct results of some rows.
#[derive(Default)]
struct Readings {
    all: Vec<DistinctResult>,
    numbers: FxHashMap<[Option<u32>; READ.len()], u32>,
    rows: Vec<(RowIndex, u32)>,
}

impl Readings {
    /// Adds a row; `read` reads its result where no earlier row has the same `key`.
    fn add(&mut self, row: RowIndex, key: [Option<u32>; READ.len()], read: impl FnOnce(RowIndex) -> DistinctResult) {
        let all = &mut self.all;
        let number = *self.numbers.entry(key).or_insert_with(|| {
            all.push(read(row));
            u32::try_from(all.len().saturating_sub(1)).unwrap_or(u32::MAX)
        });
        self.rows.push((row, number));
    }

    /// The test of a column of results; its rows are case by case.
    fn test(self, table: &KeyedTable<'_>, declared: DeclaredVariable, column: usize, rules: &LabRules<'_>) -> Test {
        let mut moments = FxHashMap::default();
        for (row, _) in &self.rows {
            moments.entry(moment_number(table, *row)).or_insert_with(|| moment(table, *row, rules.extra_missing));
        }
        let is_again = |pair: &[(RowIndex, u32)]| matches!(pair, [(one, _), (next, _)] if table.case_of(*one) == table.case_of(*next));
        let again = self.rows.windows(2).filter(|pair| is_again(pair)).count();
        let Readings { all: readings, mut rows, .. } = self;
        rows.shrink_to_fit();
        let cases = rows.len().saturating_sub(again);
        Test {
            declared,
            column,
            named_in: None,
            is_once: again == 0,
            has_number: false,
            cases,
            readings,
            rows,
            moments,
        }
    }
}

/// The fields that the reading of a result depends on.
const READ: [Field; 7] =
    [Field::Value, Field::Comparator, Field::Unit, Field::Low, Field::High, Field::Range, Field::Flag];

/// The units of the results of a test.
struct ResultUnits {
    /// That of most results, the first in the order of texts among equals.
    most: Option<String>,
    /// Every number has one.
    has_all: bool,
    /// All are the same.
    are_same: bool,
}

impl ResultUnits {
    fn of(table: &KeyedTable<'_>, rows: &[RowIndex]) -> ResultUnits {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| begins_as_number(table.text(**row, Field::Value))) {
            let count = counts.entry(unit_of(table, *row)).or_default();
            *count = count.saturating_add(1);
        }
        let has_all = !counts.contains_key("");
        let named = || counts.iter().filter(|(unit, _)| !unit.is_empty());
        let most = named().rev().max_by_key(|(_, count)| **count).map(|(unit, _)| (*unit).to_owned());
        let are_same = has_all && most.as_deref().is_some_and(|most| named().all(|(unit, _)| same_unit(most, unit)));
        ResultUnits { most, has_all, are_same }
    }

    /// The result of a row as a cell: with its unit where the results have several, and with its status.
    fn text(&self, table: &KeyedTable<'_>, row: RowIndex, status: Option<Status>) -> String {
        let (value, own) = (result(table, row), table.text(row, Field::Unit));
        let text = match !self.are_same && !own.is_empty() && begins_as_number(&value) {
            true => format!("{value} {own}"),
            false => value.into_owned(),
        };
        status.map_or(text.clone(), |status| format!("{text} ({status})"))
    }
}

/// The result of a row with the sign of its row: `<5`; a sign that is not known stays, so that nothing reads it as
/// exact.
fn result<'t>(table: &'t KeyedTable<'_>, row: RowIndex) -> Cow<'t, str> {
    let (value, own) = (table.text(row, Field::Value), table.text(row, Field::Comparator));
    if own.is_empty() || value.is_empty() {
        return value.into();
    }
    let sign = match ResultSign::of(own) {
        Some(sign) => sign.comparator().map_or("", Comparator::sign),
        None => own,
    };
    if sign.is_empty() || value.starts_with(sign) {
        return value.into();
    }
    format!("{sign}{value}").into()
}

/// The unit of the result of a row: that of its column, else the one behind the number.
fn unit_of<'t>(table: &'t KeyedTable<'_>, row: RowIndex) -> &'t str {
    let (value, own) = (table.text(row, Field::Value), table.text(row, Field::Unit));
    if own.is_empty() { unit_behind(value).unwrap_or_default() } else { own }
}

/// True for results of which all are numbers, and some another one than 0 and 1, which without a unit may be codes.
fn is_number(readings: &[DistinctResult], have_units: bool) -> bool {
    let all = || readings.iter().filter(|one| one.value != Err(NoNumber::Missing));
    let is_more = |one: &DistinctResult| have_units || !matches!(one.text.as_str(), "0" | "1");
    all().all(|one| one.value.is_ok()) && all().any(is_more)
}

fn measured(text: &str, rules: &CellRules<'_>) -> Result<ExtremeCandidate, NoNumber> {
    if missing(text, rules).is_some() {
        return Err(NoNumber::Missing);
    }
    match number(text, rules) {
        CellState::Value(stated) => Ok(ExtremeCandidate { value: stated.value, side: None }),
        CellState::Censored { comparator, value, .. } => Ok(ExtremeCandidate { value, side: Some(comparator) }),
        CellState::Missing(_) => Err(NoNumber::Missing),
        CellState::StatedOnly(stated) if stated.status == Some(Status::Negative) => Err(NoNumber::Negative),
        CellState::StatedOnly(_) => Err(NoNumber::Stated),
        CellState::Unreadable(Unreadable::OtherUnit { .. } | Unreadable::UnitMissing { .. }) => Err(NoNumber::Unit),
        CellState::Unreadable(_) if begins_as_number(text) => Err(NoNumber::Unread),
        CellState::Unreadable(_) => Err(NoNumber::Other),
    }
}
