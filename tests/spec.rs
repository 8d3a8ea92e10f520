//! A table in a file: `--write-spec` writes the options of a table, `--spec` makes the same table of them.

use crate::support::{file, run, stdout};

const SERIES: &str = "data/cutaneous-calcinosis-2021/cases.csv";
const OPTIONS: [&str; 12] = [
    "--by",
    "etiology",
    "--tests",
    "--title",
    "Cases \"by\" etiology",
    "--stat",
    "age={mean} ({sd})",
    "--stat",
    "number={median}",
    "--marks",
    "*",
    "--language=de",
];

#[test]
fn a_table_is_made_again_from_the_options_that_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("table1.toml").to_string_lossy().into_owned();
    let asked = [&["summarize", SERIES, "--format", "html"] as &[&str], &OPTIONS].concat();
    let first = stdout(&[&asked, &["--write-spec", &spec] as &[&str]].concat());
    assert_eq!(first, stdout(&["summarize", SERIES, "--format", "html", "--spec", &spec]));
    let written = std::fs::read_to_string(&spec).unwrap();
    assert!(written.contains("stat = [\"age={mean} ({sd})\", \"number={median}\"]\n"), "{written}");
    assert!(written.contains("tests = true\n") && written.contains("marks = \"*\"\n"), "{written}");
}

#[test]
fn the_command_line_overrides_the_file_and_says_so() {
    let (_folder, spec) = file("table1.toml", "title = \"From the file\"\nmarks = \"*\"\n");
    let spec = spec.to_string_lossy().into_owned();
    let output = run(&["summarize", SERIES, "--format", "html", "--title", "Asked", "--spec", &spec]);
    let (page, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(page.contains("Table 1. Asked") && !page.contains("From the file"), "{page}");
    assert!(said.contains("note[spec-overridden]: --title of the command line overrides"), "{said}");
}

#[test]
fn what_is_no_option_of_a_table_is_refused() {
    for (text, message, help) in [
        ("titel = \"a\"", "'titel' is not an option of a table", "did you mean title?"),
        ("output = \"a\"", "'output' is not an option of a table", "possible keys: by, "),
        ("marks = \"aa\"", "'aa' is not a valid kind of marks (--marks)", "did you mean 'a'?"),
        ("by = 2020-01-01", "the value of 'by' cannot be an option", "write by = \"text\""),
        ("by = [", "is not valid TOML", "write one option a line"),
    ] {
        let (_folder, spec) = file("table1.toml", text);
        let output = run(&["summarize", SERIES, "--spec", &spec.to_string_lossy()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(message) && said.contains(help), "{said}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
    }
}
