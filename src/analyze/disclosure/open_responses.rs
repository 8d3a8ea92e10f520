//! Responses are not masked one by one where some are open, or without a treatment, or few beside a treatment.

use super::RowDisplay;
use super::network::is_small;
use crate::analyze::reason::Reason;
use crate::analyze::results::{ResultRow, ResultTable, Value};
use crate::analyze::statistic::Statistic;
use crate::tally::certain_response;

/// Masks all responses where some are open, for the bounds tell counts of few cases, and those of a column of responses
/// that were not protected together with it.
pub(super) fn without_open(rows: &[&ResultRow], displays: Vec<RowDisplay>, are_protected: bool) -> Vec<RowDisplay> {
    let is_open = |row: &ResultRow| match &row.value {
        Value::NotEstimable(reason) => reason.is_open_response() || *reason == Reason::NoTreatment && !are_protected,
        _ => false,
    };
    if !rows.iter().any(|row| is_open(row)) {
        return displays;
    }
    let is_response = |row: &ResultRow| responses(row).is_some() && !counts_treated(row);
    masked(rows, displays, is_response)
}

/// Masks all responses by agent, class and line where one of them, or of those of all cases, is masked; and all those
/// of all cases, with the words of a column of responses, where one is.
///
/// They are counts of the same patients in many tables: who confirmed is among those who responded, who responded to an
/// agent among those who responded to any.
pub(super) fn all_or_none(
    rows: &[&ResultRow],
    displays: Vec<RowDisplay>,
    column: Option<&str>,
    k: u64,
) -> Vec<RowDisplay> {
    let is_by_table = |row: &ResultRow| responses(row) == Some(Responses::ByLevel);
    if !rows.iter().any(|row| is_by_table(row)) {
        return displays;
    }
    let is_of_all = |row: &ResultRow| {
        let is_word = row.level.is_some() && is_own(row, column);
        is_word || responses(row) == Some(Responses::OfAll)
    };
    let is_any_masked = |displays: &[RowDisplay], is: &dyn Fn(&ResultRow) -> bool| {
        let is_hidden = |display: &RowDisplay, row: &ResultRow| match display {
            RowDisplay::Shown => false,
            RowDisplay::Masked => true,
            // Without its group a level may be shown.
            RowDisplay::LeftOut => row.group.is_none(),
        };
        displays.iter().zip(rows).any(|(display, row)| is_hidden(display, row) && is(row))
    };
    let of_all: Vec<&ResultRow> = rows.iter().copied().filter(|row| responses(row) == Some(Responses::OfAll)).collect();
    let differs = |row: &&&ResultRow| is_small(beyond(&of_all, row, column).unwrap_or(0), k);
    let mut displays = displays;
    if is_any_masked(&displays, &is_of_all) || rows.iter().filter(|row| is_of_all(row)).any(|row| differs(&row)) {
        displays = masked(rows, displays, |row| is_of_all(row) && !counts_treated(row));
    }
    if is_any_masked(&displays, &|row| is_of_all(row) || is_by_table(row))
        || rows.iter().filter(|row| is_by_table(row)).any(|row| differs(&row))
    {
        displays = masked(rows, displays, |row| is_by_table(row) && !counts_treated(row));
    }
    displays
}

/// Which responses a table counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Responses {
    /// The best of each case.
    OfAll,
    /// Those by agent, class or line.
    ByLevel,
}

/// The responses that a row counts; none where it counts something else.
fn responses(row: &ResultRow) -> Option<Responses> {
    match row.table {
        ResultTable::Best | ResultTable::BestCategory => Some(Responses::OfAll),
        ResultTable::ByAgent | ResultTable::ByClass | ResultTable::ByLine => Some(Responses::ByLevel),
        ResultTable::Cases
        | ResultTable::Own(_)
        | ResultTable::Stated(_)
        | ResultTable::ByRange(_)
        | ResultTable::Combinations(_)
        | ResultTable::Sequences(_)
        | ResultTable::Survival
        | ResultTable::Association
        | ResultTable::Cells => None,
    }
}

/// True where a row is of a column itself.
fn is_own(row: &ResultRow, column: Option<&str>) -> bool {
    column.is_some_and(|column| row.table.borrowed() == ResultTable::Own(column))
}

fn counts_treated(row: &ResultRow) -> bool {
    matches!(row.statistic, Statistic::Treated | Statistic::TreatedInCombination)
}

fn masked(rows: &[&ResultRow], displays: Vec<RowDisplay>, is_masked: impl Fn(&ResultRow) -> bool) -> Vec<RowDisplay> {
    let masked = |(display, row): (RowDisplay, &&ResultRow)| match display {
        RowDisplay::Shown if is_masked(row) => RowDisplay::Masked,
        other => other,
    };
    displays.into_iter().zip(rows).map(masked).collect()
}

/// The cases by which a count differs from that of the same response of all cases.
fn beyond(of_all: &[&ResultRow], row: &ResultRow, column: Option<&str>) -> Option<u64> {
    let level = row.level.as_deref()?;
    let is_word = is_own(row, column);
    let is_same = |other: &&&ResultRow| {
        let of_response = match is_word {
            true => {
                other.table == ResultTable::BestCategory
                    && other.level.as_deref() == Some(certain_response(level)?.word())
            }
            false => other.table == ResultTable::Best,
        };
        Some(of_response && other.statistic == row.statistic && other.group == row.group)
    };
    let is_count = matches!(
        row.statistic,
        Statistic::Cases | Statistic::Evaluable | Statistic::Responders | Statistic::Confirmed | Statistic::Complete
    );
    let all = of_all.iter().filter(|_| is_count).find(|other| is_same(other) == Some(true))?;
    match (&all.value, &row.value) {
        (Value::Count(all), Value::Count(own)) => Some(all.abs_diff(*own)),
        _ => None,
    }
}
