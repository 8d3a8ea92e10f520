//! Rows of agents become treatment lines.

use super::{PATIENTS, folder, listed, ran, refused};

/// The treatment of each case, with the notes.
fn treatment(lines: &str, options: &[&str]) -> (Vec<String>, String) {
    let folder = folder(&[("patients.csv", PATIENTS), ("lines.csv", lines)]);
    let words = [&["patients.csv", "--table", "treatments=lines.csv"], options].concat();
    let (listed, said) = listed(folder.path(), &words);
    let mut rows = csv::Reader::from_reader(listed.as_bytes());
    let at = rows.headers().unwrap().iter().position(|name| name == "treatment").unwrap();
    (rows.records().map(|row| row.unwrap()[at].to_owned()).collect(), said)
}

#[test]
fn lines_are_told_by_number_or_by_days() {
    let (cells, said) = treatment(
        "case_id,agent,dose,line,response,remark\nP1,mtx,10 mg,2,PR,x\nP1,pred,,1,,\nP1,ivig,,2,pr,\nP3,none,,,,\n",
        &[],
    );
    assert_eq!(cells, ["1 pred; 2 mtx [10 mg] + ivig: PR", "", "none", ""]);
    let note = "note[related-table]: table 'treatments': 4 rows are 2 treatment lines of 2 cases, by their number; 2 of 4 cases have no row: not reported; not used: remark";
    assert!(said.contains(note), "{said}");
    let days = "USUBJID,EXTRT,EXDOSE,EXDOSU,EXROUTE,EXSTDTC,EXENDTC\nP1,PRED,20,mg,oral,2014-01-02,2014-06-30\nP1,MTX,15,mg,sc,2014-03-01,ongoing\nP2,PRED,10,mg,oral,2015-01-01,2015-02-01\nP2,PRED,20,mg,oral,2015-02-02,2015-03-01\n";
    let (cells, said) = treatment(days, &[]);
    assert_eq!(cells, ["1 PRED [20 mg oral]; 2 PRED [20 mg oral] + MTX [15 mg sc]", "1 PRED [10 mg oral]", "", ""]);
    assert!(
        said.contains("4 rows are 3 treatment lines of 2 cases: a line is the agents being given, by start and stop")
    );
    let (cells, _) = treatment(days, &["--line-window", "60"]);
    assert_eq!(cells[0], "1 PRED [20 mg oral] + MTX [15 mg sc]");
    // Days in another order are decided for the column, as everywhere.
    let (cells, _) = treatment("case_id,drug,start,stop\nP1,a,01/02/2014,13/03/2014\nP1,b,13/02/2014,\n", &[]);
    assert_eq!(cells[0], "1 a; 2 a + b");
    let unclear = "case_id,drug,start,stop\nP1,a,01/02/2014,13/03/2014\nP1,b,03/02/2014,\n";
    assert!(treatment(unclear, &[]).1.contains("2 days of start or stop are not full dates"));
    let (cells, _) = treatment(unclear, &["--date-order", "start=dmy"]);
    assert_eq!(cells[0], "1 a; 2 a + b");
}

#[test]
fn without_numbers_and_days_there_are_no_lines() {
    for (rows, said) in [
        (
            "case_id,drug,dose\nP1,mtx,5\nP1,pred,6\nP1,MTX,7\n",
            "there is no column of line numbers, nor of both start and stop, so the order of the treatments is not known",
        ),
        (
            "case_id,drug,start,stop\nP1,mtx,2014-01,\nP1,pred,2014-01-01,\n",
            "1 days of start or stop are not full dates",
        ),
    ] {
        let (cells, stderr) = treatment(rows, &[]);
        assert_eq!(cells, ["mtx; pred", "", "", ""]);
        assert!(stderr.contains("warning[lines-unknown]") && stderr.contains(said), "{stderr}");
    }
    let folder = folder(&[("patients.csv", PATIENTS), ("lines.csv", "case_id,drug,dose\nP1,mtx,5\n")]);
    let strict = ran(folder.path(), &["summarize", "patients.csv", "--table", "treatments=lines.csv", "--strict"]);
    assert_eq!(strict.code, Some(1));
    assert!(!strict.stdout.contains("Response by line"));
}

#[test]
fn one_line_has_one_response() {
    refused(
        &[("patients.csv", PATIENTS), ("lines.csv", "case_id,drug,line,response\nP1,a,1,PR\nP1,b,1,SD\n")],
        &["patients.csv", "--table", "treatments=lines.csv"],
        &[
            "error[responses-differ]: two responses to one treatment line, the first at line 2: 'PR'",
            "lines.csv line 3, case P1, column response: 'SD'",
        ],
    );
}

#[test]
fn a_column_that_is_there_already_keeps_its_name() {
    let patients = PATIENTS.replace("sex\n", "sex,treatment\n").replace("male\n", "male,yes\n");
    let folder = folder(&[("patients.csv", &patients), ("lines.csv", "case_id,drug,line\nP1,a,1\n")]);
    let (listed, _) = listed(folder.path(), &["patients.csv", "--table", "treatments=lines.csv"]);
    assert!(listed.lines().next().unwrap().contains("treatment@treatments"), "{listed}");
}
