//! Columns that say yes or no are one set where the schema says so: counts, groups, places, refusals.

use super::{Ran, run_files, run_in, says};
use crate::support::row;
use serde_json::Value;
use std::collections::BTreeMap;

const CASES: &str = "case_id,age,site_knee,sex,site_elbow,hip\n\
    P1,3,1,F,0,Checked\nP2,4,0,M,no,Unchecked\nP3,5,,F,,NA\nP4,6,yes,F,TRUE,0\n";

/// The same cases with the set in one cell.
const IN_ONE_CELL: &str = "case_id,age,sites,sex\nP1,3,knee;hip,F\nP2,4,none,M\nP3,5,,F\nP4,6,knee;elbow,F\n";

const SETS: &str = r#"{"fields": [], "fieldsMatch": "partial", "calcSeries": {"sets": [{"name": "sites", "role": "site",
    "oneHot": {"site_knee": "knee", "site_elbow": "elbow", "hip": "hip"}}]}}"#;

fn with_schema(name: &str, cases: &str, schema: &str, options: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), cases).expect("a file");
    std::fs::write(folder.path().join("s.json"), schema).expect("a file");
    run_in(folder.path(), &[&["summarize", name, "--schema", "s.json"], options].concat())
}

fn results(ran: &Ran) -> Value {
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    summary["results"].clone()
}

fn by_key(results: &Value) -> BTreeMap<&str, &Value> {
    results.as_array().expect("rows").iter().map(|row| (row["key"].as_str().expect("a key"), row)).collect()
}

#[test]
fn a_set_of_columns_is_counted_like_a_set_in_one_cell() {
    let levels = r#"{"fields": [{"name": "sites", "calcSeries": {"kind": "set", "delimiter": ";", "levels": ["knee", "elbow", "hip"]}}], "fieldsMatch": "subset"}"#;
    for by in [&["--by", "sex"][..], &["--by", "sites"], &["--by", "sites", "--by", "sex"], &[]] {
        let options = [&["--format", "json", "--strict"], by].concat();
        let columns = results(&with_schema("cases.csv", CASES, SETS, &options));
        let cells = results(&with_schema("cases.csv", IN_ONE_CELL, levels, &options));
        // A schema puts its fields before other columns, so that the order is another one.
        assert_eq!(by_key(&columns), by_key(&cells), "{by:?}");
    }
}

#[test]
fn json_cases_and_threads_give_the_same() {
    let json = r#"[{"case_id": "P1", "age": 3, "site_knee": true, "sex": "F", "site_elbow": false, "hip": "Checked"},
        {"case_id": "P2", "age": 4, "site_knee": 0, "sex": "M", "site_elbow": "no", "hip": false},
        {"case_id": "P3", "age": 5, "sex": "F"},
        {"case_id": "P4", "age": 6, "site_knee": "yes", "sex": "F", "site_elbow": 1, "hip": 0}]"#;
    let options = ["--format", "json", "--strict", "--by", "sites"];
    let csv = results(&with_schema("cases.csv", CASES, SETS, &options));
    assert_eq!(results(&with_schema("cases.json", json, SETS, &options)), csv);
    let many: String = (0..60_000).map(|n| format!("Q{n},{},{},x,{},\n", n % 90, n % 2, n % 3 / 2)).collect();
    let many = format!("case_id,age,site_knee,sex,site_elbow,hip\n{many}");
    let run =
        |threads| with_schema("cases.csv", &many, SETS, &["--format", "json", "--by", "sex", "--threads", threads]);
    let (one, three) = (run("1"), run("3"));
    assert_eq!((one.stdout, one.stderr), (three.stdout, three.stderr));
}

#[test]
fn a_column_that_only_later_cases_have_is_found() {
    let first: String = (0..30_000).map(|n| format!("{{\"case_id\": \"P{n}\", \"age\": 5}}\n")).collect();
    let cases = format!("{first}{{\"case_id\": \"Q\", \"site_knee\": 1, \"site_elbow\": 0, \"hip\": 0}}\n");
    let ran = with_schema("cases.json", &cases, SETS, &["--format", "json", "--by", "sites"]);
    let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(
        (&row(&summary, "sites[knee].n")["stat"], &row(&summary, "sites.N_miss")["stat"]),
        (&1.into(), &30_000.into())
    );
    let never = with_schema("cases.json", &first, SETS, &[]);
    says(
        &never,
        2,
        &[
            "error[columns-differ]: the data has no column 'site_knee', which the set 'sites' of the schema s.json needs",
        ],
    );
}

#[test]
fn what_is_blank_or_unreadable_is_located_and_counted() {
    let cases = "case_id,site_knee,site_elbow,hip\nP1,1,,0\nP2,0,,0\nP3,1,2,0\nP4,1,,0\n";
    let ran = with_schema("cases.csv", cases, SETS, &["--format", "json"]);
    let lines = [
        "warning[set-partly-reported]: not reported in 1 of the 3 columns of this set; the others are counted",
        "  cases.csv line 2, case P1, column sites: 'site_elbow'",
        "  help: write 0 or no where the patient does not have the item",
        "warning[set-partly-reported]: not reported in 1 of the 3 columns of this set, and none of the others is yes: the case counts as not reported",
        "  cases.csv line 3, case P2, column sites: 'site_elbow'",
    ];
    says(&ran, 0, &lines);
    let unreadable = [
        "warning[unreadable-cell]: neither yes nor no",
        "  cases.csv line 4, case P3, column site_elbow: '2'",
        "  help: write 1 or 0, or define the word in its field of the schema, as in \"synonyms\": {\"2\":\"no\"}",
    ];
    says(&ran, 0, &unreadable);
    let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let stat = |key: &str| row(&summary, key)["stat"].clone();
    assert_eq!([stat("sites[knee].n"), stat("sites[elbow].n"), stat("sites.N_miss")], [3, 0, 1].map(Value::from));
    let partly = summary["findings"].as_array().unwrap().iter().filter(|f| f["id"] == "set-partly-reported");
    assert_eq!(partly.map(|f| f["count"].as_u64().unwrap_or(0)).max(), Some(3), "{}", summary["findings"]);
    let said = SETS
        .replace("\"fields\": []", r#""fields": [{"name": "site_elbow", "calcSeries": {"synonyms": {"2": "no"}}}]"#);
    assert!(!with_schema("cases.csv", cases, &said, &[]).stderr.contains("unreadable"));
}

#[test]
fn a_name_that_is_no_column_and_a_column_of_a_set_are_refused_with_a_remedy() {
    let wrong = SETS.replace("site_elbow", "site_elbw");
    let lines = [
        "error[columns-differ]: the data has no column 'site_elbw', which the set 'sites' of the schema s.json needs",
        "  s.json, column site_elbw",
        "  help: did you mean 'site_elbow'? Otherwise remove 'site_elbw' from \"oneHot\"",
    ];
    says(&with_schema("cases.csv", CASES, &wrong, &[]), 2, &lines);
    let taken = SETS.replace("\"name\": \"sites\"", "\"name\": \"age\"");
    let lines = ["error[columns-differ]: the set 'age' of the schema s.json has the name of a column of the data"];
    says(&with_schema("cases.csv", CASES, &taken, &[]), 2, &lines);
    for options in [["--by", "site_knee"], ["--kind", "site_knee=number"], ["--id", "site_knee"]] {
        let lines = [
            "error: 'site_knee' is a column of the set 'sites', not a variable of its own",
            "  help: name the set, sites, or remove the column from \"oneHot\" in the schema",
        ];
        says(&with_schema("cases.csv", CASES, SETS, &options), 2, &lines);
    }
    let lines = ["error: the schema builds 'sites' from several columns: it is a set and cannot have another kind"];
    says(&with_schema("cases.csv", CASES, SETS, &["--kind", "sites=category"]), 2, &lines);
    says(
        &with_schema("cases.csv", CASES, SETS, &["--id", "sites"]),
        2,
        &["error: 'sites' is a set and cannot identify cases"],
    );
}

#[test]
fn the_schema_command_writes_the_set_and_reads_it_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: &str| std::fs::write(folder.path().join(name), content).expect("a file");
    write("cases.csv", CASES);
    write("s.json", SETS);
    let printed = run_in(folder.path(), &["schema", "cases.csv", "--schema", "s.json"]).stdout;
    write("printed.json", &printed);
    let again = run_in(folder.path(), &["schema", "cases.csv", "--schema", "printed.json"]);
    assert!(printed.contains("\"oneHot\": {\n          \"site_knee\": \"knee\",\n          \"site_elbow\": \"elbow\""));
    let without_why = |text: &str| {
        text.lines().filter(|l| !l.contains("\"why\"")).map(|l| l.trim_end_matches(',').to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(without_why(&again.stdout), without_why(&printed));
    let run = |schema| run_in(folder.path(), &["summarize", "cases.csv", "--schema", schema, "--format", "json"]);
    assert_eq!(results(&run("s.json")), results(&run("printed.json")));
}

#[test]
fn filters_and_listings_see_the_set() {
    let ran = with_schema(
        "cases.csv",
        CASES,
        SETS,
        &["--format", "json", "--where", "has(sites, 'knee') and not has(sites, 'hip')"],
    );
    let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let stat = |key: &str| row(&summary, key)["stat"].clone();
    assert_eq!([stat("sites.N"), stat("sites[elbow].n"), stat("sites[hip].n")], [1, 1, 0].map(Value::from));
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("cases.csv"), CASES).expect("a file");
    std::fs::write(folder.path().join("s.json"), SETS).expect("a file");
    let list = ["cases", "cases.csv", "--schema", "s.json", "--columns", "case_id,sites", "--format", "csv"];
    let listed = run_in(folder.path(), &list);
    assert_eq!(listed.stdout, "case_id,sites\nP1,knee; hip\nP2,none\nP3,\nP4,knee; elbow\n", "{}", listed.stderr);
}

#[test]
fn boxes_called_by_numbers_and_items_called_none_are_counted() {
    let schema = r#"{"fields": [], "fieldsMatch": "partial", "calcSeries": {"sets": [
        {"name": "sites", "oneHot": {"site___1": "knee; left", "site___0": "none", "site____99": "unknown"}}]}}"#;
    let cases = "case_id,x,site___0,site___1,site____99\nP1,a,1,0,0\nP2,b,0,1,0\nP3,c,0,0,1\nP4,d,0,0,0\n";
    let ran = with_schema("cases.csv", cases, schema, &["--format", "json", "--strict"]);
    let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    for key in ["sites[knee; left].n", "sites[none].n", "sites[unknown].n"] {
        assert_eq!(row(&summary, key)["stat"], 1, "{key}");
    }
    assert_eq!(row(&summary, "sites.N")["stat"], 4);
    // Without a schema they are columns like others.
    assert!(run_files(&[("cases.csv", cases.as_bytes())], &["--format", "json"]).stdout.contains("site___0"));
}
