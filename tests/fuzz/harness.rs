//! Runs the program on any bytes, inside the process, and looks at what it prints: tests and fuzz targets share it.

use calc_series::cli::{self, MessageStyle, message};
use std::ffi::OsString;
use std::path::Path;
use std::sync::OnceLock;

/// Command lines on a file of cases with these bytes; `INPUT` is its path.
pub const ON_CASES: [&str; 22] = [
    "summarize INPUT",
    "summarize INPUT --width 20",
    "summarize INPUT --format json",
    "summarize INPUT --format jsonl --no-id",
    "summarize INPUT --format csv --decimal-comma",
    "summarize INPUT --format tsv --threads 3",
    "summarize INPUT --format markdown",
    "summarize INPUT --format html --by sex",
    "summarize INPUT --format latex --like gtsummary",
    "summarize INPUT --format ard --by sex --tests",
    "summarize INPUT --format ard-jsonl --suppress-below 3",
    "summarize INPUT --deidentify --where age<50",
    "summarize INPUT --encoding utf-16",
    "summarize INPUT --encoding windows-1252 --delimiter ;",
    "cases INPUT --columns all --details",
    "cases INPUT --format json --columns all --sort age",
    "cases INPUT --format csv --deidentify",
    "schema INPUT",
    "validate INPUT",
    "validate INPUT --format sarif",
    "validate INPUT --format markdown --no-id",
    "get INPUT --list",
];

/// Command lines on another text with these bytes, and a file of cases without faults.
pub const ON_TEXTS: [&str; 5] = [
    "check INPUT",
    "check INPUT GOOD --format json",
    "fill INPUT GOOD",
    "fill GOOD_DRAFT GOOD --check INPUT",
    "summarize GOOD --schema INPUT",
];

/// Command lines with any text as one of their words.
pub const WITH_A_WORD: [&str; 9] = [
    "summarize GOOD --where WORD",
    "get GOOD WORD",
    "get GOOD age --pattern WORD",
    "summarize GOOD --by WORD",
    "summarize GOOD --stat WORD",
    "summarize GOOD --kind WORD",
    "summarize GOOD --unit WORD",
    "cases GOOD --columns WORD --sort WORD",
    "validate --explain WORD",
];

/// A file of cases without faults.
const GOOD: &str =
    "case_id,age,sex,sites,treatment\nP1,6,F,knee;hip,a: improved\nP2,70,M,hip,b + c: none\nP3,8,F,none,\n";

/// Writes the files of a run to a folder.
fn prepare(folder: &Path) {
    std::fs::write(folder.join("good.csv"), GOOD).expect("a file");
    std::fs::write(folder.join("good.md"), "{{ age.mean }} {{ sites[knee].n }}\n").expect("a file");
}

/// Runs a command line on these bytes; panics where the program does, or prints what steers a terminal.
pub fn run(folder: &Path, command: &str, bytes: &[u8]) {
    // Tests run side by side in one process.
    let input = format!("input-{:?}", std::thread::current().id());
    std::fs::write(folder.join(&input), bytes).expect("a file");
    let word = |word: &str| match word {
        "INPUT" => folder.join(&input).into_os_string(),
        "GOOD" => folder.join("good.csv").into_os_string(),
        "GOOD_DRAFT" => folder.join("good.md").into_os_string(),
        word => word.into(),
    };
    // A manuscript is filled in as its author wrote it.
    let is_any_text = command.starts_with("fill INPUT");
    let has_tabs = command.contains("tsv") || command.contains("--list");
    run_words(command.split(' ').map(word), |text| {
        is_any_text || text.chars().all(|c| c == '\n' || (c == '\t' && has_tabs) || !steers(c))
    });
}

/// Runs a command line with a text as one of its words.
pub fn run_with_word(folder: &Path, command: &str, text: &str) {
    let word = |word: &str| match word {
        "GOOD" => folder.join("good.csv").into_os_string(),
        "WORD" => text.into(),
        word => word.into(),
    };
    // A pattern is printed as its author wrote it.
    let is_any_text = command.contains("--pattern");
    run_words(command.split(' ').map(word), |text| is_any_text || text.chars().all(|c| c == '\n' || !steers(c)));
}

/// Calls with the folder of this process, which has the files of a run.
pub fn in_folder(work: impl FnOnce(&Path)) {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        prepare(folder.path());
        folder
    });
    work(folder.path());
}

/// Runs a command line; panics where the program does, or where what it prints is not `good`.
pub fn run_words(words: impl Iterator<Item = OsString>, good: impl Fn(&str) -> bool) {
    let words: Vec<OsString> = std::iter::once("calc-series".into()).chain(words).collect();
    let Ok(ran) = cli::run(words.clone()) else { return };
    let style = MessageStyle::default();
    let (messages, printed) = match ran.outcome {
        Ok(outcome) => {
            let (messages, mut printed) = (message::findings(&outcome.findings, style), Vec::new());
            match outcome.print(&mut printed) {
                Ok(()) => (messages, printed),
                Err(error) => (messages + &message::error(&error, style), printed),
            }
        }
        Err(error) => (message::error(&error, style), Vec::new()),
    };
    let printed = String::from_utf8(printed).expect("UTF-8");
    assert!(good(&printed), "{words:?} printed {printed:?}");
    assert!(messages.chars().all(|c| c == '\n' || !steers(c)), "{words:?} said {messages:?}");
}

/// True for what moves the cursor, starts an escape sequence or reorders a line.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
