//! The laboratory results that every case should report (C12).

use super::case_share::CaseShare;
use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::completeness::missing_cells;
use super::item::{Conclusions, ItemState};
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::CellState;
use crate::cohort::range::range_for;
use crate::diagnostic::FindingId;
use crate::schema::Role;
use crate::schema::audit::Audit;
use crate::tally::Cohort;

const LAB: FindingId = FindingId::HeadlineLabNotReported;

/// The headline laboratory columns.
#[derive(Clone)]
pub struct HeadlineLabs<'a> {
    labs: Vec<CaseColumn<'a>>,
    numbers: Vec<CaseColumn<'a>>,
    is_chosen: bool,
    /// The number of values of each without a status or a reference range.
    unjudged: Vec<u64>,
    complete: CaseShare,
    with_number: CaseShare,
}

impl<'a> HeadlineLabs<'a> {
    /// The columns that the schema names, or else those that at least half of the cases report.
    pub fn new(cohort: &Cohort, lookup: &ColumnLookup<'a>, audit: &Audit) -> HeadlineLabs<'a> {
        let named = &audit.series.headline_labs;
        let is_frequent = |column: &CaseColumn<'_>| {
            let counts = lookup.counted(column).map(|counted| &counted.counts);
            counts.is_some_and(|counts| missing_cells(counts).saturating_mul(2) <= cohort.cases)
        };
        let labs: Vec<CaseColumn<'a>> = match named.is_empty() {
            true => lookup.of_role(Role::Lab).filter(is_frequent).collect(),
            false => named.iter().filter_map(|name| lookup.named(name)).collect(),
        };
        let numbers = lookup.number_labs().collect();
        HeadlineLabs {
            numbers,
            is_chosen: !named.is_empty(),
            unjudged: labs.iter().map(|_| 0).collect(),
            labs,
            complete: CaseShare::default(),
            with_number: CaseShare::default(),
        }
    }
}

/// True for an empty cell. A word such as NR or not done counts as an answer.
fn is_empty(case: &CaseView<'_>, column: &CaseColumn<'_>) -> bool {
    match case.case.raw(column.column).plain() {
        Some(text) => text.is_empty(),
        None => case.case.text(column.column).trim().is_empty(),
    }
}

/// True for a value with a status or a reference range, and for all other cells.
fn is_judged(case: &CaseView<'_>, column: &CaseColumn<'_>) -> bool {
    let cell = case.cell(column).cell;
    let CaseCell::Number(CellState::Value(number)) = &*cell else { return true };
    number.stated.as_ref().is_some_and(|stated| stated.status.is_some())
        || range_for(&column.variable().ranges, &case.person).is_some()
}

impl ValidationRule for HeadlineLabs<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        if self.numbers.is_empty() && self.labs.is_empty() {
            return;
        }
        self.with_number.add(self.numbers.iter().any(|column| case.is_number(column)), case);
        let empty: Vec<&str> =
            self.labs.iter().filter(|column| is_empty(case, column)).map(|c| c.variable().name.as_str()).collect();
        self.complete.add(empty.is_empty(), case);
        if !empty.is_empty() {
            sink.of_case(LAB, (case, ""), || {
                let remedy = "give the value with its unit and status, a word such as normal, or NR";
                CellFinding::new(format!("{} not reported", empty.join(", "))).remedy(remedy)
            });
        }
        for (column, unjudged) in self.labs.iter().zip(&mut self.unjudged) {
            *unjudged = unjudged.saturating_add(u64::from(!is_judged(case, column)));
        }
    }

    fn absorb(&mut self, other: Self) {
        let counts = self.unjudged.iter_mut().zip(other.unjudged);
        counts.for_each(|(ours, theirs)| *ours = ours.saturating_add(theirs));
        self.complete.absorb(other.complete);
        self.with_number.absorb(other.with_number);
    }

    fn conclude(self, sink: &mut FindingSink<'_>, conclusions: &mut Conclusions) {
        if self.labs.is_empty() {
            conclusions.add(LAB, ItemState::NotApplicable, "no laboratory column that half of the cases report");
            return;
        }
        let chosen = if self.is_chosen { "named in the schema" } else { "reported for at least half of the cases" };
        let found = format!(
            "all {} headline results ({chosen}) {}; any number {}",
            self.labs.len(),
            self.complete.words(),
            self.with_number.words()
        );
        let unjudged = self.labs.iter().zip(&self.unjudged).filter(|(_, unjudged)| **unjudged > 0);
        let unjudged: Vec<String> =
            unjudged.map(|(column, values)| format!("{} ({values})", column.variable().name)).collect();
        if !unjudged.is_empty() {
            let message = format!("values without a status or a reference range: {}", unjudged.join(", "));
            let remedy = "write the status after the value, as in 192 (high), or add \"referenceRanges\" to the schema";
            sink.of_series(LAB, message, remedy);
        }
        conclusions.judge(LAB, self.complete.is_full() && unjudged.is_empty(), found);
    }
}
