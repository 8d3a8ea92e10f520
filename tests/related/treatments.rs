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
    assert_eq!(
        cells,
        [
            "1 PRED [20 mg oral, day 0 to 179]; 2 PRED [20 mg oral, day 0 to 179] + MTX [15 mg sc, from day 58]",
            "1 PRED [10 mg oral, day 0 to 59]",
            "",
            ""
        ]
    );
    assert!(
        said.contains("4 rows are 3 treatment lines of 2 cases: a line is the agents being given, by start and stop")
    );
    let (cells, _) = treatment(days, &["--line-window", "60"]);
    assert_eq!(cells[0], "1 PRED [20 mg oral, day 0 to 179] + MTX [15 mg sc, from day 58]");
    // Days in another order are decided for the column, as everywhere.
    let (cells, _) = treatment("case_id,drug,start,stop\nP1,a,01/02/2014,13/03/2014\nP1,b,13/02/2014,\n", &[]);
    assert_eq!(cells[0], "1 a [day 0 to 40]; 2 a [day 0 to 40] + b [from day 12]");
    let unclear = "case_id,drug,start,stop\nP1,a,01/02/2014,13/03/2014\nP1,b,03/02/2014,\n";
    assert!(treatment(unclear, &[]).1.contains("2 days of start or stop are not full dates"));
    let (cells, _) = treatment(unclear, &["--date-order", "start=dmy"]);
    assert_eq!(cells[0], "1 a [day 0 to 40]; 2 a [day 0 to 40] + b [from day 2]");
}

#[test]
fn a_treatment_that_goes_on_has_no_day_of_stop_in_any_language() {
    for word in
        ["ongoing", "active", "to date", "andauernd", "bis heute", "En cours", "hasta la fecha", "in corso", "lopend"]
    {
        let (cells, said) = treatment(&format!("case_id,drug,start,stop\nP1,a,2014-02-01,{word}\n"), &[]);
        assert_eq!(cells[0], "1 a [from day 0]", "{word}: {said}");
    }
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
            "1 day of start or stop is not a full date",
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

#[test]
fn a_stop_before_its_start_is_said() {
    let lines = "case_id,drug,start,stop\nP1,a,2020-05-01,2020-01-01\nP2,b,2020-01-01,2020-02-01\n";
    let folder = folder(&[("patients.csv", PATIENTS), ("lines.csv", lines)]);
    let (_, said) = listed(folder.path(), &["patients.csv", "--table", "treatments=lines.csv"]);
    assert!(said.contains("warning[treatment-backwards]") && said.contains("lines.csv line 2, case P1"), "{said}");
}

/// One partial date leaves the lines of its own case open, and not even these where there is one row.
#[test]
fn a_partial_date_is_of_its_own_case_alone() {
    let lines = "case_id,drug,start,stop,response\nP1,a,2020,2021,complete\nP2,b,2020-01-01,2020-02-01,partial\n\
        P2,c,2020-03-01,,none\nP3,d,2020,2020-08-01,complete\nP3,e,2020-06-01,,none\n";
    let folder = folder(&[("patients.csv", PATIENTS), ("lines.csv", lines)]);
    let (cells, said) = listed(folder.path(), &["patients.csv", "--table", "treatments=lines.csv"]);
    for part in [
        "P1,6,female,1 a: complete",
        "P2,5,female,1 b [day 0 to 31]: partial; 2 c [from day 60]: none",
        "P3,10,male,\n",
    ] {
        assert!(cells.contains(part), "{cells} {said}");
    }
    assert!(said.contains("warning[lines-unknown]") && said.contains("lines.csv line 5, case P3"), "{said}");
}

#[test]
fn numbers_of_lines_with_gaps_and_cells_of_several_agents_are_loud() {
    let (cells, said) = treatment(
        "case_id,line,agent,response\nP1,1,pred; mtx,none\nP1,2,mtx,CR\nP2,2,mtx,CR\nP3,0,rituximab and MTX,none\n",
        &[],
    );
    assert_eq!(&cells[..2], ["1 pred + mtx: none; 2 mtx: CR", "1 mtx: CR"]);
    for warning in [
        "warning[line-numbers]: line 2 of this case is counted as its line 1: no line of it has the number 1\n  lines.csv line 4, case P2, column line: '2'",
        "warning[line-numbers]: line 0 of this case is counted as its line 1",
        "warning[unsplit-items]: this may be several agents, and is counted as one\n  lines.csv line 5, case P3, column agent: 'rituximab and MTX'",
    ] {
        assert!(said.contains(warning), "{said}");
    }
    let (_, said) = treatment("case_id,line,agent\nP1,1,pred\nP1,1,mtx\nP1,2,ivig\n", &[]);
    assert!(!said.contains("warning["), "{said}");
}

/// An agent that was not given is no line, and its patient was not treated with it.
#[test]
fn what_was_not_given_is_no_treatment() {
    for (name, yes, no) in [
        ("status", "given", "planned"),
        ("given", "yes", "no"),
        ("EXOCCUR", "Y", "N"),
        ("status", "ongoing", "not given"),
    ] {
        let rows = format!(
            "case_id,line,drug,response,{name}\nP1,1,MTX,PR,{yes}\nP1,2,RTX,,{no}\nP2,1,MTX,SD,{yes}\nP2,2,IVIG,,{no}\nP3,1,RTX,,{no}\n"
        );
        let (cells, said) = treatment(&rows, &[]);
        assert_eq!(cells, ["1 MTX: PR", "1 MTX: SD", "none", ""], "{name}: {said}");
        assert!(said.contains("3 rows are not counted"), "{said}");
    }
    let (cells, said) = treatment("case_id,line,drug,status\nP1,1,MTX,given\nP1,2,RTX,planned\nP2,1,MTX,hm\n", &[]);
    assert_eq!(cells[..2], ["1 MTX", "1 MTX"]);
    assert!(said.contains("warning[row-state]"), "{said}");
}

/// Years, months and numbers of days tell an order where they do not overlap; then no days are shown.
#[test]
fn parts_of_dates_and_numbers_of_days_tell_the_order_they_are_certain_of() {
    let lines = "case_id,drug,start,stop,response\nP1,MTX,2018,2019,PR\nP1,RTX,2020,2021,CR\nP2,MTX,2020,2021,SD\n\
        P3,MTX,Mar 2020,Apr 2020,PD\nP3,RTX,May 2020,,PR\nP4,MTX,2019,2020,PD\nP4,RTX,2020,,PR\n";
    let (cells, said) = treatment(lines, &[]);
    assert_eq!(cells, ["1 MTX: PR; 2 RTX: CR", "1 MTX: SD", "1 MTX: PD; 2 RTX: PR", ""], "{said}");
    assert!(said.contains("lines.csv line 7, case P4"), "{said}");
    for header in ["start,stop", "start (day),stop (day)"] {
        let lines = format!("case_id,drug,{header},response\nP1,RTX,61,100,CR\nP1,MTX,0,60,PR\nP2,MTX,0,9,SD\n");
        assert_eq!(treatment(&lines, &[]).0[..2], ["1 MTX: PR; 2 RTX: CR", "1 MTX: SD"], "{header}");
    }
}
