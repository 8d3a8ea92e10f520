//! Responses are not masked one by one where some are open, or without a treatment, or few beside a treatment.

use super::RowDisplay;
use super::family::RESPONSES;
use super::network::is_small;
use super::treatment::{BEST, CATEGORY};
use crate::analyze::reason::Reason;
use crate::analyze::results::{ResultRow, Value};
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
    let is_response = |row: &ResultRow| is_of(row, &RESPONSES) && !counts_treated(row);
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
    let is_by_table = |row: &ResultRow| is_of(row, &RESPONSES) && !is_of(row, &OF_ALL);
    if !rows.iter().any(|row| is_by_table(row)) {
        return displays;
    }
    let is_of_all = |row: &ResultRow| {
        let is_word = row.level.is_some() && row.variable.as_deref() == column && column.is_some();
        is_word || is_of(row, &OF_ALL)
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
    let of_all: Vec<&ResultRow> = rows.iter().copied().filter(|row| is_of(row, &OF_ALL)).collect();
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

/// The tables of the responses of all cases.
const OF_ALL: [&str; 2] = [BEST, CATEGORY];

fn is_of(row: &ResultRow, tables: &[&str]) -> bool {
    row.variable.as_deref().is_some_and(|variable| tables.contains(&variable))
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
    let is_word = row.variable.as_deref() == column;
    let is_same = |other: &&&ResultRow| {
        let of_response = match is_word {
            true => is_of(other, &[CATEGORY]) && other.level.as_deref() == Some(certain_response(level)?.word()),
            false => is_of(other, &[BEST]),
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
