//! Responses that are open, or without a treatment: they are not masked one by one.

use super::RowDisplay;
use super::family::RESPONSES;
use crate::analyze::reason::Reason;
use crate::analyze::results::{ResultRow, Value};
use crate::analyze::statistic::Statistic;

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
    let is_response = |row: &ResultRow| {
        let is_of_table = row.variable.as_deref().is_some_and(|variable| RESPONSES.contains(&variable));
        is_of_table && !matches!(row.statistic, Statistic::Treated | Statistic::TreatedInCombination)
    };
    let masked = |(display, row): (RowDisplay, &&ResultRow)| match display {
        RowDisplay::Shown if is_response(row) => RowDisplay::Masked,
        other => other,
    };
    displays.into_iter().zip(rows).map(masked).collect()
}
