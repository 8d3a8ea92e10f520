//! How complete each column is, with the first cases that do not report it.

use super::case_share::FirstCases;
use super::case_sink::CaseSink;
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::fields::{ColumnFields, FieldCompleteness};
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
#[derive(Clone)]
pub struct Completeness<'a> {
    cases: u64,
    columns: Vec<FieldCases<'a>>,
}

/// A column, the number of cases that do not report it, and the first of these.
#[derive(Clone)]
struct FieldCases<'a> {
    column: CaseColumn<'a>,
    missing: u64,
    first: FirstCases,
}

impl<'a> Completeness<'a> {
    /// For the columns of a cohort.
    pub fn new(cohort: &Cohort, lookup: &ColumnLookup<'a>) -> Completeness<'a> {
        let of = |column: CaseColumn<'a>| {
            let missing = lookup.counted(&column).map_or(0, |counted| missing_cells(&counted.counts));
            FieldCases { column, missing, first: FirstCases::default() }
        };
        Completeness { cases: cohort.cases, columns: lookup.all().map(of).collect() }
    }
}

impl ValidationRule for Completeness<'_> {
    fn look(&mut self, case: &CaseView<'_>, _: &mut CaseSink<'_>) {
        for FieldCases { column, missing, first } in &mut self.columns {
            let most = KEPT.min(usize::try_from(*missing).unwrap_or(KEPT));
            if first.len() < most && !case.reports(column) {
                first.add(case, most);
            }
        }
    }

    fn absorb(&mut self, other: Self) {
        for (ours, theirs) in self.columns.iter_mut().zip(other.columns) {
            ours.first.absorb(theirs.first, KEPT);
        }
    }

    fn conclude(self, _: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        let cases = self.cases;
        let field = |FieldCases { column, missing, first }: FieldCases<'_>| FieldCompleteness {
            column: column.variable().header.clone(),
            reported: cases.saturating_sub(missing),
            missing,
            first: first.ids().into_iter().map(str::to_owned).collect(),
        };
        conclusions.fields = ColumnFields { list: self.columns.into_iter().map(field).collect() };
    }
}
