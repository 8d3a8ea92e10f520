//! Units: the unit of bare numbers is never taken from other cells in silence, and conversion is exact.

use super::{run, stat};
use serde_json::{Value, json};

/// One column as it is typed, what is printed of it, and what is said.
pub(super) struct Typed {
    header: &'static str,
    cells: &'static [&'static str],
    /// N, unreadable cells, mean and unit.
    expected: (u64, u64, Option<f64>, Option<&'static str>),
    /// The id of a warning, and the cell it names.
    said: &'static [(&'static str, &'static str)],
}

pub(super) const fn typed(
    header: &'static str,
    cells: &'static [&'static str],
    expected: (u64, u64, Option<f64>, Option<&'static str>),
    said: &'static [(&'static str, &'static str)],
) -> Typed {
    Typed { header, cells, expected, said }
}

const SHEETS: [Typed; 19] = [
    typed("stay", &["5 days", "7 days", "1 day"], (3, 0, Some(13.0 / 3.0), Some("days")), &[]),
    typed("stay", &["5 days", "2 weeks"], (2, 0, Some(152.0 / 487.0), Some("months")), &[]),
    typed("stay", &["5 days", "1 month"], (2, 0, Some((20.0 / 121.75 + 1.0) / 2.0), Some("months")), &[]),
    typed("dose", &["500 mg", "1 g", "250 mg"], (3, 0, Some(1.75 / 3.0), Some("g")), &[]),
    typed(
        "calcium",
        &["2.4 mmol/L", "2400 µmol/l", "9.8"],
        (2, 1, Some(2.4), Some("mmol/L")),
        &[("bare-number", "9.8")],
    ),
    typed("weight", &["70", "3500 g", "72"], (2, 1, Some(71.0), None), &[("other-unit", "3500 g")]),
    typed("hemoglobin", &["10", "110 g", "11", "12"], (3, 1, Some(11.0), None), &[("other-unit", "110 g")]),
    typed(
        "creatinine",
        &["88 umol/L", "95 umol/L", "1.1"],
        (2, 1, Some(91.5), Some("umol/L")),
        &[("bare-number", "1.1")],
    ),
    typed("weight", &["70 kg", "3500 g", "72 kg"], (3, 0, Some(48.5), Some("kg")), &[]),
    typed("weight (kg)", &["70", "3500 g", "72"], (3, 0, Some(48.5), Some("kg")), &[]),
    typed("weight (g)", &["70 kg", "3500", "72000"], (3, 0, Some(48_500.0), Some("g")), &[]),
    typed("albumin (g/dL)", &["4.1", "39 g/L", "4.0"], (3, 0, Some(4.0), Some("g/dL")), &[]),
    typed("height (cm)", &["171", "1.65 m", "180"], (3, 0, Some(172.0), Some("cm")), &[]),
    typed("ldh", &["200 U/L", "220", "240 U/L", "210"], (4, 0, Some(217.5), Some("U/L")), &[("unit-assumed", "")]),
    typed(
        "glucose",
        &["90 mg/dL", "5 mmol/L"],
        (0, 2, None, None),
        &[("other-unit", "90 mg/dL"), ("other-unit", "5 mmol/L")],
    ),
    typed("platelets (10^9/L)", &["443", "350 G/L", "396000 /uL"], (3, 0, Some(1189.0 / 3.0), Some("10^9/L")), &[]),
    typed("crp", &["12", "12 to 15", "14"], (2, 1, Some(13.0), None), &[("unreadable-cell", "12 to 15")]),
    typed("age", &["4", "9 months", "7"], (3, 0, Some(11.75 / 3.0), Some("years")), &[("unit-assumed", "")]),
    typed(
        "age",
        &["12 months", "7", "10 months", "3 months"],
        (3, 1, Some(25.0 / 3.0), Some("months")),
        &[("bare-number", "7")],
    ),
];

fn files(sheet: &Typed) -> [(&'static str, String); 2] {
    let csv = sheet.cells.iter().enumerate().map(|(n, cell)| format!("P{n},\"{cell}\"\n")).collect::<String>();
    let cases = sheet.cells.iter().enumerate().map(|(n, cell)| {
        let value = serde_json::from_str::<serde_json::Number>(cell).map_or(json!(cell), Value::Number);
        json!({"case_id": format!("P{n}"), sheet.header: value})
    });
    [
        ("cases.csv", format!("case_id,{}\n{csv}", sheet.header)),
        ("cases.json", Value::Array(cases.collect()).to_string()),
    ]
}

#[test]
fn numbers_are_read_in_the_unit_of_their_column_or_loudly_not_at_all() {
    assert_read(&SHEETS);
}

/// Fails unless the numbers of each column are read as expected, from CSV and from JSON.
pub(super) fn assert_read(sheets: &[Typed]) {
    for sheet in sheets {
        for (name, text) in files(sheet) {
            let ran = super::run_files(&[(name, text.as_bytes())], &["--format", "json"]);
            let what = format!("{} {:?} in {name}\n{}", sheet.header, sheet.cells, ran.stderr);
            let summary: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{what}"));
            let rows = summary["results"].as_array().expect("results");
            let variable =
                rows[1]["key"].as_str().and_then(|key| key.split('.').next()).expect("a variable").to_owned();
            let of = |key: &str| stat(&summary, &format!("{variable}.{key}")).clone();
            let (n, unreadable, mean, unit) = sheet.expected;
            assert_eq!((of("N"), of("N_unreadable")), (json!(n), json!(unreadable)), "{what}");
            let close = match (of("mean").as_f64(), mean) {
                (Some(found), Some(mean)) => (found - mean).abs() < 1e-12 * mean.abs(),
                (found, mean) => found == mean,
            };
            assert!(close, "{what} {}", of("mean"));
            let row = rows.iter().find(|row| row["key"] == format!("{variable}.mean")).expect("a mean");
            assert_eq!(row["unit"].as_str(), unit, "{what}");
            for (id, cell) in sheet.said {
                assert!(ran.stderr.contains(&format!("warning[{id}]")) && ran.stderr.contains(cell), "{what}");
            }
            assert_eq!(ran.stderr.contains("warning["), !sheet.said.is_empty(), "{what}");
        }
    }
}

#[test]
fn a_schema_that_was_written_reads_the_cells_as_they_were_read() {
    assert_read_again(&SHEETS);
}

/// Fails unless each column is read with the schema that is written for it as without one.
pub(super) fn assert_read_again(sheets: &[Typed]) {
    let folder = tempfile::tempdir().unwrap();
    for sheet in sheets {
        std::fs::write(folder.path().join("cases.csv"), &files(sheet)[0].1).unwrap();
        let schema = super::run_in(folder.path(), &["schema", "cases.csv", "--no-schema"]);
        std::fs::write(folder.path().join("s.json"), schema.stdout).unwrap();
        let results = |options: &[&str]| {
            let ran =
                super::run_in(folder.path(), &[&["summarize", "cases.csv", "--format", "jsonl"], options].concat());
            ran.stdout
        };
        assert_eq!(results(&["--no-schema"]), results(&["--schema", "s.json"]), "{:?}", sheet.cells);
    }
}

#[test]
fn a_number_that_is_declared_missing_says_nothing_of_the_unit() {
    for code in ["999", "99999"] {
        let sheet = format!("case_id,creatinine\nP1,88 umol/L\nP2,1100 umol/L\nP3,{code}\nP4,1.1\nP5,95 umol/L\n");
        let ran = run(sheet, &["--missing", code, "--format", "json"]);
        let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        let of = |key: &str| stat(&summary, &format!("creatinine.{key}")).clone();
        assert_eq!([of("N"), of("N_unreadable"), of("N_miss")], [json!(3), json!(1), json!(1)], "{}", ran.stderr);
    }
}

#[test]
fn what_is_no_unit_is_not_proposed_as_one() {
    let ran = run("case_id,crp\nP1,12\nP2,12 to 15\nP3,9/F\n", &[]);
    assert!(ran.stderr.contains("if the cells are not numbers: --kind crp=category"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("\"unit\":"), "{}", ran.stderr);
}

#[test]
fn one_more_patient_never_changes_a_unit() {
    let of = |cells: &[&str]| {
        let rows: String = cells.iter().enumerate().map(|(n, cell)| format!("P{n},{cell}\n")).collect();
        let ran = run(format!("case_id,weight\n{rows}"), &["--format", "json"]);
        let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        (stat(&summary, "weight.mean").clone(), stat(&summary, "weight.N").clone())
    };
    assert_eq!(of(&["70", "3500 g"]), (json!(70.0), json!(1)));
    assert_eq!(of(&["70", "3500 g", "72", "3600 g"]), (json!(71.0), json!(2)));
}

/// More texts than a column keeps are read one by one: the first are told, and all are counted.
#[test]
fn very_many_units_are_counted_and_the_first_of_them_told() {
    let rows: String = (0..20_000).map(|n| format!("P{n},{} u{n},{n} mg\n", n % 50)).collect();
    let (_folder, path) = crate::support::file("units.csv", format!("case_id,crp,dose\n{rows}"));
    let output = crate::support::run(&["summarize", &path.to_string_lossy(), "--format", "json"]);
    let told = String::from_utf8(output.stderr).unwrap();
    for line in ["'u0' follows the number", "line 4, case P2, column crp: '2 u2'", "and 19997 more in column crp"] {
        assert!(told.contains(line), "{told}");
    }
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(crate::support::row(&object, "crp.N_unreadable")["stat"], 20_000, "{object}");
    assert_eq!(crate::support::row(&object, "dose.N")["stat"], 20_000);
}

#[test]
fn a_converted_cell_gives_the_column_no_more_decimals() {
    let ran = run("case_id,weight (kg)\nP1,12\nP2,14.5\nP3,32 lb\nP4,15.5\nP5,13\n", &[]);
    // 32 lb are 14.51495584 kg.
    assert!(ran.stdout.contains("13.90 (1.39)"), "{}", ran.stdout);
    let summary = run("case_id,weight (kg)\nP1,12\nP2,14.5\nP3,32 lb\nP4,15.5\nP5,13\n", &["--format", "json"]);
    let summary: Value = serde_json::from_str(&summary.stdout).expect("JSON");
    assert_eq!(stat(&summary, "weight.mean"), &json!(13.902_991_168));
    let small = run("case_id,dose (mg)\nP1,250 ug\nP2,0.3\nP3,150 ug\n", &[]);
    assert!(small.stdout.contains("0.15, 0.25, 0.30"), "{}", small.stdout);
}
