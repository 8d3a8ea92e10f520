//! Analysis results data against the rules of the R package `cards` 0.9, and against the JSON of the same run.

use super::SERIES;
use crate::support::{stdout, summary};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The standard order of `tidy_ard_column_order()`; `check_ard_structure()` requires all but the second, third and seventh.
const COLUMNS: [&str; 10] = [
    "variable",
    "variable_level",
    "context",
    "stat_name",
    "stat_label",
    "stat",
    "stat_fmt",
    "fmt_fun",
    "warning",
    "error",
];

fn rows() -> Vec<Value> {
    let text = stdout(&["summarize", SERIES, "--format", "ard-jsonl"]);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn columns_stand_in_the_order_of_cards() {
    let text = stdout(&["summarize", SERIES, "--format", "ard"]);
    assert_eq!(text.lines().next().unwrap(), COLUMNS.join(","));
    for row in rows() {
        assert_eq!(row.as_object().unwrap().keys().collect::<Vec<_>>(), COLUMNS);
        for column in ["variable", "context", "stat_name", "stat_label", "stat_fmt"] {
            assert!(row[column].is_string(), "{row}");
        }
        assert!(row["error"].is_null());
        assert_eq!(row["stat"].is_null(), row["warning"].is_string(), "{row}");
    }
}

#[test]
fn csv_and_lines_hold_the_same() {
    let text = stdout(&["summarize", SERIES, "--format", "ard"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let rows = rows();
    assert_eq!(records.len(), rows.len());
    for (record, row) in records.iter().zip(&rows) {
        for (cell, column) in record.iter().zip(COLUMNS) {
            let expected = match &row[column] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                number => number.to_string(),
            };
            assert_eq!(cell, expected, "{row}");
        }
    }
}

#[test]
fn a_statistic_stands_once_in_its_analysis() {
    let mut seen = BTreeSet::new();
    for row in rows() {
        let name = ["variable", "variable_level", "context", "stat_name"].map(|column| row[column].to_string());
        assert!(seen.insert(name), "{row}");
    }
}

#[test]
fn every_result_is_a_row_with_its_value() {
    let rows = rows();
    let mut known: BTreeMap<(String, String, String), Vec<&Value>> = BTreeMap::new();
    for row in &rows {
        let name =
            ["variable", "variable_level", "stat_name"].map(|column| row[column].as_str().unwrap_or("").to_owned());
        known.entry(name.into()).or_default().push(row);
    }
    let summary = summary(&[SERIES]);
    for result in summary["results"].as_array().unwrap() {
        let text = |member: &str| result[member].as_str().unwrap_or("").to_owned();
        let rate = text("rate");
        let variable = match (text("variable"), rate.as_str()) {
            (none, _) if none.is_empty() => "..ard_total_n..".to_owned(),
            (name, "" | "responders/evaluable") => name,
            (name, rate) => format!("{name}({rate})"),
        };
        let is_reason = text("stat_name") == "N_miss" && result["method"].is_string();
        let level = text("variable_level");
        // The limits of a mean and of a median are an analysis each, with the names of any interval.
        let name = match text("stat_name") {
            name if is_reason => format!("{name}_{}", text("method").replace(' ', "_")),
            limit if result["context"] == "continuous_ci" => {
                limit.replace("mean.", "conf.").replace("median.", "conf.")
            }
            name => name,
        };
        let found = known.get(&(variable, level, name)).unwrap_or_else(|| panic!("no row of {result}"));
        let stat = if result["date"].is_string() { &result["date"] } else { &result["stat"] };
        assert!(found.iter().any(|row| row["stat"] == *stat && row["stat_fmt"] == result["stat_fmt"]), "{result}");
    }
}

#[test]
fn the_pattern_of_a_number_prints_it() {
    let mut numbers = 0;
    for row in rows().iter().filter(|row| row["stat"].is_number()) {
        let printed = row["stat_fmt"].as_str().unwrap();
        let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        match &row["fmt_fun"] {
            Value::Number(n) => assert_eq!(n.as_u64(), Some(decimals as u64), "{row}"),
            Value::String(pattern) => {
                // The rule of `.check_fmt_string()`; no longer than the number, so that nothing is padded.
                let signs = pattern.strip_prefix('x').and_then(|rest| rest.strip_suffix('%')).expect("x...%");
                assert_eq!(signs.strip_prefix('.').unwrap_or(signs).len(), decimals, "{row}");
                assert!(pattern.len() - 1 <= printed.len());
            }
            other => panic!("{other} in {row}"),
        }
        numbers += 1;
    }
    assert!(numbers > 1000);
}

#[test]
fn contexts_are_those_of_cards_and_methods_are_said() {
    let rows = rows();
    let find = |variable: &str, level: Value, context: &str, name: &str| {
        let is =
            |row: &&Value| row["variable"] == variable && row["variable_level"] == level && row["context"] == context;
        rows.iter()
            .filter(is)
            .find(|row| row["stat_name"] == name)
            .unwrap_or_else(|| panic!("{variable} {context} {name}"))
    };
    let method = find("age", Value::Null, "summary", "method");
    assert_eq!(method["stat"], "sample SD, divisor N - 1; quantile type 7");
    assert_eq!(find("..ard_total_n..", Value::Null, "total_n", "N")["stat"], 5);
    assert_eq!(find("sites", json!("knee"), "tabulate", "p")["stat"], 1.0);
    assert_eq!(find("sites", Value::Null, "summary", "mean")["stat"], 3.2);
    assert_eq!(find("crp", Value::Null, "missing", "N_nonmiss")["stat"], 2);
    assert_eq!(find("crp", Value::Null, "missing", "p_miss")["stat_label"], "% Missing");
    assert_eq!(find("crp", Value::Null, "summary", "sd")["warning"], "one value has no SD");
    assert_eq!(find("ana_titer", Value::Null, "summary", "p75")["warning"], "censored: >1280");
    assert_eq!(find("age", Value::Null, "attributes", "label")["stat"], "age, years");
    assert_eq!(find("age", Value::Null, "attributes", "class")["stat"], "numeric");
    assert_eq!(find("sites", Value::Null, "attributes", "class")["stat"], "character");
    let interval: Vec<&str> = rows
        .iter()
        .filter(|row| {
            row["variable"] == "sex" && row["variable_level"] == "female" && row["context"] == "proportion_ci"
        })
        .map(|row| row["stat_name"].as_str().unwrap())
        .collect();
    assert_eq!(interval, ["N", "n", "estimate", "conf.low", "conf.high", "conf.level", "method"]);
    let contexts: BTreeSet<&str> = rows.iter().map(|row| row["context"].as_str().unwrap()).collect();
    let known = [
        "attributes",
        "continuous_ci",
        "median_ci",
        "missing",
        "proportion_ci",
        "response",
        "summary",
        "tabulate",
        "total_n",
    ];
    assert_eq!(contexts.into_iter().collect::<Vec<_>>(), known);
}
