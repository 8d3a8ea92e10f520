//! Dates: what is certain is a date everywhere, what is not certain is none and is said aloud.

use super::{Ran, run_in};
use serde_json::{Value, json};
use std::path::Path;

/// One column as it is typed, the dates that are listed of it, and what is said.
struct Typed {
    header: &'static str,
    cells: &'static [&'static str],
    options: &'static [&'static str],
    /// As `cases` shows them: a date, `!` for an unreadable cell, an empty text for one without a date.
    dates: &'static [&'static str],
    /// The id of a warning, and the cell it names.
    said: &'static [(&'static str, &'static str)],
}

const fn typed(
    header: &'static str,
    cells: &'static [&'static str],
    dates: &'static [&'static str],
    said: &'static [(&'static str, &'static str)],
) -> Typed {
    Typed { header, cells, options: &[], dates, said }
}

const fn stated(
    header: &'static str,
    cells: &'static [&'static str],
    options: &'static [&'static str],
    dates: &'static [&'static str],
    said: &'static [(&'static str, &'static str)],
) -> Typed {
    Typed { header, cells, options, dates, said }
}

const ORDER: &str = "date-order-unclear";
const YEAR: &str = "date-year-unclear";

const SHEETS: [Typed; 42] = [
    typed("onset", &["14/03/2018", "03/04/2018", "unknown"], &["2018-03-14", "2018-04-03", ""], &[]),
    typed("onset", &["3/14/2018", "03/04/2018"], &["2018-03-14", "2018-03-04"], &[]),
    typed("onset", &["14.03.2018", "1.4.2018"], &["2018-03-14", "2018-04-01"], &[]),
    typed(
        "onset",
        &["Wed, 14 Mar 2018", "Thursday 15 March 2018", "Fr. 16.03.2018", "mercredi 14 mars 2018"],
        &["2018-03-14", "2018-03-15", "2018-03-16", "2018-03-14"],
        &[],
    ),
    typed("onset", &["Mar '18", "Apr '18"], &["!", "!"], &[(YEAR, "Mar '18"), (YEAR, "Apr '18")]),
    typed("onset", &["14 03 2018", "1 4 2018"], &["2018-03-14", "2018-04-01"], &[]),
    typed("onset", &["14-03-2018", "01-04-2018"], &["2018-03-14", "2018-04-01"], &[]),
    typed(
        "onset",
        &["2 Jan 2020", "3. März 2020", "1er août 2020", "2 de enero de 2020", "2 gennaio 2020"],
        &["2020-01-02", "2020-03-03", "2020-08-01", "2020-01-02", "2020-01-02"],
        &[],
    ),
    typed("onset", &["20OCT2014", "20-Oct-2014", "Oct 20, 2014"], &["2014-10-20", "2014-10-20", "2014-10-20"], &[]),
    typed(
        "onset",
        &["2014-07-02T11:45", "2014-07-02 11:45:30", "2014-07-02"],
        &["2014-07-02", "2014-07-02", "2014-07-02"],
        &[],
    ),
    typed("onset", &["Mar 2021", "03/2021", "2021", "2021-03"], &["2021-03", "2021-03", "2021", "2021-03"], &[]),
    typed("visit_date", &["43173", "43174.5", "20180314"], &["2018-03-14", "2018-03-15", "2018-03-14"], &[]),
    typed("Aufnahmedatum", &["43173", "43174"], &["2018-03-14", "2018-03-15"], &[]),
    typed("visitDate", &["43173", "43174"], &["2018-03-14", "2018-03-15"], &[]),
    typed("RFSTDTC", &["2018-03-14T08:00", "2018"], &["2018-03-14", "2018"], &[]),
    typed("data di esordio", &["43173", "43174"], &["2018-03-14", "2018-03-15"], &[]),
    typed("seen", &["2018-03-14", "2018-03-15", "43173"], &["2018-03-14", "2018-03-15", "2018-03-14"], &[]),
    typed(
        "diagnosis date",
        &["2018年3月14日", "2019年4月3日", "2018년 3월 14일", "2019年4月"],
        &["2018-03-14", "2019-04-03", "2018-03-14", "2019-04"],
        &[],
    ),
    typed("onset", &["43173", "43174"], &["2018-03-14", "2018-03-15"], &[("day-numbers", "43173")]),
    typed("Aufnahme", &["43173", "43174"], &["2018-03-14", "2018-03-15"], &[("day-numbers", "43173")]),
    typed(
        "diagnosis date",
        &["2020-W05", "Q1 2018", "spring 2018"],
        &["!", "!", "!"],
        &[("date-unreadable", "2020-W05"), ("date-unreadable", "Q1 2018"), ("date-unreadable", "spring 2018")],
    ),
    typed("date", &["14.3.", "15/4"], &["!", "!"], &[("date-unreadable", "14.3."), ("date-unreadable", "15/4")]),
    typed("onset", &["sudden", "gradual"], &["sudden", "gradual"], &[]),
    // A day and a month of which nobody knows which is which.
    typed("onset", &["03/04/2018", "05/06/2018"], &["!", "!"], &[(ORDER, "03/04/2018"), (ORDER, "05/06/2018")]),
    typed("onset", &["14/03/2018", "3/14/2018"], &["!", "!"], &[(ORDER, "14/03/2018"), (ORDER, "3/14/2018")]),
    typed("onset", &["13/04/2018", "2018-04-03"], &["!", "2018-04-03"], &[(ORDER, "13/04/2018")]),
    typed("onset date", &["13/04/2018", "43193"], &["!", "2018-04-03"], &[(ORDER, "13/04/2018")]),
    stated("onset", &["03/04/2018", "05/06/2018"], &["--date-order", "dmy"], &["2018-04-03", "2018-06-05"], &[]),
    stated("onset", &["03/04/2018", "05/06/2018"], &["--date-order", "onset=mdy"], &["2018-03-04", "2018-05-06"], &[]),
    stated(
        "onset",
        &["03/04/2018", "05/06/2018"],
        &["--date-order", "mdy", "--date-order", "onset=dmy"],
        &["2018-04-03", "2018-06-05"],
        &[],
    ),
    stated(
        "onset",
        &["3/14/2018", "03/04/2018"],
        &["--date-order", "dmy"],
        &["!", "2018-04-03"],
        &[(ORDER, "3/14/2018")],
    ),
    // Years of two digits, and of another calendar.
    typed("onset", &["20-Oct-14", "21-Nov-2014"], &["!", "2014-11-21"], &[(YEAR, "20-Oct-14")]),
    typed("onset", &["14/03/18", "15/03/2018"], &["!", "2018-03-15"], &[(YEAR, "14/03/18")]),
    typed("onset", &["3/4/18", "14/4/18"], &["!", "!"], &[(YEAR, "3/4/18"), (YEAR, "14/4/18")]),
    typed("onset", &["Oct-14", "Nov-14"], &["!", "!"], &[(YEAR, "Oct-14"), (YEAR, "Nov-14")]),
    typed("onset", &["14/03/2561", "15/03/2561"], &["!", "!"], &[(YEAR, "14/03/2561"), (YEAR, "15/03/2561")]),
    typed("visit date", &["2561", "2018"], &["!", "2018"], &[(YEAR, "2561")]),
    typed("visit date", &["8/9/10", "2018-03-14"], &["!", "2018-03-14"], &[(YEAR, "8/9/10")]),
    // What is no date.
    typed("onset", &["31.02.2018", "14.02.2018"], &["!", "2018-02-14"], &[("date-unreadable", "31.02.2018")]),
    typed("apgar", &["8/9/10", "7/8/10"], &["8/9/10", "7/8/10"], &[]),
    typed("fraction", &["1/1000", "1/2000"], &["1/1000", "1/2000"], &[]),
    typed("marker", &["FEV 80", "FEV 70"], &["FEV 80", "FEV 70"], &[]),
];

fn files(sheet: &Typed) -> [(&'static str, String); 2] {
    let csv = sheet.cells.iter().enumerate().map(|(n, cell)| format!("P{n},\"{cell}\"\n")).collect::<String>();
    let cases = sheet.cells.iter().enumerate().map(|(n, cell)| {
        let value = serde_json::from_str::<serde_json::Number>(cell).map_or(json!(cell), Value::Number);
        json!({"case_id": format!("P{n}"), sheet.header: value})
    });
    [
        ("cases.csv", format!("case_id,{}\n{csv}", sheet.header)),
        ("cases.json", Value::Array(cases.collect()).to_string()),
    ]
}

/// What `cases` shows of the second column.
fn listed(ran: &Ran) -> Vec<String> {
    let listing: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let shown = |case: &Value| {
        let cell = case.as_object().expect("a case").iter().find(|(key, _)| *key != "case_id").expect("a cell").1;
        match cell {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            Value::Object(cell) if cell.contains_key("unreadable") => "!".to_owned(),
            other => other.to_string(),
        }
    };
    listing["cases"].as_array().expect("cases").iter().map(shown).collect()
}

fn cases(folder: &Path, name: &str, options: &[&str]) -> Ran {
    run_in(folder, &[&["cases", name, "--columns", "all", "--format", "json"], options].concat())
}

#[test]
fn a_date_is_certain_or_none() {
    for sheet in &SHEETS {
        for (name, text) in files(sheet) {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join(name), text).unwrap();
            let ran = cases(folder.path(), name, sheet.options);
            let what = format!("{} {:?} in {name}\n{}", sheet.header, sheet.cells, ran.stderr);
            assert_eq!(listed(&ran), sheet.dates, "{what}");
            for (id, cell) in sheet.said {
                let place = format!("'{cell}'");
                assert!(ran.stderr.contains(&format!("warning[{id}]")) && ran.stderr.contains(&place), "{what}");
            }
            assert_eq!(ran.stderr.contains("warning["), !sheet.said.is_empty(), "{what}");
            let strict = run_in(folder.path(), &[&["summarize", name, "--strict"], sheet.options].concat());
            assert_eq!(strict.code, Some(if sheet.said.is_empty() { 0 } else { 1 }), "{what}");
        }
    }
}

#[test]
fn a_schema_that_was_written_reads_the_dates_as_they_were_read() {
    for sheet in &SHEETS {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cases.csv"), &files(sheet)[0].1).unwrap();
        let schema = run_in(folder.path(), &[&["schema", "cases.csv", "-o", "s.json"], sheet.options].concat());
        assert_eq!(schema.code, Some(0), "{}", schema.stderr);
        let again = cases(folder.path(), "cases.csv", &["--schema", "s.json"]);
        assert_eq!(listed(&again), sheet.dates, "{} {:?}\n{}", sheet.header, sheet.cells, again.stderr);
    }
}

#[test]
fn a_format_in_the_schema_decides() {
    for (format, cells, dates) in [
        ("%d/%m/%Y", &["03/04/2018", "14/03/2561"][..], &["2018-04-03", "2561-03-14"][..]),
        ("%d-%b-%y", &["20-Oct-14", "1-Jan-69"], &["2014-10-20", "1969-01-01"]),
        ("%d/%m/%Y %H:%M", &["03/04/2018 11:45", "03/05/2018"], &["2018-04-03", "2018-05-03"]),
        ("any", &["2 Jan 2020", "14/03/2018"], &["2020-01-02", "2018-03-14"]),
        ("default", &["2018-03-14", "14/03/2018"], &["2018-03-14", "!"]),
        ("%m/%d/%Y", &["03/04/2018", "14/03/2018"], &["2018-03-04", "!"]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let rows: String = cells.iter().enumerate().map(|(n, cell)| format!("P{n},{cell}\n")).collect();
        std::fs::write(folder.path().join("cases.csv"), format!("case_id,onset\n{rows}")).unwrap();
        let schema = json!({"fields": [{"name": "case_id"}, {"name": "onset", "type": "date", "format": format}]});
        std::fs::write(folder.path().join("s.json"), schema.to_string()).unwrap();
        assert_eq!(listed(&cases(folder.path(), "cases.csv", &["--schema", "s.json"])), dates, "{format}");
        run_in(folder.path(), &["schema", "cases.csv", "--schema", "s.json", "-o", "t.json"]);
        assert_eq!(listed(&cases(folder.path(), "cases.csv", &["--schema", "t.json"])), dates, "{format} written");
    }
}

#[test]
fn the_format_that_is_proposed_reads_the_cell() {
    for (cell, date) in [("20-Oct-14", "2014-10-20"), ("14/03/18", "2018-03-14"), ("14/03/2561", "2561-03-14")] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cases.csv"), format!("case_id,onset\nP1,{cell}\nP2,{cell}\n")).unwrap();
        let ran = cases(folder.path(), "cases.csv", &[]);
        let field = ran.stderr.lines().find_map(|line| line.split_once("in the schema: ")).expect("a remedy").1;
        let schema = format!("{{\"fields\": [{{\"name\": \"case_id\"}}, {field}]}}");
        std::fs::write(folder.path().join("s.json"), schema).unwrap();
        assert_eq!(listed(&cases(folder.path(), "cases.csv", &["--schema", "s.json"])), [date, date], "{cell}");
    }
}

#[test]
fn the_order_that_is_proposed_reads_the_cell() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), "case_id,first seen\nP1,03/04/2018\nP2,05/06/2018\n").unwrap();
    let ran = cases(folder.path(), "cases.csv", &[]);
    assert!(ran.stderr.contains("--date-order 'first seen=dmy' or --date-order 'first seen=mdy'"), "{}", ran.stderr);
    let stated = cases(folder.path(), "cases.csv", &["--date-order", "first seen=dmy", "--strict"]);
    assert_eq!((listed(&stated), stated.code), (vec!["2018-04-03".to_owned(), "2018-06-05".to_owned()], Some(0)));
    let wrong = run_in(folder.path(), &["summarize", "cases.csv", "--date-order", "ydm"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.stderr.contains("possible values: dmy, mdy"), "{}", wrong.stderr);
}

#[test]
fn a_date_takes_part_in_filters_and_validation() {
    let folder = tempfile::tempdir().unwrap();
    let text = "case_id,age,DOB,onset,last seen\nP1,6,20/01/2012,14/03/2018,2 Jan 2018\nP2,9,21/06/2010,03/04/2018,5 May 2019\n";
    std::fs::write(folder.path().join("cases.csv"), text).unwrap();
    let early = run_in(
        folder.path(),
        &["cases", "cases.csv", "--columns", "onset", "--format", "json", "--where", "onset < '2018-03-20'"],
    );
    let listing: Value = serde_json::from_str(&early.stdout).unwrap();
    assert_eq!(listing["cases"], json!([{"onset": "2018-03-14"}]));
    let report = run_in(folder.path(), &["validate", "cases.csv"]).stdout;
    assert!(report.contains("the date of last visit is before the date of onset"), "{report}");
    assert!(
        report.contains("the age is greater than the time from birth to the last date of the case\n  column age: P2"),
        "{report}"
    );
    assert!(!report.contains("no date column"), "{report}");
    assert!(!report.contains("2012") && !report.contains("20/01"), "a birth date is withheld: {report}");
}

#[test]
fn a_time_of_day_is_dropped_with_a_note() {
    let ran = super::run("case_id,seen\nP1,2014-07-02T11:45\nP2,2 Mar 2018 2:05 PM\n", &["--strict"]);
    super::says(&ran, 0, &["note[time-of-day-dropped]: 2 dates have a time of day; only the date is read"]);
    // A month and its year are no day number with a part of a day.
    let months = super::run("case_id,seen\nP1,2014-07-02\nP2,5.2016\nP3,01/2015\nP4,Mar 2012\n", &["--strict"]);
    assert!(months.code == Some(0) && !months.stderr.contains("time-of-day"), "{}", months.stderr);
}

#[test]
fn a_number_is_a_date_only_where_something_says_so() {
    let summary = super::accepted("case_id,dose\nP1,43173\nP2,43175\n", &[]);
    assert_eq!(super::stat(&summary, "dose.mean"), &json!(43174.0));
    let result = super::warned(
        "case_id,crp\nP1,5\nP2,03-Apr-2018\nP3,04-Apr-2018\n",
        &[],
        &["warning[unreadable-cell]: a date in a column of numbers"],
    );
    assert_eq!(super::stat(&result, "crp.mean"), &json!(5.0));
    let slip = super::warned(
        "case_id,platelets\nP1,43173\nP2,43175\nP3,14/03/2018\n",
        &[],
        &[
            "warning[unreadable-cell]: a date in a column of numbers",
            "  cases.csv line 4, case P3, column platelets: '14/03/2018'",
        ],
    );
    assert_eq!(super::stat(&slip, "platelets.mean"), &json!(43174.0));
}
