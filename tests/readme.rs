//! The commands of the README and of pages of the examples give what the pages show. A line of `...` stands for any lines.

use crate::support::root;
use std::process::Command;

struct Step {
    command: String,
    expected: Vec<String>,
}

/// The commands in the `console` blocks of a page, each with the lines below it.
fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match line.trim_end() {
            "```console" => inside = true,
            "```" => inside = false,
            line if inside && line.starts_with("$ ") => {
                steps.push(Step { command: line[2..].to_owned(), expected: Vec::new() });
            }
            line if inside => steps.last_mut().expect("a command first").expected.push(line.to_owned()),
            _ => {}
        }
    }
    steps
}

/// True where the lines are those expected; `...` stands for any number of lines.
fn fits(expected: &[String], got: &[&str]) -> bool {
    match expected.split_first() {
        None => got.is_empty(),
        Some((first, rest)) if first == "..." => (0..=got.len()).any(|skip| fits(rest, &got[skip..])),
        Some((first, rest)) => got.split_first().is_some_and(|(line, more)| line == first && fits(rest, more)),
    }
}

/// The pages whose commands are run, with the least number of them.
const PAGES: [(&str, usize); 16] = [
    ("README.md", 5),
    ("examples/contributing.md", 1),
    ("examples/real-sheets/README.md", 9),
    ("examples/which-convention.md", 1),
    ("examples/manuscript/README.md", 2),
    ("examples/check-a-report/README.md", 2),
    ("examples/workbook/README.md", 3),
    ("examples/three-sheets/README.md", 2),
    ("examples/tables.md", 1),
    ("examples/help/cells.md", 1),
    ("examples/help/treatments.md", 3),
    ("examples/help/filters.md", 2),
    ("examples/help/selectors.md", 4),
    ("examples/help/schema.md", 1),
    ("examples/help/conventions.md", 1),
    ("examples/help/files.md", 1),
];

#[test]
fn commands_of_the_pages_print_what_they_show() {
    let mut steps = Vec::new();
    for (name, least) in PAGES {
        let before = steps.len();
        steps.extend(self::steps(&std::fs::read_to_string(root().join(name)).unwrap()));
        assert!(steps.len() - before >= least, "{name} shows commands");
    }
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_calc-series")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let has_jq = Command::new("jq").arg("--version").output().is_ok_and(|o| o.status.success());
    for step in steps {
        if step.command.contains("jq ") && !has_jq {
            println!("jq is not installed: not run: {}", step.command);
            continue;
        }
        let output = Command::new("sh")
            .arg("-c")
            .arg(format!("{{ {} ; }} 2>&1", step.command))
            .current_dir(root())
            .env("PATH", &path)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        // Where only standard output is of interest, the README leaves the findings out.
        let shows_findings = step.expected.iter().any(|line| line.contains('['));
        let lines: Vec<&str> = if shows_findings { text.lines().collect() } else { without_findings(&text) };
        assert!(fits(&step.expected, &lines), "{}\nprints\n{text}", step.command);
    }
}

/// The lines from the first that is neither a finding nor indented below one.
fn without_findings(text: &str) -> Vec<&str> {
    let is_finding = |line: &&str| line.starts_with("warning[") || line.starts_with("note[") || line.starts_with("  ");
    text.lines().skip_while(is_finding).collect()
}

#[test]
fn the_two_first_commands_open_the_readme() {
    let page = std::fs::read_to_string(root().join("README.md")).unwrap();
    let first: Vec<&str> = page.lines().skip_while(|line| *line != "```sh").skip(1).take(2).collect();
    assert_eq!(first, ["cargo run --release -- summarize data/cutaneous-calcinosis-2021/cases.csv", "cargo test"]);
    assert!(page.lines().count() <= 300);
}
