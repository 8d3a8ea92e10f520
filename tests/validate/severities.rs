//! Severities and acceptances of the schema, exit codes, refusals.

use super::{Finding, findings, object, schema, validate};
use serde_json::Value;

const CASES: &str = "id,sex,year\nA,,2021\nB,F,2004\nC,,2005\n";

fn of(calc_series: &str) -> String {
    schema(&format!(
        "{{\"series\": {{\"period\": \"2003-2019\", \"design\": \"prospective\", \"centres\": 1}}, {calc_series}}}"
    ))
}

/// The sex, which a report has to state, is made a fault of these records.
const OTHERS: &str = r#""C08": "error""#;

#[test]
fn a_severity_in_the_schema_replaces_the_default() {
    let code = |severities: &str| validate(CASES, &of(&format!("\"severities\": {{{severities}}}")), &[]).status.code();
    assert_eq!(code(OTHERS), Some(1));
    assert_eq!(code(&format!("{OTHERS}, \"date-outside-period\": \"note\"")), Some(1));
    assert_eq!(code(r#""sex-not-reported": "warning""#), Some(1), "a date is outside of the period");
    assert_eq!(code(r#""sex-not-reported": "warning", "date-outside-period": "note""#), Some(0));
    let strict = |severities: &str| {
        validate(CASES, &of(&format!("\"severities\": {{{severities}}}")), &["--strict"]).status.code()
    };
    assert_eq!(strict(r#""C08": "warning", "date-outside-period": "note""#), Some(1));
    assert_eq!(strict(r#""date-outside-period": "note""#), Some(0), "what a report has to state never fails a run");
    let object = object(CASES, &of(r#""severities": {"c08": "warning"}"#));
    let sex = object["findings"].as_array().unwrap().iter().find(|f| f["id"] == "sex-not-reported").unwrap();
    assert_eq!((&sex["severity"], &sex["count"]), (&"warning".into(), &2.into()));
}

#[test]
fn an_accepted_finding_is_listed_with_its_reason_and_does_not_fail_the_run() {
    let accepted = r#""accepted": [
        {"id": "C08", "case": "A", "reason": "not recorded at the time"},
        {"id": "sex-not-reported", "case": "C", "column": "sex", "reason": "not recorded either"},
        {"id": "date-outside-period", "reason": "late inclusion"}]"#;
    let schema = of(&format!("\"severities\": {{{OTHERS}}}, {accepted}"));
    let output = validate(CASES, &schema, &["--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(findings(&object).iter().all(|found| found.id != "sex-not-reported" && found.id != "date-outside-period"));
    let accepted = object["accepted"].as_array().unwrap();
    let accepted: Vec<_> =
        accepted.iter().map(|one| (one["case"].as_str().unwrap(), one["reason"].as_str().unwrap())).collect();
    assert_eq!(accepted, [("A", "late inclusion"), ("A", "not recorded at the time"), ("C", "not recorded either")]);
    // What was not there before is found all the same.
    let more = validate(&format!("{CASES}D,,2006\n"), &schema, &[]);
    assert_eq!(more.status.code(), Some(1));
    let text = String::from_utf8(more.stdout).unwrap();
    assert!(text.contains("column sex: D (cases.csv:5)") && text.contains("accepted: late inclusion"), "{text}");
}

#[test]
fn accepting_a_finding_of_reading_reduces_its_count() {
    let cases = "id,hb (g/dL)\nA,x y\nB,9\nC,z y\nD,10\n";
    let unreadable = |calc_series: &str| {
        let object = object(cases, &schema(calc_series));
        let finding = object["findings"].as_array().unwrap().iter().find(|f| f["id"] == "unreadable-cell").cloned();
        finding.map(|finding| finding["count"].as_u64().unwrap())
    };
    assert_eq!(unreadable("{}"), Some(2));
    let accepting =
        |more: &str| format!("{{\"accepted\": [{{\"id\": \"unreadable-cell\", {more}\"reason\": \"known\"}}]}}");
    assert_eq!(unreadable(&accepting("\"case\": \"C\", ")), Some(1));
    assert_eq!(unreadable(&accepting("")), None);
}

#[test]
fn an_unused_acceptance_is_a_warning() {
    let schema = of(r#""accepted": [{"id": "sex-not-reported", "case": "B", "reason": "x"}]"#);
    let found = findings(&object(CASES, &schema));
    let Finding { message, .. } = found.iter().find(|found| found.id == "acceptance-unused").expect("the warning");
    assert_eq!(message, "this acceptance matches no finding: sex-not-reported of case B");
}

#[test]
fn invalid_severities_acceptances_and_facts_are_refused_with_a_suggestion() {
    for (calc_series, said) in [
        (r#"{"severities": {"sex-not-reportd": "note"}}"#, "did you mean 'sex-not-reported'?"),
        (r#"{"severities": {"C08": "notes"}}"#, "did you mean 'note'?"),
        (r#"{"accepted": [{"id": "zzz", "reason": "x"}]}"#, "'zzz' is not a valid id of a finding"),
        (r#"{"accepted": [{"id": "C08"}]}"#, "has no \"reason\""),
        (r#"{"accepted": [{"reason": "x"}]}"#, "has no \"id\""),
        (r#"{"accepted": [{"id": "C08", "reasn": "x", "reason": "x"}]}"#, "did you mean 'reason'?"),
        (r#"{"series": {"period": "2019-2003"}}"#, "the period ends before it begins"),
        (r#"{"series": {"period": {"start": "2003"}}}"#, "a period needs a start and an end"),
        (r#"{"series": {"design": "retro"}}"#, "did you mean 'retrospective'?"),
        (r#"{"series": {"centres": "one"}}"#, "is not a whole number"),
        (r#"{"series": {"columns": {"sde": "x"}}}"#, "did you mean 'side'?"),
    ] {
        let output = validate(CASES, &schema(calc_series), &[]);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{calc_series}");
        assert!(
            stderr.contains(said) && stderr.contains("cases.schema.json line 1, /calcSeries/"),
            "{calc_series}: {stderr}"
        );
    }
}

#[test]
fn unknown_keys_and_columns_are_warnings() {
    for (calc_series, said) in [
        (r#"{"series": {"centers": 1}}"#, "unknown key 'centers' in series"),
        (r#"{"serie": {}}"#, "unknown key 'serie' in calcSeries"),
        (
            r#"{"series": {"columns": {"side": "sexx"}}}"#,
            "\"columns\" in \"series\" names 'sexx', which is not a column of the data",
        ),
        (
            r#"{"series": {"headlineLabs": ["hb"]}}"#,
            "\"headlineLabs\" in \"series\" names 'hb', which is not a column of the data",
        ),
    ] {
        let found = findings(&object(CASES, &schema(calc_series)));
        assert!(
            found.iter().any(|found| found.id == "schema-key-unknown" && found.message == said),
            "{calc_series}: {found:#?}"
        );
    }
    // Keys of other programs are theirs.
    assert!(findings(&object(CASES, &schema(r#"{"other": 1}"#))).iter().all(|found| found.id != "schema-key-unknown"));
}

#[test]
fn a_column_named_in_the_schema_is_examined() {
    let cases = "id,alter,ereignis\nA,5,\nB,6,Beginn\n";
    let schema = schema(r#"{"series": {"columns": {"ageEvent": "ereignis"}}}"#);
    let found = findings(&object(cases, &schema));
    let is_meant = |found: &Finding| found.id == "age-event-unclear" && found.case == "A" && found.column == "ereignis";
    assert!(found.iter().any(is_meant), "{found:#?}");
}

#[test]
fn a_refused_file_is_reported_in_the_requested_format() {
    let ragged = "id,sex\nA,F,x\nB,M\n";
    let text = validate(ragged, "", &[]);
    assert_eq!((text.status.code(), text.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&text.stderr).contains("error[ragged-row]"));
    let json = validate(ragged, "", &["--format", "json"]);
    assert_eq!(json.status.code(), Some(2));
    let object: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&object["refused"], &object["cases"]), (&true.into(), &Value::Null));
    assert_eq!(
        (&object["findings"][0]["id"], &object["findings"][0]["first"][0]["line"]),
        (&"ragged-row".into(), &2.into())
    );
    let github = validate(ragged, "", &["--format", "github"]);
    assert!(String::from_utf8_lossy(&github.stdout).starts_with("::error file=cases.csv,line=2,title=ragged-row::"));
    assert_eq!(github.status.code(), Some(2));
}

#[test]
fn a_missing_file_is_an_error_and_not_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let output = super::run_in(folder.path(), &["validate", "none.csv", "--format", "json"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
}

#[test]
fn an_acceptance_for_a_filtered_out_case_is_not_reported_as_unused() {
    let schema = of(r#""accepted": [{"id": "C08", "case": "C", "reason": "known"}]"#);
    let output = validate(CASES, &schema, &["--where", "id = 'A'", "--format", "json"]);
    assert!(!String::from_utf8(output.stdout).unwrap().contains("acceptance-unused"));
}
