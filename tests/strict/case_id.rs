//! Which column names the case, which only numbers the rows, and which names something else.

use super::{accepted, refused, run, run_files, run_in, says, stat};
use serde_json::{Value, json};

/// A sheet of one column beside the ages 5, 6 and 7.
struct Sheet {
    header: &'static str,
    cells: [&'static str; 3],
    becomes: Becomes,
}

/// What becomes of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Becomes {
    /// The case id, without a word.
    Id,
    /// The case id, with a note.
    AssumedId,
    /// Levels.
    Category,
    /// It is left out.
    Nothing,
    /// It has a mean.
    Number,
}

const fn sheet(header: &'static str, cells: [&'static str; 3], becomes: Becomes) -> Sheet {
    Sheet { header, cells, becomes }
}

const N: [&str; 3] = ["1", "2", "3"];
const TWICE: [&str; 3] = ["1", "2", "2"];

const SHEETS: [Sheet; 48] = [
    sheet("Pat. no", N, Becomes::Id),
    sheet("Pt", N, Becomes::Id),
    sheet("Pt #", N, Becomes::Id),
    sheet("Pat. Nr.", N, Becomes::Id),
    sheet("patid", N, Becomes::Id),
    sheet("pat_id", N, Becomes::Id),
    sheet("person_id", N, Becomes::Id),
    sheet("Patienten-ID", N, Becomes::Id),
    sheet("uuid", ["a-1", "a-2", "a-3"], Becomes::Id),
    sheet("ID number", N, Becomes::Id),
    sheet("N° patient", N, Becomes::Id),
    sheet("Número de paciente", N, Becomes::Id),
    sheet("Subject code", N, Becomes::Id),
    sheet("Fall", N, Becomes::AssumedId),
    sheet("Author", ["Ito 2001", "Ng 2003", "Rao 2010"], Becomes::AssumedId),
    sheet("number", N, Becomes::AssumedId),
    sheet("case", ["A", "B", "C"], Becomes::AssumedId),
    sheet("STUDYID", N, Becomes::AssumedId),
    sheet("Record", ["R1", "R2", "R3"], Becomes::AssumedId),
    sheet("Record No", N, Becomes::AssumedId),
    sheet("Pac.", N, Becomes::AssumedId),
    sheet("Volgnr", N, Becomes::Id),
    sheet("lfd", N, Becomes::Id),
    sheet("N. progressivo", N, Becomes::Id),
    sheet("Fall", TWICE, Becomes::Category),
    sheet("Author", ["Ito 2001", "Ito 2001", "Rao 2010"], Becomes::Category),
    sheet("number", ["1", "", "3"], Becomes::Category),
    sheet("STUDYID", ["7", "7", "7"], Becomes::Category),
    sheet("family", N, Becomes::Category),
    sheet("family_id", N, Becomes::Category),
    sheet("infector", ["1", "", "1"], Becomes::Category),
    sheet("Centre No", ["10", "20", "20"], Becomes::Category),
    sheet("hospital code", TWICE, Becomes::Category),
    sheet("centre", ["0", "1", "1"], Becomes::Category),
    sheet("", N, Becomes::Nothing),
    sheet("", ["", "", ""], Becomes::Nothing),
    sheet("", ["2", "0", "1"], Becomes::Nothing),
    sheet("rownames", N, Becomes::Nothing),
    sheet("row", ["0", "1", "2"], Becomes::Nothing),
    sheet("index", ["3", "1", "2"], Becomes::Nothing),
    sheet("Unnamed: 0", ["0", "1", "2"], Becomes::Nothing),
    sheet("Unnamed: 4", ["", "", ""], Becomes::Nothing),
    sheet("index", ["2", "4", "9"], Becomes::Number),
    sheet("row", TWICE, Becomes::Number),
    sheet("parity", N, Becomes::Number),
    sheet("number of lesions", N, Becomes::Number),
    sheet("no. of lesions", N, Becomes::Number),
    sheet("weight", N, Becomes::Number),
];

fn files(sheet: &Sheet) -> [(&'static str, String); 2] {
    let ages = ["5", "6", "7"];
    let rows = sheet.cells.iter().zip(ages).map(|(cell, age)| format!("{cell},{age}\n"));
    let value = |cell: &str| serde_json::from_str::<serde_json::Number>(cell).map_or(json!(cell), Value::Number);
    let cases = sheet.cells.iter().zip([5, 6, 7]).map(|(cell, age)| json!({sheet.header: value(cell), "age": age}));
    [
        ("cases.csv", format!("{},age\n{}", sheet.header, rows.collect::<String>())),
        ("cases.json", Value::Array(cases.collect()).to_string()),
    ]
}

#[test]
fn a_header_and_its_cells_tell_what_a_column_identifies() {
    for sheet in &SHEETS {
        // A member of a JSON case without a name is another matter.
        for (name, text) in files(sheet).into_iter().take(if sheet.header.is_empty() { 1 } else { 2 }) {
            let ran = run_files(&[(name, text.as_bytes())], &["--format", "json"]);
            let what = format!("'{}' {:?} in {name}\n{}", sheet.header, sheet.cells, ran.stderr);
            let summary: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{what}"));
            let rows = summary["results"].as_array().expect("results");
            let is_of_age = |row: &&Value| {
                row["key"]
                    .as_str()
                    .is_some_and(|key| key == "cases" || ["age", "cells."].iter().any(|of| key.starts_with(of)))
            };
            let has = |end: &str| {
                rows.iter().filter(|row| !is_of_age(row)).any(|row| row["key"].as_str().unwrap().ends_with(end))
            };
            let found = match (has(".mean"), rows.iter().all(|row| is_of_age(&row))) {
                (true, _) => Becomes::Number,
                (false, false) => Becomes::Category,
                (false, true) if ran.stderr.contains("note[case-id-assumed]") => Becomes::AssumedId,
                (false, true) if ran.stderr.contains("warning[no-case-id]") => Becomes::Nothing,
                (false, true) => Becomes::Id,
            };
            assert_eq!(found, sheet.becomes, "{what}");
            assert_eq!(stat(&summary, "age.mean"), 6.0, "{what}");
            let is_left_out = ran.stderr.contains("note[row-numbers]") || ran.stderr.contains("note[blank-columns]");
            assert_eq!(is_left_out, sheet.becomes == Becomes::Nothing, "{what}");
        }
    }
}

#[test]
fn the_better_of_two_candidates_names_the_case() {
    for (header, rows) in [
        ("STUDYID,USUBJID", "S,a\nS,b\nS,b\n"),
        ("No.,Patient ID", "1,a\n2,b\n3,b\n"),
        ("Fall,Pat. Nr.", "1,a\n2,b\n3,b\n"),
        ("row,case_id", "1,a\n2,b\n3,b\n"),
    ] {
        let id = header.split(',').nth(1).unwrap();
        let place = format!("  cases.csv line 4, case b, column {id}: 'b'");
        refused(
            format!("{header}\n{rows}"),
            &[],
            &["error[duplicate-case-id]: duplicate case ID, first on line 3", &place],
        );
    }
    // The first of two that are as good.
    let place = "  cases.csv line 3, case a, column case_id: 'a'";
    refused(
        "case_id,subject\na,1\na,2\n",
        &[],
        &["error[duplicate-case-id]: duplicate case ID, first on line 2", place],
    );
}

#[test]
fn what_is_said_of_a_column_goes_before_its_header() {
    let file = "number,row,age\n3,1,5\n5,2,6\n9,3,7\n";
    for (options, number, row) in [
        (&["--kind", "number=number", "--no-id"][..], json!(17.0 / 3.0), None),
        (&["--kind", "row=number"], Value::Null, Some(json!(2.0))),
        (&["--role", "number=other", "--kind", "number=number", "--no-id"], json!(17.0 / 3.0), None),
        (&["--id", "row", "--kind", "number=number"], json!(17.0 / 3.0), None),
    ] {
        let summary = accepted(file, options);
        let rows = summary["results"].as_array().unwrap();
        let of = |key: &str| rows.iter().find(|row| row["key"] == key).map(|row| row["stat"].clone());
        assert_eq!(of("number.mean").unwrap_or_default(), number, "{options:?}");
        assert_eq!(of("row.mean"), row, "{options:?}");
    }
    let ran = run("number,age\n1,5\n1,6\n", &[]);
    let help =
        "  help: to see which cells of number occur twice or are empty: --id number; or accept numbered rows: --no-id";
    says(&ran, 0, &[help]);
    refused("number,age\n1,5\n1,6\n", &["--id", "number"], &["error[duplicate-case-id]"]);
}

#[test]
fn a_schema_keeps_the_case_id_and_what_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    for (file, options, key) in [
        (",case_id,code,age,\n1,P1,a,5,\n2,P1,b,6,\n", &["--id", "code"][..], "code"),
        ("No,Patient ID,age\n1,a,5\n2,b,6\n", &[], "Patient ID"),
        ("Fall,family,age\n1,1,5\n2,1,6\n", &[], "Fall"),
        ("case_id;crp;platelets\nP1;2,5;429,000\nP2;3;396,000\n", &[], "case_id"),
        ("case_id;crp;platelets\nP1;2,5;429,000\nP2;3;396,000\n", &["--decimal-comma"], "case_id"),
    ] {
        write("v.csv", file);
        let schema = run_in(folder.path(), &[&["schema", "v.csv", "--no-schema"], options].concat()).stdout;
        assert_eq!(serde_json::from_str::<Value>(&schema).unwrap()["primaryKey"], json!([key]), "{file}");
        write("s.json", &schema);
        let results = |options: &[&str]| {
            let ran = run_in(folder.path(), &[&["summarize", "v.csv", "--format", "jsonl"], options].concat());
            assert_eq!(ran.code, Some(0), "{file}{}", ran.stderr);
            ran.stdout
        };
        assert_eq!(results(&["--schema", "s.json"]), results(&[options, &["--no-schema"]].concat()), "{file}");
    }
}

#[test]
fn a_schema_is_written_over_the_empty_file_that_the_shell_makes_for_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), "case_id,age\nP1,5\n").unwrap();
    std::fs::write(folder.path().join("cases.schema.json"), "").unwrap();
    let ran = run_in(folder.path(), &["schema", "cases.csv"]);
    says(&ran, 0, &[]);
    assert!(ran.stdout.contains("\"primaryKey\""), "{}", ran.stdout);
    let ran = run_in(folder.path(), &["summarize", "cases.csv"]);
    says(&ran, 2, &["  help: delete it, or ignore it with --no-schema"]);
}
