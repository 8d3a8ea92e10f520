//! How complete each column is, with the cases that say nothing.

use super::Rule;
use super::item::Items;
use super::ledger::Ledger;
use super::seen::{Found, Seen};
use crate::cohort::case::CaseColumn;
use crate::diagnostic::KEPT;
use crate::tally::{Cohort, Counts};

/// How complete one column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCompleteness {
    /// The header of the column.
    pub column: String,
    /// Cases that report it.
    pub reported: u64,
    /// Cases that do not.
    pub missing: u64,
    /// The first of them.
    pub first: Vec<String>,
}

/// How complete all columns are; the one that names the case is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// The columns, in the order of the tables.
    pub list: Vec<FieldCompleteness>,
}

impl Fields {
    /// Cells that are reported, and all cells: cases times columns.
    pub fn cells(&self) -> (u64, u64) {
        let sum = |of: fn(&FieldCompleteness) -> u64| self.list.iter().map(of).fold(0, u64::saturating_add);
        let reported = sum(|field| field.reported);
        (reported, reported.saturating_add(sum(|field| field.missing)))
    }
}

/// Cells of a column that are not reported, whatever the reason.
pub fn missing_cells(counts: &Counts) -> u64 {
    let missing = match counts {
        Counts::Number(counts) => &counts.missing,
        Counts::Levels(counts) => &counts.missing,
        Counts::Set(counts) => &counts.missing,
        Counts::Dates(counts) => &counts.missing,
        Counts::Lines(counts) => &counts.missing,
        Counts::Text(counts) => &counts.missing,
    };
    missing.values().copied().fold(0, u64::saturating_add)
}

/// Counts come from the tallies; only the first cases of each column are looked up.
pub struct Completeness<'a> {
    columns: Vec<(CaseColumn<'a>, FieldCompleteness)>,
}

impl<'a> Completeness<'a> {
    /// For the columns of a cohort.
    pub fn new(cohort: &Cohort, found: &Found<'a>) -> Completeness<'a> {
        let field = |column: CaseColumn<'a>| {
            let counts = cohort.variables.iter().find(|v| v.column == column.column).map(|v| &v.counts);
            let missing = counts.map_or(0, missing_cells);
            let reported = cohort.cases.saturating_sub(missing);
            let name = column.variable().header.clone();
            (column, FieldCompleteness { column: name, reported, missing, first: Vec::new() })
        };
        Completeness { columns: found.all().map(field).collect() }
    }
}

impl Rule for Completeness<'_> {
    fn look(&mut self, case: &Seen<'_>, _: &mut Ledger<'_>) {
        for (column, field) in &mut self.columns {
            let wanted = field.missing.min(KEPT as u64);
            if (field.first.len() as u64) < wanted && !case.reports(column) {
                field.first.push(case.case.id());
            }
        }
    }

    fn conclude(self: Box<Self>, _: &mut Ledger<'_>, items: &mut Items) {
        items.fields = Fields { list: self.columns.into_iter().map(|(_, field)| field).collect() };
    }
}
