//! The audit: all small series, grouped by all that is shown of them, for a reader who also knows how it was chosen.
//!
//! Whoever has the program can mask every series there is and keep those that give the table in hand. A count of few
//! cases is *told* where all of these have the same.

use super::{listing, suppressed_with};
use crate::analyze::Options;
use std::collections::BTreeMap;

type AuditRow = [&'static str; 5];

/// Series of all numbers of cases of each of these kinds.
struct Scheme {
    name: &'static str,
    kinds: &'static [AuditRow],
    by: &'static [&'static str],
    most: u64,
    k: u64,
}

const SCHEMES: [Scheme; 7] = [
    Scheme {
        name: "three levels",
        kinds: &[["north", "", "", "", ""], ["south", "", "", "", ""], ["east", "", "", "", ""]],
        by: &[],
        most: 9,
        k: 3,
    },
    Scheme {
        name: "two levels and not reported",
        kinds: &[["", "female", "", "", ""], ["", "male", "", "", ""], ["", "", "", "", ""]],
        by: &[],
        most: 10,
        k: 5,
    },
    Scheme {
        name: "two levels by two groups",
        kinds: &[
            ["north", "female", "", "", ""],
            ["north", "male", "", "", ""],
            ["south", "female", "", "", ""],
            ["south", "male", "", "", ""],
        ],
        by: &["hospital"],
        most: 6,
        k: 3,
    },
    Scheme {
        name: "two levels by three groups",
        kinds: &[
            ["north", "female", "", "", ""],
            ["north", "male", "", "", ""],
            ["south", "female", "", "", ""],
            ["south", "male", "", "", ""],
            ["east", "female", "", "", ""],
            ["east", "male", "", "", ""],
        ],
        by: &["hospital"],
        most: 4,
        k: 2,
    },
    Scheme {
        name: "two items",
        kinds: &[
            ["", "", "", "hip", ""],
            ["", "", "", "hip; knee", ""],
            ["", "", "", "knee", ""],
            ["", "", "", "none", ""],
        ],
        by: &[],
        most: 6,
        k: 3,
    },
    Scheme {
        name: "whole numbers from 0 to 3",
        kinds: &[["", "", "0", "", ""], ["", "", "1", "", ""], ["", "", "2", "", ""], ["", "", "3", "", ""]],
        by: &[],
        most: 6,
        k: 3,
    },
    Scheme {
        name: "whole numbers from 0 to 2 by two groups",
        kinds: &[
            ["north", "", "0", "", ""],
            ["north", "", "1", "", ""],
            ["north", "", "2", "", ""],
            ["south", "", "0", "", ""],
            ["south", "", "1", "", ""],
            ["south", "", "2", "", ""],
        ],
        by: &["hospital"],
        most: 4,
        k: 2,
    },
];

/// All numbers of cases of each kind, `most` together at most.
fn series(kinds: usize, most: u64) -> Vec<Vec<u64>> {
    let mut all = vec![(Vec::new(), most)];
    for _ in 0..kinds {
        let more = |(counts, left): (Vec<u64>, u64)| (0..=left).map(move |n| ([&counts[..], &[n]].concat(), left - n));
        all = all.into_iter().flat_map(more).collect();
    }
    all.into_iter().map(|(counts, _)| counts).filter(|counts| counts.iter().sum::<u64>() > 0).collect()
}

/// The cases of each level, item and value, among all cases and in each group.
fn counts(kinds: &[AuditRow], cases: &[u64]) -> AuditCounts {
    let mut counts = BTreeMap::new();
    for (kind, cases) in kinds.iter().zip(cases) {
        for (column, cell) in kind.iter().enumerate().filter(|(_, cell)| !cell.is_empty() && **cell != "none") {
            for item in cell.split("; ") {
                for group in ["", kind[0]] {
                    let is_own = !group.is_empty() && column == 0;
                    if !is_own {
                        *counts.entry((column, item.to_owned(), group.to_owned())).or_default() += cases;
                    }
                    if kind[0].is_empty() {
                        break;
                    }
                }
            }
        }
    }
    counts
}

/// Cases by variable, group and level.
type AuditCounts = BTreeMap<(usize, String, String), u64>;

/// Counts of few cases: how many there are, and how many of them are told.
fn audit(scheme: &Scheme) -> (u64, u64) {
    let mut same: BTreeMap<String, Vec<AuditCounts>> = BTreeMap::new();
    for cases in series(scheme.kinds.len(), scheme.most) {
        let rows: Vec<[String; 5]> = scheme
            .kinds
            .iter()
            .zip(&cases)
            .flat_map(|(kind, n)| std::iter::repeat_n(kind.map(str::to_owned), usize::try_from(*n).unwrap()))
            .collect();
        let shown = suppressed_with(&rows, scheme.by, scheme.k, &Options::default());
        let print = format!("{}{:?}", listing(&shown.results), shown.sentences);
        same.entry(print).or_default().push(counts(scheme.kinds, &cases));
    }
    let (mut few, mut told) = (0, 0);
    for possible in same.values() {
        for counts in possible {
            for (key, cases) in counts.iter().filter(|(_, cases)| (1..scheme.k).contains(*cases)) {
                few += 1;
                told += u64::from(possible.iter().all(|other| other.get(key).unwrap_or(&0) == cases));
            }
        }
    }
    (few, told)
}

/// Series of two items of which every case has one: how many cases have both follows from what is shown of each, and
/// would be told in every series, unless one is masked.
#[test]
fn how_few_cases_have_both_of_two_items_is_rarely_told() {
    const KINDS: [AuditRow; 3] = [["", "", "", "hip", ""], ["", "", "", "hip; knee", ""], ["", "", "", "knee", ""]];
    let k = 3;
    let mut same: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for cases in series(KINDS.len(), 10) {
        let rows: Vec<[String; 5]> = KINDS
            .iter()
            .zip(&cases)
            .flat_map(|(kind, n)| std::iter::repeat_n(kind.map(str::to_owned), usize::try_from(*n).unwrap()))
            .collect();
        let shown = suppressed_with(&rows, &[], k, &Options::default());
        let counts = shown.results.iter().filter(|row| {
            let key = row.key.as_str();
            ["sites[hip].n", "sites[knee].n", "sites[hip].N", "sites[knee].N", "sites.N_obs", "sites.N_miss"]
                .contains(&key)
        });
        let print = counts.map(|row| format!("{} {:?}\n", row.key, row.value)).collect::<String>();
        same.entry(print).or_default().push(cases[1]);
    }
    let few = same.values().flatten().filter(|both| (1..k).contains(*both)).count();
    let is_told = |both: &&Vec<u64>| (1..k).contains(&both[0]) && both.iter().all(|other| *other == both[0]);
    let told: usize = same.values().filter(is_told).map(Vec::len).sum();
    assert_eq!((told, few), (0, 100), "series in which it is told");
}

/// The figure of the README.
#[test]
fn few_counts_of_small_series_are_told_to_whoever_knows_the_program() {
    let (mut few, mut told) = (0, 0);
    for scheme in &SCHEMES {
        let (all, of_them) = audit(scheme);
        println!("{}, K = {}: {of_them} of {all} counts of few cases are told", scheme.name, scheme.k);
        (few, told) = (few + all, told + of_them);
    }
    println!("together {told} of {few}");
    assert_eq!((told, few), (134, 3153), "the figure of the README and of the footnote");
}

/// Responses are counted in many tables, of which few tell another: 0.4 %, and 52 % if each were masked by itself.
#[test]
fn counts_of_few_responses_are_told_no_more_than_others() {
    const KINDS: [AuditRow; 5] = [
        ["", "", "", "", "azathioprine: complete"],
        ["", "", "", "", "azathioprine: none"],
        ["", "", "", "", "azathioprine"],
        ["", "", "", "", "methotrexate: complete"],
        ["", "", "", "", "methotrexate: none"],
    ];
    let (few, told) = audit(&Scheme { name: "responses of two agents", kinds: &KINDS, by: &[], most: 6, k: 3 });
    assert_eq!((told, few), (4, 980));
}
