//! A cell has one meaning: statistics, filters, groups, listings and validation all give that one, whatever the form
//! of the file and the number of threads.

use super::{run_files, run_in, stat, warned};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

/// The statistics of these keys.
fn stats(summary: &Value, keys: &[&str]) -> Value {
    keys.iter().map(|key| stat(summary, key).clone()).collect()
}

/// The number that `get` prints for a key.
fn got(folder: &Path, arguments: &[&str]) -> f64 {
    let ran = run_in(folder, &[&["get", "--raw"], arguments].concat());
    ran.stdout.trim().parse().unwrap_or_else(|_| panic!("{arguments:?}: {}{}", ran.stdout, ran.stderr))
}

/// The files of a column of numbers: CSV, and JSON with numbers and texts as they are.
fn forms(header: &str, cells: &[&str]) -> [(&'static str, String); 3] {
    let csv = cells.iter().enumerate().map(|(n, cell)| format!("P{n},\"{cell}\"\n"));
    let value = |cell: &str| serde_json::from_str::<serde_json::Number>(cell).map_or(json!(cell), |_| json!("@"));
    let case = |(n, cell): (usize, &&str)| {
        // The digits of a number stand in the file as they are written here.
        json!({"case_id": format!("P{n}"), header: value(cell)}).to_string().replace("\"@\"", cell)
    };
    let cases: Vec<String> = cells.iter().enumerate().map(case).collect();
    let lines: String = cases.iter().map(|case| format!("{case}\n")).collect();
    [
        ("cases.csv", format!("case_id,{header}\n{}", csv.collect::<String>())),
        ("cases.json", format!("[{}]", cases.join(","))),
        ("cases.jsonl", lines),
    ]
}

#[test]
fn a_number_that_is_declared_missing_is_in_no_statistic() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in forms("score", &["2", "9999", "3", "9999.0", "-9"]) {
        std::fs::write(folder.path().join(name), &text).unwrap();
        let options = [name, "--missing", "9999", "--missing=-9", "--missing", "9999.0"];
        let of = |key: &str| got(folder.path(), &[&[options[0], key], &options[1..]].concat());
        assert_eq!([of("score.mean"), of("score.N"), of("score.N_miss")], [2.5, 2.0, 3.0], "{name}");
        assert_eq!(of("score.mean | score > 0"), 2.5, "{name}");
    }
}

#[test]
fn the_missing_values_of_a_schema_may_be_numbers() {
    let field = |missing: &str| {
        format!(r#"{{"fields": [{{"name": "case_id"}}, {{"name": "score", "type": "number"{missing}}}]"#)
    };
    let schemas = [
        format!(r#"{}, "missingValues": ["", "9999"]}}"#, field("")),
        format!(r#"{}, "missingValues": ["", {{"value": "9999", "label": "not done"}}]}}"#, field("")),
        field(r#", "missingValues": ["9999"]"#) + "}",
        field(r#", "missingValues": [{"value": "9999", "label": "not done"}]"#) + "}",
    ];
    for schema in schemas {
        for (name, text) in forms("score", &["2", "9999", "3"]) {
            let files = [(name, text.as_bytes()), ("s.json", schema.as_bytes())];
            let ran = run_files(&files[..1], &[]);
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
            let folder = tempfile::tempdir().unwrap();
            files.iter().for_each(|(name, text)| std::fs::write(folder.path().join(name), text).unwrap());
            let of = |key: &str| got(folder.path(), &[name, key, "--schema", "s.json"]);
            assert_eq!([of("score.mean"), of("score.N_miss")], [2.5, 1.0], "{name} {schema}");
        }
    }
}

#[test]
fn a_number_may_be_stated_to_be_a_word() {
    let schema = r#"{"fields": [{"name": "case_id"}, {"name": "titer", "type": "number", "calcSeries": {"stated": {"0": "negative"}}}]}"#;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("s.json"), schema).unwrap();
    for (name, text) in forms("titer", &["0", "80", "0", "160"]) {
        std::fs::write(folder.path().join(name), &text).unwrap();
        let of = |key: &str| got(folder.path(), &[name, key, "--schema", "s.json"]);
        assert_eq!([of("titer.mean"), of("titer.N_stated"), of("titer.N")], [120.0, 2.0, 2.0], "{name}");
        assert_eq!(of("titer.min | titer >= 0"), 80.0, "{name}");
    }
}

#[test]
fn an_age_that_cannot_be_is_unreadable_in_every_form() {
    for (name, text) in forms("age", &["6", "-99", "8", "9999"]) {
        let ran = run_files(&[(name, text.as_bytes())], &["--format", "json"]);
        assert!(ran.stderr.contains("warning[negative-age]: an age below 0"), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains("warning[impossible-age]: an age above 150 years"), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains("case P1, column age: '-99'"), "{name}: {}", ran.stderr);
        let summary: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(
            stats(&summary, &["age.N", "age.N_unreadable", "age.mean", "age.max"]),
            json!([2, 2, 7.0, 8.0]),
            "{name}"
        );
    }
}

#[test]
fn a_number_with_a_zero_in_front_is_not_another_number() {
    let file = "case_id,code\nP1,099\nP2,99\nP3,99\n";
    let codes = warned(file, &["--kind", "code=category"], &["warning[look-alike-levels]"]);
    assert_eq!(stats(&codes, &["code[99].n", "code[099].n"]), json!([2, 1]));
    let file = "case_id,score\nP1,099\nP2,99\nP3,1\n";
    let missing = warned(file, &["--missing", "99"], &["warning[missing-code-likely]"]);
    assert_eq!(stats(&missing, &["score.N", "score.N_miss", "score.mean"]), json!([2, 1, 50.0]));
}

/// What the listing says of a column: values, bounds, words, unreadable and missing cells.
#[derive(Debug, Default, PartialEq)]
struct Listed {
    values: Vec<f64>,
    bounds: u64,
    stated: u64,
    unreadable: u64,
    missing: u64,
}

fn listed(cases: &Value, column: &str) -> Listed {
    let mut all = Listed::default();
    for case in cases["cases"].as_array().expect("cases") {
        let cell = &case[column];
        match (cell, &cell["unreadable"], cell["value"].as_f64(), &cell["op"]) {
            (Value::Null, ..) => all.missing += 1,
            (_, Value::String(_), ..) => all.unreadable += 1,
            (_, _, Some(_), Value::String(_)) => all.bounds += 1,
            (_, _, Some(value), _) => all.values.push(value),
            (_, _, None, _) => all.stated += 1,
        }
    }
    all
}

fn assert_same(summary: &Value, listed: &Listed, column: &str) {
    let of = |name: &str| stat(summary, &format!("{column}.{name}")).as_f64();
    let count = |name: &str| of(name).unwrap_or(0.0) as u64;
    let n = listed.values.len() as u64;
    let counts = [n + listed.bounds, listed.bounds, listed.stated, listed.unreadable, listed.missing];
    // Rows that count nothing are left out.
    let optional = |name: &str| {
        summary["results"]
            .as_array()
            .is_some_and(|rows| rows.iter().any(|row| row["key"] == format!("{column}.{name}")))
    };
    let names = ["N", "N_censored", "N_stated", "N_unreadable", "N_miss"];
    assert_eq!(names.map(|name| if optional(name) { count(name) } else { 0 }), counts);
    if listed.bounds > 0 || n == 0 {
        return assert_eq!(of("mean"), None);
    }
    let mean = listed.values.iter().sum::<f64>() / n as f64;
    let printed = of("mean").expect("a mean");
    assert!((printed - mean).abs() <= 1e-9 * mean.abs().max(1.0), "{printed} {mean}");
    assert_eq!(of("min"), listed.values.iter().copied().reduce(f64::min));
    assert_eq!(of("max"), listed.values.iter().copied().reduce(f64::max));
}

const CELLS: [&str; 43] = [
    "2",
    "3",
    "17",
    "0",
    "1",
    "9999",
    "-9",
    "-3",
    "2.50",
    "0.125",
    "099",
    "007",
    "70000",
    "123456.789",
    "1e3",
    "+4",
    "<5",
    ">1280",
    "normal",
    "positive",
    "NR",
    "",
    "unknown",
    "12 U/L",
    "15 U/L (high)",
    "12-15",
    "1:80",
    "2018-03-14",
    "x",
    "1.2482900000000001",
    "10 days",
    "3 wk",
    "2y6m",
    "6 m",
    "12+",
    "12*",
    "1a",
    "1.2 (0.8-1.5)",
    "-",
    "(–)",
    "ND",
    "#REF!",
    "-ve",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn each_statistic_is_the_one_of_the_values_that_are_listed(
        cells in prop::collection::vec(prop::sample::select(CELLS.to_vec()), 1..60),
        threads in 1_u8..8,
        form in 0_usize..3,
        column in prop::sample::select(vec!["crp", "age", "score", "follow_up"]),
    ) {
        let schema = r#"{"fields": [{"name": "case_id"}, {"name": "COLUMN", "type": "number", "calcSeries": {"stated": {"0": "negative"}}}], "missingValues": ["", "NR", "unknown", "17"]}"#;
        let folder = tempfile::tempdir().unwrap();
        let (name, text) = forms(column, &cells)[form].clone();
        std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::write(folder.path().join("s.json"), schema.replace("COLUMN", column)).unwrap();
        let threads = threads.to_string();
        let options = [name, "--schema", "s.json", "--missing", "9999", "--missing=-9", "--format", "json", "--threads", &threads];
        let summary = run_in(folder.path(), &[&["summarize"], options.as_slice()].concat());
        let cases = run_in(folder.path(), &[&["cases"], options.as_slice(), &["--columns", "all"]].concat());
        let read = |text: &str| -> Value { serde_json::from_str(text).expect("JSON") };
        assert_same(&read(&summary.stdout), &listed(&read(&cases.stdout), column), column);
    }
}
