//! A child table, and its rows by case.

use super::by_content::{by_content, headers_of_results};
use super::fields::{ChildFields, Field, TableRole, needed};
use super::grouped::GroupedRows;
use super::row_words::{RowState, RowStates};
use crate::cohort::relate::row_numbers::counts_rows;
use crate::cohort::relate::rows::{KeptRows, RowIndex};
use crate::cohort::relate::texts::{DistinctTexts, TextColumn};
use crate::diagnostic::{CaseName, Finding, FindingId, Findings, SourceLocation, nearest, quoted};
use crate::error::Error;
use crate::schema::Variable;
use crate::schema::header::identity::id_strength;
use crate::schema::table_schema::DeclaredVariable;
use rustc_hash::FxHashMap;
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
    /// What the schema declares of its columns.
    pub fields: Vec<DeclaredVariable>,
    /// How the command line names it: the file, and the sheet in it.
    pub path: String,
    /// The sheet of the cases, where both were found in one workbook.
    pub cases: Option<String>,
}

/// The cases of the parent by their ID.
pub struct CaseIds<'p> {
    numbers: FxHashMap<&'p str, usize>,
    header: String,
    count: usize,
}

impl<'p> CaseIds<'p> {
    /// The cases of a table with this column of IDs.
    pub fn of(rows: &'p KeptRows, id: usize) -> CaseIds<'p> {
        let ids = rows.rows().map(|row| rows.text(row, id));
        let numbers: FxHashMap<&str, usize> = ids.zip(0..).collect();
        CaseIds { numbers, header: rows.columns.get(id).cloned().unwrap_or_default(), count: rows.rows().count() }
    }

    /// Number of cases.
    pub fn count(&self) -> usize {
        self.count
    }

    /// True for a column with an ID of a case in each row that is no remark.
    fn are_in(&self, rows: &KeptRows, column: usize) -> bool {
        let mut of_cases = rows.rows().filter(|row| !rows.is_remark(*row, column)).peekable();
        of_cases.peek().is_some() && of_cases.all(|row| self.numbers.contains_key(rows.text(row, column)))
    }

    /// True where each ID has a letter, so that no number is one.
    fn have_letters(&self) -> bool {
        self.numbers.keys().all(|id| id.contains(char::is_alphabetic))
    }

    /// The ID that is likely meant by one that there is not: the same but for zeros, capitals and signs, else the
    /// most alike.
    fn nearest(&self, name: &str) -> Option<&'p str> {
        let mut known: Vec<&str> = self.numbers.keys().copied().filter(|known| known.len() < LONGEST_ID).collect();
        if known.len() > MOST_IDS {
            return None;
        }
        known.sort_unstable();
        let mut same = known.iter().filter(|known| plain_id(known) == plain_id(name));
        match (same.next(), same.next()) {
            (Some(only), None) => Some(only),
            (None | Some(_), _) => nearest(name, &known),
        }
    }
}

/// Bytes from which on an ID is not looked at for one that is alike.
const LONGEST_ID: usize = 64;
/// More IDs are not looked at.
const MOST_IDS: usize = 10_000;

/// `P-007` as `p7`.
fn plain_id(id: &str) -> String {
    let mut plain = String::new();
    for c in id.to_lowercase().chars().filter(|c| c.is_alphanumeric()) {
        if c != '0' || plain.ends_with(|before: char| before.is_ascii_digit()) {
            plain.push(c);
        }
    }
    plain
}

/// A child table with the columns that its role needs.
pub struct KeyedTable<'t> {
    /// The table.
    pub table: &'t ChildTable,
    /// What its columns are.
    pub fields: ChildFields,
    /// The column of the case.
    pub case: usize,
    /// The rows of each case.
    pub by_case: GroupedRows,
    /// Whether what each row names took place.
    pub states: RowStates,
    /// The case of each distinct ID in the table.
    case_numbers: Vec<Option<usize>>,
    /// What is said of the column of the case, and of rows that are left out.
    pub notes: Findings,
}

impl<'t> KeyedTable<'t> {
    /// Finds the columns and the case of each row.
    ///
    /// Errors: a column that is missing; rows of nobody, or of no case of the parent.
    pub fn new(table: &'t ChildTable, ids: &CaseIds<'_>) -> Result<KeyedTable<'t>, Error> {
        let fields = match table.role {
            TableRole::Labs => ChildFields::of(&headers_of_results(&table.rows), table.role),
            TableRole::Treatments | TableRole::Visits | TableRole::Events => {
                ChildFields::of(&table.rows.columns, table.role)
            }
        };
        let (case, notes) = case_column(table, ids)?;
        if let Some(missing) = needed(table.role).iter().find(|field| fields.get(**field).is_none()) {
            return Err(without_field(table, *missing));
        }
        let names = table.rows.column(case).map(TextColumn::texts);
        let case_numbers: Vec<Option<usize>> =
            names.into_iter().flat_map(DistinctTexts::iter).map(|name| ids.numbers.get(name).copied()).collect();
        let fields = match table.role {
            TableRole::Labs => by_content(&table.rows, fields, case),
            TableRole::Treatments | TableRole::Visits | TableRole::Events => fields,
        };
        let states = RowStates::of(&table.rows, &fields, table.role);
        let mut keyed =
            KeyedTable { table, fields, case, by_case: GroupedRows::default(), states, case_numbers, notes };
        let mut refused = Findings::default();
        let of_nobody: Vec<RowIndex> = table.rows.rows().filter(|row| keyed.case_of(*row).is_none()).collect();
        for row in of_nobody {
            match table.rows.is_remark(row, case) {
                true => keyed.notes.add(remark(table, (row, case))),
                false => refused.add(without_case(table, (row, case), table.rows.text(row, case), ids)),
            }
        }
        if !refused.is_empty() {
            return Err(refused.into());
        }
        // A result that was cancelled is none; an agent or an event that was asked for and denied is an answer.
        let is_left_out = |row: RowIndex| table.role == TableRole::Labs && keyed.state(row) == RowState::DidNot;
        let rows = table.rows.rows().filter(|row| !is_left_out(*row));
        keyed.by_case = GroupedRows::of(ids.count, rows.filter_map(|row| Some((keyed.case_of(row)?, row))));
        Ok(keyed)
    }

    /// Whether what a row names took place.
    pub fn state(&self, row: RowIndex) -> RowState {
        self.states.get(&self.table.rows, row)
    }

    /// The number of the case of a row.
    pub fn case_of(&self, row: RowIndex) -> Option<usize> {
        self.case_numbers.get(self.table.rows.text_number(row, self.case)? as usize).copied().flatten()
    }

    /// The distinct texts of a field in the order of their numbers.
    pub fn texts(&self, field: Field) -> impl Iterator<Item = &'t str> {
        let column = self.fields.get(field).and_then(|column| self.table.rows.column(column));
        column.map(TextColumn::texts).into_iter().flat_map(DistinctTexts::iter)
    }

    /// The trimmed text of a field; empty where the table has no such column.
    pub fn text(&self, row: RowIndex, field: Field) -> &'t str {
        self.fields.get(field).map_or("", |column| self.table.rows.text(row, column))
    }

    /// The number of the text of a field among those of its column; none where the table has no such column.
    pub fn text_number(&self, row: RowIndex, field: Field) -> Option<u32> {
        self.table.rows.text_number(row, self.fields.get(field)?)
    }

    /// The place of a cell of a field; of the row where the table has no such column.
    pub fn location(&self, row: RowIndex, field: Field) -> SourceLocation {
        self.place(row, self.fields.get(field).unwrap_or(self.case))
    }

    /// The place of a cell of a column.
    pub fn place(&self, row: RowIndex, column: usize) -> SourceLocation {
        let case = Some(CaseName::Id(self.table.rows.text(row, self.case).to_owned()));
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

    /// All rows, each with the number of its case, case by case.
    pub fn rows(&self) -> impl Iterator<Item = (usize, RowIndex)> + Clone {
        self.by_case.rows()
    }
}

/// The column called as that of the parent, else the only one that names cases, else the only one of nothing but IDs of
/// the parent; the last two with a note.
///
/// A column that counts the rows names no case where another one holds the IDs.
fn case_column(table: &ChildTable, ids: &CaseIds<'_>) -> Result<(usize, Findings), Error> {
    let columns = &table.rows.columns;
    let wanted = table.case.as_ref().unwrap_or(&ids.header);
    let is_same = |name: &&String| name.trim().eq_ignore_ascii_case(wanted.trim());
    if let Some(at) = columns.iter().position(|name| is_same(&name)) {
        return Ok((at, Findings::default()));
    }
    let names_cases = |column: &usize| columns.get(*column).is_some_and(|name| id_strength(name).is_some());
    let of_ids: Vec<usize> = (0..columns.len()).filter(|column| ids.are_in(&table.rows, *column)).collect();
    let (counts, named): (Vec<usize>, Vec<usize>) =
        (0..columns.len()).filter(names_cases).partition(|column| counts_rows(&table.rows, *column));
    let chosen = match (named.as_slice(), of_ids.as_slice(), counts.as_slice()) {
        ([only], ..) => Some(*only),
        // A short number may be anything.
        ([], [only], _) if ids.have_letters() => Some(*only),
        ([], [] | [_], [only]) => Some(*only),
        (several, ..) => {
            let mut both = several.iter().filter(|column| of_ids.contains(column));
            both.next().filter(|_| both.next().is_none()).copied()
        }
    };
    let name = chosen.and_then(|at| columns.get(at));
    let (Some(at), Some(name)) = (chosen, name) else {
        let message = format!("the table '{}' has no column of case IDs like '{}'", table.name, ids.header);
        return Err(refusal(table, message, format!("call the column of the case {}", quoted(&ids.header))));
    };
    let message = format!("table '{}': its rows are joined by '{name}' to '{}' of the cases", table.name, ids.header);
    let note = Finding::new(FindingId::RelatedTable, message).at(SourceLocation::file(table.file.clone()));
    let remedy = format!("if another column names the case, call it {}", quoted(&ids.header));
    Ok((at, [note.column(name).remedy(remedy)].into_iter().collect()))
}

/// The warning about a remark below the rows: `* at diagnosis`.
fn remark(table: &ChildTable, (row, case): (RowIndex, usize)) -> Finding {
    let message = "this row reads like a remark below the table; it is left out";
    Finding::new(FindingId::RemarkRow, message)
        .at(table.rows.location(row, case))
        .value(table.rows.text(row, case))
        .remedy("if it is not one, correct its case ID; else remove the row")
}

fn without_field(table: &ChildTable, field: Field) -> Error {
    let (what, name) = match field {
        Field::Agent => ("agents", "agent"),
        Field::Test => ("tests", "test"),
        Field::Value => ("results", "value"),
        Field::Event => ("events", "adverse_event"),
        Field::Dose | Field::DoseUnit | Field::Frequency | Field::Route => ("doses", "dose"),
        Field::Duration | Field::Start | Field::Stop => ("days", "start"),
        Field::Line
        | Field::Response
        | Field::Unit
        | Field::Comparator
        | Field::Specimen
        | Field::Position
        | Field::Method
        | Field::State
        | Field::Day
        | Field::Age
        | Field::Low
        | Field::High
        | Field::Range
        | Field::Flag
        | Field::Visit
        | Field::Severity => ("days", "date"),
    };
    let message = format!("the table '{}' ({}) has no column of {what}", table.name, table.role);
    refusal(table, message, format!("call that column {name}"))
}

fn refusal(table: &ChildTable, message: String, remedy: String) -> Error {
    let mut findings = Findings::default();
    let place = SourceLocation::file(table.file.clone());
    findings.add(Finding::new(FindingId::TableUnclear, message).at(place).remedy(remedy));
    findings.into()
}

fn without_case(table: &ChildTable, (row, case): (RowIndex, usize), name: &str, ids: &CaseIds<'_>) -> Finding {
    let place = table.rows.location(row, case);
    if name.is_empty() {
        let message = "a row without its case";
        return Finding::new(FindingId::RowWithoutCase, message)
            .at(place)
            .remedy("fill the case ID in, or remove the row");
    }
    let near = ids.nearest(name).map_or_else(String::new, |near| format!("did you mean '{near}'? If not, "));
    Finding::new(FindingId::RowWithoutCase, "a row of a case that the table of cases does not have")
        .at(SourceLocation { case: Some(CaseName::Id(name.to_owned())), ..place })
        .value(name)
        .remedy(format!("{near}add the case, or remove the row"))
}

#[cfg(test)]
mod tests {
    use super::plain_id;

    #[test]
    fn zeros_capitals_and_signs_tell_no_ids_apart() {
        assert_eq!(["P-007", "p7", "P 07", "P70", "010", "0"].map(plain_id), ["p7", "p7", "p7", "p70", "10", ""]);
    }
}
