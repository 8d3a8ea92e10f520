//! Tables whose usual name is that of a column.

use super::results::{ResultTable, TableNames};
use super::{Options, ResponseSource, shown, table_names};
use crate::diagnostic::{Finding, FindingId};
use crate::tally::{Cohort, CohortVariable, Counts};

/// A finding for each table that has another name than usual, because a column has that one.
pub(super) fn renamed(cohort: &Cohort, options: &Options) -> Vec<Finding> {
    let (names, source) = (table_names(cohort), ResponseSource::of(cohort));
    let of_columns = shown(cohort, options).flat_map(|(number, column)| tables(column, number, source));
    let times = cohort.survival.iter().map(|_| ResultTable::Survival);
    let pairs = cohort.pairs.iter().take(1).map(|_| ResultTable::Association);
    of_columns.chain(times).chain(pairs).filter_map(|table| finding(&names, table)).collect()
}

/// The tables made of a column.
fn tables(column: &CohortVariable, number: usize, source: Option<ResponseSource>) -> Vec<ResultTable<&str>> {
    let name = column.variable.name.as_str();
    match &column.counts {
        Counts::Number(counts) => {
            let stated = (!counts.stated.is_empty()).then_some(ResultTable::Stated(name));
            stated.into_iter().chain(column.ranges.as_ref().map(|_| ResultTable::ByRange(name))).collect()
        }
        Counts::Set(_) => vec![ResultTable::Combinations(name)],
        Counts::Lines(_) if source == Some(ResponseSource::Lines(number)) => vec![
            ResultTable::ByAgent,
            ResultTable::ByClass,
            ResultTable::ByLine,
            ResultTable::Best,
            ResultTable::BestCategory,
            ResultTable::Sequences(name),
        ],
        Counts::Levels(_) if source == Some(ResponseSource::Column(number)) => {
            vec![ResultTable::Best, ResultTable::BestCategory]
        }
        Counts::Lines(_) | Counts::Levels(_) | Counts::Dates(_) | Counts::Text(_) => Vec::new(),
    }
}

fn finding(names: &TableNames, table: ResultTable<&str>) -> Option<Finding> {
    let name = names.other_name(table)?;
    let usual = table.usual_name();
    let message = format!("'{usual}' is both a column and a table of results: the table is called {name}");
    let remedy =
        format!("keys of {usual} are those of the column, keys of {name} those of the table; or rename the column");
    Some(Finding::new(FindingId::TableRenamed, message).column(&usual).remedy(remedy))
}
