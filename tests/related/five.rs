//! The report's five patients as related tables: the same results as from one table.

use super::{ran, results};
use crate::support::{root, series};
use serde_json::Value;
use std::path::Path;

/// The columns that a laboratory would keep in a table of its own.
const LABS: [&str; 12] =
    ["esr", "crp", "ck", "ldh", "hb", "mcv", "mchc", "wbc", "platelets", "ferritin", "ana_titer", "complement"];

/// The cases without treatments and tests, the treatments and the tests, as rows of cells.
pub fn tables() -> [Vec<Vec<String>>; 3] {
    let text = std::fs::read_to_string(series("cases.csv")).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let header = rows[0].clone();
    let stays = |at: usize| header[at] != "treatment" && !LABS.contains(&header[at].as_str());
    let cases = rows.iter().map(|row| (0..row.len()).filter(|at| stays(*at)).map(|at| row[at].clone()).collect());
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut treatments = vec![words(&["case_id", "line", "agent", "dose", "response"])];
    let mut labs = vec![words(&["case_id", "test", "value"])];
    for row in &rows[1..] {
        for (at, name) in header.iter().enumerate() {
            if LABS.contains(&name.as_str()) && !row[at].is_empty() {
                labs.push(words(&[&row[0], name, &row[at]]));
            }
            for (number, line) in (1..).zip(row[at].split("; ")).filter(|_| name == "treatment" && !row[at].is_empty())
            {
                let (agents, response) = line.split_once(": ").unwrap_or((line, ""));
                for agent in agents.split(" + ") {
                    let (agent, dose) = agent.split_once(" [").unwrap_or((agent, ""));
                    let cells = [row[0].as_str(), &number.to_string(), agent, dose.trim_end_matches(']'), response];
                    treatments.push(words(&cells));
                }
            }
        }
    }
    [cases.collect(), treatments, labs]
}

pub fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

/// The results of the report's file by key, but for those of a test that no table of the related ones has.
pub fn expected() -> Value {
    results(root(), &["data/cutaneous-calcinosis-2021/cases.csv"])
}

/// The schema of the report, which the related tables are read with.
pub const SCHEMA_FILE: &str = "data/cutaneous-calcinosis-2021/cases.schema.json";
const SCHEMA: [&str; 2] = ["--schema", SCHEMA_FILE];

#[test]
fn three_files_say_what_one_does() {
    let folder = tempfile::tempdir().unwrap();
    for (name, rows) in ["patients.csv", "treatments.csv", "labs.csv"].iter().zip(tables()) {
        std::fs::write(folder.path().join(name), csv(&rows)).unwrap();
    }
    let tables = ["--table", "treatments=treatments.csv", "--table", "labs=labs.csv"];
    let words = [&["patients.csv"], &tables[..], &SCHEMA].concat();
    let found = results(folder.path(), &words);
    assert!(found.as_array().unwrap().len() > 500);
    same(&found, &expected());
    // What was read, frozen as one table.
    for name in ["frozen.json", "frozen.csv"] {
        let to = folder.path().join(name);
        std::fs::write(&to, "").unwrap();
        let ran = ran(folder.path(), &[&["convert"], &words[..], &["-o", name]].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        same(&results(folder.path(), &[name]), &expected());
    }
}

/// Compares results row by row.
pub fn same(found: &Value, expected: &Value) {
    let (found, expected) = (found.as_array().unwrap(), expected.as_array().unwrap());
    let differing = found.iter().zip(expected).find(|(one, other)| one != other);
    assert!(differing.is_none() && found.len() == expected.len(), "{} {}: {differing:?}", found.len(), expected.len());
}

#[test]
fn three_sheets_say_what_one_does() {
    let files = root().join("tests/files");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in ["Patients", "Treatments", "Labs"].iter().zip(tables()) {
        let lines: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
        crate::workbook::write_rows(workbook.add_worksheet().set_name(*name).unwrap(), 0, &lines.join("\n"));
    }
    let folder = tempfile::tempdir().unwrap();
    workbook.save(folder.path().join("series.xlsx")).unwrap();
    let words = [&["series.xlsx"], &SCHEMA[..]].concat();
    same(&results(folder.path(), &words), &expected());
    let said = ran(folder.path(), &[&["summarize"], &words[..]].concat()).stderr;
    for part in [
        "note[sheet-used]: the sheet Patients has the cases, and Treatments, Labs their rows",
        "note[related-table]: table 'Treatments': 17 rows are 12 treatment lines of 5 cases, by their number",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    for name in ["three.ods", "three.xls"] {
        let path = files.join(name).to_str().unwrap().to_owned();
        same(&results(Path::new("."), &[&[path.as_str()], &SCHEMA[..]].concat()), &expected());
    }
    let sheet = ran(folder.path(), &["get", "cases", "series.xlsx", "--sheet", "Labs", "--no-id"]);
    assert_eq!(sheet.code, Some(2));
    let one = ran(
        folder.path(),
        &["summarize", "series.xlsx", "--sheet", "Patients", "--table", "treatments=series.xlsx!Treatments"],
    );
    assert_eq!(one.code, Some(0), "{}", one.stderr);
}
