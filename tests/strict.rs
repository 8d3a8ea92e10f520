//! Strictness: what is refused, what is warned of, where, and that the remedy works on the same file.
//!
//! One bullet of the rules a test; each runs the built program on a small file and compares the
//! exit code and the lines on standard error, with file, physical line, column and value.

pub mod advice;
mod agents_and_lists;
mod authors;
mod best_response;
mod bounded;
mod case_id;
mod catalogue;
mod cells;
mod changing;
mod dates;
mod doubts;
mod ended;
mod files;
mod headers;
mod hostile_output;
mod identifiers;
mod identity;
mod ids;
mod in_column;
mod invariance;
mod json_input;
mod kinds;
mod likely_totals;
mod meant;
mod no_panic;
mod notations;
mod number_in_columns;
mod numbered_lines;
mod oddities;
mod one_hot;
mod one_meaning;
mod pooled;
mod quantities;
mod records;
mod settled;
mod sheets;
mod splits;
mod sweep;
mod terminal;
mod treated;
mod typed;
mod undeclared;
mod units;
mod unsaid;
mod unusual_files;
mod words;

use crate::support;
use serde_json::Value;
use std::path::Path;
use std::process::Output;

/// What a run on one or more small files printed.
struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// Runs `summarize` on files of a new folder.
fn run_files(files: &[(&str, &[u8])], options: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).expect("a file");
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let arguments = [&["summarize"], names.as_slice(), options].concat();
    let ran = run_in(folder.path(), &arguments);
    advice::paste(folder.path(), &arguments, &ran.stderr);
    ran
}

/// Runs the program in a folder.
fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_calc-series"));
    let command = command.args(arguments).current_dir(folder).stdin(std::process::Stdio::null());
    command.output().expect("the program starts").into()
}

fn run(content: impl AsRef<[u8]>, options: &[&str]) -> Ran {
    run_files(&[("cases.csv", content.as_ref())], options)
}

/// The file is refused: exit code 2, nothing on standard output, these lines on standard error.
#[track_caller]
fn refused(content: impl AsRef<[u8]>, options: &[&str], lines: &[&str]) -> String {
    let ran = run(content, options);
    says(&ran, 2, lines);
    assert_eq!(ran.stdout, "");
    ran.stderr
}

/// The file is read with a finding that says these lines; the summary is returned.
#[track_caller]
fn noted(content: impl AsRef<[u8]>, options: &[&str], lines: &[&str]) -> Value {
    let ran = run(content, &[options, &["--format", "json"]].concat());
    says(&ran, 0, lines);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

/// The file is read with a warning, which is in the JSON too and fails a run with `--strict`.
#[track_caller]
fn warned(content: impl AsRef<[u8]>, options: &[&str], lines: &[&str]) -> Value {
    let summary = noted(&content, options, lines);
    let id = lines[0].strip_prefix("warning[").and_then(|rest| rest.split(']').next()).expect("a warning");
    assert!(findings(&summary).contains(&id), "{id} is not in the JSON");
    assert_eq!(run(&content, &[options, &["--strict"]].concat()).code, Some(1), "--strict");
    summary
}

/// The file is read, and there is nothing to warn of.
#[track_caller]
fn accepted(content: impl AsRef<[u8]>, options: &[&str]) -> Value {
    let ran = run(content, &[options, &["--format", "json", "--strict"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

/// Fails unless the run ended with this code and printed these lines, one under the other.
#[track_caller]
fn says(ran: &Ran, code: i32, lines: &[&str]) {
    let wanted = lines.join("\n");
    assert!(ran.stderr.contains(&wanted), "wanted:\n{wanted}\nfound:\n{}", ran.stderr);
    assert_eq!(ran.code, Some(code), "{}", ran.stderr);
}

fn findings(summary: &Value) -> Vec<&str> {
    summary["findings"].as_array().expect("findings").iter().filter_map(|finding| finding["id"].as_str()).collect()
}

fn stat<'a>(summary: &'a Value, key: &str) -> &'a Value {
    &support::row(summary, key)["stat"]
}
