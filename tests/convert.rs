//! `convert`: what is written reads as what was read.

use crate::support::{file, root, run, run_with_input, series};
use serde_json::Value;
use std::path::Path;

fn results(path: &Path, options: &[&str]) -> Value {
    let output = run(&[&["summarize", path.to_str().unwrap(), "--format", "json"], options].concat());
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["results"].clone()
}

/// Converts a file, and compares what both say.
fn converted(path: &Path, options: &[&str], name: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join(name);
    let ran = run(&[&["convert", path.to_str().unwrap(), "-o", to.to_str().unwrap()], options].concat());
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    assert!(ran.stdout.is_empty());
    let (before, after) = (results(path, options), results(&to, &[]));
    let differing = before.as_array().unwrap().iter().zip(after.as_array().unwrap()).find(|(a, b)| a != b);
    assert!(before == after, "{} as {name}: {differing:?}", path.display());
    // Once more: the same bytes.
    let again = folder.path().join(format!("again-{name}"));
    let ran = run(&["convert", to.to_str().unwrap(), "-o", again.to_str().unwrap()]);
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    let text = std::fs::read_to_string(&to).unwrap();
    assert_eq!(text, std::fs::read_to_string(&again).unwrap());
    text
}

#[test]
fn what_is_converted_gives_the_same_results() {
    for name in ["cases.json", "cases.csv"] {
        converted(Path::new(&series("cases.csv")), &[], name);
        converted(Path::new(&series("cases.csv")), &["--no-schema"], name);
        for sheet in ["five", "ward"] {
            converted(&root().join(format!("examples/real-sheets/{sheet}.csv")), &["--no-schema"], name);
        }
        converted(&root().join("examples/hand-worked/cases.csv"), &["--no-schema"], name);
        converted(&root().join("examples/real-sheets/infants.csv"), &["--header-row", "2"], name);
    }
    converted(Path::new(&series("cases.json")), &[], "cases.json");
    converted(&root().join("tests/files/five.ods"), &[], "cases.csv");
    converted(&root().join("tests/files/five.xls"), &[], "cases.json");
}

/// What was derived may lie below zero, and is so after it was written and read.
#[test]
fn derived_numbers_below_zero_are_kept() {
    let cases = "id,w0 (kg),w1 (kg),dx,last\n1,10,11,2020-01-01,2020-03-01\n2,20,18,2020-01-01,2019-12-01\n\
        3,30,33,2020-05-01,2020-05-11\n";
    let (_folder, path) = file("cv.csv", cases);
    let difference = "d = \"w1 (kg)\" - \"w0 (kg)\"";
    for derived in
        [difference, "m = dx to last in months", "t = dx to last in days", "y = dx to last in years completed"]
    {
        for name in ["cases.json", "cases.csv"] {
            converted(&path, &["--derive", derived], name);
        }
    }
}

#[test]
fn lists_become_cells_of_csv_unless_an_item_has_the_separator() {
    let (_folder, path) = file("in.json", r#"[{"case_id":"P1","sites":["elbow","knee"]},{"case_id":"P2","sites":[]}]"#);
    assert_eq!(converted(&path, &[], "cases.csv"), "case_id,sites\nP1,elbow;knee\nP2,none\n");
    let (_folder, path) =
        file("in.json", r#"[{"case_id":"P1","sites":["elbow; left","knee"]},{"case_id":"P2","sites":["=1+1"]}]"#);
    let to = path.with_file_name("cases.csv");
    let ran = run(&["convert", path.to_str().unwrap(), "-o", to.to_str().unwrap()]);
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.code() == Some(2) && stderr.contains("error[not-for-csv]"), "{stderr}");
    assert!(!to.exists() && stderr.contains("write JSON: -o cases.json"));
    converted(&path, &[], "cases.json");
    // A list of one item that is called none is no empty list.
    let (_folder, path) = file("in.json", r#"[{"case_id":"P1","sites":["None"]},{"case_id":"P2","sites":["knee"]}]"#);
    let ran = run(&["convert", path.to_str().unwrap(), "-o", path.with_file_name("cases.csv").to_str().unwrap()]);
    assert!(ran.status.code() == Some(2) && String::from_utf8_lossy(&ran.stderr).contains("is called none"));
    converted(&path, &[], "cases.json");
}

#[test]
fn a_filter_keeps_cases_and_a_word_for_missing_is_a_blank() {
    let (_folder, path) = file("in.csv", "case_id,age\nP1,5\nP2,nk\nP3,7\n");
    let text = converted(&path, &["--where", "age < 6", "--missing", "nk"], "cases.csv");
    assert_eq!(text, "case_id,age\nP1,5\n");
    assert_eq!(converted(&path, &["--missing", "nk"], "cases.csv"), "case_id,age\nP1,5\nP2,\nP3,7\n");
}

#[test]
fn columns_that_identify_are_left_out_unless_they_are_asked_for() {
    let (_folder, path) = file("in.csv", "case_id,patient_name,age\nP1,Mrs A,5\nP2,Mr B,6\n");
    let to = path.with_file_name("out.csv");
    let arguments = ["convert", path.to_str().unwrap(), "-o", to.to_str().unwrap()];
    let ran = run(&arguments);
    assert!(String::from_utf8_lossy(&ran.stderr).contains("warning[direct-identifier]"));
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "case_id,age\nP1,5\nP2,6\n");
    assert_eq!(results(&to, &[])[0]["stat"], 2);
    assert_eq!(run(&[&arguments[..], &["--strict"]].concat()).status.code(), Some(1));
    std::fs::remove_file(path.with_file_name("out.schema.json")).unwrap();
    run(&[&arguments[..], &["--show", "patient_name"]].concat());
    assert!(std::fs::read_to_string(&to).unwrap().contains("Mrs A"));
}

#[test]
fn no_schema_and_no_input_is_overwritten() {
    let (_folder, path) = file("in.csv", "case_id,age\nP1,5\n");
    let to = path.with_file_name("out.json");
    std::fs::write(path.with_file_name("out.schema.json"), "{\"fields\": []}").unwrap();
    let convert = |to: &Path| run(&["convert", path.to_str().unwrap(), "-o", to.to_str().unwrap()]);
    let refused = convert(&to);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("already exists, and is different"));
    assert!(!to.exists());
    assert!(String::from_utf8_lossy(&convert(&path).stderr).contains("is an input and would be overwritten"));
    assert!(
        String::from_utf8_lossy(&convert(&path.with_extension("xlsx")).stderr)
            .contains("use -o cases.json or -o cases.csv")
    );
    let piped =
        run_with_input(&["convert", "-", "-o", path.with_file_name("p.csv").to_str().unwrap()], b"case_id,age\nP1,5\n");
    assert_eq!(piped.status.code(), Some(0));
}
