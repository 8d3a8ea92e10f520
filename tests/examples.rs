//! Every file of `examples/` is run, or its transcript is compared.

use crate::support::{root, series, summary};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// The example program, as it is compiled for `cargo run --example library`.
#[expect(dead_code, reason = "its main is for `cargo run --example`")]
#[path = "../examples/library.rs"]
mod library;

/// Relative difference of a double that R or a calculator would not print.
const ULPS: f64 = 1e-13;

fn example(name: &str) -> String {
    std::fs::read_to_string(root().join("examples").join(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// The key and the value of every row of the file worked by hand.
fn worked_by_hand() -> Vec<(String, String)> {
    let text = example("hand-worked/expected.csv");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let rows = rows.records().map(|row| row.expect("two cells"));
    rows.map(|row| (row[0].to_owned(), row[1].to_owned())).collect()
}

/// A result as `expected.csv` writes it: a number, a date, a bound, or `NE: reason`.
fn agrees(row: &Value, expected: &str) -> bool {
    let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    if let Some(stat) = row["stat"].as_f64() {
        let wanted: f64 = expected.parse().unwrap_or(f64::NAN);
        let integer = !expected.contains('.');
        return if integer { stat == wanted } else { (stat - wanted).abs() <= ULPS * wanted.abs() };
    }
    if let Some(bound) = row.get("bound") {
        let value = expected.strip_prefix(bound["op"].as_str().unwrap_or_default()).and_then(|v| v.parse().ok());
        return bound["value"].as_f64() == value && row["reason"] == "censored";
    }
    if row.get("date").is_some() { text("date") == expected } else { format!("NE: {}", text("reason")) == expected }
}

#[test]
fn the_series_worked_by_hand_agrees_key_by_key() {
    let summary = summary(&["examples/hand-worked/cases.csv"]);
    let rows = summary["results"].as_array().expect("results");
    let by_hand = worked_by_hand();
    let keys: Vec<&str> = rows.iter().map(|row| row["key"].as_str().expect("a key")).collect();
    let keys_by_hand: Vec<&str> = by_hand.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, keys_by_hand, "the keys, in the order of the tables");
    assert!(keys.len() > 300, "{} keys", keys.len());
    for (row, (key, expected)) in rows.iter().zip(&by_hand) {
        assert!(agrees(row, expected), "{key}: by hand {expected}, computed {row}");
    }
}

#[test]
fn the_page_worked_by_hand_derives_every_value_that_is_no_whole_number() {
    let page = example("hand-worked/README.md");
    let absent = |text: &str| !page.contains(text);
    for (key, value) in worked_by_hand() {
        let Ok(number) = value.parse::<f64>() else { continue };
        let rounded = format!("{number:.6}");
        let short = rounded.trim_end_matches('0').trim_end_matches('.');
        assert!(!absent(short), "{key} = {value} is not on the page as {rounded}");
    }
}

#[test]
fn the_library_example_prints_what_the_program_computes() {
    let text = library::report(&series("cases.csv")).expect("the series is read");
    let expected = "5 cases, 0 warnings\n\
                    age.mean = 5.90 (5.9)\n\
                    age.sd = 2.70 (2.701851217221259)\n\
                    sex[female].p = 100 (1)\n\
                    followup.mean = NE (1 of 1 values is censored)\n\
                    followup.median = >=30\n\
                    best_response.p(confirmed/treated) = 60 (0.6)\n";
    assert_eq!(text, expected);
    let refused = library::report("no-such-file.csv").expect_err("there is no such file");
    assert!(refused.to_string().contains("no-such-file.csv"), "{refused}");
}

/// True where a program is installed.
fn is_installed(program: &str) -> bool {
    Command::new(program).arg("--version").stdin(Stdio::null()).output().is_ok_and(|run| run.status.success())
}

/// Runs a command line of `sh` with the built program on the path; what it prints.
fn shell(line: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_calc-series"));
    let mut path = vec![program.parent().expect("a folder").to_path_buf()];
    path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", std::env::join_paths(path).expect("a path"))
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .expect("sh starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}\n{stderr}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The commands of a page and what stands below each of them.
fn transcript(page: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    let mut in_console = false;
    for line in page.lines() {
        match (line, in_console) {
            ("```console", _) => in_console = true,
            ("```", _) => in_console = false,
            (line, true) => match (line.strip_prefix("$ "), commands.last_mut()) {
                (Some(command), _) => commands.push((command.to_owned(), String::new())),
                (None, Some((_, output))) => *output += &format!("{line}\n"),
                (None, None) => panic!("output before the first command: {line}"),
            },
            _ => {}
        }
    }
    commands
}

/// The commands in the `sh` blocks of a page.
fn commands(page: &str) -> Vec<&str> {
    let blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).collect()
}

/// The commands of the page for authors run one after another in the folder of the example, and write their files.
#[test]
fn the_page_of_tables_writes_the_files_it_names() {
    let page = example("tables.md");
    let commands = commands(&page);
    assert!(commands.len() >= 10, "{commands:?}");
    let folder = tempfile::tempdir().expect("a folder");
    shell("calc-series example my-series", folder.path());
    let series = folder.path().join("my-series");
    std::fs::copy(root().join("examples/manuscript/abstract.docx"), series.join("abstract.docx")).expect("a copy");
    for command in commands {
        let written = command.split(" -o ").skip(1).filter_map(|rest| rest.split(' ').next());
        let written: Vec<_> = written.map(|name| series.join(name)).collect();
        written.iter().filter(|path| path.exists()).for_each(|path| std::fs::remove_file(path).expect("removed"));
        shell(command, &series);
        for path in written {
            let bytes = std::fs::read(&path).unwrap_or_else(|fault| panic!("{command}: {fault}"));
            assert!(!bytes.is_empty(), "{command}");
        }
    }
}

#[test]
fn the_jq_transcript_is_what_jq_prints() {
    let commands = transcript(&example("jq.md"));
    assert!(commands.len() > 12, "{} commands", commands.len());
    if !is_installed("jq") {
        println!("jq is not installed: its transcript is compared with the results only");
        return numbers_of_the_jq_transcript(&commands);
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (command, expected) in commands {
        assert_eq!(shell(&command, folder.path()), expected, "{command}");
    }
}

#[test]
fn the_page_about_time_shows_what_the_program_prints() {
    let commands = transcript(&example("time.md"));
    assert!(commands.len() > 6, "{} commands", commands.len());
    for (command, expected) in commands {
        assert_eq!(shell(&command, Path::new(env!("CARGO_MANIFEST_DIR"))), expected, "{command}");
    }
}

/// Without jq: the commands that ask for one statistic show its value.
fn numbers_of_the_jq_transcript(commands: &[(String, String)]) {
    let stats: BTreeMap<String, String> = values_of_example();
    let mut compared = 0;
    for (command, output) in commands {
        let Some((_, rest)) = command.split_once("select(.key == \"") else { continue };
        let Some((key, filter)) = rest.split_once("\")") else { continue };
        if filter.starts_with(" | .stat'") {
            assert_eq!(output.trim_end(), stats[key], "{command}");
            compared += 1;
        }
    }
    assert!(compared > 0, "no command asks for one statistic");
}

/// Key and value, as JSON writes it, of the embedded series.
fn values_of_example() -> BTreeMap<String, String> {
    let summary = summary(&["--example"]);
    let rows = summary["results"].as_array().expect("results").clone();
    rows.iter().map(|row| (row["key"].as_str().unwrap_or_default().to_owned(), row["stat"].to_string())).collect()
}

#[test]
fn both_ways_of_checking_the_jq_transcript_agree() {
    numbers_of_the_jq_transcript(&transcript(&example("jq.md")));
}

/// True where R has what the function of `examples/r` needs.
fn has_r() -> bool {
    let has_jsonlite =
        || Command::new("Rscript").args(["-e", "library(jsonlite)"]).output().is_ok_and(|run| run.status.success());
    is_installed("Rscript") && has_jsonlite()
}

#[test]
fn the_r_transcript_is_what_r_prints() {
    let expected = example("r/example.R.out");
    let (numbers, rest) = expected.split_once("\nGroups and levels\n").expect("two parts");
    assert!(numbers.lines().count() > 10 && rest.lines().count() > 3, "the transcript is empty");
    numbers_of_the_r_transcript(numbers);
    if !has_r() {
        println!("R with jsonlite is not installed: its transcript is compared with the results only");
        return;
    }
    assert_eq!(shell("Rscript --vanilla examples/r/example.R", root()), expected);
}

/// The levels `F` and `01` stay texts in R.
#[test]
fn levels_of_analysis_results_stay_texts_in_r() {
    if !has_r() {
        println!("R with jsonlite is not installed: nothing was read into R");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("cases.csv"), "case_id,age,sex,code\nP1,5,F,01\nP2,6,F,02\n").expect("a file");
    let ask = format!(
        "source('{}/examples/r/calc_series.R')\n\
         ard <- calc_series('cases.csv', kind = c('code=category', 'sex=category'), role = 'sex=other', as = 'ard')\n\
         cat(unique(unlist(ard$variable_level)))",
        root().display()
    );
    std::fs::write(folder.path().join("ask.R"), ask).expect("a file");
    let levels = shell("Rscript --vanilla ask.R", folder.path());
    assert_eq!(levels, "F 01 02");
}

/// Every line of the R transcript, written again from the results.
fn numbers_of_the_r_transcript(transcript: &str) {
    let summary = summary(&["--example"]);
    let rows = summary["results"].as_array().expect("results");
    let stat = |key: &str| {
        let row = rows.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("no {key}"));
        row["stat"].as_f64().unwrap_or_else(|| panic!("{key} has no number"))
    };
    let mut lines = vec![format!("age: mean {:.4}, SD {:.4}", stat("age.mean"), stat("age.sd"))];
    lines.extend([String::new(), "Sites".to_owned()]);
    for row in rows.iter().filter(|row| row["variable"] == "sites" && row["stat_name"] == "n") {
        let level = row["variable_level"].as_str().unwrap_or_default();
        let of = |name: &str| stat(&format!("sites[{level}].{name}"));
        let (p, low, high) = (100.0 * of("p"), 100.0 * of("conf.low"), 100.0 * of("conf.high"));
        lines.push(format!("  {level:<8} {}/{} {p:6.1}%  ({low:.1} to {high:.1})", of("n"), of("N")));
    }
    lines.extend([String::new(), "Best response".to_owned()]);
    for row in rows.iter().filter(|row| row["variable"] == "best_response" && row["stat_name"] == "p") {
        let rate = row["rate"].as_str().unwrap_or_default();
        lines.push(format!("  {rate:<20} {:6.1}%", 100.0 * row["stat"].as_f64().unwrap_or(f64::NAN)));
    }
    lines.extend([String::new(), "Not estimable".to_owned()]);
    for row in rows.iter().filter(|row| row["stat_name"] == "mean" && row["stat"].is_null()) {
        let text = |name: &str| row[name].as_str().unwrap_or_default();
        lines.push(format!("  {:<16} {}", text("key"), text("reason")));
    }
    assert_eq!(transcript.lines().collect::<Vec<_>>(), lines);
}

/// The path at the beginning of a text, as far as it goes: `src/words.rs`.
fn path_of(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"/._-".contains(c)).unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

/// Every path that the contributors' page names in its text.
fn paths_named(page: &str) -> Vec<&str> {
    let folders = ["`src/", "`tests/", "`examples/", "`data/", "`.ci/"];
    folders.into_iter().flat_map(|folder| page.match_indices(folder)).map(|(at, _)| path_of(&page[at + 1..])).collect()
}

#[test]
fn the_page_for_contributors_names_files_that_exist() {
    let page = example("contributing.md");
    let paths = paths_named(&page);
    assert!(paths.len() > 50, "{} paths", paths.len());
    let missing: Vec<&&str> = paths.iter().filter(|path| !root().join(path).exists()).collect();
    assert!(missing.is_empty(), "named, and not there: {missing:?}");
}

/// The lines of a recipe that are not added stand in the file that the recipe names, and those added do not.
#[test]
fn the_recipes_for_contributors_fit_the_files_they_change() {
    let page = example("contributing.md");
    let (mut recipes, mut kept) = (0, 0);
    for recipe in page.split("```diff\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        let mut file = String::new();
        recipes += 1;
        for line in recipe.lines() {
            if let Some(name) = line.strip_prefix("+++ ") {
                let new = name.strip_suffix(" (new)");
                let path = root().join(new.unwrap_or(name));
                assert_eq!(path.exists(), new.is_none(), "{name}");
                file = new.map_or_else(|| std::fs::read_to_string(path).expect("a file"), |_| String::new());
            } else if let Some(line) = line.strip_prefix(' ') {
                kept += 1;
                assert!(file.lines().any(|known| known == line), "no longer a line of the file: {line}");
            } else {
                let added = line.strip_prefix('+').unwrap_or_else(|| panic!("not a line of a diff: {line}"));
                assert!(!file.lines().any(|known| known == added), "is in the file already: {added}");
            }
        }
    }
    assert!(recipes == 7 && kept > 15, "{recipes} recipes, {kept} lines");
}
