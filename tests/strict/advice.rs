//! Every remedy that is printed by a run of these tests and names an option is pasted behind the same command line: it
//! is an option that the program takes, and one of the ways that it offers changes what was said.
//!
//! [`paste`] stands behind every run of a small file; each kind of advice is pasted once.

use super::run_in;
use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// What was pasted before: the finding and its remedy without numbers.
static PASTED: Mutex<Option<HashSet<String>>> = Mutex::new(None);

/// Options that stand alone.
const FLAGS: [&str; 4] = ["--no-id", "--decimal-comma", "--no-schema", "--strict"];

/// What the user has to fill in.
const PLACEHOLDERS: [&str; 9] =
    ["COLUMN", "N", "FILE", "NAME", "NAME=FILE", "COLUMN=KIND", "COLUMN=UNIT", "COLUMN=ROLE", "LEVEL"];

/// A finding and its remedy, as they are printed.
struct Advice<'s> {
    head: &'s str,
    remedy: &'s str,
}

/// Every remedy with the line of its finding.
fn advice(stderr: &str) -> Vec<Advice<'_>> {
    let (mut head, mut found) = ("", Vec::new());
    for line in stderr.lines() {
        if let Some(remedy) = line.strip_prefix("  help: ") {
            found.push(Advice { head, remedy });
        } else if !line.starts_with(' ') {
            head = line;
        }
    }
    found
}

/// The words of a text as a shell takes them, as far as a remedy quotes them.
fn shell_words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted, mut is_open) = (Vec::new(), String::new(), false, false);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => (is_quoted, is_open) = (!is_quoted, true),
            '\\' if !is_quoted => word.extend(letters.next()),
            ' ' if !is_quoted => {
                if is_open || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                is_open = false;
            }
            other => word.push(other),
        }
    }
    if is_open || !word.is_empty() {
        words.push(word);
    }
    words
}

/// The ways that a remedy offers, each as options; an option that is only named is none.
fn ways(remedy: &str) -> Vec<Vec<String>> {
    let (mut ways, mut words) = (Vec::new(), shell_words(remedy).into_iter().peekable());
    let mut way: Vec<String> = Vec::new();
    let (mut before, mut is_last) = (String::new(), false);
    while let Some(word) = words.next() {
        let is_taken_back = ["remove", "without", "out", "of"].contains(&before.as_str());
        let end = |word: &str| word.ends_with([';', ',', ':']);
        let plain = |word: &str| word.trim_end_matches([';', ',', ':']).to_owned();
        before.clone_from(&word);
        if !word.starts_with("--") || is_taken_back || is_last {
            ways.extend((!way.is_empty()).then(|| std::mem::take(&mut way)));
        }
        if !word.starts_with("--") || is_taken_back {
            continue;
        }
        is_last = end(&word);
        let name = plain(&word);
        if FLAGS.contains(&name.as_str()) || name.contains('=') {
            way.push(name);
        } else if !is_last && let Some(value) = words.next_if(|value| !value.starts_with("--")) {
            is_last = end(&value);
            let value = if value.len() > 1 { plain(&value) } else { value };
            if PLACEHOLDERS.contains(&value.as_str()) {
                way.clear();
            } else {
                way.extend([name, value]);
            }
        }
    }
    ways.extend((!way.is_empty()).then_some(way));
    ways
}

/// The arguments without the option that a remedy takes the place of: `in place of --id: ...`.
fn without_replaced<'a>(arguments: &[&'a str], remedy: &str) -> Vec<&'a str> {
    let Some((_, rest)) = remedy.split_once("in place of ") else { return arguments.to_vec() };
    let words = shell_words(rest.split(": ").next().unwrap_or_default());
    let is_option =
        |at: usize| arguments.get(at).is_some_and(|argument| Some(*argument) == words.first().map(String::as_str));
    let is_value =
        |at: usize| words.get(1).is_none_or(|value| arguments.get(at + 1).is_some_and(|given| given == value));
    let replaced = (0..arguments.len()).find(|at| is_option(*at) && is_value(*at));
    let kept =
        arguments.iter().enumerate().filter(|(at, _)| replaced.is_none_or(|from| *at != from && *at != from + 1));
    kept.map(|(_, argument)| *argument).collect()
}

/// Pastes what was printed of a run in this folder with these arguments.
pub fn paste(folder: &Path, arguments: &[&str], stderr: &str) {
    for Advice { head, remedy } in advice(stderr) {
        let kind: String = format!("{head} {remedy}").chars().filter(|c| !c.is_ascii_digit()).collect();
        let is_new = PASTED.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().insert(kind);
        // A character that steers a terminal is shown as its code, which no shell takes.
        if !is_new || remedy.contains("\\u{") {
            continue;
        }
        let (mut all, mut has_changed) = (String::new(), true);
        for (number, way) in ways(remedy).iter().enumerate() {
            let way = way.iter().map(String::as_str).collect();
            let pasted = [without_replaced(arguments, remedy), way].concat();
            let after = run_in(folder, &pasted).stderr;
            let is_refused = after.contains("try '--help'") || after.contains("is not a valid value");
            assert!(!is_refused, "{pasted:?}, as advised by\n{head}\n{remedy}\n{after}");
            let is_there = advice(&after).iter().any(|other| other.head == head && other.remedy == remedy);
            has_changed = (number > 0 && has_changed) || !is_there;
            all.push_str(&after);
        }
        assert!(has_changed, "{arguments:?}: no way of this remedy changes anything\n{head}\n{remedy}\n{all}");
    }
}

#[test]
fn the_ways_of_a_remedy_are_read_as_a_shell_reads_them() {
    for (remedy, expected) in [
        ("if each row is another patient: --no-id", vec![vec!["--no-id"]]),
        ("to see it: --id 'a b'; or number them: --no-id", vec![vec!["--id", "a b"], vec!["--no-id"]]),
        (
            "name it: --encoding windows-1252 --decimal-comma",
            vec![vec!["--encoding", "windows-1252", "--decimal-comma"]],
        ),
        (
            "state it: --date-order on=dmy or --date-order on=mdy",
            vec![vec!["--date-order", "on=dmy"], vec!["--date-order", "on=mdy"]],
        ),
        ("--delimiter ';'", vec![vec!["--delimiter", ";"]]),
        ("if it means not done: --missing=-; or write no", vec![vec!["--missing=-"]]),
        ("write a comma; or remove --decimal-comma, or see the schema", vec![]),
        ("name the line: --header-row N", vec![]),
        ("list it with --missing", vec![]),
        ("in place of --id: if so: --no-id", vec![vec!["--no-id"]]),
        ("in place of --table a=b.csv: --table labs=b.csv", vec![vec!["--table", "labs=b.csv"]]),
    ] {
        assert_eq!(ways(remedy), expected, "{remedy}");
    }
}

#[test]
fn what_is_advised_is_found_with_its_finding() {
    let stderr = "warning[a]: b\n  cases.csv line 2\n  help: add --no-id\nnote[c]: d\n";
    let found: Vec<_> = advice(stderr).iter().map(|one| (one.head, one.remedy)).collect();
    assert_eq!(found, [("warning[a]: b", "add --no-id")]);
}
