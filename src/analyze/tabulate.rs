//! Levels, sets and free text: cases with each level or item.

use super::Options;
use super::order::{by_count, ordered};
use super::results::{Context, Results, Value};
use super::rows::Rows;
use super::summary::{missing_rows, moments_and_quantiles};
use crate::schema::{Kind, Variable};
use crate::tally::level::{LevelCounts, TextCounts};
use crate::tally::number::Distribution;
use crate::tally::set::SetCounts;
use std::collections::BTreeMap;

/// Combinations and sequences listed; the others are counted.
pub const LISTED: usize = 12;

const TOO_MANY: &str = "more than 100,000 different levels: this is no category";

/// The levels of a category or binary column.
pub fn levels(results: &mut Results, options: &Options, variable: &Variable, counts: &LevelCounts) {
    let mut rows = Rows::new(results, options, &variable.name);
    let known = counts.levels.values().sum::<u64>() + counts.beyond;
    let missing: u64 = counts.missing.values().sum();
    if counts.beyond > 0 {
        rows.push(Context::Tabulate, "n_levels", Value::NotEstimable(TOO_MANY.to_owned()), None);
    } else {
        for (level, n) in ordered(&both(variable, &counts.levels), variable) {
            rows.proportion(Context::Tabulate, Some(&level), n, known, None);
        }
    }
    rows.count(Context::Missing, "N_obs", known + counts.unreadable + missing);
    if counts.unreadable > 0 || variable.kind == Kind::Binary {
        rows.count(Context::Missing, "N_unreadable", counts.unreadable);
    }
    missing_rows(&mut rows, &counts.missing);
}

/// The levels of a yes-or-no column with the one that no case has.
fn both(variable: &Variable, levels: &BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    let mut levels = levels.clone();
    for pair in [["yes", "no"], ["0", "1"]] {
        if variable.kind == Kind::Binary && pair.iter().any(|level| levels.contains_key(*level)) {
            for level in pair {
                levels.entry(level.to_owned()).or_default();
            }
        }
    }
    levels
}

/// The items of a set column: cases with each, items a case, combinations.
pub fn items(results: &mut Results, options: &Options, variable: &Variable, counts: &SetCounts) {
    let known = counts.known();
    let mut rows = Rows::new(results, options, &variable.name);
    if counts.beyond > 0 {
        rows.push(Context::Set, "n_levels", Value::NotEstimable(TOO_MANY.to_owned()), None);
    } else {
        for (item, n) in ordered(&counts.items, variable) {
            rows.proportion(Context::Set, Some(&item), n, known, None);
        }
    }
    let per_case = per_case(&counts.sizes);
    let all: u64 = per_case.points.iter().map(|(items, cases)| u64::try_from(*items).unwrap_or(0) * cases).sum();
    rows.count(Context::Set, "n_items", all);
    moments_and_quantiles(&mut rows, Context::Set, options, &per_case);
    let missing: u64 = counts.missing.values().sum();
    rows.count(Context::Missing, "N_obs", known + missing);
    missing_rows(&mut rows, &counts.missing);
    let named = counts
        .combinations
        .iter()
        .map(|(items, n)| (if items.is_empty() { "none".to_owned() } else { items.join(" + ") }, *n));
    let beyond = counts.combinations_beyond > 0;
    most_frequent(
        results,
        options,
        &format!("{}_combination", variable.name),
        named.collect(),
        known,
        beyond,
        Context::Set,
    );
}

/// The most frequent combinations or sequences, and how many different ones there are.
pub fn most_frequent(
    results: &mut Results,
    options: &Options,
    name: &str,
    counts: Vec<(String, u64)>,
    known: u64,
    beyond: bool,
    context: Context,
) {
    let mut rows = Rows::new(results, options, name);
    if beyond {
        rows.push(context, "n_combinations", Value::NotEstimable("more than 100,000 different ones".to_owned()), None);
        return;
    }
    rows.count(context, "n_combinations", counts.len() as u64);
    for (level, n) in by_count(counts).into_iter().take(LISTED) {
        rows.proportion(context, Some(&level), n, known, None);
    }
}

/// Cases by number of items, as a distribution.
pub fn per_case(sizes: &BTreeMap<i128, u64>) -> Distribution {
    Distribution {
        points: sizes.iter().map(|(size, cases)| (*size, *cases)).collect(),
        denominator: 1,
        ..Distribution::default()
    }
}

/// How many cases have a text.
pub fn texts(results: &mut Results, options: &Options, variable: &Variable, counts: &TextCounts) {
    let mut rows = Rows::new(results, options, &variable.name);
    let missing: u64 = counts.missing.values().sum();
    rows.count(Context::Summary, "N", counts.present);
    rows.count(Context::Missing, "N_obs", counts.present + missing);
    missing_rows(&mut rows, &counts.missing);
}
