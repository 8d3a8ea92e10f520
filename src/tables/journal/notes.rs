//! The notes below the tables of a journal.

use crate::analyze::convention::Explains;
use crate::analyze::method::Method;
use crate::analyze::results::{ResultRow, Results};
use crate::analyze::{Options, compare};
use crate::stats::hypothesis::TestMethod;
use crate::tables::columns::{self, TableColumns};
use crate::tables::context::ReportContext;
use crate::tables::footnotes::{self, PrintedContent};
use crate::tables::options::TableOptions;
use crate::tally::Cohort;

/// A least p from which no result of the test could have been called significant.
const NEVER_SIGNIFICANT: f64 = 0.05;

/// What concerns all of Table 1.
pub(super) fn of_cases(
    cohort: &Cohort,
    results: &Results,
    (options, shown): (&Options, &TableOptions),
    printed: &PrintedContent,
    context: &ReportContext<'_>,
) -> Vec<String> {
    let explained = [Explains::Everything, Explains::Shares, Explains::ShareIntervals, Explains::MeanIntervals];
    let mut notes = footnotes::sentences(cohort, (options, shown), printed, &explained);
    notes.extend(columns::footnotes(cohort, options, shown));
    notes.extend(compare::notes(cohort, options, results, |row| printed.holds(row)));
    notes.extend(footnotes::not_estimable(results, printed));
    notes.extend(context.notes.iter().cloned());
    notes
}

/// What concerns all of Table 2.
pub(super) fn of_responses(
    cohort: &Cohort,
    results: &Results,
    (options, shown): (&Options, &TableOptions),
    (printed, columns): (&PrintedContent, &TableColumns<'_>),
) -> Vec<String> {
    let mut explained = vec![Explains::Responses];
    // The rates of groups stand without intervals.
    explained.extend((!columns.are_groups()).then_some(Explains::ShareIntervals));
    let mut notes = footnotes::sentences(cohort, (options, shown), printed, &explained);
    notes.extend(footnotes::of_responses(cohort, results, options));
    notes
}

/// The test of a p, and that no p could have been small.
pub(super) fn of_test((method, smallest): (&Method, Option<&ResultRow>), shown: &TableOptions) -> Vec<String> {
    let name = match method {
        Method::Trend(scores) => format!("{}, {scores}.", TestMethod::CochranArmitage.name()),
        Method::Test(test) => format!("{}.", test.name()),
        _ => return Vec::new(),
    };
    let smallest = smallest.filter(|row| row.value.number().is_some_and(|p| p >= NEVER_SIGNIFICANT));
    let bound = smallest.map(|row| format!("With these margins p cannot be below {}.", shown.print(row)));
    std::iter::once(name).chain(bound).collect()
}
