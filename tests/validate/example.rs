//! The report's series: the items are those worked out by hand, and each finding depends on its own record.

use super::{Finding, findings, item, object};
use crate::golden_files::compare;
use crate::support::{run, series};
use std::collections::BTreeSet;

fn read(name: &str) -> String {
    std::fs::read_to_string(series(name)).expect("a file of the series")
}

#[test]
fn outputs_are_those_of_the_golden_files() {
    const CASES: &str = "data/cutaneous-calcinosis-2021/cases.csv";
    const JSON: &str = "data/cutaneous-calcinosis-2021/cases.json";
    const SCHEMA: &str = "data/cutaneous-calcinosis-2021/cases.schema.json";
    for (name, arguments) in [
        ("validate.txt", &["validate", CASES][..]),
        ("validate.json", &["validate", CASES, "--format", "json"]),
        ("validate.md", &["validate", "--example", "--format", "markdown"]),
        ("validate.sarif", &["validate", CASES, "--format", "sarif"]),
        ("validate.github.txt", &["validate", CASES, "--format", "github"]),
        ("validate-from-json.txt", &["validate", JSON, "--schema", SCHEMA]),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        compare(name, &output.stdout);
    }
}

/// The result of each item by hand; where the records show less or more than the report, see the remark.
#[test]
fn the_items_are_those_worked_out_by_hand() {
    let object = object(&read("cases.csv"), &read("cases.schema.json"));
    let satisfied = ["C01", "C05", "C08", "C09", "C13", "C19", "C23"];
    for number in 1..=26 {
        let number = format!("C{number:02}");
        let expected = match number.as_str() {
            "C24" | "C26" => "not checked here",
            number if satisfied.contains(&number) => "satisfied",
            _ => "not satisfied",
        };
        assert_eq!(item(&object, &number)["state"], expected, "{number}");
    }
    for (number, said) in [
        ("C06", "1/5 (P1)"),
        ("C07", "age 5/5; event 3/5 (not P3, P5)"),
        ("C08", "5/5"),
        ("C10", "diagnosis 5/5; certainty 5/5, less than definite 1/5 (P4); criteria named 0/5"),
        // The report states a side for P1 and P5; that of the knee of P3 is known from its excision.
        ("C11", "sites 5/5; a side stated for some site 3/5 (not P2, P4), for every site 0/5"),
        ("C12", "4/5 (not P5)"),
        ("C14", "complete in 0 of 10 drug lines"),
        (
            "C15",
            "a reason for 4 of 7 changes of line; for some change in 3/3 cases with a change; a reason for stopping 1/5 (P5)",
        ),
        ("C16", "stated for 8 of 12 lines, in words, on no named scale"),
        ("C17", "0/5"),
        ("C18", "1/5 (P3)"),
        ("C19", "last status 5/5; a reason for those lost 1/1"),
        ("C20", "0/5"),
        ("C23", "dates 1/5 (P1); durations 4/5 (not P1)"),
        ("C25", "0/3"),
    ] {
        let found = item(&object, number)["found"].as_str().unwrap();
        assert!(found.contains(said), "{number}: {said} is not in {found}");
    }
    let scores = &object["scores"];
    assert_eq!((&scores["items_satisfied"], &scores["items_applicable"]), (&7.into(), &24.into()));
    assert_eq!((&scores["cells_reported"], &scores["cells"]), (&158.into(), &255.into()));
}

#[test]
fn the_findings_on_the_data_are_those_of_the_report() {
    let found = findings(&object(&read("cases.csv"), &read("cases.schema.json")));
    for (id, case, column) in [
        ("identical-number", "P3", "ldh"),
        ("status-disagrees", "P2", "ldh"),
        ("status-disagrees", "P2", "platelets"),
        ("status-disagrees", "P4", "mchc"),
        ("red-cell-indices", "P3", "mchc"),
        ("value-implausible", "P3", "mchc"),
        ("age-event-unclear", "P3", "age_event"),
    ] {
        let is_there = found.iter().any(|f| f.id == id && f.case == case && f.column == column);
        assert!(is_there, "{id} of {case}, {column}");
    }
    // The units that the report leaves out are seen where the records have units of their own.
    let of_json =
        run(&["validate", &series("cases.json"), "--schema", &series("cases.schema.json"), "--format", "json"]);
    let of_json = findings(&serde_json::from_slice(&of_json.stdout).unwrap());
    let without: Vec<_> =
        of_json.iter().filter(|f| f.id == "unit-missing").map(|f| (f.case.as_str(), f.column.as_str())).collect();
    assert_eq!(without, [("P2", "platelets"), ("P3", "hb"), ("P3", "mchc"), ("P3", "mcv"), ("P3", "platelets")]);
}

/// Findings about one case, except those that name another case.
fn of_cases(object: &serde_json::Value) -> BTreeSet<Finding> {
    findings(object).into_iter().filter(|f| !f.case.is_empty() && f.id != "identical-number").collect()
}

#[test]
fn removing_a_record_removes_its_findings_and_no_others() {
    let (cases, schema) = (read("cases.csv"), read("cases.schema.json"));
    let all = of_cases(&object(&cases, &schema));
    let lines: Vec<&str> = cases.lines().collect();
    assert_eq!(lines.len(), 6);
    for removed in 1..lines.len() {
        let case = lines[removed].split(',').next().unwrap();
        let rest: Vec<&str> =
            lines.iter().enumerate().filter(|(at, _)| *at != removed).map(|(_, line)| *line).collect();
        let left = of_cases(&object(&format!("{}\n", rest.join("\n")), &schema));
        let expected: BTreeSet<Finding> = all.iter().filter(|f| f.case != case).cloned().collect();
        assert_eq!(left, expected, "without {case}");
    }
}

#[test]
fn changing_a_cell_changes_what_depends_on_it() {
    let (cases, schema) = (read("cases.csv"), read("cases.schema.json"));
    let all = findings(&object(&cases, &schema));
    let changes = |from: &str, to: &str| {
        assert!(cases.contains(from), "{from}");
        let changed = findings(&object(&cases.replacen(from, to, 1), &schema));
        let mut ids: Vec<(String, String)> =
            all.symmetric_difference(&changed).map(|f| (f.id.clone(), f.case.clone())).collect();
        ids.dedup();
        ids
    };
    let pair = |id: &str, case: &str| (id.to_owned(), case.to_owned());
    assert_eq!(changes("1950 (high),192,", "1950 (high),193,"), [pair("identical-number", "P3")]);
    assert_eq!(changes("improved,,,,1-3,", "improved,,,12,1-3,"), [pair("follow-up-not-reported", "P1")]);
    assert_eq!(changes("P2,5,female,,", "P2,5,female,2010,"), [pair("case-not-dated", "P2")]);
    assert_eq!(
        changes("P2,5,female,,", "P2,5,female,2001,"),
        [pair("case-not-dated", "P2"), pair("date-outside-period", "P2")]
    );
    assert_eq!(
        changes("colchicine: not reported", "colchicine: none"),
        [pair("change-without-reason", "P5"), pair("response-not-reported", "P5")]
    );
    assert_eq!(
        changes("20 (hypochromic)", "30 (hypochromic)"),
        [pair("red-cell-indices", "P3"), pair("value-implausible", "P3")]
    );
    assert_eq!(
        changes("[0.5 mg/kg/day 2 months]", "[0.5 mg/kg/day oral 2 months]"),
        [pair("drug-line-incomplete", "P4")]
    );
}
