//! Table 2 of a journal: the response to treatment.

use super::draft::{Draft, Noted};
use crate::analyze::results::PartOf;
use crate::analyze::{Options, response_column, treatment};
use crate::tables::columns::TableColumns;
use crate::tables::options::TableOptions;
use crate::tables::{Depth, Heading, Table, response};
use crate::tally::{Cohort, CohortVariable};

/// The headings of counts by class, agent and line number.
const COUNTS: [&str; 6] = ["Treatment", "Treated", "Evaluable", "Responders", "Confirmed", "Complete"];

/// The table of the responses; none where none is stated.
pub(super) fn table(
    cohort: &Cohort,
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    (options, shown): (&Options, &TableOptions),
) -> Option<Draft> {
    let column = treatment(cohort).or_else(|| response_column(cohort));
    let column = column.and_then(|number| cohort.variables.get(number));
    let column = column.filter(|column| options.shows(&column.variable))?;
    let is_of_lines = treatment(cohort).is_some();
    let (by_level, best) = match is_of_lines {
        true => {
            let tables = response::tables(column, columns, all, shown);
            (tables.by_level, tables.best)
        }
        false => (Vec::new(), response::column_table(column, columns, all, shown)),
    };
    let mut draft =
        Draft { number: 2, title: format!("Response{} to treatment", response::target(column)), ..Draft::default() };
    let is_one_table = by_level.is_empty() || columns.are_groups();
    if is_one_table {
        let best = best.map(|table| ("Best response of each case".to_owned(), table));
        let tables = by_level.into_iter().map(|(by, table)| (format!("By {by}, responders/evaluable"), table));
        let tables: Vec<(String, Table)> = tables.chain(best).collect();
        draft.header = tables.first()?.1.header.iter().map(|heading| (heading.clone(), Vec::new())).collect();
        if let Some((first, _)) = draft.header.first_mut() {
            *first = Heading::from("Response");
        }
        let has_sections = tables.len() > 1;
        tables.into_iter().for_each(|(title, table)| append(&mut draft, table, Some(&title).filter(|_| has_sections)));
        return Some(draft);
    }
    let rate = response::rate_heading(shown, "% of evaluable");
    let header = COUNTS.into_iter().chain(rate.as_deref()).map(Heading::from);
    draft.header = header.map(|heading| (heading, Vec::new())).collect();
    draft.rows.push((Depth::Variable, all_cases(columns, all, (column, shown), best)));
    by_level.into_iter().for_each(|(by, table)| append(&mut draft, table, Some(&format!("By {by}"))));
    Some(draft)
}

/// The row of all cases; a note at its rate has the other rates and the best responses.
fn all_cases(
    columns: &TableColumns<'_>,
    all: PartOf<'_>,
    (column, shown): (&CohortVariable, &TableOptions),
    best: Option<Table>,
) -> Vec<Noted> {
    let mut cells: Vec<Noted> =
        response::row_of_all(column, columns, all, shown).into_iter().map(Noted::from).collect();
    let rows = best.into_iter().flat_map(|table| table.rows);
    let texts = rows.map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>().join(" "));
    let texts: Vec<String> = texts.collect();
    if let Some(last) = cells.last_mut().filter(|_| !texts.is_empty()) {
        last.notes.push(format!("Of all cases: {}.", texts.join("; ")));
    }
    cells
}

/// Appends a table of the same columns as a section.
fn append(draft: &mut Draft, table: Table, title: Option<&String>) {
    title.into_iter().for_each(|title| draft.section(title));
    for row in table.rows {
        let cells = row.cells.into_iter().map(|cell| match cell.mark.as_str() {
            "" => Noted::from(cell.text),
            _ => Noted::from(cell.text).noting(response::MARKED),
        });
        let depth = if title.is_some() { Depth::Level } else { row.depth };
        draft.rows.push((depth, cells.collect()));
    }
}
