//! Nobody is recognised: identifiers are withheld in every output, and under `--deidentify` whatever is not known to be
//! harmless.

use super::{Ran, run_in, stat};
use serde_json::{Value, json};
use std::path::Path;

const SUMMARIES: [&str; 10] = ["text", "json", "jsonl", "csv", "tsv", "markdown", "html", "latex", "ard", "ard-jsonl"];
const LISTINGS: [&str; 8] = ["text", "json", "jsonl", "csv", "tsv", "markdown", "html", "latex"];
const REPORTS: [&str; 5] = ["text", "json", "markdown", "sarif", "github"];

/// Headers of columns that are withheld whoever asks.
const IDENTIFIERS: [&str; 24] = [
    "name_first",
    "participant_name",
    "birth_datetime",
    "BRTHDTC",
    "DofB",
    "HN",
    "UHID",
    "CR No",
    "Patient name",
    "Hospital number",
    "Insurance No.",
    "Geburtsdatum",
    "fecha de nacimiento",
    "Nachname",
    "MRN",
    "nom du patient",
    "Date of Birth (dd/mm/yyyy)",
    "e-mail",
    "Telefon",
    "patientName",
    "Versichertennummer",
    "cognome",
    "Akte",
    "Lab no",
];
/// And of those that are withheld where nobody is to be recognised.
const STAFF: [&str; 11] = [
    "doctor_name",
    "INVNAM",
    "surgeon",
    "Referring physician",
    "Behandler",
    "nurse_name",
    "birth year",
    "yob",
    "\u{dc}berweiser",
    "seen by",
    "lat",
];

fn ran(folder: &Path, arguments: &[&str]) -> String {
    let Ran { stdout, stderr, .. } = run_in(folder, arguments);
    stdout + &stderr
}

/// Every output of the program, with its command.
fn outputs(folder: &Path, name: &str, options: &[&str]) -> Vec<(String, String)> {
    let mut commands: Vec<Vec<&str>> = Vec::new();
    SUMMARIES.iter().for_each(|format| commands.push(vec!["summarize", name, "--format", format]));
    LISTINGS
        .iter()
        .for_each(|format| commands.push(vec!["cases", name, "--columns", "all", "--details", "--format", format]));
    if options.is_empty() {
        REPORTS.iter().for_each(|format| commands.push(vec!["validate", name, "--format", format]));
        commands.push(vec!["schema", name]);
        commands.push(vec!["get", name, "cases", "--list"]);
    } else {
        commands.push(vec!["summarize", name, "--by", "sex", "--tests", "--smd"]);
        commands.push(vec!["summarize", name, "--where", "sex = 'x'"]);
        commands.push(vec!["summarize", name, "--by", "ward"]);
        commands.push(vec!["summarize", name, "--value", "ward=x"]);
        commands.push(vec!["cases", name, "--where", "ward = 'x'"]);
        commands.push(vec!["cases", name, "--sort", "ward"]);
    }
    let run = |command: Vec<&str>| (command.join(" "), ran(folder, &[&command, options].concat()));
    commands.into_iter().map(run).collect()
}

fn csv_and_json(headers: &[&str], rows: &[Vec<&str>]) -> [(&'static str, String); 2] {
    let quoted = |cells: &[&str]| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    let lines: Vec<String> = rows.iter().map(|row| quoted(row)).collect();
    let case =
        |row: &Vec<&str>| Value::Object(headers.iter().zip(row).map(|(h, c)| ((*h).to_owned(), json!(c))).collect());
    let cases: Vec<Value> = rows.iter().map(case).collect();
    [("cases.csv", format!("{}\n{}\n", quoted(headers), lines.join("\n"))), ("cases.json", json!(cases).to_string())]
}

#[test]
fn identifiers_of_patients_are_in_no_output() {
    let headers: Vec<&str> = [&["case_id", "age", "sex"], IDENTIFIERS.as_slice()].concat();
    let secrets: Vec<[String; 2]> = (0..IDENTIFIERS.len()).map(|n| [format!("Zq{n}a"), format!("Zq{n}b")]).collect();
    let row = |which: usize, id: &'static str| -> Vec<String> {
        let own = secrets.iter().map(|both| both[which].clone());
        [id, "6", if which == 0 { "F" } else { "M" }].map(str::to_owned).into_iter().chain(own).collect()
    };
    let rows = [row(0, "P1"), row(1, "P2")];
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    for (name, text) in csv_and_json(&headers, &rows) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        for (command, output) in outputs(folder.path(), name, &[]) {
            for (header, secrets) in IDENTIFIERS.iter().zip(&secrets) {
                assert!(!secrets.iter().any(|secret| output.contains(secret)), "{header} in {command}: {output}");
            }
        }
        for header in IDENTIFIERS {
            let kind = format!("{header}=category");
            let forced = ran(folder.path(), &["summarize", name, "--kind", &kind]);
            assert!(!forced.contains("Zq"), "--kind {kind}: {forced}");
            let by = ran(folder.path(), &["summarize", name, "--by", header]);
            assert!(!by.contains("Zq"), "--by {header}: {by}");
        }
    }
}

#[test]
fn names_of_staff_and_years_of_birth_are_withheld_where_nobody_is_to_be_recognised() {
    for header in STAFF.iter().chain(&IDENTIFIERS) {
        let rows = ["1951", "1951", "1952"].map(|cell| vec![cell, "F"]);
        let rows: Vec<Vec<&str>> = rows.into_iter().collect();
        let (name, text) = csv_and_json(&[header, "sex"], &rows)[0].clone();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        let options = ["--deidentify", "--no-id", "--show", header];
        for (command, output) in outputs(folder.path(), name, &options) {
            assert!(!output.contains("1951") && !output.contains("1952"), "{header} in {command}: {output}");
        }
    }
}

/// A sheet with something to hide in every way in which it can be written: all of it holds `Zq`, is a date of
/// 14 March, or an age over 89.
const SHEET: [[&str; 16]; 4] = [
    [
        "case_id",
        "age",
        "sex",
        "Alter (J.)",
        "Edad (meses)",
        "Age of patient",
        "maternal age",
        "age group",
        "ward",
        "visit",
        "notes",
        "crp",
        "symptoms",
        "treatment",
        "seen",
        "outcome",
    ],
    [
        "Zq1",
        "92",
        "F",
        "93",
        "1100",
        "94",
        "95",
        "90-99",
        "Zqward",
        "14/03/2018 Zq",
        "Zq came on 14 March",
        "12 (Zq)",
        "fever; Zqitis",
        "colchicine [1 mg/day, Dr Zq] + ketoprofen [since 14/03/2018]: improved (told by Zq)",
        "14/03/2018",
        "died 14 March",
    ],
    [
        "Zq2",
        "60",
        "M",
        "61",
        "600",
        "62",
        "30",
        "30-39",
        "North",
        "control",
        "Zq came",
        "14 Zq",
        "fever; rash",
        "colchicine: Zqresponse",
        "15/03/2018",
        "alive",
    ],
    [
        "Zq3",
        "50",
        "M",
        "51",
        "480",
        "52",
        "31",
        "30-39",
        "North",
        "control",
        "Zq came",
        "Zq",
        "rash",
        "14/03/2018 surgery: none",
        "Zq",
        "alive",
    ],
];

#[test]
fn under_deidentify_whatever_is_not_known_to_be_harmless_is_withheld() {
    let mut rows: Vec<Vec<&str>> = SHEET[1..].iter().map(|row| row.to_vec()).collect();
    // A word of three cases is shown.
    rows.push([&["Zq4"], &SHEET[3][1..]].concat());
    for (name, text) in csv_and_json(&SHEET[0], &rows) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        let open = ran(folder.path(), &["cases", name, "--columns", "all", "--details"]);
        assert!(open.contains("Zqward") && open.contains("14/03/2018 Zq") && open.contains("90-99"), "{open}");
        for (command, output) in outputs(folder.path(), name, &["--deidentify"]) {
            for secret in ["Zq", "14/03", "14 March", "2018-03", "90-99", "1100"] {
                assert!(!output.contains(secret), "{secret} in {command}: {output}");
            }
            let ages = output.split(|c: char| !c.is_ascii_digit()).filter(|digits| ["92", "93", "94"].contains(digits));
            assert!(!command.starts_with("cases") || ages.count() == 0, "{command}: {output}");
        }
        let listing = run_in(folder.path(), &["cases", name, "--deidentify", "--columns", "all", "--format", "json"]);
        let listing: Value = serde_json::from_str(&listing.stdout).unwrap();
        // The rows are not in the order of the file.
        let of = |column: &str| {
            let cases = listing["cases"].as_array().unwrap().iter();
            let mut cells: Vec<Value> = cases.map(|case| case[column].clone()).collect();
            cells.sort_by_key(Value::to_string);
            cells
        };
        assert_eq!(of("ward"), ["North", "North", "North", "withheld"]);
        assert_eq!(of("visit"), ["control", "control", "control", "withheld"]);
        assert_eq!(of("age group"), ["30-39", "30-39", "30-39", "withheld"]);
        assert_eq!(
            of("symptoms"),
            [json!(["fever", "rash"]), json!(["fever", "withheld"]), json!(["rash"]), json!(["rash"])]
        );
        assert_eq!(
            of("seen"),
            [json!("2018"), json!("2018"), json!({"unreadable": "withheld"}), json!({"unreadable": "withheld"})]
        );
        let summary = run_in(folder.path(), &["summarize", name, "--deidentify", "--format", "json"]);
        let summary: Value = serde_json::from_str(&summary.stdout).unwrap();
        for (column, last) in [("age", 89), ("Alter", 89), ("Edad", 1068), ("Age of patient", 89), ("maternal age", 89)]
        {
            assert!(stat(&summary, &format!("{column}.mean")).is_null(), "{column}");
            let most = crate::support::row(&summary, &format!("{column}.max"));
            assert_eq!(most["bound"], json!({"op": ">", "value": last}), "{column}");
        }
    }
}

#[test]
fn long_numbers_of_unknown_meaning_are_withheld() {
    let folder = tempfile::tempdir().unwrap();
    let text = "case_id,reached at,stay until,viral load (copies/mL)\nP1,2079460111,20180314,2000000\nP2,2079460222,20190315,3000000\n";
    std::fs::write(folder.path().join("cases.csv"), text).unwrap();
    for command in ["summarize", "cases"] {
        let output = ran(folder.path(), &[command, "cases.csv", "--deidentify"]);
        assert!(!output.contains("20794") && !output.contains("20180") && !output.contains("20190"), "{output}");
    }
    let shown = ran(folder.path(), &["cases", "cases.csv", "--columns", "all", "--deidentify"]);
    assert!(shown.contains("3000000"), "{shown}");
}

#[test]
fn a_number_of_years_above_89_is_grouped_whatever_its_column_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let headers = ["Jahre", "Lebensjahr", "Anni", "onset (yr)", "first seen, years", "since"];
    for header in headers {
        let unit = if header == "since" { " years" } else { "" };
        let text = format!("case_id,\"{header}\"\nP1,97{unit}\nP2,40{unit}\nP3,50{unit}\nP4,41{unit}\n");
        std::fs::write(folder.path().join("cases.csv"), text).unwrap();
        for arguments in [&["summarize"][..], &["cases", "--columns", "all"], &["summarize", "--format", "json"]] {
            let output = ran(folder.path(), &[arguments, &["cases.csv", "--deidentify"]].concat());
            assert!(output.contains(">89") && !output.contains("97"), "{header}: {output}");
        }
    }
    // A year of the calendar is none of a life.
    let text = "case_id,Jahre,year of diagnosis\nP1,2015,2016\nP2,2017,2018\nP3,2017,2018\n";
    std::fs::write(folder.path().join("cases.csv"), text).unwrap();
    let output = ran(folder.path(), &["summarize", "cases.csv", "--deidentify"]);
    assert!(output.contains("2015") && output.contains("2016") && !output.contains("\u{2013}>89"), "{output}");
}

#[test]
fn numbers_of_stays_and_numbers_of_five_digits_are_withheld() {
    let folder = tempfile::tempdir().unwrap();
    let text = "case_id,Episode,attacks,left at\nP1,4455,1,44556\nP2,4466,2,44557\nP3,4477,1,44558\n";
    std::fs::write(folder.path().join("cases.csv"), text).unwrap();
    let open = ran(folder.path(), &["summarize", "cases.csv"]);
    assert!(!open.contains("4466") && open.contains("44557"), "{open}");
    assert!(ran(folder.path(), &["cases", "cases.csv", "--show", "Episode"]).contains("4466"));
    let hidden = ran(folder.path(), &["summarize", "cases.csv", "--deidentify"]);
    assert!(!hidden.contains("4466") && !hidden.contains("44557"), "{hidden}");
    std::fs::write(folder.path().join("cases.csv"), text.replace("44", "")).unwrap();
    let counted = ran(folder.path(), &["get", "cases.csv", "Episode.mean"]);
    assert_eq!(counted.trim(), "66.0");
}

#[test]
fn a_refused_file_is_not_shown() {
    for text in [
        "Zq1,92,F\nZq2,60,M\n",
        "case_id,age,sex\nZq1,92\n",
        "case_id,age,sex\nZq1,92,F\nZq1,60,M\n",
        "case_id,age,sex\n\"Zq1\"x,92,F\n",
        "case_id,age,sex\nTotal,92,Zq\n,,\nZq2,1,M\n",
        "case_id;age\nZq,1;2,3\n",
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cases.csv"), text).unwrap();
        for command in ["summarize", "cases"] {
            let output = ran(folder.path(), &[command, "cases.csv", "--deidentify"]);
            // A header is no cell.
            let is_header = text.starts_with("Zq");
            assert!(is_header || !output.contains("Zq"), "{command} {text:?}: {output}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    for text in ["[{\"case_id\": \"Zq1\", \"age\": 9x}]", "[{\"case_id\": \"Zq1\", \"age\": {\"b\": \"Zq\"}}]", "Zq"] {
        std::fs::write(folder.path().join("cases.json"), text).unwrap();
        let output = ran(folder.path(), &["summarize", "cases.json", "--deidentify"]);
        assert!(!output.contains("Zq"), "{text}: {output}");
    }
}

#[test]
fn a_word_that_several_cases_have_is_shown_whatever_is_filtered_and_grouped() {
    let folder = tempfile::tempdir().unwrap();
    let text = "case_id,sex,ward\nP1,F,North\nP2,M,North\nP3,M,South\nP4,F,North\n";
    std::fs::write(folder.path().join("cases.csv"), text).unwrap();
    let of = |options: &[&str]| {
        let arguments = [&["summarize", "cases.csv", "--deidentify", "--format", "json"], options].concat();
        let ran = run_in(folder.path(), &arguments);
        serde_json::from_str::<Value>(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr))
    };
    assert_eq!(stat(&of(&[]), "ward[North].n"), &json!(3));
    assert_eq!(stat(&of(&[]), "ward[withheld].n"), &json!(1));
    assert_eq!(stat(&of(&["--where", "sex = 'F'"]), "ward[North].n"), &json!(2));
    assert_eq!(stat(&of(&["--by", "sex"]), "ward[withheld].n | sex = 'male'"), &json!(1));
    let declared =
        r#"{"fields": [{"name": "case_id"}, {"name": "sex"}, {"name": "ward", "categories": ["North", "South"]}]}"#;
    std::fs::write(folder.path().join("s.json"), declared).unwrap();
    assert_eq!(stat(&of(&["--schema", "s.json"]), "ward[South].n"), &json!(1));
}
