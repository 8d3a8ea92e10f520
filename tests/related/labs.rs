//! Rows of measurements become variables.

use super::{PATIENTS, Ran, folder, listed, ran, refused};
use std::collections::BTreeMap;

/// The cells of the first case by column, and what was said.
fn first(labs: &str, more: &[(&str, &str)], options: &[&str]) -> (BTreeMap<String, String>, String) {
    let files = [&[("patients.csv", PATIENTS), ("labs.csv", labs)], more].concat();
    let folder = folder(&files);
    let (listed, said) = listed(folder.path(), &[&["patients.csv", "--table", "labs=labs.csv"], options].concat());
    let mut rows = csv::Reader::from_reader(listed.as_bytes());
    let headers: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    let first = rows.records().next().unwrap().unwrap();
    (headers.into_iter().zip(first.iter().map(str::to_owned)).collect(), said)
}

fn cells(labs: &str, options: &[&str], wanted: &[(&str, &str)]) -> String {
    let (found, said) = first(&format!("case_id,test,value,unit,date\n{labs}"), &[], options);
    for (column, cell) in wanted {
        assert_eq!(found.get(*column).map(String::as_str), Some(*cell), "{labs}: {column} {found:?} {said}");
    }
    said
}

#[test]
fn several_measurements_become_first_last_peak_lowest_and_their_number() {
    cells(
        "P1,crp,12,mg/L,2014-01-05\nP1,CRP,30,mg/L,2014-02-01\nP1,crp,4,mg/L,2014-01-20\nP2,crp,7,mg/L,2014-01-01\n",
        &[],
        &[("CRP@first", "12"), ("CRP@last", "30"), ("CRP@peak", "30"), ("CRP@lowest", "4"), ("CRP@measurements", "3")],
    );
    // A bound can make the extreme a bound.
    cells(
        "P1,crp,>200,mg/L,2014-01-05\nP1,crp,250,mg/L,2014-02-01\n",
        &[],
        &[("crp@peak", ">=250"), ("crp@lowest", ">200")],
    );
    // Units are converted before they are compared, and kept in the cells.
    cells(
        "P1,crp,12,mg/L,2014-01-05\nP1,crp,3,mg/dL,2014-02-01\nP2,crp,5,mg/L,2014-02-01\n",
        &[],
        &[("crp@peak", "30"), ("crp@last", "30")],
    );
    // One measurement a case is one column.
    let said = cells(
        "P1,ck,750,U/L,2014-01-05\nP2,ck,,U/L,2014-01-05\nP1,ana,positive,,\n",
        &[],
        &[("ck", "750"), ("ana", "positive")],
    );
    assert!(said.contains("table 'labs': 3 rows are measurements of 2 tests in 2 cases, 1 of them without a result; 2 of 4 cases have no row"), "{said}");
}

#[test]
fn what_has_no_certain_order_is_blank_and_said() {
    for (labs, column, said) in [
        ("P1,crp,12,mg/L,2014-01\nP1,crp,30,mg/L,2014-02-01\n", "crp@first", "a measurement without its full date"),
        ("P1,crp,12,mg/L,2014-02-01\nP1,crp,30,mg/L,2014-02-01\n", "crp@last", "two results of one test on one day"),
        ("P1,crp,high,,2014-01-01\nP1,crp,30,mg/L,2014-02-01\n", "crp@peak", "a result without a number beside others"),
    ] {
        let stderr = cells(labs, &[], &[(column, "")]);
        assert!(stderr.contains("warning[measurement-order]") && stderr.contains(said), "{stderr}");
        assert!(stderr.contains("labs.csv line"), "{stderr}");
    }
    cells("P1,crp,12,mg/L,2014-02-01\nP1,crp,12,mg/L,2014-02-01\n", &[], &[("crp@first", "12")]);
}

#[test]
fn the_baseline_is_the_last_value_up_to_the_first_treatment() {
    let labs = "case_id,test,value,unit,date\nP1,crp,1,mg/L,2014-01-01\nP1,crp,2,mg/L,2014-02-01\nP1,crp,3,mg/L,2014-02-02\nP2,crp,9,mg/L,2014-01-01\n";
    let lines = ("lines.csv", "case_id,drug,start,stop\nP1,a,2014-02-01,\n");
    let (found, _) = first(labs, &[lines], &["--table", "treatments=lines.csv"]);
    assert_eq!(found["crp@baseline"], "2");
    let (found, _) = first(labs, &[], &[]);
    assert!(!found.contains_key("crp@baseline"));
}

#[test]
fn visits_tell_measurements_apart() {
    let labs = "USUBJID,LBTESTCD,LBORRES,LBORRESU,VISIT\nP1,CRP,5,mg/L,baseline\nP1,CRP,3,mg/L,month 6\nP2,CRP,8,mg/L,month 6\n";
    let (found, said) = first(labs, &[], &[]);
    assert_eq!((found["CRP@baseline"].as_str(), found["CRP@month 6"].as_str()), ("5", "3"));
    assert!(said.contains("3 rows are measurements of 1 tests at 2 visits in 2 cases"), "{said}");
    let files = |labs| [("patients.csv", PATIENTS), ("labs.csv", labs)];
    let words = ["patients.csv", "--table", "labs=labs.csv"];
    refused(
        &files("case_id,test,value,visit\nP1,crp,5,a\nP1,crp,6,a\nP1,crp,7,\n"),
        &words,
        &[
            "error[duplicate-visit]: two rows of one case, test and visit, the first at line 2",
            "labs.csv line 3, case P1, column visit: 'a'",
            "error[blank-visit]: a row without its visit",
        ],
    );
}

#[test]
fn filters_keys_and_places_know_the_new_columns() {
    let labs = "case_id,test,value,unit,date\nP1,crp,5,mg/L,2014-01-01\nP1,crp,x5,mg/L,2014-03-01\nP2,crp,9,mg/L,2014-01-01\nP2,ck,5,U/L,\n";
    let folder = folder(&[("patients.csv", PATIENTS), ("labs.csv", labs)]);
    let get =
        |words: &[&str]| ran(folder.path(), &[&["get", "patients.csv", "--table", "labs=labs.csv"], words].concat());
    let Ran { stdout, stderr, code } = get(&["crp@first.max"]);
    assert_eq!((stdout.as_str(), code), ("9\n", Some(0)), "{stderr}");
    assert_eq!(get(&["cases | \"crp@measurements\" = 2"]).stdout, "1\n");
    assert_eq!(get(&["crp@first.max", "--where", "\"crp@measurements\" = 2"]).stdout, "5\n");
    let said = get(&["age.mean"]).stderr;
    assert!(said.contains("labs.csv line 3, case P1, column crp@last: 'x5'"), "{said}");
}
