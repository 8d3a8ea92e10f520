//! The cells of all variables together: how many there are, and how many say nothing.

use super::part::PartStatistics;
use super::results::{Context, ResultTable};
use super::rows::Rows;
use super::statistic::Statistic;
use super::{Options, shown};
use crate::schema::MissingReason;
use crate::tally::{Cohort, Counts};
use std::collections::BTreeMap;

/// The first part of the keys of all variables together.
const CELLS: &str = "cells";

/// `cells.N_obs`, `cells.N_miss` and `cells.N_unreadable` of the variables that are shown.
///
/// None where a variable has that name, whose keys they would be, and none where small counts are masked: they are
/// sums of counts that may be masked.
pub fn cells(part: &mut PartStatistics<'_>, cohort: &Cohort, options: &Options) {
    if !are_counted(cohort, options) {
        return;
    }
    let (mut observed, mut missing, mut unreadable) = (0, 0, 0);
    for (_, column) in shown(cohort, options) {
        let (is_missing, cannot_be_read) = of_column(&column.counts);
        observed += cohort.cases;
        missing += is_missing.values().sum::<u64>();
        unreadable += cannot_be_read;
    }
    let mut rows = Rows::of(part, ResultTable::Cells);
    rows.count(Context::Missing, Statistic::Observed, observed);
    rows.count(Context::Missing, Statistic::Unreadable, unreadable);
    rows.count(Context::Missing, Statistic::Missing, missing);
}

/// True where the cells are counted.
pub fn are_counted(cohort: &Cohort, options: &Options) -> bool {
    let is_taken = cohort.variables.iter().any(|column| column.variable.name.eq_ignore_ascii_case(CELLS));
    !is_taken && options.suppress_below.is_none()
}

/// The cells of a variable without a value, by reason, and those that cannot be read.
fn of_column(counts: &Counts) -> (&BTreeMap<MissingReason, u64>, u64) {
    match counts {
        Counts::Number(counts) => (&counts.missing, counts.unreadable),
        Counts::Levels(counts) => (&counts.missing, counts.unreadable),
        Counts::Set(counts) => (&counts.missing, 0),
        Counts::Dates(counts) => (&counts.missing, counts.unreadable),
        Counts::Lines(counts) => (&counts.missing, counts.unreadable),
        Counts::Text(counts) => (&counts.missing, 0),
    }
}
