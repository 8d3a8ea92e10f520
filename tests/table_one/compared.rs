//! Tests, differences and standardised differences, and what is said beside them.

use crate::support::{file, row, run, series, stdout, summary};

#[test]
fn no_p_without_being_asked() {
    let text = stdout(&["summarize", &series("cases.csv"), "--by", "etiology"]);
    assert!(!text.contains("Fisher") && !text.contains(" p "), "{text}");
}

/// One idiopathic case and four others, with the hip in two of the five: no table of these margins gives less than 0.4.
#[test]
fn the_golden_case_says_how_small_a_p_could_be() {
    let text = stdout(&["summarize", &series("cases.csv"), "--by", "etiology", "--tests"]);
    assert!(text.contains("Fisher exact test; smallest attainable p given these margins 0.2"), "{text}");
    assert!(
        text.contains(
            "Mann-Whitney test, exact permutation of midranks; smallest attainable p given these margins 0.4"
        ),
        "{text}"
    );
    assert!(text.contains("p-values not adjusted for multiple testing"), "{text}");
    let object = summary(&[&series("cases.csv"), "--by", "etiology", "--tests"]);
    assert_eq!(row(&object, "sites[hip].p.value")["stat"], 0.4);
    assert_eq!(row(&object, "sites[hip].p.min")["stat"], 0.4);
    assert_eq!(row(&object, "treatment.p.value")["reason_code"], "dependent-lines");
}

const TWO: &str = "case_id,arm,x,y,z\n\
    1,a,2.5,1,yes\n2,a,5,2,yes\n3,a,10,2,yes\n4,b,6.5,3,no\n5,b,8,5,no\n6,b,12,4,no\n7,b,14,6,no\n";

/// R 4.2.2 wilcox.test and fisher.test; t.test by SciPy 1.17.1. The values of x are those of
/// the Mann-Whitney example of the statistics notes: W = 2, exact p 8/35.
#[test]
fn two_groups_are_tested_as_r_does() {
    let (_folder, path) = file("cases.csv", TWO);
    let path = path.to_string_lossy().into_owned();
    let object = summary(&[&path, "--by", "arm", "--level-order", "natural", "--tests"]);
    let p = |key: &str| row(&object, key)["stat"].as_f64().expect("a number");
    assert!((p("x.p.value") - 8.0 / 35.0).abs() < 1e-12);
    assert!((p("x.statistic") - 2.0).abs() < 1e-12);
    assert!((p("z.p.value") - 1.0 / 35.0).abs() < 1e-12, "Fisher, 3 of 3 against 0 of 4");
    let welch = summary(&[
        &path,
        "--by",
        "arm",
        "--level-order",
        "natural",
        "--test",
        "x=welch",
        "--adjust",
        "bonferroni",
        "--difference",
    ]);
    assert_eq!(row(&welch, "x.p.value")["method"], "Welch t test, unequal variances");
    let adjusted = row(&welch, "z.p.adjusted")["stat"].as_f64().expect("a number");
    assert!((adjusted - 3.0 / 35.0).abs() < 1e-12, "three tests: {adjusted}");
    let difference = row(&welch, "x.difference")["stat"].as_f64().expect("a number");
    assert!((difference - (17.5 / 3.0 - 40.5 / 4.0)).abs() < 1e-12, "{difference}");
}

#[test]
fn the_order_of_groups_changes_no_p() {
    let swapped: String = TWO.replace(",a,", ",~,").replace(",b,", ",a,").replace(",~,", ",b,");
    let of = |text: &str| {
        let (_folder, path) = file("cases.csv", text);
        let object = summary(&[&path.to_string_lossy(), "--by", "arm", "--tests"]);
        ["x", "y", "z"].map(|name| row(&object, &format!("{name}.p.value"))["stat"].clone())
    };
    assert_eq!(of(TWO), of(&swapped));
}

#[test]
fn censored_values_of_one_limit_tie_and_of_several_have_no_rank() {
    let of = |cells: [&str; 6]| {
        let rows: String =
            cells.iter().enumerate().map(|(n, x)| format!("{n},{},{x}\n", if n < 3 { "a" } else { "b" })).collect();
        let (_folder, path) = file("cases.csv", format!("case_id,arm,titer\n{rows}"));
        let object = summary(&[&path.to_string_lossy(), "--by", "arm", "--tests", "--kind", "titer=number"]);
        row(&object, "titer.p.value").clone()
    };
    let tied = of(["1", "2", "3", ">9", ">9", ">9"]);
    assert!((tied["stat"].as_f64().expect("a number") - 0.1).abs() < 1e-12, "{tied}");
    for cells in [["1", "2", "3", ">9", ">8", ">9"], ["1", "2", "30", ">9", ">9", ">9"]] {
        let none = of(cells);
        assert!(
            none["stat"].is_null()
                && none["reason_code"] == "censored"
                && none["reason"].as_str().is_some_and(|reason| reason.contains("unknown")),
            "{none}"
        );
    }
}

#[test]
fn groups_formed_by_the_outcome_are_warned_of() {
    let text = stdout(&["summarize", &series("cases.csv"), "--by", "outcome", "--tests", "--vars", "age,ck"]);
    assert!(text.contains("The groups are defined by the outcome"), "{text}");
}

#[test]
fn tests_that_do_not_fit_are_refused() {
    let input = series("cases.csv");
    for (test, message) in [
        ("age=fisher", "fisher is a test of levels, but age has no levels"),
        ("sex=welch", "welch is a test of numbers, but sex has no numbers"),
        ("age=wlch", "did you mean 'welch'?"),
        ("agee=welch", "there is no variable 'agee'"),
    ] {
        let output = run(&["summarize", &input, "--by", "etiology", "--test", test]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{test}: {stderr}");
        assert!(stderr.contains(message), "{test}: {stderr}");
    }
}

#[test]
fn a_difference_says_how_it_was_made_and_which_way_it_goes() {
    let text =
        stdout(&["summarize", &series("cases.csv"), "--by", "etiology", "--difference", "--smd", "--vars", "age,sex"]);
    assert!(text.contains("Differences are juvenile dermatomyositis - idiopathic: "), "{text}");
    assert!(
        text.contains("Newcombe") && text.contains("Welch") && text.contains("standardised mean difference"),
        "{text}"
    );
}
