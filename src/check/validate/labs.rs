//! The laboratory results that every case should say something of (C12).

use super::completeness::missing_cells;
use super::item::{Items, State};
use super::ledger::{Ledger, Said};
use super::question::Share;
use super::seen::{Found, Seen};
use super::{Rule, Severity};
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::CellState;
use crate::cohort::range::range_for;
use crate::schema::Role;
use crate::schema::audit::Audit;
use crate::tally::Cohort;

const LAB: &str = "headline-lab-not-reported";

/// The headline laboratory columns.
pub struct HeadlineLabs<'a> {
    labs: Vec<CaseColumn<'a>>,
    numbers: Vec<CaseColumn<'a>>,
    is_chosen: bool,
    /// Values of each that nothing judges.
    unjudged: Vec<u64>,
    complete: Share,
    with_number: Share,
}

impl<'a> HeadlineLabs<'a> {
    /// Those the schema names, else those that at least half of the cases report.
    pub fn new(cohort: &Cohort, found: &Found<'a>, audit: &Audit) -> HeadlineLabs<'a> {
        let named = &audit.series.headline_labs;
        let is_frequent = |column: &CaseColumn<'_>| {
            let counts = cohort.variables.iter().find(|v| v.column == column.column).map(|v| &v.counts);
            counts.is_some_and(|counts| missing_cells(counts).saturating_mul(2) <= cohort.cases)
        };
        let labs: Vec<CaseColumn<'a>> = match named.is_empty() {
            true => found.of_role(Role::Lab).filter(is_frequent).collect(),
            false => named.iter().filter_map(|name| found.named(name)).collect(),
        };
        let numbers = found.number_labs().collect();
        HeadlineLabs {
            numbers,
            is_chosen: !named.is_empty(),
            unjudged: labs.iter().map(|_| 0).collect(),
            labs,
            complete: Share::default(),
            with_number: Share::default(),
        }
    }
}

/// A word such as NR or not done is an answer; an empty cell is silence.
fn is_silent(case: &Seen<'_>, column: &CaseColumn<'_>) -> bool {
    case.case.text(column.column).trim().is_empty()
}

/// A value can be judged by what is stated beside it, or by a reference range.
fn is_judged(case: &Seen<'_>, column: &CaseColumn<'_>) -> bool {
    let CaseCell::Number(CellState::Value(number)) = case.case.cell(column) else { return true };
    number.stated.is_some_and(|stated| stated.status.is_some())
        || range_for(&column.variable().ranges, &case.person).is_some()
}

impl Rule for HeadlineLabs<'_> {
    fn look(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        if self.numbers.is_empty() && self.labs.is_empty() {
            return;
        }
        self.with_number.add(self.numbers.iter().any(|column| case.is_number(column)), case);
        let silent: Vec<&str> =
            self.labs.iter().filter(|column| is_silent(case, column)).map(|c| c.variable().name.as_str()).collect();
        self.complete.add(silent.is_empty(), case);
        if !silent.is_empty() {
            ledger.say(LAB, Severity::Warning, (case, ""), || {
                let remedy = "give the value with its unit and status, a word such as normal, or NR";
                Said::new(format!("nothing is said of {}", silent.join(", "))).remedy(remedy)
            });
        }
        for (column, unjudged) in self.labs.iter().zip(&mut self.unjudged) {
            *unjudged = unjudged.saturating_add(u64::from(!is_judged(case, column)));
        }
    }

    fn conclude(self: Box<Self>, ledger: &mut Ledger<'_>, items: &mut Items) {
        if self.labs.is_empty() {
            items.add(LAB, State::NotApplicable, "no laboratory column that half of the cases report");
            return;
        }
        let chosen = if self.is_chosen { "named in the schema" } else { "reported for at least half of the cases" };
        let said = format!(
            "all {} headline results ({chosen}) {}; any number {}",
            self.labs.len(),
            self.complete.said(),
            self.with_number.said()
        );
        let unjudged = self.labs.iter().zip(&self.unjudged).filter(|(_, unjudged)| **unjudged > 0);
        let unjudged: Vec<String> =
            unjudged.map(|(column, values)| format!("{} ({values})", column.variable().name)).collect();
        if !unjudged.is_empty() {
            let message =
                format!("neither a status nor a reference range tells what values mean: {}", unjudged.join(", "));
            let remedy =
                "write the status behind the value, as in 192 (high), or add \"referenceRanges\" to the schema";
            ledger.of_series(LAB, Severity::Warning, message, remedy);
        }
        items.judge(LAB, self.complete.is_full() && unjudged.is_empty(), said);
    }
}
