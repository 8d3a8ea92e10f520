//! Runs the built program and reads what it prints.

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The root of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the report's series.
pub fn series(name: &str) -> String {
    root().join("data/cutaneous-calcinosis-2021").join(name).to_string_lossy().into_owned()
}

/// Runs the program with these arguments in the root of the project.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_calc-series"))
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

/// Runs the program with a text on standard input.
pub fn run_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_calc-series"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input).expect("the program reads");
    child.wait_with_output().expect("the program ends")
}

/// What a successful run prints.
pub fn stdout(arguments: &[&str]) -> String {
    let output = run(arguments);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?} failed: {stderr}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The JSON object of a summary.
pub fn summary(arguments: &[&str]) -> Value {
    let arguments = [&["summarize"], arguments, &["--format", "json"]].concat();
    serde_json::from_str(&stdout(&arguments)).expect("JSON")
}

/// The row of a key.
pub fn row<'a>(summary: &'a Value, key: &str) -> &'a Value {
    let rows = summary["results"].as_array().expect("results");
    rows.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("no row {key}"))
}

/// A file with this content in a new folder; the folder goes when the guard is dropped.
pub fn file(name: &str, content: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a file");
    (folder, path)
}

/// The catalogue of findings: title, paragraph and number of each, by id.
pub fn catalogue() -> std::collections::BTreeMap<String, toml::Table> {
    let text = std::fs::read_to_string(root().join("src/diagnostic/catalogue.toml")).expect("the catalogue");
    toml::from_str(&text).expect("TOML")
}

/// The parts of an archive, such as a document or a workbook, by name.
pub fn parts(archive: &[u8]) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("an archive");
    let count = archive.len();
    let part = |number: usize| {
        let mut part = archive.by_index(number).expect("a part");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).expect("bytes");
        (part.name().expect("a name").into_owned(), bytes)
    };
    (0..count).map(part).collect()
}
