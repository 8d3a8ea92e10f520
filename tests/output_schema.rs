//! The JSON of a summary: it follows its schema, its keys are unique, its numbers read back exactly.

use crate::support::{file, root, row, run_with_input, series, stdout, summary};
use calc_series::{Inputs, Statistic, Value as Known, read_cohort};
use jsonschema::Validator;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Cells of every state, look-alike levels, an emptied lab, no case id, and what must be escaped.
const DIFFICULT: &str = "age,sex,sites,crp (mg/L),ck,seen,flag,treatment,notes\n\
    -2,F,elbow;knee,<5,>1280,2001,0,drug: partial; none such: odd word,a\u{202e}b\n\
    30 months,f,none,normal,>=30,2001-02,1,surgery: complete (unconfirmed),\u{9b}31m\n\
    130,Female,knee|elbow,\"1,5\",12 mg/L,2001-02-31,,drug + surgery: none (relapsed),\n\
    4,M,,high,not done,,1,,\"two\nlines\"\n";

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&schema_text()).expect("the schema is JSON");
    assert!(jsonschema::meta::is_valid(&schema), "the schema is no JSON Schema");
    jsonschema::validator_for(&schema).expect("the schema can be used")
}

fn schema_text() -> String {
    std::fs::read_to_string(root().join("src/render/summary.schema.json")).expect("the schema")
}

fn assert_valid(name: &str, summary: &Value) {
    let errors: Vec<String> =
        validator().iter_errors(summary).map(|error| format!("{}: {error}", error.instance_path())).take(5).collect();
    assert!(errors.is_empty(), "{name}:\n{}", errors.join("\n"));
}

/// Summaries of many kinds of input, with a name for messages.
fn summaries() -> Vec<(&'static str, Value)> {
    let (_folder, difficult) = file("difficult.csv", DIFFICULT);
    let difficult = difficult.to_string_lossy().into_owned();
    let hand_worked = "examples/hand-worked/cases.csv";
    vec![
        ("golden CSV", summary(&[&series("cases.csv")])),
        ("golden JSON", summary(&[&series("cases.json")])),
        ("golden without schema", summary(&[&series("cases.csv"), "--no-schema"])),
        ("embedded", summary(&["--example"])),
        ("hand-worked", summary(&[hand_worked])),
        ("other conventions", {
            let conventions = ["--ci", "clopper-pearson", "--conf-level", "0.9", "--quantile-type", "2"];
            summary(&[&[hand_worked], conventions.as_slice()].concat())
        }),
        (
            "by group with comparisons",
            summary(&[
                &series("cases.csv"),
                "--by",
                "etiology",
                "--tests",
                "--smd",
                "--difference",
                "--adjust",
                "holm",
            ]),
        ),
        ("by crossed groups, in bounds", summary(&[hand_worked, "--by", "sex,outcome", "--denominator", "bounds"])),
        (
            "of some cases",
            summary(&[
                hand_worked,
                "--where",
                "age < 10",
                "--by",
                "sites",
                "--stat",
                "age={p10} ({iqr}, {cv}, {geometric_mean}, {mad}, {se}, {var})",
            ]),
        ),
        ("as another tool", summary(&[hand_worked, "--like", "tableone-py"])),
        ("difficult", summary(&[&difficult])),
        ("difficult, other kinds", summary(&[&difficult, "--no-id", "--kind", "flag=number", "--kind", "sex=text"])),
    ]
}

#[test]
fn the_summary_of_a_pipe_follows_the_schema_and_has_the_same_results() {
    let text = std::fs::read(root().join("examples/hand-worked/cases.csv")).expect("the file");
    let output = run_with_input(&["summarize", "-", "--format", "json"], &text);
    let piped: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_valid("pipe", &piped);
    assert_eq!(piped["results"], summary(&["examples/hand-worked/cases.csv"])["results"]);
}

fn rows(summary: &Value) -> &Vec<Value> {
    summary["results"].as_array().expect("results")
}

#[test]
fn the_schema_is_printed_as_it_stands() {
    assert_eq!(stdout(&["summarize", "--output-schema"]), schema_text());
}

#[test]
fn every_summary_follows_the_schema() {
    for (name, summary) in summaries() {
        assert_valid(name, &summary);
    }
}

#[test]
fn the_difficult_file_has_findings_of_every_sort() {
    let summaries = summaries();
    let (_, difficult) = summaries.iter().find(|(name, _)| *name == "difficult").expect("difficult");
    let findings = difficult["findings"].as_array().expect("findings");
    assert!(findings.iter().filter(|finding| finding["severity"] == "warning").count() > 5, "{findings:#?}");
    assert!(findings.iter().any(|finding| finding["severity"] == "note"));
}

#[test]
fn the_schema_refuses_what_it_should() {
    let good = summary(&["examples/hand-worked/cases.csv"]);
    let schema = validator();
    let at = |key: &str| rows(&good).iter().position(|row| row["key"] == key).unwrap_or_else(|| panic!("no {key}"));
    let refused = |what: &str, change: &dyn Fn(&mut Value)| {
        let mut bad = good.clone();
        change(&mut bad);
        assert_ne!(good, bad, "{what} changes nothing");
        assert!(!schema.is_valid(&bad), "{what} is accepted");
    };
    let (mean, not_estimable) = (at("age.mean"), at("crp.mean"));
    let (low, least) = (at("best_response.conf.low"), at("crp.min"));
    refused("another format", &|bad| bad["format"] = json!("calc-series.summary/1"));
    refused("an unknown context", &|bad| bad["results"][mean]["context"] = json!("continuous"));
    refused("a number as text", &|bad| bad["results"][mean]["stat"] = json!("5.9"));
    refused("a reason without its code", &|bad| {
        bad["results"][not_estimable].as_object_mut().expect("a row").remove("reason_code");
    });
    refused("null without a reason", &|bad| bad["results"][mean]["stat"] = Value::Null);
    refused("a number with a reason", &|bad| bad["results"][not_estimable]["stat"] = json!(0));
    refused("an unknown sign", &|bad| bad["results"][least]["bound"]["op"] = json!("≤"));
    refused("a bound without its reason", &|bad| bad["results"][least]["reason"] = json!("other"));
    refused("an unknown rate", &|bad| bad["results"][low]["rate"] = json!("responders"));
    refused("a limit above 1", &|bad| bad["results"][low]["stat"] = json!(1.5));
    refused("a limit without its level", &|bad| {
        bad["results"][low].as_object_mut().expect("a row").remove("conf.level");
    });
    refused("a count that is no whole number", &|bad| bad["results"][0]["stat"] = json!(5.5));
    refused("a further group without its level", &|bad| bad["results"][mean]["group2"] = json!("sex"));
    refused("a short hash", &|bad| bad["inputs"][0]["sha256"] = json!("abc"));
    let mut of_warnings = summary(&[&series("cases.csv")]);
    assert!(schema.is_valid(&of_warnings));
    of_warnings["findings"][0]["severity"] = json!("hint");
    assert!(!schema.is_valid(&of_warnings), "an unknown severity is accepted");
}

#[test]
fn the_schema_takes_crossed_groups() {
    let mut summary = summary(&["examples/hand-worked/cases.csv"]);
    for (number, level) in [(1, json!("F")), (2, Value::Null), (10, json!("yes"))] {
        summary["results"][3][format!("group{number}")] = json!("sex");
        summary["results"][3][format!("group{number}_level")] = level;
    }
    assert_valid("crossed groups", &summary);
}

#[test]
fn the_schema_accepts_what_a_later_version_may_add() {
    let mut summary = summary(&["examples/hand-worked/cases.csv"]);
    summary["extra"] = json!(1);
    summary["tool"]["extra"] = json!(1);
    summary["conventions"]["extra"] = json!("new");
    summary["results"][3]["extra"] = json!(1);
    summary["results"][3]["stat_name"] = json!("trimmed_mean");
    assert_valid("a later version", &summary);
}

/// Every code of a reason, `censored` and `masked` among them.
const REASON_CODES: [&str; 23] = [
    "no-case",
    "no-value",
    "no-date",
    "empty-denominator",
    "not-reported",
    "one-value",
    "few-values",
    "censored",
    "masked",
    "too-large",
    "not-positive",
    "mean-is-zero",
    "too-many-levels",
    "too-many-combinations",
    "group-too-small",
    "no-spread",
    "dependent-lines",
    "one-group",
    "one-level",
    "wrong-shape",
    "no-response",
    "open-response",
    "one-answer",
];

#[test]
fn every_statistic_and_every_reason_code_is_a_known_one() {
    let mut found = BTreeSet::new();
    for (name, summary) in summaries() {
        for row in rows(&summary) {
            let stat_name = row["stat_name"].as_str().expect("a name");
            let statistic = Statistic::parse(stat_name).unwrap_or_else(|| panic!("{name}: {row}"));
            assert_eq!((stat_name, &row["stat_label"]), (statistic.name(), &json!(statistic.label())), "{name}: {row}");
            if let Some(code) = row["reason_code"].as_str() {
                assert!(REASON_CODES.contains(&code), "{name}: {row}");
                found.insert(code.to_owned());
            }
        }
    }
    assert!(found.len() >= 5, "{found:?}");
}

#[test]
fn keys_are_unique_and_say_what_the_row_says() {
    for (name, summary) in summaries() {
        let mut seen = BTreeSet::new();
        for row in rows(&summary) {
            let key = row["key"].as_str().expect("a key");
            assert!(seen.insert(key), "{name}: two rows {key}");
            let text = |member: &str| row[member].as_str().unwrap_or_default();
            if row["context"] != "total_n" {
                let level = text("variable_level").replace('\\', "\\\\").replace(']', "\\]");
                let level = if level.is_empty() { level } else { format!("[{level}]") };
                let start = format!("{}{level}.{}", text("variable"), text("stat_name"));
                assert!(key.starts_with(&start), "{name}: {key} does not begin with {start}");
            }
        }
    }
}

#[test]
fn both_forms_of_the_golden_case_give_the_same_results() {
    let (csv, json) = (summary(&[&series("cases.csv")]), summary(&[&series("cases.json")]));
    assert!(rows(&csv).len() > 1000, "{} rows", rows(&csv).len());
    for (csv, json) in rows(&csv).iter().zip(rows(&json)) {
        assert_eq!(csv, json);
    }
    assert_eq!(rows(&csv).len(), rows(&json).len());
    assert_eq!((&csv["cases"], &csv["conventions"]), (&json["cases"], &json["conventions"]));
}

/// A row whose number is kept as it was written.
#[derive(serde::Deserialize)]
struct Written {
    key: String,
    stat: Box<RawValue>,
}

#[derive(serde::Deserialize)]
struct WrittenSummary {
    results: Vec<Written>,
}

#[test]
fn every_number_reads_back_exactly() {
    let mut numbers = 0;
    for input in [series("cases.csv"), "examples/hand-worked/cases.csv".to_owned()] {
        let text = stdout(&["summarize", &input, "--format", "json"]);
        let written: WrittenSummary = serde_json::from_str(&text).expect("JSON");
        for Written { key, stat } in &written.results {
            let Ok(number) = stat.get().parse::<f64>() else {
                assert_eq!(stat.get(), "null", "{key}");
                continue;
            };
            numbers += 1;
            assert!(number.is_finite(), "{key}: {stat}");
            // The shortest text that reads back as this double: neither a digit more nor less.
            let whole = !stat.get().contains(['.', 'e']);
            let again = if whole { format!("{number:.0}") } else { json!(number).to_string() };
            assert_eq!(stat.get(), again, "{key}");
        }
    }
    assert!(numbers > 1000, "{numbers} numbers");
}

#[test]
fn doubles_are_those_of_the_exact_values() {
    let summary = summary(&["examples/hand-worked/cases.csv"]);
    let path = root().join("examples/hand-worked/cases.csv").to_string_lossy().into_owned();
    let inputs = Inputs::open(&[path], &Default::default()).expect("the file opens");
    let cohort = read_cohort(&inputs, &Default::default()).expect("the file is read");
    let (results, _) = calc_series::summarize(&cohort, &Default::default());
    assert_eq!(results.iter().count(), rows(&summary).len());
    for (known, printed) in results.iter().zip(rows(&summary)) {
        let expected = match &known.value {
            Known::Count(n) => json!(n),
            other => other.number().map_or(Value::Null, |number| json!(number)),
        };
        assert_eq!(printed["stat"], expected, "{}", known.key);
    }
    // 22/3, as Rust and every other reader of decimals rounds it.
    assert_eq!(row(&summary, "age.mean")["stat"].as_f64(), Some(22.0 / 3.0));
}

#[test]
fn a_printed_number_stays_inside_its_rounding_interval() {
    let mut compared = 0;
    for (name, summary) in summaries() {
        for row in rows(&summary) {
            let printed = row["stat_fmt"].as_str().expect("a text");
            let Some(stat) = row["stat"].as_f64() else {
                assert_eq!(printed, without_a_number(row, printed), "{name}: {row}");
                continue;
            };
            let statistic = Statistic::parse(row["stat_name"].as_str().expect("a name")).expect("a statistic");
            let is_percent = statistic.is_percentage();
            let exact = if is_percent { 100.0 * stat } else { stat };
            // A p beyond what is printed.
            if let Some(bound) = printed.strip_prefix(['<', '>']) {
                let bound: f64 = bound.parse().expect("a bound");
                assert!(if printed.starts_with('<') { exact < bound } else { exact > bound }, "{name}: {row}");
                continue;
            }
            let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let half = 0.5 * 10f64.powi(-(decimals as i32));
            let number: f64 = printed.parse().unwrap_or_else(|_| panic!("{name}: {row}"));
            let room = half + 4.0 * f64::EPSILON * exact.abs();
            assert!((number - exact).abs() <= room, "{name}: {row}");
            compared += 1;
        }
    }
    assert!(compared > 5000, "{compared} numbers");
}

/// What must be printed where `stat` is null.
fn without_a_number<'a>(row: &'a Value, printed: &'a str) -> &'a str {
    if let Some(date) = row["date"].as_str() {
        return date;
    }
    let Some(sign) = row["bound"]["op"].as_str() else { return "NE" };
    let value = printed.strip_prefix(sign).and_then(|value| value.parse::<f64>().ok());
    let bound = row["bound"]["value"].as_f64();
    // As many decimals as the data have: a bound between two values is rounded.
    let is_near = value.zip(bound).is_some_and(|(value, bound)| (value - bound).abs() <= 0.0501);
    if is_near { printed } else { "the sign and the bound" }
}

#[test]
fn nothing_raw_reaches_a_string() {
    let (_folder, path) = file("difficult.csv", DIFFICULT);
    let text = stdout(&["summarize", &path.to_string_lossy(), "--format", "json"]);
    let raw = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!text.contains(raw), "{:?}", text.chars().find(|c| raw(*c)));
}
