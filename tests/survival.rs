//! Times to an event on the built binary.
//!
//! `tests/files/aml.csv` and `lung.csv` are the data sets `aml` (Miller 1997, Survival Analysis) and `lung` (Loprinzi 1994,
//! doi:10.1200/JCO.1994.12.3.601) of the R package survival, with words for their codes.

use crate::support::{file, row, run, series, stdout, summary};
use proptest::prelude::*;
use serde_json::Value;

const AML: &str = "tests/files/aml.csv";
const RELAPSE: [&str; 4] = ["--time", "time", "--event", "relapse = 'yes'"];
const DEATH: [&str; 4] = ["--time", "time", "--event", "died = 'yes'"];

fn raw(selectors: &[&str], input: &str, event: &[&str]) -> Vec<f64> {
    let printed = stdout(&[&["get", input, "--raw"], event, selectors].concat());
    printed.lines().map(|line| line.parse().unwrap()).collect()
}

#[track_caller]
fn assert_numbers(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= tolerance * expected.abs(), "{found}, expected {expected}");
    }
}

/// R 4.2.2 with survival 3.5.3, as printed by its summaries.
#[test]
fn lung_is_as_in_r() {
    let keys = [
        "survival.median",
        "survival.median.low",
        "survival.median.high",
        "survival.follow_up",
        "survival[180].p",
        "survival[180].conf.low",
        "survival[180].conf.high",
        "survival[180].n_risk",
        "survival.n_events",
    ];
    let found = raw(&keys, "tests/files/lung.csv", &[&DEATH[..], &["--times", "180"]].concat());
    let expected = [310.0, 284.0, 361.0, 588.0, 0.7216707, 0.6583045, 0.7753147, 160.0, 165.0];
    assert_numbers(&found, &expected, 1e-7);
}

#[test]
fn aml_by_arm_is_as_in_r() {
    let options = ["--times", "12", "--by", "arm", "--tests"];
    let summary = summary(&[&[AML], &RELAPSE[..], &options].concat());
    let stat = |key: &str| row(&summary, key)["stat"].as_f64().unwrap();
    let arm = |key: &str| format!("{key} | arm = 'maintained'");
    assert_numbers(&[stat("survival.p.value"), stat("survival.statistic")], &[0.06533932, 3.39638869898], 1e-7);
    let of_arm =
        ["survival.median", "survival.median.low", "survival[12].p", "survival[12].conf.low", "survival.person_time"];
    let found = of_arm.map(|key| stat(&arm(key)));
    assert_numbers(&found, &[31.0, 13.0, 0.9090909, 0.5080802, 423.0], 1e-7);
    let rates = ["survival.rate", "survival.rate.low", "survival.rate.high"].map(|key| stat(&arm(key)));
    assert_numbers(&rates, &[1.654846336, 0.665334055, 3.409615925], 1e-9);
    let high = row(&summary, &arm("survival.median.high"));
    assert_eq!(high["stat"], Value::Null);
    assert!(high["reason"].as_str().unwrap().contains("does not fall that low"), "{high}");
}

/// A selector with a condition asks for the curve of its cases.
#[test]
fn a_condition_has_its_own_curve() {
    let found = raw(&["survival.median | arm = 'maintained'", "survival.n_events"], AML, &RELAPSE);
    assert_eq!(found, [31.0, 18.0]);
}

#[test]
fn cases_of_unknown_time_or_event_are_named_and_the_remedy_works() {
    let text = "case_id,months,died\nP1,12,yes\nP2,,no\nP3,30,no\nP4,-2,yes\nP5,8,\nP6,20,yes\n";
    let (_folder, path) = file("cases.csv", text);
    let path = path.to_string_lossy().into_owned();
    let options = ["--time", "months", "--event", "died = 'yes'"];
    let refused = run(&[&["summarize", &path], &options[..]].concat());
    let stderr = String::from_utf8(refused.stderr).unwrap();
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    for (id, case) in [("follow-up-unknown", "P2"), ("follow-up-negative", "P4"), ("event-unknown", "P5")] {
        let found = stderr.split(&format!("error[{id}]")).nth(1).unwrap_or_else(|| panic!("{stderr}"));
        assert!(found.lines().nth(1).unwrap().contains(&format!("case {case}")), "{stderr}");
    }
    let filter = "NOT case_id IN ('P2', 'P4', 'P5')";
    assert!(stderr.replace("'\\''", "'").contains(&format!("--where '{filter}'")), "{stderr}");
    let kept = raw(&["survival.N", "survival.n_events"], &path, &[&options[..], &["--where", filter]].concat());
    assert_eq!(kept, [3.0, 2.0]);
    let hidden = run(&[&["summarize", &path, "--deidentify"], &options[..]].concat());
    let stderr = String::from_utf8(hidden.stderr).unwrap();
    assert!(
        hidden.status.code() == Some(2) && !["P2", "P4", "P5"].iter().any(|case| stderr.contains(case)),
        "{stderr}"
    );
}

#[test]
fn a_bound_is_no_time() {
    let (_folder, path) = file("cases.csv", "case_id,months,died\nP1,12,yes\nP2,>=30,no\nP3,31,no\n");
    let path = path.to_string_lossy().into_owned();
    let refused = run(&["summarize", &path, "--time", "months", "--event", "died = 'yes'"]);
    let stderr = String::from_utf8(refused.stderr).unwrap();
    assert!(stderr.contains("error[follow-up-bound]") && refused.status.code() == Some(2), "{stderr}");
}

/// The report's series: the duration of symptoms is known of some patients only.
#[test]
fn the_duration_of_symptoms_of_the_series_is_refused() {
    let refused =
        run(&["summarize", &series("cases.csv"), "--time", "symptom_duration", "--event", "outcome = 'improved'"]);
    let stderr = String::from_utf8(refused.stderr).unwrap();
    assert!(
        stderr.contains("error[follow-up-unknown]") && stderr.contains("case P1, column symptom_duration"),
        "{stderr}"
    );
}

#[test]
fn what_is_not_a_time_or_an_event_is_refused() {
    for (options, message) in [
        (["--time", "nosuch", "--event", "relapse = 'yes'"], "there is no column nosuch"),
        (["--time", "arm", "--event", "relapse = 'yes'"], "arm is a category"),
        (["--time", "time", "--event", "relapsed = 'yes'"], "there is no column relapsed"),
        (["--time", "time", "--event", "relapse = "], "--event"),
    ] {
        let refused = run(&[&["summarize", AML], &options[..]].concat());
        let stderr = String::from_utf8(refused.stderr).unwrap();
        assert!(stderr.contains(message) && refused.status.code() == Some(2), "{options:?}: {stderr}");
    }
    for times in ["0", "-1", "x", "1,,2"] {
        let times = format!("--times={times}");
        let refused = run(&[&["summarize", AML], &RELAPSE[..], &[times.as_str()]].concat());
        assert!(String::from_utf8(refused.stderr).unwrap().contains("is not a valid time (--times)"), "{times}");
    }
}

/// Every format, with groups and tests: nothing of the curve is in it, and the reader is told.
#[test]
fn a_curve_is_left_out_where_few_cases_are_masked() {
    for format in ["text", "json", "jsonl", "csv", "tsv", "markdown", "html", "latex", "ard", "ard-jsonl"] {
        let masked = ["--suppress-below", "3", "--by", "arm", "--tests", "--format", format, "--times", "12"];
        let output = stdout(&[&["summarize", AML], &RELAPSE[..], &masked].concat());
        for word in ["survival.", "survival[", "log-rank", "log-log", "Kaplan"] {
            assert!(!output.contains(word), "{format}: {word}");
        }
    }
    let text = stdout(&[&["summarize", AML], &RELAPSE[..], &["--suppress-below", "3"]].concat());
    assert!(text.contains("Survival is left out"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 12, ..ProptestConfig::default() })]

    /// Neither the order of the rows nor the number of threads changes a byte of the results.
    #[test]
    fn order_and_threads_change_nothing(
        cases in prop::collection::vec((0_u32..400, 0_u8..2), 2..40),
        threads in 2_u16..5,
    ) {
        let text = |rows: Vec<&(u32, u8)>| {
            let rows: String = rows.iter().map(|(time, event)| {
                format!("{}.{},{}\n", time / 10, time % 10, if *event == 1 { "yes" } else { "no" })
            }).collect();
            format!("time,died\n99,yes\n99,no\n{rows}")
        };
        let results = |text: String, threads: &str| {
            let (_folder, path) = file("cases.csv", text);
            let path = path.to_string_lossy().into_owned();
            let options = ["--times", "5,10", "--threads", threads, "--no-id"];
            let mut summary = summary(&[&[path.as_str()], &DEATH[..], &options].concat());
            summary["results"].take()
        };
        let one = results(text(cases.iter().collect()), "1");
        let other = results(text(cases.iter().rev().collect()), &threads.to_string());
        prop_assert_eq!(one, other);
    }
}

/// Bare numbers beside durations with units have no unit; the refusal says how they get one, and that works.
#[test]
fn a_follow_up_without_a_unit_is_refused_with_the_option_that_states_it() {
    let text = "case_id,follow up,died\nP1,3 months,yes\nP2,14,no\nP3,2 years,yes\nP4,9,no\nP5,20 weeks,no\n";
    let (_folder, path) = file("cases.csv", text);
    let asked = ["summarize", path.to_str().unwrap(), "--time", "follow up", "--event", "died = 'yes'"];
    let refused = run(&asked);
    let stderr = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.status.code() == Some(2) && stderr.contains("error[follow-up-unknown]"), "{stderr}");
    assert!(stderr.contains("if the numbers without a unit are months: --unit 'follow up=months'; else "), "{stderr}");
    let stated = stdout(&[&asked[..], &["--unit", "follow up=months"]].concat());
    assert!(stated.contains("median follow-up, months"), "{stated}");
}

/// Of ten events and more in all, a group may have few: its curve is of single patients.
#[test]
fn few_events_of_a_group_are_said() {
    let of = |arm: &str, events: usize| {
        (0..12)
            .map(|at| format!("{arm}{at},{arm},{},{}\n", at + 1, if at < events { "yes" } else { "no" }))
            .collect::<String>()
    };
    let cases = format!("case_id,arm,months,died\n{}{}", of("a", 11), of("b", 4));
    let (_folder, path) = file("cases.csv", cases);
    let path = path.to_string_lossy().into_owned();
    let time = ["--time", "months", "--event", "died = 'yes'", "--quiet"];
    let said = "Events by group, where there are fewer than 10: b 4: each step";
    for command in [&["summarize", &path][..], &["plot", "survival", &path, "--format", "text"]] {
        let by_arm = stdout(&[command, &time, &["--by", "arm"]].concat());
        assert!(by_arm.contains(said), "{by_arm}");
        let all = stdout(&[command, &time].concat());
        assert!(!all.contains("each step"), "{all}");
    }
}
