//! The cases with the columns that the rows of their child tables become.

use super::column::{ChildColumn, ChildColumns};
use super::events::events;
use super::fields::TableRole;
use super::laboratory::laboratory;
use super::measurement::LabRules;
use super::occasions::{Parent, occasions, order_of};
use super::table::{CaseIds, ChildTable, KeyedTable};
use super::treatment::treatment;
use crate::cohort::relate::rows::KeptRows;
use crate::cohort::visit_order::in_time;
use crate::diagnostic::{
    CellPlace, ComposedColumn, Finding, FindingId, Findings, NamePart, PlaceTable, SourceLocation, first_names,
};
use crate::error::Error;
use crate::read::ComposedTable;
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::visit_column;
use crate::words::{counted, for_number};
use std::collections::BTreeMap;

/// Names of columns that are shown.
const SHOWN: usize = 8;

/// The cases with what their child tables say.
pub struct Related {
    /// One record a case.
    pub table: ComposedTable,
    /// What the new columns are.
    pub declared: Vec<DeclaredVariable>,
    /// What is said of it.
    pub notes: Findings,
    /// The number of the first day of treatment of each case, where a table has it.
    pub starts: Vec<Option<i64>>,
}

/// Relates child tables to the cases of a parent, by its column of IDs; starts at most `window` days apart make one line.
///
/// Errors: what a table lacks, rows of no case, and what is wrong with the rows of each table.
pub fn relate(
    parent: &KeptRows,
    id: usize,
    tables: Vec<ChildTable>,
    window: i64,
    extra_missing: &[String],
) -> Result<Related, Error> {
    let ids = CaseIds::of(parent, id);
    let mut keyed = tables.iter().map(|table| KeyedTable::new(table, &ids)).collect::<Result<Vec<_>, _>>()?;
    for table in keyed.iter_mut().filter(|table| table.table.role == TableRole::Visits) {
        table.fields = order_of(table);
    }
    let mut starts = Vec::new();
    let mut made: Vec<Option<ChildColumns>> = Vec::new();
    for table in &keyed {
        made.push(match table.table.role {
            TableRole::Treatments => {
                let columns = treatment(table, window, extra_missing)?;
                if columns.starts.iter().any(Option::is_some) {
                    starts.clone_from(&columns.starts);
                }
                Some(columns)
            }
            TableRole::Events => Some(events(table, extra_missing)?),
            TableRole::Labs | TableRole::Visits => None,
        });
    }
    // The baseline is the last value before treatment, so that the treatments come first.
    let rules = LabRules { extra_missing, starts: &starts };
    let of_cases = Parent::new(parent);
    let measured = |table: &KeyedTable<'_>| match table.table.role {
        TableRole::Visits => occasions(table, &of_cases, &rules),
        TableRole::Labs | TableRole::Treatments | TableRole::Events => laboratory(table, &rules),
    };
    let made = made.into_iter().zip(&keyed).map(|(columns, table)| columns.map_or_else(|| measured(table), Ok));
    let mut made = made.collect::<Result<Vec<ChildColumns>, Error>>()?;
    let mut notes = Findings::default();
    for (columns, table) in made.iter_mut().zip(&keyed) {
        notes.merge(table.table.rows.findings.clone());
        notes.merge(table.notes.clone());
        notes.merge(std::mem::take(&mut columns.notes));
        notes.add(told(table, std::mem::take(&mut columns.told), ids.count()));
    }
    name_apart(&mut made, parent, &keyed);
    let declared = made.iter().flat_map(|of| &of.columns).map(|column| column.declared.clone()).collect();
    let places = tables.iter().map(|table| table.rows.place_tables()).collect();
    // Their rows need more memory than the columns that they became.
    drop(keyed);
    drop(tables);
    Ok(Related { table: compose(parent, places, &made), declared, notes, starts })
}

/// What became of the rows, how many cases have none, and which columns are not used.
fn told(table: &KeyedTable<'_>, mut told: String, cases: usize) -> Finding {
    let without = cases.saturating_sub(table.cases());
    if without > 0 {
        told.push_str(&format!(
            "; {without} of {} {} no row: not reported",
            counted(cases, "case"),
            for_number(without, "has", "have")
        ));
    }
    let unused = table.fields.unused(&table.table.rows.columns, table.case);
    if !unused.is_empty() && table.table.role != TableRole::Visits {
        let shown: Vec<&str> = unused.iter().copied().take(SHOWN).collect();
        told.push_str(&format!("; not used: {}", first_names(&shown, unused.len() as u64)));
    }
    let message = format!("table '{}': {told}", table.table.name);
    Finding::new(FindingId::RelatedTable, message).at(SourceLocation::file(table.table.file.clone()))
}

/// A column that is called as one of the cases, or as that of another table, gets the name of its table.
fn name_apart(made: &mut [ChildColumns], parent: &KeptRows, tables: &[KeyedTable<'_>]) {
    let of_visits = named_by_visits(made, tables);
    let mut known: Vec<String> = parent.columns.iter().map(|name| name.trim().to_lowercase()).collect();
    for (columns, table) in made.iter_mut().zip(tables) {
        for column in &mut columns.columns {
            let declared = &mut column.declared;
            let lower = declared.header.to_lowercase();
            if known.contains(&lower) || of_visits.contains(&lower) {
                if column.parts.is_empty() {
                    column.parts.push(NamePart::Column(declared.header.clone()));
                }
                // An instrument is named by the cells of an export.
                column.parts.push(NamePart::word(&table.table.name, table.cases()));
                declared.header = visit_column(&declared.header, &table.table.name);
                declared.name.clone_from(&declared.header);
            }
            known.push(declared.header.to_lowercase());
        }
    }
}

/// The columns that several tables have whose names are visits, `Baseline` and `Month 6`: each is of its visit.
fn named_by_visits(made: &[ChildColumns], tables: &[KeyedTable<'_>]) -> Vec<String> {
    let mut by_name: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (columns, table) in made.iter().zip(tables) {
        for column in &columns.columns {
            by_name.entry(column.declared.header.to_lowercase()).or_default().push(&table.table.name);
        }
    }
    let several = by_name.into_iter().filter(|(_, visits)| visits.len() > 1 && in_time(visits).is_some());
    several.map(|(name, _)| name).collect()
}

/// The columns of the parent, and behind them those of its child tables, whose cells come from `places`.
fn compose(parent: &KeptRows, places: Vec<Vec<PlaceTable>>, made: &[ChildColumns]) -> ComposedTable {
    let own = |(at, name): (usize, &String)| {
        let source = parent.source(at).unwrap_or(name).to_owned();
        ComposedColumn { name: name.clone(), source, table: 0, parts: parent.parts(at).to_vec() }
    };
    let mut columns: Vec<ComposedColumn> = parent.columns.iter().enumerate().map(own).collect();
    let mut tables = parent.place_tables();
    let mut children: Vec<(u32, &ChildColumn)> = Vec::new();
    for (of_table, made) in places.into_iter().zip(made) {
        let first = u32::try_from(tables.len()).unwrap_or(u32::MAX);
        children.extend(made.columns.iter().map(|column| (first, column)));
        tables.extend(of_table);
    }
    let child = |(table, column): &(u32, &ChildColumn)| ComposedColumn {
        name: column.declared.header.clone(),
        source: column.source.clone(),
        table: *table,
        parts: column.parts.clone(),
    };
    columns.extend(children.iter().map(child));
    let mut table = ComposedTable::new(columns, tables);
    table.reserve(parent.rows().count());
    for (case, row) in parent.rows().enumerate() {
        for column in 0..parent.columns.len() {
            table.push_from(parent.text(row, column), parent.place(row, Some(column)));
        }
        for (first, column) in &children {
            let (text, place) = column.cells.get(case);
            table.push_from(text, CellPlace { table: place.table.saturating_add(*first), ..place });
        }
        table.end_record();
    }
    table
}
