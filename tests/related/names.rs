//! Laboratory tests under several names, and units that are stated of a test.

use super::{PATIENTS, Ran, folder, listed, ran, refused};

/// The listing of patients with these rows of a laboratory, and what was said.
fn labs(rows: &str, options: &[&str]) -> (String, String) {
    let labs = format!("case_id,test,value,unit,date\n{rows}");
    let folder = folder(&[("patients.csv", PATIENTS), ("labs.csv", &labs)]);
    listed(folder.path(), &[&["patients.csv", "--table", "labs=labs.csv"], options].concat())
}

#[test]
fn two_names_of_one_test_are_one_variable_where_the_units_agree() {
    for (one, other) in [
        ("CRP", "C-reactive protein"),
        ("Hb", "hemoglobin"),
        ("ALT", "SGPT"),
        ("Leukozyten", "WBC"),
        ("H\u{e4}moglobin", "emoglobina"),
        ("plaquettes", "Thrombozyten"),
    ] {
        let rows = format!("P1,{one},12,mg/L,2014-01-05\nP1,{other},3,mg/dL,2014-02-01\nP2,{one},7,mg/L,2014-01-01\n");
        let (cells, said) = labs(&rows, &[]);
        let header = format!("case_id,age,sex,{one}@first,{one}@last,{one}@peak,{one}@lowest,{one}@measurements\n");
        assert!(cells.starts_with(&header) && cells.contains("P1,6,female,12,30,30,12,2\n"), "{cells} {said}");
        let note = format!(
            "note[tests-joined]: several names of one laboratory test, read as one: '{one}' (mg/L), '{other}' (mg/dL)"
        );
        assert!(said.contains(&note), "{note}: {said}");
    }
}

#[test]
fn two_names_whose_units_do_not_agree_stay_apart_and_that_is_loud() {
    for (rows, units) in [
        ("P1,CRP,12,mg/L,\nP2,C-reactive protein,30,nmol/L,\n", "'CRP' (mg/L), 'C-reactive protein' (nmol/L)"),
        ("P1,CRP,12,,\nP2,C-reactive protein,30,,\n", "'CRP' (no unit), 'C-reactive protein' (no unit)"),
        ("P1,A1c,7,%,\nP2,HbA1c,53,mmol/mol,\n", "'A1c' (%), 'HbA1c' (mmol/mol)"),
    ] {
        let (cells, said) = labs(rows, &[]);
        assert!(said.contains("warning[tests-apart]") && said.contains(units), "{units}: {cells} {said}");
        assert!(said.contains("labs.csv line 3, case P2, column test"), "{said}");
    }
    let (_, said) = labs("P1,ANA,1:80,,\nP2,antinuclear antibodies,1:160,,\n", &[]);
    assert!(said.contains("note[tests-joined]"), "{said}");
    // Other tests are not the same.
    let (_, said) = labs("P1,CRP,12,mg/L,\nP2,hs-CRP,1,mg/L,\nP3,urea,1,mmol/L,\nP3,BUN,1,mmol/L,\n", &[]);
    assert!(!said.contains("tests-"), "{said}");
}

#[test]
fn two_values_under_two_names_at_one_time_are_loud() {
    let (cells, said) = labs("P1,CRP,12,mg/L,2014-01-05\nP1,C-reactive protein,30,mg/L,2014-01-05\n", &[]);
    assert!(said.contains("warning[measurement-order]: two results of one test on one day"), "{cells} {said}");
    let visits = "case_id,test,value,unit,visit\nP1,CRP,12,mg/L,baseline\nP1,C-reactive protein,30,mg/L,baseline\n";
    refused(
        &[("patients.csv", PATIENTS), ("labs.csv", visits)],
        &["patients.csv", "--table", "labs=labs.csv"],
        &["error[duplicate-visit]", "labs.csv line 3, case P1, column visit"],
    );
}

#[test]
fn a_unit_is_stated_of_a_test_once_and_holds_in_all_of_its_columns() {
    let labs = "case_id,test,value,unit,date\nP1,CRP,12,mg/L,2014-01-05\nP1,CRP,30,,2014-02-01\nP2,CRP,7,,2014-01-01\nP2,CRP,8,mg/L,2014-02-01\n";
    let folder = folder(&[("patients.csv", PATIENTS), ("labs.csv", labs)]);
    let get =
        |words: &[&str]| ran(folder.path(), &[&["get", "patients.csv", "--table", "labs=labs.csv"], words].concat());
    let Ran { stderr, .. } = get(&["CRP@first.max"]);
    assert!(stderr.contains("--unit CRP=mg/L") && !stderr.contains("--unit CRP@"), "{stderr}");
    let keys = ["CRP@first.max", "CRP@last.max", "CRP@measurements.max"];
    let Ran { stdout, stderr, code } = get(&[&keys[..], &["--unit", "crp=mg/L"]].concat());
    assert_eq!((stdout.as_str(), code), ("12\n30\n2\n", Some(0)), "{stderr}");
    assert!(!stderr.contains("unreadable"), "{stderr}");
    let summary = ran(folder.path(), &["summarize", "patients.csv", "--table", "labs=labs.csv", "--unit", "CRP=mg/L"]);
    assert!(!summary.stdout.contains("CRP@measurements, mg/L"), "{}", summary.stdout);
    let unknown = get(&["cases", "--unit", "CPR=mg/L"]);
    assert_eq!(unknown.code, Some(2), "{}", unknown.stderr);
}
