//! Finds the columns that the rules need, by role, purpose or name.
//!
//! The names are data (`purposes.toml`).

use crate::cohort::case::{CaseColumn, CaseColumns};
use crate::diagnostic::{Finding, FindingId, nearest, quoted};
use crate::schema::audit::{Audit, Purpose};
use crate::schema::header::normalise;
use crate::schema::{Kind, Role};
use crate::tally::{Cohort, CohortVariable};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The names of `purposes.toml`.
mod vocabulary {
    use crate::schema::audit::Purpose;
    use crate::vocabulary::{WordMap, Words};
    include!(concat!(env!("OUT_DIR"), "/purposes.rs"));
}

/// The columns of the cases, by role, purpose and name.
pub struct ColumnLookup<'a> {
    columns: &'a CaseColumns<'a>,
    purposes: BTreeMap<Purpose, CaseColumn<'a>>,
    lines: Option<CaseColumn<'a>>,
    /// What was counted of each column, by column of the file.
    counted: FxHashMap<usize, &'a CohortVariable>,
    /// Warnings about columns that the schema names and the data do not have.
    pub notes: Vec<Finding>,
}

impl<'a> ColumnLookup<'a> {
    /// Assigns a column to each purpose: the one named in the schema, or else one with a known name.
    pub fn new(cohort: &'a Cohort, columns: &'a CaseColumns<'a>, audit: &Audit) -> ColumnLookup<'a> {
        let named = |name: &str| columns.all().iter().copied().find(|column| is_called(column, name));
        let counted = cohort.variables.iter().map(|counted| (counted.column, counted)).collect();
        let mut lookup = ColumnLookup { columns, purposes: BTreeMap::new(), lines: None, counted, notes: Vec::new() };
        let mut by_name: BTreeMap<Purpose, CaseColumn<'a>> = BTreeMap::new();
        for column in columns.all() {
            if let Some(purpose) = vocabulary::PURPOSES.get(&normalise(&column.variable().name)) {
                by_name.entry(purpose).or_insert(*column);
            }
        }
        for purpose in Purpose::ALL.iter().copied() {
            let column = match audit.series.columns.get(&purpose) {
                Some(name) => {
                    let column = named(name);
                    if column.is_none() {
                        lookup.notes.push(no_column(name, "columns", columns, audit));
                    }
                    column
                }
                None => by_name.get(&purpose).copied(),
            };
            lookup.purposes.extend(column.map(|column| (purpose, column)));
        }
        let unknown = audit.series.headline_labs.iter().filter(|name| named(name).is_none());
        lookup.notes.extend(unknown.map(|name| no_column(name, "headlineLabs", columns, audit)));
        let treatment = crate::analyze::treatment(cohort).and_then(|number| cohort.variables.get(number));
        lookup.lines = treatment.and_then(|v| columns.all().iter().copied().find(|c| c.column == v.column));
        lookup
    }

    /// Every column except the case-ID column.
    pub fn all(&self) -> impl Iterator<Item = CaseColumn<'a>> {
        let id = self.columns.id().map(|id| id.column);
        self.columns.all().iter().copied().filter(move |column| Some(column.column) != id)
    }

    /// The case-ID column.
    pub fn id(&self) -> Option<CaseColumn<'a>> {
        self.columns.id()
    }

    /// The column for a purpose.
    pub fn of(&self, purpose: Purpose) -> Option<CaseColumn<'a>> {
        self.purposes.get(&purpose).copied()
    }

    /// The first column of a role.
    pub fn first(&self, role: Role) -> Option<CaseColumn<'a>> {
        self.columns.of_role(role).next()
    }

    /// The columns of a role.
    pub fn of_role(&self, role: Role) -> impl Iterator<Item = CaseColumn<'a>> {
        self.columns.of_role(role)
    }

    /// The laboratory columns whose values are numbers.
    pub fn number_labs(&self) -> impl Iterator<Item = CaseColumn<'a>> {
        self.of_role(Role::Lab).filter(|column| column.variable().kind == Kind::Number)
    }

    /// The column of treatment lines.
    pub fn lines(&self) -> Option<CaseColumn<'a>> {
        self.lines
    }

    /// What was counted of a column.
    pub fn counted(&self, column: &CaseColumn<'_>) -> Option<&'a CohortVariable> {
        self.counted.get(&column.column).copied()
    }

    /// The column with this header, with or without its unit.
    pub fn named(&self, name: &str) -> Option<CaseColumn<'a>> {
        self.columns.all().iter().copied().find(|column| is_called(column, name))
    }
}

fn is_called(column: &CaseColumn<'_>, name: &str) -> bool {
    column.variable().header == name || column.variable().name == name
}

fn no_column(name: &str, key: &str, columns: &CaseColumns<'_>, audit: &Audit) -> Finding {
    let headers: Vec<&str> = columns.all().iter().map(|column| column.variable().header.as_str()).collect();
    let remedy = match nearest(name, &headers) {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => "name a column of the data, or remove the entry".to_owned(),
    };
    let message = format!("\"{key}\" in \"series\" names '{name}', which is not a column of the data");
    Finding::new(FindingId::SchemaKeyUnknown, message).at(audit.series_at.clone()).remedy(remedy)
}
