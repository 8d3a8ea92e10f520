//! The attack: every table of whole numbers that agrees with all that is printed.

use crate::analyze::results::{Results, Value};
use crate::analyze::statistic::Statistic;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// Cases of each disjoint kind in one column, a byte each.
type KindCells = u64;

/// A printed count: the kinds of cases it is the sum of.
#[derive(Debug, Clone)]
pub struct CountForm {
    /// Its key among all cases.
    pub key: String,
    /// The kinds.
    pub kinds: Vec<usize>,
}

/// What is printed of one count in one column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Print {
    /// Its value.
    Shown(u64),
    /// It is masked, and at least this.
    Masked(u64),
    /// It has no row.
    Absent,
}

/// What the results print of a count; percentages are used where they tell it.
pub fn print(results: &Results, key: &str, floor: u64) -> Print {
    match results.get(key).map(|row| &row.value) {
        Some(Value::Count(n)) => Print::Shown(*n),
        Some(Value::Masked) => Print::Masked(floor),
        Some(other) => panic!("{key} is not a count: {other:?}"),
        None => Print::Absent,
    }
}

fn value(form: &CountForm, cells: KindCells) -> u64 {
    form.kinds.iter().map(|kind| cells >> (8 * kind) & 0xFF).sum()
}

/// The cases of all kinds together, fewer than 256: one multiplication adds the bytes.
fn cases(cells: KindCells) -> u64 {
    cells.wrapping_mul(0x0101_0101_0101_0101) >> 56
}

/// The possible values of each form in each column; the first column is all cases, the sum of the others if there are any.
pub fn possible(kinds: usize, forms: &[CountForm], columns: &[Vec<Print>], most: u64) -> Vec<Vec<BTreeSet<u64>>> {
    let fitting: Vec<Vec<KindCells>> = columns.iter().map(|prints| cells(kinds, forms, prints, most)).collect();
    let reached = if columns.len() == 1 { fitting } else { together(&fitting, most) };
    let of =
        |all: &Vec<KindCells>| forms.iter().map(|form| all.iter().map(|cells| value(form, *cells)).collect()).collect();
    reached.iter().map(of).collect()
}

/// All cells of one column that agree with what is printed in it.
fn cells(kinds: usize, forms: &[CountForm], prints: &[Print], most: u64) -> Vec<KindCells> {
    let mut all = vec![(0, most)];
    for kind in 0..kinds {
        let more = |(cells, left): (KindCells, u64)| (0..=left).map(move |n| (cells | n << (8 * kind), left - n));
        all = all.into_iter().flat_map(more).collect();
    }
    let agrees = |cells: &KindCells| {
        forms.iter().zip(prints).all(|(form, print)| match print {
            Print::Shown(n) => value(form, *cells) == *n,
            Print::Masked(floor) => value(form, *cells) >= *floor,
            Print::Absent => true,
        })
    };
    all.into_iter().map(|(cells, _)| cells).filter(agrees).collect()
}

/// Of each column the cells that some cells of the other columns go with.
fn together(fitting: &[Vec<KindCells>], most: u64) -> Vec<Vec<KindCells>> {
    let (all, groups) = fitting.split_first().expect("all cases");
    let all: FxHashSet<KindCells> = all.iter().copied().collect();
    let sums = |groups: &mut dyn Iterator<Item = &Vec<KindCells>>| {
        let mut sums = FxHashSet::from_iter([0]);
        for group in groups {
            let all = sums.iter().flat_map(|sum| group.iter().map(move |cells| sum + cells));
            sums = all.filter(|cells| cases(*cells) <= most).collect();
        }
        sums
    };
    let total = sums(&mut groups.iter());
    let mut reached = vec![all.intersection(&total).copied().collect::<Vec<KindCells>>()];
    for (at, group) in groups.iter().enumerate() {
        let others = sums(&mut groups.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, group)| group));
        let goes = |cells: &&KindCells| {
            all.iter().any(|all| all.checked_sub(**cells).is_some_and(|rest| others.contains(&rest)))
        };
        reached.push(group.iter().filter(goes).copied().collect());
    }
    reached
}

/// Every masked count of these forms has two possible values, or is 0: what nobody has is not a count of few.
pub fn assert_open(kinds: usize, forms: &[CountForm], columns: &[Vec<Print>], most: u64, what: &dyn Fn() -> String) {
    if !columns.iter().flatten().any(|print| matches!(print, Print::Masked(_))) {
        return;
    }
    let possible = possible(kinds, forms, columns, most);
    for (column, prints) in columns.iter().enumerate() {
        for (form, print) in prints.iter().enumerate() {
            let values = &possible[column][form];
            assert!(!values.is_empty(), "the truth is possible: {} in column {column}\n{}", forms[form].key, what());
            if let Print::Masked(_) = print {
                let is_of_nobody = values.iter().all(|value| *value == 0);
                assert!(
                    values.len() > 1 || is_of_nobody,
                    "{} in column {column} must be {values:?}\n{}",
                    forms[form].key,
                    what()
                );
            }
        }
    }
}

/// No percentage or interval stands beside a masked count, and no count is small.
pub fn assert_consistent(results: &Results, k: u64) {
    let mut levels: BTreeMap<String, BTreeSet<(Statistic, bool)>> = BTreeMap::new();
    for row in results.iter() {
        if let Value::Count(n) = row.value {
            assert!(n == 0 || n >= k || row.statistic == Statistic::Combinations, "{} = {n}", row.key);
        }
        if matches!(row.statistic, Statistic::Min | Statistic::Max) {
            assert!(matches!(row.value, Value::Masked | Value::NotEstimable(_)), "{}", row.key);
        }
        let is_of_share = matches!(
            row.statistic,
            Statistic::Cases | Statistic::N | Statistic::Proportion | Statistic::ConfLow | Statistic::ConfHigh
        );
        if row.rate.is_some() || row.level.is_some() && is_of_share {
            let rate = row.rate.map(|rate| rate.word());
            let place = format!("{:?} {:?} {:?} {rate:?}", row.group, row.variable, row.level);
            let rows = levels.entry(place).or_default();
            rows.insert((row.statistic, row.value == Value::Masked));
        }
    }
    for (place, rows) in levels {
        let is_counted = !rows.contains(&(Statistic::Cases, true)) && !rows.contains(&(Statistic::N, true));
        assert_eq!(!rows.contains(&(Statistic::Proportion, true)), is_counted, "{place:?}: {rows:?}");
        assert_eq!(!rows.contains(&(Statistic::ConfLow, true)), is_counted, "{place:?}: {rows:?}");
    }
}
