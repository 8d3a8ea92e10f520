//! How complete each column is, with the first cases that do not report it.

use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::fields::{FieldCompleteness, Fields};
use super::item::Conclusions;
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::cohort::case::CaseColumn;
use crate::diagnostic::KEPT;
use crate::tally::{Cohort, Counts};

/// The number of cases that do not report a column, for whatever reason.
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

/// The completeness of each column: the counts come from the tallies, only the first missing cases are looked up.
pub struct Completeness<'a> {
    columns: Vec<(CaseColumn<'a>, FieldCompleteness)>,
}

impl<'a> Completeness<'a> {
    /// For the columns of a cohort.
    pub fn new(cohort: &Cohort, lookup: &ColumnLookup<'a>) -> Completeness<'a> {
        let field = |column: CaseColumn<'a>| {
            let counts = cohort.variables.iter().find(|v| v.column == column.column).map(|v| &v.counts);
            let missing = counts.map_or(0, missing_cells);
            let reported = cohort.cases.saturating_sub(missing);
            let name = column.variable().header.clone();
            (column, FieldCompleteness { column: name, reported, missing, first: Vec::new() })
        };
        Completeness { columns: lookup.all().map(field).collect() }
    }
}

impl ValidationRule for Completeness<'_> {
    fn look(&mut self, case: &CaseView<'_>, _: &mut FindingSink<'_>) {
        for (column, field) in &mut self.columns {
            let most = field.missing.min(KEPT as u64);
            if (field.first.len() as u64) < most && !case.reports(column) {
                field.first.push(case.case.id());
            }
        }
    }

    fn conclude(self: Box<Self>, _: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        conclusions.fields = Fields { list: self.columns.into_iter().map(|(_, field)| field).collect() };
    }
}
