//! Whole outputs, byte for byte. `CALC_SERIES_BLESS=1 cargo test` writes them anew: read the
//! difference before you commit it.

use crate::support::{root, run};

/// File below `tests/golden`, arguments.
const GOLDEN: [(&str, &[&str]); 27] = [
    ("cases.txt", &["cases", "data/cutaneous-calcinosis-2021/cases.csv", "--width", "120"]),
    ("cases.md", &["cases", "--example", "--format", "markdown"]),
    ("cases.csv", &["cases", "data/cutaneous-calcinosis-2021/cases.csv", "--format", "csv"]),
    ("cases.json", &["cases", "--example", "--format", "json", "--columns", "all", "--details"]),
    ("summary.txt", &["summarize", "data/cutaneous-calcinosis-2021/cases.csv", "--width", "80"]),
    ("summary-unlimited.txt", &["summarize", "--example"]),
    ("summary-like.txt", &["summarize", "--example", "--like", "gtsummary"]),
    ("summary.json", &["summarize", "data/cutaneous-calcinosis-2021/cases.csv", "--format", "json"]),
    ("summary.csv", &["summarize", "data/cutaneous-calcinosis-2021/cases.csv", "--format", "csv"]),
    ("summary.tsv", &["summarize", "data/cutaneous-calcinosis-2021/cases.csv", "--format", "tsv"]),
    ("summary.md", &["summarize", "data/cutaneous-calcinosis-2021/cases.csv", "--format", "markdown"]),
    ("summary.html", &["summarize", "data/cutaneous-calcinosis-2021/cases.csv", "--format", "html"]),
    ("summary.tex", &["summarize", "data/cutaneous-calcinosis-2021/cases.csv", "--format", "latex"]),
    ("summary.jsonl", &["summarize", "data/cutaneous-calcinosis-2021/cases.csv", "--format", "jsonl"]),
    ("summary.ard.csv", &["summarize", "data/cutaneous-calcinosis-2021/cases.csv", "--format", "ard"]),
    ("summary.ard.jsonl", &["summarize", "data/cutaneous-calcinosis-2021/cases.csv", "--format", "ard-jsonl"]),
    (
        "survival.txt",
        &[
            "summarize",
            "tests/files/aml.csv",
            "--time",
            "time",
            "--event",
            "relapse = 'yes'",
            "--times",
            "12,24",
            "--by",
            "arm",
            "--tests",
            "--width",
            "110",
        ],
    ),
    (
        "survival.ard.csv",
        &[
            "summarize",
            "tests/files/aml.csv",
            "--time",
            "time",
            "--event",
            "relapse = 'yes'",
            "--times",
            "12",
            "--format",
            "ard",
        ],
    ),
    ("audit.txt", &["check", "--example", "--width", "100"]),
    ("audit.md", &["check", "--example", "--format", "markdown"]),
    ("audit.json", &["check", "--example", "--format", "json"]),
    ("audit-arithmetic.txt", &["check", "tests/check/controls.toml"]),
    ("scan.txt", &["scan", "tests/files/manuscript.md", "--all", "--width", "100"]),
    ("scan.json", &["scan", "tests/files/manuscript.md", "--json"]),
    ("scan.sarif", &["scan", "tests/files/manuscript.md", "--format", "sarif"]),
    ("schema.json", &["schema", "data/cutaneous-calcinosis-2021/cases.csv"]),
    ("schema-inferred.json", &["schema", "data/cutaneous-calcinosis-2021/cases.csv", "--no-schema"]),
];

#[test]
fn outputs_are_those_of_the_golden_files() {
    for (name, arguments) in GOLDEN {
        let output = run(arguments);
        // An audit or a scan that finds a contradiction says so with its exit code.
        let is_done =
            output.status.success() || output.status.code() == Some(1) && ["check", "scan"].contains(&arguments[0]);
        assert!(is_done, "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        compare(name, &output.stdout);
    }
}

#[test]
fn findings_are_those_of_the_golden_file() {
    let output = run(&["summarize", "data/cutaneous-calcinosis-2021/cases.csv"]);
    compare("summary.stderr", &output.stderr);
}

pub fn compare(name: &str, got: &[u8]) {
    let path = root().join("tests/golden").join(name);
    if std::env::var_os("CALC_SERIES_BLESS").is_some() {
        std::fs::write(&path, got).expect("the golden file is written");
    }
    let expected = std::fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    assert!(!expected.is_empty(), "{name} is empty");
    if expected != got {
        let (expected, got) = (String::from_utf8_lossy(&expected), String::from_utf8_lossy(got));
        let line = expected
            .lines()
            .zip(got.lines())
            .position(|(a, b)| a != b)
            .unwrap_or(expected.lines().count().min(got.lines().count()));
        let at = |text: &str| text.lines().nth(line).unwrap_or("(end)").to_owned();
        panic!("{name} differs at line {}:\n  expected {}\n  got      {}", line + 1, at(&expected), at(&got));
    }
}
