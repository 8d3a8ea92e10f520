//! One long table, a row a visit.

use crate::strict::advice;
use crate::support::{file, run};
use serde_json::{Value, json};
use std::path::Path;

struct Ran {
    stdout: String,
    stderr: String,
    code: Option<i32>,
}

fn ran(path: &Path, options: &[&str]) -> Ran {
    let arguments = [&["summarize", path.to_str().unwrap()], options].concat();
    let output = run(&arguments);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let stderr = text(output.stderr);
    advice::paste(path.parent().unwrap(), &arguments, &stderr);
    Ran { stdout: text(output.stdout), stderr, code: output.status.code() }
}

/// The statistics of a table read with `--case record_id --visit timepoint`, by key, and what was said.
fn widened(text: &str, options: &[&str]) -> (impl Fn(&str) -> Value, String) {
    let (_folder, path) = file("long.csv", text);
    let options = [&["--case", "record_id", "--visit", "timepoint", "--format", "json"], options].concat();
    let ran = ran(&path, &options);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let summary: Value = serde_json::from_str(&ran.stdout).unwrap();
    let rows = summary["results"].as_array().unwrap().clone();
    (
        move |key: &str| rows.iter().find(|row| row["key"] == key).map_or(Value::Null, |row| row["stat"].clone()),
        ran.stderr,
    )
}

fn refused(text: &str, parts: &[&str]) {
    let (_folder, path) = file("long.csv", text);
    let ran = ran(&path, &["--case", "record_id", "--visit", "timepoint"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
    for part in parts {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}

const LONG: &str = "\
record_id,timepoint,sex,age,mssi,CRP (mg/L)
801,baseline,F,10,1,12.5
801,6_months,F,10,0,3
802,baseline,M,7,4,<5
803,baseline,,8,2,7
803,6_months,F,9,1,
803,12_months,,,0,8
";

#[test]
fn patients_are_the_unit_and_columns_are_of_the_case_or_of_a_visit() {
    let (stat, said) = widened(LONG, &[]);
    assert_eq!([stat("cases"), stat("sex[female].n"), stat("sex[female].N")], [json!(3), json!(2), json!(3)]);
    // An age advances; the first one is read: 10, 7 and 8.
    assert_eq!(stat("age.mean"), json!(25.0 / 3.0));
    assert_eq!([stat("mssi@baseline.mean"), stat("mssi@baseline.N")], [json!(7.0 / 3.0), json!(3)]);
    assert_eq!([stat("mssi@6_months.mean"), stat("mssi@6_months.N")], [json!(0.5), json!(2)]);
    assert_eq!(stat("mssi@12_months.N_miss"), json!(2));
    assert_eq!(stat("CRP@baseline.N_censored"), json!(1));
    assert_eq!(stat("timepoint.N"), Value::Null);
    for part in [
        "note[long-table]: 6 rows are 3 cases; cases by visit: baseline 3, 6_months 2, 12_months 1",
        "note[long-table]: one value a case, taken as columns of the case: sex",
        "note[long-table]: an age that advances from visit to visit: the first one of each case is read",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn each_cell_keeps_its_own_line() {
    let text = LONG.replace("12_months,,,0,8", "12_months,,,0,8 kg");
    let (_, said) = widened(&text, &[]);
    assert!(said.contains("  long.csv line 7, case 803, column CRP (mg/L)@12_months: '8 kg'"), "{said}");
    let (_folder, path) = file("long.csv", &text);
    let output =
        run(&["validate", path.to_str().unwrap(), "--case", "record_id", "--visit", "timepoint", "--format", "json"]);
    let findings = String::from_utf8(output.stdout).unwrap();
    assert!(findings.contains("\"line\": 7") || findings.contains("\"line\":7"), "{findings}");
}

#[test]
fn filters_keys_and_listings_know_the_visits() {
    let (_folder, path) = file("long.csv", LONG);
    let long = ["--case", "record_id", "--visit", "timepoint"];
    let command = |command: &str, more: &[&str]| {
        let output = run(&[&[command, path.to_str().unwrap()], &long[..], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(command("get", &["mssi@baseline.max"]), "4\n");
    assert_eq!(command("get", &["cases | age >= 8"]), "2\n");
    let list = command("get", &["--list"]);
    assert!(list.contains("mssi@6_months"), "{list}");
    assert!(command("cases", &["--columns", "all"]).contains("801"));
}

#[test]
fn a_schema_holds_at_every_visit() {
    let (folder, path) = file("long.csv", LONG);
    let schema = r#"{"fields": [{"name": "record_id"}, {"name": "timepoint"}, {"name": "mssi", "title": "Severity", "calcSeries": {"kind": "category"}}], "fieldsMatch": "partial"}"#;
    std::fs::write(folder.path().join("long.schema.json"), schema).unwrap();
    let ran = ran(&path, &["--case", "record_id", "--visit", "timepoint"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("Severity@baseline") && ran.stdout.contains("Severity@6_months"), "{}", ran.stdout);
}

#[test]
fn what_a_patient_has_once_and_visits_that_are_there_twice_are_refused() {
    refused(
        &LONG.replace("6_months,F,10", "6_months,M,10"),
        &[
            "error[not-constant]: a patient has one value in this column, and this one has two: 'F' and 'M'",
            "  long.csv line 3, case 801, column sex",
        ],
    );
    refused(
        &LONG.replace("802,baseline", "801,baseline"),
        &[
            "error[duplicate-visit]: two rows of one case and visit, the first at line 2",
            "  long.csv line 4, case 801, column timepoint: 'baseline'",
        ],
    );
    refused(
        &LONG.replace("802,", ","),
        &["error[blank-visit]: a row without its case or its visit", "  long.csv line 4"],
    );
    refused("a,b\n1,2\n", &["there is no column 'record_id'"]);
    refused("record_id,timepoint,x\n1,a\n", &["error[ragged-row]"]);
}

#[test]
fn the_schema_tells_what_a_case_has_once_and_what_at_each_visit() {
    let (folder, path) = file("long.csv", LONG.replace("\n", ",x\n").replacen("(mg/L),x", "(mg/L),place", 1));
    let with = |fields: &str| {
        let schema = format!(
            r#"{{"fields": [{{"name": "record_id"}}, {{"name": "timepoint"}}, {fields}], "fieldsMatch": "partial"}}"#
        );
        std::fs::write(folder.path().join("long.schema.json"), schema).unwrap();
        ran(&path, &["--case", "record_id", "--visit", "timepoint"])
    };
    let of_case = with(r#"{"name": "mssi", "calcSeries": {"perCase": true}}"#);
    assert_eq!(of_case.code, Some(2), "{}", of_case.stdout);
    assert!(
        of_case.stderr.contains("error[not-constant]") && of_case.stderr.contains("column mssi"),
        "{}",
        of_case.stderr
    );
    // One more row cannot change its keys.
    let of_visits = with(r#"{"name": "place", "calcSeries": {"perCase": false}}"#);
    assert!(
        of_visits.stdout.contains("place@baseline") && of_visits.stdout.contains("place@12_months"),
        "{}",
        of_visits.stdout
    );
    let usual = with(r#"{"name": "place"}"#);
    assert!(usual.stdout.contains("place") && !usual.stdout.contains("place@"), "{}", usual.stdout);
    assert!(usual.stderr.contains("\"perCase\": false or true"), "{}", usual.stderr);
}

#[test]
fn json_is_read_like_csv() {
    let text = r#"[{"record_id":"1","timepoint":"a","crp":5},{"record_id":"1","timepoint":"b","crp":7},{"record_id":"2","timepoint":"b","crp":9}]"#;
    let (stat, _) = widened(text, &[]);
    assert_eq!([stat("cases"), stat("crp@b.mean"), stat("crp@a.N_miss")], [json!(2), json!(8.0), json!(1)]);
}

#[test]
fn the_refusal_of_duplicate_ids_proposes_the_command() {
    let (_folder, path) = file("long.csv", LONG);
    let refused = ran(&path, &["--id", "record_id"]);
    let remedy = "in place of --id: if there is one row per visit (timepoint, age, mssi, CRP (mg/L) vary): \
                  --case record_id --visit timepoint";
    assert!(refused.code == Some(2) && refused.stderr.contains(remedy), "{}", refused.stderr);
    let pasted: Vec<&str> = remedy.rsplit_once(": ").unwrap().1.split(' ').collect();
    assert_eq!(ran(&path, &pasted).code, Some(0));
    let both = ran(&path, &["--case", "record_id"]);
    assert!(both.code == Some(2) && both.stderr.contains("--visit"), "{}", both.stderr);
}

#[test]
fn the_schema_that_is_written_reads_the_table_again() {
    let (folder, path) = file("long.csv", LONG);
    let long = ["--case", "record_id", "--visit", "timepoint"];
    let command = |command: &str, more: &[&str]| {
        let output = run(&[&[command, path.to_str().unwrap()], &long[..], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let (schema, before) = (command("schema", &[]), command("summarize", &["--format", "jsonl"]));
    let declared = schema.replacen("\"kind\": \"number\"", "\"kind\": \"text\"", 1);
    std::fs::write(folder.path().join("long.schema.json"), schema).unwrap();
    assert_eq!(command("summarize", &["--format", "jsonl"]), before);
    // What is changed in it holds.
    std::fs::write(folder.path().join("long.schema.json"), declared).unwrap();
    assert_ne!(command("summarize", &["--format", "jsonl"]), before);
}

#[test]
fn an_age_or_a_date_that_falls_between_visits_is_loud() {
    let warnings = |text: &str| {
        let (_folder, path) = file("long.csv", text);
        let ran = ran(&path, &["--case", "record_id", "--visit", "timepoint"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ran.stderr
    };
    let said = warnings(
        "record_id,timepoint,age,visit_date,x\n1,baseline,10,2014-05-01,1\n1,month 6,9,2014-02-01,2\n2,month 6,8.5,2014-11-01,2\n2,baseline,8,2014-05-01,1\n3,baseline,NA,,3\n",
    );
    for part in [
        "warning[visit-backwards]: the age falls from visit to visit: '10' at line 2",
        "long.csv line 3, case 1, column age: '9'",
        "warning[visit-backwards]: the date falls from visit to visit: '2014-05-01' at line 2",
        "long.csv line 3, case 1, column visit_date: '2014-02-01'",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("case 2"), "{said}");
    // Whose names tell no order have none.
    let said = warnings("record_id,timepoint,age\n1,summer,10\n1,winter,9\n");
    assert!(!said.contains("visit-backwards"), "{said}");
}

/// Two patients who came on one day do not make a schedule of it.
#[test]
fn days_of_each_patient_are_numbered_though_two_came_on_one_day() {
    let rows = "record_id,timepoint,crp\n1,2020-01-01,10\n1,2020-06-01,3\n2,2019-01-01,8\n2,2020-01-01,2\n\
        3,2018-01-01,9\n3,2018-09-01,4\n";
    let (stat, said) = widened(rows, &["--change", "crp"]);
    assert_eq!(
        [stat("crp_change.N"), stat("crp_change.min"), stat("crp_change.max")],
        [json!(3), json!(-7.0), json!(-5.0)]
    );
    assert!(said.contains("most days in 'timepoint' are of one case"), "{said}");
    // Days on which most patients came are visits.
    let rows =
        "record_id,timepoint,crp\n1,2020-01-01,10\n1,2020-06-01,3\n2,2020-01-01,8\n2,2020-06-01,2\n3,2020-01-01,8\n";
    assert_eq!(widened(rows, &[]).0("crp@2020-01-01.N"), json!(3));
}
