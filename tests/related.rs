//! Related tables: files of patients, treatments and measurements; the sheets of a workbook.

mod five;
mod labs;
mod package;
mod phenopackets;
mod redcap;
mod treatments;

use crate::support::run;
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

/// A folder with files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Runs a command in a folder: words that name its files become their paths.
pub fn ran(folder: &Path, words: &[&str]) -> Ran {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let is_file = |name: &str| folder.join(name.split('!').next().unwrap()).is_file();
    let words: Vec<String> = words
        .iter()
        .map(|word| match word.split_once('=') {
            Some((name, file)) if is_file(file) => format!("{name}={}", path(file)),
            _ if is_file(word) => path(word),
            _ => (*word).to_owned(),
        })
        .collect();
    let output = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let stderr = text(output.stderr);
    assert!(!stderr.contains("panicked"), "{stderr}");
    Ran { stdout: text(output.stdout), stderr, code: output.status.code() }
}

/// The listing of all columns as CSV.
pub fn listed(folder: &Path, words: &[&str]) -> (String, String) {
    let words = [&["cases"], words, &["--columns", "all", "--format", "csv", "--details"]].concat();
    let ran = ran(folder, &words);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    (ran.stdout, ran.stderr)
}

/// The statistics of a summary.
pub fn results(folder: &Path, words: &[&str]) -> Value {
    let ran = ran(folder, &[&["summarize"], words, &["--format", "json"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    serde_json::from_str::<Value>(&ran.stdout).unwrap()["results"].clone()
}

/// Runs a summary that is refused.
pub fn refused(files: &[(&str, &str)], words: &[&str], parts: &[&str]) {
    let folder = folder(files);
    let ran = ran(folder.path(), &[&["summarize"], words].concat());
    assert_eq!(ran.code, Some(2), "{words:?}: {}", ran.stdout);
    for part in parts {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}

pub const PATIENTS: &str = "case_id,age,sex\nP1,6,female\nP2,5,female\nP3,10,male\nP4,7,male\n";

#[test]
fn every_row_is_of_a_case_or_refused_with_its_place() {
    let lines = "case_id,drug,line\nP1,prednisone,1\nP9,methotrexate,1\n,ivig,2\n";
    refused(
        &[("patients.csv", PATIENTS), ("lines.csv", lines)],
        &["patients.csv", "--table", "treatments=lines.csv"],
        &[
            "error[row-without-case]: a row of a case that the table of cases does not have",
            "lines.csv line 3, case P9, column case_id: 'P9'",
            "add the case, or remove the row",
            "lines.csv line 4",
        ],
    );
    for (table, text, parts) in [
        (
            "lines=lines.csv",
            "case_id,a,b\nP1,1,2\n",
            ["error[table-unclear]: it is not clear what the rows", "--table treatments="],
        ),
        ("treatments=lines.csv", "case_id,a,b\nP1,1,2\n", ["has no column of agents", "call that column agent"]),
        ("labs=lines.csv", "case_id,test\nP1,1\n", ["has no column of results", "call that column value"]),
        (
            "labs=lines.csv",
            "a,test,value\nP1,1,2\n",
            ["has no column of case IDs like 'case_id'", "call the column of the case case_id"],
        ),
        ("labs=lines.csv", "case_id,test,value\nP1,crp\n", ["error[ragged-row]", "lines.csv line 2"]),
        (
            "treatments=lines.csv",
            "case_id,drug,line\nP1,,1\nP2,a,first\n",
            ["a row of treatment without its agent", "the number of the treatment line is not a whole number"],
        ),
        (
            "labs=lines.csv",
            "case_id,test,value\nP1,,1\n",
            ["error[measurement-row]", "lines.csv line 2, case P1, column test"],
        ),
    ] {
        refused(&[("patients.csv", PATIENTS), ("lines.csv", text)], &["patients.csv", "--table", table], &parts);
    }
    let twice = PATIENTS.replace("P2", "P1");
    let files = [("patients.csv", twice.as_str()), ("lines.csv", "case_id,drug,line\nP1,a,1\n")];
    refused(
        &files,
        &["patients.csv", "--table", "treatments=lines.csv"],
        &["error[duplicate-case-id]", "patients.csv line 3"],
    );
    let files = [("patients.csv", "age,sex\n5,F\n"), ("lines.csv", "case_id,drug,line\nP1,a,1\n")];
    refused(
        &files,
        &["patients.csv", "--table", "treatments=lines.csv"],
        &["no column names the cases", "--id COLUMN"],
    );
    refused(&[("patients.csv", PATIENTS)], &["patients.csv", "--table", "labs"], &["write --table NAME=FILE"]);
    refused(&[("patients.csv", PATIENTS)], &["patients.csv", "--table", "labs=none.csv"], &["none.csv"]);
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let lines = "case_id,drug,start,stop\nP1,a,2014-01-01,2014-02-01\nP1,b,2014-01-20,\nP2,c,2015-01-01,\n";
    let labs =
        "case_id,test,value,unit,date\nP1,crp,5,mg/L,2014-01-01\nP1,crp,7,mg/L,2014-03-01\nP2,ck,9,U/L,2014-01-01\n";
    let turned = |text: &str| {
        let (header, rows) = text.split_once('\n').unwrap();
        let rows: Vec<&str> = rows.lines().rev().collect();
        format!("{header}\n{}\n", rows.join("\n"))
    };
    let words = ["patients.csv", "--table", "treatments=lines.csv", "--table", "labs=labs.csv"];
    let of = |lines: &str, labs: &str| {
        let folder = folder(&[("patients.csv", PATIENTS), ("lines.csv", lines), ("labs.csv", labs)]);
        results(folder.path(), &words)
    };
    assert_eq!(of(lines, labs), of(&turned(lines), &turned(labs)));
}
