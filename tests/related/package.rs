//! A Frictionless data package: its tables, how they are written, what they mean.

use super::five::{SCHEMA_FILE, csv, expected, same, tables};
use super::{folder, ran, results};
use serde_json::{Value, json};

const PATIENTS: &str = "pid;alter;geschlecht\nP1;6,5;w\nP2;7;m\nP3;-9;m\n";
const LINES: &str = "patient,agent,line\nP1,mtx,1\nP2,pred,1\nP2,mtx,2\n";
const VISITS: &str = "patient,weight\nP1,20\n";

fn package() -> Value {
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "resources": [
            {"name": "visits", "path": "visits.csv", "schema": {"fields": [{"name": "patient"}, {"name": "weight"}]}},
            {"name": "lines", "path": "data/lines.csv", "schema": {
                "fields": [{"name": "patient"}, {"name": "agent"}, {"name": "line", "type": "integer"}],
                "foreignKeys": [{"fields": ["patient"], "reference": {"resource": "people", "fields": ["pid"]}}]}},
            {"name": "people", "path": ["people.csv"], "encoding": "utf-8", "dialect": {"delimiter": ";"}, "schema": {
                "fields": [
                    {"name": "pid", "type": "string"},
                    {"name": "alter", "type": "number", "decimalChar": ",", "title": "Age at onset", "calcSeries": {"role": "age", "unit": "years"}},
                    {"name": "geschlecht", "type": "string", "calcSeries": {"role": "sex"}}],
                "missingValues": ["", "-9"], "primaryKey": "pid"}}
        ]
    })
}

fn written(package: &Value) -> tempfile::TempDir {
    let text = package.to_string();
    let folder = folder(&[("datapackage.json", &text), ("people.csv", PATIENTS), ("visits.csv", VISITS)]);
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/lines.csv"), LINES).unwrap();
    folder
}

#[test]
fn a_package_is_an_input() {
    let folder = written(&package());
    let get = |key: &str| ran(folder.path(), &["get", "datapackage.json", key]);
    let mean = get("alter.mean");
    assert_eq!(mean.stdout, "6.75\n", "{}", mean.stderr);
    assert_eq!(
        [get("cases").stdout, get("alter.N_miss").stdout, get("treatment.lines").stdout.len().to_string()][..2],
        ["3\n", "1\n"]
    );
    let note =
        "note[data-package]: the table 'people' of the data package has the cases, lines their rows; not read: visits";
    assert!(mean.stderr.contains(note), "{}", mean.stderr);
    let text = ran(folder.path(), &["summarize", "datapackage.json"]);
    assert!(text.stdout.contains("Age at onset") && text.stdout.contains("3 lines in 2"), "{}", text.stdout);
    // The descriptor is an input, which is not overwritten.
    let over = ran(folder.path(), &["summarize", "datapackage.json", "-o", "datapackage.json"]);
    assert_eq!(over.code, Some(2));
    assert!(ran(folder.path(), &["summarize", "datapackage.json", "--no-schema", "--delimiter", ";"]).code.is_some());
}

#[test]
fn what_a_package_cannot_say_is_refused() {
    let path = |to: &str| json!({"resources": [{"name": "a", "path": to}]});
    for (package, message) in [
        (path("../people.csv"), "the path '../people.csv' leads out of the folder of the package"),
        (path("/etc/passwd"), "the path '/etc/passwd' leads out"),
        (path("https://example.org/a.csv"), "is an address; only files are read"),
        (path("none.csv"), "there is no file 'none.csv' in the folder of the package"),
        (json!({"resources": [{"name": "a"}]}), "the table 'a' has no \"path\""),
        (json!({"resources": [{"name": "a", "data": [1]}]}), "is inside the package"),
        (json!({"resources": [{"name": "a", "path": ["a.csv", "b.csv"]}]}), "is in several files"),
        (json!({"resources": []}), "the package has no \"resources\""),
        (
            json!({"resources": [{"name": "a", "path": "people.csv", "dialect": {"header": false}}]}),
            "has the dialect \"header\": false",
        ),
        (
            json!({"resources": [{"name": "a", "path": "people.csv", "dialect": {"quoteChar": "'"}}]}),
            "has the dialect \"quoteChar\"",
        ),
        (
            json!({"resources": [{"name": "a", "path": "people.csv", "schema": "no.json"}]}),
            "there is no file 'no.json'",
        ),
        (
            json!({"resources": [{"name": "a", "path": "people.csv"}, {"name": "b", "path": "visits.csv"}]}),
            "it is not clear which has the cases",
        ),
        (
            json!({"resources": [{"name": "a", "path": "people.csv"}, {"name": "a", "path": "visits.csv"}]}),
            "two resources have the name 'a'",
        ),
    ] {
        let folder = written(&package);
        let ran = ran(folder.path(), &["summarize", "datapackage.json"]);
        assert_eq!(ran.code, Some(2), "{package}");
        assert!(ran.stderr.contains(message), "{message}: {}", ran.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_refused() {
    let folder = written(&json!({"resources": [{"name": "a", "path": "out.csv"}]}));
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.csv"), PATIENTS).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.csv"), folder.path().join("out.csv")).unwrap();
    let ran = ran(folder.path(), &["summarize", "datapackage.json"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("is a link that leads out"), "{}", ran.stderr);
}

#[test]
fn the_five_patients_as_a_package_say_what_one_table_does() {
    let folder = tempfile::tempdir().unwrap();
    for (name, rows) in ["patients.csv", "treatments.csv", "labs.csv"].iter().zip(tables()) {
        std::fs::write(folder.path().join(name), csv(&rows)).unwrap();
    }
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(SCHEMA_FILE).unwrap()).unwrap();
    let key = json!([{"fields": "case_id", "reference": {"resource": "patients", "fields": "case_id"}}]);
    let child = |fields: &[&str]| {
        let fields: Vec<Value> = fields.iter().map(|name| json!({"name": name})).collect();
        json!({"fields": fields, "foreignKeys": key})
    };
    let package = json!({"resources": [
        {"name": "patients", "path": "patients.csv", "schema": schema},
        {"name": "treatments", "path": "treatments.csv", "schema": child(&["case_id", "line", "agent", "dose", "response"])},
        {"name": "labs", "path": "labs.csv", "schema": child(&["case_id", "test", "value"])},
    ]});
    std::fs::write(folder.path().join("datapackage.json"), package.to_string()).unwrap();
    same(&results(folder.path(), &["datapackage.json"]), &expected());
}

#[test]
fn answers_of_another_language_and_comments_above_the_header_are_declared() {
    let package = json!({"resources": [{
        "name": "a", "path": "people.csv", "dialect": {"delimiter": ";", "headerRows": [2], "commentRows": [1]},
        "schema": {"fields": [{"name": "id"}, {"name": "fever", "type": "boolean", "trueValues": ["ja"], "falseValues": ["nein"]}]}
    }]});
    let text = "Liste der Klinik;\nid;fever\nA;ja\nB;nein\n";
    let run = |package: &Value| {
        let folder = folder(&[("datapackage.json", &package.to_string()), ("people.csv", text)]);
        ran(folder.path(), &["cases", "datapackage.json", "--columns", "all", "--format", "csv"])
    };
    let read = run(&package);
    assert_eq!(read.stdout, "id,fever\nA,yes\nB,no\n", "{}", read.stderr);
    let mut below = package;
    below["resources"][0]["dialect"]["commentRows"] = json!([1, 3]);
    let refused = run(&below);
    assert!(
        refused.code == Some(2) && refused.stderr.contains("comments in rows below its header"),
        "{}",
        refused.stderr
    );
}
