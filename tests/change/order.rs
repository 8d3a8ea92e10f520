//! Which visit is the first and which the last: the names tell it, and not the place of a column or a row.

use crate::related::{folder, ran};
use crate::support::{file, run, stdout, summary};

fn get(cases: &str, options: &[&str]) -> (String, String) {
    let (_folder, path) = file("cases.csv", cases);
    let ran = run(&[&["get", &*path.to_string_lossy()], options].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&ran.stdout), text(&ran.stderr))
}

const LONG: &str = "id,visit,crp\nA,V0,10\nA,V12,5\nB,V0,20\nB,V6,10\nB,V12,2\nC,V0,30\nC,V6,10\nC,V12,1\n";

#[test]
fn visits_are_taken_in_the_order_of_their_names() {
    let (mean, said) = get("id,CRP@3,CRP@12,CRP@0\n1,5,2,20\n2,6,1,30\n", &["--change", "CRP", "CRP_change.mean"]);
    assert_eq!(mean, "-23.5\n", "{said}");
    assert!(said.contains("note[change-visits]: 12 less 0"), "{said}");
    for [first, middle, last] in [
        ["baseline", "month_6", "month_12"],
        ["1", "2", "10"],
        ["M0", "M6", "M12"],
        ["2020-01-01", "2020-07-01", "2021-01-01"],
        ["screening", "week 2", "end of treatment"],
    ] {
        let long = LONG.replace("V12", last).replace("V0", first).replace("V6", middle);
        let options = ["--case", "id", "--visit", "visit", "--change", "crp", "crp_change.N", "crp_change.max"];
        let (found, said) = get(&long, &options);
        assert_eq!(found, "3\n-5\n", "{first}: {said}");
        assert!(said.contains(&format!("{last} less {first}")), "{said}");
    }
}

#[test]
fn visits_without_an_order_are_refused_with_what_to_write() {
    let cases = "id,x@relapse,x@remission\n1,2,4\n2,3,3\n";
    let (_, said) = get(cases, &["--change", "x", "x_change.N"]);
    assert!(said.contains("tell no first and no last one") && said.contains("--change x=relapse:remission"), "{said}");
    let (_, said) = get(cases, &["--derive", "y = x@last - x@first", "y.N"]);
    assert!(said.contains("tell no first and no last one"), "{said}");
    assert_eq!(get(cases, &["--change", "x=relapse:remission", "x_change.max"]).0, "2\n");
}

#[test]
fn the_two_visits_are_in_the_table_and_in_json() {
    let (_folder, path) = file("cases.csv", "id,CRP@12,CRP@0\n1,5,20\n2,6,30\n");
    let path = path.to_string_lossy();
    assert!(stdout(&["summarize", &path, "--change", "CRP"]).contains("Change, CRP_change: 12 less 0."));
    assert_eq!(summary(&[&path, "--change", "CRP"])["conventions"]["change"], "CRP_change: 12 less 0");
}

#[test]
fn capitals_and_spaces_tell_no_visits_apart() {
    let long = "id,visit,crp\nA,Baseline,10\nA,month 6,5\nB,BASELINE,20\nB,Month_6,10\n";
    let (found, said) = get(long, &["--case", "id", "--visit", "visit", "--change", "crp", "crp_change.N"]);
    assert_eq!(found, "2\n", "{said}");
    assert!(said.contains("'BASELINE' is the visit 'Baseline'"), "{said}");
    let (_, said) =
        get(&long.replace("B,BASELINE", "A,BASELINE"), &["--case", "id", "--visit", "visit", "crp@baseline.N"]);
    assert!(said.contains("error[duplicate-visit]"), "{said}");
}

const PATIENTS: &str = "id,sex\nP1,F\nP2,M\nP3,F\n";
const LABS: &str = "case_id,test,value,unit,date\nP1,CRP,10,mg/L,2020-01-01\nP1,CRP,40,mg/L,2020-02-01\n\
    P1,CRP,5,mg/L,2020-03-01\nP2,CRP,20,mg/L,2020-01-01\nP2,CRP,8,mg/L,2020-02-01\nP3,CRP,30,mg/L,2020-01-01\n";

#[test]
fn a_peak_and_a_number_of_measurements_are_no_visits() {
    let folder = folder(&[("cases.csv", PATIENTS), ("labs.csv", LABS)]);
    let options = ["cases.csv", "--table", "labs=labs.csv", "--change", "CRP", "--format", "text"];
    let (drawn, _) = said_in(folder.path(), &[&["plot", "waterfall"], &options[..]].concat());
    for line in ["P1: CRP, mg/L \u{2212}5.", "P2: CRP, mg/L \u{2212}12.", "1 of 3 cases, who have no two measurements"]
    {
        assert!(drawn.contains(line), "{drawn}");
    }
    assert!(!drawn.contains("P3:"), "{drawn}");
}

#[test]
fn one_measurement_is_no_change_of_0() {
    let folder = folder(&[("cases.csv", PATIENTS), ("labs.csv", LABS)]);
    let options = ["get", "cases.csv", "--table", "labs=labs.csv", "--change", "CRP", "CRP_change.N", "CRP_change.max"];
    let (found, said) = said_in(folder.path(), &options);
    assert_eq!(found, "2\n-5\n", "{said}");
    assert!(said.contains("are one measurement") && said.contains("case P3"), "{said}");
    // Both measurements before the treatment: the baseline is the last one.
    let lines = "case_id,drug,start\nP1,a,2020-02-02\nP2,a,2020-02-02\n";
    std::fs::write(folder.path().join("lines.csv"), lines).unwrap();
    let more = ["get", "cases.csv", "--table", "labs=labs.csv", "--table", "treatments=lines.csv"];
    let of_baseline = ["--change", "CRP=baseline:last", "CRP_change.N", "CRP_change.max"];
    let (found, said) = said_in(folder.path(), &[&more[..], &of_baseline].concat());
    assert_eq!(found, "1\n-35\n", "{said}");
}

#[test]
fn the_best_change_needs_one_later_visit() {
    let (_folder, path) = file("cases.csv", "id,crp@0,crp@1,crp@2\nP1,10,2,\nP2,10,5,6\nP3,10,,\n");
    let drawn = stdout(&["plot", "waterfall", &path.to_string_lossy(), "--change", "crp", "--format", "text"]);
    assert!(drawn.contains("P1: crp \u{2212}8.") && drawn.contains("P2: crp \u{2212}5."), "{drawn}");
    assert!(drawn.contains("1 of 3 cases, whose crp is not known at 0 or at any later visit"), "{drawn}");
}

/// The output of a command in a folder, and what was said.
fn said_in(folder: &std::path::Path, words: &[&str]) -> (String, String) {
    let ran = ran(folder, words);
    (ran.stdout, ran.stderr)
}
