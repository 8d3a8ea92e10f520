//! The formats of a validation, its file, and the paragraphs.

use super::{run_in, validate};
use crate::support::{catalogue, root, run, stdout};
use serde_json::Value;

const CASES: &str = "id,sex,note\nA|b,,\u{1b}[31m\nB,F,x\n";

#[test]
fn every_finding_is_explained_by_its_id_and_its_number() {
    let entries = catalogue();
    let text = |id: &str, key: &str| entries[id].get(key).and_then(|text| text.as_str()).map(str::to_owned);
    for id in entries.keys() {
        let (title, paragraph) = (text(id, "title").expect("a title"), text(id, "text").expect("a paragraph"));
        let said = stdout(&["validate", "--explain", id]);
        assert!(said.starts_with(id) && said.contains(&title) && said.ends_with(&format!("{paragraph}\n")), "{id}");
    }
    for number in 1..=26 {
        let number = format!("C{number:02}");
        let is_item = |id: &&String| text(id, "item").as_deref() == Some(&number);
        let id = entries.keys().find(is_item).unwrap_or_else(|| panic!("no finding has the number {number}"));
        assert!(stdout(&["validate", "--explain", &number]).starts_with(&format!("{id} ({number}; ")), "{number}");
    }
    let output = run(&["validate", "--explain", "sex-not-reportd"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean sex-not-reported?"));
}

#[test]
fn annotations_stand_at_their_lines_and_end_where_they_should() {
    let output = String::from_utf8(validate(CASES, "", &["--format", "github"]).stdout).unwrap();
    for line in output.lines() {
        let (head, message) = line.split_once("::").and_then(|(_, rest)| rest.split_once("::")).expect("a command");
        let (word, properties) = head.split_once(' ').expect("properties");
        assert!(["error", "warning", "notice"].contains(&word) && properties.contains("title="), "{line}");
        assert!(!message.is_empty() && !line.contains('\u{1b}'));
    }
    assert!(output.contains(
        "::notice file=cases.csv,line=2,title=sex-not-reported::to report: case A|b, column sex: the sex is not reported%0Ahelp: "
    ));
}

#[test]
fn the_sarif_log_names_rules_places_and_what_is_accepted() {
    let schema = super::schema(r#"{"accepted": [{"id": "C08", "reason": "unknown"}]}"#);
    let log: Value = serde_json::from_slice(&validate(CASES, &schema, &["--format", "sarif"]).stdout).unwrap();
    let run = &log["runs"][0];
    assert_eq!((&log["version"], &run["tool"]["driver"]["name"]), (&"2.1.0".into(), &"calc-series".into()));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["text"].as_str().is_some_and(|text| text.ends_with('.')));
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["region"]["startLine"].as_u64().is_some_and(|line| line >= 1));
        assert!(
            ["cases.csv", "cases.schema.json"].contains(&place["artifactLocation"]["uri"].as_str().unwrap()),
            "{place}"
        );
        assert_eq!(result["partialFingerprints"]["calcSeriesFinding/v1"].as_str().map(str::len), Some(32));
    }
    let sex = results.iter().find(|result| result["ruleId"] == "sex-not-reported").unwrap();
    assert_eq!(sex["suppressions"], serde_json::json!([{"kind": "external", "justification": "unknown"}]));
}

#[test]
fn a_fingerprint_outlives_lines_above_it() {
    let of = |cases: &str| -> Value {
        let log: Value = serde_json::from_slice(&validate(cases, "", &["--format", "sarif"]).stdout).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        let sex = results.into_iter().find(|result| result["ruleId"] == "sex-not-reported").unwrap();
        sex["partialFingerprints"].clone()
    };
    assert_eq!(of("id,sex\nA,F\nB,\n"), of("id,sex\nC,M\nA,F\nB,\n"));
    assert_ne!(of("id,sex\nA,F\nB,\n"), of("id,sex\nA,\nB,F\n"));
}

#[test]
fn a_report_goes_to_a_file_in_the_format_of_its_ending_and_never_over_an_input() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), CASES).unwrap();
    for (file, begin) in [
        ("r.json", "{\n"),
        ("r.sarif", "{\"$schema\""),
        ("r.md", "# Validation of 2 cases"),
        ("r.txt", "Validation: 2 cases"),
    ] {
        let output = run_in(folder.path(), &["validate", "cases.csv", "-o", file]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0), "{file}");
        assert!(std::fs::read_to_string(folder.path().join(file)).unwrap().starts_with(begin), "{file}");
    }
    for (arguments, said) in [
        (["validate", "cases.csv", "-o", "r.dotx"], "unknown output extension"),
        (["validate", "cases.csv", "--format", "sarf"], "did you mean 'sarif'?"),
    ] {
        let output = run_in(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(said));
    }
    let over = run_in(folder.path(), &["validate", "cases.csv", "--format", "text", "-o", "cases.csv"]);
    assert_eq!(over.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(folder.path().join("cases.csv")).unwrap(), CASES);
}

#[test]
fn text_from_a_file_steers_nothing() {
    let cases = "id,sex,hb (g/dL)\n\u{1b}]0;x|y,,\u{9b}31m <b>\nB,F,9\n";
    for format in ["text", "json", "markdown", "sarif", "github"] {
        let output = String::from_utf8(validate(cases, "", &["--format", format]).stdout).unwrap();
        assert!(!output.contains(['\u{1b}', '\u{9b}']), "{format}");
        assert!(output.contains("unreadable-cell"), "{format}");
    }
}

#[test]
fn threads_and_paths_do_not_change_a_byte() {
    let file = "data/cutaneous-calcinosis-2021/cases.csv";
    let of = |arguments: &[&str]| run(&[&["validate", file, "--format", "sarif"], arguments].concat()).stdout;
    assert_eq!(of(&["--threads", "1"]), of(&["--threads", "7"]));
    let absolute = root().join(file).to_string_lossy().into_owned();
    let output = run(&["validate", &absolute, "--format", "sarif"]).stdout;
    assert_eq!(output, of(&[]), "a path below the folder of the run is shown from there");
}
