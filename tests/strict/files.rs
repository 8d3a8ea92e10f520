//! Files: what they really are, names that are missing, output, pipes, exit codes.

use super::{Ran, run, run_files, run_in, says};
use crate::support::run_with_input;
use std::io::Read;
use std::process::{Command, Stdio};

const CASES: &[u8] = b"case_id,age,sex\nP1,6,F\nP2,5,M\n";

/// A folder with `cases.csv`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), CASES).unwrap();
    folder
}

#[test]
fn a_workbook_that_is_cut_off_is_called_damaged_under_any_name() {
    for bytes in [&b"PK\x03\x04\x14\0\x06\0"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"] {
        for name in ["cases.csv", "cases.xlsx", "cases"] {
            let ran = run_files(&[(name, bytes)], &[]);
            assert_eq!(ran.code, Some(2));
            assert!(ran.stderr.starts_with("error[workbook-damaged]: the workbook is damaged"), "{}", ran.stderr);
        }
    }
}

#[test]
fn other_formats_are_refused_as_what_they_are_under_any_name() {
    let formats: [(&[u8], &str, &str); 7] = [
        (b"\x1F\x8B\x08\0\0", "gzip data, or an object of R (rds)", "gunzip -c FILE | calc-series summarize -"),
        (b"BZh91AY", "bzip2 data", "bunzip2 -c FILE | calc-series summarize -"),
        (b"\xFD7zXZ\0", "xz data", "xz -dc FILE | calc-series summarize -"),
        (b"%PDF-1.7\n", "a PDF", "export the table behind it as CSV"),
        (b"{\\rtf1", "an RTF document", "save the table in it as CSV"),
        (b"SQLite format 3\0", "an SQLite database", "export the table as CSV"),
        (b"\x28\xB5\x2F\xFD", "zstd data", "zstd -dc FILE | calc-series summarize -"),
    ];
    for (bytes, what, remedy) in formats {
        for name in ["cases.csv", "cases.json", "cases.xlsx", "cases"] {
            let message = format!("error[other-format]: the file is {what}, not CSV or JSON");
            let ran = run_files(&[(name, bytes)], &[]);
            says(&ran, 2, &[&message, &format!("  {name}")]);
            assert!(ran.stderr.contains(remedy), "{}", ran.stderr);
        }
        let ran: Ran = run_with_input(&["summarize", "-"], bytes).into();
        says(&ran, 2, &["error[other-format]"]);
    }
    let html = run("<html><table><tr><td>case_id</td></tr></table></html>", &[]);
    says(&html, 2, &["error[other-format]: the file is HTML or XML, not CSV or JSON"]);
    // In the first bytes, far behind them, and in a quoted cell: damage is never a level.
    let rows: String = (0..30_000).map(|n| format!("P{n},word\n")).collect();
    for (content, place) in [
        ("case_id,word\nP1,\0\n".to_owned(), "  cases.csv"),
        (format!("case_id,word\n{rows}P,a\0b\nQ,c\n"), "  cases.csv line 30002"),
        (format!("case_id,word\n{rows}P,\"a\n\0b\"\nQ,c\n"), "  cases.csv line 30003"),
        (format!("case_id,word\n{rows}{}", "\0".repeat(5000)), "  cases.csv line 30002"),
    ] {
        let ran = run(content, &["--kind", "word=category"]);
        says(&ran, 2, &["error[other-format]: the file contains zero bytes, so it is not text", place]);
    }
}

#[test]
fn json_under_the_name_of_csv_and_the_reverse_are_read_as_what_they_are() {
    says(&run("[{\"case_id\":\"P1\",\"age\":6}]", &["--strict"]), 0, &[]);
    says(&run_files(&[("cases.json", CASES)], &["--strict"]), 0, &[]);
}

#[test]
fn a_missing_file_lists_near_names() {
    let ran = run_in(folder().path(), &["summarize", "case.csv"]);
    says(&ran, 2, &["error: case.csv: No such file or directory (os error 2)", "  help: did you mean cases.csv?"]);
    let far = run_in(folder().path(), &["summarize", "qqqq"]);
    says(&far, 2, &["error: qqqq: No such file"]);
    assert!(!far.stderr.contains("did you mean"), "{}", far.stderr);
    says(&run_in(folder().path(), &["summarize", "."]), 2, &["error: '.' is a folder"]);
}

#[test]
fn an_input_is_never_overwritten() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    let absolute = folder.path().join("cases.csv").to_string_lossy().into_owned();
    for output in ["cases.csv", "./cases.csv", "sub/../cases.csv", &absolute] {
        let ran = run_in(folder.path(), &["summarize", "cases.csv", "-o", output]);
        says(&ran, 2, &[&format!("error: '{output}' is an input and would be overwritten")]);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("cases.csv", folder.path().join("link.csv")).unwrap();
        std::fs::hard_link(folder.path().join("cases.csv"), folder.path().join("hard.csv")).unwrap();
        says(
            &run_in(folder.path(), &["summarize", "cases.csv", "-o", "link.csv"]),
            2,
            &["error: 'link.csv' is an input"],
        );
        says(
            &run_in(folder.path(), &["summarize", "link.csv", "-o", "cases.csv"]),
            2,
            &["error: 'cases.csv' is an input"],
        );
        says(&run_in(folder.path(), &["summarize", "cases.csv", "-o", "hard.csv"]), 0, &[]);
    }
    std::fs::write(
        folder.path().join("cases.schema.json"),
        "{\"fields\": [{\"name\": \"case_id\"}, {\"name\": \"age\"}, {\"name\": \"sex\"}]}",
    )
    .unwrap();
    let schema = run_in(folder.path(), &["schema", "cases.csv", "-o", "cases.schema.json"]);
    says(&schema, 2, &["error: 'cases.schema.json' is an input and would be overwritten"]);
    assert_eq!(std::fs::read(folder.path().join("cases.csv")).unwrap(), CASES);
}

#[test]
fn an_output_is_whole_or_untouched() {
    let folder = folder();
    let out = folder.path().join("out.txt");
    std::fs::write(&out, "before").unwrap();
    std::fs::write(folder.path().join("bad.csv"), "case_id,age\nP1\n").unwrap();
    says(&run_in(folder.path(), &["summarize", "bad.csv", "-o", "out.txt"]), 2, &[]);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "before");
    let ran = run_in(folder.path(), &["summarize", "cases.csv", "-o", "out.txt"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), run_in(folder.path(), &["summarize", "cases.csv"]).stdout);
    says(&run_in(folder.path(), &["summarize", "cases.csv", "-o", "no/such/out.txt"]), 2, &["error: no/such/out.txt"]);
    let names = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 3, "no temporary file is left");
}

/// The reader of a pipe goes away after one line: no message, and success.
#[test]
fn a_closed_pipe_is_a_quiet_success() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..3_000).map(|n| format!("P{n},level {n}\n")).collect();
    std::fs::write(folder.path().join("cases.csv"), format!("case_id,a\n{rows}")).unwrap();
    for format in ["text", "json"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_calc-series"))
            .args(["summarize", "cases.csv", "--format", format])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 10];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        let ran: Ran = child.wait_with_output().unwrap().into();
        assert_eq!((ran.code, ran.stderr.contains("error")), (Some(0), false), "{}", ran.stderr);
    }
}

#[test]
fn exit_codes_tell_done_from_found_from_could_not() {
    let warned = "case_id,crp\nP1,5\nP2,12-15\n";
    assert_eq!(run(CASES, &[]).code, Some(0));
    assert_eq!(run(CASES, &["--strict"]).code, Some(0));
    assert_eq!(run(warned, &[]).code, Some(0));
    let strict = run(warned, &["--strict"]);
    assert_eq!(strict.code, Some(1));
    assert_eq!(strict.stdout, run(warned, &[]).stdout, "the tables are the same");
    let note = "case_id,fever\nP1,0\nP2,1\n";
    assert_eq!(run(note, &["--strict"]).code, Some(0), "notes never fail a run");
    for options in
        [&["--no-such"][..], &["--format", "xml"], &["--kind", "age"], &["--kind", "age=colour"], &["--ci", "exactly"]]
    {
        assert_eq!(run(CASES, options).code, Some(2), "{options:?}");
    }
    assert_eq!(run("case_id,age\nP1\n", &["--strict"]).code, Some(2));
    for help in [&["--help"][..], &["--version"], &["summarize", "--help"], &["summarize", "--output-schema"]] {
        assert_eq!(run_in(folder().path(), help).code, Some(0), "{help:?}");
    }
}

#[test]
fn standard_input_is_an_input_like_a_file() {
    let options = ["summarize", "-", "--format", "json", "--strict"];
    let ran: Ran = run_with_input(&options, CASES).into();
    says(&ran, 0, &[]);
    let summary: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&summary["cases"], &summary["inputs"][0]["name"]), (&2.into(), &"standard input".into()));
    let ran: Ran = run_with_input(&["summarize", "-"], b"case_id,age\nP1\n").into();
    says(&ran, 2, &["  standard input line 2: 'P1'"]);
}
