//! What is printed has an end: of a long cell, of a wide sheet, of a cell that is in the key of many statistics.

use super::{Ran, run_files};
use crate::support::run;

/// A cell of this many letters stands in for one of megabytes.
const LONG: usize = 5_000;

/// The most letters in a row.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != 'x').map(str::len).max().unwrap_or(0)
}

/// The long text in each place of a table where it may end up in a message.
fn files() -> Vec<(&'static str, String)> {
    let long = "x".repeat(LONG);
    let rows = |row: fn(u32) -> String| (1..8).map(row).collect::<String>();
    let numbers = rows(|n| format!("P{n},{n},{n},2018-01-0{n}\n"));
    vec![
        ("id.csv", format!("case_id,age\n{long},5\n{long},6\n")),
        ("id2.csv", format!("case_id,age,hb\n{long},5,x1\nP,6,7\n")),
        ("header.csv", format!("case_id,{},a\nP1,5,6\nP2,x9,y\nP3,8,8\n", &long[..900])),
        ("long_header.csv", format!("case_id,{long},a\nP1,5,6\n")),
        ("numbers.csv", format!("case_id,crp,age,date\n{numbers}P9,{long},{long},{long}\n")),
        ("unit.csv", format!("case_id,crp\n{}P9,5 {long}\n", rows(|n| format!("P{n},{n} mg/L\n")))),
        ("set.csv", format!("case_id,sites\nP1,knee;hip\nP2,{long};hip\nP3,knee\n")),
        (
            "lines.csv",
            format!(
                "case_id,treatment,response\nP1,a: none; {long}: improved,{long}\nP2,a [{long}]: {long},complete\nP3,{long},partial\n"
            ),
        ),
        ("quote.csv", format!("case_id,note\nP1,\"a\"{long}\nP2,b\"{long}\n")),
        ("ragged.csv", format!("case_id,note\nP1,a,{long}\nP2,b,c,{long}\n")),
        ("sex.csv", format!("case_id,sex,age\nP1,F,5\nP2,{long},6\nP3,M,7\nP4,M,2 {long}\n")),
        ("words.csv", format!("case_id,fever,outcome\nP1,yes,alive\nP2,no,dead\nP3,{long},{long}\n")),
        (
            "cases.json",
            format!(
                "[{{\"case_id\":\"P1\",\"{long}\":5,\"b\":{{\"{long}\":1}}}},{{\"case_id\":\"P2\",\"b\":\"{long}\"}}]"
            ),
        ),
        ("member.json", format!("[{{\"case_id\":\"P1\",\"{long}\":5}},{{\"case_id\":\"P2\",\"{long}\":6}}]")),
        ("bad.json", format!("[{{\"case_id\":\"P1\",\"b\":{long}}}]")),
    ]
}

#[test]
fn messages_show_at_most_200_characters_of_a_cell() {
    for (name, content) in files() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), content).unwrap();
        for command in [
            &["summarize", name][..],
            &["validate", name],
            &["cases", name, "--columns", "case_id"],
            &["get", name, "--list"],
        ] {
            let ran = super::run_in(folder.path(), command);
            assert!(
                longest_run(&ran.stderr) <= 200,
                "{command:?}: {} letters:\n{:.900}",
                longest_run(&ran.stderr),
                ran.stderr
            );
            assert!(ran.stderr.len() < 12_000, "{command:?}: {} bytes of messages", ran.stderr.len());
        }
        for format in ["json", "sarif"] {
            let ran = super::run_in(folder.path(), &["validate", name, "--format", format]);
            assert!(ran.stdout.len() < 40_000, "{name}, {format}: {} bytes", ran.stdout.len());
        }
    }
}

/// The summary names a level in the key of each of its statistics.
#[test]
fn a_long_level_is_not_repeated_in_every_key() {
    for (name, content) in files() {
        for format in ["json", "text"] {
            let ran = run_files(&[(name, content.as_bytes())], &["--format", format]);
            assert!(longest_run(&ran.stdout) <= 1000, "{name}, {format}: {}", longest_run(&ran.stdout));
            assert!(ran.stdout.len() < 200_000, "{name}, {format}: {} bytes", ran.stdout.len());
        }
    }
    // Two long texts with one beginning are two items, and each is found by its key.
    let long = "x".repeat(LONG);
    let content = format!("case_id,sites\nP1,knee;{long}a\nP2,{long}b;hip\nP3,{long}b;knee\n");
    let ran = run_files(&[("cases.csv", content.as_bytes())], &["--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let rows = summary["results"].as_array().unwrap();
    let long_items: Vec<u64> = rows
        .iter()
        .filter(|row| {
            row["stat_name"] == "n" && row["variable_level"].as_str().is_some_and(|level| level.starts_with("xxx"))
        })
        .map(|row| row["stat"].as_u64().unwrap())
        .collect();
    assert_eq!(long_items.iter().sum::<u64>(), 3, "{long_items:?}");
}

#[test]
fn a_name_of_a_column_over_1000_characters_is_refused() {
    for (name, content) in [
        ("cases.csv", format!("case_id,{}\nP1,5\n", "é".repeat(1001))),
        ("cases.json", format!("[{{\"case_id\":\"P1\",\"{}\":5}}]", "é".repeat(1001))),
    ] {
        let ran: Ran = run_files(&[(name, content.as_bytes())], &[]);
        super::says(&ran, 2, &["error[long-header]: the name of column 2 has 1001 characters"]);
    }
    let ran = run_files(&[("cases.csv", format!("case_id,{}\nP1,5\n", "é".repeat(1000)).as_bytes())], &[]);
    super::says(&ran, 0, &[]);
}

#[test]
fn more_columns_than_any_report_has_are_refused_before_they_take_memory() {
    let header: String = (0..50_000).map(|n| format!(",c{n}")).collect();
    let ran = run_files(&[("cases.csv", format!("case_id{header}\nP1,5\n").as_bytes())], &[]);
    super::says(&ran, 2, &["error[too-many-columns]: there are 50001 columns; at most 50000 are read\n  cases.csv"]);
}

#[test]
fn a_wide_sheet_with_one_fault_in_every_column_has_a_page_of_messages() {
    let columns = 200;
    let header: String = (0..columns).map(|n| format!(",lab{n}")).collect();
    let row = |cell: &str| format!(",{cell}").repeat(columns);
    let content = format!("case_id{header}\nP1{}\nP2{}\nP3{}\n", row("5"), row("7 mg/L"), row("12-15"));
    let ran = run_files(&[("cases.csv", content.as_bytes())], &["--format", "csv"]);
    assert!(ran.stderr.len() < 15_000, "{} bytes:\n{:.3000}", ran.stderr.len(), ran.stderr);
    assert!(
        ran.stderr.contains(": and in 180 more columns; validate --format json has them all\n"),
        "{:.3000}",
        ran.stderr
    );
}

#[test]
fn the_longest_messages_of_this_program_are_whole() {
    let output = run(&["summarize", "--example", "--where", "age <"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!text.contains('…'), "{text}");
}

/// Of each of 1,100 items a share in each of 1,100 groups would be more than any program reads.
#[test]
fn shares_of_many_levels_in_many_groups_are_refused_with_rows_that_can_be_had() {
    let items = |from: u32| (from..from + 11).map(|item| format!("i{item}")).collect::<Vec<_>>().join(";");
    let rows: String =
        (0..100).map(|row| format!("P{row},{},{}\n", if row % 2 == 0 { "F" } else { "M" }, items(row * 11))).collect();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), format!("case_id,sex,items\n{rows}")).unwrap();
    let command = ["summarize", "cases.csv", "--by", "items", "--format", "json", "--kind", "items=set"];
    let refused = super::run_in(folder.path(), &command);
    assert!(refused.stderr.contains("1100 groups have"), "{}", refused.stderr);
    let remedy = refused.stderr.split("--vars ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
    let had = super::run_in(folder.path(), &[&command[..], &["--vars", remedy]].concat());
    assert_eq!(had.code, Some(0), "{}", had.stderr);
    assert!(had.stdout.contains("sex[female]"));
}
