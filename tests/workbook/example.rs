//! The workbooks of the examples, cell by cell. `CALC_SERIES_BLESS=1 cargo test` writes them anew.

use super::write_rows;
use crate::support::root;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, Formula, Workbook};

const ABOUT: &str = "Calcinosis in our clinic, 2019 to 2021\nThe sheet Patients has one row a patient; the patients are invented.\nQuestions to the registrar.";
const PATIENTS: &str = "\
Table 1. Our patients

||||First visit||Month 6|
Pat. no|Age/Sex|Sites|Onset|CRP (mg/L)|Cover|CRP (mg/L)|Cover
1|12/F|knee; elbow||12.5|5%|3|2.5%
2|9/M|knee||<5|1%||
3|45/F|hip; thigh||160|20%|40|8%

4|6/F|elbow||7|0.5%|<5|0.5%
5|30/M|elbow; forearm||8|3%|n.d.|3%

Sites as seen by the first author; cover is the share of the skin.";
const CODEBOOK: &str = "Column|Meaning\nPat. no|number of the patient\nAge/Sex|age in years and sex\nSites|all sites at the first visit\nOnset|first symptom\nCRP (mg/L)|C-reactive protein\nCover|share of the skin";

const CASES: &str =
    "case_id|age|sex|etiology\nP1|6|F|dermatomyositis\nP2|9|M|idiopathic\nP3|12|F|dermatomyositis\nP4|7|M|idiopathic";
const TREATMENTS: &str = "\
case_id|drug|dose|start|stop|response
P1|prednisone|20 mg/day|@43472|@43738|
P1|methotrexate|15 mg/week|@43528||partial
P2|colchicine|1 mg/day|@43864|@44074|none
P2|surgical excision||@44088|@44088|complete
P3|prednisone|30 mg/day|@44319|@44347|
P3|prednisone|10 mg/day|@44348||improved";
const LABS: &str = "\
case_id|test|value|unit|date
P1|CRP|12.5|mg/L|@43467
P1|CRP|48|mg/L|@43497
P1|CRP|<5|mg/L|@43800
P2|CRP|7|mg/L|@43850
P3|CRP|160|mg/L|@44316
P3|CRP|40|mg/L|@44377
P1|CK|750|U/L|@43467
P3|CK|1950|U/L|@44316";

/// Writes rows of cells; `@43472` is a day.
fn write_days(sheet: &mut rust_xlsxwriter::Worksheet, text: &str) {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let without = |line: &str| {
        line.split('|').map(|cell| if cell.starts_with('@') { "" } else { cell }).collect::<Vec<_>>().join("|")
    };
    write_rows(sheet, 0, &text.lines().map(without).collect::<Vec<_>>().join("\n"));
    for (row, line) in (0..).zip(text.lines()) {
        for (column, cell) in (0..).zip(line.split('|')) {
            if let Some(number) = cell.strip_prefix('@') {
                sheet.write_number_with_format(row, column, number.parse::<f64>().unwrap(), &day).unwrap();
            }
        }
    }
}

/// The workbook of `examples/three-sheets`.
fn three_sheets() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2021, 6, 1).unwrap();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for (name, text) in [("Patients", CASES), ("Treatments", TREATMENTS), ("Labs", LABS)] {
        write_days(workbook.add_worksheet().set_name(name).unwrap(), text);
    }
    workbook.save_to_buffer().unwrap()
}

fn bytes() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2021, 6, 1).unwrap();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    write_rows(workbook.add_worksheet().set_name("About").unwrap(), 0, ABOUT);
    let sheet = workbook.add_worksheet().set_name("Patients").unwrap();
    write_rows(sheet, 0, PATIENTS);
    let (plain, day, month) =
        (Format::new(), Format::new().set_num_format("dd.mm.yyyy"), Format::new().set_num_format("mmm-yy"));
    sheet.merge_range(2, 4, 2, 5, "First visit", &plain).unwrap();
    sheet.merge_range(2, 6, 2, 7, "Month 6", &plain).unwrap();
    for (row, serial, format) in
        [(4, 43_617.0, &day), (5, 43_800.0, &month), (6, 43_905.0, &day), (8, 44_002.0, &day), (9, 44_197.0, &month)]
    {
        sheet.write_number_with_format(row, 3, serial, format).unwrap();
    }
    sheet.write_formula(8, 4, Formula::new("=6+1").set_result("7")).unwrap();
    sheet.write_string_with_format(6, 1, "45/F", &Format::new().set_background_color(Color::Yellow)).unwrap();
    sheet.set_row_hidden(5).unwrap();
    write_rows(workbook.add_worksheet().set_name("Codebook").unwrap(), 0, CODEBOOK);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn the_example_means_the_same_in_the_three_formats() {
    let said = |path: &std::path::Path| {
        let ran = super::ran("summarize", path, &["--last-row", "10"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let name = path.file_name().unwrap().to_str().unwrap();
        (super::results(path, &["--last-row", "10"]), ran.stderr.replace(name, "series"))
    };
    let expected = said(&root().join("examples/workbook/series.xlsx"));
    for name in ["series.ods", "series.xls"] {
        let found = said(&root().join("tests/files").join(name));
        assert_eq!(found.1, expected.1, "{name}");
        assert!(found.0 == expected.0, "{name}");
    }
}

#[test]
fn the_examples_are_the_workbooks_that_are_described_here() {
    for (folder, bytes) in [("workbook", bytes()), ("three-sheets", three_sheets())] {
        let path = root().join("examples").join(folder).join("series.xlsx");
        if std::env::var_os("CALC_SERIES_BLESS").is_some() {
            std::fs::write(&path, &bytes).unwrap();
        }
        assert!(std::fs::read(&path).unwrap() == bytes, "examples/{folder}/series.xlsx is another workbook");
    }
}
