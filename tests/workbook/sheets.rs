//! Which sheet is read.

use super::{ran, results, rows, workbook, write_rows};
use std::path::PathBuf;
use tempfile::TempDir;

const CASES: &str = "case_id|age|sex\nP1|6|F\nP2|7|M\nP3|9|F";

/// A workbook of sheets with these names and rows; a name in brackets is that of a hidden sheet.
fn sheets(all: &[(&str, &str)]) -> (TempDir, PathBuf) {
    workbook(|workbook| {
        for (name, text) in all {
            let plain = name.trim_matches(['(', ')']);
            let sheet = workbook.add_worksheet().set_name(plain).unwrap();
            write_rows(sheet, 0, text);
            if plain != *name {
                sheet.set_hidden(true);
            }
        }
        workbook.worksheet_from_name(all[all.len() - 1].0.trim_matches(['(', ')'])).unwrap();
    })
}

#[test]
fn the_only_sheet_with_a_table_is_read() {
    let (_plain, plain) = rows(CASES);
    let expected = results(&plain, &[]);
    let readme = ("Explainer", "This workbook has the cases of our clinic.\nAsk before you use it.");
    let codebook = ("Codebook", "Variable|Label\ncase_id|number of the case\nage|age in years\nsex|F or M");
    for (all, said) in [
        (vec![readme, ("Data", CASES), codebook], "note[sheet-used]: of 3 sheets, Data is read"),
        (
            vec![("Data", CASES), ("(Lists)", "a|b\nc|d\ne|f")],
            "note[hidden-cells]: the sheet Lists is hidden, and is not read",
        ),
        (vec![readme, ("(Data)", CASES)], "Data, which is hidden is read"),
    ] {
        let (_folder, path) = sheets(&all);
        assert!(results(&path, &[]) == expected);
        let ran = ran("summarize", &path, &[]);
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
}

#[test]
fn several_tables_are_refused_with_their_headers_until_one_is_named() {
    // Rows of the same cases are theirs; other cases are nobody's.
    let (_folder, path) = sheets(&[("Data", CASES), ("Lab values", "case_id|crp\nQ1|5\nQ2|6")]);
    let refused = ran("summarize", &path, &[]);
    assert_eq!(refused.code, Some(2));
    for part in [
        "error[sheet-unclear]: 2 sheets read as tables: Data (case_id, age, sex); 'Lab values' (case_id, crp)",
        "--sheet Data",
    ] {
        assert!(refused.stderr.contains(part), "{part}: {}", refused.stderr);
    }
    let (_plain, plain) = rows(CASES);
    assert_eq!(results(&path, &["--sheet", "data"]), results(&plain, &[]));
    let unknown = ran("summarize", &path, &["--sheet", "Dta"]);
    assert!(unknown.stderr.contains("in place of --sheet Dta: --sheet Data"), "{}", unknown.stderr);
    let named = ran("summarize", &path, &["--sheet", "Lab values"]);
    assert_eq!(named.code, Some(0), "{}", named.stderr);
    assert!(!ran("summarize", &path, &["--sheet", "Lab values", "--where", "crp > 'x'"]).stderr.is_empty());
}

#[test]
fn a_workbook_without_a_table_is_refused() {
    let (_folder, path) = sheets(&[("A", "some words"), ("B", "other words")]);
    let refused = ran("summarize", &path, &[]);
    assert!(refused.stderr.contains("error[sheet-unclear]: no sheet reads as a table of cases"), "{}", refused.stderr);
    let (_folder, path) = sheets(&[("A", "")]);
    assert_eq!(ran("summarize", &path, &[]).code, Some(2));
}

#[test]
fn options_of_workbooks_are_for_workbooks() {
    let (_folder, path) = crate::support::file("cases.csv", "case_id,age\nP1,5\n");
    for option in ["--sheet", "--last-row"] {
        let refused = ran("summarize", &path, &[option, "5"]);
        assert_eq!(refused.code, Some(2));
        assert!(refused.stderr.contains(&format!("'cases.csv' is not a workbook ({option})")), "{}", refused.stderr);
    }
}
