//! Shares against a reference, associations and exact tests on request, on the built binary.
//!
//! Expected numbers: R 4.2.2 binom.test, cor.test, poisson.test, survival 3.5.3 survfit; the exact log-rank p by
//! combn(23, 11), all 1,352,078 arrangements listed.

use crate::support::{file, row, run, series, stdout, summary};

const RELAPSE: [&str; 6] = ["--time", "time", "--event", "relapse = 'yes'", "--by", "arm"];
const AML: &str = "tests/files/aml.csv";

/// Tuna: lightness and quality, of the help page of cor.test (Hollander and Wolfe 1973).
const TUNA: &str = "id,l,q\n1,44.4,2.6\n2,45.9,3.1\n3,41.9,2.5\n4,53.3,5.0\n5,44.7,3.6\n6,44.1,4.0\n7,50.7,5.2\n\
    8,45.2,2.8\n9,60.1,3.8\n";

fn assert_raw(input: &str, options: &[&str], expected: &[(&str, f64)]) {
    let keys: Vec<&str> = expected.iter().map(|(key, _)| *key).collect();
    let found = stdout(&[&["get", input, "--raw"], options, &keys[..]].concat());
    assert_eq!(found.lines().count(), expected.len(), "{found}");
    for (line, (key, expected)) in found.lines().zip(expected) {
        let found: f64 = line.parse().expect("a number");
        assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{key}: {found}, not {expected}");
    }
}

/// So many cases, of which the first have it.
fn cases(with: usize, all: usize) -> String {
    let row = |n: usize| format!("P{n},{}\n", if n < with { "yes" } else { "no" });
    format!("id,ill\n{}", (0..all).map(row).collect::<String>())
}

#[test]
fn a_share_against_a_reference_is_as_in_r() {
    for (with, all, against, expected) in [
        (7, 20, "ill=0.2", [0.0982217286134695, 0.0866925135674, 0.967857336919]),
        (7, 20, "ill[yes]=20%", [0.0982217286134695, 0.0866925135674, 0.967857336919]),
        (7, 20, "ill[yes].p = 0.2", [0.0982217286134695, 0.0866925135674, 0.967857336919]),
    ] {
        let (_folder, path) = file("cases.csv", cases(with, all));
        let keys = ["ill[yes].p.against", "ill[yes].p.against.greater", "ill[yes].p.against.less"];
        let expected: Vec<(&str, f64)> = keys.into_iter().zip(expected).collect();
        let found = stdout(&[&["get", &path.to_string_lossy(), "--raw", "--against", against], &keys[..]].concat());
        for (line, (key, expected)) in found.lines().zip(expected) {
            let found: f64 = line.parse().expect("a number");
            assert!((found - expected).abs() <= 1e-11, "{against}, {key}: {found}, not {expected}");
        }
    }
    let (_folder, path) = file("cases.csv", cases(0, 13));
    let found = stdout(&["get", &path.to_string_lossy(), "--against", "ill[no]=0.5", "ill[no].p.against", "--raw"]);
    assert!((found.trim().parse::<f64>().unwrap() - 2.0 / 8192.0).abs() < 1e-15, "{found}");
}

/// Responses of the series: 4 of 4 evaluable, 4 of 5 treated.
#[test]
fn a_response_rate_is_compared_by_its_denominator() {
    let options = ["--against", "best_response=0.2", "--against", "best_response(responders/treated)=0.2"];
    let expected = [
        ("best_response.p.against", 0.0016),
        ("best_response.p.against.greater", 0.0016),
        ("best_response.p.against(responders/treated)", 0.00672),
    ];
    assert_raw(&series("cases.csv"), &options, &expected);
    let text = stdout(&[&["summarize", &series("cases.csv"), "--quiet"], &options[..]].concat());
    assert!(text.contains("best response, responders/evaluable, against 0.2"), "{text}");
    assert!(text.contains("4/4, p 0.002; greater 0.002, less 1"), "{text}");
    let json = summary(&[&[series("cases.csv").as_str()], &options[..]].concat());
    let method = row(&json, "best_response.p.against")["method"].clone();
    assert_eq!(method, "exact binomial test, two-sided by probability, against 0.2");
}

#[test]
fn what_is_no_share_is_refused() {
    let (_folder, path) = file("cases.csv", cases(2, 5));
    let path = path.to_string_lossy();
    for (against, said) in [
        ("ill", "is not a share and its reference"),
        ("ill=1", "is not a share and its reference"),
        ("ill=0", "is not a share and its reference"),
        ("ill=x", "is not a share and its reference"),
        ("il[yes]=0.2", "there is no statistic"),
        ("ill.N_miss=0.2", "is not a share of cases"),
        ("ill[yes] | ill = 'yes'=0.2", "--against"),
    ] {
        let refused = run(&["summarize", &path, "--against", against]);
        let stderr = String::from_utf8_lossy(&refused.stderr);
        assert!(refused.status.code() == Some(2) && stderr.contains(said), "{against}: {stderr}");
    }
    let twice = run(&["summarize", &path, "--against", "ill=0.2", "--against", "ill[yes]=0.3"]);
    assert!(String::from_utf8_lossy(&twice.stderr).contains("a second time"));
    let of_rows = run(&["summarize", &path, "--against", "ill=0.2", "--percent", "row", "--by", "ill"]);
    assert!(String::from_utf8_lossy(&of_rows.stderr).contains("leave out --percent"));
}

/// Under masking the p is masked with its count: it tells it.
#[test]
fn a_p_tells_no_masked_count() {
    let (_folder, path) = file("cases.csv", cases(2, 30));
    let options = ["--against", "ill=0.2", "--suppress-below", "5", "--format", "json"];
    let text = stdout(&[&["summarize", &path.to_string_lossy()], &options[..]].concat());
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for key in ["ill[yes].p.against", "ill[yes].p.against.greater", "ill[yes].p.against.less"] {
        assert_eq!(row(&json, key)["reason"], "masked", "{key}");
    }
}

#[test]
fn associations_are_as_in_r() {
    let (_folder, path) = file("cases.csv", TUNA);
    let expected = [
        ("association[l, q].N", 9.0),
        ("association[l, q].pearson", 0.571181557564),
        ("association[l, q].pearson.low", -0.149742633037),
        ("association[l, q].pearson.high", 0.895579461839),
        ("association[l, q].p.pearson", 0.108173054),
        ("association[l, q].spearman", 0.6),
        ("association[l, q].p.spearman", 0.0967978395),
        ("association[l, q].kendall", 0.444444444444),
        ("association[l, q].p.kendall", 0.119438933),
    ];
    for (key, expected) in expected {
        let found = stdout(&["get", &path.to_string_lossy(), "--associate", "l,q", key, "--raw"]);
        let found: f64 = found.trim().parse().expect("a number");
        assert!((found - expected).abs() <= 1e-8, "{key}: {found}, not {expected}");
    }
    let (_folder, path) = file("cases.csv", "id,x,y\n1,1,2\n2,2,1\n3,3,4\n4,4,3\n5,5,7\n6,6,5\n7,7,6\n");
    let found =
        stdout(&["get", &path.to_string_lossy(), "--associate", "x,y", "association[x, y].p.spearman", "--raw"]);
    assert!((found.trim().parse::<f64>().unwrap() - 0.034126984126984126).abs() < 1e-15, "{found}");
}

/// Groups and conditions have their own pairs; who lacks a number is counted; a bound makes it not estimable.
#[test]
fn pairs_are_counted_by_group_and_condition() {
    let text = "id,g,x,y\n1,a,1,2\n2,a,2,4\n3,a,3,6\n4,b,4,1\n5,b,5,0\n6,b,6,-1\n7,b,,3\n8,c,9,>5\n";
    let (_folder, path) = file("cases.csv", text);
    let path = path.to_string_lossy().into_owned();
    let json = summary(&[&path, "--associate", "x,y", "--by", "g"]);
    let stat = |key: &str| row(&json, key)["stat"].clone();
    assert_eq!(stat("association[x, y].N | g = 'a'"), 3);
    assert_eq!(stat("association[x, y].N_miss | g = 'b'"), 1);
    assert_eq!(stat("association[x, y].pearson | g = 'a'"), 1.0);
    assert_eq!(stat("association[x, y].spearman | g = 'b'"), -1.0);
    assert_eq!(row(&json, "association[x, y].pearson")["reason_code"], "censored");
    assert_eq!(row(&json, "association[x, y].pearson.low | g = 'a'")["reason_code"], "no-association-interval");
    assert_eq!(row(&json, "association[x, y].kendall | g = 'c'")["reason_code"], "censored");
    let of_some = stdout(&["get", &path, "--associate", "x,y", "association[x, y].spearman | g = 'b'", "--raw"]);
    assert_eq!(of_some, "-1\n");
    let kept = stdout(&["get", &path, "--associate", "x,y", "--where", "g = 'a'", "association[x, y].N"]);
    assert_eq!(kept, "3\n");
    let two = stdout(&["get", &path, "--associate", "x,y", "--where", "x < 3", "association[x, y].N"]);
    assert_eq!(two, "2\n");
}

#[test]
fn what_is_no_pair_of_numbers_is_refused() {
    let (_folder, path) = file("cases.csv", "id,g,x\n1,a,1\n2,b,2\n");
    let path = path.to_string_lossy();
    for (pair, said) in [
        ("x", "does not name two columns"),
        ("x,x", "does not name two columns"),
        ("x,", "does not name two columns"),
        ("x,nosuch", "there is no column 'nosuch' (--associate)"),
        ("x,g", "'g' is a category column"),
    ] {
        let refused = run(&["summarize", &path, "--associate", pair]);
        let stderr = String::from_utf8_lossy(&refused.stderr);
        assert!(refused.status.code() == Some(2) && stderr.contains(said), "{pair}: {stderr}");
    }
}

/// Every format: each pair is a patient, so nothing of it is shown where few cases are masked.
#[test]
fn associations_are_left_out_where_few_cases_are_masked() {
    let (_folder, path) = file("cases.csv", TUNA);
    for format in ["text", "json", "jsonl", "csv", "markdown", "html", "latex", "ard"] {
        let options = ["--associate", "l,q", "--suppress-below", "3", "--format", format];
        let output = stdout(&[&["summarize", &path.to_string_lossy()], &options[..]].concat());
        assert!(!output.contains("earson") && !output.contains("association["), "{format}: {output}");
    }
    let text = stdout(&["summarize", &path.to_string_lossy(), "--associate", "l,q", "--suppress-below", "3"]);
    assert!(text.contains("Associations are left out"), "{text}");
}

#[test]
fn the_exact_log_rank_test_and_the_rate_ratio_are_as_in_r() {
    let options = ["--test", "survival=log-rank-exact", "--rate-ratio", "--restricted-mean", "30"];
    let json = summary(&[&[AML], &RELAPSE[..], &options].concat());
    let stat = |key: &str| row(&json, key)["stat"].as_f64().unwrap_or_else(|| panic!("{key}"));
    for (key, expected) in [
        ("survival.p.value", 0.0646930132729),
        ("survival.rate_ratio", 0.38362346873),
        ("survival.rate_ratio.low", 0.126094884219),
        ("survival.rate_ratio.high", 1.083650309571),
        ("survival[30].restricted_mean | arm = 'maintained'", 24.6022727272727),
        ("survival[30].restricted_mean.se | arm = 'maintained'", 2.31314937732),
        ("survival[30].restricted_mean | arm = 'not maintained'", 19.6944444444444),
        ("survival[30].restricted_mean.se | arm = 'not maintained'", 3.05419793072),
    ] {
        assert!((stat(key) - expected).abs() <= 1e-9 * expected, "{key}: {}, not {expected}", stat(key));
    }
    let low = stat("survival[30].restricted_mean.low | arm = 'maintained'");
    assert!((low - (24.6022727272727 - 1.959963984540054 * 2.31314937732)).abs() < 1e-8, "{low}");
    // Times are compared by their curves, and have no row of their own.
    let rows = json["results"].as_array().expect("results");
    assert!(!rows.iter().any(|row| row["key"] == "time.p.value"), "a rank test of times that are censored");
    let text = stdout(&[&["summarize", AML, "--quiet"], &RELAPSE[..], &options].concat());
    assert!(!text.contains("\ntime  ") && text.contains("it is not shown"), "{text}");
    assert!(text.contains("0.38 (0.13–1.08)    reference"), "{text}");
    let asked = stdout(&[&["summarize", AML, "--quiet", "--vars", "time"], &RELAPSE[..4]].concat());
    assert!(asked.contains("\ntime  ") && asked.contains("it is shown as asked"), "{asked}");
}

#[test]
fn a_restricted_mean_beyond_the_curve_is_not_estimable() {
    let output =
        run(&[&["get", AML, "--restricted-mean", "200", "survival[200].restricted_mean"], &RELAPSE[..4]].concat());
    assert!(output.status.code() == Some(1) && output.stdout == b"NE\n");
    assert!(String::from_utf8_lossy(&output.stderr).contains("no case was followed that long"));
}

#[test]
fn tests_of_times_need_times_and_two_groups() {
    for (options, said) in [
        (&["--by", "arm", "--test", "log-rank-exact"][..], "add --time COLUMN --event FILTER"),
        (&["--by", "arm", "--test", "relapse=log-rank-exact"], "--test survival=log-rank-exact"),
        (&["--by", "arm", "--rate-ratio"], "--time"),
        (&["--tests"], "--by <VARIABLE>"),
    ] {
        let refused = run(&[&["summarize", AML], options].concat());
        let stderr = String::from_utf8_lossy(&refused.stderr);
        assert!(refused.status.code() == Some(2) && stderr.contains(said), "{options:?}: {stderr}");
    }
}

/// Where nothing can be estimated the reason stands once in each row.
#[test]
fn the_reason_of_an_association_that_is_not_estimable_stands_once_a_row() {
    let (_folder, path) = file("cases.csv", "case_id,a,b\nP1,5,7\nP2,6,8\n");
    let kinds = ["--kind", "a=number", "--kind", "b=number", "--associate", "a,b"];
    let printed = stdout(&[&["summarize", path.to_str().unwrap()][..], &kinds].concat());
    let rows: Vec<&str> = printed.lines().filter(|line| line.contains("NE: ")).collect();
    assert_eq!(rows.len(), 3, "{printed}");
    assert!(rows.iter().all(|row| row.matches("NE: ").count() == 1), "{rows:?}");
}
