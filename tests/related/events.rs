//! Rows of events become the set of those of a case.

use super::{PATIENTS, folder, listed, ran, refused};

const EVENTS: &str = "\
STUDYID,DOMAIN,USUBJID,AESEQ,AETERM,AEDECOD,AESEV,AESTDTC
S,AE,P1,1,head ache,HEADACHE,MILD,2014-01-01
S,AE,P1,2,nausea,NAUSEA,SEVERE,2014-01-05
S,AE,P1,3,Headache,Headache,MODERATE,2014-02-01
S,AE,P2,1,rash; itching,RASH; ITCHING,MILD,2014-01-01
";

#[test]
fn the_events_of_a_case_are_a_set() {
    let patients = PATIENTS.replace("case_id", "USUBJID");
    let files = [("patients.csv", patients.as_str()), ("ae.csv", EVENTS)];
    let folder = folder(&files);
    let words = ["patients.csv", "--table", "ae=ae.csv"];
    let (cells, said) = listed(folder.path(), &words);
    assert!(
        cells
            .starts_with("USUBJID,age,sex,AEDECOD,AEDECOD@events,AESEV@worst\nP1,6,female,HEADACHE; NAUSEA,3,SEVERE\n"),
        "{cells}"
    );
    for part in [
        "table 'ae': 4 rows are events of 2 cases; if a case without a row had none, add a row for it with the event 'none'",
        "2 of 4 cases have no row: not reported; not used: STUDYID, DOMAIN, AESEQ, AETERM, AESTDTC",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let get = |key: &str| ran(folder.path(), &[&["get"], &words[..], &[key]].concat()).stdout;
    assert_eq!(get("AEDECOD[HEADACHE].N"), "2\n");
    assert_eq!(get("AEDECOD[RASH; ITCHING].n"), "1\n");
    let none = format!("{EVENTS}S,AE,P3,1,none,none,,\nS,AE,P4,1,none,none,,\n");
    std::fs::write(folder.path().join("ae.csv"), none).unwrap();
    assert_eq!(get("AEDECOD[HEADACHE].N"), "4\n");
}

#[test]
fn events_are_known_by_their_severity_or_by_what_the_table_is_called() {
    let graded = "case_id,Adverse event,CTCAE grade\nP1,nausea,1\nP1,rash,3\n";
    for (table, text, cells) in [
        ("tox", graded, "P1,6,female,nausea; rash,2,3\n"),
        ("events", "case_id,side effect\nP1,nausea\nP1,rash\n", "P1,6,female,nausea; rash,2\n"),
        ("events", "case_id,ae,grade\nP1,rash,2\nP2,none,\n", "P1,6,female,rash,1,2\nP2,5,female,none,0,\n"),
        ("events", "case_id,ae,grade\nP1,nausea,1\nP1,rash,high\n", "P1,6,female,nausea; rash,2\n"),
    ] {
        let folder = folder(&[("patients.csv", PATIENTS), ("t.csv", text)]);
        let (found, said) = listed(folder.path(), &["patients.csv", "--table", &format!("{table}=t.csv")]);
        assert!(found.contains(cells), "{found} {said}");
        assert_eq!(said.contains("the order of the grades is not known"), text.contains("high"), "{said}");
    }
    refused(
        &[("patients.csv", PATIENTS), ("t.csv", "case_id,Adverse event,grade\nP1,,1\nP1,n/a,2\n")],
        &["patients.csv", "--table", "tox=t.csv"],
        &["error[event-row]: a row without its event", "t.csv line 2, case P1, column Adverse event", "t.csv line 3"],
    );
    // A column of the cases is none of events.
    let folder = folder(&[("c.csv", "case_id,age,sex,adverse event,grade\nP1,5,F,rash,2\nP2,6,M,none,\n")]);
    let said = ran(folder.path(), &["summarize", "c.csv"]).stderr;
    assert!(!said.contains("cases-of-rows"), "{said}");
}

#[test]
fn rows_without_a_table_of_the_cases_are_those_of_who_has_one() {
    let labs =
        "STUDYID,USUBJID,LBTESTCD,LBORRES,LBDTC\nS,P1,CRP,5,2014-01-01\nS,P1,CRP,8,2014-01-02\nS,P2,CRP,9,2014-01-02\n";
    let lines = "patient_id,drug,line,response\nP1,a,1,CR\nP1,b,2,PR\nP2,a,1,PD\n";
    for (name, text, cells, rows) in [
        ("ae.csv", EVENTS, "USUBJID,AEDECOD,AEDECOD@events,AESEV@worst\nP1,HEADACHE; NAUSEA,3,SEVERE\n", "events"),
        ("lb.csv", labs, "USUBJID,CRP@first,CRP@last,CRP@peak,CRP@lowest,CRP@measurements\nP1,5,8,8,5,2\n", "labs"),
        ("tx.csv", lines, "patient_id,treatment\nP1,1 a: CR; 2 b: PR\n", "treatments"),
    ] {
        let folder =
            folder(&[(name, text), ("patients.csv", &PATIENTS.replace("case_id", cells.split(',').next().unwrap()))]);
        let (found, said) = listed(folder.path(), &[name]);
        assert!(found.starts_with(cells), "{found} {said}");
        let warning = format!(
            "warning[cases-of-rows]: a file of {rows} without a table of the cases: the 2 patients with a row are the cases"
        );
        assert!(said.contains(&warning) && said.contains(&format!("--table {rows}=")), "{said}");
        assert_eq!(ran(folder.path(), &["summarize", name, "--strict"]).code, Some(1));
        assert_eq!(
            ran(folder.path(), &["summarize", "patients.csv", "--table", &format!("{rows}={name}")]).code,
            Some(0)
        );
        // One row a case is a table of cases.
        let once: String = text
            .lines()
            .filter(|line| !line.contains(",2,") && !line.contains("P1,CRP,8") && !line.contains("P1,3"))
            .map(|line| format!("{line}\n"))
            .collect();
        std::fs::write(folder.path().join(name), once).unwrap();
        assert!(!ran(folder.path(), &["summarize", name]).stderr.contains("cases-of-rows"));
    }
}

#[test]
fn several_events_in_one_cell_and_none_beside_an_event_are_loud() {
    let ran_with = |rows: &str| {
        let text = format!("case_id,adverse event,grade\n{rows}");
        let folder = folder(&[("patients.csv", PATIENTS), ("t.csv", &text)]);
        listed(folder.path(), &["patients.csv", "--table", "events=t.csv"])
    };
    for cell in
        ["nausea, vomiting", "nausea and vomiting", "nausea; vomiting", "nausea / vomiting", "nausea + vomiting"]
    {
        let (cells, said) = ran_with(&format!("P1,\"{cell}\",1\nP2,pain in extremity,2\n"));
        let warning = "warning[unsplit-items]: this may be several events, and is counted as one";
        assert!(said.contains(warning), "{cell}: {cells} {said}");
        assert!(said.contains(&format!("t.csv line 2, case P1, column adverse event: '{cell}'")), "{said}");
        assert!(!said.contains("line 3"), "{said}");
    }
    let (cells, said) = ran_with("P1,none,\nP1,nausea,2\nP2,none,\nP2,none reported,\n");
    assert!(cells.contains("P1,6,female,nausea,1,2\nP2,5,female,none,0,\n"), "{cells}");
    let warning =
        "warning[none-beside-events]: this row says none, and another one of the same patient names 'nausea' at line 3";
    assert!(said.contains(warning) && said.contains("t.csv line 2, case P1, column adverse event: 'none'"), "{said}");
    assert!(!said.contains("case P2"), "{said}");
}

/// An event that did not occur is none, and its case had been asked.
#[test]
fn events_that_did_not_occur_do_not_count() {
    for (name, yes, no) in
        [("present", "yes", "no"), ("AEOCCUR", "Y", "N"), ("status", "present", "absent"), ("answer", "1", "0")]
    {
        let rows = format!(
            "case_id,adverse_event,grade,{name}\nP1,rash,2,{yes}\nP1,cough,,{no}\nP2,rash,,{no}\nP2,cough,1,{yes}\nP3,rash,,{no}\nP4,rash,,\n"
        );
        let folder = folder(&[("patients.csv", PATIENTS), ("ae.csv", &rows)]);
        let (cells, said) = listed(folder.path(), &["patients.csv", "--table", "events=ae.csv"]);
        let column = |at: usize| {
            cells.lines().skip(1).map(|row| row.split(',').nth(at).unwrap_or("").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(column(3), ["rash", "cough", "none", ""], "{name}: {cells} {said}");
        assert_eq!(column(4), ["1", "1", "0", ""], "{name}: {cells}");
        assert_eq!(column(5), ["2", "1", "", ""], "{name}: {cells}");
        assert!(said.contains("warning[row-state]") && said.contains("3 rows are not counted"), "{said}");
    }
}

/// `no rash` is no event, and who has only such rows had none.
#[test]
fn what_a_patient_did_not_have_is_no_event() {
    let rows = "case_id,event,grade\nP1,no rash,\nP2,denies nausea,\nP3,rash,1\n";
    let folder = folder(&[("patients.csv", PATIENTS), ("ae.csv", rows)]);
    let words = ["patients.csv", "--table", "events=ae.csv"];
    let get = |key: &str| ran(folder.path(), &[&["get"], &words[..], &[key]].concat()).stdout;
    assert_eq!(
        (get("event[rash].n").as_str(), get("event[rash].N").as_str(), get("event@events.max").as_str()),
        ("1\n", "3\n", "1\n")
    );
    assert!(listed(folder.path(), &words).1.contains("warning[denied-item]"));
}
