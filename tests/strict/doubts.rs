//! What is doubtful is said, with a remedy that works: two things in one cell, two words for one answer, a header
//! without a name, two columns that contradict one another.

use super::{accepted, run, run_in, stat};
use serde_json::json;

#[test]
fn an_age_and_a_sex_below_age_name_the_option_that_splits_them() {
    let text = "case_id,Age\nP1,10M\nP2,11F\nP3,14M\nP4,6F\nP5,8M\n";
    let ran = run(text, &[]);
    assert!(ran.stderr.contains("if the cells hold an age and a sex: --split Age=age/sex;"), "{}", ran.stderr);
    let split = accepted(text, &["--split", "Age=age/sex"]);
    assert_eq!((stat(&split, "age.mean"), stat(&split, "sex[male].n")), (&json!(9.8), &json!(3)));
    // Beside `13M` a space makes no months of a man; without it nobody knows.
    let spaced = accepted("case_id,Age/sex\nP1,13M\nP2,60 M\nP3,14F\n", &[]);
    assert_eq!((stat(&spaced, "Age.mean"), stat(&spaced, "sex[male].n")), (&json!(29.0), &json!(2)));
    let open = run("case_id,Age/sex\nP1,13F\nP2,60 M\nP3,14F\n", &[]);
    assert!(open.stderr.contains("warning[not-a-pair]"), "{}", open.stderr);
}

#[test]
fn a_plus_beside_yes_is_one_answer_and_watching_is_no_agent() {
    let ran = run("case_id,fever\n1,-\n2,yes\n3,-\n4,yes\n5,+\n", &[]);
    for part in [
        "positive 3/5; 3/3 if it means not done",
        "warning[look-alike-levels]: similar levels are counted separately: 'yes' (2), '+' (1)",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    let ran = run("case_id,treatment,Response at 3 mo\n1,watch and wait,\n2,colchicine,PR\n3,colchicine,CR\n", &[]);
    assert!(
        !ran.stderr.contains("unsplit-items") && !ran.stdout.contains("mo, months"),
        "{}{}",
        ran.stderr,
        ran.stdout
    );
}

#[test]
fn the_line_of_the_column_names_is_named_with_the_column_that_has_none() {
    let ran = run(",Patient,Labs,\n,age,crp,esr\nP1,3,4,5\nP2,4,5,6\n", &[]);
    let remedy = "if the column names are on line 2: name column 1 there as well, then --header-row 2";
    assert!(ran.stderr.contains(remedy), "{}", ran.stderr);
    let named = run(",Patient,Labs,\nid,age,crp,esr\nP1,3,4,5\nP2,4,5,6\n", &["--header-row", "2"]);
    assert_eq!(named.code, Some(0), "{}", named.stderr);
}

#[test]
fn columns_that_say_the_same_twice_are_held_against_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let text = "case_id,sex,male,first symptom,diagnosis date,months to dx\n\
        P1,F,1,2020-01-03,2020-02-05,12\nP2,M,1,2020-01-03,2020-02-05,1\nP3,F,0,2020-01-03,2020-03-05,2\n\
        P4,M,0,2018-01-03,2020-03-05,26\n";
    std::fs::write(folder.path().join("cases.csv"), text).unwrap();
    let ran = run_in(folder.path(), &["validate", "cases.csv"]);
    assert_eq!(ran.stdout.matches("cases.csv:2, case P1, column m").count(), 2, "{}", ran.stdout);
    for part in [
        "warning[duration-disagrees]: from the onset to the diagnosis are 33 days",
        "error[sex-contradicted]",
        "cases.csv:5, case P4, column male",
    ] {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
    assert!(!ran.stdout.contains("case P2") && !ran.stdout.contains("case P3"), "{}", ran.stdout);
}
