//! One long table, a row a visit: the rows of a case become one, with columns such as `mssi@baseline`.

use super::backwards::falls;
use super::constancy::{Constancy, constancy, must_be_constant};
use super::row_numbers::numbers_rows;
use super::rows::{KeptRows, RowIndex};
use crate::cohort::visit_order::{days, folded, in_time};
use crate::diagnostic::{
    CaseName, ComposedColumn, Finding, FindingId, Findings, NamePart, SourceLocation, first_names,
};
use crate::error::Error;
use crate::read::{ComposedTable, Inputs, unnamed_number};
use crate::schema::{only_but_for_case, visit_column};
use crate::words::{counted, for_number};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Which columns tell cases and visits apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongTable {
    /// The column of the case.
    pub case: String,
    /// The column of the visit.
    pub visit: String,
}

/// What came of a long table.
pub struct Widened {
    /// The inputs, with one record a case.
    pub inputs: Inputs,
    /// What is said of it.
    pub notes: Findings,
    /// The columns that became one a visit: the name in the file, and the visits.
    pub by_visit: Vec<(String, Vec<String>)>,
}

/// Makes one record of the rows of each case; `per_case` tells what the schema states of a column: one value a case, or
/// one a visit.
///
/// Errors: names that are no columns, rows without a case or a visit, two rows of one visit, and what a
/// patient has once with two values.
pub fn widen(
    inputs: Inputs,
    long: &LongTable,
    extra_missing: &[String],
    per_case: impl Fn(&str) -> Option<bool>,
) -> Result<Widened, Error> {
    let rows = KeptRows::read(&inputs)?;
    let (case, visit) = (column(&rows, &long.case)?, column(&rows, &long.visit)?);
    let grouped = Grouped::of(&rows, case, visit)?;
    let others =
        (0..rows.columns.len()).filter(|column| *column != case && *column != visit && has_cells(&rows, *column));
    let is_number = |column: &usize| {
        rows.columns.get(*column).is_some_and(|name| per_case(name).is_none()) && numbers_rows(&rows, *column)
    };
    let (numbers, others): (Vec<usize>, Vec<usize>) = others.partition(is_number);
    let mut refused = Findings::default();
    let mut kinds = Vec::new();
    for column in others {
        let name = rows.columns.get(column).map_or("", String::as_str);
        let stated = per_case(name);
        let kind = match constancy(&rows, column, grouped.cases.iter().map(Vec::as_slice), extra_missing) {
            Constancy::OfCase | Constancy::Advances if stated == Some(false) => Constancy::OfVisits { rows: None },
            kind => kind,
        };
        if let Constancy::OfVisits { rows: Some(two) } = &kind
            && must_be_constant(name, stated)
        {
            refused.add(not_constant(&rows, (column, case), *two));
        }
        kinds.push((column, kind));
    }
    if !refused.is_empty() {
        return Err(refused.into());
    }
    let columns = composed_columns(&rows, (case, &kinds), &grouped);
    let table = compose(&rows, &columns, &grouped);
    let mut notes: Findings = notes(&rows, &kinds, &grouped, long).into_iter().collect();
    notes.extend(numbers.iter().filter_map(|column| rows.columns.get(*column)).map(|name| row_numbers(name)));
    if grouped.is_ordered {
        let fallen = kinds.iter().flat_map(|(column, _)| {
            falls(&rows, *column, &grouped.cases, extra_missing).into_iter().map(move |fall| (*column, fall))
        });
        notes.extend(fallen.map(|(column, fall)| fall.finding(&rows, (column, case))));
    }
    notes.merge(rows.findings.clone());
    let by_visit = kinds.iter().filter(|(_, kind)| matches!(kind, Constancy::OfVisits { .. }));
    let by_visit =
        by_visit.filter_map(|(column, _)| Some((rows.columns.get(*column)?.clone(), grouped.visits.clone())));
    let by_visit = by_visit.collect();
    Ok(Widened { inputs: inputs.composed(table), notes, by_visit })
}

fn column(rows: &KeptRows, name: &str) -> Result<usize, Error> {
    let exact = rows.columns.iter().position(|column| column.trim() == name.trim());
    let by_case = || only_but_for_case(name, rows.columns.iter().map(|column| [column.as_str(), column.as_str()]));
    exact.or_else(by_case).ok_or_else(|| {
        let known: Vec<&str> =
            rows.columns.iter().map(String::as_str).filter(|name| unnamed_number(name).is_none()).collect();
        let all = || format!("possible values: {}", known.join(", "));
        Error::unknown(format!("there is no column '{name}'"), name, &known, all)
    })
}

fn has_cells(rows: &KeptRows, column: usize) -> bool {
    rows.rows().any(|row| !rows.text(row, column).is_empty())
}

/// The rows by case and by visit.
#[derive(Default)]
struct Grouped {
    /// The rows of each case, in the order of the visits.
    cases: Vec<Vec<RowIndex>>,
    /// The visits, in the order of time where their names tell it, else as they first appear.
    visits: Vec<String>,
    /// The names of the visits tell their order.
    is_ordered: bool,
    /// The visits are numbers, as no name was of two cases.
    is_numbered: bool,
    /// How many of these names were of several cases all the same.
    shared: usize,
    /// Other ways in which the name of a visit is written.
    folded: BTreeMap<String, BTreeSet<String>>,
    /// The row of a case and a visit, by their indices.
    row: FxHashMap<(usize, usize), RowIndex>,
}

impl Grouped {
    fn of(rows: &KeptRows, case: usize, visit: usize) -> Result<Grouped, Error> {
        let mut grouped = Grouped::default();
        let (mut cases, mut visits) = (FxHashMap::default(), FxHashMap::default());
        let mut refused = Findings::default();
        for row in rows.rows() {
            let (name, at) = (rows.text(row, case).to_owned(), rows.text(row, visit).to_owned());
            if name.is_empty() || at.is_empty() {
                refused.add(blank(rows, row, if name.is_empty() { case } else { visit }));
                continue;
            }
            let number = *cases.entry(name).or_insert_with(|| {
                grouped.cases.push(Vec::new());
                grouped.cases.len().saturating_sub(1)
            });
            let visit_number = *visits.entry(folded(&at)).or_insert_with(|| {
                grouped.visits.push(at.clone());
                grouped.visits.len().saturating_sub(1)
            });
            if let Some(first) = grouped.visits.get(visit_number).filter(|first| **first != at) {
                grouped.folded.entry(first.clone()).or_default().insert(at);
            }
            match grouped.row.entry((number, visit_number)) {
                Entry::Occupied(first) => refused.add(twice(rows, (*first.get(), row), (case, visit))),
                Entry::Vacant(free) => drop(free.insert(row)),
            }
            if let Some(of_case) = grouped.cases.get_mut(number) {
                of_case.push(row);
            }
        }
        grouped.sort();
        grouped.number();
        if refused.is_empty() { Ok(grouped) } else { Err(refused.into()) }
    }

    /// Puts the visits, and the rows of each case, in the order of time.
    fn sort(&mut self) {
        let names: Vec<&str> = self.visits.iter().map(String::as_str).collect();
        let Some(order) = in_time(&names) else { return };
        self.is_ordered = true;
        let place = |visit: usize| order.iter().position(|at| *at == visit).unwrap_or(visit);
        self.row = self.row.drain().map(|((case, visit), row)| ((case, place(visit)), row)).collect();
        self.visits = order.iter().filter_map(|at| self.visits.get(*at).cloned()).collect();
        for (case, rows) in self.cases.iter_mut().enumerate() {
            let sorted = (0..self.visits.len()).filter_map(|visit| self.row.get(&(case, visit)).copied());
            *rows = sorted.collect();
        }
    }

    /// Numbers the rows of each case where no visit is of two cases, as a sample, and where most days are of one case,
    /// since two patients may have come on one day: `1`, `2`.
    fn number(&mut self) {
        let is_of_one = self.row.len() == self.visits.len();
        let most = self.cases.iter().map(Vec::len).max().unwrap_or(0);
        let are_days = days(self.visits.iter().map(String::as_str)).is_some();
        let shared = (0..self.visits.len()).filter(|visit| self.cases_at(*visit) > 1).count();
        let are_own_days = || are_days && self.is_ordered && shared.saturating_mul(2) < self.visits.len();
        if self.cases.len() < 2 || most < 2 || !(is_of_one && (are_days || !self.is_ordered) || are_own_days()) {
            return;
        }
        let numbered = self.cases.iter().enumerate();
        let rows = numbered.flat_map(|(case, rows)| rows.iter().enumerate().map(move |(at, row)| ((case, at), *row)));
        self.row = rows.collect();
        self.visits = (1..=most).map(|number| number.to_string()).collect();
        self.folded.clear();
        (self.is_numbered, self.shared) = (true, shared);
    }

    /// How many cases have a visit.
    fn cases_at(&self, visit: usize) -> usize {
        self.row.keys().filter(|(_, at)| *at == visit).count()
    }

    /// A visit as a part of the names of its columns.
    fn part(&self, visit: usize) -> NamePart {
        NamePart::word(self.visits.get(visit).map_or("", String::as_str), self.cases_at(visit))
    }
}

/// A column of the composed table: of which column of the file, and of which visit, if of one.
struct WidenedColumn {
    name: String,
    column: usize,
    visit: Option<usize>,
}

fn composed_columns(
    rows: &KeptRows,
    (case, kinds): (usize, &[(usize, Constancy)]),
    grouped: &Grouped,
) -> Vec<WidenedColumn> {
    let name = |column: usize| rows.columns.get(column).cloned().unwrap_or_default();
    let mut columns = vec![WidenedColumn { name: name(case), column: case, visit: None }];
    for (column, kind) in kinds {
        match kind {
            Constancy::OfCase | Constancy::Advances => {
                columns.push(WidenedColumn { name: name(*column), column: *column, visit: None });
            }
            Constancy::OfVisits { .. } => {
                let visits = grouped.visits.iter().enumerate().map(|(number, visit)| WidenedColumn {
                    name: visit_column(&name(*column), visit),
                    column: *column,
                    visit: Some(number),
                });
                columns.extend(visits);
            }
        }
    }
    columns
}

fn compose(rows: &KeptRows, columns: &[WidenedColumn], grouped: &Grouped) -> ComposedTable {
    let source = |column: &WidenedColumn| rows.columns.get(column.column).cloned().unwrap_or_default();
    let named = |column: &WidenedColumn| {
        let parts =
            column.visit.map_or_else(Vec::new, |visit| vec![NamePart::Column(source(column)), grouped.part(visit)]);
        ComposedColumn { name: column.name.clone(), source: source(column), table: 0, parts }
    };
    let mut table = ComposedTable::new(columns.iter().map(named).collect(), rows.place_tables());
    for (number, of_case) in grouped.cases.iter().enumerate() {
        for column in columns {
            let row = match column.visit {
                Some(visit) => grouped.row.get(&(number, visit)).copied(),
                None => of_case.iter().copied().find(|row| !rows.text(*row, column.column).is_empty()),
            };
            match row {
                Some(row) => table.push_from(rows.text(row, column.column), rows.place(row, Some(column.column))),
                None => table.push("", 0),
            }
        }
        table.end_record();
    }
    table
}

fn blank(rows: &KeptRows, row: RowIndex, column: usize) -> Finding {
    Finding::new(FindingId::BlankVisit, "a row without its case or its visit")
        .at(rows.location(row, column))
        .remedy("fill the cell in, or remove the row")
}

fn twice(rows: &KeptRows, (first, row): (RowIndex, RowIndex), (case, visit): (usize, usize)) -> Finding {
    let first = rows.location(first, visit).position;
    let message = format!("two rows of one case and visit, the first at{first}");
    let here =
        SourceLocation { case: Some(CaseName::Id(rows.text(row, case).to_owned())), ..rows.location(row, visit) };
    Finding::new(FindingId::DuplicateVisit, message)
        .at(here)
        .value(rows.text(row, visit).to_owned())
        .remedy("keep one of them, or name another column of visits")
}

fn not_constant(rows: &KeptRows, (column, case): (usize, usize), (first, other): (RowIndex, RowIndex)) -> Finding {
    let (one, two) = (rows.text(first, column), rows.text(other, column));
    let message = format!("a patient has one value in this column, and this one has two: '{one}' and '{two}'");
    let here =
        SourceLocation { case: Some(CaseName::Id(rows.text(other, case).to_owned())), ..rows.location(other, column) };
    Finding::new(FindingId::NotConstant, message).at(here).remedy(
        "correct one of them; if the column may change: \"perCase\": false under calcSeries of its field in the schema",
    )
}

fn row_numbers(name: &str) -> Finding {
    let note = Finding::new(FindingId::RowNumbers, "this column only numbers the rows: it is left out");
    note.column(name).remedy("to keep it: \"perCase\": false under calcSeries of its field in the schema")
}

fn notes(rows: &KeptRows, kinds: &[(usize, Constancy)], grouped: &Grouped, long: &LongTable) -> Vec<Finding> {
    let named = |wanted: fn(&Constancy) -> bool| {
        let names = kinds.iter().filter(|(_, kind)| wanted(kind)).filter_map(|(column, _)| rows.columns.get(*column));
        names.map(String::as_str).collect::<Vec<_>>()
    };
    let number = grouped.row.len();
    let visits = grouped.visits.iter().enumerate().map(|(at, visit)| format!("{visit} {}", grouped.cases_at(at)));
    let visits = visits.collect::<Vec<_>>();
    let (rows, cases) = (counted(number, "row"), counted(grouped.cases.len(), "case"));
    let message = format!("{rows} {} {cases}; cases by visit: {}", for_number(number, "is", "are"), visits.join(", "));
    let mut notes = vec![Finding::new(FindingId::LongTable, message).column(&long.visit)];
    if grouped.is_numbered {
        let order = if grouped.is_ordered { "by their days" } else { "as they stand in the file" };
        let message = match grouped.shared {
            0 => format!("no two cases have a '{}' in common: the rows of each case are numbered, {order}", long.visit),
            _ => format!("most days in '{}' are of one case: the rows of each case are numbered, {order}", long.visit),
        };
        let remedy = "if another column tells the visits apart, such as the type of a sample, name it with --visit";
        notes.push(Finding::new(FindingId::LongTable, message).column(&long.visit).remedy(remedy));
    }
    for (visit, others) in &grouped.folded {
        let others: Vec<String> = others.iter().map(|other| format!("'{other}'")).collect();
        let message =
            format!("{} is the visit '{visit}': capitals and spaces tell no visits apart", others.join(" and "));
        notes.push(Finding::new(FindingId::LongTable, message).column(&long.visit));
    }
    let constant = named(|kind| *kind == Constancy::OfCase);
    if !constant.is_empty() {
        let names = first_names(&constant, constant.len() as u64);
        notes.push(Finding::new(FindingId::LongTable, format!("one value a case, taken as columns of the case: {names}"))
        .remedy("to keep one a visit, or to hold them to one value: \"perCase\": false or true under calcSeries of the field in the schema"));
    }
    for name in named(|kind| *kind == Constancy::Advances) {
        let message = "an age that advances from visit to visit: the first one of each case is read";
        notes.push(Finding::new(FindingId::LongTable, message).column(name));
    }
    notes
}
