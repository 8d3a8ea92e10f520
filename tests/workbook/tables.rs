//! Where a table begins and ends, and what is refused in it, with the cell.

use super::{ran, results, rows, sheet, write_rows};
use rust_xlsxwriter::{Color, Format};
use std::path::Path;

/// The refusal of a workbook.
fn refused(path: &Path, options: &[&str], parts: &[&str]) {
    let ran = ran("summarize", path, options);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    for part in parts {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}

/// What is said of a workbook that is read.
fn said(path: &Path, options: &[&str], parts: &[&str]) {
    let ran = ran("summarize", path, options);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for part in parts {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}

const PLAIN: &str = "case_id|age|sex|crp\nP1|6|F|12.5\nP2|7|M|3\nP3|9|F|4";

#[test]
fn titles_blank_rows_and_blank_columns_are_no_obstacle() {
    let (_plain, plain) = rows(PLAIN);
    let expected = results(&plain, &[]);
    for (text, note) in [
        (
            format!("Table 1\n\nof our clinic\n{PLAIN}"),
            "note[header-row-found]: row 4 has the column names; 2 rows above it are not read",
        ),
        (PLAIN.replace("\nP2", "\n\n\nP2"), "note[blank-rows]: 2 rows without anything in any cell: skipped"),
        (
            PLAIN.replace("|age|", "||age|").replace("|6|", "||6|").replace("|7|", "||7|").replace("|9|", "||9|"),
            "note[blank-columns]: 1 column without",
        ),
        (format!("\n\n{}", PLAIN.lines().map(|line| format!("||{line}")).collect::<Vec<_>>().join("\n")), ""),
    ] {
        let (_folder, path) = rows(&text);
        assert!(results(&path, &[]) == expected, "{text}");
        said(&path, &[], &[note]);
    }
}

#[test]
fn a_band_over_the_header_tells_its_columns_apart() {
    let (_folder, path) = sheet(|sheet| {
        write_rows(sheet, 0, "Our series\n|||||\ncase_id|age|BP|HR|BP|HR\nP1|6|100|80|110|85\nP2|7|95|90|99|88");
        let centre = Format::new();
        sheet.merge_range(1, 2, 1, 3, "Visit 1", &centre).unwrap();
        sheet.merge_range(1, 4, 1, 5, "Visit 2", &centre).unwrap();
    });
    said(
        &path,
        &[],
        &[
            "note[header-row-found]: row 3 has the column names, row 2 words over several of them, as in 'Visit 1 BP'",
            "series.xlsx Patients!3",
        ],
    );
    let ran = ran("get", &path, &["Visit 2 HR.mean"]);
    let all = results(&path, &[]);
    let headers: Vec<&str> = all.as_array().unwrap().iter().filter_map(|row| row["variable"].as_str()).collect();
    assert!(
        headers.iter().any(|name| name.contains("visit_2_hr") || *name == "Visit 2 HR"),
        "{headers:?} {}",
        ran.stderr
    );
}

#[test]
fn a_stated_header_row_and_a_last_row_are_obeyed() {
    let (_plain, plain) = rows(PLAIN);
    let (_folder, path) = rows(&format!("a|b|c|d\n{PLAIN}\nNote: collected by phone\n1 = White"));
    refused(
        &path,
        &["--header-row", "2"],
        &[
            "error[rows-below-table]: 2 rows below the table with few cells: notes, not cases",
            "series.xlsx Patients!6",
            "--last-row 5",
        ],
    );
    assert_eq!(results(&path, &["--header-row", "2", "--last-row", "5"]), results(&plain, &[]));
    said(
        &path,
        &["--header-row", "2", "--last-row", "5"],
        &["note[rows-cut]: 2 rows below the last one that is read: left out"],
    );
    refused(&path, &["--header-row", "99"], &["error[no-header]", "Patients has no cells in row 99"]);
}

#[test]
fn all_problems_of_a_sheet_are_refused_with_their_cells() {
    let (_folder, path) = sheet(|sheet| {
        write_rows(sheet, 0, &format!("{PLAIN}\nP3|10|M|5\nP5|11|F|6"));
        sheet.write_formula(1, 3, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
        sheet.write_formula(2, 3, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.merge_range(4, 2, 5, 2, "M", &Format::new()).unwrap();
    });
    refused(
        &path,
        &[],
        &[
            "error[cell-error]: the formula of this cell has no result",
            "series.xlsx Patients!D2, column crp: '#N/A'",
            "series.xlsx Patients!D3, column crp: '#DIV/0!'",
            "error[merged-cells]: the cells C5:C6 are merged: only the first of them holds the value",
            "series.xlsx Patients!C5, column sex",
            "error[duplicate-case-id]: duplicate case ID, first in Patients!A4",
            "series.xlsx Patients!A5, case P3, column case_id: 'P3'",
        ],
    );
}

#[test]
fn the_header_is_refused_as_that_of_a_csv_file() {
    for (text, part) in [
        ("case_id|age|age\nP1|6|7", "error[duplicate-header]: columns 2 and 3 have the same name"),
        ("case_id|age|sex\nP1|6|F\nP2|7|M|late\nP3|8|F", "error[empty-header]: column 4 has no name"),
        ("1|6|7\n2|8|9", "error[no-header]: no row of Patients looks like column names"),
        ("case_id|age|sex", "error[no-cases]"),
        ("Variable / Field Name|Form Name|Type\nage|a|text", "a REDCap data dictionary"),
        ("item|1|2\nage|6|7\nsex|F|M", "error["),
    ] {
        let (_folder, path) = rows(text);
        refused(&path, &[], &[part]);
    }
}

#[test]
fn findings_name_the_cell() {
    let (_folder, path) = rows("case_id|age|sex\nP1|6 kg|F\nP2|7|M\nMean|6.5|");
    refused(&path, &[], &["error[totals-row]", "series.xlsx Patients!"]);
    let (_folder, path) = rows("case_id|age|sex\nP1|6 kg|F\nP2|7|M");
    said(&path, &[], &["series.xlsx Patients!B2, case P1, column age: '6 kg'"]);
    let json = ran("validate", &path, &["--format", "json"]).stdout;
    assert!(json.contains(r#""cell":"Patients!B2""#) || json.contains(r#""cell": "Patients!B2""#), "{json}");
    let sarif = ran("validate", &path, &["--format", "sarif"]).stdout;
    assert!(sarif.contains("Patients!B2"), "{sarif}");
    assert!(ran("validate", &path, &["--format", "github"]).stdout.contains("Patients!B2"));
}

#[test]
fn what_is_hidden_filtered_or_coloured_is_read_and_said() {
    let (_plain, plain) = rows(PLAIN);
    let (_folder, path) = sheet(|sheet| {
        write_rows(sheet, 0, PLAIN);
        sheet.set_row_hidden(2).unwrap();
        sheet.set_column_hidden(3).unwrap();
        let red = Format::new().set_background_color(Color::Red);
        sheet.write_number_with_format(1, 1, 6.0, &red).unwrap();
        sheet.insert_note(1, 1, &rust_xlsxwriter::Note::new("check")).unwrap();
    });
    assert_eq!(results(&path, &[]), results(&plain, &[]));
    said(
        &path,
        &["--strict"],
        &[
            "note[hidden-cells]: 1 row hidden: read all the same",
            "series.xlsx Patients!3",
            "note[hidden-cells]: hidden columns: D; read all the same",
            "note[looks-ignored]: 1 row with coloured cells: colours are not read",
            "note[looks-ignored]: cells have comments: comments are not read",
        ],
    );
    let (_folder, path) = sheet(|sheet| {
        write_rows(sheet, 0, PLAIN);
        sheet.autofilter(0, 0, 3, 3).unwrap();
        sheet.filter_column(2, &rust_xlsxwriter::FilterCondition::new().add_list_filter("F")).unwrap();
    });
    assert_eq!(results(&path, &[]), results(&plain, &[]));
    said(
        &path,
        &[],
        &["warning[filtered-rows]: 1 row hidden by a filter: read all the same", "series.xlsx Patients!3"],
    );
}

#[test]
fn a_case_with_nothing_but_its_id_is_a_case() {
    let (_folder, path) = rows(&format!("{PLAIN}\nP4"));
    let all = results(&path, &[]);
    let missing = all.as_array().unwrap().iter().find(|row| row["key"] == "age.N_miss").unwrap();
    assert_eq!(missing["stat"], 1);
}

#[test]
fn a_table_below_or_beside_another_is_no_part_of_it() {
    for below in ["case_id|age|sex|crp\nQ1|6|F|3", "control|age|sex|esr\nQ1|6|F|3", "\nage|age|sex|esr\n6|6|F|3"] {
        let (_folder, path) = rows(&format!("{PLAIN}\n\n{below}"));
        refused(&path, &[], &["error[repeated-header]"]);
    }
    let (_csv, path) = crate::support::file("a.csv", "case_id,age,sex,crp\nP1,6,F,3\ncontrol,age,sex,esr\nQ1,6,F,3\n");
    refused(
        &path,
        &[],
        &["error[repeated-header]: this row has names of columns: another table begins here", "a.csv line 3"],
    );
    // One cell that is called as its column may be a level.
    let (_folder, path) = rows("case_id|age|sex|finding\nAnna|6|F|finding\nBert|7|M|none");
    assert_eq!(ran("summarize", &path, &[]).code, Some(0));
    let beside = |rows_of: [&str; 3]| {
        let lines = PLAIN.lines().zip(["drug|n"].into_iter().chain(rows_of));
        rows(&lines.map(|(left, right)| format!("{left}||{right}")).collect::<Vec<_>>().join("\n"))
    };
    let (_folder, path) = beside(["MTX|2", "IVIG|1", ""]);
    said(
        &path,
        &[],
        &[
            "warning[tables-beside]: the cells of F:G, behind or before a blank column, end in row 3, the others in row 4",
        ],
    );
    let (_folder, path) = beside(["MTX|2", "|1", "IVIG|"]);
    assert!(!ran("summarize", &path, &[]).stderr.contains("tables-beside"));
}

/// Files that LibreOffice made of workbooks with a hidden row, column and sheet, a colour and a comment; with a filter;
/// with merged cells.
#[test]
fn what_is_hidden_or_merged_is_seen_in_every_format() {
    let (_plain, plain) = rows(PLAIN);
    let of = |name: &str| crate::support::root().join("tests/files").join(name);
    for end in ["ods", "xls"] {
        let path = of(&format!("looks.{end}"));
        assert_eq!(results(&path, &[]), results(&plain, &[]), "{end}");
        let parts = [
            "note[hidden-cells]: the sheet Old is hidden, and is not read",
            "note[hidden-cells]: 1 row hidden: read all the same",
            "note[hidden-cells]: hidden columns: D; read all the same",
            "note[looks-ignored]: 1 row with coloured cells",
            "note[looks-ignored]: cells have comments",
        ];
        said(&path, &[], &parts);
        let path = of(&format!("filtered.{end}"));
        assert_eq!(results(&path, &[]), results(&plain, &[]), "{end}");
        said(&path, &[], &["warning[filtered-rows]: 1 row hidden by a filter: read all the same", "Patients!3"]);
        let merged = "error[merged-cells]: the cells C2:C3 are merged: only the first of them holds the value";
        refused(&of(&format!("merged.{end}")), &[], &[merged, &format!("merged.{end} Patients!C2, column sex")]);
    }
}

/// Another table below or beside is no part of the cases.
#[test]
fn a_second_table_is_refused_as_one() {
    let cases = "case_id|age|sex|crp\nP1|6|F|12.5\nP2|7|M|3\nP3|9|F|4";
    let (_folder, path) = rows(&format!("{cases}\n\n\n\ndrug|n|pct\nMTX|3|75\nCYC|1|25"));
    let message = "error[rows-below-table]: 3 rows below the table begin with other column names";
    refused(&path, &[], &[message, "series.xlsx Patients!8: 'drug'", "--last-row 4"]);
    said(&path, &["--last-row", "4"], &["3 rows below the last one that is read"]);
    let beside = "case_id|age|sex|||lab_id|drug|dose\nP1|6|F|||P2|MTX|10\nP2|7|M|||P3|CYC|5\nP3|9|F|||P1|MTX|15";
    let (_folder, path) = rows(beside);
    refused(&path, &[], &["error[tables-beside]", "have the IDs of the cases in another order"]);
}

#[test]
fn a_group_in_a_row_of_its_own_is_refused() {
    let (_folder, path) = rows("case_id|age|sex\nGroup A: methotrexate\nP1|6|F\nControls\nP2|7|M");
    refused(&path, &[], &["error[group-row]: this row contains only a group name and is not a case", "Patients!2"]);
}

#[test]
fn a_remark_below_the_rows_of_another_sheet_is_left_out() {
    let (_folder, path) = super::workbook(|book| {
        write_rows(book.add_worksheet().set_name("Patients").unwrap(), 0, "Pat|Age\nP1|12\nP2|8");
        let outcome = book.add_worksheet().set_name("Outcome").unwrap();
        write_rows(outcome, 0, "Pat|Recurrence|FU (months)\nP1|yes|12\nP2|no|24\n* at last visit");
    });
    let warning = "warning[rows-below-table]: a row of one cell below the table: left out\n  \
                   series.xlsx Outcome!4: '* at last visit'";
    said(&path, &[], &[warning, "table 'Outcome': 2 rows of 2 cases"]);
    // What is wrong with a sheet is said beside the question which one has the cases.
    let (_folder, path) = super::workbook(|book| {
        write_rows(book.add_worksheet().set_name("Patients").unwrap(), 0, "Pat|Age\nP1|12\nP2|8");
        let outcome = book.add_worksheet().set_name("Outcome").unwrap();
        write_rows(outcome, 0, "Pat|Recurrence|FU (months)|Seen\nP1|yes|12|2\nP2|no|24|3\n\nall|36");
    });
    refused(&path, &[], &["error[rows-below-table]", "Outcome!5", "error[sheet-unclear]"]);
}
