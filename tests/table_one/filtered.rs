//! `--where`: a filter, its negation and what it leaves unknown are all cases.

use crate::support::{row, run, series, stdout, summary};

fn kept(condition: &str) -> [u64; 3] {
    let summary = summary(&[&series("cases.csv"), "--where", condition]);
    let conventions = &summary["conventions"];
    ["filter_kept", "filter_excluded", "filter_unknown"].map(|name| conventions[name].as_u64().expect("a count"))
}

#[test]
fn a_filter_its_negation_and_the_unknown_are_all_cases() {
    for condition in [
        "age < 6",
        "crp > 10",
        "ck >= 750 and ldh < 200",
        "has(sites, 'elbow') or inflammatory_syndrome = 'yes'",
        "any_line(agent = 'methotrexate')",
        "ana_titer > 1000",
        "outcome IN ('improved', 'complete')",
        "etiology LIKE '%dermato%' and not has(sites, 'buttock')",
    ] {
        let [yes, no, unknown] = kept(condition);
        let negated = kept(&format!("not ({condition})"));
        assert_eq!(negated, [no, yes, unknown], "{condition}");
        assert_eq!(yes + no + unknown, 5, "{condition}");
    }
}

#[test]
fn the_report_says_what_was_kept_and_why_not() {
    let text = stdout(&["summarize", &series("cases.csv"), "--where", "crp > 10", "--vars", "age"]);
    assert!(text.contains("  cases          1 in "), "{text}");
    assert!(text.contains("Filter: crp > 10: 1 of 5 cases kept, 0 excluded, 4 unknown (not known: crp 4)."), "{text}");
}

/// The ids of the cases of which a condition is true.
fn ids(file: &str, condition: &str) -> Vec<String> {
    let listed = stdout(&["cases", &series(file), "--columns", "case_id", "--where", condition, "--format", "csv"]);
    listed.lines().filter(|line| line.starts_with('P')).map(str::to_owned).collect()
}

/// What is printed of the steroids of the five: oral of P3 alone, a taper of P2 and P5.
#[test]
fn routes_tapers_and_the_order_of_lines_are_those_of_the_report() {
    for file in ["cases.csv", "cases.json"] {
        for (condition, yes, no) in [
            ("any_line(class = 'glucocorticoid' and route = 'oral')", &["P3"][..], &["P1"][..]),
            ("any_line(class = 'glucocorticoid' and taper)", &["P2", "P5"], &["P1"]),
            ("any_line(class = 'bisphosphonate' and route = 'IV')", &["P3"], &["P1", "P2", "P4"]),
            ("any_line(detail like '%knee%')", &["P3"], &["P4"]),
            (
                "in_order(agent = 'methotrexate', class = 'bisphosphonate', class = 'calcium-channel blocker')",
                &["P3"],
                &["P1", "P2", "P4", "P5"],
            ),
            ("in_order(class = 'bisphosphonate', agent = 'methotrexate')", &[], &["P1", "P2", "P3", "P4", "P5"]),
            ("whole(age)", &["P1", "P2", "P3", "P4"], &["P5"]),
        ] {
            assert_eq!(ids(file, condition), yes, "{file}: {condition}");
            assert_eq!(ids(file, &format!("not {condition}")), no, "{file}: not {condition}");
        }
    }
    let lines =
        |file: &str| stdout(&["cases", &series(file), "--columns", "treatment", "--details", "--format", "csv"]);
    assert_eq!(lines("cases.json"), lines("cases.csv"), "doses, routes and tapers stand in both");
}

/// P3 has a titer of `>1280`, the only one.
#[test]
fn a_censored_value_decides_where_it_can() {
    assert_eq!(kept("ana_titer > 1000"), [1, 0, 4]);
    assert_eq!(kept("ana_titer = 1280"), [0, 1, 4]);
    assert_eq!(kept("ana_titer > 2000"), [0, 0, 5]);
}

#[test]
fn kept_cases_are_counted_and_the_file_is_read_strictly_all_the_same() {
    let all = summary(&[&series("cases.csv")]);
    let some = summary(&[&series("cases.csv"), "--where", "age < 6"]);
    assert_eq!((&some["cases"], &row(&some, "age.mean")["stat_fmt"]), (&2.into(), &"3.8".into()));
    assert_eq!(some["findings"], all["findings"], "a filter hides no finding");
}

#[test]
fn faults_stand_under_carets_with_what_was_meant() {
    for (condition, caret, remedy) in [
        (
            "age < 10 and etiology = 'idiopatic'",
            "                            ^^^^^^^^^^^",
            "did you mean 'idiopathic'?",
        ),
        ("agee < 10", "    ^^^^", "did you mean age?"),
        ("age <", "         ^", ""),
        ("etiology > 'a'", "    ", ""),
        ("has(age, 'x')", "    ", ""),
        ("(age < 3", "    ", ""),
    ] {
        let output = run(&["summarize", &series("cases.csv"), "--where", condition]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{condition}: {stderr}");
        assert!(output.stdout.is_empty());
        assert!(stderr.contains(&format!("\n    {condition}\n{caret}")), "{condition}: {stderr}");
        assert!(stderr.contains(remedy), "{condition}: {stderr}");
    }
}

#[test]
fn groups_are_of_the_cases_that_are_kept() {
    let some = summary(&[&series("cases.csv"), "--where", "age > 2.5", "--by", "etiology"]);
    assert_eq!(row(&some, "cases")["stat"], 4);
    assert_eq!(row(&some, "cases | etiology = 'juvenile dermatomyositis'")["stat"], 3);
    assert_eq!(row(&some, "cases | etiology = 'idiopathic'")["stat"], 1);
}
