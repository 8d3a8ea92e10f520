//! Odds ratios and risk ratios of two groups.

use crate::support::{file, row, run, stdout, summary};
use serde_json::Value;

/// Cases of two arms with and without the outcome: a, b of the treated, c, d of the placebo group.
fn cases([a, b, c, d]: [usize; 4]) -> String {
    let of = |arm: &str, died: &str, n: usize| format!("{arm},{died}\n").repeat(n);
    let rows = [of("treated", "yes", a), of("treated", "no", b), of("placebo", "yes", c), of("placebo", "no", d)];
    let numbered = rows.concat().lines().enumerate().map(|(n, row)| format!("{n},{row}\n")).collect::<String>();
    format!("id,arm,died\n{numbered}")
}

fn assert_near(object: &Value, key: &str, expected: &str) {
    let row = row(object, key);
    match expected {
        "" | "inf" => assert_eq!(row["reason_code"], "empty-cell", "{row}"),
        number => {
            let (found, expected) = (row["stat"].as_f64().expect("a number"), number.parse::<f64>().expect("a number"));
            assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{row}: {expected}");
        }
    }
}

#[test]
fn the_ratios_of_the_oracle_come_out_of_the_command_line() {
    let lines = include_str!("../oracle/odds.csv").lines().skip(2);
    let mut tables = 0;
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let table = [0, 1, 2, 3].map(|at| cells[at].parse().expect("a count"));
        let (_folder, path) = file("cases.csv", cases(table));
        let path = path.to_string_lossy();
        let asked = |more: &[&str]| summary(&[&[&path, "--by", "arm", "--kind", "died=binary"], more].concat());
        let found = asked(&["--odds-ratio", "--risk-ratio"]);
        let sample = asked(&["--odds-ratio=sample"]);
        for (end, suffix) in ["", ".low", ".high"].into_iter().enumerate() {
            assert_near(&found, &format!("died[yes].odds_ratio{suffix}"), cells[4 + end]);
            assert_near(&sample, &format!("died[yes].odds_ratio{suffix}"), cells[7 + end]);
            assert_near(&found, &format!("died[yes].risk_ratio{suffix}"), cells[10 + end]);
        }
        assert_eq!(row(&found, "died[yes].odds_ratio")["contrast"], "treated / placebo");
        tables += 1;
    }
    assert_eq!(tables, 10);
}

#[test]
fn a_table_shows_ratios_and_says_how_they_were_made() {
    let (_folder, path) = file("cases.csv", cases([3, 1, 1, 3]));
    let text = stdout(&["summarize", &path.to_string_lossy(), "--by", "arm", "--odds-ratio", "--risk-ratio"]);
    for part in [
        "odds ratio treated / placebo (95% CI)",
        "6.41 (0.21 to 626.24)",
        "3.00 (0.50 to 17.95)",
        "Ratios are treated / placebo, of a level against all others: conditional maximum likelihood",
        "Katz",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let turned = ["--by", "arm", "--risk-ratio", "--reference", "treated"];
    let text = stdout(&[&["summarize", &path.to_string_lossy()], &turned[..]].concat());
    assert!(text.contains("risk ratio placebo / treated"), "{text}");
}

#[test]
fn a_ratio_needs_two_groups() {
    let (_folder, path) = file("cases.csv", "id,arm,died\n1,a,yes\n2,b,no\n3,c,no\n");
    for option in ["--odds-ratio", "--risk-ratio"] {
        let output = run(&["summarize", &path.to_string_lossy(), "--by", "arm", option]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(&format!("{option} needs two groups, and there are 3")), "{stderr}");
    }
}
