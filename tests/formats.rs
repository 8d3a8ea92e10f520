//! Every format of one run: each as it is alone, well-formed, with nothing of the data as markup.

mod ard;
mod markup;
mod word;
mod workbooks;

use crate::support::{file, root, run, stdout, summary};
use serde_json::Value;
use std::path::Path;

const SERIES: &str = "data/cutaneous-calcinosis-2021/cases.csv";
/// Format, ending.
const FORMATS: [(&str, &str); 10] = [
    ("text", "txt"),
    ("json", "json"),
    ("jsonl", "jsonl"),
    ("csv", "csv"),
    ("tsv", "tsv"),
    ("markdown", "md"),
    ("html", "html"),
    ("latex", "tex"),
    ("ard", "ard.csv"),
    ("ard-jsonl", "ard.jsonl"),
];

/// Levels that would be markup, formulas or commands.
const HOSTILE: &str = "case_id,age,sign,sites\n\
    P1,6,<script>alert(1)</script>日本,a|b\n\
    P2,7,=1+1,\\input{x};knee\n\
    P3,8,@SUM(A1) & \"q\" 'r',*b*;_c_;`d`\n\
    P4,9,# head,100%;$x$;~\n\
    P5,10,\u{202e}evil\u{9b},[x](z)\n\
    P6,11,-2,{};^\n";

fn path_in(folder: &Path, name: &str) -> String {
    folder.join(name).to_string_lossy().into_owned()
}

#[test]
fn all_formats_of_one_run_are_those_of_a_run_each() {
    let folder = tempfile::tempdir().unwrap();
    let paths = FORMATS.map(|(_, ending)| path_in(folder.path(), &format!("out.{ending}")));
    let mut arguments = vec!["summarize", SERIES];
    arguments.extend(paths.iter().flat_map(|path| ["-o", path]));
    let output = run(&arguments);
    assert!(output.status.success() && output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    for ((format, _), path) in FORMATS.iter().zip(&paths) {
        let written = std::fs::read_to_string(path).unwrap();
        assert!(written.len() > 1000 && written.ends_with('\n'), "{format}");
        assert!(
            written == stdout(&["summarize", SERIES, "--format", format]),
            "{format} differs from a run of its own"
        );
    }
}

#[test]
fn lines_are_the_results_of_the_object() {
    let lines: Vec<Value> =
        stdout(&["summarize", SERIES, "--format", "jsonl"]).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(Value::from(lines), summary(&[SERIES])["results"]);
}

#[test]
fn a_wrong_format_or_ending_is_answered_with_a_right_one() {
    for (arguments, parts) in [
        (["--format", "mardown"], ["did you mean 'markdown'?", "latex, docx, xlsx, ard"]),
        (["--format", "latx"], ["did you mean 'latex'?", "text, json"]),
        (["-o", "table.dotx"], ["unknown output extension: 'table.dotx'", ".md, .html"]),
        (["-o", "table.pdf"], ["no PDF is written: 'table.pdf'", "use -o table.docx, open it and print it"]),
    ] {
        let output = run(&[&["summarize", SERIES], arguments.as_slice()].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        assert!(!root().join("table.dotx").exists() && !root().join("table.pdf").exists());
    }
}

#[test]
fn standard_output_is_one_of_several() {
    let (_folder, path) = file("t.html", "before");
    let both = run(&["summarize", SERIES, "-o", &path.to_string_lossy(), "-o", "-", "--format", "tsv"]);
    assert_eq!(String::from_utf8(both.stdout).unwrap(), stdout(&["summarize", SERIES, "--format", "tsv"]));
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("<!DOCTYPE html>"));
}

#[test]
fn sheets_are_rectangular_and_hold_no_formula() {
    let (_folder, path) = file("cases.csv", HOSTILE);
    for (format, delimiter) in [("csv", b','), ("tsv", b'\t'), ("ard", b',')] {
        let text = stdout(&["summarize", &path.to_string_lossy(), "--kind", "sign=category", "--format", format]);
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(rows.len() > 20);
        let formula = |cell: &str| cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
        assert!(!rows.iter().flatten().any(formula), "{text}");
        assert!(rows.iter().flatten().any(|cell| cell == "'=1+1"), "{text}");
        assert!(rows.iter().flatten().any(|cell| cell == "-2"), "{text}");
        assert!(!text.contains('\u{feff}') && !text.contains('\u{202e}') && !text.contains('\u{9b}'));
    }
}
