//! What the records get wrong, and what a report will have to state: two things in every format.

use super::{findings, object, schema, validate};
use serde_json::Value;
use std::collections::BTreeSet;

/// Five rows in which nothing is wrong.
const PERFECT: &str = "id,age,sex,diagnosis,CRP (mg/L),best response\n\
    P1,12,F,dermatomyositis,12.5,partial\nP2,9,M,idiopathic,5.1,none\nP3,45,F,dermatomyositis,160,complete\n\
    P4,6,F,idiopathic,7,improved\nP5,30,M,idiopathic,33,none\n";

#[test]
fn a_sheet_without_a_fault_is_not_called_wrong() {
    for options in [&[][..], &["--strict"]] {
        let text = validate(PERFECT, "", options);
        let page = String::from_utf8(text.stdout).unwrap();
        assert_eq!(text.status.code(), Some(0), "{page}");
        assert!(page.starts_with("Validation: 5 cases (cases.csv): 0 errors, 0 warnings"), "{page}");
        assert!(
            page.contains("To report") && page.contains("item[design-not-stated] C05: not stated: design"),
            "{page}"
        );
        assert!(!page.contains("\nErrors\n"), "{page}");
    }
    let object = object(PERFECT, "");
    assert!(object["findings"].as_array().unwrap().iter().all(|finding| finding["severity"] == "note"));
    let to_report = object["to_report"].as_array().unwrap();
    assert!(to_report.len() > 5 && to_report.iter().all(|one| one["item"].is_string() && one["severity"].is_null()));
    let github = String::from_utf8(validate(PERFECT, "", &["--format", "github"]).stdout).unwrap();
    assert!(github.contains("::notice ") && !github.contains("::error") && !github.contains("::warning"), "{github}");
    let log: Value = serde_json::from_slice(&validate(PERFECT, "", &["--format", "sarif"]).stdout).unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let is_of_report = result["kind"] == "informational" && result["level"] == "none";
        assert!(is_of_report || result["level"] == "note", "{result}");
    }
}

/// The same ids stand in the same list, whatever the format.
#[test]
fn every_format_keeps_the_two_apart() {
    let cases = "id,age,sex,hb (g/dL)\nA,5,,x y\nB,130,F,9\n";
    let object = object(cases, "");
    let of = |list: &str| -> BTreeSet<String> {
        object[list].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let (wrong, to_report) = (of("findings"), of("to_report"));
    assert!(wrong.contains("unreadable-cell") && to_report.contains("sex-not-reported"));
    assert_eq!(wrong.intersection(&to_report).count(), 0);
    let text = String::from_utf8(validate(cases, "", &[]).stdout).unwrap();
    let markdown = String::from_utf8(validate(cases, "", &["--format", "markdown"]).stdout).unwrap();
    let (above, below) = text.split_once("\nTo report").unwrap();
    let (markdown_above, markdown_below) = markdown.split_once("## To report").unwrap();
    let (below, markdown_below) =
        (below.split_once("\nChecklist").unwrap().0, markdown_below.split_once("## Checklist").unwrap().0);
    for id in &wrong {
        assert!(above.contains(&format!("[{id}]")) && !below.contains(id.as_str()), "{id}: {text}");
        assert!(markdown_above.contains(id.as_str()) && !markdown_below.contains(id.as_str()), "{id}: {markdown}");
    }
    for id in &to_report {
        assert!(below.contains(&format!("item[{id}]")) && !above.contains(id.as_str()), "{id}: {text}");
        assert!(markdown_below.contains(id.as_str()) && !markdown_above.contains(id.as_str()), "{id}: {markdown}");
    }
    let log: Value = serde_json::from_slice(&validate(cases, "", &["--format", "sarif"]).stdout).unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let id = result["ruleId"].as_str().unwrap();
        assert_eq!(result["kind"] == "informational", to_report.contains(id), "{result}");
    }
}

/// A follow-up that cannot be read was reported.
#[test]
fn what_is_unreadable_is_not_called_not_reported() {
    let cases = "id,followup (months),age,sex,outcome\nA,12,5,F,alive\nB,12-15,6,M,alive\nC,,7,F,alive\n";
    let found = findings(&object(cases, ""));
    let of: Vec<&str> =
        found.iter().filter(|found| found.id == "follow-up-not-reported").map(|found| found.case.as_str()).collect();
    assert_eq!(of, ["C"]);
    assert!(found.iter().any(|found| found.id == "unreadable-cell" && found.case == "B"));
}

#[test]
fn ids_that_differ_only_in_zeros_capitals_or_an_exponent_are_found() {
    for ids in [["001", "1"], ["P1", "p1"], ["1E5", "100000"], ["P07", "P7"]] {
        let cases = format!("case_id,age,sex\n{},5,F\n{},60,M\nX9,7,F\n", ids[0], ids[1]);
        let found = findings(&object(&cases, ""));
        let alike: Vec<_> = found.iter().filter(|found| found.id == "alike-case-ids").collect();
        assert_eq!(alike.len(), 1, "{ids:?}: {found:?}");
        assert!(alike[0].message.contains(ids[0]) && alike[0].case == ids[1], "{alike:?}");
    }
    let found = findings(&object("case_id,age\nP1,5\nP10,6\nP11,7\n", ""));
    assert!(found.iter().all(|found| found.id != "alike-case-ids"));
}

#[test]
fn codes_of_missing_values_are_found_in_any_column_of_numbers() {
    let cases = "id,age,crp (mg/L),score,weight (kg)\nA,12,999,3,20\nB,99,4,-99,25\nC,45,8,2,99\nD,6,5,1,99\n";
    let found = findings(&object(cases, &schema("{}")));
    let codes: BTreeSet<(&str, &str)> = found
        .iter()
        .filter(|found| found.id.starts_with("missing-code"))
        .map(|found| (found.case.as_str(), found.column.as_str()))
        .collect();
    let said = found.iter().filter(|found| found.id.starts_with("missing-code")).count();
    assert_eq!(said, codes.len(), "a cell is told once: {found:?}");
    let expected = [("A", "crp (mg/L)"), ("B", "age"), ("B", "score"), ("C", "weight (kg)")];
    // Cells with the same text are shown once.
    assert_eq!(codes, BTreeSet::from(expected));
}

/// A copy is compared with the record it is a copy of, not with another copy.
#[test]
fn a_copy_is_paired_with_what_it_shares_most_with() {
    let row = |n: usize, id: &str| {
        format!(
            "{id},{},{},{}.{},{},{},{}\n",
            20 + n,
            ["F", "M"][n % 2],
            3 + n,
            n % 7,
            100 + 7 * n,
            30 + n,
            ["north", "south", "east"][n % 3]
        )
    };
    let mut text = "case_id,age,sex,crp (mg/L),ldh (U/L),weight (kg),centre\n".to_owned();
    (1..=40).for_each(|n| text.push_str(&row(n, &n.to_string())));
    text.push_str(&row(33, "33_alt"));
    text.push_str(&row(34, "34_alt"));
    let found = findings(&object(&text, ""));
    let pairs: Vec<(&str, bool)> = found
        .iter()
        .filter(|found| found.id == "near-duplicate-cases")
        .map(|found| (found.case.as_str(), found.message.contains(&format!("in case {}", &found.case[..2]))))
        .collect();
    assert_eq!(pairs, [("33_alt", true), ("34_alt", true)], "{found:?}");
}

/// Several blocks, and findings in each: what is shown is that of the first cases, whoever met them.
#[test]
fn threads_change_no_finding() {
    let lines = ["a [2 mg/kg/day]: none; b", "none", "a: died; b: ongoing", ""];
    let row = |at: usize| {
        let (age, hb) = (at * 7 % 90, ["8.4", "84", "normal", ""][at % 4]);
        let style = ["P", "p0", "Q"][at % 3];
        let mail = if at % 500 == 3 { "a@b.org" } else { "" };
        format!(
            "{style}{},{age},F,{hb},knee right;elbow,{},partial,dead,{},{mail}\n",
            at / 3,
            lines[at % 4],
            at * 13 % 1500
        )
    };
    let header = "id,age,sex,hb (g/dL),sites,treatment,response,outcome,followup (months),note\n";
    let text = header.to_owned() + &(0..9_000).map(row).collect::<String>();
    assert!(text.len() > 500_000, "{} bytes are few blocks", text.len());
    for format in ["json", "text"] {
        let of = |threads: &str| validate(&text, "", &["--format", format, "--threads", threads]).stdout;
        assert!(of("1") == of("3"), "{format}");
    }
}
