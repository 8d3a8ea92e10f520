//! The sweep: outside quoted cells, a deleted delimiter and an added delimiter or quote are always noticed.
//!
//! Why it holds: such a delimiter changes the width of one record, and such a quote makes the
//! number of quotes odd, so that a cell stays open or a quote stands where none may. Whatever
//! the program does with the changed file, it must refuse it or locate a warning.

use calc_series::{
    Error, FindingId, Findings, IdChoice, Inputs, Options, ReadOptions, Settings, Severity, read_cohort, summarize,
};
use std::path::Path;

const PLAIN: &str = "case_id,age,sex,crp\nP1,6,F,44\nP2,5,F,\nP3,10,M,86\n";
const QUOTED: &str =
    "case_id,note,\"sex\",\"my notes\"\nP1,\"a, \"\"b\"\"\",F,44\nP2,\"c\nd\",\"F\",86\nP3,\"\",M,\",\"\n";
const CRLF: &str = "\u{feff}case_id,age,note\r\n\r\nP1,6,\"x, y\"\r\nP2,5,z\r\n";
const SEMICOLON: &str = "case_id;age;crp\nP1;2,5;10,9\nP2;6,0;11\nP3;5;12,25\n";
const SETS: &str = "case_id,sites,treatment\nP1,elbow;knee,a: improved; b: none\nP2,hip,c + d: stable\n";
const NARROW: &str = "case_id,sex\nP1,F\nP2,M\n";
const ONE: &str = "case_id,age\nP1,6";
const LINES: &str =
    "{\"case_id\":\"P1\",\"age\":6,\"sites\":[\"a\",\"b\"]}\n{\"case_id\":\"P2\",\"age\":5,\"sites\":[\"a\"]}\n";

/// The findings of the program on these bytes.
fn findings(folder: &Path, bytes: &[u8], settings: &Settings) -> Findings {
    let path = folder.join("cases.csv");
    std::fs::write(&path, bytes).unwrap();
    let read = Inputs::open(&[path.to_string_lossy().into_owned()], &ReadOptions::default())
        .and_then(|inputs| read_cohort(&inputs, settings));
    match read {
        Ok(cohort) => summarize(&cohort, &Options::default()).1,
        Err(Error::Refused(findings)) => *findings,
        Err(other) => panic!("{other} of {bytes:?}"),
    }
}

/// True where there is an error, a warning with a line, or the note about a row of delimiters that is skipped.
fn is_located(findings: &Findings) -> bool {
    findings.groups().flat_map(|group| &group.first).any(|finding| {
        finding.severity == Severity::Error
            || (finding.severity == Severity::Warning || finding.id == FindingId::BlankRows)
                && finding.location.position.line().is_some()
    })
}

/// For each byte position: true where it lies inside a quoted cell, its quotes included.
fn inside_quotes(text: &str) -> Vec<bool> {
    let mut open = false;
    let mut inside: Vec<bool> = text
        .bytes()
        .map(|byte| {
            let before = open;
            open ^= byte == b'"';
            before || open
        })
        .collect();
    inside.push(false);
    inside
}

fn sweep(text: &str, delimiter: u8, settings: &Settings) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let inside = inside_quotes(text);
    assert!(!is_located(&findings(folder.path(), text.as_bytes(), settings)), "{text:?} is a good file");
    let mut changed = 0;
    let mut check = |bytes: Vec<u8>| {
        let found = findings(folder.path(), &bytes, settings);
        assert!(is_located(&found), "accepted in silence: {:?}\n{found:#?}", String::from_utf8_lossy(&bytes));
        changed += 1;
    };
    let bytes = text.as_bytes();
    // A change between the bytes of the byte order mark makes the file invalid in other ways.
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    for at in start..=bytes.len() {
        let (before, after) = bytes.split_at(at);
        // A position between two bytes of a quoted cell is inside it; the position before its first quote is not.
        let between = at > 0 && at < bytes.len() && inside[at] && inside[at - 1];
        if !between {
            check([before, &[delimiter], after].concat());
            check([before, b"\"", after].concat());
        }
        if after.first() == Some(&delimiter) && !inside[at] {
            check([before, &after[1..]].concat());
        }
    }
    changed
}

#[test]
fn no_added_or_deleted_delimiter_or_quote_is_accepted_silently() {
    let settings = Settings::default();
    let mut comma = Settings::default();
    comma.decimal_comma = true;
    for (text, delimiter, settings) in [
        (PLAIN, b',', &settings),
        (QUOTED, b',', &settings),
        (CRLF, b',', &settings),
        (SEMICOLON, b';', &comma),
        (SETS, b',', &settings),
        (NARROW, b',', &settings),
        (ONE, b',', &settings),
        (LINES, b',', &settings),
    ] {
        assert!(sweep(text, delimiter, settings) > 30);
    }
}

/// The same where rows are numbered, so that no id can be blank, and with other delimiters and line ends.
#[test]
fn the_same_holds_without_ids_and_in_other_dialects() {
    let mut settings = Settings::default();
    settings.id = IdChoice::No;
    for text in [PLAIN, CRLF, NARROW, "sex\nF\n\nM\nF\n", "sex,age\nF,6\n\n\nM,5\n\n"] {
        assert!(sweep(text, b',', &settings) > 10);
        if text.contains(',') && !text.contains('"') {
            for delimiter in ['\t', '|', ';'] {
                sweep(&text.replace(',', &delimiter.to_string()), delimiter as u8, &settings);
            }
            sweep(&text.replace("\r\n", "\n").replace('\n', "\r"), b',', &settings);
        }
    }
}
