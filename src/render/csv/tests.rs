//! The sheet reads back as the cells of the tables.

use super::{records, render, safe};
use crate::diagnostic::sanitize;
use crate::tables::{Depth, Report, Table};
use proptest::prelude::*;

fn parsed(bytes: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(bytes);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_row_names_its_table_variable_and_row() {
    let mut first = Table::new("Cases", &["", "n/N (%)", "not reported"]);
    first.push(Depth::Variable, ["Sex".to_owned(), String::new(), "0".to_owned()]);
    first.push(Depth::Level, ["female".to_owned(), "5/5 (100%)".to_owned()]);
    first.push(Depth::Variable, ["Imaging".to_owned()]);
    first.push(Depth::Level, ["combinations".to_owned()]);
    first.push(Depth::Item, ["CT + MRI".to_owned(), "1/5 (20%)".to_owned()]);
    let mut second = Table::new("Response", &["", "row", "n/N (%)", "row", ""]);
    second.push(Depth::Variable, ["surgery", "1", "2", "3", "4"].map(str::to_owned));
    let report = Report {
        title: "t".to_owned(),
        tables: vec![first, second],
        footnotes: vec!["note".to_owned()],
        ..Report::default()
    };
    let expected = "\
table,variable,row,n/N (%),not reported,row (2),row (3),value
Cases,Sex,,,0,,,
Cases,Sex,female,5/5 (100%),,,,
Cases,Imaging,,,,,,
Cases,Imaging,combinations,,,,,
Cases,Imaging,combinations: CT + MRI,1/5 (20%),,,,
Response,surgery,,2,,1,3,4
";
    assert_eq!(String::from_utf8(render(&report, b',').unwrap()).unwrap(), expected);
    assert_eq!(String::from_utf8(render(&report, b'\t').unwrap()).unwrap(), expected.replace(',', "\t"));
}

#[test]
fn a_report_without_tables_is_a_header() {
    assert_eq!(render(&Report::default(), b',').unwrap(), b"table,variable,row\n");
}

proptest! {
    #[test]
    fn parsed_again_the_cells_are_those_written(
        texts in prop::collection::vec("[a-c=+@\",;\t\n\r -]{0,8}", 12),
        is_tab in any::<bool>(),
    ) {
        let delimiter = if is_tab { b'\t' } else { b',' };
        let written: Vec<Vec<String>> = texts.chunks(3).map(<[String]>::to_vec).collect();
        let read = parsed(&records(&written, delimiter, safe).unwrap(), delimiter);
        prop_assert_eq!(read.len(), written.len());
        for (cell, text) in read.iter().flatten().zip(written.iter().flatten()) {
            // But for the apostrophe of a formula, a cell is its text.
            let known = sanitize(text);
            prop_assert!(*cell == known || (cell.strip_prefix('\'') == Some(&known)), "{cell:?} {text:?}");
            prop_assert!(!cell.starts_with(['=', '@', '\t', '\r']), "{cell:?}");
        }
    }

    #[test]
    fn a_value_stands_under_its_heading(texts in prop::collection::vec("[a-c\", ]{0,6}", 9)) {
        let mut table = Table::new("t", &["", "x", "y"]);
        for row in texts.chunks(3) {
            table.push(Depth::Level, [row[0].clone(), row[1].clone(), row[2].clone()]);
        }
        let rows = parsed(&render(&Report { tables: vec![table], ..Report::default() }, b',').unwrap(), b',');
        for (read, row) in rows.iter().skip(1).zip(texts.chunks(3)) {
            prop_assert_eq!(&read[2..], row);
        }
    }
}
