//! `--change` on the built binary. Expected numbers: R 4.2.2 wilcox.test(conf.int = TRUE) on the depression scores of its
//! help page (Hollander and Wolfe 1973), and t.test(paired = TRUE) on its data set sleep.

mod order;

use crate::support::{file, row, run, stdout, summary};

const SCORES: &str = "id,score@before,score@after\n1,0.878,1.83\n2,0.647,0.50\n3,0.598,1.62\n4,2.05,2.48\n\
    5,1.06,1.68\n6,1.29,1.88\n7,1.06,1.55\n8,3.14,3.06\n9,1.29,1.30\n";

const SLEEP: &str = "id,extra@second,extra@first_drug\n1,1.9,0.7\n2,0.8,-1.6\n3,1.1,-0.2\n4,0.1,-1.2\n5,-0.1,-0.1\n\
    6,4.4,3.4\n7,5.5,3.7\n8,1.6,0.8\n9,4.6,0\n10,3.4,2\n";

fn assert_raw(cases: &str, change: &str, expected: &[(&str, f64)]) {
    let (_folder, path) = file("cases.csv", cases);
    let keys: Vec<&str> = expected.iter().map(|(key, _)| *key).collect();
    let found = stdout(&[&["get", &path.to_string_lossy(), "--change", change, "--raw"], &keys[..]].concat());
    assert_eq!(found.lines().count(), expected.len(), "{found}");
    for (line, (key, expected)) in found.lines().zip(expected) {
        let found: f64 = line.parse().expect("a number");
        assert!((found - expected).abs() <= 1e-6 * expected.abs(), "{key}: {found}, not {expected}");
    }
}

#[test]
fn the_signed_rank_test_and_the_median_change_are_those_of_r() {
    let expected = [
        ("score_change.hodges_lehmann", 0.46),
        ("score_change.hodges_lehmann.low", 0.010),
        ("score_change.hodges_lehmann.high", 0.786),
        ("score_change.p.signed_rank", 0.0390625),
        ("score_change.p.signed_rank.min", 2.0 / 512.0),
        ("score_change.N", 9.0),
    ];
    assert_raw(SCORES, "score", &expected);
    assert_raw(SCORES, "score=before:after", &expected);
    assert_raw(SCORES, "score=after:before", &[("score_change.hodges_lehmann", -0.46)]);
}

#[test]
fn the_paired_t_test_and_the_mean_change_are_those_of_r() {
    let expected = [
        ("extra_change.mean", -1.58),
        ("extra_change.mean.low", -2.4598858),
        ("extra_change.mean.high", -0.7001142),
        ("extra_change.p.paired_t", 0.002832890197),
    ];
    assert_raw(SLEEP, "extra=second:first_drug", &expected);
}

const VISITS: &str = "patient,visit,arm,crp\nP1,baseline,a,12\nP1,month 6,a,4\nP2,baseline,a,30\nP3,baseline,b,8\n\
    P3,month 6,b,9\nP4,baseline,b,7\nP4,month 6,b,7\n";

/// A row for each visit: the pairs are counted by patient, and who has none is named, but not where nobody may be.
#[test]
fn visits_make_pairs_and_who_has_none_is_named() {
    let (_folder, path) = file("visits.csv", VISITS);
    let path = path.to_string_lossy();
    let options = ["--case", "patient", "--visit", "visit", "--change", "crp", "--vars", "crp_change"];
    let shown = run(&[&["summarize", &path], &options[..]].concat());
    let (text, stderr) = (String::from_utf8_lossy(&shown.stdout), String::from_utf8_lossy(&shown.stderr));
    assert!(shown.status.success(), "{stderr}");
    assert!(text.contains("Hodges-Lehmann median (CI)"), "{text}");
    assert!(stderr.contains("note[change-without-pair]") && stderr.contains("case P2"), "{stderr}");
    let hidden = run(&[&["summarize", &path, "--deidentify"], &options[..]].concat());
    assert!(!String::from_utf8_lossy(&hidden.stderr).contains("P2"));
    let object = summary(&[&[&*path, "--by", "arm"], &options[..]].concat());
    assert_eq!(row(&object, "crp_change.N | arm = 'a'")["stat"], 1);
    assert_eq!(row(&object, "crp_change.N | arm = 'b'")["stat"], 2);
    assert_eq!(row(&object, "crp_change.N_miss")["stat"], 1);
    assert_eq!(row(&object, "crp_change.mean")["stat"].as_f64(), Some(-7.0 / 3.0));
    assert_eq!(row(&object, "crp_change.hodges_lehmann.low")["reason"], "not available at n = 3 (range covers 75 %)");
}

#[test]
fn a_change_that_is_none_is_refused_with_what_to_write() {
    let (_folder, path) = file("cases.csv", SCORES);
    for (change, message) in [
        ("score=before", "'score=before' is not a valid change (--change)"),
        ("=before:after", "is not a valid change"),
        ("scor", "there is no variable 'scor' with visits"),
        ("score=before:afterr", "did you mean after?"),
    ] {
        let output = run(&["summarize", &path.to_string_lossy(), "--change", change]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{change}: {stderr}");
        assert!(stderr.contains(message), "{change}: {stderr}");
    }
}

/// A pair that did not change, and nobody who did: no test, with the reason.
#[test]
fn no_change_is_no_test() {
    let (_folder, path) = file("cases.csv", "id,x@a,x@b\n1,2,2\n2,3,3\n");
    let path = path.to_string_lossy();
    for key in ["x_change.p.signed_rank", "x_change.p.paired_t"] {
        let output = run(&["get", &path, "--change", "x=a:b", key]);
        assert_eq!((output.status.code(), &*output.stdout), (Some(1), &b"NE\n"[..]), "{key}");
    }
}

#[test]
fn a_fault_names_the_option_that_was_given() {
    let (_folder, path) = file("cases.csv", SCORES);
    let path = path.to_string_lossy();
    for (option, value, fault) in [
        ("--change", "scores", "error: --change: there is no variable 'scores' with visits"),
        ("--derive", "x = scores + 1", "error: --derive: there is no column 'scores'"),
        ("--derive", "score@after = 1 + 1", "error: --derive: there is a column 'score@after' already"),
    ] {
        let ran = run(&["summarize", &path, option, value]);
        let stderr = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!(ran.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(fault), "{stderr}");
    }
}

/// Two who gained it and nine who lost it: R 4.2.2 binom.test(2, 11).
#[test]
fn mcnemar_is_the_exact_binomial_test_of_who_changed() {
    let of = |n: usize, before: &str, after: &str| (0..n).map(|_| format!("{before},{after}\n")).collect::<String>();
    let rows = [of(2, "no", "yes"), of(9, "yes", "no"), of(5, "yes", "yes"), of(3, "no", "no"), of(1, "yes", "")];
    let numbered = rows.concat().lines().enumerate().map(|(n, row)| format!("P{n},{row}\n")).collect::<String>();
    let expected = [
        ("ulcer_change.p.mcnemar", 0.06542969),
        ("ulcer_change.p.mcnemar.min", 2.0 / 2048.0),
        ("ulcer_change[gained].n", 2.0),
        ("ulcer_change[lost].n", 9.0),
        ("ulcer_change.N_miss", 1.0),
    ];
    let text = format!("id,ulcer@baseline,ulcer@month_6\n{numbered}");
    assert_raw(&text, "ulcer", &expected);
    let (_folder, path) = file("cases.csv", &text);
    let path = path.to_string_lossy();
    for test in [&["--tests"][..], &["--test", "mcnemar"], &["--test", "ulcer_change=mcnemar"]] {
        let table = stdout(&[&["summarize", &path, "--change", "ulcer", "--quiet"], test].concat());
        assert!(table.contains("ulcer_change, McNemar exact test  p 0.065; smallest attainable <0.001"), "{table}");
    }
    // Signs and results of tests are yes and no, too; what is neither is named.
    let signs = text.replace("yes", "positive").replace("no,", "negative,").replace(",no", ",negative");
    assert_raw(&signs, "ulcer", &expected);
    let (_folder, path) = file("cases.csv", text.replacen("yes", "some", 1));
    let refused = run(&["summarize", &path.to_string_lossy(), "--change", "ulcer", "--kind", "ulcer@month_6=category"]);
    let stderr = String::from_utf8_lossy(&refused.stderr);
    assert!(
        refused.status.code() == Some(2)
            && stderr.contains("a level of 'ulcer@month_6' is neither yes nor no")
            && stderr.contains("in place of 'some'"),
        "{stderr}"
    );
}

/// A change names its variable, not the columns it is made of.
#[test]
fn what_has_no_change_is_refused_by_its_name() {
    let (_folder, path) = file(
        "cases.csv",
        "id,age,crp@baseline,crp@month_6,hb@baseline,state@a,state@b\n1,3,1,2,9,x,y\n2,4,3,4,8,y,x\n",
    );
    let path = path.to_string_lossy();
    for (change, said) in [
        ("crpp", "there is no variable 'crpp' with visits"),
        ("age", "'age' has one value a patient, and no visits"),
        ("hb", "'hb' has one visit, and a change needs two"),
        ("crp=baseline:month_7", "'crp' has no visit 'month_7'"),
        ("crp=baseline:first", "the two visits of 'crp' are the same"),
        ("state=a:b", "a level of 'state@a' is neither yes nor no"),
    ] {
        let refused = run(&["summarize", &path, "--change", change]);
        let stderr = String::from_utf8_lossy(&refused.stderr);
        assert!(
            refused.status.code() == Some(2) && stderr.contains(&format!("--change: {said}")),
            "{change}: {stderr}"
        );
    }
}

/// The age of the cases did not change, and another change has its own test.
#[test]
fn a_test_of_a_change_is_of_no_other_number() {
    let text = "id,age,score@baseline,score@month_6,crp@baseline,crp@month_6\nK1,3,10,5,3,4\nK2,5,12,7,5,3\n\
                K3,6,15,12,3,2\nK4,9,14,15,2,5\n";
    let (_folder, path) = file("cases.csv", text);
    let path = path.to_string_lossy();
    let keys = |test: &[&str]| {
        let words = ["summarize", &path, "--change", "score", "--change", "crp", "--quiet", "--format", "json"];
        let json: serde_json::Value = serde_json::from_str(&stdout(&[&words, test].concat())).unwrap();
        let all = json["results"].as_array().unwrap().iter().filter_map(|row| row["key"].as_str());
        let of_tests = all.filter(|key| key.contains(".p.")).map(str::to_owned);
        let mut keys: Vec<String> = of_tests.collect();
        keys.sort();
        keys
    };
    let signed = ["crp_change.p.signed_rank", "crp_change.p.signed_rank.min"];
    assert_eq!(keys(&["--test", "score_change=paired-t"]), [&signed[..], &["score_change.p.paired_t"]].concat());
    assert_eq!(keys(&["--test", "paired-t"]), ["crp_change.p.paired_t", "score_change.p.paired_t"]);
    assert_eq!(keys(&[]), Vec::<String>::new());
}

#[test]
fn tests_of_changes_are_chosen_by_name() {
    let (_folder, path) = file("cases.csv", SCORES);
    let path = path.to_string_lossy();
    for (test, said) in [
        (
            &["--tests"][..],
            "score_change, Wilcoxon signed rank test, exact, zeros left out, midranks  p 0.039; smallest attainable 0.004",
        ),
        (&["--test", "score_change=paired-t"], "score_change, paired t test   p 0.016"),
        (&["--test", "paired-t"], "score_change, paired t test   p 0.016"),
    ] {
        let table = stdout(&[&["summarize", &path, "--change", "score", "--quiet"], test].concat());
        assert!(table.contains(said), "{table}");
    }
    for (test, said) in
        [("id=mcnemar", "mcnemar"), ("score_change=mcnemar", "mcnemar is a test of what was gained and lost")]
    {
        let refused = run(&["summarize", &path, "--change", "score", "--test", test]);
        let stderr = String::from_utf8_lossy(&refused.stderr);
        assert!(refused.status.code() == Some(2) && stderr.contains(said), "{test}: {stderr}");
    }
}

/// McNemar's test is of what changed, not of any column whose levels have these names.
#[test]
fn mcnemar_is_refused_where_nothing_changed() {
    let cases = "id,pos@a,pos@b,appetite,sex\n1,no,yes,gained,F\n2,no,yes,lost,M\n3,yes,no,gained,F\n";
    let (_folder, path) = file("cases.csv", cases);
    for test in ["appetite=mcnemar", "sex=mcnemar"] {
        let output = run(&["summarize", &path.to_string_lossy(), "--change", "pos=a:b", "--test", test]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains("mcnemar needs --change of yes and no"), "{said}");
    }
    let output = run(&["get", &path.to_string_lossy(), "appetite.p.mcnemar"]);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Of two variables each names its patients: the note is of patients, not of columns.
#[test]
fn who_has_no_pair_is_named_for_each_of_several_changes() {
    let visits = "pid,visit,crp,ok\n1,baseline,40,no\n1,month 3,20,no\n2,baseline,30,no\n3,baseline,50,yes\n\
        3,month 3,55,no\n4,month 3,12,no\n5,month 3,12,no\n6,baseline,9,no\n7,baseline,9,no\n";
    let (_folder, path) = file("visits.csv", visits);
    let path = path.to_string_lossy().into_owned();
    let output = run(&["summarize", &path, "--case", "pid", "--visit", "visit", "--change", "crp,ok"]);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    for column in ["crp_change", "ok_change"] {
        for case in ["2", "4", "5", "6", "7"] {
            assert!(stderr.contains(&format!("case {case}, column {column}")), "{column} {case}: {stderr}");
        }
    }
}

/// All tests are counted; which of them are adjusted is said.
#[test]
fn tests_within_patients_are_counted_with_those_between_groups() {
    let cases =
        "id,arm,crp@a,crp@b,relapse\n1,x,5,3,yes\n2,x,6,7,no\n3,x,9,2,no\n4,y,9,4,no\n5,y,4,5,yes\n6,y,3,1,yes\n";
    let (_folder, path) = file("cases.csv", cases);
    let path = path.to_string_lossy().into_owned();
    let of_patients = ["--change", "crp=a:b", "--tests", "--against", "relapse[yes]=0.2", "--quiet"];
    let alone = stdout(&[&["summarize", &path, "--vars", "crp_change,relapse"], &of_patients[..]].concat());
    assert!(alone.contains("Tests: 2; p-values not adjusted for multiple testing; exploratory"), "{alone}");
    let by = ["--by", "arm", "--adjust", "holm"];
    let grouped = stdout(&[&["summarize", &path, "--vars", "crp_change,relapse"], &of_patients[..], &by].concat());
    let said =
        "Tests: 8; the p-values of the 2 between groups adjusted for multiple testing: Holm; those of the 6 within";
    assert!(grouped.contains(said), "{grouped}");
    let refused = run(&[&["summarize", &path, "--adjust", "holm"], &of_patients[..]].concat());
    let stderr = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(2) && stderr.contains("there is no --by"), "{stderr}");
}
