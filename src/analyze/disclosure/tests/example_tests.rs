//! Series whose masking is known, and what the attack finds where something was forgotten.

use super::attack_tests::{CountForm, Print, assert_consistent, possible};
use super::{cohort, suppress, suppressed, suppressed_with};
use crate::analyze::results::{Results, Value};
use crate::analyze::statistic::Statistic;
use crate::analyze::{Comparisons, Denominator, Options, Percent, summarize};
use crate::read::Inputs;
use crate::tally::{Settings, read_cohort};

fn series(cells: &[(u64, [&str; 5])]) -> Vec<[String; 5]> {
    cells.iter().flat_map(|(n, row)| (0..*n).map(|_| row.map(str::to_owned))).collect()
}

fn by_hospital() -> Vec<[String; 5]> {
    series(&[
        (12, ["north", "f", "3", "hip", "a: complete"]),
        (9, ["north", "m", "8", "hip; knee", "b: none"]),
        (7, ["south", "f", "5", "knee", "a: none"]),
        (6, ["south", "m", "9", "hip", "b: complete"]),
        (11, ["east", "f", "9", "hip", "b: complete"]),
        (2, ["east", "m", "9", "hip", "a: complete"]),
    ])
}

fn masked(results: &Results, key: &str) -> bool {
    results.get(key).unwrap_or_else(|| panic!("no {key}")).value == Value::Masked
}

#[test]
fn a_small_count_takes_a_second_one_of_its_group_and_of_its_level_with_it() {
    let shown = suppressed(&by_hospital(), &["hospital"], 5).results;
    let hidden = |key: &str, group: &str| masked(&shown, &format!("{key} | hospital = '{group}'"));
    assert!(hidden("sex[m].n", "east") && hidden("sex[f].n", "east"), "the 2 and what is left of 13");
    assert!(hidden("sex[m].n", "south") && hidden("sex[f].n", "south"), "the smallest beside them in both levels");
    assert!(!hidden("sex[m].n", "north") && !masked(&shown, "sex[m].n"), "nothing else");
    assert!(hidden("sex[m].p", "east") && hidden("sex[m].conf.low", "east") && !hidden("sex[m].N", "east"));
    assert!(masked(&shown, "age.min") && masked(&shown, "age.max") && !masked(&shown, "age.mean"));
}

#[test]
fn of_five_cases_little_is_left_at_a_limit_of_five() {
    let series = include_str!("../../../../data/cutaneous-calcinosis-2021/cases.csv");
    let inputs = Inputs::embedded("cases.csv", series).expect("readable");
    let settings = Settings { by: vec!["etiology".to_owned()], ..Settings::default() };
    let cohort = read_cohort(&inputs, &settings).expect("no error");
    let options = Options::default();
    let shown = suppress(summarize(&cohort, &options).0, &cohort, &options, 5).results;
    assert_consistent(&shown, 5);
    let value = |key: &str| shown.get(key).map(|row| row.value.clone());
    assert_eq!(value("cases"), Some(Value::Count(5)));
    assert_eq!(value("age.N"), Some(Value::Count(5)));
    assert_eq!(value("age.median"), Some(Value::Masked), "the value of one patient");
    let exact = |key: &str| matches!(value(key), Some(Value::Exact(_)));
    assert!(exact("age.mean") && exact("age.sd"), "of five patients");
    let groups = shown.iter().filter(|row| row.group.is_some());
    assert!(
        groups.into_iter().all(|row| matches!(row.value, Value::Masked | Value::Count(0) | Value::NotEstimable(_)))
    );
}

/// Knee 6/9 and hip 5/9: two of the nine have both, where each has one of them.
#[test]
fn two_items_do_not_tell_how_few_cases_have_both() {
    let rows = series(&[
        (3, ["", "f", "3", "hip", ""]),
        (4, ["", "m", "8", "knee", ""]),
        (2, ["", "f", "5", "hip; knee", ""]),
    ]);
    let shown = suppressed(&rows, &[], 3).results;
    assert!(masked(&shown, "sites[hip].n") && masked(&shown, "sites[hip].p"), "the smaller of the two");
    assert!(!masked(&shown, "sites[knee].n") && !masked(&shown, "sites.N_obs"));
    let shown = suppressed(&rows, &[], 2).results;
    assert!(!masked(&shown, "sites[hip].n"), "two cases are not few");
}

#[test]
fn the_attack_finds_what_is_masked_by_itself() {
    let form = |kinds: &[usize]| CountForm { key: String::new(), kinds: kinds.to_vec() };
    let forms = [form(&[0]), form(&[1]), form(&[0, 1])];
    let values = possible(2, &forms, &[vec![Print::Masked(1), Print::Shown(6), Print::Shown(8)]], 8);
    assert_eq!(values[0][0], [2].into());
    // Masked with the greatest of two groups only, a level is told by the other groups.
    let alone = [
        vec![Print::Shown(8), Print::Shown(8), Print::Shown(16)],
        vec![Print::Masked(1), Print::Masked(1), Print::Shown(8)],
        vec![Print::Shown(6), Print::Shown(2), Print::Shown(8)],
    ];
    assert_eq!(possible(2, &forms, &alone, 16)[1][0], [2].into());
}

#[test]
fn a_group_of_few_cases_is_masked_with_the_next_smallest() {
    let mut rows = by_hospital();
    rows.extend(series(&[(2, ["west", "f", "51", "hip", "a: none"])]));
    let shown = suppressed(&rows, &["hospital"], 5).results;
    for group in ["west", "east"] {
        for key in ["cases", "age.N", "age.mean", "age.median", "sites.N", "treatments.n_treated"] {
            assert!(masked(&shown, &format!("{key} | hospital = '{group}'")), "{key} of {group}");
        }
        assert!(masked(&shown, &format!("hospital[{group}].n")), "the level that makes the group");
    }
    let zero = shown.get("age.N_miss | hospital = 'west'").map(|row| &row.value);
    assert_eq!(zero, Some(&Value::Count(0)), "zeros are shown");
    let order: Vec<&str> =
        shown.iter().filter(|row| row.key.starts_with("cases |")).map(|row| row.key.as_str()).collect();
    assert_eq!(order, ["east", "north", "south", "west"].map(|group| format!("cases | hospital = '{group}'")));
}

#[test]
fn the_mean_of_few_cannot_be_computed_from_the_means_of_all_and_of_the_others() {
    let rows = series(&[
        (9, ["north", "f", "3", "hip", "none"]),
        (8, ["south", "f", "8", "hip", "none"]),
        (6, ["south", "f", "", "hip", "none"]),
        (2, ["east", "m", "7", "hip", "none"]),
        (9, ["east", "m", "", "hip", "none"]),
    ]);
    let shown = suppressed(&rows, &["hospital"], 5).results;
    let hidden = |key: &str, group: &str| masked(&shown, &format!("{key} | hospital = '{group}'"));
    assert!(hidden("age.mean", "east") && hidden("age.mean", "south"), "two means, of 10 values together");
    assert!(hidden("age.N", "south") && !hidden("age.N", "north"));
    assert!(masked(&shown, "age.mean"), "eight and two of the 10 values are the same");
    assert!(hidden("age.median", "north"), "fewer than 5 values on either side");
}

#[test]
fn names_are_left_out_where_they_tell_the_counts() {
    let rows: Vec<[String; 5]> =
        ["a", "b", "c", "d", "e"].map(|sex| ["north", sex, "", "", ""].map(str::to_owned)).into();
    let shown = suppressed(&rows, &[], 3);
    assert!(shown.results.get("sex[a].n").is_none() && masked(&shown.results, "sex.N_miss"));
    let said = "Levels left out, because their names and the number of cases would reveal the counts: sex.";
    assert!(shown.sentences.iter().any(|sentence| sentence == said), "{:?}", shown.sentences);
}

#[test]
fn fewer_cases_than_the_limit_are_masked_altogether() {
    let rows = series(&[(4, ["north", "f", "3", "hip", "none"])]);
    let shown = suppressed(&rows, &[], 5);
    assert!(shown.results.iter().all(|row| row.value == Value::Masked));
    let all = summarize(&cohort(&rows, &[]), &Options { suppress_below: Some(1), ..Options::default() }).0;
    assert_eq!(suppressed(&rows, &[], 1).results, all, "1 suppresses nothing");
}

#[test]
fn where_nothing_is_few_only_values_of_single_patients_are_masked() {
    let rows = series(&[(30, ["north", "f", "3", "hip", "a: complete"]), (30, ["south", "m", "4", "knee", "b: none"])]);
    let options = Options { suppress_below: Some(5), ..Options::default() };
    let all = summarize(&cohort(&rows, &["hospital"]), &options).0;
    let shown = suppressed(&rows, &["hospital"], 5);
    for (before, after) in all.iter().zip(shown.results.iter()) {
        assert_eq!(before.key, after.key);
        assert!(before == after || matches!(before.statistic, Statistic::Min | Statistic::Max), "{}", before.key);
    }
}

#[test]
fn levels_beside_a_masked_one_stand_in_natural_order() {
    let rows = series(&[
        (6, ["c10", "f", "3", "hip", "none"]),
        (9, ["c9", "f", "3", "hip", "none"]),
        (2, ["c1", "f", "3", "hip", "none"]),
    ]);
    let shown = suppressed(&rows, &[], 5).results;
    let order: Vec<&str> = shown
        .of("hospital")
        .filter(|row| row.statistic == Statistic::Cases)
        .filter_map(|row| row.level.as_deref())
        .collect();
    assert_eq!(order, ["c1", "c9", "c10"]);
}

#[test]
fn every_denominator_is_masked_with_what_it_shows() {
    let mut rows = by_hospital();
    rows.extend(series(&[(2, ["north", "", "3", "hip", "none"])]));
    let with = |denominator, percent| {
        let options = Options { denominator, percent, ..Options::default() };
        suppressed_with(&rows, &["hospital"], 5, &options).results
    };
    let bounds = with(Denominator::Bounds, Percent::Column);
    assert!(masked(&bounds, "sex[f].N") && masked(&bounds, "sex[f].bound.high"));
    let all = with(Denominator::All, Percent::Column);
    assert!(!masked(&all, "sex[f].N") && !masked(&all, "sex[f].p"), "of all cases, whose number is no secret");
    let row = with(Denominator::Reported, Percent::Row);
    for key in ["sex[f]", "sex[m]"] {
        for group in ["north", "south", "east"] {
            let hidden = |name: &str| masked(&row, &format!("{key}.{name} | hospital = '{group}'"));
            assert_eq!(hidden("N"), masked(&row, &format!("{key}.n")), "the total of a row is that of all cases");
            assert!(hidden("p") == (hidden("n") || hidden("N")));
        }
    }
    let cell = with(Denominator::Reported, Percent::Cell);
    assert!(masked(&cell, "sex[f].N | hospital = 'south'"), "the cases of all groups in which it is reported");
}

#[test]
fn comparisons_of_what_is_masked_are_masked() {
    let comparisons = Comparisons { tests: true, smd: true, ..Comparisons::default() };
    let options = Options { comparisons, ..Options::default() };
    let shown = suppressed_with(&by_hospital(), &["hospital"], 5, &options).results;
    assert!(masked(&shown, "sex.p.value") && masked(&shown, "sex.smd") && !masked(&shown, "age.p.value"));
    assert!(shown.comparison().is_some_and(|part| part.get("age.p.value").is_some()));
}

#[test]
fn many_levels_and_groups_take_linear_time() {
    let rows: Vec<[String; 5]> = (0..6_000_u32)
        .map(|n| {
            let level = format!("level {}", n % 2_000);
            [format!("h{}", n * 7919 % 40), level, n.to_string(), "hip".to_owned(), "none".to_owned()]
        })
        .collect();
    let shown = suppressed(&rows, &["hospital"], 5);
    assert!(masked(&shown.results, "sex[level 7].n") && shown.masked > 16_000, "{}", shown.masked);
}
