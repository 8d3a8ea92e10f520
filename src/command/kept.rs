//! The cases that the filter keeps, read again where single patients are shown.

use super::open::Opened;
use crate::cohort::case::{Case, CaseColumns};
use crate::cohort::filter::Truth;
use crate::cohort::stream::each_case;
use crate::error::Error;
use crate::tables::listing::{Listing, ListingEntry, ListingOptions};
use crate::tables::{Depth, Note, Row, Table};
use crate::tally::Cohort;

/// Most cases in a table of a document.
pub const MOST_CASES: u64 = 300;
/// The number of the listing among the tables of a document.
const NUMBER: usize = 3;

/// Visits the cases that the filter keeps.
///
/// Errors: inputs that cannot be read again.
pub fn each_kept(
    opened: &Opened,
    cohort: &Cohort,
    cases: &CaseColumns<'_>,
    mut visit: impl FnMut(&Case<'_>),
) -> Result<(), Error> {
    let mut filter = match &opened.settings.keep {
        None => None,
        Some(keep) => {
            let bound = keep.filter.bind(&cohort.columns_of_variables(&opened.settings));
            Some(bound.map_err(|fault| fault.into_error(&keep.text))?)
        }
    };
    let visit = |case: &Case<'_>| {
        if filter.as_mut().is_none_or(|filter| filter.judge(case) == Truth::True) {
            visit(case);
        }
        Ok(())
    };
    each_case(&opened.inputs, &cohort.columns, cases, visit).map(|_| ())
}

/// Table 3 of a document: the cases, one row each.
///
/// Errors: more cases than a document shows, and inputs that cannot be read again.
pub fn case_table(opened: &Opened, cohort: &Cohort, is_deidentified: bool) -> Result<Table, Error> {
    if cohort.cases > MOST_CASES {
        let message = format!("Table 3 lists the cases, and {} are more than {MOST_CASES}", cohort.cases);
        return Err(Error::usage_with(message, "leave out table 3, or keep fewer cases with --where"));
    }
    let cases = cohort.case_columns(&opened.settings);
    let options = ListingOptions { deidentify: is_deidentified, ..ListingOptions::default() };
    let mut listing = Listing::new(cohort, &cases, &[], &[], options)?;
    let mut rows: Vec<Vec<ListingEntry>> = Vec::new();
    each_kept(opened, cohort, &cases, |case| rows.push(listing.row(case)))?;
    if listing.is_numbered() {
        rows.sort();
        (1..).zip(&mut rows).for_each(|(number, row)| listing.number(number, &mut [], row));
    }
    let header: Vec<&str> = listing.columns().iter().map(|column| column.heading.as_str()).collect();
    let mut table = Table { number: Some(NUMBER), ..Table::new("The cases", &header) };
    let cells = |row: Vec<ListingEntry>| row.iter().map(|entry| entry.joined().into()).collect();
    table.rows = rows.into_iter().map(|row| Row { depth: Depth::Variable, cells: cells(row) }).collect();
    table.notes = listing.notes().into_iter().map(|text| Note { text, ..Note::default() }).collect();
    Ok(table)
}
