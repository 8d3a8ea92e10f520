//! Workbooks as output: numbers are numbers, text is never a formula, patients are announced, the program reads them.

use super::{HOSTILE, SERIES};
use crate::support::{file, parts, run, stdout};
use std::path::{Path, PathBuf};

fn written(folder: &Path, arguments: &[&str]) -> PathBuf {
    let path = folder.join("t.xlsx");
    let output = run(&[arguments, &["-o", &path.to_string_lossy()]].concat());
    assert!(path.exists(), "{}", String::from_utf8_lossy(&output.stderr));
    path
}

/// The names of the sheets, and the XML of each.
fn sheets(path: &Path) -> Vec<(String, String)> {
    let parts = parts(&std::fs::read(path).unwrap());
    let text = |name: &str| String::from_utf8(parts[name].clone()).unwrap();
    let workbook = text("xl/workbook.xml");
    let names = workbook.split("<sheet name=\"").skip(1).map(|part| part.split('"').next().unwrap().to_owned());
    names.zip(1..).map(|(name, number)| (name, text(&format!("xl/worksheets/sheet{number}.xml")))).collect()
}

fn names(path: &Path) -> Vec<String> {
    sheets(path).into_iter().map(|(name, _)| name).collect()
}

/// All texts of a workbook.
fn texts(path: &Path) -> String {
    let parts = parts(&std::fs::read(path).unwrap());
    let strings = String::from_utf8(parts["xl/sharedStrings.xml"].clone()).unwrap();
    strings.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn a_summary_has_its_tables_its_results_as_numbers_and_its_findings() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), &["summarize", SERIES]);
    assert_eq!(names(&path), ["Table 1", "Results", "Findings"]);
    let get = |sheet: &str, selector: &str| {
        stdout(&["get", &path.to_string_lossy(), "--sheet", sheet, "--kind", "value=number", selector])
    };
    let lines = stdout(&["summarize", SERIES, "--format", "jsonl"]).lines().count();
    assert_eq!(get("Results", "cases"), format!("{lines}\n"), "one row a result");
    let results = &sheets(&path)[1].1;
    assert!(results.contains("<v>5.9</v>") && !results.contains("t=\"str\""), "the mean age is a number");
    assert_eq!(names(&written(folder.path(), &["summarize", SERIES, "--brief"])), ["Table 1"]);
}

#[test]
fn a_listing_is_read_back_by_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), &["cases", SERIES, "--columns", "case_id,age,sex,etiology,crp"]);
    let path = path.to_string_lossy();
    let numbers = |arguments: &[&str]| -> Vec<f64> {
        stdout(&[&["get"], arguments].concat()).lines().map(|line| line.parse().unwrap()).collect()
    };
    let read_back = numbers(&[&path, "Age, years.mean", "Age, years.median", "cases", "Sex[female].n"]);
    assert_eq!(read_back, numbers(&[SERIES, "age.mean", "age.median", "cases", "sex[female].n"]));
}

#[test]
fn sheets_of_patients_say_so_and_suppression_leaves_them_out() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, sheet) in [
        (&["summarize", SERIES] as &[&str], "Findings"),
        (&["cases", SERIES], "Listing"),
        (&["validate", SERIES], "Queries"),
    ] {
        let path = written(folder.path(), arguments);
        assert!(names(&path).iter().any(|name| name == sheet), "{sheet}");
        assert!(texts(&path).contains("contains patient-level data"), "{sheet}");
    }
    let path = written(folder.path(), &["summarize", SERIES, "--suppress-below", "3"]);
    assert_eq!(names(&path), ["Table 1", "Results"]);
    assert!(!texts(&path).contains("patient-level"));
}

#[test]
fn text_is_never_a_formula_and_every_run_gives_the_same_bytes() {
    let (_folder, cases) = file("cases.csv", HOSTILE);
    let cases = cases.to_string_lossy();
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        ["summarize", &cases, "--kind", "sign=category"],
        ["cases", &cases, "--columns", "all"],
        ["validate", &cases, "--kind", "sign=category"],
    ] {
        let path = written(folder.path(), &arguments);
        let first = std::fs::read(&path).unwrap();
        assert_eq!(first, std::fs::read(written(folder.path(), &arguments)).unwrap(), "{arguments:?}");
        for (name, sheet) in sheets(&path) {
            assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{name} has a formula");
        }
        let all: String = parts(&first).into_values().map(|part| String::from_utf8_lossy(&part).into_owned()).collect();
        assert!(!all.contains('\u{202e}') && !all.contains(&*cases) && all.contains("2000-01-01T00:00:00Z"));
    }
    let texts = texts(&written(folder.path(), &["cases", &cases, "--columns", "all"]));
    assert!(texts.contains("=1+1") && texts.contains("<script>alert(1)</script>日本"), "{texts}");
}

#[test]
fn a_cell_that_is_too_long_is_cut_and_says_so() {
    let (_folder, cases) = file("cases.csv", format!("case_id,notes\nP1,{}\n", "word ".repeat(8_000)));
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), &["cases", &cases.to_string_lossy(), "--columns", "all"]);
    assert!(
        texts(&path).contains("… (cut here: the text has 39,999 characters")
            || texts(&path).contains("(cut here: the text has 39999 characters"),
        "it says so"
    );
}

#[test]
fn queries_are_one_row_each_with_room_for_an_answer() {
    let csv = stdout(&["validate", SERIES, "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    assert_eq!(
        header.iter().collect::<Vec<_>>().join(","),
        "query,case,column,place,value,problem,what to do,answer,finding,severity"
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(
        rows.iter().map(|row| row[0].parse::<usize>().unwrap()).collect::<Vec<_>>(),
        (1..=rows.len()).collect::<Vec<_>>()
    );
    assert!(rows.iter().all(|row| row[7].is_empty() && !row[5].is_empty() && !row[6].is_empty()));
    assert!(
        rows.iter().any(|row| &row[1] == "P3"
            && &row[2] == "mchc"
            && &row[3] == "cases.csv:4"
            && &row[4] == "20 (hypochromic)")
    );
    assert!(rows.windows(2).all(|pair| pair[0][3] <= pair[1][3]), "in the order of the file");
}

#[test]
fn queries_beyond_those_kept_are_counted() {
    let rows: String = (0..30).map(|n| format!("P{n},{}\n", 130 + n)).collect();
    let (_folder, cases) = file("cases.csv", format!("case_id,age\n{rows}"));
    let output = run(&["validate", &cases.to_string_lossy(), "--format", "csv"]);
    let csv = String::from_utf8(output.stdout).unwrap();
    let last: Vec<&str> = csv.lines().filter(|line| line.contains("age-implausible")).collect();
    assert_eq!(last.len(), 21, "{csv}");
    assert!(last[20].contains(" more,age,") && last[20].contains("validate again"), "{}", last[20]);
}
