//! Related tables: files of patients, treatments and measurements; the sheets of a workbook.

mod events;
mod five;
mod five_packets;
mod five_redcap;
mod joined;
mod labs;
mod names;
mod package;
mod phenopackets;
mod redcap;
mod standards;
mod treatments;
mod wide;

use crate::strict::advice;
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
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let output = run(&words);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let stderr = text(output.stderr);
    assert!(!stderr.contains("panicked"), "{stderr}");
    advice::paste(folder, &words, &stderr);
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
            "case_id,a,b\nP1,1,2\nP1,1,3\n",
            [
                "error[rows-not-told-apart]: two rows of one case that differ, the first at line 2",
                "--table treatments=",
            ],
        ),
        ("treatments=lines.csv", "case_id,a,b\nP1,1,2\n", ["has no column of agents", "call that column agent"]),
        ("labs=lines.csv", "case_id,test\nP1,1\n", ["has no column of results", "call that column value"]),
        (
            "labs=lines.csv",
            "a,test,value\nx,1,2\n",
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

#[test]
fn the_cases_and_their_visits_may_be_in_several_files() {
    let more = "case_id,age,sex\nP5,8,female\n";
    let lines = "case_id,drug,line\nP1,a,1\nP5,b,1\n";
    let files = folder(&[("patients.csv", PATIENTS), ("more.csv", more), ("lines.csv", lines)]);
    let words = ["patients.csv", "more.csv", "--table", "treatments=lines.csv"];
    let (cells, _) = listed(files.path(), &words);
    assert!(cells.contains("P1,6,female,1 a\n") && cells.ends_with("P5,8,female,1 b\n"), "{cells}");
    // Every file that was read is an input with its hash; the number of cases is known of no part of them.
    let json = ran(files.path(), &[&["summarize"], &words[..], &["--format", "json"]].concat()).stdout;
    let inputs = serde_json::from_str::<Value>(&json).unwrap()["inputs"].clone();
    let named: Vec<&Value> = inputs.as_array().unwrap().iter().map(|input| &input["name"]).collect();
    assert_eq!(named, ["patients.csv", "more.csv", "lines.csv"], "{inputs}");
    assert!(inputs.as_array().unwrap().iter().all(|input| input["cases"].is_null() && input["sha256"].is_string()));
    let one = ran(files.path(), &["summarize", "patients.csv", "--table", "treatments=empty.csv"]);
    assert_eq!(one.code, Some(2), "{}", one.stderr);
    // One file a visit, and a place in the file of each cell.
    let first = "pid,visit,weight,sex\nA,1,10,F\nB,1,20,M\n";
    let second = "pid,visit,weight,sex\nA,2,x,F\nB,2,21,M\n";
    let visits = folder(&[("first.csv", first), ("second.csv", second)]);
    let (cells, said) = listed(visits.path(), &["first.csv", "second.csv", "--case", "pid", "--visit", "visit"]);
    assert_eq!(cells, "pid,weight@1,weight@2,sex\nA,10,x,female\nB,20,21,male\n");
    assert!(said.contains("second.csv line 2, case A, column weight@2: 'x'"), "{said}");
    assert!(said.contains("4 rows are 2 cases; cases by visit: 1 2, 2 2"), "{said}");
    let sex = folder(&[("first.csv", first), ("second.csv", &second.replace("x,F", "11,M"))]);
    let differs = ran(sex.path(), &["summarize", "first.csv", "second.csv", "--case", "pid", "--visit", "visit"]);
    assert!(
        differs.code == Some(2) && differs.stderr.contains("second.csv line 2, case A, column sex"),
        "{}",
        differs.stderr
    );
}

#[test]
fn the_files_of_tables_are_inputs_that_must_not_change() {
    let files = folder(&[("patients.csv", PATIENTS), ("labs.csv", "case_id,test,value\nP1,crp,5\n")]);
    let words = ["summarize", "patients.csv", "--table", "labs=labs.csv", "--format", "json"];
    let json = ran(files.path(), &words).stdout;
    let inputs = &serde_json::from_str::<Value>(&json).unwrap()["inputs"];
    assert_eq!(
        (&inputs[0]["cases"], &inputs[1]["name"], &inputs[1]["cases"]),
        (&4.into(), &"labs.csv".into(), &Value::Null)
    );
    let text = ran(files.path(), &["summarize", "patients.csv", "--table", "labs=labs.csv"]).stdout;
    assert!(text.contains("4 in patients.csv, labs.csv"), "{text}");
    let masked = ran(files.path(), &[&words[..], &["--deidentify"]].concat()).stdout;
    let inputs = serde_json::from_str::<Value>(&masked).unwrap()["inputs"].clone();
    assert!(inputs.as_array().unwrap().iter().all(|input| input["sha256"].is_null()), "{inputs}");
}

#[test]
fn an_id_that_is_written_otherwise_is_named() {
    for (id, known) in [("7", "007"), ("p2", "P2"), ("P-2", "P2"), ("P 02", "P2")] {
        let patients = format!("case_id,age\n{known},6\nX9,5\n");
        let lines = format!("case_id,drug,line\n{id},a,1\n");
        let near = format!("did you mean '{known}'?");
        refused(
            &[("patients.csv", &patients), ("lines.csv", &lines)],
            &["patients.csv", "--table", "treatments=lines.csv"],
            &["error[row-without-case]", &near],
        );
    }
}

#[test]
fn tables_that_do_not_fit_into_memory_are_refused() {
    let files = folder(&[("patients.csv", PATIENTS), ("labs.csv", "")]);
    let mut rows = "case_id,test,value\n".to_owned();
    (0..40_000).for_each(|row| rows.push_str(&format!("P1,crp,{row}\n")));
    let path = files.path().join("labs.csv");
    std::fs::write(&path, rows).unwrap();
    // The rest of the file has no bytes on the disk.
    std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len((512 << 20) + 1).unwrap();
    let ran = ran(files.path(), &["summarize", "patients.csv", "--table", "labs=labs.csv"]);
    let message = "related tables are kept in memory, and these have more than 512 MiB";
    assert!(ran.code == Some(2) && ran.stderr.contains(message), "{}", ran.stderr);
    assert!(ran.stderr.contains("leave out the columns and rows that are not needed"), "{}", ran.stderr);
}
