//! Case ids: one each, over all files, whatever their length and writing.

use super::{accepted, refused, run_files, says, stat, warned};

const OTHERWISE: &str = "; if each row is another patient: --no-id";

#[test]
fn an_id_on_two_lines_is_refused_with_both() {
    let file = "case_id,visit,age\nP1,a,6\nP2,b,5\nP1,c,7\n";
    let message = "error[duplicate-case-id]: duplicate case ID, first on line 2";
    let help =
        "  help: if there is one row per visit (visit, age vary): --case case_id --visit visit".to_owned() + OTHERWISE;
    refused(file, &[], &[message, "  cases.csv line 4, case P1, column case_id: 'P1'", &help]);
    assert_eq!(accepted(file, &["--id", "visit"])["cases"], 3);
    assert_eq!(accepted(file, &["--no-id"])["cases"], 3);
}

#[test]
fn every_repetition_is_reported_whatever_the_length_or_the_quotes() {
    let message = "error[duplicate-case-id]: duplicate case ID, first on line 2";
    for (first, second) in [
        ("P1", "\"P1\""),
        ("P1", " P1 "),
        ("P1", "\" P1\""),
        ("a-very-long-case-id-0001", "a-very-long-case-id-0001"),
        ("a-very-long-case-id-0001", "\"a-very-long-case-id-0001\" ".trim_end()),
        ("é", "é"),
        ("\"a\"\"b\"", "\"a\"\"b\""),
        ("0", "0"),
    ] {
        refused(format!("case_id,age\n{first},6\nP2,7\n{second},5\n"), &[], &[message, "  cases.csv line 4, case "]);
    }
    let two = "error[duplicate-case-id]: duplicate case ID, first on line 2";
    refused(
        "case_id,age\nP1,6\nP1,7\nP1,5\n",
        &[],
        &[
            two,
            "  cases.csv line 3, case P1, column case_id: 'P1'",
            "  cases.csv line 4, case P1, column case_id: 'P1'",
        ],
    );
    for different in ["p1", "P01", "P1.0", "P 1"] {
        accepted(format!("case_id,age\nP1,6\n{different},5\n"), &[]);
    }
}

#[test]
fn ids_are_unique_over_all_files() {
    let files: [(&str, &[u8]); 3] = [
        ("a.csv", b"case_id,age\nP1,6\n"),
        ("b.csv", b"case_id,age\n\nP2,6\nP1,4\n"),
        ("c.json", b"[{\"case_id\": \"P2\",\n\"age\": 5}]"),
    ];
    let ran = run_files(&files, &[]);
    let first = "error[duplicate-case-id]: duplicate case ID, first on line 2 of a.csv";
    says(&ran, 2, &[first, "  b.csv line 4, case P1, column case_id: 'P1'"]);
    let second = "error[duplicate-case-id]: duplicate case ID, first on line 3 of b.csv";
    says(&ran, 2, &[second, "  c.json line 1, case P2, column case_id: 'P2'"]);
}

#[test]
fn a_blank_id_is_refused() {
    let message = "error[blank-case-id]: no case ID in this row";
    for blank in ["", " ", "\"\"", "\u{a0}"] {
        let file = format!("case_id,age\nP1,6\n{blank},5\n");
        refused(file, &[], &[message, "  cases.csv line 3, case 2, column case_id"]);
    }
    assert_eq!(accepted("case_id,age\nP1,6\n,5\n", &["--no-id"])["cases"], 2);
}

#[test]
fn without_an_id_column_a_warning_says_that_duplicates_cannot_be_seen() {
    let file = "code,age\nA,6\nA,5\n";
    let lines = [
        "warning[no-case-id]: no column with a case ID: rows are numbered, and duplicate cases cannot be found",
        "  help: add a column case_id with a number for each case, or accept numbered rows: --no-id",
    ];
    assert_eq!(warned(file, &[], &lines)["cases"], 2);
    assert_eq!(stat(&accepted(file, &["--no-id"]), "age.mean"), 5.5);
    refused(file, &["--id", "code"], &["error[duplicate-case-id]"]);
    accepted("code,age\nA,6\nB,5\n", &["--id", "code"]);
}

#[test]
fn many_repeated_ids_are_counted_exactly() {
    let rows: String = (0..3000).map(|n| format!("registry-case-{},5\n", n % 1500)).collect();
    let help = "  help: if there is one row per visit, keep one row per case, or add a column of visits".to_owned()
        + OTHERWISE;
    let stderr =
        refused(format!("case_id,age\n{rows}"), &["--threads", "2"], &["  and 1480 more in column case_id", &help]);
    assert!(stderr.contains("first on line 2"), "{stderr}");
}
