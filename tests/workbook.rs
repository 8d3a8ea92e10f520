//! Workbooks are made here by `rust_xlsxwriter`, part by part where no program would write what is tested, and by
//! LibreOffice: `tests/files/five.ods` and `five.xls` are the report's `cases.csv`, `series.ods` and `series.xls` the
//! workbook of `examples/workbook`, converted.

mod cells;
mod damaged;
mod example;
mod sheets;
mod tables;

use crate::strict::advice;
use crate::support::{file, run, series};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::Value;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What a run printed, and how it ended.
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

/// Runs the program on a file.
pub fn ran(command: &str, path: &Path, options: &[&str]) -> Ran {
    let arguments = [&[command, path.to_str().unwrap()], options].concat();
    let output = run(&arguments);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let stderr = text(output.stderr);
    assert!(!stderr.contains("panicked"), "{stderr}");
    advice::paste(path.parent().unwrap(), &arguments, &stderr);
    Ran { stdout: text(output.stdout), stderr, code: output.status.code() }
}

/// The results of a summary.
pub fn results(path: &Path, options: &[&str]) -> Value {
    let ran = ran("summarize", path, &[options, &["--format", "json"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    serde_json::from_str::<Value>(&ran.stdout).unwrap()["results"].clone()
}

/// A workbook made by a function, in a new folder.
pub fn workbook(make: impl FnOnce(&mut Workbook)) -> (TempDir, PathBuf) {
    let mut workbook = Workbook::new();
    make(&mut workbook);
    file("series.xlsx", workbook.save_to_buffer().unwrap())
}

/// A workbook of one sheet `Patients`.
pub fn sheet(make: impl FnOnce(&mut Worksheet)) -> (TempDir, PathBuf) {
    workbook(|workbook| make(workbook.add_worksheet().set_name("Patients").unwrap()))
}

/// Writes rows of cells between bars: what is a number becomes one, but for the ids; `0.55%` is a number shown as a percentage.
pub fn write_rows(sheet: &mut Worksheet, first: u32, text: &str) {
    let percent = Format::new().set_num_format("0.00%");
    for (row, line) in (first..).zip(text.lines()) {
        for (column, cell) in (0_u16..).zip(line.split('|')) {
            let is_plain = cell.starts_with(|c: char| c.is_ascii_digit() || c == '-') && !cell.starts_with("00");
            match (cell.parse::<f64>(), cell.strip_suffix('%').and_then(|cell| cell.parse::<f64>().ok())) {
                _ if cell.is_empty() => {}
                (Ok(number), _) if is_plain => {
                    sheet.write_number(row, column, number).unwrap();
                }
                (_, Some(number)) => {
                    {
                        sheet.write_number_with_format(row, column, number / 100.0, &percent).unwrap();
                    };
                }
                _ => {
                    sheet.write_string(row, column, cell).unwrap();
                }
            }
        }
    }
}

/// A workbook of one sheet with these rows.
pub fn rows(text: &str) -> (TempDir, PathBuf) {
    sheet(|sheet| write_rows(sheet, 0, text))
}

/// A package of parts, some of which replace those of a small workbook.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let usual = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><sheets><sheet name="Patients" sheetId="1" r:id="a"/></sheets></workbook>"#
                .to_owned(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships><Relationship Id="a" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
            ),
        ),
        ("xl/sharedStrings.xml", "<sst/>".to_owned()),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let replaced = |name: &str| parts.iter().any(|(other, _)| *other == name);
    let usual = usual.iter().map(|(name, text)| (*name, text.as_str())).filter(|(name, _)| !replaced(name));
    for (name, text) in usual.chain(parts.iter().copied()) {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The XML of a sheet with these rows of cells.
pub fn sheet_xml(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

/// A row of inline texts.
pub fn text_row(number: u32, cells: &[&str]) -> String {
    let cell = |text: &&str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
    format!(r#"<row r="{number}">{}</row>"#, cells.iter().map(cell).collect::<String>())
}

#[test]
fn the_five_patients_give_the_same_results_in_every_form() {
    let csv = std::fs::read_to_string(series("cases.csv")).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    let lines: Vec<String> =
        reader.records().map(|record| record.unwrap().iter().collect::<Vec<_>>().join("|")).collect();
    assert!(lines.iter().all(|line| !line.contains('\n')));
    let (_folder, xlsx) = rows(&lines.join("\n"));
    let files = crate::support::root().join("tests/files");
    for options in [vec!["--no-schema"], vec!["--schema", "data/cutaneous-calcinosis-2021/cases.schema.json"]] {
        let expected = results(Path::new(&series("cases.csv")), &options);
        assert!(expected.as_array().unwrap().len() > 500);
        for path in [&xlsx, &files.join("five.ods"), &files.join("five.xls")] {
            assert!(results(path, &options) == expected, "{} {options:?}", path.display());
        }
    }
}
