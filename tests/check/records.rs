//! What each verdict depends on: if a record is removed or a response changed, exactly the verdicts
//! that depend on it change.

use super::{audit, verdicts};
use crate::support::{file, root, series};
use serde_json::Value;
use std::collections::BTreeMap;

/// The records, header first.
fn records() -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(series("cases.csv")).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The audit of the claims of the series against these records.
fn audit_of(records: &[Vec<String>]) -> Value {
    let mut writer = csv::Writer::from_writer(Vec::new());
    records.iter().for_each(|record| writer.write_record(record).unwrap());
    let (_folder, path) = file("cases.csv", writer.into_inner().unwrap());
    audit(&[&series("claims.toml"), path.to_str().unwrap(), "--schema", &series("cases.schema.json")])
}

/// The verdicts that are not those of the whole series: `K25 contradicts -> agrees`.
fn changed(before: &BTreeMap<String, String>, audit: &Value) -> Vec<String> {
    let after = verdicts(audit);
    let differing = before.iter().filter(|(id, verdict)| after[*id] != **verdict);
    differing.map(|(id, verdict)| format!("{id} {verdict} -> {}", after[id])).collect()
}

/// The same record with the response of one line replaced.
fn with_response(record: &[String], treatment: usize, line: usize, response: &str) -> Vec<String> {
    let mut lines: Vec<String> = record[treatment].split("; ").map(str::to_owned).collect();
    let (agents, said) = lines[line].split_once(": ").expect("a response");
    let end = said.find([',', '(']).unwrap_or(said.len());
    lines[line] =
        format!("{agents}: {response}{}{}", if said[end..].starts_with('(') { " " } else { "" }, &said[end..]);
    let mut record = record.to_vec();
    record[treatment] = lines.join("; ");
    record
}

/// The committed list was read against the claims one by one.
#[test]
fn a_removed_record_and_a_changed_response_change_the_verdicts_that_depend_on_them() {
    let records = records();
    let treatment = records[0].iter().position(|name| name == "treatment").unwrap();
    let before = verdicts(&audit_of(&records));
    let mut found = String::new();
    for case in 1..records.len() {
        let mut fewer = records.clone();
        let removed = fewer.remove(case);
        let changes = changed(&before, &audit_of(&fewer));
        found.push_str(&format!("without {}: {}\n", removed[0], changes.join(", ")));
    }
    let mut lines = 0;
    for case in 1..records.len() {
        for line in 0..records[case][treatment].split("; ").count() {
            lines += 1;
            for response in ["partial", "none", "complete", "not reported"] {
                let mut other = records.clone();
                other[case] = with_response(&records[case], treatment, line, response);
                let changes = changed(&before, &audit_of(&other));
                let name = format!("{}.{} {response}", records[case][0], line + 1);
                found.push_str(&format!("{name}: {}\n", changes.join(", ")));
            }
        }
    }
    assert_eq!((records.len() - 1, lines), (5, 12));
    let path = root().join("tests/golden/audit-changes.txt");
    if std::env::var_os("CALC_SERIES_BLESS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    assert_eq!(found, std::fs::read_to_string(path).unwrap());
}

/// Verdicts are computed: records changed to what the report states agree with it.
#[test]
fn records_changed_to_what_the_report_states_agree() {
    let mut records = records();
    let treatment = records[0].iter().position(|name| name == "treatment").unwrap();
    records[3] = with_response(&records[3], treatment, 3, "partial");
    let after = verdicts(&audit_of(&records));
    for id in ["K25", "K28", "K31"] {
        assert_eq!(after[id], "agrees", "{id}");
    }
    let calcium = records[0].iter().position(|name| name == "calcium_phosphate").unwrap();
    records[5][calcium] = "normal".to_owned();
    assert_eq!(verdicts(&audit_of(&records))["K14"], "agrees");
    records[5][calcium] = "abnormal".to_owned();
    assert_eq!(verdicts(&audit_of(&records))["K14"], "contradicts");
}
