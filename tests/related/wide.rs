//! Tables with a column for each thing that was measured: the same as a row for each measurement.

use super::{PATIENTS, folder, listed, ran, refused, results};
use crate::workbook::write_rows;
use serde_json::Value;
use tempfile::TempDir;

const WIDE: &str = "case_id,date,CRP (mg/L),ESR (mm/h)\nP1,2014-01-01,12,30\nP1,2014-02-01,5,\nP1,2014-03-01,40,20\n\
P2,2014-01-01,<5,12\nP2,2014-02-01,9,11\nP3,2014-03-01,7,15\n";

/// The same with a row for each measurement.
fn long() -> String {
    let mut long = String::from("case_id,test,value,unit,date\n");
    for line in WIDE.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        for (test, value, unit) in [("CRP", cells[2], "mg/L"), ("ESR", cells[3], "mm/h")] {
            if !value.is_empty() {
                long.push_str(&format!("{},{test},{value},{unit},{}\n", cells[0], cells[1]));
            }
        }
    }
    long
}

/// The listing of all columns of the patients with a table.
fn with(table: &str, text: &str) -> (String, String) {
    let folder = folder(&[("patients.csv", PATIENTS), ("table.csv", text)]);
    listed(folder.path(), &["patients.csv", "--table", &format!("{table}=table.csv")])
}

/// A workbook of sheets, whose cells stand between `|`.
fn book(sheets: &[(&str, &str)], hidden: &[&str]) -> TempDir {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        sheet.set_hidden(hidden.contains(name));
        write_rows(sheet, 0, rows);
    }
    let folder = tempfile::tempdir().unwrap();
    workbook.save(folder.path().join("series.xlsx")).unwrap();
    folder
}

fn with_bars(text: &str) -> String {
    text.trim_end().replace(',', "|")
}

#[test]
fn a_column_for_each_test_says_what_a_row_for_each_says() {
    let folder = folder(&[("patients.csv", PATIENTS), ("wide.csv", WIDE), ("long.csv", &long())]);
    let of = |table: &str| {
        let mut rows = results(folder.path(), &["patients.csv", "--table", table]);
        rows.as_array_mut().unwrap().sort_by_key(Value::to_string);
        rows
    };
    let long = of("labs=long.csv");
    assert!(long.as_array().unwrap().len() > 100);
    assert_eq!(of("labs=wide.csv"), long);
    // Whatever the table is called.
    assert_eq!(of("blood=wide.csv"), long);
    let key = |key: &str| ran(folder.path(), &["get", "patients.csv", "--table", "labs=wide.csv", key]).stdout;
    assert_eq!(["CRP@first.median", "CRP@peak.max", "CRP@last.max"].map(key), ["7.0\n", "40\n", "40\n"]);
}

#[test]
fn sheets_of_one_workbook_are_related_by_their_cases() {
    let patients = with_bars(PATIENTS);
    let labs = with_bars(WIDE);
    let visits =
        "case_id|visit|weight (kg)|status\nP1|baseline|20|active\nP1|month 6|22|remission\nP2|baseline|18|active";
    let outcome = "case_id|outcome\nP1|alive\nP2|alive\nP3|dead\nP4|alive";
    let codes = "variable|meaning\nx|y\nz|w";
    let all =
        [("Blood", labs.as_str()), ("Codes", codes), ("Patients", &patients), ("Follow-up", visits), ("End", outcome)];
    let folder = book(&all, &[]);
    let (cells, said) = listed(folder.path(), &["series.xlsx"]);
    assert!(cells.contains("P1,6,female,12,40,40,5,3,30,20,30,20,2,20,22,active,remission,alive\n"), "{cells}");
    for part in [
        "the sheet Patients has the cases, and Blood, Follow-up, End their rows; without a column of case IDs, and not read: Codes",
        "table 'Blood': 6 rows of 3 cases have 2 columns of values, in the order of 'date'; 1 of 4 cases has no row",
        "table 'Follow-up': 3 rows of 2 cases have 2 columns of values, in the order of 'visit'",
        "table 'End': 4 rows of 4 cases have 1 column of values, one for each case",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let units = ran(folder.path(), &["schema", "series.xlsx"]).stdout;
    assert!(units.contains("\"kg\"") && units.contains("\"mg/L\""), "{units}");
}

#[test]
fn sheets_that_nobody_can_relate_are_refused_with_what_relates_them() {
    let patients = with_bars(PATIENTS);
    // The same columns: a copy, or another visit.
    let folder = book(&[("Baseline", &patients), ("Month 6", &patients.replace("P1|6", "P1|7"))], &[]);
    let run = ran(folder.path(), &["summarize", "series.xlsx"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("error[sheet-unclear]: 2 sheets read as tables"), "{}", run.stderr);
    assert!(run.stderr.contains("--sheet Baseline --table 'Month 6="), "{}", run.stderr);
    let words = ["series.xlsx", "--sheet", "Baseline", "--table", "Month 6=series.xlsx!Month 6"];
    let (cells, said) = listed(folder.path(), &words);
    assert!(cells.starts_with("case_id,age,sex,age@Month 6\nP1,6,female,7\n"), "{cells}");
    assert!(said.contains("the cases have the same: sex"), "{said}");
    // Hidden rows are read where they are asked for.
    let folder = book(
        &[("Patients", &patients), ("Drugs", "case_id|drug|line\nP1|a|1\nP1|b|2"), ("Blood", &with_bars(WIDE))],
        &["Drugs"],
    );
    let (cells, said) = listed(folder.path(), &["series.xlsx"]);
    assert!(!cells.contains("treatment") && cells.contains("CRP@first"), "{cells}");
    assert!(said.contains("note[hidden-cells]: the sheet Drugs is hidden, and is not read"), "{said}");
    let (cells, _) = listed(folder.path(), &["series.xlsx", "--table", "Drugs=series.xlsx!Drugs"]);
    assert!(cells.contains("treatment") && cells.contains("CRP@first"), "{cells}");
}

#[test]
fn visits_are_told_apart_by_name_day_or_age() {
    for (text, header, first) in [
        (
            "case_id,visit,date,w\nP1,a,2014-01-01,5\nP1,b,2014-02-01,6\n",
            "date@a,date@b,w@a,w@b",
            "2014-01-01,2014-02-01,5,6",
        ),
        // A visit that a case has twice does not tell, and is a value then.
        (
            "case_id,visit,date,w\nP1,control,2014-02-01,5\nP1,control,2014-01-01,6\n",
            "visit@first,visit@last,visit@measurements,w@first,w@last,w@peak,w@lowest,w@measurements",
            "control,control,2,6,5,6,5,2",
        ),
        ("case_id,age at visit,w\nP1,5.5,1\nP1,4,2\n", "w@first,w@last,w@peak,w@lowest,w@measurements", "2,1,2,1,2"),
        (
            "case_id,seen,w\nP1,2014-02-01,5\nP1,2014-01-01,6\n",
            "w@first,w@last,w@peak,w@lowest,w@measurements",
            "6,5,6,5,2",
        ),
        ("case_id,month,w\nP1,6,5\nP1,0,6\n", "w@0,w@6", "6,5"),
        (
            "case_id,Datum,w\nP1,14.01.2014,5\nP1,01.02.2014,6\n",
            "w@first,w@last,w@peak,w@lowest,w@measurements",
            "5,6,6,5,2",
        ),
        ("case_id,row,visit,w\nP1,1,a,5\nP1,2,b,6\n", "w@a,w@b", "5,6"),
        // One row a case: whatever stands in it.
        ("case_id,date,w\nP1,2014-02-01,5\nP2,2014-02-01,5\n", "date,w", "2014-02-01,5"),
        // What a patient has once is one column, and what the cases have already none.
        ("case_id,visit,sex,race,w\nP1,a,female,x,5\nP1,b,female,x,6\n", "race@a,race@b,w@a,w@b", "x,x,5,6"),
        ("case_id,visit,gender,w\nP1,a,female,5\nP1,b,,6\n", "w@a,w@b,gender", "5,6,female"),
    ] {
        let (cells, said) = with("follow-up", text);
        let mut lines = cells.lines();
        assert_eq!(lines.next().unwrap(), format!("case_id,age,sex,{header}"), "{text} {said}");
        assert_eq!(lines.next().unwrap(), format!("P1,6,female,{first}"), "{text} {said}");
    }
}

#[test]
fn rows_that_nothing_tells_apart_are_refused_with_their_place() {
    let refuse = |text: &str, parts: &[&str]| {
        refused(&[("patients.csv", PATIENTS), ("t.csv", text)], &["patients.csv", "--table", "fu=t.csv"], parts);
    };
    refuse(
        "case_id,w,s\nP1,20,3\nP2,1,1\nP1,21,3\n",
        &[
            "error[rows-not-told-apart]: two rows of one case that differ, the first at line 2: no column tells which is which",
            "t.csv line 4, case P1, column w: '21'",
            "in place of --table fu=",
            "--table treatments=",
        ],
    );
    refuse("case_id,visit,w\nP1,a,1\nP1,a,2\n", &["error[duplicate-visit]", "t.csv line 3, case P1, column visit"]);
    refuse("case_id,visit,w\nP1,a,1\nP1,,2\n", &["error[blank-visit]", "t.csv line 3, case P1, column visit"]);
    refuse(
        "case_id,visit,gender\nP1,a,male\nP1,b,female\n",
        &[
            "error[not-constant]",
            "this one has two: 'male' at line 2 and 'female'",
            "t.csv line 3, case P1, column gender",
        ],
    );
    refuse("case_id,visit,w\nP9,a,1\n", &["error[row-without-case]"]);
    // Rows that say the same are one.
    let (cells, _) = with("fu", "case_id,w\nP1,20\nP1,20\nP2,\n");
    assert!(cells.starts_with("case_id,age,sex,w\nP1,6,female,20\n"), "{cells}");
}

#[test]
fn days_that_do_not_tell_the_order_are_said_where_they_are() {
    for (day, said) in [
        ("2014-01", "t.csv line 3, case P1, column date: '2014-01'"),
        ("2014-02-01", "t.csv line 3, case P1, column w: '6'"),
    ] {
        let text = format!("case_id,date,w\nP1,2014-02-01,5\nP1,{day},6\nP2,2014-02-01,5\n");
        let folder = folder(&[("patients.csv", PATIENTS), ("t.csv", &text)]);
        let (cells, stderr) = listed(folder.path(), &["patients.csv", "--table", "fu=t.csv"]);
        assert!(cells.contains("P1,6,female,,,6,5,2") && stderr.contains(said), "{cells} {stderr}");
    }
}

#[test]
fn what_is_stated_of_a_column_holds_on_each_occasion() {
    let files = [("patients.csv", PATIENTS), ("t.csv", "case_id,visit,grade,w\nP1,a,1,5\nP1,b,2,6\n")];
    let folder = folder(&files);
    let schema = |words: &[&str]| {
        ran(folder.path(), &[&["schema", "patients.csv", "--table", "visits=t.csv"], words].concat()).stdout
    };
    let kinds = |text: &str| text.matches("\"kind\": \"category\"").count();
    assert_eq!(kinds(&schema(&["--kind", "grade=category"])), kinds(&schema(&[])) + 2);
    assert_eq!(schema(&["--unit", "w=kg"]).matches("\"kg\"").count(), 2);
}

#[test]
fn a_sheet_that_cannot_be_a_table_can_be_left_out() {
    let folder = book(&[("Data", &with_bars(PATIENTS)), ("Problems", "case_id|problem\nP1|age unclear\nP1|sex?")], &[]);
    let run = ran(folder.path(), &["summarize", "series.xlsx"]);
    assert!(
        run.code == Some(2) && run.stderr.contains("Problems!B3, case P1, column problem: 'sex?'"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("to read the cases alone: --sheet Data"), "{}", run.stderr);
    assert_eq!(ran(folder.path(), &["summarize", "series.xlsx", "--sheet", "Data"]).code, Some(0));
}

#[test]
fn the_last_row_of_the_cases_is_not_that_of_their_rows() {
    let related = ["summarize", "series.xlsx", "--sheet", "Patients", "--table", "Blood=series.xlsx!Blood"];
    // A row of one cell holds no value.
    let labs = format!("{}\n\n* measured in house", with_bars(WIDE));
    let folder = book(&[("Patients", &with_bars(PATIENTS)), ("Blood", &labs)], &[]);
    for words in [&["summarize", "series.xlsx"][..], &related] {
        let run = ran(folder.path(), words);
        let warning = "warning[rows-below-table]: a row of one cell below the table: left out\n  series.xlsx Blood!9";
        assert!(run.code == Some(0) && run.stderr.contains(warning), "{}", run.stderr);
    }
    let labs = format!("{}\n\nmean|of all", with_bars(WIDE));
    let folder = book(&[("Patients", &with_bars(PATIENTS)), ("Blood", &labs)], &[]);
    let run = ran(folder.path(), &["summarize", "series.xlsx"]);
    assert!(run.code == Some(2) && run.stderr.contains("error[sheet-unclear]"), "{}", run.stderr);
    let run = ran(folder.path(), &related);
    assert!(run.code == Some(2) && run.stderr.contains("series.xlsx Blood!9: 'mean'"), "{}", run.stderr);
    assert!(run.stderr.contains("remove the rows below row 7") && !run.stderr.contains("--last-row"), "{}", run.stderr);
    let stray = "Values\nx|1|2|3|4\ncase_id|date|crp\nP1|2014-01-01|5";
    let folder = book(&[("Patients", &with_bars(PATIENTS)), ("Blood", stray)], &[]);
    let run = ran(folder.path(), &["summarize", "series.xlsx"]);
    assert!(run.stderr.contains("the only one with a table of cases; not read: Blood"), "{}", run.stderr);
}

#[test]
fn what_a_data_package_says_of_a_column_holds_on_each_occasion() {
    let package = r#"{"resources": [
        {"name": "patients", "path": "patients.csv", "schema": {"fields": [{"name": "case_id"}, {"name": "age"}, {"name": "sex"}], "primaryKey": "case_id"}},
        {"name": "blood", "path": "blood.csv", "schema": {"fields": [{"name": "case_id"}, {"name": "date"}, {"name": "crp", "type": "number", "title": "C-reactive protein", "calcSeries": {"unit": "mg/L"}}], "foreignKeys": [{"fields": "case_id", "reference": {"resource": "patients", "fields": "case_id"}}]}},
        {"name": "visits", "path": "visits.csv", "schema": {"fields": [{"name": "case_id"}, {"name": "visit"}, {"name": "status", "type": "string", "categories": ["active", "remission", "dead"]}]}}
    ]}"#;
    let blood = "case_id,date,crp\nP1,2014-01-01,5\nP1,2014-02-01,9\n";
    let visits = "case_id,visit,status\nP1,baseline,active\nP1,month 6,remission\n";
    let files =
        [("datapackage.json", package), ("patients.csv", PATIENTS), ("blood.csv", blood), ("visits.csv", visits)];
    let folder = folder(&files);
    let summary = ran(folder.path(), &["summarize", "datapackage.json"]);
    for part in ["C-reactive protein@first, mg/L", "C-reactive protein@peak, mg/L"] {
        assert!(summary.stdout.contains(part), "{part}: {} {}", summary.stdout, summary.stderr);
    }
    // A table without a foreign key has the column of the cases all the same.
    assert!(summary.stderr.contains("has the cases, blood, visits their rows"), "{}", summary.stderr);
    let get = |key: &str| ran(folder.path(), &["get", "datapackage.json", key]).stdout;
    assert_eq!(["status@baseline[dead].n", "crp@last.max"].map(get), ["0\n", "9\n"]);
}

#[test]
fn what_was_read_of_several_sheets_is_frozen_as_one_table() {
    let visits =
        "case_id|visit|weight (kg)|status\nP1|baseline|20|active\nP1|month 6|22|remission\nP2|baseline|18|active";
    let events = "case_id|Adverse event|CTCAE grade\nP1|nausea|1\nP1|rash|3\nP3|rash|2";
    let folder = book(
        &[("Patients", &with_bars(PATIENTS)), ("Blood", &with_bars(WIDE)), ("Visits", visits), ("AE", events)],
        &[],
    );
    let expected = results(folder.path(), &["series.xlsx"]);
    for name in ["frozen.json", "frozen.csv"] {
        std::fs::write(folder.path().join(name), "").unwrap();
        let run = ran(folder.path(), &["convert", "series.xlsx", "-o", name]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        super::five::same(&results(folder.path(), &[name]), &expected);
    }
}

#[test]
fn an_age_that_falls_between_the_rows_of_a_case_is_loud() {
    for (order, rows) in [
        ("visit", "P1,month 6,8.5,2\nP1,baseline,9,1\nP2,baseline,5,1\nP2,month 6,5.5,1\n"),
        ("date", "P1,2014-08-01,8.5,2\nP1,2014-02-01,9,1\nP2,2014-02-01,5,1\nP2,2014-08-01,5.5,1\n"),
    ] {
        let visits = format!("case_id,{order},age at visit,weight\n{rows}");
        let folder = folder(&[("patients.csv", PATIENTS), ("visits.csv", &visits)]);
        let (_, said) = listed(folder.path(), &["patients.csv", "--table", "visits=visits.csv"]);
        let warning = "warning[visit-backwards]: the age falls from visit to visit: '9' at line 3";
        assert!(
            said.contains(warning) && said.contains("visits.csv line 2, case P1, column age at visit: '8.5'"),
            "{said}"
        );
        assert!(!said.contains("case P2"), "{said}");
    }
}

/// Sheets that are called as visits hold each a visit of all columns that they share.
#[test]
fn tables_called_as_visits_give_their_columns_the_visit() {
    let files = [
        ("patients.csv", PATIENTS),
        ("a.csv", "case_id,CRP,ESR\nP1,1,2\nP2,3,4\n"),
        ("b.csv", "case_id,CRP\nP1,5\nP2,9\n"),
    ];
    let folder = folder(&files);
    let words = ["patients.csv", "--table", "Baseline=a.csv", "--table", "Month 6=b.csv"];
    let (cells, said) = listed(folder.path(), &words);
    assert!(cells.starts_with("case_id,age,sex,CRP@Baseline,ESR,CRP@Month 6\n"), "{cells} {said}");
    let get = |key: &str| ran(folder.path(), &[&["get"], &words[..], &["--change", "CRP", key, "--raw"]].concat());
    assert_eq!(get("CRP_change.max").stdout, "6\n", "{}", get("CRP_change.max").stderr);
}
