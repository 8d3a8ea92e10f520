//! The audit: the claims of the golden case, what each verdict depends on, faults of a claims file, arithmetic.

mod doubtful_means;
mod faults;
mod figures;
mod forms;
mod groups;
mod own_output;
mod records;

use crate::support::{file, root, run, series};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// golden-case table: the claims that do not agree.
const NOT_AGREEING: [(&str, &str); 10] = [
    ("K02", "undetermined"),
    ("K14", "undetermined"),
    ("K21", "undetermined"),
    ("K22", "undetermined"),
    ("K24", "ambiguous"),
    ("K25", "contradicts"),
    ("K28", "contradicts"),
    ("K30", "ambiguous"),
    ("K31", "contradicts"),
    ("K36", "not_countable"),
];

/// The object of an audit, whatever its exit code.
pub fn audit(arguments: &[&str]) -> Value {
    let output = run(&[&["check"], arguments, &["--format", "json"]].concat());
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{stderr}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The audit of these claims against these cases.
fn audit_of(claims: &str, cases: &str) -> Value {
    let (_claims, claims) = file("claims.toml", claims);
    let (_cases, cases) = file("cases.csv", cases);
    audit(&[claims.to_str().unwrap(), cases.to_str().unwrap(), "--no-id"])
}

/// The verdict of each claim.
fn verdicts(audit: &Value) -> BTreeMap<String, String> {
    let claims = audit["claims"].as_array().expect("claims").iter();
    claims.map(|claim| (claim["id"].as_str().unwrap().into(), claim["verdict"].as_str().unwrap().into())).collect()
}

fn claim<'a>(audit: &'a Value, id: &str) -> &'a Value {
    audit["claims"].as_array().expect("claims").iter().find(|claim| claim["id"] == id).expect("the claim")
}

#[test]
fn the_golden_case_has_the_verdicts_of_its_table() {
    for cases in ["cases.csv", "cases.json"] {
        let audit = audit(&[&series("claims.toml"), &series(cases)]);
        let found = verdicts(&audit);
        assert_eq!(found.len(), 36);
        let other: Vec<(&str, &str)> =
            found.iter().filter(|(_, verdict)| *verdict != "agrees").map(|(id, v)| (id.as_str(), v.as_str())).collect();
        assert_eq!(other, NOT_AGREEING, "{cases}");
        let tally = serde_json::json!({
            "agrees": 26, "contradicts": 3, "ambiguous": 2, "undetermined": 4, "not_countable": 1
        });
        assert_eq!(audit["tally"], tally);
        for id in ["K02", "K14"] {
            assert_eq!(claim(&audit, id)["given"]["bounds"][1], 5, "{id}");
        }
        assert_eq!(claim(&audit, "K21")["given"]["bounds"], serde_json::json!([1, 4]));
        assert_eq!(claim(&audit, "K22")["given"]["bounds"], serde_json::json!([2, 4]));
        let with_readings = |claim: &&Value| claim["parts"].as_array().is_some_and(|parts| !parts.is_empty());
        let several: Vec<&Value> =
            audit["claims"].as_array().unwrap().iter().filter(with_readings).map(|claim| &claim["id"]).collect();
        assert_eq!(several, ["K20", "K24", "K30"]);
    }
}

#[test]
fn claims_that_need_a_decision_are_on_the_first_screen() {
    let output = run(&["check", "--example", "--width", "120"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let screen: Vec<&str> = text.lines().take(45).collect();
    let screen = screen.join("\n");
    for finding in [
        "36 claims: 26 agree, 3 contradict, 2 ambiguous, 4 undetermined, 1 not countable.",
        "K25, K28, K31 one fact in 3 places: response of P3 to bisphosphonate",
        "patients who had methotrexate: contradicts; the records give 2 of 5 (P2, P3)",
        "a sum of 29 gives 5.8, a sum of 30 gives 6.0; the value of P5 is not a whole number",
        "K14 (L11) calcium and phosphate in their range in every patient",
    ] {
        let flat: String = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(finding), "not on the first screen: {finding}\n{screen}");
    }
}

#[test]
fn the_embedded_claims_are_those_of_the_file_and_strict_fails_on_undetermined_claims() {
    assert_eq!(audit(&["--example"]), audit(&[&series("claims.toml"), "--example"]));
    let claims = "[[claim]]\nid = \"a\"\nsays = \"s\"\nprinted = \"all\"\ncount = \"calcium_phosphate = 'normal'\"\n";
    let (_folder, path) = file("claims.toml", claims);
    let code =
        |options: &[&str]| run(&[&["check", path.to_str().unwrap(), "--example"], options].concat()).status.code();
    assert_eq!((code(&[]), code(&["--strict"])), (Some(0), Some(1)));
}

/// The claims file of the series, and every claims file of the examples, follow the JSON Schema that is printed.
#[test]
fn claims_files_follow_their_schema() {
    let schema: Value = serde_json::from_str(&crate::support::stdout(&["check", "--claims-schema"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let as_json = |path: &Path| {
        let table: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        serde_json::to_value(table).unwrap()
    };
    let examples = ["claims.toml", "arithmetic.toml"].map(|name| format!("examples/check-a-report/{name}"));
    let own = ["data/cutaneous-calcinosis-2021/claims.toml", "tests/check/controls.toml"].map(str::to_owned);
    for path in own.into_iter().chain(examples) {
        let claims = as_json(&root().join(&path));
        let errors: Vec<String> = validator.iter_errors(&claims).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{path}: {errors:?}");
    }
    for wrong in [r#"{"claim":[{"id":"a"}]}"#, r#"{"claim":[{"id":"a","says":"s","prnted":"5"}]}"#, r#"{"clam":[]}"#] {
        assert!(!validator.is_valid(&serde_json::from_str(wrong).unwrap()), "{wrong}");
    }
}

#[test]
fn audits_follow_their_schema() {
    let schema: Value = serde_json::from_str(&crate::support::stdout(&["check", "--output-schema"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let claims = root().join("examples/check-a-report/claims.toml").to_string_lossy().into_owned();
    let hand_worked = root().join("examples/hand-worked/cases.csv").to_string_lossy().into_owned();
    for arguments in
        [&["--example"][..], &[&series("claims.toml")], &[&claims, &hand_worked], &["tests/check/controls.toml"]]
    {
        let audit = audit(arguments);
        let errors: Vec<String> =
            validator.iter_errors(&audit).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{arguments:?}: {errors:?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "format": "calc-series.audit/1" })));
}

/// Markdown and text hold the same claims in the same order.
#[test]
fn every_format_lists_every_claim() {
    let formats = ["text", "markdown"]
        .map(|format| String::from_utf8(run(&["check", "--example", "--format", format]).stdout).unwrap());
    for id in verdicts(&audit(&["--example"])).keys() {
        assert!(formats.iter().all(|text| text.contains(id.as_str())), "{id}");
    }
}
