//! What is not asked for is not read, of a large file: the numbers stay, faults of the file too, and one note says so.
//!
//! The slow twin is `--strict`, which reads every cell.

use crate::support::{file, run};
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;
use tempfile::TempDir;

const ROWS: usize = 12_000;

/// A registry of more than 1 MiB whose last cells are of another kind than the first.
fn registry(delimiter: &str) -> (TempDir, String) {
    let mut text = ["id", "age", "sex", "etiology", "sites", "crp", "grade", "treatments", "note\n"].join(delimiter);
    for row in 0..ROWS {
        let is_late = row > ROWS - 20;
        let etiology = ["idiopathic", "lupus", "myositis"][row * row % 3];
        let sites = ["knee|hip", "hip", "elbow|knee|hip", "thigh"][row % 4];
        let crp = if is_late { "not legible".to_owned() } else { format!("{}.{}", row % 40, row % 7) };
        let grade = if is_late { "severe" } else { ["1", "2"][row % 2] };
        let treatment = ["colchicine: partial", "surgery: none", "colchicine: complete"][row % 3];
        let cells = [&format!("P{row}"), &(row % 80).to_string(), ["F", "M"][row % 2], etiology, sites];
        let more = [&crp, grade, treatment, "a note that is long enough to make the file as large as it has to be"];
        writeln!(text, "{}", [&cells[..], &more].concat().join(delimiter)).unwrap();
    }
    assert!(text.len() > 1 << 20);
    let (folder, path) = file("registry.csv", text);
    (folder, path.to_string_lossy().into_owned())
}

/// Exit code, standard output and standard error.
fn told(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = run(arguments);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const NOTE: &str = "were not read, because nothing was asked of them";

#[test]
fn one_number_is_the_same_whether_the_other_columns_are_read_or_not() {
    let (_folder, path) = registry(",");
    for selectors in [
        &["age.mean"][..],
        &["cases"],
        &["crp.median", "crp.N_unreadable"],
        &["age.mean | etiology = 'lupus'", "cases | crp > 10"],
        &["sites[hip].p", "grade.N"],
        &["--where", "sex = 'F' and age > 10", "etiology[lupus].n"],
        &["etiology"],
    ] {
        let (_, number, said) = told(&[&["get", &path], selectors].concat());
        let (_, all, all_said) = told(&[&["get", &path, "--strict"], selectors].concat());
        assert_eq!(number, all, "{selectors:?}");
        assert!(said.contains(NOTE) && !all_said.contains(NOTE), "{selectors:?}: {said}");
    }
    let (code, _, said) = told(&["get", &path, "age.mean"]);
    assert_eq!(code, Some(0));
    for name in ["etiology", "sites", "crp", "grade", "treatments", "note"] {
        assert!(said.contains(name), "{name} in {said}");
    }
    assert!(!said.contains("not legible"), "{said}");
    assert!(told(&["get", &path, "crp.mean"]).2.contains("not legible"));
}

#[test]
fn a_selector_that_needs_more_reads_all() {
    let (_folder, path) = registry(",");
    for selectors in [&["best_response.n_responders"][..], &["treatments.N_obs"], &["cells.N_miss"], &["--list"]] {
        let (_, found, said) = told(&[&["get", &path], selectors].concat());
        assert_eq!(found, told(&[&["get", &path, "--strict"], selectors].concat()).1, "{selectors:?}");
        assert!(!said.contains(NOTE), "{selectors:?}: {said}");
    }
}

#[test]
fn an_unknown_selector_is_answered_with_the_names_of_all_columns() {
    let (_folder, path) = registry(",");
    for selector in ["age.maen", "crpp.mean", "etiology[lupu].n"] {
        let [found, all] = [&[][..], &["--strict"]].map(|more| told(&[&["get", &path, selector], more].concat()));
        assert_eq!((found.0, &found.2), (Some(2), &all.2), "{selector}");
    }
}

/// The results of a summary.
fn results(arguments: &[&str]) -> Value {
    let (_, stdout, stderr) = told(&[&["summarize", "--format", "json"], arguments].concat());
    let summary: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stderr}"));
    let told = (summary["findings"].to_string(), stderr);
    let is_strict = arguments.contains(&"--strict");
    assert_eq!((told.0.contains(NOTE), told.1.contains(NOTE)), (!is_strict, !is_strict), "{arguments:?}");
    summary["results"].clone()
}

#[test]
fn a_table_of_some_variables_is_the_same_whether_the_others_are_read_or_not() {
    let (_folder, path) = registry(",");
    for arguments in [
        &["--vars", "age,crp"][..],
        &["--vars", "grade"],
        &["--vars", "sites", "--by", "etiology", "--tests"],
        &["--vars", "crp", "--where", "etiology = 'lupus' or has(sites, 'knee')"],
        &["--vars", "age", "--by", "sex,etiology", "--threads", "2"],
    ] {
        let of_some = results(&[&[path.as_str()], arguments].concat());
        assert!(of_some.as_array().unwrap().len() > 5, "{arguments:?}");
        assert_eq!(of_some, results(&[&[path.as_str(), "--strict"], arguments].concat()), "{arguments:?}");
    }
}

#[test]
fn nothing_is_left_out_where_it_could_hide_something() {
    let (_folder, path) = registry(",");
    let (_of_semicolons, semicolons) = registry(";");
    let summary = ["summarize", "--vars", "age"];
    for arguments in [
        &["summarize", &path, "--vars", "age", "--deidentify"][..],
        &["summarize", &path, "--vars", "age", "--suppress-below", "5"],
        &["summarize", &path],
        &["summarize", &path, "--vars", "treatments"],
        &["summarize", &path, "--vars", "AGE"],
        // The commas of one column tell what the points of another mean.
        &["get", &semicolons, "age.mean"],
        &[&summary[..], &[&semicolons]].concat(),
    ] {
        let (code, _, said) = told(arguments);
        assert!(code == Some(0) && !said.contains(NOTE), "{arguments:?}: {said}");
    }
}

#[test]
fn faults_of_the_file_are_found_in_columns_that_nobody_asked_for() {
    let (_folder, path) = registry(",");
    let text = std::fs::read_to_string(&path).unwrap();
    let last = text.lines().last().unwrap();
    for (fault, id) in [
        (text.clone() + last + "\n", "duplicate"),
        (text.clone() + "P1a,4,F,lupus,hip,3,1,surgery: none\n", "this row has 8 cells"),
        (text.clone() + "P1a,4,F,lupus,hip,3,1,surgery: none,\"open\n", "never closed"),
        (text + "P1a,4,F,lupus,hip,3,1,surgery: none,\"a\"b\n", "text after the closing quote"),
    ] {
        std::fs::write(Path::new(&path), fault).unwrap();
        let (code, _, said) = told(&["get", &path, "age.mean"]);
        assert!(code == Some(2) && said.to_lowercase().contains(id), "{id}: {said}");
    }
}

#[test]
fn the_columns_of_a_derived_variable_are_read() {
    let (_folder, path) = registry(",");
    let options = ["--derive", "twice = crp * 2"];
    let (_, found, said) = told(&[&["get", &path, "twice.N_miss"], &options[..]].concat());
    let (_, strict, of_all) = told(&[&["get", &path, "twice.N_miss", "--strict"], &options[..]].concat());
    assert_eq!(found, strict);
    assert!(said.contains("unreadable-cell") && of_all.contains("unreadable-cell"), "{said}");
}
