//! Small random series, suppressed and attacked.

mod arithmetic_tests;
mod attack_tests;
mod audit_tests;
mod example_tests;

use super::{Suppression, suppress};
use crate::analyze::results::{Results, Value};
use crate::analyze::{Options, summarize};
use crate::read::Inputs;
use crate::schema::Kind;
use crate::schema::decide::Forced;
use crate::tally::{Cohort, IdChoice, Settings, read_cohort};
use attack_tests::{CountForm, Print, assert_consistent, assert_open, print};
use proptest::prelude::*;

const HEADER: &str = "id,hospital,sex,age,sites,treatments";

/// The results of a series, by groups, suppressed.
fn suppressed(rows: &[[String; 5]], by: &[&str], k: u64) -> Suppression {
    suppressed_with(rows, by, k, &Options::default())
}

fn suppressed_with(rows: &[[String; 5]], by: &[&str], k: u64, options: &Options) -> Suppression {
    let (cohort, options) = (cohort(rows, by), Options { suppress_below: Some(k), ..options.clone() });
    suppress(summarize(&cohort, &options).0, &cohort, &options, k)
}

fn cohort(rows: &[[String; 5]], by: &[&str]) -> Cohort {
    let mut text = format!("{HEADER}\n");
    for (number, cells) in rows.iter().enumerate() {
        text.push_str(&format!("P{number},{}\n", cells.join(",")));
    }
    let inputs = Inputs::embedded("cases.csv", Box::leak(text.into_boxed_str())).expect("readable");
    let kinds = [
        ("hospital", Kind::Category),
        ("sex", Kind::Category),
        ("age", Kind::Number),
        ("sites", Kind::Set),
        ("treatments", Kind::Lines),
    ];
    let forced = |(name, kind): (&str, Kind)| (name.to_owned(), Forced { kind: Some(kind), ..Forced::default() });
    let settings = Settings {
        threads: Some(1),
        forced: kinds.into_iter().map(forced).collect(),
        id: IdChoice::Column("id".to_owned()),
        by: by.iter().map(|name| (*name).to_owned()).collect(),
        ..Settings::default()
    };
    read_cohort(&inputs, &settings).expect("no error")
}

fn row() -> impl Strategy<Value = [String; 5]> {
    let of = |cells: &'static [&'static str]| prop::sample::select(cells).prop_map(str::to_owned);
    let lines = &[
        "a: complete",
        "a: none",
        "b: improved (unconfirmed)",
        "a: none; b: complete",
        "a + b: ongoing",
        "untreated",
        "",
    ];
    (
        of(&["north", "north", "south", "east", ""]),
        of(&["female", "female", "male", ""]),
        of(&["3", "8", "51", ">60", "normal", ""]),
        of(&["hip", "hip; knee", "none", ""]),
        of(lines),
    )
        .prop_map(|(hospital, sex, age, sites, lines)| [hospital, sex, age, sites, lines])
}

/// The suffix of each column's keys: all cases, then the groups.
fn columns(results: &Results) -> Vec<String> {
    let mut columns = vec![String::new()];
    for row in results.iter().filter(|row| row.group.is_some() && row.variable.is_none()) {
        columns.push(row.key.trim_start_matches("cases").to_owned());
    }
    columns
}

/// What is printed of the forms, by column; a masked count is at least 1 where zeros are shown.
fn prints(results: &Results, forms: &[CountForm], zeros_are_shown: bool) -> Vec<Vec<Print>> {
    let columns = columns(results);
    let is_masked_group =
        |column: &str| results.get(&format!("cases{column}")).is_some_and(|row| row.value == Value::Masked);
    // Where a case can be in several groups, a masked table of a group may hold masked zeros.
    let overlaps = |column: &str| column.contains("sites");
    let floor = |column: &str| u64::from(zeros_are_shown && !is_masked_group(column) && !overlaps(column));
    columns
        .iter()
        .map(|c| forms.iter().map(|form| print(results, &format!("{}{c}", form.key), floor(c))).collect())
        .collect()
}

fn form(key: &str, kinds: &[usize]) -> CountForm {
    CountForm { key: key.to_owned(), kinds: kinds.to_vec() }
}

/// The printed counts of a category with two levels.
fn category(variable: &str, levels: &[&str]) -> (usize, Vec<CountForm>) {
    let known: Vec<usize> = (0..levels.len()).collect();
    let all: Vec<usize> = (0..=levels.len()).collect();
    let mut forms = vec![
        form("cases", &all),
        form(&format!("{variable}.N_obs"), &all),
        form(&format!("{variable}.N_miss"), &[levels.len()]),
    ];
    for (at, level) in levels.iter().enumerate() {
        forms.push(form(&format!("{variable}[{level}].n"), &[at]));
        forms.push(form(&format!("{variable}[{level}].N"), &known));
    }
    (all.len(), forms)
}

fn of_item(item: &str) -> (usize, Vec<CountForm>) {
    let keys = [("cases", vec![0, 1, 2]), ("sites.N_miss", vec![2]), ("sites.N", vec![0, 1])];
    let mut forms: Vec<CountForm> = keys.iter().map(|(key, kinds)| form(key, kinds)).collect();
    forms.push(form(&format!("sites[{item}].n"), &[0]));
    forms.push(form(&format!("sites[{item}].N"), &[0, 1]));
    (3, forms)
}

/// Values, censored values, words in place of a value, not reported.
fn of_number() -> (usize, Vec<CountForm>) {
    let keys = [
        ("cases", vec![0, 1, 2, 3]),
        ("age.N", vec![0, 1]),
        ("age.N_censored", vec![1]),
        ("age.N_stated", vec![2]),
        ("age.N_miss", vec![3]),
    ];
    (4, keys.iter().map(|(key, kinds)| form(key, kinds)).collect())
}

/// Two lines, one line, untreated, not reported.
fn of_lines() -> (usize, Vec<CountForm>) {
    let keys = [
        ("cases", vec![0, 1, 2, 3]),
        ("treatments.N", vec![0, 1, 2]),
        ("treatments.n_untreated", vec![2]),
        ("treatments.N_miss", vec![3]),
        ("response_by_line[1].n_treated", vec![0, 1]),
        ("response_by_line[2].n_treated", vec![0]),
    ];
    (4, keys.iter().map(|(key, kinds)| form(key, kinds)).collect())
}

/// Confirmed, other responders, other evaluable, other treated, untreated, not reported.
fn of_response(table: &str) -> (usize, Vec<CountForm>) {
    let rest = [
        ("treatments.n_treated", vec![0, 1, 2, 3]),
        ("treatments.n_untreated", vec![4]),
        ("treatments.N_miss", vec![5]),
        ("cases", vec![0, 1, 2, 3, 4, 5]),
    ];
    let own = [
        ("n_treated", vec![0, 1, 2, 3]),
        ("n_evaluable", vec![0, 1, 2]),
        ("n_responders", vec![0, 1]),
        ("n_confirmed", vec![0]),
    ];
    let mut forms: Vec<CountForm> = rest.iter().map(|(key, kinds)| form(key, kinds)).collect();
    forms.extend(own.iter().map(|(name, kinds)| form(&format!("{table}.{name}"), kinds)));
    (6, forms)
}

/// The same of the cases treated with an agent, and of those treated with others only.
fn of_agent(agent: &str) -> (usize, Vec<CountForm>) {
    let own = [
        ("n_treated", vec![0, 1, 2, 3]),
        ("n_evaluable", vec![0, 1, 2]),
        ("n_responders", vec![0, 1]),
        ("n_confirmed", vec![0]),
    ];
    let mut forms: Vec<CountForm> =
        own.iter().map(|(name, kinds)| form(&format!("response_by_agent[{agent}].{name}"), kinds)).collect();
    forms.push(form("treatments.n_treated", &[0, 1, 2, 3, 4]));
    (5, forms)
}

/// The sizes of groups: the number of cases of each, and the levels that make them.
fn of_groups(results: &Results, by: &[&str]) -> (usize, Vec<CountForm>) {
    let columns = columns(results);
    let groups: Vec<&str> = columns.iter().skip(1).map(String::as_str).collect();
    let all: Vec<usize> = (0..groups.len()).collect();
    let mut forms = vec![form("cases", &all)];
    forms.extend(groups.iter().enumerate().map(|(at, group)| form(&format!("cases{group}"), &[at])));
    for variable in by {
        for level in ["north", "south", "east", "female", "male"] {
            let with = format!("{variable} = '{level}'");
            let kinds: Vec<usize> = all.iter().copied().filter(|at| groups[*at].contains(&with)).collect();
            forms.push(form(&format!("{variable}[{level}].n"), &kinds));
        }
        let kinds: Vec<usize> =
            all.iter().copied().filter(|at| groups[*at].contains(&format!("{variable} IS NULL"))).collect();
        forms.push(form(&format!("{variable}.N_miss"), &kinds));
    }
    (groups.len(), forms)
}

/// Attacks every table of which the cases are `most`.
fn attack(shown: &Suppression, rows: &[[String; 5]], by: &[&str], k: u64) {
    let results = &shown.results;
    let what = || format!("k = {k}, {rows:#?}\n{}", listing(results));
    assert_consistent(results, k);
    let most = rows.len() as u64;
    let mut tables = vec![(true, category("sex", &["female", "male"])), (false, of_item("hip"))];
    // Crossed groups are many: what is attacked by one grouping variable need not be again.
    if by.len() < 2 {
        tables.extend([(false, of_item("knee")), (false, of_number()), (false, of_lines())]);
    }
    if by.is_empty() || by.len() < 2 && rows.len() < 5 {
        tables.extend([(false, of_response("best_response")), (false, of_agent("a")), (false, of_agent("b"))]);
    }
    for (zeros, (kinds, forms)) in tables {
        let columns = prints(results, &forms, zeros && results.get("sex[female].n").is_some());
        if by == ["sites"] {
            // A case can be in several groups: each is attacked with the cases outside of it.
            let outside = vec![Print::Absent; forms.len()];
            for group in columns.iter().skip(1) {
                assert_open(kinds, &forms, &[columns[0].clone(), group.clone(), outside.clone()], most, &what);
            }
        } else {
            assert_open(kinds, &forms, &columns, most, &what);
        }
    }
    if !by.is_empty() && by != ["sites"] && results.parts().count() > 1 {
        let (kinds, forms) = of_groups(results, by);
        let prints = forms.iter().map(|form| print(results, &form.key, 0)).collect();
        assert_open(kinds, &forms, &[prints], most, &what);
    }
}

fn listing(results: &Results) -> String {
    results.iter().map(|row| format!("{} = {:?}\n", row.key, row.value)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_masked_count_of_all_cases_can_be_computed(rows in prop::collection::vec(row(), 1..9), k in 2..5_u64) {
        attack(&suppressed(&rows, &[], k), &rows, &[], k);
    }

    #[test]
    fn no_masked_count_of_a_group_can_be_computed(rows in prop::collection::vec(row(), 4..9), k in 2..4_u64) {
        attack(&suppressed(&rows, &["hospital"], k), &rows, &["hospital"], k);
    }

    #[test]
    fn no_masked_count_of_a_group_of_two_variables_can_be_computed(
        rows in prop::collection::vec(row(), 4..8), k in 2..4_u64
    ) {
        attack(&suppressed(&rows, &["hospital", "sex"], k), &rows, &["hospital", "sex"], k);
    }

    #[test]
    fn no_masked_count_of_an_overlapping_group_can_be_computed(
        rows in prop::collection::vec(row(), 4..9), k in 2..4_u64
    ) {
        attack(&suppressed(&rows, &["sites"], k), &rows, &["sites"], k);
    }
}
