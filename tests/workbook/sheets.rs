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

const YEARS: [(&str, &str); 3] = [
    ("2019", "case_id|age|sex\nP1|6|F\nP2|7|M"),
    ("2020", "case_id|age|sex\nP3|9|F"),
    ("2021", "case_id|sex|age\nP4|M|x8\nP5|F|11"),
];
const ALL_YEARS: [&str; 6] = ["--sheet", "2019", "--sheet", "2020", "--sheet", "2021"];

#[test]
fn one_sheet_a_year_is_one_cohort_where_it_is_asked_for() {
    let (_folder, path) = sheets(&YEARS);
    let refused = ran("summarize", &path, &[]);
    assert_eq!(refused.code, Some(2));
    let remedy = "to read sheets with the same columns as one cohort: --sheet 2019 --sheet 2020 --sheet 2021";
    assert!(refused.stderr.contains(remedy), "{}", refused.stderr);
    let listed = ran("cases", &path, &[&ALL_YEARS[..], &["--columns", "all", "--format", "csv", "--details"]].concat());
    let cells = "case_id,age,sex,sheet\nP1,6,female,2019\nP2,7,male,2019\nP3,9,female,2020\nP4,x8,male,2021\nP5,11,female,2021\n";
    assert_eq!(listed.stdout, cells, "{}", listed.stderr);
    for part in [
        "note[sheets-as-one]: 3 sheets are read as one cohort, in this order: 2019 2 rows, 2020 1 row, 2021 2 rows",
        "series.xlsx 2021!C2, case P4, column age: 'x8'",
    ] {
        assert!(listed.stderr.contains(part), "{part}: {}", listed.stderr);
    }
    let get = |words: &[&str]| ran("get", &path, &[words, &ALL_YEARS].concat()).stdout;
    assert_eq!(get(&["cases", "sheet[2019].n", "--where", "sheet = '2019'"]), "2\n2\n");
    assert_eq!(get(&["sheet[2021].n"]), "2\n");
    // Without a column of case IDs, too.
    let (_folder, path) = sheets(&[("2019", "age|sex\n6|F\n7|M"), ("2020", "age|sex\n9|F\n5|F")]);
    let remedy = "--sheet 2019 --sheet 2020";
    assert!(ran("summarize", &path, &[]).stderr.contains(remedy));
    let both = ran("get", &path, &["cases", "--no-id", "--sheet", "2019", "--sheet", "2020"]);
    assert_eq!(both.stdout, "4\n", "{}", both.stderr);
}

#[test]
fn sheets_of_one_cohort_have_the_same_columns_and_other_cases() {
    let refused = |all: &[(&str, &str)], options: &[&str], parts: &[&str]| {
        let (_folder, path) = sheets(all);
        let ran = ran("summarize", &path, options);
        assert_eq!(ran.code, Some(2), "{} {}", ran.stdout, ran.stderr);
        for part in parts {
            assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
        }
    };
    let both = &ALL_YEARS[..4];
    refused(
        &[YEARS[0], ("2020", "case_id|age|sex\nP3|9|F\nP1|9|F")],
        both,
        &["error[duplicate-case-id]", "series.xlsx 2020!A3"],
    );
    refused(
        &[YEARS[0], ("2020", "case_id|age|gender\nP3|9|F")],
        both,
        &["error[sheets-differ]: the columns of 2020 are not those of 2019: it lacks sex; only it has gender"],
    );
    refused(&YEARS, &["--sheet", "2019", "--sheet", "2019"], &["the sheet 2019 is named twice"]);
    refused(&YEARS, &["--sheet", "2019", "--sheet", "2022"], &["the workbook has no sheet 2022"]);
}
