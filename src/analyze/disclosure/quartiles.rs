//! The decimals of quartiles of which some are masked: those that are shown must not tell what the others need.

use super::RowDisplay;
use crate::analyze::Options;
use crate::analyze::results::ResultRow;
use crate::analyze::rows::shared_decimals;
use crate::analyze::statistic::Statistic;

/// The decimals of every row.
pub(super) fn decimals(rows: &[&ResultRow], displays: &[RowDisplay], options: &Options) -> Vec<u8> {
    let mut decimals: Vec<u8> = rows.iter().map(|row| row.decimals).collect();
    let all: Vec<usize> = (0..rows.len()).collect();
    // The quartiles of a tool have digits of their own.
    let are_together = |a: &usize, b: &usize| {
        let (a, b) = (rows[*a], rows[*b]);
        options.like.is_none() && is_quartile(a) && is_quartile(b) && a.group == b.group && a.variable == b.variable
    };
    for cell in all.chunk_by(are_together).filter(|cell| cell.len() > 1) {
        let shown: Vec<usize> = cell.iter().copied().filter(|at| displays[*at] == RowDisplay::Shown).collect();
        if shown.len() < cell.len() {
            let of_data = cell.iter().map(|at| rows[*at].decimals).min().unwrap_or_default();
            let values: Vec<_> = shown.iter().map(|at| &rows[*at].value).collect();
            let shared = shared_decimals(of_data, &values);
            shown.iter().for_each(|at| decimals[*at] = shared(&rows[*at].value));
        }
    }
    decimals
}

fn is_quartile(row: &ResultRow) -> bool {
    [Statistic::MEDIAN, Statistic::P25, Statistic::P75].contains(&row.statistic)
}
