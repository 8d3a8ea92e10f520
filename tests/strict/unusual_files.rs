//! Files that are no plain files of short rows under plain names: devices, links, names that are not UTF-8, long rows.

use super::{Ran, run_in, says};
use crate::support::run_with_input;
use calc_series::cli::message;
use calc_series::{IdChoice, Inputs, ReadOptions, Settings, read_cohort};
use std::fs::File;
use std::process::{Command, Stdio};

const CASES: &[u8] = b"case_id,age,sex\nP1,6,F\nP2,5,M\n";
const CLAIMS: &str = "[[claim]]\nid = \"K1\"\nsays = \"mean age\"\nvalue = \"age.mean\"\nprinted = \"5.5\"\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), CASES).unwrap();
    folder
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_without_an_end_is_refused_at_its_first_zero_byte() {
    let folder = folder();
    let zeros = "error[other-format]: the file contains zero bytes, so it is not text";
    says(&run_in(folder.path(), &["summarize", "/dev/zero"]), 2, &[zeros]);
    says(&run_in(folder.path(), &["cases", "cases.csv", "/dev/zero"]), 2, &[zeros]);
    let text = "error: zero:1:1: a zero byte, so this is not text";
    for command in [
        &["summarize", "cases.csv", "--schema", "/dev/zero"][..],
        &["check", "/dev/zero", "cases.csv"],
        &["fill", "/dev/zero", "cases.csv"],
    ] {
        says(&run_in(folder.path(), command), 2, &[text]);
    }
    let mut standard_input = Command::new(env!("CARGO_BIN_EXE_calc-series"));
    let standard_input = standard_input.args(["summarize", "-"]).stdin(File::open("/dev/zero").unwrap());
    says(&standard_input.output().unwrap().into(), 2, &[zeros]);
}

#[cfg(target_os = "linux")]
#[test]
fn text_that_cannot_be_written_is_a_failure_for_help_too() {
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["cases", "--help"],
        &["summarize", "--example"],
        &["get", "--example", "--list"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calc-series"));
        let full = File::options().write(true).open("/dev/full").unwrap();
        let ran: Ran = command.args(arguments).stdout(full).stderr(Stdio::piped()).output().unwrap().into();
        says(&ran, 2, &["error: standard output: No space left on device (os error 28)"]);
    }
}

#[cfg(unix)]
#[test]
fn an_output_goes_where_its_link_leads_although_nothing_is_there_yet() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("sub")).unwrap();
    std::os::unix::fs::symlink("sub/new.txt", path("link.txt")).unwrap();
    says(&run_in(folder.path(), &["summarize", "cases.csv", "-o", "link.txt"]), 0, &[]);
    assert!(path("link.txt").symlink_metadata().unwrap().is_symlink());
    assert!(std::fs::read_to_string(path("sub/new.txt")).unwrap().starts_with("At a glance"));
    std::os::unix::fs::symlink("other.txt", path("to_other.txt")).unwrap();
    let twice = run_in(folder.path(), &["summarize", "cases.csv", "-o", "to_other.txt", "-o", "other.txt"]);
    says(&twice, 2, &["error: output file named twice: 'other.txt'"]);
    std::os::unix::fs::symlink("none/new.txt", path("nowhere.txt")).unwrap();
    let nowhere = run_in(folder.path(), &["summarize", "cases.csv", "-o", "nowhere.txt"]);
    says(&nowhere, 2, &["error: nowhere.txt: No such file or directory"]);
    says(
        &run_in(folder.path(), &["summarize", "cases.csv", "-o", "sub.txt/", "--format", "text"]),
        2,
        &["error: sub.txt/: is a directory"],
    );
}

#[cfg(unix)]
#[test]
fn standard_input_that_is_a_file_is_an_input_too() {
    let folder = folder();
    let ran = |arguments: &[&str]| -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calc-series"));
        let command = command.args(arguments).current_dir(folder.path());
        command.stdin(File::open(folder.path().join("cases.csv")).unwrap()).output().unwrap().into()
    };
    let over = ran(&["cases", "-", "-o", "cases.csv"]);
    says(&over, 2, &["error: 'cases.csv' is an input and would be overwritten"]);
    says(&ran(&["summarize", "-", "-o", "out.txt"]), 0, &[]);
    says(&ran(&["summarize", "-", "-"]), 2, &["error: standard input can be read only once"]);
    says(&ran(&["check", "-", "-"]), 2, &["error: standard input can be read only once"]);
    says(&ran(&["summarize", "-", "--schema", "-"]), 2, &["error: standard input can be read only once"]);
    assert_eq!(std::fs::read(folder.path().join("cases.csv")).unwrap(), CASES);
}

#[test]
fn claims_come_from_standard_input_too() {
    let folder = folder();
    let cases = folder.path().join("cases.csv").to_string_lossy().into_owned();
    let agrees: Ran = run_with_input(&["check", "-", &cases], CLAIMS.as_bytes()).into();
    says(&agrees, 0, &[]);
    assert!(agrees.stdout.contains("K1"), "{}", agrees.stdout);
    let wrong = CLAIMS.replace("age.mean", "agee.mean");
    let ran: Ran = run_with_input(&["check", "-", &cases], wrong.as_bytes()).into();
    says(&ran, 2, &["error: standard input line 1, claim K1: "]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_are_read_and_written() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let name = |ending: &str| OsStr::from_bytes(&[b"caf\xe9", ending.as_bytes()].concat()).to_owned();
    let (cases, schema, claims, draft) = (name(".csv"), name(".schema.json"), name(".toml"), name(".md"));
    std::fs::write(folder.path().join(&cases), CASES).unwrap();
    std::fs::write(folder.path().join(&claims), CLAIMS).unwrap();
    std::fs::write(folder.path().join(&draft), "{{ age.mean }}").unwrap();
    let run = |words: &[&OsStr]| -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_calc-series"));
        command.args(words).current_dir(folder.path()).stdin(Stdio::null()).output().unwrap().into()
    };
    let word = OsStr::new;
    says(&run(&[word("schema"), &cases, word("-o"), &schema]), 0, &[]);
    says(&run(&[word("summarize"), &cases]), 0, &["note[schema-used]: using the schema caf\u{fffd}.schema.json"]);
    says(&run(&[word("summarize"), &cases, word("--schema"), &schema, word("-o"), &name(".html")]), 0, &[]);
    says(&run(&[word("cases"), &cases, word("-o"), &name(".txt")]), 0, &[]);
    says(&run(&[word("get"), &cases, word("age.mean"), word("--no-schema")]), 0, &[]);
    assert_ne!(run(&[word("validate"), &cases, word("-o"), &name(".sarif.json")]).code, Some(2));
    says(&run(&[word("check"), &claims, &cases, word("-o"), &name(".json")]), 0, &[]);
    says(&run(&[word("fill"), &draft, &cases, word("-o"), &name(".out.md")]), 0, &[]);
    says(&run(&[word("fill"), &draft, &cases, word("--check"), &name(".out.md")]), 0, &[]);
    says(&run(&[word("example"), &name("")]), 0, &[]);
    let labs = name("-labs.csv");
    std::fs::write(folder.path().join(&labs), "case_id,test,value,unit\nP1,CRP,5,mg/L\n").unwrap();
    let table = OsStr::from_bytes(&[b"labs=", labs.as_bytes()].concat()).to_owned();
    says(&run(&[word("summarize"), &cases, word("--table"), &table]), 0, &["note[related-table]: table 'labs'"]);
    let joined = OsStr::from_bytes(&[b"--table=", table.as_bytes()].concat()).to_owned();
    says(&run(&[word("summarize"), &cases, &joined]), 0, &["caf\u{fffd}-labs.csv"]);
    says(&run(&[word("convert"), &cases, word("-o"), &name(".as_read.json")]), 0, &[]);
    assert!(folder.path().join(name(".as_read.schema.json")).is_file());
    for made in [".html", ".txt", ".sarif.json", ".json", ".out.md", "/claims.toml"] {
        assert!(folder.path().join(name(made)).is_file(), "{made}");
    }
    says(&run(&[word("summarize"), &name("x.csv")]), 2, &["error: caf\u{fffd}x.csv: No such file"]);
    says(&run(&[word("summarize"), &cases, word("-o"), &cases]), 2, &["error: 'caf\u{fffd}.csv' is an input"]);
}

#[test]
fn a_row_over_the_limit_is_too_long_and_not_an_unclosed_quote() {
    let mut options = ReadOptions::default();
    assert_eq!(options.longest_row, 64 << 20);
    options.longest_row = 1 << 20;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.csv");
    let long = "x".repeat((2 << 20) + 100);
    for (start, what) in [
        ("case_id,note\nP1,a\nP2,", "the row that begins here is longer than 1 MiB; nothing after it was read"),
        ("case_id,note\nP1,a\nP2,\"", "the row with the quote that opens here is longer than 1 MiB;"),
        ("case_id,", "the header is longer than 1 MiB;"),
        ("case_id,\"", "the header with the quote that opens here is longer than 1 MiB;"),
    ] {
        std::fs::write(&path, format!("{start}{long}\"\nP3,b\n")).unwrap();
        let read = Inputs::open(&[&path], &options).and_then(|inputs| read_cohort(&inputs, &Settings::default()));
        let Err(error) = read else { panic!("{what}: accepted") };
        let text = message::error(&error, message::MessageStyle::default());
        assert!(text.contains(&format!("error[row-too-long]: {what}")), "{text}");
        assert!(text.len() < 1000 && !text.contains("unclosed"), "{text}");
    }
    // The row ends, but behind the limit, and rows follow it.
    for (row, is_refused) in [("x".repeat((1 << 20) + 100), true), ("x".repeat((1 << 20) - 100), false)] {
        let rows = "P3,b\n".repeat(300_000);
        std::fs::write(&path, format!("case_id,note\nP1,a\nP2,{row}\n{rows}")).unwrap();
        let mut settings = Settings::default();
        settings.id = IdChoice::No;
        let read = Inputs::open(&[&path], &options).and_then(|inputs| read_cohort(&inputs, &settings));
        let text =
            read.map_or_else(|error| message::error(&error, message::MessageStyle::default()), |_| String::new());
        assert_eq!(
            text.contains("line 3") && text.contains("error[row-too-long]: the row that begins"),
            is_refused,
            "{text}"
        );
    }
    // Below the limit it is what it was.
    std::fs::write(&path, "case_id,note\nP1,\"a\n").unwrap();
    let read = Inputs::open(&[&path], &options).and_then(|inputs| read_cohort(&inputs, &Settings::default()));
    assert!(
        matches!(read, Err(error) if message::error(&error, message::MessageStyle::default()).contains("error[unclosed-quote]"))
    );
}
