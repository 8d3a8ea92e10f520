//! `calc-series validate`: what is found in small files, and in the report's series.

mod example;
mod formats;
mod records;
mod rules;
mod severities;

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the program in a folder.
fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_calc-series"))
        .args(arguments)
        .current_dir(folder)
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program starts")
}

/// Runs `validate` on a file `cases.csv`, with a schema beside it where one is given.
fn validate(cases: &str, schema: &str, options: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("cases.csv"), cases).expect("a file");
    if !schema.is_empty() {
        std::fs::write(folder.path().join("cases.schema.json"), schema).expect("a file");
    }
    run_in(folder.path(), &[&["validate", "cases.csv"], options].concat())
}

/// The object of a validation.
fn object(cases: &str, schema: &str) -> Value {
    let output = validate(cases, schema, &["--format", "json"]);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|fault| panic!("{fault}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// The parts of a finding that tests compare.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    id: String,
    case: String,
    column: String,
    message: String,
}

/// The findings that are shown and what is to be reported, one for each place.
fn findings(object: &Value) -> BTreeSet<Finding> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of = |finding: &Value| -> Vec<Finding> {
        let first = finding["first"].as_array().expect("places");
        let one = |place: &Value| Finding {
            id: text(&finding["id"]),
            case: text(&place["case"]),
            column: text(&finding["column"]),
            message: text(&place["message"]),
        };
        first.iter().map(one).collect()
    };
    let of_records = object["findings"].as_array().expect("findings");
    let to_report = object["to_report"].as_array().expect("what is to be reported");
    of_records.iter().chain(to_report).flat_map(of).collect()
}

/// The item of a number.
fn item<'a>(object: &'a Value, number: &str) -> &'a Value {
    let items = object["items"].as_array().expect("items");
    items.iter().find(|item| item["number"] == number).unwrap_or_else(|| panic!("no item {number}"))
}

/// A schema of which only the object `calcSeries` matters; the columns are read as without it.
fn schema(calc_series: &str) -> String {
    format!("{{\"fields\": [{{\"name\": \"id\"}}], \"fieldsMatch\": \"subset\", \"calcSeries\": {calc_series}}}")
}
