//! By which column the rows of a table are joined to their cases, and which rows and columns of it are none.

use super::{folder, listed, ran, refused};

const CASES: &str = "Pat,age,sex\nP1,12,F\nP2,8,M\nP3,45,F\n";
const NUMBERED: &str = "Pat,age,sex\n1,12,F\n2,8,M\n3,45,F\n";

/// The listing and the messages of a table of visits.
fn joined(cases: &str, visits: &str) -> (String, String) {
    let folder = folder(&[("cases.csv", cases), ("visits.csv", visits)]);
    listed(folder.path(), &["cases.csv", "--table", "visits=visits.csv"])
}

#[test]
fn the_only_column_of_nothing_but_ids_of_cases_joins_the_rows_and_the_note_says_so() {
    let (rows, said) = joined(CASES, "Nr,Kürzel,CRP\n1,P2,45\n2,P1,12\n");
    assert_eq!(rows, "Pat,age,sex,CRP\nP1,12,female,12\nP2,8,male,45\nP3,45,female,\n");
    assert!(said.contains("table 'visits': its rows are joined by 'Kürzel' to 'Pat' of the cases"), "{said}");
    // A header that names the case needs no cells to tell.
    let (rows, said) = joined(NUMBERED, "Nr,Study No,CRP\n1,2,45\n2,1,12\n");
    assert_eq!(rows, "Pat,age,sex,CRP\n1,12,female,12\n2,8,male,45\n3,45,female,\n");
    assert!(said.contains("joined by 'Study No' to 'Pat'"), "{said}");
}

#[test]
fn numbers_that_may_be_anything_join_nothing() {
    let parts = ["error[table-unclear]: the table 'visits' has no column of case IDs like 'Pat'", "call the column"];
    for visits in ["Nr,Code,CRP\n1,1,45\n2,1,12\n3,2,8\n", "grade,CRP\n1,45\n2,12\n", "a,b,CRP\n1,2,45\n2,1,12\n"] {
        let files = [("cases.csv", NUMBERED), ("visits.csv", visits)];
        refused(&files, &["cases.csv", "--table", "visits=visits.csv"], &parts);
    }
    // Two columns of IDs.
    let files = [("cases.csv", CASES), ("visits.csv", "a,b,CRP\nP1,P2,45\nP2,P1,12\n")];
    refused(&files, &["cases.csv", "--table", "visits=visits.csv"], &parts);
}

#[test]
fn a_remark_below_the_rows_is_left_out_and_a_row_of_nobody_is_not() {
    let (rows, said) = joined(CASES, "Pat,CRP,ESR\nP1,12,30\nP2,45,8\n* CRP in mg/L,,\n");
    assert_eq!(rows, "Pat,age,sex,CRP,ESR\nP1,12,female,12,30\nP2,8,male,45,8\nP3,45,female,,\n");
    let warning = "warning[remark-row]: this row reads like a remark below the table; it is left out\n  \
                   visits.csv line 4, column Pat: '* CRP in mg/L'\n";
    assert!(said.contains(warning), "{said}");
    let files = [("cases.csv", CASES), ("visits.csv", "Pat,CRP,ESR\nP1,12,30\n* CRP in mg/L,5,\n")];
    refused(&files, &["cases.csv", "--table", "visits=visits.csv"], &["error[row-without-case]", "visits.csv line 3"]);
}

#[test]
fn a_column_that_counts_the_rows_is_no_value_of_a_visit() {
    for name in ["lfd", "Nr", "#", "no", "ID", "Record No", "index"] {
        let text = format!("{name},Pat,visit,CRP\n1,A,1,12\n2,A,2,8\n3,B,1,45\n4,B,2,40\n");
        let folder = folder(&[("visits.csv", &text)]);
        let (rows, said) = listed(folder.path(), &["visits.csv", "--case", "Pat", "--visit", "visit"]);
        assert_eq!(rows, "Pat,CRP@1,CRP@2\nA,12,8\nB,45,40\n", "{name}");
        assert!(said.contains("note[row-numbers]: this column only numbers the rows"), "{name}: {said}");
    }
    // What does not count the rows in their order is a value.
    let folder = folder(&[("visits.csv", "Nr,Pat,visit,CRP\n1,A,1,12\n2,A,2,8\n1,B,1,45\n2,B,2,40\n")]);
    let ran = ran(folder.path(), &["cases", "visits.csv", "--case", "Pat", "--visit", "visit", "--format", "csv"]);
    assert!(!ran.stderr.contains("row-numbers"), "{}", ran.stderr);
}
