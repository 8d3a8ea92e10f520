//! Variables derived from a column whose counts are shown already.
//!
//! `age < 18` and `age > 18` tell how many are 18, whatever is masked in each: counts of overlapping parts of one column
//! are differences of each other. Of all variables made of a column, itself included, one shows its counts.

use super::RowDisplay;
use super::counts::PrintedCounts;
use crate::analyze::results::{ResultRow, ResultTable};
use crate::schema::Variable;
use crate::tally::Cohort;
use std::collections::BTreeSet;

/// The derived variables whose counts would tell those of another variable of the same column.
pub(super) fn left_out<'c>(printed: &PrintedCounts<'_>, cohort: &'c Cohort) -> Vec<&'c str> {
    let counts = |variable: &Variable| {
        let is_of = |table: &&ResultTable<&str>| table.variable() == Some(&*variable.name);
        printed.tables.iter().filter(is_of).any(|table| !printed.levels(*table).is_empty())
    };
    let variables = || cohort.variables.iter().map(|column| &column.variable);
    let groups = cohort.grouping.iter().flat_map(|grouping| &grouping.by);
    let groups: Vec<&Variable> = groups.filter_map(|by| Some(&cohort.variables.get(*by)?.variable)).collect();
    let is_group = |variable: &Variable| groups.iter().any(|group| group.name == variable.name);
    let mut told: BTreeSet<&str> = groups.iter().flat_map(|group| columns(group)).collect();
    let of_file = variables().filter(|variable| variable.made_of.is_empty() && counts(variable));
    told.extend(of_file.map(|variable| variable.name.as_str()));
    let mut left_out = Vec::new();
    for variable in variables().filter(|variable| !variable.made_of.is_empty() && counts(variable)) {
        if !is_group(variable) && columns(variable).iter().any(|column| told.contains(column)) {
            left_out.push(variable.name.as_str());
        }
        told.extend(columns(variable));
    }
    left_out
}

/// The columns whose counts a variable tells: its own, and those that it is made of.
fn columns(variable: &Variable) -> Vec<&str> {
    std::iter::once(variable.name.as_str()).chain(variable.made_of.iter().map(String::as_str)).collect()
}

/// The displays of the rows without those of the variables that are left out, and of the tables made of them.
pub(super) fn without(rows: &[&ResultRow], displays: Vec<RowDisplay>, left_out: &[&str]) -> Vec<RowDisplay> {
    let is_left_out =
        |row: &ResultRow| row.table.borrowed().variable().is_some_and(|variable| left_out.contains(&variable));
    let display =
        |(display, row): (RowDisplay, &&ResultRow)| if is_left_out(row) { RowDisplay::LeftOut } else { display };
    displays.into_iter().zip(rows).map(display).collect()
}

/// The sentence of the footnote.
pub(super) fn sentence(left_out: &[&str]) -> Option<String> {
    let names = left_out.join(", ");
    (!left_out.is_empty()).then(|| {
        format!("Left out, because the counts of another variable made of the same column are shown: {names}.")
    })
}
