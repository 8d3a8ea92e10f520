//! What cells mean: dates and percentages by their formats, numbers as they are stored, texts as they are.

use super::{package, ran, results, rows, sheet, sheet_xml, text_row, write_rows};
use crate::support::{file, root};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula};
use serde_json::{Value, json};
use std::path::Path;

/// The cells of a listing, by column.
fn listed(path: &Path, options: &[&str]) -> Vec<Value> {
    let ran = ran("cases", path, &[&["--columns", "all", "--format", "json", "--no-id"], options].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    serde_json::from_str::<Value>(&ran.stdout).unwrap()["cases"].as_array().unwrap().clone()
}

/// What is printed of one cell of the type that the function writes into B2.
fn shown(write: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Value {
    let (_folder, path) = sheet(|sheet| {
        write_rows(sheet, 0, "case_id|seen");
        sheet.write_string(1, 0, "P1").unwrap();
        write(sheet);
    });
    let cases = listed(&path, &["--kind", "seen=text", "--show", "seen"]);
    cases[0]["seen"].clone()
}

/// What the author of a sheet sees is the cell, whatever number is stored below it.
#[test]
fn words_of_a_format_are_part_of_the_cell() {
    let (_folder, path) = sheet(|sheet| {
        write_rows(sheet, 0, "case_id|Age|CRP");
        for (row, (age, age_format, crp, crp_format)) in
            [(40.0, "0\" years\"", 5.0, "\"<\"0"), (6.0, "0\" months\"", 12.0, "0"), (60.0, "0\" years\"", 30.0, "0")]
                .into_iter()
                .enumerate()
        {
            let row = row as u32 + 1;
            sheet.write_string(row, 0, format!("P{row}")).unwrap();
            sheet.write_number_with_format(row, 1, age, &Format::new().set_num_format(age_format)).unwrap();
            sheet.write_number_with_format(row, 2, crp, &Format::new().set_num_format(crp_format)).unwrap();
        }
    });
    let cases = listed(&path, &["--columns", "all"]);
    assert_eq!(
        (cases[1]["Age"]["value"].clone(), cases[0]["CRP"]["text"].clone()),
        (json!(0.5), json!("<5")),
        "{cases:?}"
    );
}

#[test]
fn a_unit_or_a_sign_in_a_column_of_its_own_is_read_with_its_number() {
    let (_folder, apart) = rows("case_id|Age|Age unit|CRP op|CRP\nP1|30|months|<|5\nP2|50|years||12\nP3|2.5|years||30");
    let (_folder, one) = rows("case_id|Age|CRP\nP1|30 months|<5\nP2|50 years|12\nP3|2.5 years|30");
    assert_eq!(results(&apart, &[]), results(&one, &[]));
}

#[test]
fn dates_times_and_percentages_are_what_their_format_shows() {
    let number = |value: f64, format: &'static str| {
        shown(move |sheet| {
            sheet.write_number_with_format(1, 1, value, &Format::new().set_num_format(format)).unwrap();
        })
    };
    for (value, format, text) in [
        (43_905.0, "dd.mm.yyyy", "2020-03-15"),
        (43_905.0, "d-mmm-yy", "2020-03-15"),
        (43_905.0, "mmm-yy", "2020-03"),
        (43_905.0, "yyyy", "2020"),
        (43_905.75, "dd/mm/yyyy hh:mm", "2020-03-15 18:00"),
        (43_905.75, "dd/mm/yyyy", "2020-03-15"),
        (0.604_166_666_666_666_6, "hh:mm", "14:30"),
        (1.5, "[h]:mm", "36 h"),
        (0.55, "0%", "55%"),
        (0.125, "0.00%", "12.5%"),
        (2.5, "0", "2.5"),
        (0.300_000_000_000_000_04, "0.0", "0.3"),
        (0.1 + 0.2, "General", "0.3"),
        (12.0, "0\" years\"", "12 years"),
        (5.0, "\"<\"0", "<5"),
        (24.0, "0\"+\"", "24+"),
        (24.0, "0\\+", "24+"),
        (3.0, "[<5]\"<5\";0", "<5"),
        (12.0, "#,##0.00\\ [$€-407]", "12"),
        (1.0, "yyyy-mm-dd", "1900-01-01"),
        (61.0, "yyyy-mm-dd", "1900-03-01"),
    ] {
        assert_eq!(number(value, format), json!(text), "{value} as {format}");
    }
    assert_eq!(
        shown(|sheet| {
            sheet.write_boolean(1, 1, true).unwrap();
        }),
        json!("TRUE")
    );
    assert_eq!(
        shown(|sheet| {
            sheet.write_string(1, 1, "007").unwrap();
        }),
        json!("007")
    );
    assert_eq!(
        shown(|sheet| {
            sheet.write_string(1, 1, "2/1").unwrap();
        }),
        json!("2/1")
    );
    let formula = Formula::new("=1+1").set_result("2");
    assert_eq!(
        shown(|sheet| {
            sheet.write_formula(1, 1, formula).unwrap();
        }),
        json!("2")
    );
    let date = ExcelDateTime::parse_from_str("2021-02-03").unwrap();
    let format = Format::new().set_num_format("yyyy-mm-dd");
    assert_eq!(
        shown(|sheet| {
            sheet.write_datetime_with_format(1, 1, &date, &format).unwrap();
        }),
        json!("2021-02-03")
    );
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_says_so() {
    let parts = [
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>"#,
        ),
        ("xl/styles.xml", r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="x/styles" Target="styles.xml"/></Relationships>"#,
        ),
        (
            "xl/worksheets/sheet1.xml",
            &sheet_xml(&format!(
                "{}<row r=\"2\"><c t=\"str\"><v>P1</v></c><c s=\"1\"><v>42369</v></c></row>",
                text_row(1, &["case_id", "seen"])
            )),
        ),
    ];
    let (_folder, path) = file("series.xlsx", package(&parts));
    assert_eq!(listed(&path, &["--kind", "seen=text"])[0]["seen"], json!("2020-01-01"));
}

#[test]
fn a_column_of_dates_is_one_of_dates_and_a_percentage_has_its_unit() {
    let (_folder, path) = sheet(|sheet| {
        write_rows(sheet, 0, "case_id|seen|share\nP1||55%\nP2||60%");
        for (row, day) in [(1, 43_905.0), (2, 44_000.0)] {
            let format = Format::new().set_num_format("dd.mm.yyyy");
            sheet.write_number_with_format(row, 1, day, &format).unwrap();
        }
    });
    let all = results(&path, &[]);
    let stat = |key: &str| all.as_array().unwrap().iter().find(|row| row["key"] == key).map(|row| row["stat"].clone());
    assert_eq!(stat("share.mean"), Some(json!(57.5)));
    let first = all.as_array().unwrap().iter().find(|row| row["key"] == "seen.min").unwrap();
    assert_eq!(first["stat_fmt"], json!("2020-03-15"), "{first}");
}

#[test]
fn texts_of_every_kind_are_read_as_in_csv() {
    let list = std::fs::read_to_string(root().join("tests/strict/oddities.tsv")).unwrap();
    let texts: Vec<&str> = list.lines().skip(1).map(|line| line.split('\t').next().unwrap()).collect();
    let texts: Vec<&str> = texts.into_iter().filter(|text| !text.contains('|')).collect();
    for texts in texts.chunks(120) {
        let names = |of: &dyn Fn(usize) -> String| (0..texts.len()).map(of).collect::<Vec<_>>();
        let lines = [
            names(&|n| format!("weight {n} (kg)")),
            names(&|_| "70".into()),
            names(&|_| "72.5".into()),
            names(&|n| texts[n].into()),
        ];
        let mut csv = csv::Writer::from_writer(Vec::new());
        lines.iter().for_each(|line| csv.write_record(line).unwrap());
        let (_csv, by_csv) = file("series.csv", csv.into_inner().unwrap());
        let (_xlsx, by_xlsx) = sheet(|sheet| {
            for (row, line) in (0..).zip(&lines) {
                for (column, cell) in (0..).zip(line) {
                    sheet.write_string(row, column, cell).unwrap();
                }
            }
        });
        assert_eq!(listed(&by_csv, &[]), listed(&by_xlsx, &[]));
    }
}

/// The results of a run and its messages, without their places.
fn said(path: &Path, options: &[&str]) -> (Value, Vec<String>) {
    let ran = ran("summarize", path, &[&["--no-schema", "--format", "json"], options].concat());
    let results = serde_json::from_str::<Value>(&ran.stdout).map_or(Value::Null, |all| all["results"].clone());
    (results, ran.stderr.lines().filter(|line| !line.starts_with("  series.")).map(str::to_owned).collect())
}

#[test]
fn real_sheets_give_the_same_results_and_the_same_messages() {
    let header: &[&str] = &["--header-row", "2"];
    for (name, options) in [("five", &[][..]), ("clinic", &[]), ("infants", header), ("ward", &[])] {
        let text = std::fs::read_to_string(root().join(format!("examples/real-sheets/{name}.csv"))).unwrap();
        // Between semicolons a decimal comma means what it cannot mean in a workbook.
        if text.lines().next().unwrap().contains(';') {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let lines: Vec<String> =
            reader.records().map(|line| line.unwrap().iter().collect::<Vec<_>>().join("|")).collect();
        let (_csv, by_csv) = file("series.csv", &text);
        let (_xlsx, by_xlsx) = rows(&lines.join("\n"));
        let (csv, xlsx) = (said(&by_csv, options), said(&by_xlsx, options));
        assert_eq!(csv.1, xlsx.1, "{name}");
        assert!(csv.0 == xlsx.0, "{name}");
    }
}
