//! An input that changes while it is read is refused, whatever was made of it until then.

use super::{Ran, says};
use calc_series::{Error, Inputs, ReadOptions, Settings, read_cohort};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Long enough for several blocks, and for a listing that fills a pipe.
fn cases() -> String {
    let remark = "a remark of some length ".repeat(20);
    let rows = (0..1_500).map(|n| format!("P{n},{},{remark}end\n", n % 90));
    "case_id,age,note\n".to_owned() + &rows.collect::<String>()
}

type Change = fn(&Path);

fn appended(path: &Path) {
    OpenOptions::new().append(true).open(path).unwrap().write_all(b"P1500,5,x\n").unwrap();
}

fn truncated(path: &Path) {
    OpenOptions::new().write(true).open(path).unwrap().set_len(530_000).unwrap();
}

fn replaced(path: &Path) {
    let other = path.with_extension("new");
    std::fs::copy(path, &other).unwrap();
    std::fs::rename(other, path).unwrap();
}

/// One byte of an age far behind the first block.
fn edited(path: &Path) {
    use std::io::{Seek, SeekFrom};
    let mut file = OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::End(-500 + 8)).unwrap();
    file.write_all(b"7").unwrap();
}

fn removed(path: &Path) {
    std::fs::remove_file(path).unwrap();
}

const CHANGES: [(Change, &str); 5] = [
    (appended, "it grew from "),
    (truncated, "it shrank from "),
    (replaced, "another file has taken its name"),
    (edited, "it was written to"),
    (removed, "it is no longer there"),
];

/// Lists the cases, and changes the file when the first row is out: the listing waits for its reader meanwhile.
fn listed_with(change: Option<Change>, by_name: bool) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.csv");
    std::fs::write(&path, cases()).unwrap();
    let input = if by_name { Stdio::null() } else { File::open(&path).unwrap().into() };
    let mut child = Command::new(env!("CARGO_BIN_EXE_calc-series"))
        .args(["cases", if by_name { "cases.csv" } else { "-" }, "--format", "csv", "--columns", "all"])
        .current_dir(folder.path())
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut first = [0; 10];
    stdout.read_exact(&mut first).unwrap();
    std::thread::sleep(Duration::from_millis(20));
    change.into_iter().for_each(|change| change(&path));
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    let ran: Ran = child.wait_with_output().unwrap().into();
    Ran { stdout: String::from_utf8_lossy(&first).into_owned() + &rest, ..ran }
}

#[cfg(unix)]
#[test]
fn a_listing_of_a_file_that_changes_fails_and_names_the_file() {
    let whole = listed_with(None, true);
    says(&whole, 0, &[]);
    assert_eq!(whole.stdout.lines().count(), 1_501);
    for (change, what) in CHANGES {
        let ran = listed_with(Some(change), true);
        says(&ran, 2, &[&format!("error: cases.csv: the file changed while it was read: {what}")]);
        assert!(ran.stderr.contains("  help: run again when nothing writes to the file, or copy it"), "{}", ran.stderr);
    }
    for (change, what) in &CHANGES[..2] {
        let ran = listed_with(Some(*change), false);
        says(&ran, 2, &[&format!("error: standard input: the file changed while it was read: {what}")]);
    }
}

/// From the first open on, not from the first byte on: the header that was looked at must be that of the cases.
#[test]
fn a_change_between_opening_and_reading_is_refused() {
    for (change, what) in CHANGES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cases.csv");
        std::fs::write(&path, cases()).unwrap();
        let inputs = Inputs::open(&[&path], &ReadOptions::default()).unwrap();
        std::thread::sleep(Duration::from_millis(20));
        change(&path);
        match read_cohort(&inputs, &Settings::default()) {
            Err(Error::Io { source, remedy: Some(_), .. }) if cfg!(unix) => {
                assert!(source.to_string().contains(what), "{source}");
            }
            Err(_) if !cfg!(unix) => {}
            other => panic!("{what}: {:?}", other.map(|cohort| cohort.cases)),
        }
    }
}
