//! Groups: they add up, they change nothing of all cases, and each equals the cases of its filter.

use crate::support::{run, series, stdout, summary};
use serde_json::Value;
use std::collections::BTreeMap;

const HAND_WORKED: &str = "examples/hand-worked/cases.csv";

fn rows_of(summary: &Value) -> &Vec<Value> {
    summary["results"].as_array().expect("results")
}

/// The rows of all cases, or those whose key ends with a condition; the condition is taken off.
fn of_group(summary: &Value, condition: Option<&str>) -> Vec<Value> {
    let is_grouped = |row: &Value| !row["group1"].is_null() || !row["group1_level"].is_null();
    let mut found = Vec::new();
    for row in rows_of(summary) {
        let key = row["key"].as_str().expect("a key");
        match condition {
            None if !is_grouped(row) && row["context"] != "test" && row["context"] != "difference" => {
                found.push(row.clone());
            }
            Some(condition) if is_grouped(row) => {
                if let Some(plain) = key.strip_suffix(&format!(" | {condition}")) {
                    let mut row = row.clone();
                    row["key"] = plain.into();
                    found.push(row);
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn groups_change_nothing_of_all_cases() {
    for (input, by) in
        [(series("cases.csv"), "etiology"), (series("cases.json"), "sites"), (HAND_WORKED.into(), "sex,outcome")]
    {
        let plain = summary(&[&input]);
        let grouped = summary(&[&input, "--by", by, "--tests", "--smd"]);
        assert_eq!(of_group(&grouped, None), *rows_of(&plain), "{by}");
        assert_eq!(grouped["findings"], plain["findings"], "{by}");
    }
}

/// All cases of a group have the level that makes it; other items of a set are told by no group.
#[test]
fn a_variable_has_no_rows_in_the_groups_that_it_forms_unless_it_is_a_set() {
    let input = series("cases.csv");
    for (by, constant, has_rows) in [
        ("etiology", &["etiology"][..], &[][..]),
        ("sex,outcome", &["sex", "outcome"], &[]),
        ("sites", &[], &["sites"]),
        ("sex,sites", &["sex"], &["sites"]),
    ] {
        let grouped = summary(&[&input, "--by", by]);
        let is_of = |variable: &str, in_group: bool| {
            rows_of(&grouped).iter().any(|row| row["variable"] == variable && row["group1"].is_null() != in_group)
        };
        for variable in constant {
            assert!(is_of(variable, false) && !is_of(variable, true), "{variable} by {by}");
        }
        assert!(has_rows.iter().all(|variable| is_of(variable, true)), "{by}");
        let text = stdout(&["summarize", &input, "--by", by]);
        let has_line = |variable: &str| text.lines().any(|line| line.starts_with(variable));
        assert!(!constant.iter().any(|variable| has_line(variable)), "{by}: {text}");
    }
}

/// The key of a row of a group is the key and a filter: the filter keeps the cases of the group.
#[test]
fn a_group_is_the_cases_of_its_condition() {
    let input = series("cases.csv");
    for by in ["etiology", "sites", "inflammatory_syndrome", "sex,outcome"] {
        let grouped = summary(&[&input, "--by", by]);
        let keys = rows_of(&grouped).iter().filter_map(|row| row["key"].as_str());
        let conditions: Vec<String> = keys.filter_map(|key| key.strip_prefix("cases | ")).map(str::to_owned).collect();
        assert!(conditions.len() > 1, "{by}: {conditions:?}");
        for condition in conditions {
            let filtered = summary(&[&input, "--where", &condition]);
            let of_filter: BTreeMap<&str, &Value> =
                rows_of(&filtered).iter().map(|row| (row["key"].as_str().expect("a key"), &row["stat"])).collect();
            let group = of_group(&grouped, Some(&condition));
            // Where a part lacks a level, only a group shows it, at 0.
            let mut shared = 0;
            for row in &group {
                if let Some(stat) = of_filter.get(row["key"].as_str().expect("a key")) {
                    assert_eq!(&row["stat"], *stat, "{condition}: {}", row["key"]);
                    shared += 1;
                }
            }
            assert!(shared > 500, "{condition}: {shared} of {} statistics", group.len());
        }
    }
}

#[test]
fn cases_without_a_group_have_a_column_of_their_own_and_stay_in_overall() {
    let text = stdout(&["summarize", &series("cases.csv"), "--by", "inflammatory_syndrome", "--vars", "age"]);
    assert!(text.contains("yes, N = 3") && text.contains("no, N = 1"), "{text}");
    assert!(text.contains("inflammatory_syndrome not reported, N = 1"), "{text}");
    assert!(text.contains("Overall, N = 5") && text.contains("In 1 of 5 cases the group is not reported"), "{text}");
}

#[test]
fn overlapping_groups_say_so_and_are_not_tested() {
    let text = stdout(&["summarize", &series("cases.csv"), "--by", "sites", "--tests", "--vars", "sex"]);
    assert!(
        text.contains("knee, N = 5") && text.contains("buttock, N = 1") && text.contains("Overall, N = 5"),
        "{text}"
    );
    assert!(text.contains("the columns overlap; do not add them, and no test compares them"), "{text}");
    assert!(!text.contains("Fisher"), "{text}");
}

#[test]
fn what_cannot_make_groups_is_refused_with_what_can() {
    let input = series("cases.csv");
    for (by, message, remedy) in [
        ("age", "'age' is a number column and has no levels to group by", "--kind age=category"),
        ("etiolgy", "there is no column 'etiolgy'", "did you mean etiology"),
        ("case_id", "'case_id' identifies cases", "such as etiology or sex"),
        ("sex,sex", "'sex' is given twice", "name it once"),
    ] {
        let output = run(&["summarize", &input, "--by", by]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{by}");
        assert!(stderr.contains(message) && stderr.contains(remedy), "{by}: {stderr}");
    }
}

#[test]
fn more_than_two_hundred_groups_are_refused() {
    let rows: String = (0..250).map(|n| format!("P{n},g{n}\n")).collect();
    let (_folder, path) = crate::support::file("cases.csv", format!("case_id,ward\n{rows}"));
    let output = run(&["summarize", &path.to_string_lossy(), "--by", "ward"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.contains("ward gives more than 200 groups"), "{stderr}");
    assert!(stderr.contains("up to 10000 groups: --format json"), "{stderr}");
}

/// Beyond 256 groups the counts are kept in another form, which must not show.
#[test]
fn data_for_programs_have_more_groups_and_each_is_the_cases_of_its_condition() {
    let rows: String = (0..2_000)
        .map(|n| {
            format!("P{n},w{},{},{},hip; {}\n", n % 300, n * 7 % 90, ["f", "m", ""][n % 3], ["knee", "foot"][n % 2])
        })
        .collect();
    let (_folder, path) = crate::support::file("cases.csv", format!("case_id,ward,age,sex,sites\n{rows}"));
    let path = path.to_string_lossy().into_owned();
    let grouped = summary(&[&path, "--by", "ward"]);
    assert_eq!(of_group(&grouped, None), *rows_of(&summary(&[&path])));
    for ward in ["w0", "w7", "w299"] {
        let condition = format!("ward = '{ward}'");
        let filtered = summary(&[&path, "--where", &condition]);
        let of_filter: BTreeMap<&str, &Value> =
            rows_of(&filtered).iter().map(|row| (row["key"].as_str().expect("a key"), &row["stat"])).collect();
        let group = of_group(&grouped, Some(&condition));
        assert!(group.len() > 50, "{}", group.len());
        for row in group {
            if let Some(stat) = of_filter.get(row["key"].as_str().expect("a key")) {
                assert_eq!(&row["stat"], *stat, "{ward}: {}", row["key"]);
            }
        }
    }
    let by_csv = run(&["summarize", &path, "--by", "ward", "--vars", "age", "--format", "csv"]);
    let header = String::from_utf8_lossy(&by_csv.stdout);
    assert!(by_csv.status.success() && header.lines().next().is_some_and(|line| line.contains("\"w299, N = 6\"")));
}

/// The columns of a sheet are made of some groups at a time; with a report for reading beside it, of all at once.
#[test]
fn a_sheet_is_the_same_whether_its_columns_are_made_together_or_not() {
    let rows: String = (0..900)
        .map(|n| {
            format!("P{n},w{},{},{},hip; {}\n", n % 190, n * 7 % 90, ["f", "m", ""][n % 3], ["knee", "foot"][n % 2])
        })
        .collect();
    let (folder, path) = crate::support::file("cases.csv", format!("case_id,ward,age,sex,sites\n{rows}"));
    let (path, sheet, text) = (path.to_string_lossy(), folder.path().join("t.csv"), folder.path().join("t.txt"));
    for further in [&["--overall", "first"][..], &["--overall", "last", "--tests"], &["--like", "tableone-py"]] {
        let (sheet, text) = (sheet.to_string_lossy(), text.to_string_lossy());
        let arguments = [&["summarize", &*path, "--by", "ward"], further].concat();
        let alone = stdout(&[&arguments[..], &["--format", "csv"]].concat());
        run(&[&arguments[..], &["-o", &*sheet, "-o", &*text]].concat());
        assert_eq!(std::fs::read_to_string(&*sheet).expect("written"), alone, "{further:?}");
        assert!(alone.lines().next().is_some_and(|line| line.contains("\"w189, N = 4\"")), "{further:?}");
    }
}

#[test]
fn more_than_ten_thousand_groups_are_refused_in_every_format() {
    let rows: String = (0..10_001).map(|n| format!("P{n},g{n}\n")).collect();
    let (_folder, path) = crate::support::file("cases.csv", format!("case_id,ward\n{rows}"));
    let output =
        run(&["summarize", &path.to_string_lossy(), "--by", "ward", "--kind", "ward=category", "--format", "json"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.contains("ward gives more than 10000 groups"), "{stderr}");
    assert!(stderr.contains("name a column with fewer levels in --by"), "{stderr}");
}

#[test]
fn levels_that_no_case_has_are_groups_of_none() {
    let text = stdout(&["summarize", &series("cases.csv"), "--by", "sex", "--vars", "age"]);
    assert!(text.contains("female, N = 5") && text.contains("male, N = 0"), "{text}");
}

#[test]
fn percentages_add_up_in_the_direction_that_is_asked_for() {
    let input = series("cases.csv");
    let of = |direction: &str| summary(&[&input, "--by", "etiology", "--percent", direction]);
    let key = "certainty | etiology = 'juvenile dermatomyositis'";
    let p = |summary: &Value, key: &str| crate::support::row(summary, key)["stat_fmt"].as_str().map(str::to_owned);
    let key = format!("etiology_{}", key.replace("certainty", "certainty[definite].p"));
    assert_eq!(p(&of("column"), &key).as_deref(), Some("75"), "3 of 4");
    assert_eq!(p(&of("row"), &key).as_deref(), Some("75"), "3 of the 4 definite");
    assert_eq!(p(&of("cell"), &key).as_deref(), Some("60"), "3 of 5");
}

/// `in` and `like` mean something in a filter: the key of a group quotes them.
#[test]
fn the_condition_of_a_group_is_a_filter_whatever_the_column_is_called() {
    let (_folder, path) = crate::support::file("cases.csv", "case_id,like,x y\n1,it's,a\n2,no,b\n");
    let path = path.to_string_lossy().into_owned();
    for by in ["like", "x y"] {
        let grouped = summary(&[&path, "--by", by]);
        let keys = rows_of(&grouped).iter().filter_map(|row| row["key"].as_str()?.strip_prefix("cases | "));
        for condition in keys.map(str::to_owned).collect::<Vec<_>>() {
            assert_eq!(summary(&[&path, "--where", &condition])["cases"], 1, "{condition}");
        }
    }
}
