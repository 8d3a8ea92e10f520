//! Printed numbers against records: bounds, causes, intervals; and the arithmetic alone.

use super::{audit, audit_of, claim, verdicts};
use crate::support::{file, root, run};
use serde_json::Value;

/// Ages 2, 4, 6, 8, 30 and one not reported; ck 10 to 50 and one not reported.
const CASES: &str = "age,sex,ck,crp\n2,F,10,5\n4,F,20,>200\n6,M,30,7\n8,,40,9\n30,F,50,11\n,F,,13\n";

/// The verdict on one claim, and everything said of it.
fn one(fields: &str) -> (String, String) {
    let audit = audit_of(&format!("[[claim]]\nid = \"a\"\nsays = \"s\"\n{fields}\n"), CASES);
    let claim = claim(&audit, "a");
    let remarks = claim["remarks"].as_array().unwrap().iter().map(|remark| remark.as_str().unwrap());
    (claim["verdict"].as_str().unwrap().to_owned(), remarks.collect::<Vec<_>>().join("; "))
}

#[track_caller]
fn is(fields: &str, verdict: &str, remark: &str) {
    let (found, remarks) = one(fields);
    assert_eq!(found, verdict, "{fields}: {remarks}");
    assert!(remarks.contains(remark), "{fields}: wanted '{remark}', found '{remarks}'");
}

#[track_caller]
fn value(selector: &str, printed: &str, verdict: &str, remark: &str) {
    is(&format!("printed = \"{printed}\"\nvalue = \"{selector}\""), verdict, remark);
}

#[track_caller]
fn count(condition: &str, printed: &str, verdict: &str, remark: &str) {
    is(&format!("printed = \"{printed}\"\ncount = \"{condition}\""), verdict, remark);
}

#[test]
fn a_count_agrees_is_open_or_contradicts() {
    count("sex = 'F'", "4", "agrees", "not reported in case 4");
    count("sex = 'F'", "four of 6", "agrees", "");
    count("sex = 'F'", "4 of 5", "agrees", "it holds of the 5 in which it is reported");
    count("sex = 'F'", "4 of 6 (67 %)", "agrees", "");
    count("sex = 'F'", "4 of 6 (66 %)", "contradicts", "truncation would print this");
    count("sex = 'F'", "4 of 6 (60 %)", "contradicts", "");
    count("sex = 'F'", "4 of 5 (80 %)", "agrees", "it holds of the 5 in which it is reported");
    count("sex = 'F'", "4 of 7", "contradicts", "it is printed of 7, and there are 6");
    count("sex = 'F'", "5", "undetermined", "not reported in case 4");
    count("sex = 'F'", "3", "contradicts", "");
    count("sex = 'F'", "6", "contradicts", "");
    count("age < 100", "all", "undetermined", "it holds of the 5 in which it is reported");
    count("age < 10", "all", "contradicts", "");
    count("age < 1", "none", "agrees", "not reported in case 6");
    count("age < 3", "none", "contradicts", "");
    value("sex[F].n", "4", "agrees", "not reported");
    value("sex[F].n", "5", "undetermined", "");
    value("sex[F].n", "3", "contradicts", "");
}

#[test]
fn a_percentage_is_of_all_or_of_those_reported_and_a_slip_is_named() {
    count("sex = 'F'", "67 %", "agrees", "");
    count("sex = 'F'", "66.7 %", "agrees", "");
    count("sex = 'F'", "66 %", "contradicts", "truncation");
    count("sex = 'F'", "80 %", "undetermined", "it is the percentage of the 5 in which it is reported");
    count("sex = 'F'", "4 (67 %)", "agrees", "");
    count("sex = 'F'", "50 %", "contradicts", "it would be the percentage of 8 cases");
    value("sex[F].p", "80 %", "agrees", "");
    value("sex[F].p", "0.8", "agrees", "");
    value("sex[F].p", "67 %", "undetermined", "it would be the percentage of 6 cases");
}

#[test]
fn a_number_is_compared_through_its_digits_and_causes_are_named() {
    value("age.mean", "10", "agrees", "");
    value("age.mean", "10.0", "agrees", "");
    value("age.median", "6.0", "agrees", "");
    value("age.sd", "11.4", "agrees", "");
    value("age.sd", "11.41", "undetermined", "ceiling would print this");
    value("age.sd", "10.2", "undetermined", "the SD with the divisor N gives it");
    value("age.p25", "3.0", "undetermined", "type");
    value("age | age < 100", "10 ± 11.4", "agrees", "");
    value("age", "6 (2-30)", "agrees", "");
    value("age", "6 (4-8)", "agrees", "");
    value("age", "6 (4-9)", "undetermined", "");
    value("age", "2-30", "agrees", "");
    value("crp.max", ">200", "agrees", "");
    value("crp.mean", "40", "contradicts", "the records have no answer");
    value("crp.median", "10", "agrees", "");
}

/// The values that are not reported can explain a number, but not any number.
#[test]
fn what_is_not_reported_leaves_open_what_it_could_explain() {
    value("age.mean", "11", "undetermined", "the values not reported would need a mean of 13.00 to 19.00");
    value("age.mean", "40", "contradicts", "would need a mean of 187.00 to 193.00");
    value("age.median", "7.0", "undetermined", "not reported in case 6");
    value("age.median", "9.0", "contradicts", "");
    value("age.min", "1", "undetermined", "");
    value("age.min", "3", "contradicts", "");
    value("age.max", "40", "undetermined", "");
    value("age.max", "29", "contradicts", "");
    value("age.mean | age < 9", "5", "agrees", "");
    // The age that is not reported may be 8.5.
    value("age.mean | age < 9", "5.5", "undetermined", "not reported in case 6");
    value("age.mean | age < 9", "50", "contradicts", "");
    value("sex[F].p", "0.7", "undetermined", "not reported in case 4");
    value("sex[F].p", "0.4", "contradicts", "");
    value("sex[F].n | age < 100", "5", "undetermined", "");
}

#[test]
fn comparisons_parts_names_and_facts_are_claims_too() {
    is("compare = [\"sex[F].n\", \">\", \"sex[M].n\"]", "agrees", "");
    is("compare = [\"sex[M].n\", \">=\", \"sex[F].n\"]", "contradicts", "");
    is("compare = [\"age.mean | sex = 'F'\", \"<\", \"age.mean\"]", "undetermined", "");
    is("compare = [\"sex[M].n\", \">\", \"cases | age < 3\"]", "undetermined", "");
    is("count = \"age < 5\"\ncases = [\"case 1\", \"case 2\"]", "agrees", "");
    is("count = \"age < 5\"\ncases = [\"case 1\", \"case 6\"]", "contradicts", "not so in case 6; so too in case 2");
    is("count = \"age < 5\"\ncases = [\"case 1\", \"case 2\", \"case 6\"]", "undetermined", "not so in case 6");
    let fact = |printed: &str, id: &str| {
        format!(
            "[[claim]]\nid = \"{id}\"\nsays = \"s\"\nfact = \"f\"\nprinted = \"{printed}\"\ncount = \"sex = 'F'\"\n"
        )
    };
    let audit = audit_of(&(fact("4", "a") + &fact("four", "b") + &fact("3", "c")), CASES);
    let said = |id: &str| claim(&audit, id)["remarks"].to_string();
    assert!(said("a").contains("the report says otherwise in c"), "{}", said("a"));
    assert!(!said("a").contains("in b") && said("c").contains("otherwise in a, b"), "{}", said("c"));
}

fn arithmetic(claims: &str) -> Vec<(String, Vec<String>)> {
    let (_folder, path) = file("claims.toml", claims);
    let audit = audit(&[path.to_str().unwrap()]);
    results(&audit)
}

fn results(audit: &Value) -> Vec<(String, Vec<String>)> {
    let of = |claim: &Value| {
        let judged = claim["arithmetic"].as_array().unwrap().iter();
        (
            claim["id"].as_str().unwrap().to_owned(),
            judged.map(|one| one["result"].as_str().unwrap().to_owned()).collect(),
        )
    };
    audit["claims"].as_array().unwrap().iter().map(of).collect()
}

/// Published abstracts that reconcile fully: no false alarm.
#[test]
fn the_positive_controls_raise_no_alarm() {
    let path = root().join("tests/check/controls.toml");
    let output = run(&["check", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    let audit = audit(&[path.to_str().unwrap()]);
    let judged = results(&audit);
    assert!(judged.iter().filter(|(_, found)| found.contains(&"possible".to_owned())).count() >= 15, "{judged:?}");
    let sums = audit["sums"].as_array().unwrap();
    assert!(sums.len() >= 5 && sums.iter().all(|sum| sum["arithmetic"]["result"] == "possible"), "{sums:?}");
}

#[test]
fn arithmetic_alone_finds_what_cannot_be() {
    let impossible = |fields: &str| {
        let claims = format!("[[claim]]\nid = \"a\"\nsays = \"s\"\n{fields}\n");
        let found = arithmetic(&claims);
        found[0].1.contains(&"impossible".to_owned())
    };
    for (fields, is_impossible) in [
        ("printed = \"5.19\"\nn = 28\nmeasure = \"mean\"\ngranularity = \"whole\"", true),
        ("printed = \"5.19\"\nn = 32\nmeasure = \"mean\"\ngranularity = \"whole\"", false),
        ("printed = \"5.9\"\nn = 5\nmeasure = \"mean\"\ngranularity = \"whole\"", true),
        ("printed = \"5.9\"\nn = 5\nmeasure = \"mean\"\ngranularity = \"half\"", false),
        ("printed = \"5.23 ± 2.55\"\nn = 35\ngranularity = \"whole\"", true),
        ("printed = \"5.23 ± 2.55\"\nn = 31\ngranularity = \"whole\"", false),
        ("printed = \"0.36 ± 0.11\"\nn = 20\nmeasure = \"share\"", true),
        ("printed = \"0.80 ± 0.45\"\nn = 5\nmeasure = \"share\"", false),
        ("printed = \"71 %\"\nn = 43", true),
        ("printed = \"4 of 5 (75 %)\"", true),
        ("printed = \"4 of 5 (80 %)\"", false),
        ("printed = \"6 of 5\"", true),
        ("printed = \"15.56 [1.59-152.2]\"\nmeasure = \"ratio\"", false),
        ("printed = \"15.56 [1.59-52.2]\"\nmeasure = \"ratio\"", true),
        ("printed = \"0.04\"\ntest = \"t(28) = 2.20\"", false),
        ("printed = \"0.03\"\ntest = \"t(28) = 2.20\"", true),
        ("printed = \"9 ± 8\"\nn = 10\nrange = \"2-12\"", true),
    ] {
        assert_eq!(impossible(fields), is_impossible, "{fields}");
    }
}

#[test]
fn counts_of_parts_must_be_the_whole() {
    let count = |id: &str, printed: &str| format!("[[claim]]\nid = \"{id}\"\nsays = \"s\"\nprinted = \"{printed}\"\n");
    let claims = count("all", "78") + &count("a", "30") + &count("b", "24") + &count("c", "23");
    let sum = "[[sum]]\ntotal = \"all\"\nparts = [\"a\", \"b\", \"c\"]\n";
    let (_folder, path) = file("claims.toml", claims + sum);
    let output = run(&["check", path.to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("30 + 24 + 23 = 77"), "{text}");
}

#[test]
fn without_records_no_verdict_is_given() {
    let audit = audit(&[&crate::support::series("claims.toml")]);
    assert!(audit["tally"].is_null());
    assert!(audit["claims"].as_array().unwrap().iter().all(|claim| claim.get("verdict").is_none()));
    assert!(verdicts(&super::audit(&["--example"])).len() == 36);
}

/// The verdict on a claim of the same fields against these cases.
fn of_cases(cases: &str, fields: &str) -> String {
    let audit = audit_of(&format!("[[claim]]\nid = \"T\"\nsays = \"x\"\n{fields}\n"), cases);
    claim(&audit, "T")["verdict"].as_str().unwrap().to_owned()
}

#[test]
fn more_cases_than_are_kept_by_name_are_never_guessed() {
    let girls: String = (1..=25).map(|number| format!("Q{number},{number},F\n")).collect();
    let cases = format!("case_id,age,sex\n{girls}Z1,3,M\n");
    let first: Vec<String> = (1..=20).map(|number| format!("\"case {number}\"")).collect();
    let named = |ids: &[String]| format!("count = \"sex = 'F'\"\ncases = [{}]", ids.join(", "));
    assert_eq!(of_cases(&cases, &named(&first)), "contradicts", "five are missing");
    assert_eq!(of_cases(&cases, "count = \"sex = 'M'\"\ncases = [\"case 26\"]"), "agrees");
}

#[test]
fn the_cases_of_a_denominator_may_be_unknown_too() {
    let cases = "case_id,treated,resp\nP1,yes,yes\nP2,yes,no\nP3,,yes\nP4,yes,\nP5,no,no\nP6,,\n";
    for (printed, verdict) in [
        ("1 of 3", "agrees"),
        ("1 of 2", "agrees"),
        ("1 of 1", "contradicts"),
        ("all", "contradicts"),
        ("100 %", "contradicts"),
        ("25 %", "undetermined"),
        ("3 of 4", "undetermined"),
    ] {
        let fields = format!("count = \"resp = 'yes'\"\nof = \"treated = 'yes'\"\nprinted = \"{printed}\"");
        assert_eq!(of_cases(cases, &fields), verdict, "{printed}");
    }
    assert_eq!(of_cases(cases, "count = \"resp = 'yes'\"\nprinted = \"3 of 5\""), "undetermined");
}

#[test]
fn what_cannot_be_known_of_statistics_and_comparisons_is_open() {
    let cases = "case_id,age,sex,crp\nP1,4,F,<5\nP2,6,M,<5\nP3,8,,12\nP4,,F,30\nP5,10,,\n";
    for (fields, verdict) in [
        ("compare = [\"cases | sex = 'M'\", '>', \"cases | sex = 'F'\"]", "undetermined"),
        ("compare = ['sex[M].n', '=', 'sex[F].n']", "undetermined"),
        ("value = \"cases | sex = 'M'\"\nprinted = '2'", "undetermined"),
        ("value = \"cases | sex = 'M'\"\nprinted = '4'", "contradicts"),
        ("value = \"age.mean | sex = 'M'\"\nprinted = '7'", "undetermined"),
        ("value = 'crp.mean'\nprinted = '12'", "undetermined"),
        ("value = 'crp.min'\nprinted = '3'", "undetermined"),
        ("value = 'crp.min'\nprinted = '<10'", "undetermined"),
        ("value = 'age.N'\nprinted = '>3'", "agrees"),
        ("value = 'age.sd'\nprinted = '<5'", "agrees"),
        ("value = 'age.N'\nprinted = '>4'", "contradicts"),
    ] {
        assert_eq!(of_cases(cases, fields), verdict, "{fields}");
    }
}
