//! Rows of occasions, with a column for each thing that was measured: each column is the measurements of a test.

use super::column::{ChildCell, ChildCells, ChildColumn, ChildColumns};
use super::fields::{ChildFields, Field};
use super::laboratory::columns;
use super::measurement::{LabRules, Test, of_column};
use super::table::KeyedTable;
use crate::cohort::relate::backwards::{falls, in_order_of};
use crate::cohort::relate::constancy::{Constancy, constancy, must_be_constant};
use crate::cohort::relate::row_numbers::numbers_rows;
use crate::cohort::relate::rows::{KeptRows, RowIndex};
use crate::cohort::visit_order::folded;
use crate::diagnostic::{Finding, FindingId, Findings, NamePart, first_names, quoted};
use crate::error::Error;
use crate::read::unnamed_number;
use crate::schema::header::read_header;
use crate::schema::split::Split;
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::{DecimalMark, Kind, Role, Variable, only_but_for_case};
use crate::words::{counted, for_number};
use std::collections::BTreeSet;

/// Names of columns that are shown.
const SHOWN: usize = 8;

/// What tells the rows of a case apart: the visit, else the day, else the age; nothing where no case has two rows.
///
/// A visit that a case has twice tells nothing where there are days. Where only the visits are there, they stay, so that
/// the rows are refused with their places.
pub fn order_of(table: &KeyedTable<'_>) -> ChildFields {
    if table.by_case.iter().all(|rows| rows.len() < 2) {
        return ChildFields::default();
    }
    let column = |field| table.fields.get(field);
    let is_date = |column: &usize| table.table.variables.get(*column).is_some_and(|of| of.kind == Kind::Date);
    let visit = column(Field::Visit).filter(|column| !is_date(column));
    let tells = |column: &usize| tells_apart(table, *column);
    let day = column(Field::Day).or(column(Field::Visit)).filter(is_date).or_else(|| only_date(table));
    if let Some(visit) = visit.filter(tells) {
        return ChildFields::new(vec![(Field::Visit, visit)]);
    }
    let others = [(Field::Day, day), (Field::Age, column(Field::Age)), (Field::Visit, visit)];
    let first = others.into_iter().find_map(|(field, column)| Some((field, column?)));
    ChildFields::new(first.into_iter().collect())
}

/// The only column of dates that differ in each case, whatever it is called.
fn only_date(table: &KeyedTable<'_>) -> Option<usize> {
    let is_day = |(_, of): &(usize, &Variable)| of.kind == Kind::Date && of.role == Role::Other;
    let mut days = table.table.variables.iter().enumerate().filter(is_day).map(|(column, _)| column);
    let (only, None) = (days.next()?, days.next()) else { return None };
    tells_apart(table, only).then_some(only)
}

/// True for a column that is filled in each row, with texts that differ in each case.
fn tells_apart(table: &KeyedTable<'_>, column: usize) -> bool {
    let rows = &table.table.rows;
    table.by_case.iter().all(|of_case| {
        let texts: BTreeSet<String> = of_case.iter().map(|row| folded(rows.text(*row, column))).collect();
        texts.len() == of_case.len() && !texts.contains("")
    })
}

/// The cases that a table belongs to.
pub struct Parent<'p> {
    rows: &'p KeptRows,
    cases: Vec<RowIndex>,
}

impl<'p> Parent<'p> {
    /// The rows of the cases in their order.
    pub fn new(rows: &'p KeptRows) -> Parent<'p> {
        Parent { rows, cases: rows.rows().collect() }
    }

    /// True where the cases have a column of this name whose cells say nothing else than the rows of the table.
    fn has_the_same(&self, table: &KeyedTable<'_>, column: usize) -> bool {
        let rows = &table.table.rows;
        let name = rows.columns.get(column).map_or("", String::as_str);
        let Some(own) = only_but_for_case(name, self.rows.columns.iter().map(|own| [own.as_str(), own.as_str()]))
        else {
            return false;
        };
        table.rows().all(|(case, row)| {
            let known = self.cases.get(case).map_or("", |of| self.rows.text(*of, own));
            let text = rows.text(row, column);
            text.is_empty() || text == known
        })
    }
}

/// What becomes of a column.
enum Use {
    /// It has no cells.
    Blank,
    /// It numbers the rows, or has no name.
    OfRows,
    /// The cases have it.
    Repeated,
    /// A case has one value in it.
    OfCase,
    /// Each row has one.
    OfRow,
}

/// The columns of each thing that was measured.
///
/// Where visits tell the rows of a case apart, one a visit: `weight@month 6`; else those of [`columns`]. What a patient
/// has once, such as the sex, is one column.
///
/// Errors: rows of one case that differ and that nothing tells apart; two values of what a patient has once.
pub fn occasions(table: &KeyedTable<'_>, parent: &Parent<'_>, rules: &LabRules<'_>) -> Result<ChildColumns, Error> {
    let rows = &table.table.rows;
    let mut refused = Findings::default();
    let (mut tests, mut constant) = (Vec::new(), Vec::new());
    let (mut blank, mut numbers, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    let is_order = |column: &usize| {
        *column == table.case
            || [Field::Visit, Field::Day, Field::Age].iter().any(|field| table.fields.get(*field) == Some(*column))
    };
    for column in (0..rows.columns.len()).filter(|column| !is_order(column)) {
        // The rows that differ in one column are enough to see what is missing.
        if table.fields.is_empty() && !refused.is_empty() {
            break;
        }
        let name = rows.columns.get(column).map_or("", String::as_str);
        match used(table, parent, column, rules, &mut refused) {
            Use::Blank if unnamed_number(name).is_none() => blank.push(name),
            Use::Blank => {}
            Use::OfRows => numbers.push(if unnamed_number(name).is_none() { name } else { "a column without a name" }),
            Use::Repeated => repeated.push(name),
            Use::OfCase => constant.push(of_case(table, column)),
            Use::OfRow => tests.push(of_column(table, column, declared(table, column), rules)),
        }
    }
    let mut made = columns(table, &tests, rules, refused)?;
    made.told = told(table, &tests, constant.len());
    let groups = [(repeated, "the cases have the same"), (blank, "without a cell"), (numbers, "not used")];
    for (names, said) in groups {
        if !names.is_empty() {
            let shown: Vec<&str> = names.iter().copied().take(SHOWN).collect();
            made.told.push_str(&format!("; {said}: {}", first_names(&shown, names.len() as u64)));
        }
    }
    made.columns.extend(constant);
    made.notes.extend(fallen(table, rules));
    Ok(made)
}

/// What is said of ages and dates that fall from one row of a case to a later one.
fn fallen(table: &KeyedTable<'_>, rules: &LabRules<'_>) -> Vec<Finding> {
    let rows = &table.table.rows;
    let order = [Field::Visit, Field::Day].into_iter().find_map(|field| table.fields.get(field));
    let in_order = order.and_then(|order| in_order_of(rows, order, table.by_case.iter().map(<[RowIndex]>::to_vec)));
    let (Some(order), Some(cases)) = (order, in_order) else { return Vec::new() };
    let others = (0..rows.columns.len()).filter(|column| *column != table.case && *column != order);
    let falls = others.flat_map(|column| {
        let of_column = falls(rows, column, &cases, rules.extra_missing);
        of_column.into_iter().map(move |fall| fall.finding(rows, (column, table.case)))
    });
    falls.collect()
}

fn used(
    table: &KeyedTable<'_>,
    parent: &Parent<'_>,
    column: usize,
    rules: &LabRules<'_>,
    refused: &mut Findings,
) -> Use {
    let rows = &table.table.rows;
    if table.rows().all(|(_, row)| rows.text(row, column).is_empty()) {
        return Use::Blank;
    }
    let name = rows.columns.get(column).map_or("", String::as_str);
    if unnamed_number(name).is_some() || numbers_rows(rows, column) {
        return Use::OfRows;
    }
    if parent.has_the_same(table, column) {
        return Use::Repeated;
    }
    let has_order = !table.fields.is_empty();
    let stated = table.table.fields.get(column).and_then(|field| field.per_case);
    if has_order && !must_be_constant(name, stated) {
        return Use::OfRow;
    }
    if let Constancy::OfVisits { rows: Some((first, other)) } =
        constancy(rows, column, table.by_case.iter(), rules.extra_missing)
    {
        refused.add(differs(table, column, (first, other), has_order));
    }
    Use::OfCase
}

/// What is known of a column: what the schema states, and what all of its cells decide.
fn declared(table: &KeyedTable<'_>, column: usize) -> DeclaredVariable {
    let header = table.table.rows.columns.get(column).map_or("", String::as_str);
    let field = table.table.fields.get(column).cloned().unwrap_or_default();
    let Some(variable) = table.table.variables.get(column) else { return DeclaredVariable::named(header) };
    let reading = &variable.reading;
    let name = read_header(header).name;
    // A header whose numbers are converted keeps its unit.
    let written = if reading.header_unit.is_some() { header.to_owned() } else { name.clone() };
    DeclaredVariable {
        header: written,
        name,
        role: Some(variable.role),
        kind: Some(variable.kind),
        unit: variable.unit.clone().filter(|_| !reading.is_unit_of_cells),
        mark: field
            .mark
            .or(Some(reading.mark).filter(|mark| variable.kind == Kind::Number && *mark != DecimalMark::default())),
        date_order: field.date_order.or(reading.dates.order.known().filter(|_| variable.kind == Kind::Date)),
        delimiter: variable.delimiter,
        blank: field.blank.or(Some(reading.blank).filter(|_| variable.stated_readings.blank)),
        split: field.split.or(reading.split.map(Split::Items)),
        shown: variable.shown.then_some(true),
        ..field
    }
}

/// A column with one value a case: the first that is reported.
fn of_case(table: &KeyedTable<'_>, column: usize) -> ChildColumn {
    let rows = &table.table.rows;
    let header = rows.columns.get(column).cloned().unwrap_or_default();
    let cell = |of_case: &[RowIndex]| {
        let row = of_case.iter().copied().find(|row| !rows.text(*row, column).is_empty())?;
        Some(ChildCell { text: rows.text(row, column).to_owned(), place: rows.place(row, None) })
    };
    let cells = ChildCells::of(table.by_case.iter().map(cell));
    let declared = declared(table, column);
    ChildColumn { parts: vec![NamePart::Column(declared.name.clone())], declared, source: header, cells }
}

fn differs(table: &KeyedTable<'_>, column: usize, (first, other): (RowIndex, RowIndex), has_order: bool) -> Finding {
    let rows = &table.table.rows;
    let before = rows.location(first, column).position;
    let (one, two) = (rows.text(first, column), rows.text(other, column));
    if has_order {
        let message =
            format!("a patient has one value in this column, and this one has two: '{one}' at{before} and '{two}'");
        let finding = Finding::new(FindingId::NotConstant, message).at(table.place(other, column));
        return finding.value(two).remedy("correct one of them");
    }
    let message = format!("two rows of one case that differ, the first at{before}: no column tells which is which");
    let finding = Finding::new(FindingId::RowsNotToldApart, message).at(table.place(other, column));
    finding
        .value(two)
        .remedy(format!("call the column of the visit or the day visit or date, or add one; {}", as_another(table)))
}

/// How to say that the rows are something else.
fn as_another(table: &KeyedTable<'_>) -> String {
    let of = table.table;
    let option = |name: &str| format!("--table {}", quoted(&format!("{name}={}", of.path)));
    let (treatments, events) = (option("treatments"), option("events"));
    match &of.cases {
        Some(cases) => format!(
            "if each row is an agent or an event: {treatments} or {events}; to read the cases alone: --sheet {}",
            quoted(cases)
        ),
        None => {
            format!("if each row is an agent or an event, in place of {}: {treatments} or {events}", option(&of.name))
        }
    }
}

fn told(table: &KeyedTable<'_>, tests: &[Test], constant: usize) -> String {
    let (rows, cases) = (table.rows().count(), table.cases());
    let columns = counted(tests.len().saturating_add(constant), "column");
    let have = for_number(rows, "has", "have");
    let (rows, cases) = (counted(rows, "row"), counted(cases, "case"));
    let field = [Field::Visit, Field::Day, Field::Age].into_iter().find_map(|field| table.fields.get(field));
    let by = field.and_then(|column| table.table.rows.columns.get(column));
    match by {
        Some(by) => format!("{rows} of {cases} {have} {columns} of values, in the order of '{by}'"),
        None => format!("{rows} of {cases} {have} {columns} of values, one for each case"),
    }
}
