//! The fast paths against reading each cell on its own: threads and block sizes do not change the counts.

use super::counts::{LineCounts, SetCounts, maps};
use super::{Cohort, Counts, IdChoice, Settings, read_cohort};
use crate::cohort::cell::{CellRules, SetState, items};
use crate::diagnostic::Finding;
use crate::read::{Inputs, ReadOptions};
use crate::schema::decide::Forced;
use crate::schema::{Kind, Role, Variable};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::Write;

const HEADER: &str = "id,age (years),esr,sites,treatments,outcome,onset_date,note";

fn cohort(rows: &[Vec<String>], threads: usize, block_size: usize) -> Cohort {
    grouped(rows, threads, block_size, &[])
}

fn grouped(rows: &[Vec<String>], threads: usize, block_size: usize, by: &[&str]) -> Cohort {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // The name of the file is part of every place.
    let path = folder.path().join("cases.csv");
    let mut file = std::fs::File::create(&path).expect("a file in it");
    writeln!(file, "{HEADER}").expect("the header is written");
    for (number, cells) in rows.iter().enumerate() {
        let quoted: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        writeln!(file, "P{number},{}", quoted.join(",")).expect("a row is written");
    }
    let path = path.to_str().expect("a name in UTF-8").to_owned();
    let options = ReadOptions { block_size, ..ReadOptions::default() };
    let inputs = Inputs::open(&[path], &options).expect("the file is readable");
    let kinds = [
        ("age", Kind::Number),
        ("esr", Kind::Number),
        ("sites", Kind::Set),
        ("treatments", Kind::Lines),
        ("outcome", Kind::Category),
        ("onset_date", Kind::Date),
        ("note", Kind::Text),
    ];
    let forced = |(name, kind): (&str, Kind)| (name.to_owned(), Forced { kind: Some(kind), ..Forced::default() });
    let forced = kinds.into_iter().map(forced).collect();
    let id = IdChoice::Column("id".to_owned());
    let by = by.iter().map(|name| (*name).to_owned()).collect();
    let settings = Settings { threads: Some(threads), forced, id, by, ..Settings::default() };
    read_cohort(&inputs, &settings).expect("the rows are no error")
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn counts<'a>(cohort: &'a Cohort, name: &str) -> &'a Counts {
    &cohort.variables.iter().find(|v| v.variable.name == name).expect("the column is there").counts
}

/// What does not depend on threads: the total of each group of findings, and the first of it.
fn findings(cohort: &Cohort) -> Vec<(u64, Option<&Finding>)> {
    cohort.findings.groups().map(|group| (group.total, group.first.first())).collect()
}

fn cell(patterns: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(patterns).prop_flat_map(|pattern| pattern)
}

fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    let row = (
        cell(&["[0-9]{1,3}", "[0-9]{1,2}\\.[0-9]{1,3}", "200", "-3", "[0-9] months", "NR", ""]),
        cell(&["[0-9]{1,9}", "[0-9]\\.[0-9]{1,6}", "[<>][0-9]{1,3}", "normal", "12-15", "[0-9],[0-9]", ""]),
        cell(&[
            "(hip|knee|hand)(; ?(hip|knee|foot|NR|none|a \\| b|arm\\+)){0,3}",
            ";?hip;;",
            "none",
            "unknown",
            "a, b",
            "hip\\|x",
        ]),
        cell(&[
            "(a|b|c \\+ a)(: (partial|none|odd|complete \\(unconfirmed\\)))?(; (a|d): (stable|worse|complete)){0,4}",
            "\"x; y\": partial; a",
            "a [1; 2]: none; b: improved",
            "none",
            ": none; a",
            "",
        ]),
        cell(&["alive", "alive at the last visit of the clinic we know of", "dead", "NR", "[a-d]{1,2}"]),
        cell(&["20[0-2][0-9]", "2001-0[1-9]", "soon", ""]),
        cell(&["firm nodule(, chalky discharge){0,3}", "[a-z]{20,45}", "NR", "1:80; [a-z]{1,40}", "a\nb", ""]),
    );
    let cells = row.prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g]);
    prop::collection::vec(cells, 1..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn neither_threads_nor_blocks_change_what_is_counted(rows in rows()) {
        let one = cohort(&rows, 1, 1 << 18);
        for (threads, block_size) in [(1, 64), (1, 1000), (2, 64), (2, 700), (3, 4096)] {
            let other = cohort(&rows, threads, block_size);
            for (one, other) in one.variables.iter().zip(&other.variables) {
                prop_assert_eq!(&one.counts, &other.counts);
                prop_assert_eq!(&one.evidence, &other.evidence);
            }
            prop_assert_eq!(one.cases, other.cases);
            prop_assert_eq!(findings(&one), findings(&other), "{} threads, {} bytes", threads, block_size);
        }
    }

    #[test]
    fn sets_by_their_parts_are_those_of_every_cell_read_alone(rows in rows()) {
        let mut variable = Variable::new("sites");
        (variable.kind, variable.delimiter, variable.role) = (Kind::Set, Some(';'), Role::Site);
        let cohort = cohort(&rows, 1, 1 << 18);
        // The delimiter that most cells have.
        let read = cohort.variables.iter().find(|v| v.variable.name == "sites").expect("the column is there");
        variable.delimiter = read.variable.delimiter;
        let rules = CellRules { variable: &variable, decimal_comma: false, extra_missing: &[] };
        let mut naive = SetCounts::default();
        for row in &rows {
            naive.add(&row[2], 1, &rules);
        }
        prop_assert_eq!(counts(&cohort, "sites"), &Counts::Set(naive));
    }

    #[test]
    fn groups_add_up_to_all_cases(rows in rows(), threads in 1_usize..4, block_size in 64_usize..2000) {
        let all = cohort(&rows, 1, 1 << 18);
        let by = grouped(&rows, threads, block_size, &["outcome"]);
        prop_assert_eq!(findings(&all), findings(&by), "groups change no finding");
        let groups = by.grouping.as_ref().expect("groups were asked for").groups.as_slice();
        prop_assert_eq!(groups.iter().map(|group| group.cases).sum::<u64>(), all.cases);
        for (index, (before, beside)) in all.variables.iter().zip(&by.variables).enumerate() {
            prop_assert_eq!(&before.counts, &beside.counts, "groups change nothing of all cases");
            let mut sum = Counts::none(before.variable.kind);
            groups.iter().for_each(|group| sum.merge(group.columns[index].0.clone()));
            prop_assert_eq!(&sum, &before.counts, "{}", before.variable.name);
        }
    }

    #[test]
    fn a_case_is_in_the_group_of_each_of_its_items(rows in rows(), threads in 1_usize..4) {
        let by = grouped(&rows, threads, 500, &["sites"]);
        let sites = &by.variables.iter().find(|v| v.variable.name == "sites").expect("the column is there").variable;
        let rules = CellRules { variable: sites, decimal_comma: false, extra_missing: &[] };
        for group in &by.grouping.as_ref().expect("groups were asked for").groups {
            let is_member = |row: &&Vec<String>| match (items(&row[2], &rules), &group.levels[0]) {
                (SetState::Missing(_), level) => level.is_none(),
                (SetState::Items(set), Some(level)) if set.items.is_empty() => level == "none",
                (SetState::Items(set), level) => level.as_ref().is_some_and(|level| set.items.contains(level)),
            };
            let members: Vec<Vec<String>> = rows.iter().filter(is_member).cloned().collect();
            prop_assert_eq!(group.cases, members.len() as u64);
            let alone = cohort(&members, 1, 1 << 18);
            for (index, v) in by.variables.iter().enumerate().filter(|(_, v)| matches!(v.variable.name.as_str(), "age" | "outcome" | "note")) {
                prop_assert_eq!(&group.columns[index].0, counts(&alone, &v.variable.name), "{} of {:?}", v.variable.name, group.levels);
            }
        }
    }

    #[test]
    fn patients_add_up_in_any_number_of_files(rows in rows(), cut in 0_usize..120) {
        let (front, back) = rows.split_at(cut.min(rows.len()));
        let whole = cohort(&rows, 1, 1 << 18);
        let (Counts::Lines(all), false) = (counts(&whole, "treatments"), front.is_empty() || back.is_empty()) else {
            return Ok(());
        };
        let parts = [cohort(front, 1, 1 << 18), cohort(back, 1, 64)];
        let sum = |get: fn(&LineCounts) -> BTreeMap<i128, u64>| {
            let mut sum: BTreeMap<i128, u64> = BTreeMap::new();
            for part in &parts {
                if let Counts::Lines(lines) = counts(part, "treatments") {
                    maps::add_all(&mut sum, get(lines));
                }
            }
            sum
        };
        prop_assert_eq!(sum(|lines| lines.sizes.clone()), all.sizes.clone());
        prop_assert_eq!(all.treated(), all.best.values().sum::<u64>());
        prop_assert_eq!(all.treated(), all.sequences.values().sum::<u64>() + all.sequences_beyond);
    }
}
