//! A child table, and its rows by case.

use super::fields::{Field, Fields, TableRole, needed};
use crate::cohort::relate::rows::{KeptRows, RowIndex};
use crate::diagnostic::{Finding, Findings, Severity, SourceLocation, nearest, quoted};
use crate::error::Error;
use crate::schema::header::read_header;
use crate::schema::{Role, Variable};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::Arc;

/// A table whose rows belong to cases.
pub struct ChildTable {
    /// Its name on the command line, or that of its sheet.
    pub name: String,
    /// What its rows are.
    pub role: TableRole,
    /// The name of the column of the case, where it is stated.
    pub case: Option<String>,
    /// The file it comes from.
    pub file: Arc<str>,
    /// Its rows.
    pub rows: KeptRows,
    /// What is decided of each of its columns.
    pub variables: Vec<Variable>,
}

/// The cases of the parent by their ID.
pub struct CaseIds {
    numbers: FxHashMap<String, usize>,
    header: String,
    count: usize,
}

impl CaseIds {
    /// The cases of a table with this column of IDs.
    pub fn of(rows: &KeptRows, id: usize) -> CaseIds {
        let ids = || rows.rows().map(|row| rows.text(row, id).into_owned());
        let header = rows.columns.get(id).cloned().unwrap_or_default();
        CaseIds { numbers: ids().zip(0..).collect(), header, count: ids().count() }
    }

    /// Number of cases.
    pub fn count(&self) -> usize {
        self.count
    }
}

/// A child table with the columns that its role needs.
pub struct KeyedTable<'t> {
    /// The table.
    pub table: &'t ChildTable,
    /// What its columns are.
    pub fields: Fields,
    /// The column of the case.
    pub case: usize,
    /// The rows of each case.
    pub by_case: Vec<Vec<RowIndex>>,
}

impl<'t> KeyedTable<'t> {
    /// Finds the columns and the case of each row.
    ///
    /// Errors: a column that is missing; rows of nobody, or of no case of the parent.
    pub fn new(table: &'t ChildTable, ids: &CaseIds) -> Result<KeyedTable<'t>, Error> {
        let fields = Fields::of(&table.rows.columns, table.role);
        let case = case_column(table, ids)?;
        if let Some(missing) = needed(table.role).iter().find(|field| fields.get(**field).is_none()) {
            return Err(without_field(table, *missing));
        }
        let mut keyed = KeyedTable { table, fields, case, by_case: vec![Vec::new(); ids.count] };
        let mut refused = Findings::default();
        for row in table.rows.rows() {
            let name = table.rows.text(row, case);
            let of_case = ids.numbers.get(&*name).and_then(|number| keyed.by_case.get_mut(*number));
            match of_case {
                Some(of_case) => of_case.push(row),
                None => refused.add(without_case(table, (row, case), &name, ids)),
            }
        }
        if refused.is_empty() { Ok(keyed) } else { Err(refused.into()) }
    }

    /// The trimmed text of a field; empty where the table has no such column.
    pub fn text(&self, row: RowIndex, field: Field) -> Cow<'t, str> {
        self.fields.get(field).map_or(Cow::Borrowed(""), |column| self.table.rows.text(row, column))
    }

    /// The place of a cell of a field; of the row where the table has no such column.
    pub fn location(&self, row: RowIndex, field: Field) -> SourceLocation {
        let case = Some(self.table.rows.text(row, self.case).into_owned());
        let column = self.fields.get(field).unwrap_or(self.case);
        SourceLocation { case, ..self.table.rows.location(row, column) }
    }

    /// What is decided of the column of a field.
    pub fn variable(&self, field: Field) -> Option<&'t Variable> {
        self.table.variables.get(self.fields.get(field)?)
    }

    /// How many cases have a row.
    pub fn cases(&self) -> usize {
        self.by_case.iter().filter(|rows| !rows.is_empty()).count()
    }

    /// All rows, each with the number of its case.
    pub fn rows(&self) -> impl Iterator<Item = (usize, RowIndex)> {
        self.by_case.iter().enumerate().flat_map(|(case, rows)| rows.iter().map(move |row| (case, *row)))
    }
}

/// The column called as that of the parent, else the only one that names cases.
fn case_column(table: &ChildTable, ids: &CaseIds) -> Result<usize, Error> {
    let columns = &table.rows.columns;
    let wanted = table.case.as_ref().unwrap_or(&ids.header);
    let is_same = |name: &&String| name.trim().eq_ignore_ascii_case(wanted.trim());
    if let Some(at) = columns.iter().position(|name| is_same(&name)) {
        return Ok(at);
    }
    let mut named = columns.iter().enumerate().filter(|(_, name)| read_header(name).role == Role::CaseId);
    match (named.next(), named.next()) {
        (Some((at, _)), None) => Ok(at),
        _ => {
            let message = format!("the table '{}' has no column of case IDs like '{}'", table.name, ids.header);
            Err(refusal(table, message, format!("call the column of the case {}", quoted(&ids.header))))
        }
    }
}

fn without_field(table: &ChildTable, field: Field) -> Error {
    let (what, name) = match field {
        Field::Agent => ("agents", "agent"),
        Field::Test => ("tests", "test"),
        Field::Value => ("results", "value"),
        Field::Dose | Field::DoseUnit | Field::Frequency | Field::Route | Field::Start | Field::Stop => {
            ("days", "start")
        }
        Field::Line | Field::Response | Field::Unit | Field::Day | Field::Visit => ("days", "date"),
    };
    let message = format!("the table '{}' ({}) has no column of {what}", table.name, table.role);
    refusal(table, message, format!("call that column {name}"))
}

fn refusal(table: &ChildTable, message: String, remedy: String) -> Error {
    let mut findings = Findings::default();
    let place = SourceLocation::file(table.file.clone());
    findings.add(Finding::new("table-unclear", Severity::Error, message).at(place).remedy(remedy));
    findings.into()
}

fn without_case(table: &ChildTable, (row, case): (RowIndex, usize), name: &str, ids: &CaseIds) -> Finding {
    let place = table.rows.location(row, case);
    if name.is_empty() {
        let message = "a row without its case";
        return Finding::new("row-without-case", Severity::Error, message)
            .at(place)
            .remedy("fill the case ID in, or remove the row");
    }
    let known: Vec<&str> = ids.numbers.keys().map(String::as_str).filter(|known| known.len() < 64).collect();
    let near = if known.len() > 10_000 { None } else { nearest(name, &sorted(known)).map(str::to_owned) };
    let near = near.map_or_else(String::new, |near| format!("did you mean '{near}'? If not, "));
    Finding::new("row-without-case", Severity::Error, "a row of a case that the table of cases does not have")
        .at(SourceLocation { case: Some(name.to_owned()), ..place })
        .value(name)
        .remedy(format!("{near}add the case, or remove the row"))
}

fn sorted(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names
}
