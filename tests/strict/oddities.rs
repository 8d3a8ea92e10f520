//! Oddities as they are typed, and what each means in six columns.
//!
//! The list is data, written by hand: a text, then its meaning beside two plain cells in a column of weights in kg, of
//! scores, of ages, of titres, of dates and of codes. A value is written as it is in the unit of the column (`30/12` is a
//! fraction), a bound with its sign, a status behind it. `!` is unreadable, `stated` a word in place of a value, `=` a
//! level as it is written, and nothing is missing.

use super::run_in;
use serde_json::Value;
use std::fmt::Write as _;

/// A header, its role if it is not that of the header, and two plain cells.
struct Column {
    header: &'static str,
    role: Option<&'static str>,
    near: [&'static str; 2],
}

const COLUMNS: [Column; 6] = [
    Column { header: "weight @ (kg)", role: None, near: ["70", "72.5"] },
    Column { header: "score @", role: None, near: ["10.5", "11"] },
    Column { header: "years @", role: Some("age"), near: ["30", "45"] },
    Column { header: "ana titre @", role: Some("lab"), near: ["1:80", "1:160"] },
    Column { header: "seen @", role: None, near: ["2020-01-02", "2019-12"] },
    Column { header: "code @", role: None, near: ["1a", "3B"] },
];

/// Texts of one run, each with columns of its own.
const AT_ONCE: usize = 25;

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// The cells of the third case: for each text those of its columns.
fn read(columns: &[Column], texts: &[&str]) -> Vec<Vec<Value>> {
    let named = |column: &Column, n: usize| column.header.replace('@', &n.to_string());
    let all = || texts.iter().enumerate().flat_map(|(n, text)| columns.iter().map(move |column| (n, *text, column)));
    let mut sheet = String::from("case_id");
    all().for_each(|(n, _, column)| write!(sheet, ",{}", named(column, n)).unwrap());
    for row in 0..3 {
        write!(sheet, "\nP{row}").unwrap();
        all().for_each(|(_, text, column)| {
            write!(sheet, ",{}", quoted(column.near.get(row).copied().unwrap_or(text))).unwrap();
        });
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), sheet + "\n").unwrap();
    let roles = all().filter_map(|(n, _, column)| Some(format!("--role={}={}", named(column, n), column.role?)));
    let roles: Vec<String> = roles.collect();
    let mut arguments = vec!["cases", "cases.csv", "--columns", "all", "--format", "json", "--id", "case_id"];
    arguments.extend(roles.iter().map(String::as_str));
    let ran = run_in(folder.path(), &arguments);
    let cases: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let case = &cases["cases"][2];
    let name = |column: &Column, n: usize| named(column, n).replace(" (kg)", "");
    (0..texts.len()).map(|n| columns.iter().map(|column| case[name(column, n)].clone()).collect()).collect()
}

/// True where a cell of the listing means what is expected of the text.
fn agrees(found: &Value, expected: &str, text: &str) -> bool {
    match (found, expected) {
        (Value::Null, expected) => expected.is_empty(),
        (Value::String(level), "=") => level == text.trim(),
        (Value::String(level), expected) => level == expected,
        (found, "!") => found["unreadable"].is_string(),
        (found, "stated") => found["value"].is_null() && found["text"].is_string() && found["unreadable"].is_null(),
        (found, expected) => is_number(found, expected),
    }
}

fn is_number(found: &Value, expected: &str) -> bool {
    let (number, status) = expected.split_once(' ').unwrap_or((expected, ""));
    let at = number.find(|c: char| c.is_ascii_digit() || c == '-').unwrap_or(number.len());
    let (sign, number) = number.split_at(at);
    let value = match number.split_once('/') {
        Some((above, below)) => above.parse::<f64>().and_then(|above| Ok(above / below.parse::<f64>()?)),
        None => number.parse::<f64>(),
    };
    let is_same =
        |value: f64| found["value"].as_f64().is_some_and(|found| (found - value).abs() <= 1e-12 * value.abs());
    value.is_ok_and(is_same)
        && found["op"].as_str().unwrap_or_default() == sign
        && found["status"].as_str().unwrap_or_default() == status
}

fn check(list: &str, columns: &[Column], at_least: usize) {
    let rows: Vec<Vec<&str>> = list.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    assert!(rows.len() >= at_least, "only {} oddities", rows.len());
    let mut wrong = Vec::new();
    for rows in rows.chunks(AT_ONCE) {
        let texts: Vec<&str> = rows.iter().map(|row| row[0]).collect();
        for (row, found) in rows.iter().zip(read(columns, &texts)) {
            assert_eq!(row.len(), columns.len() + 1, "{row:?}");
            for ((column, expected), found) in columns.iter().zip(&row[1..]).zip(found) {
                if !agrees(&found, expected, row[0]) {
                    wrong.push(format!("{} in {}: {found}, not {expected}", row[0], column.header));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_oddity_means_what_is_written_of_it() {
    check(include_str!("oddities.tsv"), &COLUMNS, 1_000);
}

#[test]
fn a_wrong_meaning_is_seen() {
    let value = serde_json::json!({"text": "12", "value": 12});
    assert!(agrees(&value, "12", "12") && agrees(&value, "24/2", "12"));
    for wrong in ["", "!", "=", "stated", "13", ">12", "12 high"] {
        assert!(!agrees(&value, wrong, "12"), "{wrong}");
    }
    assert!(agrees(&serde_json::json!({"unreadable": "1a"}), "!", "1a"));
    assert!(!agrees(&serde_json::json!({"unreadable": "1a"}), "1", "1a"));
}
