//! Long listings: written by several threads, sorted with a file, the same whatever the threads.

use super::listed;
use std::fmt::Write as _;

/// Cases with cells of every state, in some blocks.
fn many() -> String {
    let mut text = "id,age,sex,hb,crp,sites,treatment,note\n".to_owned();
    for at in 0..12_000_u32 {
        let age = ["", "30 months", "7", "64.5", "91", "not known"][at as usize % 6];
        let hb = ["8.4", "12", "16.1 (high)", "normal", "<5", "x-y", ""][at as usize % 7];
        let sites = ["knee;elbow", "none", "", "\"left, elbow\"", "hip;knee;left foot"][at as usize % 5];
        let lines = ["a: complete", "a + b: none; c: partial", "none", ""][at as usize % 4];
        let note = if at % 11 == 0 { "\"a \"\"quoted\"\"\nnote\"" } else { "=1+1" };
        let sex = if at % 3 == 0 { "F" } else { "M" };
        writeln!(text, "P{at},{age},{sex},{hb},{},{sites},{lines},{note}", at * 7919 % 4001).unwrap();
    }
    text
}

const SCHEMA: &str = r#"{"fields": [{"name": "hb", "type": "number", "calcSeries": {"role": "lab", "referenceRanges": [
    {"sex": "F", "low": 9, "high": 14, "source": "a book"}, {"sex": "M", "low": 10, "high": 16, "age": [5, 120], "source": "a book"}]}}],
    "fieldsMatch": "subset"}"#;

#[test]
fn threads_change_no_listing() {
    let text = many();
    assert!(text.len() > 500_000, "{} bytes are few blocks", text.len());
    let all: &[&[&str]] = &[
        &["--format", "csv"],
        &["--format", "tsv", "--columns", "all"],
        &["--format", "jsonl", "--columns", "all"],
        &["--format", "json"],
        &["--format", "text"],
        &["--format", "text", "--width", "100", "--columns", "id,hb,labs,sites"],
        &["--format", "csv", "--sort", "age:desc"],
        &["--format", "text", "--sort", "sites", "--sort", "crp:desc", "--where", "sex = 'F'"],
    ];
    for options in all {
        let one = listed(&text, SCHEMA, &[options, &["--threads", "1"][..]].concat());
        let more = listed(&text, SCHEMA, &[options, &["--threads", "3"][..]].concat());
        assert!(one == more, "{options:?}");
    }
}

#[test]
fn a_long_listing_is_sorted_like_its_rows() {
    let text = many();
    let sorted = listed(&text, SCHEMA, &["--format", "csv", "--sort", "crp:desc"]);
    let mut lines: Vec<(u32, usize, &str)> = Vec::new();
    let unsorted = listed(&text, SCHEMA, &["--format", "csv", "--columns", "id,crp"]);
    for (at, line) in unsorted.lines().skip(1).enumerate() {
        let (id, crp) = line.split_once(',').unwrap();
        lines.push((crp.parse().unwrap(), at, id));
    }
    // Equal values stay in the order of the file.
    lines.sort_by_key(|(crp, at, _)| (std::cmp::Reverse(*crp), *at));
    let mut reader = csv::Reader::from_reader(sorted.as_bytes());
    let ids: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
    assert_eq!(ids, lines.iter().map(|(_, _, id)| (*id).to_owned()).collect::<Vec<_>>());
}
